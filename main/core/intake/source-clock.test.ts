import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSourceClocks } from './source-clock.ts';

const NOW = 1_800_000_000_000;

test('a slow clock is believed after three messages that agree', () => {
  const clocks = createSourceClocks();
  for (const delay of [120, 300]) clocks.note('MON', NOW - 120_000, NOW + delay);
  expect(clocks.offset('MON')).toBe(0);
  clocks.note('MON', NOW - 120_000, NOW + 80);
  expect(clocks.offset('MON')).toBe(120_080);
  expect(clocks.offset('OTHER')).toBe(0);
});

test('a backlog that is sent late teaches nothing, nor does a clock that is days off', () => {
  const late = createSourceClocks();
  for (let minute = 0; minute < 8; minute++) late.note('MON', NOW - minute * 60_000, NOW);
  expect(late.offset('MON')).toBe(0);
  const wrong = createSourceClocks();
  for (let message = 0; message < 8; message++) wrong.note('MON', NOW - 86_400_000, NOW + message);
  expect(wrong.offset('MON')).toBe(0);
});

test('the offset never exceeds the limit nor the least delay seen', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2_000_000, max: 2_000_000 }), { maxLength: 12 }), (delays) => {
      const clocks = createSourceClocks();
      for (const delay of delays) clocks.note('MON', NOW, NOW + delay);
      const offset = clocks.offset('MON');
      expect(Math.abs(offset)).toBeLessThanOrEqual(900_000);
      if (offset !== 0) expect(offset).toBe(Math.min(...delays.slice(-8)));
    }),
  );
});
