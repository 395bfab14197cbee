import { expect, test } from 'vitest';
import { LEAST_LEVEL_PERCENT, unheardReason } from './fault.ts';

test('what a machine knows comes before what a person said', () => {
  const loud = { isMuted: false, percent: 80 };
  const heard = { heard: true };
  expect(unheardReason(null, null, null)).toBeNull();
  expect(unheardReason(null, loud, heard)).toBeNull();
  expect(unheardReason(null, loud, { heard: false })).toBe('not-heard');
  expect(unheardReason(null, { ...loud, percent: LEAST_LEVEL_PERCENT }, heard)).toBeNull();
  expect(unheardReason(null, { ...loud, percent: LEAST_LEVEL_PERCENT - 1 }, heard)).toBe('too-quiet');
  expect(unheardReason(null, { ...loud, isMuted: true }, heard)).toBe('muted');
  expect(unheardReason('no-output', { ...loud, isMuted: true }, { heard: false })).toBe('no-output');
});
