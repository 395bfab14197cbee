/** What is packed for the way to a terminal comes out as it was, and what does not fit together is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SOURCE_KINDS } from '../observation/observation.ts';
import { scoreNews2 } from '../scoring/news2.ts';
import { packedHistorySchema, packHistory } from './packed-history.ts';
import type { HistoryRow } from './views.ts';

const vitals = fc.record(
  {
    hr: fc.integer({ min: 20, max: 250 }),
    temp_c: fc.integer({ min: 340, max: 420 }).map((tenths) => tenths / 10),
    on_oxygen: fc.boolean(),
    acvpu: fc.constantFrom('A' as const, 'C' as const),
  },
  { requiredKeys: [] },
);
const range = fc.record(
  { hr: fc.tuple(fc.constant(40), fc.constant(90)), temp_c: fc.tuple(fc.constant(36), fc.constant(38.5)) },
  { requiredKeys: [] },
);
const SCORES = [null, scoreNews2({}), scoreNews2({ hr: 140, rr: 30 })];
const row: fc.Arbitrary<HistoryRow> = fc
  .record({
    at: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    values: vitals,
    source: fc.constantFrom(...SOURCE_KINDS),
    score: fc.constantFrom(...SCORES),
    sets: fc.integer({ min: 1, max: 12 }),
    range,
  })
  .map(({ sets, range: told, ...rest }) =>
    sets === 1 ? rest : { ...rest, together: { sets, range: told } },
  );

test('any history comes out as it went in', () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(packedHistorySchema.parse(structuredClone(packHistory(rows)))).toEqual(rows);
    }),
  );
});

test('columns that do not fit together are refused', () => {
  const packed = packHistory([
    { at: '2026-09-12T12:00:00Z', values: { hr: 80 }, source: 'monitor', score: scoreNews2({ hr: 80 }) },
  ]);
  expect(packedHistorySchema.safeParse(packed).success).toBe(true);
  for (const broken of [{ sets: [] }, { values: { hr: [80, 81] } }, { score: [1] }, { source: [99] }])
    expect(packedHistorySchema.safeParse(JSON.stringify({ ...JSON.parse(packed), ...broken })).success).toBe(
      false,
    );
  for (const broken of [packed.slice(1), '', 'null', null])
    expect(packedHistorySchema.safeParse(broken).success).toBe(false);
});
