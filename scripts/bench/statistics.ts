/** Figures of a benchmark: medians and ratios pair by pair, so that a busy moment of the machine hits both sides. */

/** The value below which the share `q` of the samples lies (nearest rank). */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
  if (value === undefined) throw new Error('no samples');
  return value;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Median of ours over theirs, pair by pair, with the least and the greatest pair. */
export function pairedRatio(
  ours: readonly number[],
  theirs: readonly number[],
): { median: number; least: number; most: number } {
  const ratios = ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}
