import { expect, test } from 'vitest';
import { NEWS2_PARAMETERS } from '../../app/scoring/score.ts';
import { bedView, charted, streamed } from '../development/fixtures.ts';
import { pointsOf } from '../vitals/standing.ts';
import { EMPTY_DRAFT } from './draft.ts';
import { liveScore } from './live-score.ts';

const VIEW = bedView('14', {
  observed: {
    rr: streamed(23),
    spo2: streamed(95),
    hr: streamed(96),
    on_oxygen: charted(true),
    sbp: charted(118),
    temp_c: charted(37.2),
    acvpu: charted('A', 4_000_000),
  },
});

test('valid readings count, what is typed replaces them, and a missing parameter is a lower bound', () => {
  expect(liveScore(VIEW, 0, EMPTY_DRAFT, []).score).toMatchObject({ min_total: 6, missing: ['acvpu'] });
  const draft = { ...EMPTY_DRAFT, acvpu: 'A' as const, typed: { rr: '18' } };
  expect(liveScore(VIEW, 0, draft, []).score).toMatchObject({ complete: true, total: 4 });
});

test('a value to confirm, or one that cannot be a reading, is missing and not the old one', () => {
  const draft = { ...EMPTY_DRAFT, acvpu: 'A' as const, typed: { temp_c: '32.7' } };
  expect(liveScore(VIEW, 0, draft, ['temp_c']).score).toMatchObject({ missing: ['temp_c'] });
  const slip = { ...EMPTY_DRAFT, typed: { hr: '960' } };
  expect(liveScore(VIEW, 0, slip, []).score).toMatchObject({ missing: ['hr', 'acvpu'] });
});

test('readings that have expired meanwhile do not count', () => {
  expect(liveScore(VIEW, 120_000, EMPTY_DRAFT, []).score).toMatchObject({
    missing: ['rr', 'spo2', 'hr', 'acvpu'],
  });
});

test.each([
  ['pregnant', { pregnant: true, ageYears: 29 }],
  ['under-16', { pregnant: false, ageYears: 15 }],
] as const)('no score and no points apply where the patient is %s, complete or not', (reason, patient) => {
  const view = { ...VIEW, patient: { ...VIEW.patient, ...patient } };
  const missing = liveScore(view, 0, EMPTY_DRAFT, []);
  expect(missing.score).toEqual({ applicable: false, reason });
  expect(missing.complete).toBe(false);
  for (const parameter of NEWS2_PARAMETERS) expect(pointsOf(parameter, missing.score)).toBeUndefined();
  const whole = liveScore(view, 0, { ...EMPTY_DRAFT, acvpu: 'A' }, []);
  expect(whole.score).toEqual({ applicable: false, reason });
  expect(whole.complete).toBe(true);
});

test('a set is complete where its score is, and not with a value that waits for confirmation', () => {
  const draft = { ...EMPTY_DRAFT, acvpu: 'A' as const };
  expect(liveScore(VIEW, 0, draft, []).complete).toBe(true);
  expect(liveScore(VIEW, 0, draft, ['temp_c']).complete).toBe(true);
  const typed = { ...draft, typed: { temp_c: '32.7' } };
  expect(liveScore(VIEW, 0, typed, ['temp_c']).complete).toBe(false);
});
