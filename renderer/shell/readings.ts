/** What a bed shows at a moment of the terminal's clock: readings, and a score that loses what its values lost. */

import type { BedView } from '../../app/contract/views.ts';
import {
  type ObservedValue,
  type ObservedValues,
  type Reading,
  readingAt,
} from '../../app/observation/reading.ts';
import { type ScoringVitals, vitalsForScoring } from '../../app/observation/scoring-vitals.ts';
import { VITALS, type Vital } from '../../app/observation/vital.ts';
import { scoreNews2 } from '../../app/scoring/news2.ts';
import { isApplicable, type News2Parameter, type Score, type Vitals } from '../../app/scoring/score.ts';
import type { ShownBed } from './ward-state.ts';

/** Every vital of a bed as it stands at `now`, a moment of `useNow`. */
export function readingsOf(bed: ShownBed, now: number): Record<Vital, Reading> {
  const observed = observedOf(bed.view);
  const elapsed = now - bed.receivedAt;
  const readings = VITALS.map((vital) => {
    const reading = readingAt(observed[vital], elapsed);
    if (bed.view.unavailable?.includes(vital) !== true) return [vital, reading];
    return [
      vital,
      reading.state === 'missing' ? { ...reading, reason: 'unavailable' } : { ...reading, unavailable: true },
    ];
  });
  return Object.fromEntries(readings) as Record<Vital, Reading>;
}

export interface ScoreNow {
  readonly score: Score;
  /** What the score is computed from, in the scoring's own units. */
  readonly vitals: Vitals;
  /** Which vital each parameter rests on, and how fresh it is; a parameter without an input is missing. */
  readonly inputs: ScoringVitals['inputs'];
  /** Milliseconds: age of the oldest value the score rests on. */
  readonly oldestAgeMs: number | null;
  /** A value that counts is stale. */
  readonly stale: boolean;
}

/**
 * The bed's score at `now`. It is the core's, until a value it rests on has expired since the view was made (the
 * core has died or is slow): then it is computed again from what is left, by the same code, and is incomplete.
 */
export function scoreNow(bed: ShownBed, now: number): ScoreNow {
  const { view } = bed;
  const observed = observedOf(view);
  const options = { spo2Scale: view.patient.spo2Scale };
  const elapsed = Math.max(0, now - bed.receivedAt);
  const later = vitalsForScoring(observed, elapsed, options);
  const lost = parametersOf(vitalsForScoring(observed, 0, options)).some(
    (parameter) => later.inputs[parameter] === undefined,
  );
  const score =
    lost && isApplicable(view.score)
      ? scoreNews2(later.vitals, { pregnant: view.patient.pregnant })
      : view.score;
  return {
    score,
    vitals: later.vitals,
    inputs: later.inputs,
    oldestAgeMs: later.oldestAgeMs,
    stale: Object.values(later.inputs).some(({ state }) => state === 'stale'),
  };
}

function parametersOf(scoring: ScoringVitals): News2Parameter[] {
  return [...scoring.currentParameters, ...staleOf(scoring)];
}

function staleOf(scoring: ScoringVitals): News2Parameter[] {
  const current = new Set(scoring.currentParameters);
  return (Object.keys(scoring.inputs) as News2Parameter[]).filter((parameter) => !current.has(parameter));
}

/** A view's observed values without the optional fields that are there but undefined. */
export function observedOf(view: BedView): ObservedValues {
  const observed: { [vital in Vital]?: ObservedValue } = {};
  for (const vital of VITALS) {
    const value = view.observed[vital];
    if (value === undefined) continue;
    const { scoring, ...rest } = value;
    observed[vital] = scoring === undefined ? rest : { ...rest, scoring };
  }
  return observed;
}
