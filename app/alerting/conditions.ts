/** What the rules remember about a bed, held against what is seen in it. */
import type { AlertRecord, BedAlertState, Condition } from './alert.ts';
import { beyond, type Evidence, evidence, type Says, type Seen } from './evidence.ts';
import type { AlertPolicy } from './policy.ts';
import { isOnChange, isSameWatch, vitalRule, type Watch, watchesOf } from './rules.ts';

/** A condition with what this evaluation's score says about it. */
export interface Judged {
  readonly condition: Condition;
  readonly says: Says;
  /** The policy watches it now; what is only remembered may resolve and re-arm, but not fire. */
  readonly watched: boolean;
}

/** Whether a signal is much worse than when somebody answered it, or a change is a new one. */
function isWorse(condition: Condition, value: number | null, policy: AlertPolicy): boolean {
  const rule = vitalRule(condition.rule);
  if (rule === null || value === null) return false;
  if (condition.answered === null) return isOnChange(rule);
  return beyond(rule, value, condition.answered) >= policy.rules[rule].worseBy;
}

/** A condition after what was seen of it. Unknown ends the time below, and nothing else. */
function after(condition: Condition, { says, value }: Evidence, at: string, policy: AlertPolicy): Condition {
  const over = {
    ...condition,
    since: null,
    worseSince: null,
    answered: isOnChange(condition.rule) ? null : condition.answered,
  };
  switch (says) {
    case 'above':
      return {
        ...condition,
        since: condition.since ?? at,
        belowSince: null,
        value,
        worseSince: isWorse(condition, value, policy) ? (condition.worseSince ?? at) : null,
      };
    case 'below':
      return { ...over, belowSince: condition.belowSince ?? at };
    case 'left':
      return { ...over, belowSince: null };
    // Within the margin: what has fired goes on holding; what waits to fire does not hold.
    case 'near':
      return {
        ...condition,
        since: condition.latch === null ? null : condition.since,
        belowSince: null,
        worseSince: null,
      };
    // What was above goes on counting through a gap: a patient whose sensors come off as she crosses rings when they are
    // back, at worst once too often. The other way round a crossing that is cut into by gaps would never ring.
    case 'unknown':
      return { ...condition, belowSince: null };
  }
}

/** Every condition that is watched or remembered, held against what is seen. */
export function judgeAll(bed: BedAlertState, seen: Seen, at: string, policy: AlertPolicy): Judged[] {
  const watches = watchesOf(bed, seen.score, policy);
  const fresh = { latch: null, since: null, belowSince: null, value: null, answered: null, worseSince: null };
  const watched = watches.map((watch): Condition => {
    const known = bed.conditions.find((one) => isSameWatch(one, watch));
    return { ...fresh, ...known, ...watch };
  });
  const remembered = bed.conditions.filter((known) => !watches.some((watch) => isSameWatch(watch, known)));
  const judged = (isWatched: boolean) => (condition: Condition) => {
    const found = evidence(condition, seen, policy);
    return { condition: after(condition, found, at, policy), says: found.says, watched: isWatched };
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
