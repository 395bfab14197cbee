/**
 * A histogram of fixed buckets: it costs the same after a minute and after a year, and a quantile of it says between
 * which two bounds it lies.
 */

export interface Histogram {
  /** Values in each bucket, the last one without an upper bound. */
  readonly counts: readonly number[];
  readonly sum: number;
  readonly count: number;
}

/** `low` < the quantile <= `high`; `high` is null where it lies beyond the last bound. */
export interface BucketQuantile {
  /** By a straight line within the bucket, as Prometheus' `histogram_quantile` has it; `low` beyond the last bound. */
  readonly value: number;
  readonly low: number;
  readonly high: number | null;
}

export function emptyHistogram(bounds: readonly number[]): Histogram {
  return { counts: new Array<number>(bounds.length + 1).fill(0), sum: 0, count: 0 };
}

/** The place of a value among ascending bounds: a value that is a bound belongs below it (`le`). */
export function bucketOf(bounds: readonly number[], value: number): number {
  const place = bounds.findIndex((bound) => value <= bound);
  return place < 0 ? bounds.length : place;
}

/** With one value more. What is no number is not counted. */
export function observed(bounds: readonly number[], before: Histogram, value: number): Histogram {
  if (!Number.isFinite(value)) return before;
  const counts = [...before.counts];
  const place = bucketOf(bounds, value);
  counts[place] = (counts[place] ?? 0) + 1;
  return { counts, sum: before.sum + value, count: before.count + 1 };
}

/** The value that a share (0 to 1) does not exceed, by nearest rank; null of none. Values are not negative. */
export function bucketQuantile(
  bounds: readonly number[],
  { counts, count }: Pick<Histogram, 'counts' | 'count'>,
  share: number,
): BucketQuantile | null {
  if (count === 0) return null;
  const rank = Math.min(count, Math.max(1, Math.ceil(share * count)));
  let before = 0;
  for (const [place, many] of counts.entries()) {
    if (before + many >= rank) {
      const low = place === 0 ? 0 : (bounds[place - 1] ?? 0);
      const high = bounds[place] ?? null;
      return { value: high === null ? low : low + ((high - low) * (rank - before)) / many, low, high };
    }
    before += many;
  }
  return null;
}
