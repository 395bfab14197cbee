/** The escalation of an unanswered alert: it climbs step by step, and only ever upwards. */
import type { AlertPriority, AlertRecord, AlertState, Closing } from './alert.ts';
import { addMinutes } from './moment.ts';
import type { AlertPolicy } from './policy.ts';

/** States in which nobody has answered. */
export function isUnanswered(state: AlertState): boolean {
  return state === 'active' || state === 'escalated';
}

/** Minutes that an alert waits at a level before it climbs, or null at the top. */
function waitMinutes(level: number, priority: AlertPriority, policy: AlertPolicy): number | null {
  const levels = policy.escalation[priority];
  const next = levels[level];
  return next === undefined ? null : next.afterMinutes - (levels[level - 1]?.afterMinutes ?? 0);
}

/**
 * An alert that stands at a level since a moment: whose it is, when it climbs the next step and whose it is then.
 * At the top there is no next step.
 */
export function standingAt(
  level: number,
  priority: AlertPriority,
  since: string,
  policy: AlertPolicy,
): Pick<AlertRecord, 'escalationLevel' | 'levelOwner' | 'nextEscalationAt' | 'nextOwner'> {
  const wait = waitMinutes(level, priority, policy);
  const levels = policy.escalation[priority];
  return {
    escalationLevel: level,
    levelOwner:
      level === 0
        ? policy.firstOwner
        : (levels[Math.min(level, levels.length) - 1]?.owner ?? policy.firstOwner),
    nextEscalationAt: wait === null ? null : addMinutes(since, wait),
    nextOwner: levels[level]?.owner ?? null,
  };
}

/** One step up, standing there since `since`. */
export function climb(alert: AlertRecord, since: string, policy: AlertPolicy): AlertRecord {
  return {
    ...alert,
    version: alert.version + 1,
    state: 'escalated',
    ...standingAt(alert.escalationLevel + 1, alert.priority, since, policy),
    snoozedUntil: null,
    reraiseAt: null,
  };
}

/** A snoozed or answered alert asks again: at the level it had reached, with a fresh wait for the next step. */
export function comeBack(alert: AlertRecord, at: string, policy: AlertPolicy): AlertRecord {
  return {
    ...alert,
    version: alert.version + 1,
    state: alert.escalationLevel === 0 ? 'active' : 'escalated',
    ...standingAt(alert.escalationLevel, alert.priority, at, policy),
    // It is nobody's until it is answered again; who had it stands in its last action.
    owner: null,
    snoozedUntil: null,
    reraiseAt: null,
  };
}

/** An open alert that ends. */
export function closed(alert: AlertRecord, at: string, as: Closing): AlertRecord {
  return {
    ...alert,
    version: alert.version + 1,
    state: as === 'dismissed' ? 'dismissed' : 'resolved',
    nextEscalationAt: null,
    snoozedUntil: null,
    reraiseAt: null,
    closedAt: at,
    closedAs: as,
  };
}
