/** The score as it would be with what is typed now: valid readings, and typed values in place of theirs. Pure. */
import type { BedView } from '../../app/contract/views.ts';
import { vitalsForScoring } from '../../app/observation/scoring-vitals.ts';
import { scoreNews2 } from '../../app/scoring/news2.ts';
import { NEWS2_PARAMETERS, type Score, VITAL_OF_PARAMETER, type Vitals } from '../../app/scoring/score.ts';
import { observedOf } from '../shell/index.ts';
import { type Draft, isInRange, TYPED_FIELDS, valuesOf } from './draft.ts';

export interface LiveScore {
  readonly score: Score;
  readonly vitals: Vitals;
  /** All seven parameters are there, whether or not a score applies to this patient. */
  readonly complete: boolean;
}

/**
 * @param elapsedMs milliseconds since the view came.
 * @param toConfirm vitals that wait for confirmation: neither the typed value nor the old reading scores.
 */
export function liveScore(
  view: BedView,
  elapsedMs: number,
  draft: Draft,
  toConfirm: readonly string[],
): LiveScore {
  const { spo2Scale, ageYears, pregnant } = view.patient;
  const vitals: Vitals = { ...vitalsForScoring(observedOf(view), elapsedMs, { spo2Scale }).vitals };
  const entered = valuesOf(draft);
  for (const field of TYPED_FIELDS) {
    if (field === 'o2_flow') continue;
    const value = entered[field];
    if (value === undefined) continue;
    vitals[field] = isInRange(field, value) && !toConfirm.includes(field) ? value : null;
  }
  if (entered.on_oxygen !== undefined) vitals.on_oxygen = entered.on_oxygen;
  if (entered.acvpu !== undefined) vitals.acvpu = entered.acvpu;
  return {
    score: scoreNews2({ ...vitals, spo2_scale: spo2Scale }, { age_years: ageYears, pregnant }),
    vitals,
    complete: NEWS2_PARAMETERS.every((parameter) => (vitals[VITAL_OF_PARAMETER[parameter]] ?? null) !== null),
  };
}
