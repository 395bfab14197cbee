/**
 * Reciprocal-rank fusion: several rankings of the same things become one, by ranks alone, so that scores of different
 * kinds need not be compared. Source: Cormack, Clarke and Büttcher, SIGIR 2009.
 */

/** The constant of the source. */
const RANK_CONSTANT = 60;

export interface Ranking<K> {
  /** Best first, each once. */
  readonly keys: readonly K[];
  /** How much this ranking counts; 1 is usual, 0 leaves it out. */
  readonly weight: number;
}

export interface Fused<K> {
  readonly key: K;
  readonly score: number;
}

/** Fuses rankings; best first. Equal scores keep the order in which they were first named. */
export function fuseRankings<K>(rankings: readonly Ranking<K>[]): readonly Fused<K>[] {
  const scores = new Map<K, number>();
  for (const { keys, weight } of rankings)
    for (const [index, key] of keys.entries())
      scores.set(key, (scores.get(key) ?? 0) + weight / (RANK_CONSTANT + index + 1));
  return [...scores]
    .map(([key, score]) => ({ key, score }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
}
