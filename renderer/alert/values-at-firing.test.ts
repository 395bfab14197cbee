import { expect, test } from 'vitest';
import type { HistoryRow } from '../../app/contract/views.ts';
import { scoreNews2 } from '../../app/scoring/news2.ts';
import { valuesAtFiring } from './values-at-firing.ts';

const FIRED = '2026-03-01T14:31:00Z';

function row(at: string, values: HistoryRow['values']): HistoryRow {
  return { at: `2026-03-01T${at}Z`, values, source: 'monitor', score: null };
}

const SCORE = scoreNews2({ rr: 26, spo2: 92, on_oxygen: true, sbp: 95, hr: 115, acvpu: 'A', temp_c: 38.8 });

test('the newest value not after the firing is shown with its band and its time', () => {
  const shown = valuesAtFiring(
    [
      row('14:00:00', { rr: 22, on_oxygen: true, o2_flow: 2, acvpu: 'A', temp_c: 38.8 }),
      row('14:30:30', { rr: 26, spo2: 92 }),
      row('14:31:30', { rr: 12, spo2: 99 }),
    ],
    FIRED,
    SCORE,
    1,
    'en',
  );
  expect(shown.rr).toEqual({ text: '26\u00a0/min', band: '≥25', at: '2026-03-01T14:30:30Z' });
  expect(shown.spo2?.text).toBe('92\u00a0%');
  expect(shown.oxygen?.text).toBe('2\u00a0L/min');
  expect(shown.temp).toMatchObject({ text: '38.8\u00a0°C', band: '38.1–39.0' });
  expect(shown.sbp).toBeUndefined();
});

test('a value whose points are not those of the score is not shown beside them', () => {
  const shown = valuesAtFiring([row('14:30:30', { rr: 20, hr: 115 })], FIRED, SCORE, 1, 'en');
  expect(shown.rr).toBeUndefined();
  expect(shown.hr?.text).toBe('115\u00a0/min');
});

test('a parameter that was missing has no value, and one too old to count has none either', () => {
  const incomplete = scoreNews2({ rr: 26 });
  const rows = [row('10:00:00', { rr: 26 }), row('14:30:00', { hr: 115 })];
  expect(valuesAtFiring(rows, FIRED, incomplete, 1, 'en')).toEqual({});
});
