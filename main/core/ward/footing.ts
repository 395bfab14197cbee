/**
 * A bed a moment later. Nearly always nothing has happened since its last full evaluation but that every age has grown
 * by the same time: then the readings, the score and the signals are those of before with that time added. As soon as
 * a value reaches the end of its state, the clocks went apart or anything else changed, it is worked out in full.
 */
import type { ObservedValue } from '../../../app/observation/reading.ts';
import type { ScoringVitals } from '../../../app/observation/scoring-vitals.ts';
import { VITALS, type Vital } from '../../../app/observation/vital.ts';
import { NEWS2_PARAMETERS } from '../../../app/scoring/score.ts';
import type { Signal } from '../../../app/scoring/signals.ts';
import type { Moment } from '../clock.ts';
import { ageOf, type Bed, type Footing, type Standing } from './bed.ts';

export interface FootingNow {
  readonly validity: Footing['validity'];
  readonly feed: Footing['feed'];
  readonly clockOffset: (sourceName: string) => number;
}

/** What stands at a later moment, the same as if it were worked out in full; null where it has to be. */
export function standingLater(bed: Bed, current: FootingNow, now: Moment): Standing | null {
  const { footing } = bed;
  if (footing === null) return null;
  const elapsedMs = elapsedSince(footing, current, now);
  if (elapsedMs === null || elapsedMs >= footing.steadyForMs) return null;
  if (footing.patient !== bed.patient || footing.ageYears !== ageOf(bed.patient, now.wallMs)) return null;
  if (footing.validity !== current.validity || footing.feed !== current.feed) return null;
  return elapsedMs === 0 ? footing.standing : older(footing.standing, elapsedMs);
}

/** Milliseconds by which every age has grown; null where not all of them have grown by the same. */
function elapsedSince(footing: Footing, { clockOffset }: FootingNow, now: Moment): number | null {
  const elapsedMs = now.bootMs - footing.at.bootMs;
  if (elapsedMs < 0 || elapsedMs !== now.wallMs - footing.at.wallMs) return null;
  for (const [name, offset] of footing.offsets) if (clockOffset(name) !== offset) return null;
  return elapsedMs;
}

function older({ observed, scoring, signals }: Standing, byMs: number): Standing {
  const values: { [vital in Vital]?: ObservedValue } = {};
  for (const vital of VITALS) {
    const value = observed[vital];
    if (value !== undefined) values[vital] = { ...value, ageMs: value.ageMs + byMs };
  }
  return {
    observed: values,
    scoring: olderScoring(scoring, byMs),
    signals: signals.map((signal) => olderSignal(signal, byMs)),
  };
}

function olderScoring(scoring: ScoringVitals, byMs: number): ScoringVitals {
  const inputs: Writable<ScoringVitals['inputs']> = {};
  for (const parameter of NEWS2_PARAMETERS) {
    const input = scoring.inputs[parameter];
    if (input !== undefined) inputs[parameter] = { ...input, ageMs: input.ageMs + byMs };
  }
  const { oldestAgeMs } = scoring;
  return { ...scoring, inputs, oldestAgeMs: oldestAgeMs === null ? null : oldestAgeMs + byMs };
}

type Writable<T> = { -readonly [key in keyof T]: T[key] };

function olderSignal(signal: Signal, byMs: number): Signal {
  if (signal.state === 'not-applicable') return signal;
  const { inputs, oldestAgeMs, comparedWith } = signal;
  return {
    ...signal,
    inputs: inputs.map((input) => ({ ...input, ageMs: input.ageMs + byMs })),
    oldestAgeMs: oldestAgeMs === null ? null : oldestAgeMs + byMs,
    comparedWith: comparedWith === null ? null : { ...comparedWith, ageMs: comparedWith.ageMs + byMs },
  };
}
