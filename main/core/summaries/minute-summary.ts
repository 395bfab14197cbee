/** A minute of one source as its sets tell it. Pure, so that a test can make every summary anew from the rows. */
import {
  NUMERIC_VITALS,
  type NumericVital,
  VITAL_RANGES,
  type VitalValues,
} from '../../../app/observation/vital.ts';
import { roundDecimals } from '../../../app/scoring/chart.ts';

export const MINUTE_MS = 60_000;

/** A number over a minute, in the vital's unit. */
export interface MinuteNumber {
  readonly last: number;
  readonly min: number;
  readonly max: number;
  /** The median of the minute where it has at least three samples, else the last: what a stream scores by. */
  readonly median: number;
}

export interface MinuteSummary {
  /** Wall milliseconds / 60000. */
  readonly minute: number;
  /** Sets in force. */
  readonly sets: number;
  /** When the last of them was observed (wall ms). */
  readonly lastMs: number;
  /** The latest receipt and the latest commit among them (wall ms). */
  readonly receivedMs: number;
  readonly committedMs: number;
  readonly numbers: { readonly [vital in NumericVital]?: MinuteNumber };
  /** The last word on oxygen and consciousness. */
  readonly on_oxygen?: VitalValues['on_oxygen'];
  readonly acvpu?: VitalValues['acvpu'];
}

export interface SummarisedSet {
  readonly observedMs: number;
  readonly receivedMs: number;
  readonly committedMs: number;
  readonly values: VitalValues;
}

/** Fewer samples are no median: the last one stands (as a stream is scored). */
const LEAST_SAMPLES = 3;

export function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}

/** The summary of the sets of one source in one minute, oldest first; null where there are none. */
export function summarise(sets: readonly SummarisedSet[]): MinuteSummary | null {
  const last = sets.at(-1);
  if (last === undefined) return null;
  const numbers: { [vital in NumericVital]?: MinuteNumber } = {};
  for (const vital of NUMERIC_VITALS) {
    const samples = sets.flatMap(({ values }) => values[vital] ?? []);
    const newest = samples.at(-1);
    if (newest === undefined) continue;
    const sorted = samples.toSorted((a, b) => a - b);
    numbers[vital] = {
      last: newest,
      min: sorted[0] ?? newest,
      max: sorted.at(-1) ?? newest,
      median:
        sorted.length < LEAST_SAMPLES
          ? newest
          : roundDecimals(Number(medianOf(sorted).toFixed(6)), VITAL_RANGES[vital].decimals),
    };
  }
  const oxygen = sets.findLast(({ values }) => values.on_oxygen !== undefined)?.values.on_oxygen;
  const acvpu = sets.findLast(({ values }) => values.acvpu !== undefined)?.values.acvpu;
  return {
    minute: minuteOf(last.observedMs),
    sets: sets.length,
    lastMs: last.observedMs,
    receivedMs: Math.max(...sets.map((set) => set.receivedMs)),
    committedMs: Math.max(...sets.map((set) => set.committedMs)),
    numbers,
    ...(oxygen === undefined ? {} : { on_oxygen: oxygen }),
    ...(acvpu === undefined ? {} : { acvpu }),
  };
}

/** Of an even number of samples the mean of the two in the middle. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
