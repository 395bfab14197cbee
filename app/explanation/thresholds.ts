/**
 * What a model's probabilities mean, measured at its admission: of holes written over a grid of alerts, how many the
 * verifier passed at and above each probability. Ours in its shares; the values it starts from are the guide's.
 */
import type { ConfidenceThresholds } from '../contract/engine.ts';
import { type Interval, wilson } from '../statistics/intervals.ts';

/** Holes of one per cent of probability, 0 to 100. */
export interface ProbabilityBin {
  readonly percent: number;
  /** What the verifier passed, and what it blocked. */
  readonly passed: number;
  readonly blocked: number;
}

/** Fewer holes tell too little. */
const LEAST_HOLES = 200;
/** Sure: of the holes from there on at least so many pass, by the lower bound of the interval. */
const SURE_SHARE = 0.9;
/** Withheld: of the holes below at most so many pass, by the upper bound. */
const DOUBTFUL_SHARE = 0.5;

/**
 * The thresholds of a model; null where too few holes were written. Where no probability is high enough to be sure of,
 * none counts as sure (`confidentFrom` 1); where none is low enough, nothing is withheld by it (0).
 */
export function thresholdsOf(bins: readonly ProbabilityBin[]): ConfidenceThresholds | null {
  if (holesIn(bins) < LEAST_HOLES) return null;
  const percents = Array.from({ length: 101 }, (_, percent) => percent);
  const sure = percents.find((percent) => {
    const share = passingShare(bins.filter((bin) => bin.percent >= percent));
    return share !== null && share.lower >= SURE_SHARE;
  });
  const confident = sure ?? 100;
  const doubtful = percents.findLast((percent) => {
    const share = passingShare(bins.filter((bin) => bin.percent < percent));
    return percent <= confident && share !== null && share.upper <= DOUBTFUL_SHARE;
  });
  return { confidentFrom: confident / 100, withheldBelow: (doubtful ?? 0) / 100 };
}

function holesIn(bins: readonly ProbabilityBin[]): number {
  return bins.reduce((sum, { passed, blocked }) => sum + passed + blocked, 0);
}

function passingShare(bins: readonly ProbabilityBin[]): Interval | null {
  const count = holesIn(bins);
  return count === 0
    ? null
    : wilson(
        bins.reduce((sum, { passed }) => sum + passed, 0),
        count,
      );
}
