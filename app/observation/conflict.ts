/**
 * Which of several values of one thing counts, when more than one source or site measured it: two monitors, a
 * cuff and an arterial line, an electrode and a pulse oximeter.
 */
import { chartBand, type NumericParameter } from '../scoring/chart.ts';
import type { ObservedValue } from './reading.ts';
import { readingAt } from './reading.ts';
import type { Vital } from './vital.ts';

export interface Candidate {
  readonly vital: Vital;
  readonly observed: ObservedValue;
}

export interface ConflictOptions {
  /** Milliseconds since the observed values were made. */
  readonly elapsedMs: number;
  /** Two values contradict each other only when they were observed within this time (ms). */
  readonly withinMs: number;
  readonly spo2Scale: 1 | 2;
}

const PARAMETER_OF_VITAL: { readonly [vital in Vital]?: NumericParameter } = {
  rr: 'rr',
  rr_pleth: 'rr',
  hr: 'hr',
  pulse: 'hr',
  pulse_art: 'hr',
  sbp: 'sbp',
  sbp_art: 'sbp',
  sbp_nibp: 'sbp',
  spo2: 'spo2',
  temp_c: 'temp',
};

/** How bad a value is, for comparing two of the same thing: its points on the chart. Null where it has none. */
function badness({ vital, observed }: Candidate, spo2Scale: 1 | 2): number | null {
  const value = observed.scoring?.value ?? observed.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string') return value === 'A' ? 0 : 1;
  const parameter = PARAMETER_OF_VITAL[vital];
  if (parameter === undefined) return null;
  // A saturation above the target on scale 2 is bad only on oxygen: the worse case is the one to compare.
  return chartBand(parameter, value, { scale: spo2Scale, onOxygen: true })?.points ?? null;
}

/**
 * The candidate that counts, with `ambiguous` set where current ones contradict each other.
 *
 * 1. Of those that are not missing the newest counts; an older one is what was before, not a contradiction.
 * 2. Those observed within `withinMs` of the newest count as simultaneous; stale ones among them give way.
 * 3. Simultaneous current ones that score differently: the worse, marked ambiguous. Otherwise the first of the
 *    given order.
 *
 * Where all are missing the newest is returned, so that its time can be shown. Undefined for no candidate.
 */
export function settle(candidates: readonly Candidate[], options: ConflictOptions): Candidate | undefined {
  // One alone contradicts nobody, and counts by itself whatever its age.
  if (candidates.length <= 1) return candidates[0];
  const newestOf = (some: readonly Candidate[]) =>
    some.reduce<Candidate | undefined>(
      (best, one) => (best === undefined || one.observed.ageMs < best.observed.ageMs ? one : best),
      undefined,
    );
  const stateOf = ({ observed }: Candidate) => readingAt(observed, options.elapsedMs).state;

  const valid = candidates.filter((one) => stateOf(one) !== 'missing');
  const newest = newestOf(valid);
  if (newest === undefined) return newestOf(candidates);
  const together = valid.filter(({ observed }) => observed.ageMs - newest.observed.ageMs <= options.withinMs);
  const current = together.filter((one) => stateOf(one) === 'current');
  if (current.length === 0) return newest;

  const first = current[0];
  const scored = current.flatMap((one) => {
    const bad = badness(one, options.spo2Scale);
    return bad === null ? [] : [{ one, bad }];
  });
  const worst = scored.reduce((most, { bad }) => Math.max(most, bad), 0);
  if (scored.every(({ bad }) => bad === worst)) return first;
  const worse = scored.find(({ bad }) => bad === worst)?.one;
  return worse && { ...worse, observed: { ...worse.observed, ambiguous: true } };
}
