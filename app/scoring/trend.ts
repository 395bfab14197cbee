/**
 * The trend of a number over a stated window: the median of the slopes between every two readings (Theil–Sen).
 * One wild reading does not turn it, as it turns a line through the first and the last.
 * Source: Sen, Journal of the American Statistical Association 1968;63:1379–1389.
 */

/** One reading at its own time (ms of any one clock, greater is later). */
export interface TrendReading {
  readonly atMs: number;
  readonly value: number;
}

/** A stretch of the window without a reading that is longer than the caller expects. */
export interface TrendGap {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TrendWindow {
  /** The end of the window (ms of the readings' clock); usually now. */
  readonly toMs: number;
  readonly windowMs: number;
  /** The change per hour from which the value counts as rising or falling. */
  readonly leastPerHour: number;
  /** A stretch without a reading longer than this is named as a gap. */
  readonly gapMs: number;
}

interface OfWindow {
  readonly windowMs: number;
  /** Readings at distinct times inside the window. */
  readonly readings: number;
  /** Stretches without a reading, oldest first, the edges of the window included. */
  readonly gaps: readonly TrendGap[];
}

export type Trend =
  | (OfWindow & {
      readonly state: 'known';
      readonly direction: 'rising' | 'falling' | 'steady';
      /** Change in the value's unit per hour; positive is rising. */
      readonly perHour: number;
      /** The time from the first to the last reading that was used. */
      readonly spanMs: number;
    })
  /** Fewer than three readings at distinct times: no trend can be told. */
  | (OfWindow & { readonly state: 'too-few' });

/** A trend needs at least so many readings at distinct times (the requirement; two make a change, not a trend). */
export const TREND_LEAST_READINGS = 3;
/** So many readings at most are compared with each other; a longer row is thinned evenly. Ours: 1,128 pairs. */
const MOST_READINGS = 48;
const HOUR_MS = 3_600_000;

/**
 * The readings of the window, oldest first, one a moment. Two readings of one moment have no slope between them:
 * their median counts.
 */
function distinct(readings: readonly TrendReading[], window: TrendWindow): readonly TrendReading[] {
  const inside = readings.filter(
    ({ atMs, value }) =>
      Number.isFinite(value) && atMs <= window.toMs && window.toMs - atMs <= window.windowMs,
  );
  // They nearly always come in order and one a moment: then nothing is to be put together.
  if (inside.every(({ atMs }, index) => index === 0 || (inside[index - 1]?.atMs ?? atMs) < atMs))
    return inside;
  const byTime = new Map<number, number[]>();
  for (const { atMs, value } of inside) {
    const values = byTime.get(atMs);
    if (values === undefined) byTime.set(atMs, [value]);
    else values.push(value);
  }
  return [...byTime]
    .map(([atMs, values]) => ({ atMs, value: median(Float64Array.from(values)) }))
    .sort((a, b) => a.atMs - b.atMs);
}

/** The median; puts the values into another order. */
function median(values: Float64Array): number {
  const upperAt = Math.floor(values.length / 2);
  const upper = select(values, upperAt);
  if (values.length % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < upperAt; index++) lower = Math.max(lower, values[index] ?? lower);
  return (lower + upper) / 2;
}

/**
 * The value that stands at `rank` in order, with none greater before it: a thousand slopes need not be sorted for their
 * middle. Source: Hoare, Algorithm 65, Communications of the ACM 1961;4:321.
 */
function select(values: Float64Array, rank: number): number {
  let from = 0;
  let to = values.length - 1;
  while (from < to) {
    const pivot = values[rank] ?? Number.NaN;
    let left = from;
    let right = to;
    while (left <= right) {
      while ((values[left] ?? pivot) < pivot) left++;
      while ((values[right] ?? pivot) > pivot) right--;
      if (left > right) break;
      const moved = values[left] ?? pivot;
      values[left++] = values[right] ?? pivot;
      values[right--] = moved;
    }
    if (right < rank) from = left;
    if (rank < left) to = right;
  }
  return values[rank] ?? Number.NaN;
}

function gapsOf(readings: readonly TrendReading[], window: TrendWindow): TrendGap[] {
  const gaps: TrendGap[] = [];
  let fromMs = window.toMs - window.windowMs;
  const until = (toMs: number): void => {
    if (toMs - fromMs > window.gapMs) gaps.push({ fromMs, toMs });
    fromMs = toMs;
  };
  for (const { atMs } of readings) until(atMs);
  until(window.toMs);
  return gaps;
}

/** At most `most` of a row, evenly, the first and the last always among them. */
function thinned(readings: readonly TrendReading[], most: number): readonly TrendReading[] {
  if (readings.length <= most) return readings;
  const step = (readings.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, index) => readings[Math.round(index * step)] ?? []).flat();
}

/** The slopes between every two readings, in the value's unit per hour. */
function slopes(readings: readonly TrendReading[]): Float64Array {
  const found = new Float64Array((readings.length * (readings.length - 1)) / 2);
  let count = 0;
  readings.forEach((to, index) => {
    for (let earlier = 0; earlier < index; earlier++) {
      const from = readings[earlier] ?? to;
      found[count++] = ((to.value - from.value) * HOUR_MS) / (to.atMs - from.atMs);
    }
  });
  return found;
}

/** The trend of readings (any order, any times) over a window. Readings outside the window do not count. */
export function trendOf(readings: readonly TrendReading[], window: TrendWindow): Trend {
  const used = distinct(readings, window);
  const gaps = gapsOf(used, window);
  const of = { windowMs: window.windowMs, readings: used.length, gaps };
  const first = used[0];
  const last = used.at(-1);
  if (first === undefined || last === undefined || used.length < TREND_LEAST_READINGS)
    return { ...of, state: 'too-few' };
  const perHour = median(slopes(thinned(used, MOST_READINGS)));
  const direction =
    perHour >= window.leastPerHour ? 'rising' : -perHour >= window.leastPerHour ? 'falling' : 'steady';
  return { ...of, state: 'known', direction, perHour, spanMs: last.atMs - first.atMs };
}
