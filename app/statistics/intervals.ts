/** What a measured share proves: bounds that a report shows and a gate holds it against. All are two-sided 95 % intervals. */

/** Standard normal quantile of a two-sided 95 % interval. */
export const Z = 1.959_964;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Wilson's interval of a share: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209. Of nothing measured it is [0, 1].
 *
 * @param hits 0 to `of`.
 */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { lower: 0, upper: 1 };
  const share = hits / of;
  const z2 = Z * Z;
  const middle = share + z2 / (2 * of);
  const spread = Z * Math.sqrt((share * (1 - share)) / of + z2 / (4 * of * of));
  const scale = 1 + z2 / of;
  return {
    // The ends are exact where rounding would put them a hair beside 0 or 1.
    lower: hits === 0 ? 0 : Math.max(0, (middle - spread) / scale),
    upper: hits === of ? 1 : Math.min(1, (middle + spread) / scale),
  };
}

/**
 * Interval of the difference of two shares measured on the same cases (new less old): A. Agresti and Y. Min, Stat. Med.
 * 24 (2005) 729, which adds half a case to each cell. Of no cases it is [-1, 1].
 *
 * @param gained cases that only the new one got right; `lost`: only the old one.
 */
export function pairedDifference(
  gained: number,
  lost: number,
  of: number,
): Interval & { readonly value: number } {
  if (of === 0) return { value: 0, lower: -1, upper: 1 };
  const cases = of + 2;
  const up = (gained + 0.5) / cases;
  const down = (lost + 0.5) / cases;
  const value = up - down;
  const spread = Z * Math.sqrt(Math.max(0, up + down - value * value) / cases);
  return {
    value: (gained - lost) / of,
    lower: Math.max(-1, value - spread),
    upper: Math.min(1, value + spread),
  };
}

/** The value that this share (0 to 1) of the values does not exceed; null of none. Nearest rank. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const rank = Math.min(sorted.length, Math.max(1, Math.ceil(share * sorted.length)));
  return sorted[rank - 1] ?? null;
}
