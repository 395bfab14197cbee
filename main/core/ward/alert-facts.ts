/**
 * The facts of an alert at the moment it fires: what scored, how old it was where it was no longer current, what was
 * before, and what code derives. No identity.
 */
import type { AlertRecord } from '../../../app/alerting/alert.ts';
import { isSameWatch } from '../../../app/alerting/rules.ts';
import type { FactsInput, TriggerFacts } from '../../../app/explanation/explanation.ts';
import { isNumericParameter } from '../../../app/explanation/facts.ts';
import { unavailableParameters } from '../../../app/observation/scoring-vitals.ts';
import { derive } from '../../../app/scoring/derived.ts';
import { isApplicable, NEWS2_PARAMETERS } from '../../../app/scoring/score.ts';
import { HR_RISE_WINDOW, SPO2_FALL_WINDOW } from '../../../app/scoring/signal-window.ts';
import type { Signal } from '../../../app/scoring/signals.ts';
import type { Bed, EarlierVitals } from './bed.ts';

const MINUTE_MS = 60_000;
/** Of the earlier vitals those about half an hour ago are told, never those of the same round. Ours. */
const WANTED_MS = 30 * MINUTE_MS;
const LEAST_MS = 2 * MINUTE_MS;

export function factsOf(bed: Bed, alert: AlertRecord): FactsInput {
  return { ...bedFacts(bed), trigger: triggerOf(bed, alert) };
}

/** The facts of a bed whether an alert rings or not. */
export function bedFacts(bed: Bed): FactsInput {
  const observedMs = bed.sets.reduce((newest, set) => Math.max(newest, set.observedMs), 0);
  const previous = previousOf(bed.earlier, observedMs);
  const unavailable = unavailableParameters(bed.scoring.inputs, bed.unavailable);
  const stale = NEWS2_PARAMETERS.flatMap((parameter) => {
    const input = bed.scoring.inputs[parameter];
    return input?.state === 'stale' ? [{ parameter, minutes_old: Math.round(input.ageMs / MINUTE_MS) }] : [];
  });
  return {
    vitals: bed.scoring.vitals,
    previous:
      previous === null
        ? null
        : {
            vitals: previous.vitals,
            minutes_ago: Math.round((observedMs - previous.observedMs) / MINUTE_MS),
          },
    news2: bed.score,
    derived: derive(bed.scoring.vitals),
    ...(stale.length === 0 ? {} : { stale }),
    ...trendsOf(bed),
    ...(unavailable.length === 0 ? {} : { unavailable }),
  };
}

/** What made the alert ring: its value then, and what this moment's signal says that it rests on. */
function triggerOf(bed: Bed, alert: AlertRecord): TriggerFacts {
  const { rule, parameter, trigger, threshold } = alert;
  const signal = bed.signals.find((one) => one.rule === rule);
  const condition = bed.alerts.conditions.find((one) => isSameWatch(one, alert));
  const heldMs = Date.parse(alert.firedAt) - Date.parse(condition?.since ?? alert.firedAt);
  return {
    rule,
    parameter,
    value: trigger?.value ?? null,
    at_least:
      signal === undefined || rule === 'single-red'
        ? isApplicable(alert.score) && !alert.score.complete
        : signal.state === 'incomplete',
    threshold,
    held_minutes: Math.max(0, Math.floor(heldMs / MINUTE_MS)),
    change: changeOf(signal),
    mean: meanOf(signal),
    acknowledged_total: rule === 'news2-rise' ? bed.alerts.acknowledgedTotal : null,
  };
}

function changeOf(signal: Signal | undefined): TriggerFacts['change'] {
  if (signal === undefined || signal.state === 'not-applicable' || signal.comparedWith === null) return null;
  const [now] = signal.inputs;
  if (now === undefined || typeof now.value !== 'number') return null;
  const window = signal.rule === 'spo2-fall' ? SPO2_FALL_WINDOW : HR_RISE_WINDOW;
  const { value, ageMs } = signal.comparedWith;
  return {
    from: value,
    to: now.value,
    minutes: Math.max(1, Math.round((ageMs - now.ageMs) / MINUTE_MS)),
    window_minutes: window.windowMs / MINUTE_MS,
  };
}

function meanOf(signal: Signal | undefined): TriggerFacts['mean'] {
  if (signal?.rule !== 'map-low' || signal.state !== 'complete') return null;
  if (signal.measured === true) return { measured: true };
  const [systolic, diastolic] = signal.inputs;
  if (typeof systolic?.value !== 'number' || typeof diastolic?.value !== 'number') return null;
  return { measured: false, sbp: systolic.value, dbp: diastolic.value };
}

/** The trends that are known; two decimals are finer than anybody reads them. */
function trendsOf(bed: Bed): Pick<FactsInput, 'trends'> {
  const trends = NEWS2_PARAMETERS.flatMap((parameter) => {
    if (!isNumericParameter(parameter)) return [];
    const trend = bed.trends[parameter];
    if (trend?.state !== 'known') return [];
    const { direction, perHour, windowMs, spanMs, readings } = trend;
    const per_hour = Math.round(perHour * 100) / 100;
    const window_minutes = Math.round(windowMs / MINUTE_MS);
    const span_minutes = Math.max(1, Math.round(spanMs / MINUTE_MS));
    return [{ parameter, direction, per_hour, window_minutes, span_minutes, readings }];
  });
  return trends.length === 0 ? {} : { trends };
}

function previousOf(earlier: readonly EarlierVitals[], observedMs: number): EarlierVitals | null {
  let best: EarlierVitals | null = null;
  for (const one of earlier) {
    const ago = observedMs - one.observedMs;
    if (ago < LEAST_MS) continue;
    if (best === null || Math.abs(ago - WANTED_MS) < Math.abs(observedMs - best.observedMs - WANTED_MS)) {
      best = one;
    }
  }
  return best;
}
