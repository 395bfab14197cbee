/**
 * From the sets of one bed to its readings: the newest value of each vital with its limits of validity, and how
 * a streamed vital is reduced to the value that scores.
 */

import { roundDecimals } from '../scoring/chart.ts';
import type { Monitoring } from '../scoring/news2.ts';
import { type Candidate, settle } from './conflict.ts';
import type { ObservationSet } from './observation.ts';
import type { ObservedValue, ObservedValues } from './reading.ts';
import { type Measured, type ValidityPolicy, validityLimits } from './validity.ts';
import {
  NUMERIC_VITALS,
  type NumericVital,
  VITAL_RANGES,
  VITALS,
  type Vital,
  type VitalValues,
} from './vital.ts';

/** How a bed's monitor delivers. Hand entries are charted in either. */
export type FeedMode = 'streamed' | 'charted';

/** A row of the store with its age now: milliseconds, the larger of the ages by two clocks. */
export interface AgedSet {
  readonly observedAt: string;
  readonly ageMs: number;
  readonly source: ObservationSet['source'];
  readonly values: VitalValues;
  /** Vitals that the intake already found contradictory within the message. */
  readonly ambiguous?: readonly Vital[];
}

export interface ReadingOptions {
  readonly policy: ValidityPolicy;
  readonly feed: FeedMode;
  /** What the last score asks for; charted values are due by it. Null before the first score. */
  readonly monitoring: Monitoring | null;
  readonly spo2Scale?: 1 | 2;
  /**
   * Minutes between two measurements of a source's cuff; null where they are not known. `sbp` is a pressure that
   * does not say how it was measured.
   */
  readonly cuffIntervalMinutes?: (vital: 'sbp' | 'sbp_nibp', source: AgedSet['source']) => number | null;
}

/** A streamed vital scores by the median of this time, of at least so many samples (clinical reference). */
export const MEDIAN_WINDOW_MS = 60_000;
const MEDIAN_LEAST_SAMPLES = 3;

/** A feed is streamed after this many receipts within this time. */
const STREAMED_RECEIPTS = 3;
export const STREAMED_WINDOW_MS = 60_000;
/** Receipts closer than this are one delivery: gateways send periodic and aperiodic vitals one after the other. */
const ONE_DELIVERY_MS = 1_000;

/**
 * Vitals that a streaming monitor may measure only now and then. They count as streamed while they really come
 * as a stream; else a pressure is a cuff's, and the rest is valid as a charted value is.
 */
const NOW_AND_THEN: ReadonlySet<Vital> = new Set<Vital>([
  'temp_c',
  'sbp',
  'dbp',
  'map',
  'o2_flow',
  'fio2',
  'on_oxygen',
  'acvpu',
]);
const UNSPECIFIED_PRESSURES: ReadonlySet<Vital> = new Set<Vital>(['sbp', 'dbp', 'map']);
const CUFF_PRESSURES: ReadonlySet<Vital> = new Set<Vital>(['sbp_nibp', 'dbp_nibp', 'map_nibp']);

/**
 * Whether a bed's feed is streamed: three deliveries within 60 s anywhere in the given receipts, or as
 * configured. A streamed feed that falls silent stays streamed for as long as the caller gives those receipts,
 * so its last values go missing after a minute and are not kept for an hour as charted ones.
 *
 * @param receiptTimes milliseconds of any one clock, in any order; of the monitor's messages, not hand entries.
 */
export function feedMode(receiptTimes: readonly number[], configured: FeedMode | null = null): FeedMode {
  if (configured !== null) return configured;
  const deliveries = deliveriesOf(receiptTimes);
  const streamed = deliveries.some((time, index) => {
    const third = deliveries[index + STREAMED_RECEIPTS - 1];
    return third !== undefined && third - time <= STREAMED_WINDOW_MS;
  });
  return streamed ? 'streamed' : 'charted';
}

/**
 * The beginnings of the deliveries among receipts (milliseconds, any order), oldest first. A message of many sets,
 * and messages that follow each other within a second, are one delivery: whoever remembers the last few
 * deliveries tells a stream from single sets, however many sets each of them has.
 */
export function deliveriesOf(receiptTimes: readonly number[]): number[] {
  const deliveries: number[] = [];
  for (const time of [...receiptTimes].sort((a, b) => a - b)) {
    const last = deliveries.at(-1);
    if (last === undefined || time - last >= ONE_DELIVERY_MS) deliveries.push(time);
  }
  return deliveries;
}

/**
 * Whether what arrives is a delivery of its own and not the rest of one. A device that is taken round a patient sends the
 * temperature, then the pressure, then the saturation: three messages within a minute, and no stream. Of a stream every
 * vital comes again.
 *
 * @param recent what the monitors brought in the minute before.
 */
export function isOwnDelivery(values: VitalValues, recent: readonly VitalValues[]): boolean {
  if (recent.length === 0) return true;
  return VITALS.some(
    (vital) => values[vital] !== undefined && recent.some((earlier) => earlier[vital] !== undefined),
  );
}

/** The sets of one source: what both readings and the window are made from. */
export interface SourceSets<Set extends AgedSet = AgedSet> {
  readonly source: AgedSet['source'];
  /** In the order in which they were given. */
  readonly given: readonly Set[];
  /** The youngest first; of two equally old ones the one that was given first. */
  readonly youngestFirst: readonly Set[];
  /** How many of the sets have the vital; a vital that none has is not here. */
  readonly counts: ReadonlyMap<Vital, number>;
}

const KNOWN_VITALS: ReadonlySet<string> = new Set(VITALS);

function isVital(name: string): name is Vital {
  return KNOWN_VITALS.has(name);
}

/**
 * Groups the sets of one patient by source, once. A bed at one value a second holds some hundred sets, and each new
 * one has it grouped again: nothing is made here for a single value.
 */
export function bySource<Set extends AgedSet>(sets: readonly Set[]): readonly SourceSets<Set>[] {
  const sources: { source: AgedSet['source']; given: Set[]; counts: Map<Vital, number> }[] = [];
  for (const set of sets) {
    const { kind, name } = set.source;
    let own = sources.find(({ source }) => source.name === name && source.kind === kind);
    if (own === undefined) {
      own = { source: set.source, given: [], counts: new Map() };
      sources.push(own);
    }
    own.given.push(set);
    for (const vital in set.values)
      if (isVital(vital) && set.values[vital] !== undefined)
        own.counts.set(vital, (own.counts.get(vital) ?? 0) + 1);
  }
  return sources.map((own) => ({ ...own, youngestFirst: youngestFirst(own.given) }));
}

/** Sets come with the latest observed first, which is nearly always the order of their ages. */
function youngestFirst<Set extends AgedSet>(sets: readonly Set[]): readonly Set[] {
  for (let index = 1; index < sets.length; index++)
    if (ageOf(sets[index]) < ageOf(sets[index - 1])) return sets.toSorted((a, b) => ageOf(a) - ageOf(b));
  return sets;
}

/** What lies ahead of now is not younger than now. */
function ageOf(set: AgedSet | undefined): number {
  return Math.max(0, set?.ageMs ?? 0);
}

/** The newest value of one vital from one source, and the numbers of the minute before it, newest first. */
interface Newest {
  readonly set: AgedSet;
  readonly value: number | boolean | string;
  readonly ageMs: number;
  readonly inLastMinute: number;
  readonly numbers: readonly number[];
}

function newestIn(vital: Vital, sets: readonly AgedSet[]): Newest | null {
  let newest: { set: AgedSet; value: Newest['value']; ageMs: number } | null = null;
  let inLastMinute = 0;
  const numbers: number[] = [];
  for (const set of sets) {
    const value = set.values[vital];
    if (value === undefined) continue;
    const ageMs = ageOf(set);
    newest ??= { set, value, ageMs };
    if (ageMs - newest.ageMs > MEDIAN_WINDOW_MS) break;
    inLastMinute += 1;
    if (typeof value === 'number') numbers.push(value);
  }
  return newest && { ...newest, inLastMinute, numbers };
}

/** How the newest of a source's samples was measured. */
function measuredBy(vital: Vital, newest: Newest, options: ReadingOptions): Measured {
  const charted: Measured = { mode: 'charted', monitoring: options.monitoring };
  if (newest.set.source.kind === 'hand' || options.feed === 'charted') return charted;
  if (CUFF_PRESSURES.has(vital)) return cuffOf('sbp_nibp', newest, options);
  if (!NOW_AND_THEN.has(vital) || newest.inLastMinute >= MEDIAN_LEAST_SAMPLES) return { mode: 'streamed' };
  return UNSPECIFIED_PRESSURES.has(vital) ? cuffOf('sbp', newest, options) : charted;
}

function cuffOf(vital: 'sbp' | 'sbp_nibp', { set }: Newest, options: ReadingOptions): Measured {
  return { mode: 'cuff', intervalMinutes: options.cuffIntervalMinutes?.(vital, set.source) ?? null };
}

/** Lists up to this long are put in order where they are: a minute of a stream, faster than a library's sort. */
const SHORT_LIST = 128;
const ordered = new Float64Array(SHORT_LIST);

/** The median of a non-empty list; of an even number of values the mean of the middle two. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.length > SHORT_LIST ? new Float64Array(values).sort() : inOrder(values);
  const upper = sorted[Math.floor(values.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(values.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

/** A short list in ascending order, valid until the next call. */
function inOrder(values: readonly number[]): Float64Array {
  for (let count = 0; count < values.length; count++) {
    const value = values[count] ?? Number.NaN;
    let place = count;
    for (; place > 0; place--) {
      const before = ordered[place - 1] ?? Number.NaN;
      if (before <= value) break;
      ordered[place] = before;
    }
    ordered[place] = value;
  }
  return ordered;
}

const NUMERIC: ReadonlySet<string> = new Set(NUMERIC_VITALS);

function isNumeric(vital: Vital): vital is NumericVital {
  return NUMERIC.has(vital);
}

/** What a streamed number scores by, rounded to the vital's resolution. */
function scoringValue(vital: NumericVital, { numbers }: Newest): ObservedValue['scoring'] {
  const [last] = numbers;
  if (last === undefined) return undefined;
  if (numbers.length < MEDIAN_LEAST_SAMPLES) return { value: last, by: 'last', samples: numbers.length };
  // The mean of two decimals may lie a binary hair below its half; six decimals are finer than any device.
  const value = roundDecimals(Number(medianOf(numbers).toFixed(6)), VITAL_RANGES[vital].decimals);
  return { value, by: 'median', samples: numbers.length };
}

/** The newest value of a vital from one source. */
function candidateOf(vital: Vital, newest: Newest, options: ReadingOptions): Candidate {
  const measured = measuredBy(vital, newest, options);
  const scoring = measured.mode === 'streamed' && isNumeric(vital) ? scoringValue(vital, newest) : undefined;
  const { source, observedAt, ambiguous } = newest.set;
  const observed: ObservedValue = {
    value: newest.value,
    observedAt,
    ageMs: newest.ageMs,
    ...validityLimits(measured, options.policy),
    source: { kind: source.kind, mode: measured.mode, name: source.name },
    ambiguous: ambiguous?.includes(vital) ?? false,
    ...(scoring === undefined ? {} : { scoring }),
  };
  return { vital, observed };
}

/**
 * The newest value of each vital, as it was measured (a cuff and an arterial pressure stay two vitals; which one
 * scores is decided by `vitalsForScoring`, because that changes as values grow old).
 *
 * Sources that contradict each other about one vital give the worse value, marked ambiguous (`settle`).
 *
 * @param sets sets of one patient in any order, all that may still count.
 */
export function latestValues(sets: readonly AgedSet[], options: ReadingOptions): ObservedValues {
  return latestOf(bySource(sets), options).observed;
}

/** Of two equally old ones always the same comes first, in whatever order the sets came or were read again. */
function newestFirst({ observed: a }: Candidate, { observed: b }: Candidate): number {
  if (a.ageMs !== b.ageMs) return a.ageMs - b.ageMs;
  const [one, other] = [`${a.source.kind} ${a.source.name}`, `${b.source.kind} ${b.source.name}`];
  return one < other ? -1 : Number(one > other);
}

export interface LatestValues {
  readonly observed: ObservedValues;
  /**
   * While less than this has passed (ms), and nothing arrives, the values differ from these in their ages alone: the
   * time until the first value of any source becomes stale or missing.
   */
  readonly steadyForMs: number;
}

/** As `latestValues`, from sets that are grouped already. */
export function latestOf(sources: readonly SourceSets[], options: ReadingOptions): LatestValues {
  const conflict = {
    elapsedMs: 0,
    withinMs: options.policy.conflictMinutes * 60_000,
    spo2Scale: options.spo2Scale ?? 1,
  };
  const observed: { [vital in Vital]?: ObservedValue } = {};
  let steadyForMs = Number.POSITIVE_INFINITY;
  for (const vital of VITALS) {
    const candidates: Candidate[] = [];
    for (const { counts, youngestFirst: sets } of sources) {
      const newest = counts.has(vital) ? newestIn(vital, sets) : null;
      if (newest !== null) candidates.push(candidateOf(vital, newest, options));
    }
    if (candidates.length > 1) candidates.sort(newestFirst);
    for (const candidate of candidates) steadyForMs = Math.min(steadyForMs, untilNextState(candidate));
    const settled = settle(candidates, conflict);
    if (settled !== undefined) observed[vital] = settled.observed;
  }
  return { observed, steadyForMs };
}

/** Milliseconds until a value becomes stale or missing; what is missing stays so. */
function untilNextState({ observed: { ageMs, staleAfterMs, missingAfterMs } }: Candidate): number {
  const ahead = [staleAfterMs, missingAfterMs].filter((limitMs) => limitMs > ageMs);
  return Math.min(...ahead) - ageMs;
}
