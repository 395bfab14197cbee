/** When an alert says already what a lesser rule would say, so that one event does not ring twice. */
import type { AlertRecord } from './alert.ts';
import type { Judged } from './conditions.ts';
import { isUnanswered } from './ladder.ts';
import { type AlertPolicy, comparePriority } from './policy.ts';
import { isOnTotal, priorityOf, vitalRule, type Watch } from './rules.ts';

/**
 * Whether two things say of one event that the pressure is low: a mean pressure below its limit, and a systolic one
 * that scores 3. Only the lesser is suppressed; a mean pressure that falls under its limit later rings all the same.
 * A systolic pressure that is red because it is high (from 220) together with a low mean is a contradiction between
 * two sources, and the mean, which rings, is the worse of the two.
 */
export function saysLowPressure(lesser: Watch, worse: Watch): boolean {
  return worse.rule === 'map-low' && lesser.rule === 'single-red' && lesser.parameter === 'sbp';
}

/** The open alert that already says at least what a watch would say, if there is one. */
export function coverOf(watch: Watch, least: number, alerts: readonly AlertRecord[], policy: AlertPolicy) {
  const priority = priorityOf(watch, least, policy);
  return alerts.find((alert) => {
    if (saysLowPressure(watch, alert) && alert.state !== 'acknowledged')
      return comparePriority(alert.priority, priority) > 0;
    if (!isOnTotal(alert.rule)) return false;
    const worse = comparePriority(alert.priority, priority);
    if (watch.rule === 'news2-high' || watch.rule === 'map-low') return false;
    // NEWS2 does not say what a signal says: only a worse alert that still rings takes its place.
    if (vitalRule(watch.rule) !== null) return worse > 0 && isUnanswered(alert.state);
    if (watch.rule === 'news2-medium') return worse > 0;
    // A rise is news to whoever acknowledged or snoozed, but not while an equal alert still waits for an answer.
    if (watch.rule === 'news2-rise') return worse >= 0 && isUnanswered(alert.state);
    // A new 3 is news to whoever acknowledged.
    return worse > 0 && alert.state !== 'acknowledged';
  });
}

/** Whether a covered condition still has its cover: an open alert, or a dismissed one whose band is not left. */
export function isStillCovered(
  watch: Watch,
  least: number,
  alerts: readonly AlertRecord[],
  judged: readonly Judged[],
  policy: AlertPolicy,
): boolean {
  if (coverOf(watch, least, alerts, policy) !== undefined) return true;
  if (vitalRule(watch.rule) !== null) return false;
  const priority = priorityOf(watch, least, policy);
  return judged.some(
    ({ condition, says }) =>
      condition.latch === 'dismissed' &&
      isOnTotal(condition.rule) &&
      says !== 'below' &&
      comparePriority(priorityOf(condition, least, policy), priority) > 0,
  );
}
