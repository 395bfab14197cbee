/**
 * What a moment in a bed says about a watched condition, and what it rests on.
 *
 * - A total: above if the total or the lower bound reaches it; below only by a complete score.
 * - A red parameter: above if it scores 3; below by a complete score, or if it is current and scores 0.
 * - A signal: above if its value, or the bound that is certain, passes the limit; below only if it is complete
 *   and rests on current values. A change within a window is over only when, besides, the vital itself is normal.
 */
import type { Vital } from '../observation/vital.ts';
import { leastTotal, NEWS2_PARAMETERS, type News2Parameter, type Score } from '../scoring/score.ts';
import { leastOf, type Signal } from '../scoring/signals.ts';
import type { AlertPolicy } from './policy.ts';
import { isOnChange, type VitalRule, vitalRule, type Watch } from './rules.ts';

/** What one moment in a bed shows. */
export interface Seen {
  readonly score: Score;
  readonly signals: readonly Signal[];
  /** Parameters of the score whose value is current, not stale. */
  readonly currentParameters: readonly News2Parameter[];
  /** Parameters of the score that were measured in a stream, and not charted by somebody. */
  readonly streamed: readonly News2Parameter[];
  /**
   * Those of them whose stream still flows. Once a streamed value is stale nothing comes that could deny it, and it will
   * be missing before it could last: what it says then counts at once, as a charted value does.
   */
  readonly flowing: readonly News2Parameter[];
  /** As it was measured: `sbp_art` where the arterial line scored. */
  readonly vitalOf: (parameter: News2Parameter) => Vital;
}

/**
 * `near`: not above, but not below by the margin either. `left`: a change is over, though its vital is not normal.
 * `unknown` is not `below`: missing data never lowers anything.
 */
export type Says = 'above' | 'near' | 'left' | 'below' | 'unknown';

export interface Evidence {
  readonly says: Says;
  /** The total, the bound or the signal's value; null where there is none. */
  readonly value: number | null;
}

const UNKNOWN: Evidence = { says: 'unknown', value: null };

/** Holds a watch against what is seen. */
export function evidence(watch: Watch, seen: Seen, policy: AlertPolicy): Evidence {
  const rule = vitalRule(watch.rule);
  if (rule !== null) return ofSignal(watch, rule, seen, policy);
  const { score } = seen;
  const least = leastTotal(score);
  if ('applicable' in score || least === null) return UNKNOWN;
  if (watch.threshold !== null)
    return ofTotal(watch.threshold, least, score.complete, policy.rules[watch.rule].margin);
  return watch.parameter === null ? UNKNOWN : ofParameter(watch.parameter, seen, policy);
}

function ofTotal(threshold: number, least: number, complete: boolean, margin: number): Evidence {
  if (least >= threshold) return { says: 'above', value: least };
  if (!complete) return { says: 'unknown', value: least };
  return { says: least >= threshold - margin ? 'near' : 'below', value: least };
}

function ofParameter(
  parameter: News2Parameter,
  { score, currentParameters }: Seen,
  policy: AlertPolicy,
): Evidence {
  if ('applicable' in score) return UNKNOWN;
  const { threshold, margin } = policy.rules['single-red'];
  const points = score.points[parameter];
  const value = points ?? null;
  if (points === threshold) return { says: 'above', value };
  if (points !== undefined && points >= threshold - margin) return { says: 'near', value };
  if (score.complete) return { says: 'below', value };
  return { says: points === 0 && currentParameters.includes(parameter) ? 'below' : 'unknown', value };
}

/** How far a value lies beyond a limit, towards the worse; 0 is at the limit. */
export function beyond(rule: VitalRule, value: number, limit: number): number {
  const distance = rule === 'map-low' ? limit - value : value - limit;
  // Ratios and tenths carry binary noise; a thousandth is finer than any limit.
  return Math.round(distance * 1_000) / 1_000;
}

/** "Below 65" and "more than 5" leave the limit itself out; the others reach from it on. */
const LIMIT_INCLUDED: { readonly [rule in VitalRule]: boolean } = {
  'map-low': false,
  'spo2-fall': false,
  qsofa: true,
  'hr-rise': true,
  'shock-index': true,
};

function ofSignal(watch: Watch, rule: VitalRule, seen: Seen, policy: AlertPolicy): Evidence {
  const signal = seen.signals.find((one) => one.rule === rule);
  const { threshold } = watch;
  if (signal === undefined || threshold === null || signal.state === 'not-applicable') return UNKNOWN;
  const value = leastOf(signal);
  if (value === null) return UNKNOWN;
  const excess = beyond(rule, value, threshold);
  if (excess > 0 || (excess === 0 && LIMIT_INCLUDED[rule])) return { says: 'above', value };
  if (isOnChange(rule)) return { says: afterChange(rule, signal, excess, seen, policy), value };
  if (signal.state !== 'complete' || !signal.current) return { says: 'unknown', value };
  return { says: isWithin(rule, excess, policy) ? 'near' : 'below', value };
}

function isWithin(rule: VitalRule, excess: number, policy: AlertPolicy): boolean {
  const { margin } = policy.rules[rule];
  return LIMIT_INCLUDED[rule] ? -excess <= margin : -excess < margin;
}

const PARAMETER_OF_CHANGE = { 'spo2-fall': 'spo2', 'hr-rise': 'hr' } as const;

/**
 * A saturation that has fallen and stays low is no longer falling, and not well either. So the change's own word
 * is not enough: the vital must be current and score 0, or no chart applies to it and its window is complete.
 */
function afterChange(
  rule: 'spo2-fall' | 'hr-rise',
  signal: Exclude<Signal, { state: 'not-applicable' }>,
  excess: number,
  { score }: Seen,
  policy: AlertPolicy,
): Says {
  if (!signal.current) return 'unknown';
  if (isWithin(rule, excess, policy)) return 'near';
  if ('applicable' in score) return signal.state === 'complete' ? 'below' : 'unknown';
  return score.points[PARAMETER_OF_CHANGE[rule]] === 0 ? 'below' : 'left';
}

/** What an alert would rest on, if the watch fired now. */
export interface Trigger {
  /** The vitals that made it fire, as they were measured. */
  readonly vitals: readonly Vital[];
  /** Whether any of them was streamed. */
  readonly streamed: boolean;
  /** Whether any of them still is, and could be denied by what comes next. */
  readonly flowing: boolean;
}

export function triggerOf(watch: Watch, seen: Seen): Trigger {
  const rule = vitalRule(watch.rule);
  if (rule !== null) {
    const signal = seen.signals.find((one) => one.rule === rule);
    const inputs = signal === undefined || signal.state === 'not-applicable' ? [] : signal.inputs;
    return {
      vitals: inputs.map(({ vital }) => vital),
      streamed: inputs.some(({ source }) => source.mode !== 'charted'),
      flowing: inputs.some(({ source, state }) => source.mode !== 'charted' && state === 'current'),
    };
  }
  const parameters = watch.parameter === null ? scoring(seen.score) : [watch.parameter];
  return {
    vitals: parameters.map(seen.vitalOf),
    streamed: parameters.some((parameter) => seen.streamed.includes(parameter)),
    flowing: parameters.some((parameter) => seen.flowing.includes(parameter)),
  };
}

/** The parameters that put points into a score. */
function scoring(score: Score): News2Parameter[] {
  if ('applicable' in score) return [];
  return NEWS2_PARAMETERS.filter((parameter) => (score.points[parameter] ?? 0) > 0);
}
