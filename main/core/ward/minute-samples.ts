/**
 * What a bed remembers of the hours before now: of each number one value a minute and source, as it was really
 * read. Changes over a window and trends are counted from it, never from values that were carried on.
 */
import type { SourceKind } from '../../../app/observation/observation.ts';
import { medianOf } from '../../../app/observation/readings.ts';
import type { NumericVital, Vital } from '../../../app/observation/vital.ts';
import type { EarlierSample } from '../../../app/scoring/signal-window.ts';
import type { StoredSet } from './observations-table.ts';

/** One minute of one vital from one source. */
export interface MinuteSample {
  /** Minutes of the source's stamps. */
  readonly minute: number;
  readonly kind: SourceKind;
  readonly name: string;
  /** The newest reading's stamp, and the last receipt (boot clock): the age is counted from these. */
  readonly observedMs: number;
  readonly receivedBootMs: number;
  /** The median where the minute has at least three readings, else its last. */
  readonly value: number;
  readonly by: 'median' | 'last' | 'single';
  /** The readings of the minute, oldest first: a correction or a late one changes the value. */
  readonly readings: readonly { readonly observedMs: number; readonly value: number }[];
}

/** Of each vital the minutes, oldest first. */
export type MinuteSamples = { readonly [vital in NumericVital]?: readonly MinuteSample[] };

/** The numbers that a signal or a trend is about. */
export const SAMPLED_VITALS = [
  'hr',
  'pulse',
  'pulse_art',
  'rr',
  'rr_pleth',
  'spo2',
  'temp_c',
  'sbp',
  'sbp_art',
  'sbp_nibp',
] as const satisfies readonly NumericVital[];
export type SampledVital = (typeof SAMPLED_VITALS)[number];

const MINUTE_MS = 60_000;
/** As long as the longest window that is counted from the samples: the trend's four hours. */
export const SAMPLES_KEPT_MS = 4 * 3_600_000;
/** However a feed stamps its values, a bed keeps no more minutes of a vital: four hours of two sources. Ours. */
const MOST_MINUTES = 480;
/** Readings of one minute that are looked at; a faster feed keeps the newest. Ours. */
const MOST_READINGS = 64;
const LEAST_FOR_MEDIAN = 3;

const SAMPLED: ReadonlySet<Vital> = new Set(SAMPLED_VITALS);

export function isSampled(vital: Vital): vital is SampledVital {
  return SAMPLED.has(vital);
}

/** The samples with the values of new sets; a set of the same moment and source takes the place of its values. */
export function withSamples(before: MinuteSamples, sets: readonly StoredSet[]): MinuteSamples {
  if (sets.length === 0) return before;
  const after: { [vital in NumericVital]?: MinuteSample[] } = {};
  for (const set of sets)
    for (const vital of SAMPLED_VITALS) {
      const value = set.values[vital];
      const minutes = after[vital] ?? before[vital];
      if (value === undefined && minutes === undefined) continue;
      const own = after[vital] ?? [...(minutes ?? [])];
      if (put(own, set, value)) after[vital] = own;
    }
  for (const vital of SAMPLED_VITALS) {
    const minutes = after[vital];
    if (minutes !== undefined && minutes.length > MOST_MINUTES)
      minutes.splice(0, minutes.length - MOST_MINUTES);
  }
  return { ...before, ...after };
}

/** Puts a reading into its minute, or takes back the one of the same moment; false where nothing changes. */
function put(minutes: MinuteSample[], set: StoredSet, value: number | undefined): boolean {
  const minute = Math.floor(set.observedMs / MINUTE_MS);
  const { kind, name } = set.source;
  let index = minutes.length - 1;
  // Nearly every reading belongs to the newest minute: looked for from the end.
  while (index >= 0 && !isOf(minutes[index], minute, kind, name)) {
    if ((minutes[index]?.minute ?? 0) < minute) {
      if (value === undefined) return false;
      minutes.splice(index + 1, 0, sampleOf(minute, set, [{ observedMs: set.observedMs, value }]));
      return true;
    }
    index -= 1;
  }
  const found = index < 0 ? undefined : minutes[index];
  // A stream goes on where it was: what is not later than all before is a correction, or came late.
  if (value !== undefined && found !== undefined && found.observedMs < set.observedMs) {
    const readings = found.readings.slice(1 - MOST_READINGS);
    readings.push({ observedMs: set.observedMs, value });
    minutes[index] = sampleOf(minute, set, readings, found);
    return true;
  }
  const others = (found?.readings ?? []).filter(({ observedMs }) => observedMs !== set.observedMs);
  if (value === undefined) {
    if (found === undefined || others.length === found.readings.length) return false;
    if (others.length === 0) minutes.splice(index, 1);
    else minutes[index] = sampleOf(minute, set, others, found);
    return true;
  }
  const readings = [...others, { observedMs: set.observedMs, value }]
    .sort((a, b) => a.observedMs - b.observedMs)
    .slice(-MOST_READINGS);
  if (found === undefined) minutes.unshift(sampleOf(minute, set, readings));
  else minutes[index] = sampleOf(minute, set, readings, found);
  return true;
}

function isOf(sample: MinuteSample | undefined, minute: number, kind: string, name: string): boolean {
  return sample?.minute === minute && sample.kind === kind && sample.name === name;
}

function sampleOf(
  minute: number,
  set: StoredSet,
  readings: MinuteSample['readings'],
  before?: MinuteSample,
): MinuteSample {
  const last = readings.at(-1);
  const value =
    readings.length >= LEAST_FOR_MEDIAN
      ? medianOf(readings.map((reading) => reading.value))
      : (last?.value ?? Number.NaN);
  return {
    minute,
    kind: set.source.kind,
    name: set.source.name,
    observedMs: last?.observedMs ?? set.observedMs,
    receivedBootMs: Math.max(set.receivedBootMs, before?.receivedBootMs ?? Number.NEGATIVE_INFINITY),
    value,
    by: readings.length >= LEAST_FOR_MEDIAN ? 'median' : readings.length === 1 ? 'single' : 'last',
    readings,
  };
}

/** Without what is older than is kept, by `ageOf` (ms). The same object where nothing is that old. */
export function withoutOld(samples: MinuteSamples, ageOf: (sample: MinuteSample) => number): MinuteSamples {
  let kept: { [vital in NumericVital]?: readonly MinuteSample[] } | null = null;
  for (const vital of SAMPLED_VITALS) {
    const minutes = samples[vital];
    const first = minutes?.[0];
    if (minutes === undefined || first === undefined || ageOf(first) <= SAMPLES_KEPT_MS) continue;
    kept = { ...(kept ?? samples), [vital]: minutes.filter((one) => ageOf(one) <= SAMPLES_KEPT_MS) };
  }
  return kept ?? samples;
}

/** What a vital was within so long before now (ms), by `ageOf`: each minute with its age, oldest first. */
export function earlierOf(
  vital: SampledVital,
  samples: MinuteSamples,
  withinMs: number,
  ageOf: (sample: MinuteSample) => number,
): EarlierSample[] {
  const earlier: EarlierSample[] = [];
  for (const sample of samples[vital] ?? []) {
    const ageMs = ageOf(sample);
    if (ageMs > withinMs) continue;
    const { value, by, kind, name } = sample;
    earlier.push({ vital, value, by, source: { kind, name }, ageMs });
  }
  return earlier;
}

/** Milliseconds until the first of the samples is too old, by `ageOf` (ms); infinite where there are none. */
export function untilSampleLeaves(samples: MinuteSamples, ageOf: (sample: MinuteSample) => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const vital of SAMPLED_VITALS) {
    const first = samples[vital]?.[0];
    if (first !== undefined) least = Math.min(least, SAMPLES_KEPT_MS - ageOf(first));
  }
  return least;
}

/** The shortest and the longest interval (min) that a cuff is believed to run at: a fast series passes. Ours. */
const LEAST_CUFF_MINUTES = 5;
const MOST_CUFF_MINUTES = 60;
const LEAST_CUFF_VALUES = 3;
const CUFF_VALUES_LOOKED_AT = 7;

/**
 * Minutes between the measurements of a cuff: the median of the last gaps between its values. Null before three of
 * them: one gap is no interval.
 */
export function cuffMinutes(
  samples: MinuteSamples,
  vital: 'sbp' | 'sbp_nibp',
  source: StoredSet['source'],
): number | null {
  const values = (samples[vital] ?? [])
    .filter(({ kind, name }) => kind === source.kind && name === source.name)
    .slice(-CUFF_VALUES_LOOKED_AT);
  if (values.length < LEAST_CUFF_VALUES) return null;
  const gaps = values.slice(1).map((value, index) => value.observedMs - (values[index]?.observedMs ?? 0));
  return Math.min(MOST_CUFF_MINUTES, Math.max(LEAST_CUFF_MINUTES, medianOf(gaps) / MINUTE_MS));
}
