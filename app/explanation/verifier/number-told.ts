/**
 * Part of the rule `number`: what a number can mean, tried one meaning after another. A number may be a difference of
 * a vital, points of what is named beside it, a total, a count of parameters, a time between two sets or a ratio;
 * each meaning says itself whether the words allow it and whether the record holds it. One that does is enough;
 * a number that none of them takes stays with the strict reading of the rule.
 * Source: verification rule 1 ("numbers that may appear").
 */
import { isCountTold } from './count-told.ts';
import { isCourseTold } from './course-told.ts';
import { isDifferenceTold } from './difference-told.ts';
import type { PlacedNumber } from './placed-number.ts';
import { isPointsTold } from './points-told.ts';
import { isRatioTold } from './ratio-told.ts';
import { isTimeBetween } from './time-between.ts';

const MEANINGS: readonly ((placed: PlacedNumber) => boolean)[] = [
  isDifferenceTold,
  isCourseTold,
  isPointsTold,
  isCountTold,
  isTimeBetween,
  isRatioTold,
];

/** Whether some meaning that the words allow is held by the record. */
export function isToldRightly(placed: PlacedNumber): boolean {
  return MEANINGS.some((meaning) => meaning(placed));
}
