/** What the rules remember about a bed, held against a score. */
import type { News2Parameter, Score } from '../scoring/score.ts';
import type { AlertRecord, BedAlertState, Condition } from './alert.ts';
import { type AlertPolicy, type Evidence, evidence, isSameWatch, type Watch, watchesOf } from './rules.ts';

/** A condition with what this evaluation's score says about it. */
export interface Judged {
  readonly condition: Condition;
  readonly says: Evidence;
  /** The policy watches it now; what is only remembered may resolve and re-arm, but not fire. */
  readonly watched: boolean;
}

/** A condition after what a score said about it. Unknown ends the time below, and nothing else. */
function after(condition: Condition, says: Evidence, at: string): Condition {
  switch (says) {
    case 'above':
      return { ...condition, since: condition.since ?? at, belowSince: null };
    case 'below':
      return { ...condition, since: null, belowSince: condition.belowSince ?? at };
    case 'unknown':
      return { ...condition, belowSince: null };
  }
}

/** Every condition that is watched or remembered, the worst first, held against the score. */
export function judgeAll(
  bed: BedAlertState,
  score: Score,
  currentParameters: readonly News2Parameter[],
  at: string,
  policy: AlertPolicy,
): Judged[] {
  const watches = watchesOf(bed, score, policy);
  const fresh = { latch: null, since: null, belowSince: null };
  const watched = watches.map((watch): Condition => {
    const known = bed.conditions.find((one) => isSameWatch(one, watch));
    return { ...fresh, ...known, ...watch };
  });
  const remembered = bed.conditions.filter((known) => !watches.some((watch) => isSameWatch(watch, known)));
  const judged = (isWatched: boolean) => (condition: Condition) => {
    const says = evidence(condition, score, currentParameters);
    return { condition: after(condition, says, at), says, watched: isWatched };
  };
  return [...watched.map(judged(true)), ...remembered.map(judged(false))];
}

/**
 * Forgets conditions that say nothing any more: armed and not holding, or a rise counted from an older total. A
 * dismissed one is kept while its band is not left, because it still covers lesser rules.
 */
export function worthRemembering(
  conditions: readonly Condition[],
  alerts: readonly AlertRecord[],
  watches: readonly Watch[],
): Condition[] {
  return conditions.filter((condition) => {
    if (condition.latch === 'dismissed' || alerts.some((alert) => isSameWatch(alert, condition))) return true;
    if (condition.rule === 'news2-rise' && !watches.some((watch) => isSameWatch(watch, condition)))
      return false;
    return condition.latch !== null || condition.since !== null;
  });
}
