/**
 * The state machine of a bed's alerts: one score and one moment in, the next state and what happened out.
 *
 * What it promises:
 * - An open alert closes only when complete scores have stayed below its band for the re-arm time, or when a
 *   person dismisses it. Until then a score that dips and returns neither rings again nor is lost.
 * - Missing or expired data never lowers, resolves or re-arms. It resets the time below the band.
 * - A worse alert never waits for a lesser one: 7 while a medium alert is open fires a high one beside it. The
 *   lesser stays open under it and is answered together with it (`actOnBed`).
 * - A lesser rule that becomes true together with a worse one is covered. If the worse alert ends unanswered,
 *   or was dismissed and its band has been left, the lesser one fires then.
 * - Time moves escalation forward only. A clock that is set back moves all waits back with it.
 */
import { leastTotal, type News2Parameter, type Score } from '../scoring/score.ts';
import type { AlertRecord, AlertTransition, BedAlertState, Condition } from './alert.ts';
import { type Judged, judgeAll, worthRemembering } from './conditions.ts';
import { coverOf, isStillCovered } from './cover.ts';
import { climb, comeBack, isUnanswered, nextStepAt } from './ladder.ts';
import { elapsedMs, millis, momentOf } from './moment.ts';
import { type AlertPolicy, isSameWatch, priorityOf, type Watch, watchesOf } from './rules.ts';

export interface BedInput {
  /** The moment of this evaluation (now, not when something was observed): ISO 8601 with offset. */
  readonly at: string;
  /** The score at this moment; null moves time only. */
  readonly score: Score | null;
  /** Whether what led to this evaluation was streamed or charted; a charted set fires at once. */
  readonly mode: 'streamed' | 'charted';
  /** Parameters of the score whose value is current, not stale. */
  readonly currentParameters?: readonly News2Parameter[];
  /** A new unique id for an alert that fires. */
  readonly newId: () => string;
}

export interface BedEvaluation {
  readonly state: BedAlertState;
  readonly transitions: readonly AlertTransition[];
}

/** After the clock was set back every wait goes on from the new time: nothing stands still, nothing is lost. */
function followClock(bed: BedAlertState, at: string): BedAlertState {
  const backMs = bed.evaluatedAt === null ? 0 : elapsedMs(at, bed.evaluatedAt);
  if (backMs <= 0) return { ...bed, evaluatedAt: at };
  const back = (moment: string | null) => (moment === null ? null : momentOf(millis(moment) - backMs));
  return {
    ...bed,
    evaluatedAt: at,
    alerts: bed.alerts.map((alert) => ({
      ...alert,
      nextEscalationAt: back(alert.nextEscalationAt),
      snoozedUntil: back(alert.snoozedUntil),
    })),
    conditions: bed.conditions.map((condition) => ({
      ...condition,
      since: back(condition.since),
      belowSince: back(condition.belowSince),
    })),
  };
}

/** Missing data never lowers what is known; a lower bound may raise it. */
function knownTotal(before: number | null, score: Score): number | null {
  const least = leastTotal(score);
  if ('applicable' in score || least === null) return before;
  return score.complete ? least : Math.max(before ?? 0, least);
}

/** Closes the alerts whose band complete scores have left for long enough, and arms their rules again. */
function resolve(bed: BedAlertState, judged: readonly Judged[], at: string, policy: AlertPolicy) {
  const transitions: AlertTransition[] = [];
  let alerts = bed.alerts;
  const after = judged.map((one): Judged => {
    const { condition } = one;
    const { belowSince } = condition;
    if (belowSince === null || elapsedMs(belowSince, at) < policy.rearmMinutes * 60_000) return one;
    for (const alert of alerts.filter((open) => isSameWatch(open, condition))) {
      const closed: AlertRecord = {
        ...alert,
        version: alert.version + 1,
        state: 'resolved',
        nextEscalationAt: null,
        snoozedUntil: null,
        closedAt: at,
      };
      transitions.push({ cause: 'resolved', from: alert.state, to: 'resolved', at, by: null, alert: closed });
    }
    alerts = alerts.filter((open) => !isSameWatch(open, condition));
    return { ...one, condition: { ...condition, latch: null } };
  });
  return { alerts, judged: after, transitions };
}

/** Moves one open alert as far as time moves it: out of its snooze, and up every step that is due. */
function passTime(alert: AlertRecord, at: string, policy: AlertPolicy, transitions: AlertTransition[]) {
  let now = alert;
  const move = (cause: AlertTransition['cause'], next: AlertRecord) => {
    transitions.push({ cause, from: now.state, to: next.state, at, by: null, alert: next });
    now = next;
  };
  if (now.state === 'snoozed' && now.snoozedUntil !== null && elapsedMs(now.snoozedUntil, at) >= 0)
    move('came-back', comeBack(now, now.snoozedUntil, policy));
  while (isUnanswered(now.state) && now.nextEscalationAt !== null && elapsedMs(now.nextEscalationAt, at) >= 0)
    move('escalated-by-time', climb(now, now.nextEscalationAt, policy));
  return now;
}

function newAlert(
  watch: Watch,
  score: Score,
  least: number,
  input: BedInput,
  policy: AlertPolicy,
): AlertRecord {
  const priority = priorityOf(watch, least, policy);
  return {
    id: input.newId(),
    version: 1,
    rule: watch.rule,
    parameter: watch.parameter,
    threshold: watch.threshold,
    priority,
    state: 'active',
    firedAt: input.at,
    score,
    leastTotal: least,
    escalationLevel: 0,
    nextEscalationAt: nextStepAt(0, priority, input.at, policy),
    snoozedUntil: null,
    owner: null,
    acknowledgedAt: null,
    lastAction: null,
    closedAt: null,
  };
}

/** Fires what holds, has held long enough, is armed and is not covered; marks what is covered. */
function fire(
  open: readonly AlertRecord[],
  judged: readonly Judged[],
  score: Score,
  input: BedInput,
  policy: AlertPolicy,
  transitions: AlertTransition[],
) {
  const least = leastTotal(score) ?? 0;
  const persistenceMs = policy.persistenceSeconds[input.mode] * 1_000;
  let alerts = [...open];
  const conditions = judged.map(({ condition, says, watched }): Condition => {
    if (!watched || says !== 'above' || condition.since === null) return condition;
    const released =
      condition.latch === 'covered' && !isStillCovered(condition, least, alerts, judged, policy);
    if (condition.latch !== null && !released) return condition;
    if (elapsedMs(condition.since, input.at) < persistenceMs) return condition;
    const cover = coverOf(condition, least, alerts, policy);
    if (cover === undefined) {
      const alert = newAlert(condition, score, least, input, policy);
      alerts.push(alert);
      transitions.push({ cause: 'fired', from: null, to: 'active', at: input.at, by: null, alert });
      return { ...condition, latch: 'raised' };
    }
    if (condition.rule === 'single-red' && cover.state === 'snoozed') {
      const back = comeBack(cover, input.at, policy);
      alerts = alerts.map((alert) => (alert.id === cover.id ? back : alert));
      transitions.push({
        cause: 'snooze-broken',
        from: 'snoozed',
        to: back.state,
        at: input.at,
        by: null,
        alert: back,
      });
    }
    return { ...condition, latch: 'covered' };
  });
  return { alerts, conditions };
}

/**
 * Evaluates a bed. The same input twice changes nothing the second time.
 *
 * Order: the clock, what resolves, what time moves, what fires. A score that is not applicable leaves every
 * alert as it is; only time moves.
 */
export function evaluateBed(before: BedAlertState, input: BedInput, policy: AlertPolicy): BedEvaluation {
  const bed = followClock(before, input.at);
  const { score } = input;
  const transitions: AlertTransition[] = [];
  if (score === null || 'applicable' in score) {
    const alerts = bed.alerts.map((alert) => passTime(alert, input.at, policy, transitions));
    const conditions =
      score === null ? bed.conditions : bed.conditions.map((known) => ({ ...known, belowSince: null }));
    return { state: { ...bed, alerts, conditions }, transitions };
  }
  const resolved = resolve(
    bed,
    judgeAll(bed, score, input.currentParameters ?? [], input.at, policy),
    input.at,
    policy,
  );
  transitions.push(...resolved.transitions);
  const waited = resolved.alerts.map((alert) => passTime(alert, input.at, policy, transitions));
  const { alerts, conditions } = fire(waited, resolved.judged, score, input, policy, transitions);
  return {
    state: {
      ...bed,
      alerts,
      conditions: worthRemembering(conditions, alerts, watchesOf(bed, score, policy)),
      knownTotal: knownTotal(bed.knownTotal, score),
    },
    transitions,
  };
}
