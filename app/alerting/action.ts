/** What a person does to an alert. Who may do it is decided in `app/access`; here it is only carried out. */
import { type Outcome, ok, refused } from '../contract/outcome.ts';
import {
  ACKNOWLEDGEMENT_ACTIONS,
  type AcknowledgementAction,
  type AlertAction,
  type AlertRecord,
  type AlertTransition,
  type BedAlertState,
  type Condition,
  OPEN_ALERT_STATES,
  type SteadyClock,
} from './alert.ts';
import { followClock } from './clock-drift.ts';
import { saysLowPressure } from './cover.ts';
import { climb, closed, isUnanswered } from './ladder.ts';
import { addMinutes } from './moment.ts';
import { type AlertPolicy, comparePriority } from './policy.ts';
import { isOnTotal, isSameWatch, priorityOf, vitalRule } from './rules.ts';
import type { BedEvaluation } from './transition.ts';

export interface AlertActionRequest {
  readonly action: AlertAction;
  /** Why, or to whom it was escalated. Needed for all but `reviewed` and `escalate`. */
  readonly reason: string | null;
  /** Minutes of a snooze. */
  readonly minutes: number | null;
}

const NEEDS_REASON: readonly AlertAction[] = ['escalated-to', 'snoozed', 'dismissed'];

function isAcknowledgement(action: AlertAction): action is AcknowledgementAction {
  return ACKNOWLEDGEMENT_ACTIONS.some((acknowledgement) => acknowledgement === action);
}

/** What is wrong with a request, or null. */
function objection(
  alert: AlertRecord,
  request: AlertActionRequest,
  policy: AlertPolicy,
): Outcome<never> | null {
  if (!OPEN_ALERT_STATES.includes(alert.state))
    return refused('not-allowed-now', { reason: 'alert-closed', state: alert.state });
  if (NEEDS_REASON.includes(request.action) && (request.reason ?? '').trim() === '')
    return refused('invalid-request', { field: 'reason' });
  const most = policy.snoozeMostMinutes[alert.priority];
  const { minutes } = request;
  if (request.action === 'snoozed' && (minutes === null || !(minutes > 0 && minutes <= most)))
    return refused('invalid-request', { field: 'minutes', most });
  const top = policy.escalation[alert.priority].length;
  if (request.action === 'escalate' && alert.escalationLevel >= top)
    return refused('not-allowed-now', { reason: 'highest-level', level: alert.escalationLevel });
  return null;
}

function carriedOut(
  alert: AlertRecord,
  request: AlertActionRequest,
  actor: string,
  at: string,
  policy: AlertPolicy,
): AlertRecord {
  const { action, reason, minutes } = request;
  const lastAction = { action, by: actor, at, reason };
  if (action === 'escalate') return { ...climb(alert, at, policy), lastAction };
  if (action === 'dismissed') return { ...closed(alert, at, 'dismissed'), lastAction };
  const acknowledged = {
    ...alert,
    version: alert.version + 1,
    nextEscalationAt: null,
    snoozedUntil: null,
    reraiseAt: null,
    lastAction,
    owner: actor,
    acknowledgedAt: at,
  };
  if (action === 'snoozed' && minutes !== null)
    return { ...acknowledged, state: 'snoozed', snoozedUntil: addMinutes(at, minutes) };
  const wait = policy.reraiseMinutes[alert.priority];
  return { ...acknowledged, state: 'acknowledged', reraiseAt: wait === null ? null : addMinutes(at, wait) };
}

/**
 * Acts on one alert, at a moment (ISO 8601 with offset), for a person's id.
 *
 * Errors: `not-allowed-now` (`alert-closed`; `highest-level` when there is no step left to escalate to) and
 * `invalid-request` with the field: a missing reason, or a snooze that is not within the policy's limit.
 */
export function actOnAlert(
  alert: AlertRecord,
  request: AlertActionRequest,
  actor: string,
  at: string,
  policy: AlertPolicy,
): Outcome<AlertRecord> {
  return objection(alert, request, policy) ?? ok(carriedOut(alert, request, actor, at, policy));
}

/** What an answer does to the rules: a lesser one that the answered alert includes counts as answered too. */
function answered(
  condition: Condition,
  alert: AlertRecord,
  action: AlertAction,
  total: number,
  policy: AlertPolicy,
): Condition {
  if (isSameWatch(condition, alert))
    return {
      ...condition,
      latch: action === 'dismissed' ? 'dismissed' : 'raised',
      answered: condition.value,
      worseSince: null,
    };
  // What a signal says was answered only where the answered alert rang in its place.
  const pending = condition.latch === null && condition.since !== null && vitalRule(condition.rule) === null;
  const holds = condition.latch === 'covered' || pending;
  const isLesser = comparePriority(alert.priority, priorityOf(condition, total, policy)) > 0;
  const includes = (isOnTotal(alert.rule) || saysLowPressure(condition, alert)) && isAcknowledgement(action);
  return includes && holds && isLesser ? { ...condition, latch: 'raised' } : condition;
}

/** A rise above the acknowledged total without an open alert: whatever was said about it before, it counts anew. */
function isRiseToCome(
  condition: Condition,
  alerts: readonly AlertRecord[],
  acknowledgedTotal: number | null,
): boolean {
  return (
    condition.rule === 'news2-rise' &&
    (condition.threshold ?? 0) > (acknowledgedTotal ?? 0) &&
    !alerts.some((alert) => isSameWatch(alert, condition))
  );
}

/**
 * Acts on an alert of a bed. An acknowledgement of an alert on the total answers the lesser unanswered NEWS2
 * alerts of the bed with it, because it was about all they say, and one of a low mean pressure the systolic one; a dismissal concerns its own alert only. The
 * total that is known now becomes the one that a rise is counted from, unless a worse alert still waits.
 *
 * Errors: as `actOnAlert`, and `not-found` where the bed has no open alert of that id.
 *
 * @param clock as for `evaluateBed`: a time of day that was corrected just before must not lengthen a snooze.
 */
export function actOnBed(
  before: BedAlertState,
  alertId: string,
  request: AlertActionRequest,
  actor: string,
  at: string,
  policy: AlertPolicy,
  clock: SteadyClock | null = null,
): Outcome<BedEvaluation> {
  const bed = followClock(before, at, clock);
  const target = bed.alerts.find(({ id }) => id === alertId);
  if (target === undefined) return refused('not-found', { alertId });
  const outcome = actOnAlert(target, request, actor, at, policy);
  if (!outcome.ok) return outcome;

  const answersLesser = isAcknowledgement(request.action);
  const transitions: AlertTransition[] = [];
  const afterwards = bed.alerts.map((alert) => {
    const included =
      answersLesser &&
      (isOnTotal(target.rule) ? vitalRule(alert.rule) === null : saysLowPressure(alert, target)) &&
      isUnanswered(alert.state) &&
      comparePriority(target.priority, alert.priority) > 0;
    if (alert.id !== alertId && !included) return alert;
    const next = alert.id === alertId ? outcome.value : carriedOut(alert, request, actor, at, policy);
    transitions.push({ cause: 'person', from: alert.state, to: next.state, at, by: actor, alert: next });
    return next;
  });
  const alerts = afterwards.filter(({ state }) => OPEN_ALERT_STATES.includes(state));
  const worseWaits = alerts.some(
    ({ state, priority }) => isUnanswered(state) && comparePriority(priority, target.priority) > 0,
  );
  const isAnswer = request.action !== 'escalate';
  const total = bed.knownTotal ?? target.leastTotal ?? 0;
  // Who answers a signal has not said anything about the total.
  const answersTotal = isAnswer && !worseWaits && vitalRule(target.rule) === null;
  const acknowledgedTotal = answersTotal ? bed.knownTotal : bed.acknowledgedTotal;
  const conditions = bed.conditions
    .map((condition) => (isAnswer ? answered(condition, target, request.action, total, policy) : condition))
    .filter((condition) => !isRiseToCome(condition, alerts, acknowledgedTotal));
  return ok({ state: { ...bed, alerts, conditions, acknowledgedTotal }, transitions });
}
