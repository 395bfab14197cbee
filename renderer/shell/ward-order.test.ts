import { expect, test } from 'vitest';
import type { BedView } from '../../app/contract/views.ts';
import { alertView, bedView, charted, streamed } from '../development/fixtures.ts';
import { readingsOf, scoreNow } from './readings.ts';
import { byRisk, riskOf } from './ward-order.ts';

const NORMAL = {
  rr: streamed(16),
  spo2: streamed(97),
  on_oxygen: charted(false),
  sbp: charted(120),
  hr: streamed(72),
  acvpu: charted('A'),
  temp_c: charted(36.8),
};

const low = bedView('01', { observed: NORMAL });
const medium = bedView('02', {
  observed: { ...NORMAL, spo2: streamed(92), rr: streamed(24), hr: streamed(95) },
});
const high = bedView('03', {
  observed: { ...NORMAL, spo2: streamed(90), rr: streamed(26), hr: streamed(115) },
});
const oneRed = bedView('04', { observed: { ...NORMAL, sbp: charted(88) } });
const nothing = bedView('05');
const pregnant = bedView('06', { patient: { ...low.patient, id: 'patient-06', pregnant: true } });
const staleLow = bedView('07', { observed: { ...NORMAL, spo2: streamed(97, 20_000) } });

function ordered(views: BedView[], alerts = new Map<string, ReturnType<typeof alertView>[]>()): string[] {
  return views
    .map((view) => {
      const { score, stale } = scoreNow({ view, receivedAt: 0 }, 0);
      return { bed: view.bed, score, stale, alerts: alerts.get(view.bed) ?? [] };
    })
    .sort(byRisk)
    .map(({ bed }) => bed);
}

test('risk first; unknown, not scored and stale stand above what is known to be low', () => {
  expect([high, medium, oneRed, nothing, pregnant, low].map(({ score }) => riskOf(score))).toEqual([
    'high',
    'medium',
    'single-red',
    'unknown',
    'none',
    'low',
  ]);
  expect(ordered([low, staleLow, pregnant, nothing, oneRed, medium, high])).toEqual([
    '03',
    '02',
    '04',
    '05',
    '07',
    '06',
    '01',
  ]);
});

test('a lower bound ranks by what it already reaches', () => {
  const { acvpu: _, ...rest } = high.observed;
  const incomplete = bedView('08', { observed: rest });
  expect(incomplete.score).toMatchObject({ complete: false });
  expect(riskOf(incomplete.score)).toBe('high');
});

test('an open alert lifts a bed whose score is low', () => {
  const alerts = new Map([['01', [alertView(low, { rule: 'map-low', priority: 'medium' })]]]);
  expect(ordered([nothing, low, medium, high], alerts)).toEqual(['03', '02', '01', '05']);
});

test('equal risks go by the bed number as a number', () => {
  const beds = ['10', '2', '1'].map((bed) => bedView(bed, { observed: NORMAL }));
  expect(ordered(beds)).toEqual(['1', '2', '10']);
});

test('ages grow from the moment a view came, without a core', () => {
  const bed = { view: high, receivedAt: 1_000 };
  expect(readingsOf(bed, 1_000).rr).toMatchObject({ state: 'current', ageMs: 2_000 });
  expect(readingsOf(bed, 15_000).rr).toMatchObject({ state: 'stale', ageMs: 16_000 });
  expect(readingsOf(bed, 60_000).rr).toMatchObject({ state: 'missing', reason: 'expired' });
  expect(readingsOf(bed, 60_000).temp_c).toMatchObject({ state: 'current' });
  expect(readingsOf(bed, 60_000).fio2).toMatchObject({ state: 'missing', reason: 'never' });
});

test('a score loses what its values lost: it becomes a lower bound and says what is missing', () => {
  const bed = { view: high, receivedAt: 0 };
  expect(scoreNow(bed, 0)).toMatchObject({ score: { complete: true, total: 8 }, stale: false });
  expect(scoreNow(bed, 20_000)).toMatchObject({ score: { complete: true, total: 8 }, stale: true });
  expect(scoreNow(bed, 70_000).score).toMatchObject({
    complete: false,
    min_total: 0,
    missing: ['rr', 'spo2', 'hr'],
  });
  expect(riskOf(scoreNow(bed, 70_000).score)).toBe('unknown');
});
