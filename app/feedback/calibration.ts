/**
 * Whether a model's probabilities mean what they say: explanations in bins of their stated probability against how
 * often clinicians rated them accurate. Guo et al., On Calibration of Modern Neural Networks, 2017.
 */

import { wilson } from '../statistics/intervals.ts';

/** Fewer ratings tell nothing that a ward should see (ours, as the product's plan has it). */
export const CALIBRATION_LEAST_RATINGS = 200;
/** Of equal width, as Guo et al.; ours in number, so that 200 ratings leave some in each. */
const BINS = 10;

export interface RatedProbability {
  /** The model's probability of the explanation, 0 to 1. */
  readonly probability: number;
  readonly accurate: boolean;
}

export interface Proportion {
  readonly share: number;
  /** Bounds of its 95 % Wilson interval. */
  readonly low: number;
  readonly high: number;
}

export interface ReliabilityBin extends Proportion {
  /** Its edges; the upper one belongs to the last bin alone. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean of the probabilities in it. */
  readonly stated: number;
}

export interface Calibration {
  /** Bins that hold ratings, in order. */
  readonly bins: readonly ReliabilityBin[];
  /** Mean difference between stated and rated, by the share of ratings in each bin: 0 is perfect. */
  readonly expectedError: number;
}

/** How a model's probabilities stand against ratings; null where there are fewer than `CALIBRATION_LEAST_RATINGS`. */
export function calibrationOf(rated: readonly RatedProbability[]): Calibration | null {
  if (rated.length < CALIBRATION_LEAST_RATINGS) return null;
  const binned: RatedProbability[][] = Array.from({ length: BINS }, () => []);
  for (const one of rated) binned[Math.min(BINS - 1, Math.floor(one.probability * BINS))]?.push(one);
  const bins = binned.flatMap((members, index): ReliabilityBin[] => {
    if (members.length === 0) return [];
    const stated = members.reduce((sum, { probability }) => sum + probability, 0) / members.length;
    const hits = members.filter(({ accurate }) => accurate).length;
    const edges = { from: index / BINS, to: (index + 1) / BINS };
    return [{ ...edges, count: members.length, stated, ...proportionOf(hits, members.length) }];
  });
  const expectedError = bins.reduce(
    (sum, { count, stated, share }) => sum + (count / rated.length) * Math.abs(stated - share),
    0,
  );
  return { bins, expectedError };
}

function proportionOf(hits: number, count: number): Proportion {
  const { lower, upper } = wilson(hits, count);
  return { share: hits / count, low: lower, high: upper };
}
