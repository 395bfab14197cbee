import { expect, it } from 'vitest';
import { bytesText, durationText } from './duration.ts';

it('says a length of time in the two largest units', () => {
  expect([25, 119, 180, 3_600, 7_500, 86_400, 90_000, 86_460, -180, '200'].map(durationText)).toEqual([
    '25 s',
    '119 s',
    '3 min',
    '1 h',
    '2 h 5 min',
    '1 d',
    '1 d 1 h',
    '1 d',
    '3 min',
    '3 min',
  ]);
});

it('says sizes in megabytes and gigabytes', () => {
  expect([600_000, 999_900_000, 76_254_900_000].map(bytesText)).toEqual(['0.6 MB', '999.9 MB', '76.3 GB']);
});
