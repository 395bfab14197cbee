import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryRow } from '../../app/contract/views.ts';
import { chartColumns, trendOf } from './columns.ts';

const START = Date.parse('2026-03-01T08:00:00Z');

function row(minute: number, values: HistoryRow['values']): HistoryRow {
  return { at: new Date(START + minute * 60_000).toISOString(), values, source: 'monitor', score: null };
}

test('charted sets keep a column each, and nothing is carried over into a column that lacks it', () => {
  const columns = chartColumns([row(0, { rr: 18, acvpu: 'A' }), row(60, { rr: 20 })], 10);
  expect(columns.map(({ values }) => values)).toEqual([{ rr: 18, consciousness: 'A' }, { rr: 20 }]);
});

test('a stream is cut into columns that each hold values of their own time only', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 2_000 }), { minLength: 11, maxLength: 200 }),
      fc.integer({ min: 2, max: 10 }),
      (minutes, most) => {
        const rows = minutes.toSorted((a, b) => a - b).map((minute) => row(minute, { rr: minute }));
        const columns = chartColumns(rows, most);
        expect(columns.length).toBeLessThanOrEqual(most);
        for (const { at, values } of columns) expect(values.rr).toBe((Date.parse(at) - START) / 60_000);
        expect(columns.at(-1)?.at).toBe(rows.at(-1)?.at);
      },
    ),
  );
});

test('a pause in a stream becomes a gap and hourly charting does not', () => {
  const stream = [0, 1, 2, 3, 30, 31].map((minute) => row(minute, { hr: 80 + minute }));
  expect(trendOf(stream, ['hr']).map(({ value }) => value)).toEqual([80, 81, 82, 83, null, 110, 111]);
  const hourly = [0, 60, 120].map((minute) => row(minute, { hr: 80 }));
  expect(trendOf(hourly, ['hr']).every(({ value }) => value !== null)).toBe(true);
});
