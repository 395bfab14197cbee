/** Which reading stands for each parameter of the score on every screen, and what it scores. Pure. */
import type { Reading } from '../../app/observation/reading.ts';
import type { ScoringVitals } from '../../app/observation/scoring-vitals.ts';
import type { Vital } from '../../app/observation/vital.ts';
import { isApplicable, type News2Parameter, type Score } from '../../app/scoring/score.ts';
import type { Points } from '../design/index.ts';

export type Readings = Readonly<Record<Vital, Reading>>;
type Inputs = ScoringVitals['inputs'];

/** Vitals that may stand for a parameter, in the order of preference of the score. */
export const VITALS_OF: { readonly [parameter in News2Parameter]: readonly [Vital, ...Vital[]] } = {
  rr: ['rr', 'rr_pleth'],
  spo2: ['spo2'],
  oxygen: ['on_oxygen', 'o2_flow', 'fio2'],
  sbp: ['sbp_art', 'sbp', 'sbp_nibp'],
  hr: ['hr', 'pulse_art', 'pulse'],
  consciousness: ['acvpu'],
  temp: ['temp_c'],
};

/** The diastolic pressure of the same site. */
const DIASTOLIC_OF: { readonly [systolic in Vital]?: Vital } = {
  sbp: 'dbp',
  sbp_art: 'dbp_art',
  sbp_nibp: 'dbp_nibp',
};

/**
 * The reading of a parameter: the one that scored. Where none did the parameter is missing, and of what could have
 * scored the last time that it was seen is told: a value that does not count is never shown as one that does.
 */
export function readingOf(parameter: News2Parameter, readings: Readings, inputs: Inputs): Reading {
  const scored = inputs[parameter];
  if (scored !== undefined) return readings[scored.vital];
  const standing = readings[standingFor(parameter, readings, inputs)];
  const lastObservedAt = lastSeen(standing);
  if (standing.state === 'missing' && standing.reason === 'unavailable') return standing;
  return { state: 'missing', reason: lastObservedAt === null ? 'never' : 'expired', lastObservedAt };
}

/** The diastolic reading of the site whose systolic pressure is shown: never one from elsewhere. */
export function diastolicOf(readings: Readings, inputs: Inputs): Reading {
  return readings[DIASTOLIC_OF[standingFor('sbp', readings, inputs)] ?? 'dbp'];
}

/** Points of a parameter: null where it is missing or undetermined, undefined where no score applies. */
export function pointsOf(parameter: News2Parameter, score: Score): Points | undefined {
  if (!isApplicable(score)) return undefined;
  const points = score.points[parameter];
  return points === 0 || points === 1 || points === 2 || points === 3 ? points : null;
}

/** The vital that scored, else the one that was seen last: its time tells more than "never". */
function standingFor(parameter: News2Parameter, readings: Readings, inputs: Inputs): Vital {
  const scored = inputs[parameter];
  if (scored !== undefined) return scored.vital;
  const [preferred, ...others] = VITALS_OF[parameter];
  return others.reduce(
    (best, vital) => (seenMs(readings[vital]) > seenMs(readings[best]) ? vital : best),
    preferred,
  );
}

function lastSeen(reading: Reading): string | null {
  return reading.state === 'missing' ? reading.lastObservedAt : reading.observed.observedAt;
}

function seenMs(reading: Reading): number {
  const at = lastSeen(reading);
  return at === null ? Number.NEGATIVE_INFINITY : Date.parse(at);
}
