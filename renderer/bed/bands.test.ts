import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chartBand } from '../../app/scoring/chart.ts';
import { chartRows } from './bands.ts';

test('the rows are those of the printed chart', () => {
  expect(chartRows('rr', 1).map(({ label, points }) => [label, points])).toEqual([
    ['≥25', 3],
    ['21–24', 2],
    ['12–20', 0],
    ['9–11', 1],
    ['≤8', 3],
  ]);
  expect(chartRows('temp', 1).map(({ label }) => label)).toEqual([
    '≥39.1',
    '38.1–39.0',
    '36.1–38.0',
    '35.1–36.0',
    '≤35.0',
  ]);
  expect(chartRows('spo2', 2).map(({ label, points }) => [label, points])).toEqual([
    ['≥97 O2', 3],
    ['95–96 O2', 2],
    ['93–94 O2', 1],
    ['≥93 air', 0],
    ['88–92', 0],
    ['86–87', 1],
    ['84–85', 2],
    ['≤83', 3],
  ]);
});

test('every value stands in exactly one row, and that row has the points of the score', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 30, max: 100 }),
      fc.constantFrom(1, 2),
      fc.boolean(),
      (value, scale, onOxygen) => {
        const rows = chartRows('spo2', scale).filter((row) => row.holds(value, onOxygen));
        expect(rows).toHaveLength(1);
        expect(rows[0]?.points).toBe(chartBand('spo2', value, { scale, onOxygen })?.points);
      },
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 430 }), (tenths) => {
      const rows = chartRows('temp', 1).filter((row) => row.holds(tenths / 10, undefined));
      expect(rows).toHaveLength(1);
      expect(rows[0]?.points).toBe(chartBand('temp', tenths / 10)?.points);
    }),
  );
});
