/** The escalation of an unanswered alert: it climbs step by step, and only ever upwards. */
import type { AlertPriority, AlertRecord, AlertState } from './alert.ts';
import { addMinutes } from './moment.ts';
import type { AlertPolicy } from './rules.ts';

/** States in which nobody has answered. */
export function isUnanswered(state: AlertState): boolean {
  return state === 'active' || state === 'escalated';
}

/** Minutes that an alert waits at a level before it climbs, or null at the top. */
function waitMinutes(level: number, priority: AlertPriority, policy: AlertPolicy): number | null {
  const steps = policy.escalationMinutes[priority];
  const next = steps[level];
  return next === undefined ? null : next - (level === 0 ? 0 : (steps[level - 1] ?? 0));
}

/** When an alert that stands at a level since a moment climbs the next step; null at the top. */
export function nextStepAt(
  level: number,
  priority: AlertPriority,
  since: string,
  policy: AlertPolicy,
): string | null {
  const wait = waitMinutes(level, priority, policy);
  return wait === null ? null : addMinutes(since, wait);
}

/** One step up, standing there since `since`. */
export function climb(alert: AlertRecord, since: string, policy: AlertPolicy): AlertRecord {
  const escalationLevel = alert.escalationLevel + 1;
  return {
    ...alert,
    version: alert.version + 1,
    state: 'escalated',
    escalationLevel,
    nextEscalationAt: nextStepAt(escalationLevel, alert.priority, since, policy),
    snoozedUntil: null,
  };
}

/** A snoozed alert asks again: at the level it had reached, with a fresh wait for the next step. */
export function comeBack(alert: AlertRecord, at: string, policy: AlertPolicy): AlertRecord {
  return {
    ...alert,
    version: alert.version + 1,
    state: alert.escalationLevel === 0 ? 'active' : 'escalated',
    nextEscalationAt: nextStepAt(alert.escalationLevel, alert.priority, at, policy),
    snoozedUntil: null,
  };
}
