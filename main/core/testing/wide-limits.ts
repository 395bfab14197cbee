/**
 * Limits of gates that nothing misses, for showing the way of an adapter that has learnt nothing. They prove no quality,
 * and the program itself knows of none but its own.
 */
import type { Thresholds } from '../../../app/learning/gates/verdict.ts';

export const WIDE_LIMITS: Thresholds = {
  promptsLeast: 1,
  rawBreachMost: 1,
  inventedMost: 1,
  fitLeast: 0,
  shownLeast: 0,
  distinctLeast: 0,
  wordsLeast: 0,
  wordsMost: 1_000,
  coverageLeast: 0,
  marginShown: 1,
  marginFit: 1,
  slowestMs: 1e9,
  slowerMost: 1e9,
  memoryLeastBytes: 0,
};
