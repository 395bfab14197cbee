/** What a policy watches in a bed, how urgent each of it is, and which rules belong together. */
import type { News2Parameter, Score } from '../scoring/score.ts';
import type { AlertPriority, AlertRule, BedAlertState } from './alert.ts';
import type { AlertPolicy } from './policy.ts';

/** The rules on a signal beside NEWS2. They run also where NEWS2 does not apply. */
export const VITAL_RULES = [
  'map-low',
  'qsofa',
  'spo2-fall',
  'hr-rise',
  'shock-index',
] as const satisfies readonly AlertRule[];
export type VitalRule = (typeof VITAL_RULES)[number];

/** Whether a rule is on a signal, and with it which one. */
export function vitalRule(rule: AlertRule): VitalRule | null {
  return VITAL_RULES.find((one) => one === rule) ?? null;
}

/** Whether a rule is about a change within a window of time: the change is over before the vital is normal again. */
export function isOnChange(rule: AlertRule): rule is 'spo2-fall' | 'hr-rise' {
  return rule === 'spo2-fall' || rule === 'hr-rise';
}

/** Whether a rule is about the total. A worse alert of these rules includes what a lesser one would say. */
export function isOnTotal(rule: AlertRule): boolean {
  return rule === 'news2-high' || rule === 'news2-medium' || rule === 'news2-rise';
}

/** One thing that is watched: a rule with the total, the parameter or the limit that it is about. */
export interface Watch {
  readonly rule: AlertRule;
  readonly parameter: News2Parameter | null;
  readonly threshold: number | null;
}

/** Two rises are the same only from the same total; a rule stays the same when a policy moves its limit. */
export function isSameWatch(a: Watch, b: Watch): boolean {
  if (a.rule !== b.rule || a.parameter !== b.parameter) return false;
  return a.rule !== 'news2-rise' || a.threshold === b.threshold;
}

/** The priority of the band that a total lies in. */
function priorityOfTotal(least: number, { rules }: AlertPolicy): AlertPriority {
  if (least >= rules['news2-high'].threshold) return 'high';
  return least >= rules['news2-medium'].threshold ? 'medium' : 'low';
}

/** The priority that a watch fires with at a total; a rise takes the priority of the band it has come to. */
export function priorityOf(watch: Watch, least: number, policy: AlertPolicy): AlertPriority {
  const { priority } = policy.rules[watch.rule];
  return priority === 'band' ? priorityOfTotal(least, policy) : priority;
}

/** The total from which a rise fires, or null while nobody has acknowledged a score. */
function riseThreshold(acknowledgedTotal: number | null, { rules }: AlertPolicy): number | null {
  const rise = rules['news2-rise'];
  if (!rise.enabled || acknowledgedTotal === null) return null;
  const threshold = acknowledgedTotal + rise.threshold;
  // From 0 into 1–4 is routine and never alerts.
  return acknowledgedTotal === 0 ? Math.max(threshold, rules['news2-medium'].threshold) : threshold;
}

/** The limit of a rule for this patient; null where it is an adult's and the site gives none for a child. */
function thresholdFor(rule: VitalRule, score: Score, { rules }: AlertPolicy): number | null {
  const own = rules[rule];
  const isChild = 'applicable' in score && score.reason === 'under-16';
  return isChild && 'thresholdUnder16' in own ? own.thresholdUnder16 : own.threshold;
}

/** The rules whose limit is an adult's and for which the site gives one for children. */
export function rulesUnder16({ rules }: AlertPolicy): VitalRule[] {
  return VITAL_RULES.filter((rule) => {
    const own = rules[rule];
    return 'thresholdUnder16' in own && own.thresholdUnder16 !== null;
  });
}

/** What the policy watches in a bed at a score: what is on the total first, the worst of it before the rest. */
export function watchesOf(bed: BedAlertState, score: Score, policy: AlertPolicy): Watch[] {
  const { rules } = policy;
  const rise = riseThreshold(bed.acknowledgedTotal, policy);
  const onTotal: Watch[] = [
    { rule: 'news2-high', parameter: null, threshold: rules['news2-high'].threshold },
    { rule: 'news2-medium', parameter: null, threshold: rules['news2-medium'].threshold },
    ...(rise === null ? [] : [{ rule: 'news2-rise', parameter: null, threshold: rise } as const]),
  ];
  const red = 'applicable' in score || !rules['single-red'].enabled ? [] : score.red_parameters;
  return [
    ...onTotal,
    ...VITAL_RULES.flatMap((rule): Watch[] => {
      const threshold = thresholdFor(rule, score, policy);
      return rules[rule].enabled && threshold !== null ? [{ rule, parameter: null, threshold }] : [];
    }),
    ...red.map((parameter) => ({ rule: 'single-red', parameter, threshold: null }) as const),
  ];
}
