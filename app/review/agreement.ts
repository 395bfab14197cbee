/**
 * How well raters agree: Krippendorff's alpha, for any number of raters and with ratings missing. 1 is perfect, 0 what
 * chance would give. Source: Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.
 */
import { createChance } from '../learning/random.ts';

/** `nominal`: values are the same or not. `ordinal`: they have an order and no distances. */
export type MeasurementLevel = 'nominal' | 'ordinal';

/** What raters said of one unit, in no order. */
export type UnitValues = readonly number[];

export interface Agreement {
  /** Null where nothing varies: then there is nothing to agree about. */
  readonly alpha: number | null;
  /** 95 % percentile interval of the bootstrap; null with alpha, and of fewer than {@link LEAST_UNITS} units. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Units that at least two rated. */
  readonly units: number;
}

/** Agreement of at least this much is wanted before conclusions are drawn. Krippendorff, Content Analysis, 2004, p. 241. */
export const ALPHA_WANTED = 0.667;
/** Drawn from fewer units than these the interval is narrow for want of choice and would look like certainty. Ours. */
export const LEAST_UNITS = 10;
/** Resamples: the interval's ends then stand to two decimals. Ours. */
const RESAMPLES = 1000;
const TAILS = { low: 0.025, high: 0.975 } as const;

/** Alpha of units, of which those with fewer than two ratings tell nothing; null where it is not defined. */
export function krippendorffAlpha(units: readonly UnitValues[], level: MeasurementLevel): number | null {
  const rated = units.filter((values) => values.length >= 2);
  const values = [...new Set(rated.flat())].sort((one, other) => one - other);
  const place = new Map(values.map((value, index) => [value, index]));
  const counts = values.map(() => 0);
  const together = values.map(() => values.map(() => 0));
  for (const unit of rated) {
    const of = values.map(() => 0);
    for (const value of unit) bump(of, place.get(value) ?? 0, 1);
    for (const [c, many] of of.entries()) {
      bump(counts, c, many);
      const row = together[c];
      if (row === undefined || many === 0) continue;
      // Each pair of a unit's ratings, so that a unit weighs as much as it has ratings.
      for (const [k, others] of of.entries())
        bump(row, k, (many * (c === k ? others - 1 : others)) / (unit.length - 1));
    }
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  const apart = distances(counts, level);
  let observed = 0;
  let expected = 0;
  for (const [c, row] of together.entries())
    for (const [k, count] of row.entries()) {
      const distance = apart(c, k);
      observed += count * distance;
      expected += (counts[c] ?? 0) * (counts[k] ?? 0) * distance;
    }
  return expected === 0 ? null : 1 - ((all - 1) * observed) / expected;
}

/** Squared distances between values by their places in the order. */
function distances(counts: readonly number[], level: MeasurementLevel): (c: number, k: number) => number {
  if (level === 'nominal') return (c, k) => (c === k ? 0 : 1);
  const upTo: number[] = [];
  for (const count of counts) upTo.push((upTo.at(-1) ?? 0) + count);
  return (c, k) => {
    const [low, high] = c < k ? [c, k] : [k, c];
    const between = (upTo[high] ?? 0) - (upTo[low] ?? 0) + (counts[low] ?? 0);
    return (between - ((counts[low] ?? 0) + (counts[high] ?? 0)) / 2) ** 2;
  };
}

function bump(list: number[], place: number, by: number): void {
  list[place] = (list[place] ?? 0) + by;
}

/** Alpha with its interval: units are drawn with replacement, and the same seed draws the same. */
export function agreementOf(units: readonly UnitValues[], level: MeasurementLevel, seed: number): Agreement {
  const rated = units.filter((values) => values.length >= 2);
  const alpha = krippendorffAlpha(rated, level);
  if (alpha === null || rated.length < LEAST_UNITS) return { alpha, interval: null, units: rated.length };
  const chance = createChance(seed);
  const drawn: number[] = [];
  for (let sample = 0; sample < RESAMPLES; sample += 1) {
    const again = krippendorffAlpha(
      rated.map(() => chance.pick(rated)),
      level,
    );
    // A resample in which nothing varies has no alpha.
    if (again !== null) drawn.push(again);
  }
  drawn.sort((one, other) => one - other);
  const at = (share: number): number => drawn[Math.round(share * (drawn.length - 1))] ?? alpha;
  return { alpha, interval: { low: at(TAILS.low), high: at(TAILS.high) }, units: rated.length };
}
