/**
 * The state machine of a bed's alerts: what is seen at one moment in, the next state and what happened out.
 *
 * What it promises:
 * - An open alert closes only when its condition has been over for the re-arm time, when a value that it fired on
 *   was corrected and what remains says for certain that it is over, or when a person dismisses it. Until then a
 *   condition that dips and returns neither rings again nor is lost.
 * - Missing or expired data never lowers, resolves or re-arms. It resets the time below.
 * - A worse alert never waits for a lesser one: 7 while a medium alert is open fires a high one beside it. The
 *   lesser stays open under it and is answered together with it (`actOnBed`).
 * - A lesser rule that becomes true together with a worse one is covered. If the worse alert ends unanswered,
 *   or was dismissed and its band has been left, the lesser one fires then.
 * - An answered alert asks again when its condition still holds after a time, or its signal is much worse.
 * - Time moves escalation forward only. A time of day that is corrected moves all waits along with it.
 */
import type { Vital } from '../observation/vital.ts';
import {
  leastTotal,
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
} from '../scoring/score.ts';
import type { Signal } from '../scoring/signals.ts';
import type {
  AlertRecord,
  AlertTransition,
  AlertTrigger,
  BedAlertState,
  Condition,
  SteadyClock,
} from './alert.ts';
import { followClock } from './clock-drift.ts';
import { type Judged, judgeAll, worthRemembering } from './conditions.ts';
import { coverOf, isStillCovered, saysLowPressure } from './cover.ts';
import { type Seen, triggerOf } from './evidence.ts';
import { climb, closed, comeBack, isUnanswered, standingAt } from './ladder.ts';
import { elapsedMs } from './moment.ts';
import { hasLasted, heldAfter } from './persistence.ts';
import type { AlertPolicy } from './policy.ts';
import { isSameWatch, priorityOf, type Watch, watchesOf } from './rules.ts';

/** Where a parameter's value came from. */
export interface ParameterSource {
  /** As it was measured: `sbp_art` where the arterial line scored. */
  readonly vital: Vital;
  /** From a monitor's stream (its cuff included), and not charted by somebody. */
  readonly streamed: boolean;
}

export interface BedInput {
  /** The moment of this evaluation (now, not when something was observed): ISO 8601 with offset. */
  readonly at: string;
  /** A clock beside the time of day, so that a corrected time is told from time that has passed. */
  readonly clock?: SteadyClock | undefined;
  /** The score at this moment; null moves time only. */
  readonly score: Score | null;
  /** What is computed beside the score at this moment. */
  readonly signals?: readonly Signal[];
  /** How parameters without an entry in `sources` were measured. */
  readonly mode: 'streamed' | 'charted';
  readonly sources?: { readonly [parameter in News2Parameter]?: ParameterSource } | undefined;
  /** Parameters of the score whose value is current, not stale. */
  readonly currentParameters?: readonly News2Parameter[];
  /** Vitals of which a value was corrected or withdrawn just now. */
  readonly corrected?: readonly Vital[];
  /** A new unique id for an alert that fires. */
  readonly newId: () => string;
}

export interface BedEvaluation {
  readonly state: BedAlertState;
  readonly transitions: readonly AlertTransition[];
}

/** Alerts and what the rules remember, on their way through one evaluation. */
interface Passing {
  readonly alerts: readonly AlertRecord[];
  readonly judged: readonly Judged[];
}

function seenOf(input: BedInput, score: Score): Seen {
  const { sources = {}, mode, currentParameters } = input;
  const streamed = NEWS2_PARAMETERS.filter((one) => sources[one]?.streamed ?? mode === 'streamed');
  return {
    score,
    signals: input.signals ?? [],
    currentParameters: input.currentParameters ?? [],
    streamed,
    flowing: streamed.filter((one) => currentParameters?.includes(one) ?? true),
    vitalOf: (parameter) => sources[parameter]?.vital ?? VITAL_OF_PARAMETER[parameter],
  };
}

/** Missing data never lowers what is known; a lower bound may raise it. */
function knownTotal(before: number | null, score: Score): number | null {
  const least = leastTotal(score);
  if ('applicable' in score || least === null) return before;
  return score.complete ? least : Math.max(before ?? 0, least);
}

/** Closes at once what rests on a value that was withdrawn, where the rest says it is over; else marks it. */
function correct({ alerts, judged }: Passing, input: BedInput, transitions: AlertTransition[]): Passing {
  const { corrected = [], at } = input;
  if (corrected.length === 0) return { alerts, judged };
  const ended: Watch[] = [];
  const remaining = alerts.flatMap((alert): AlertRecord[] => {
    const rests = alert.trigger?.vitals.some((vital) => corrected.includes(vital)) ?? false;
    // One that fired at this very moment fired on the value as it is now.
    if (!rests || alert.correctedAt === at || alert.firedAt === at) return [alert];
    const marked = { ...alert, correctedAt: at };
    const isOver = judged.some(({ condition, says }) => isSameWatch(condition, alert) && says === 'below');
    const next = isOver ? closed(marked, at, 'corrected') : { ...marked, version: alert.version + 1 };
    transitions.push({ cause: 'corrected', from: alert.state, to: next.state, at, by: null, alert: next });
    if (!isOver) return [next];
    ended.push(alert);
    return [];
  });
  return {
    alerts: remaining,
    judged: judged.map((one) => (ended.some((end) => isSameWatch(end, one.condition)) ? armed(one) : one)),
  };
}

function armed(one: Judged): Judged {
  return { ...one, condition: { ...one.condition, latch: null, answered: null, worseSince: null } };
}

/** Closes the alerts whose condition has been over for long enough, and arms their rules again. */
function resolve(
  { alerts, judged }: Passing,
  at: string,
  policy: AlertPolicy,
  transitions: AlertTransition[],
): Passing {
  let remaining = alerts;
  const after = judged.map((one): Judged => {
    const { condition } = one;
    const rearmMs = policy.rules[condition.rule].rearmMinutes * 60_000;
    if (condition.belowSince === null || elapsedMs(condition.belowSince, at) < rearmMs) return one;
    for (const alert of remaining.filter((open) => isSameWatch(open, condition)))
      transitions.push({
        cause: 'resolved',
        from: alert.state,
        to: 'resolved',
        at,
        by: null,
        alert: closed(alert, at, 'resolved'),
      });
    remaining = remaining.filter((open) => !isSameWatch(open, condition));
    return armed(one);
  });
  return { alerts: remaining, judged: after };
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

/** An answered alert asks again where nothing came of the answer, or its signal is much worse since. */
function askAgain(
  { alerts, judged }: Passing,
  seen: Seen,
  held: BedAlertState['held'],
  at: string,
  policy: AlertPolicy,
  transitions: AlertTransition[],
): readonly AlertRecord[] {
  return alerts.map((alert) => {
    if (alert.state !== 'acknowledged') return alert;
    const one = judged.find(({ condition }) => isSameWatch(condition, alert));
    if (one === undefined || !one.watched || one.says !== 'above') return alert;
    const { worseSince } = one.condition;
    const isDue = alert.reraiseAt !== null && elapsedMs(alert.reraiseAt, at) >= 0;
    const isWorse = worseSince !== null && hasLasted(alert, worseSince, seen, held, at, policy);
    if (!isDue && !isWorse) return alert;
    const next = { ...comeBack(alert, at, policy), reraised: alert.reraised + 1 };
    transitions.push({ cause: 're-raised', from: alert.state, to: next.state, at, by: null, alert: next });
    return next;
  });
}

function triggerRecord(condition: Condition, seen: Seen): AlertTrigger {
  const { vitals, streamed } = triggerOf(condition, seen);
  return { vitals: [...vitals], value: condition.value, streamed };
}

function newAlert(
  condition: Condition,
  seen: Seen,
  least: number,
  input: BedInput,
  policy: AlertPolicy,
): AlertRecord {
  const priority = priorityOf(condition, least, policy);
  return {
    id: input.newId(),
    version: 1,
    rule: condition.rule,
    parameter: condition.parameter,
    threshold: condition.threshold,
    priority,
    state: 'active',
    firedAt: input.at,
    score: seen.score,
    leastTotal: leastTotal(seen.score),
    trigger: triggerRecord(condition, seen),
    policyVersion: policy.version,
    ...standingAt(0, priority, input.at, policy),
    snoozedUntil: null,
    owner: null,
    acknowledgedAt: null,
    lastAction: null,
    reraiseAt: null,
    reraised: 0,
    correctedAt: null,
    closedAt: null,
    closedAs: null,
  };
}

/** Fires what holds, has held long enough, is armed and is not covered; marks what is covered. */
function fire(
  { alerts: open, judged }: Passing,
  seen: Seen,
  bed: BedAlertState,
  input: BedInput,
  policy: AlertPolicy,
  transitions: AlertTransition[],
) {
  const least = leastTotal(seen.score) ?? bed.knownTotal ?? 0;
  const { at } = input;
  let alerts = [...open];
  const conditions = judged.map(({ condition, says, watched }): Condition => {
    if (!watched || says !== 'above' || condition.since === null) return condition;
    const released =
      condition.latch === 'covered' && !isStillCovered(condition, least, alerts, judged, policy);
    if (condition.latch !== null && !released) return condition;
    if (!hasLasted(condition, condition.since, seen, bed.held, at, policy)) return condition;
    const cover = coverOf(condition, least, alerts, policy);
    if (cover === undefined) {
      const alert = newAlert(condition, seen, least, input, policy);
      alerts.push(alert);
      transitions.push({ cause: 'fired', from: null, to: 'active', at, by: null, alert });
      return { ...condition, latch: 'raised' };
    }
    // The pressure that a snoozed alert is about already is no other parameter.
    if (condition.rule === 'single-red' && cover.state === 'snoozed' && !saysLowPressure(condition, cover)) {
      const back = comeBack(cover, at, policy);
      alerts = alerts.map((alert) => (alert.id === cover.id ? back : alert));
      transitions.push({
        cause: 'snooze-broken',
        from: 'snoozed',
        to: back.state,
        at,
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
 * Order: the clock, what was corrected, what resolves, what time moves, what asks again, what fires. Where NEWS2
 * does not apply, its alerts stay as they are and only time moves them; the rules on signals run all the same.
 */
export function evaluateBed(before: BedAlertState, input: BedInput, policy: AlertPolicy): BedEvaluation {
  const followed = followClock(before, input.at, input.clock ?? null);
  const { score, at } = input;
  const transitions: AlertTransition[] = [];
  if (score === null) {
    const alerts = followed.alerts.map((alert) => passTime(alert, at, policy, transitions));
    return { state: { ...followed, alerts }, transitions };
  }
  const seen = seenOf(input, score);
  const bed = { ...followed, held: heldAfter(followed.held, score, at) };
  const judged = judgeAll(bed, seen, at, policy);
  const corrected = correct({ alerts: bed.alerts, judged }, input, transitions);
  const resolved = resolve(corrected, at, policy, transitions);
  const waited = resolved.alerts.map((alert) => passTime(alert, at, policy, transitions));
  const asked = askAgain(
    { alerts: waited, judged: resolved.judged },
    seen,
    bed.held,
    at,
    policy,
    transitions,
  );
  const { alerts, conditions } = fire(
    { alerts: asked, judged: resolved.judged },
    seen,
    bed,
    input,
    policy,
    transitions,
  );
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
