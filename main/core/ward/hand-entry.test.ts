import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundToChart } from '../../../app/scoring/chart.ts';
import { checkEntry } from './hand-entry.ts';

test.each([
  [38.05, 38.1],
  [35.05, 35.1],
  [39.04, 39],
] as const)('a temperature of %d is kept as the chart reads it, %d', (entered, kept) => {
  expect(checkEntry({ temp_c: entered }, [], {})).toEqual({ ok: true, value: { temp_c: kept } });
});

test('what is kept is what the chart rounds to, for every temperature of two decimals', () => {
  fc.assert(
    fc.property(fc.integer({ min: 3400, max: 4100 }), (hundredths) => {
      const entered = hundredths / 100;
      const kept = checkEntry({ temp_c: entered }, [], {});
      expect(kept).toEqual({ ok: true, value: { temp_c: roundToChart('temp', entered) } });
    }),
  );
});

test('a flow of oxygen in room air is asked about and never kept', () => {
  const refused = checkEntry({ on_oxygen: false, o2_flow: 5 }, [], {});
  expect(refused.ok ? 'kept' : refused.error.code).toBe('value-implausible');
  expect(checkEntry({ on_oxygen: false, o2_flow: 0 }, [], {}).ok).toBe(true);
  expect(checkEntry({ on_oxygen: true, o2_flow: 5 }, [], {}).ok).toBe(true);
});
