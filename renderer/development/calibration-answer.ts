/** Two models: one that was rated often enough, one that was not. */
import type { QueryResult } from '../../app/contract/contract.ts';

export const CALIBRATION: QueryResult<'explanation.calibration'> = {
  least: 200,
  models: [
    {
      model: { name: 'Llama 3 dsquaremedicalmodel 8B, Q4_K_M', sha256: 'c41f'.repeat(16), adapter: 'icu-2' },
      ratings: 37,
      calibration: null,
    },
    {
      model: { name: 'Llama 3 dsquaremedicalmodel 8B, Q4_K_M', sha256: 'c41f'.repeat(16), adapter: null },
      ratings: 240,
      calibration: {
        expectedError: 0.064,
        bins: [
          { from: 0.6, to: 0.7, count: 28, stated: 0.66, share: 0.54, low: 0.36, high: 0.71 },
          { from: 0.7, to: 0.8, count: 62, stated: 0.76, share: 0.69, low: 0.57, high: 0.79 },
          { from: 0.8, to: 0.9, count: 94, stated: 0.85, share: 0.81, low: 0.72, high: 0.88 },
          { from: 0.9, to: 1, count: 56, stated: 0.94, share: 0.89, low: 0.79, high: 0.95 },
        ],
      },
    },
  ],
};
