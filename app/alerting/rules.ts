/**
 * The alert rules as a site's policy, and what a score says about each of them.
 * Defaults: the clinical reference, "Alert semantics"; all of them are ours and a site may change them.
 */
import { z } from 'zod';
import { NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL, NEWS2_RED_POINTS } from '../scoring/news2.ts';
import { leastTotal, type News2Parameter, type Score } from '../scoring/score.ts';
import { type AlertPriority, type AlertRule, alertPrioritySchema, type BedAlertState } from './alert.ts';

const total = z.number().int().min(1).max(20);
const minutes = z
  .number()
  .positive()
  .max(24 * 60);
/** Minutes after which an unanswered alert climbs each step, counted from its beginning. */
const ladder = z
  .array(minutes)
  .max(10)
  .refine((steps) => steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? 0)), {
    error: 'each step of an escalation comes later than the one before',
  });

export const alertPolicySchema = z
  .object({
    version: z.number().int().min(1).default(1),
    news2High: z.object({ least: total.default(NEWS2_HIGH_TOTAL) }).prefault({}),
    news2Medium: z.object({ least: total.default(NEWS2_MEDIUM_TOTAL) }).prefault({}),
    /** One parameter that scores 3. A site may raise its priority. */
    singleRed: z
      .object({ enabled: z.boolean().default(true), priority: alertPrioritySchema.default('low') })
      .prefault({}),
    /** Points above the last acknowledged total. */
    news2Rise: z.object({ enabled: z.boolean().default(true), by: total.default(2) }).prefault({}),
    /** How long a condition must hold before it fires. */
    persistenceSeconds: z
      .object({
        streamed: z.number().min(0).max(600).default(60),
        charted: z.number().min(0).max(600).default(0),
      })
      .prefault({}),
    /** How long complete scores must stay below a band before its alert resolves and can fire again. */
    rearmMinutes: z.number().min(0).max(240).default(10),
    escalationMinutes: z
      .object({
        high: ladder.default([2, 5]),
        medium: ladder.default([10, 30]),
        low: ladder.default([60]),
      })
      .prefault({}),
    snoozeMostMinutes: z
      .object({ high: minutes.default(10), medium: minutes.default(30), low: minutes.default(60) })
      .prefault({}),
  })
  .refine(({ news2High, news2Medium }) => news2Medium.least < news2High.least, {
    error: 'the medium band begins below the high one',
    path: ['news2Medium', 'least'],
  });
export type AlertPolicy = z.infer<typeof alertPolicySchema>;

export const DEFAULT_ALERT_POLICY: AlertPolicy = alertPolicySchema.parse({});

/** One thing that is watched: a rule with the total or the parameter that it is about. */
export interface Watch {
  readonly rule: AlertRule;
  readonly parameter: News2Parameter | null;
  readonly threshold: number | null;
}

/** Two rises are the same only from the same total; a band stays the same when a policy moves its limit. */
export function isSameWatch(a: Watch, b: Watch): boolean {
  if (a.rule !== b.rule || a.parameter !== b.parameter) return false;
  return a.rule !== 'news2-rise' || a.threshold === b.threshold;
}

/** Whether a rule is about the total. A worse alert of these rules includes what a lesser one would say. */
export function isOnTotal(rule: AlertRule): boolean {
  return rule === 'news2-high' || rule === 'news2-medium' || rule === 'news2-rise';
}

const SEVERITY: { readonly [priority in AlertPriority]: number } = { high: 3, medium: 2, low: 1 };

/** Positive where the first priority is the worse one. */
export function comparePriority(a: AlertPriority, b: AlertPriority): number {
  return SEVERITY[a] - SEVERITY[b];
}

/** The priority of the band that a total lies in. */
function priorityOfTotal(least: number, policy: AlertPolicy): AlertPriority {
  if (least >= policy.news2High.least) return 'high';
  return least >= policy.news2Medium.least ? 'medium' : 'low';
}

/** The priority that a watch fires with at a total; a rise takes the priority of the band it has come to. */
export function priorityOf(watch: Watch, least: number, policy: AlertPolicy): AlertPriority {
  switch (watch.rule) {
    case 'news2-high':
      return 'high';
    case 'news2-medium':
      return 'medium';
    case 'single-red':
      return policy.singleRed.priority;
    default:
      return priorityOfTotal(least, policy);
  }
}

/** The total from which a rise fires, or null while nobody has acknowledged a score. */
function riseThreshold(acknowledgedTotal: number | null, policy: AlertPolicy): number | null {
  if (!policy.news2Rise.enabled || acknowledgedTotal === null) return null;
  const threshold = acknowledgedTotal + policy.news2Rise.by;
  // From 0 into 1–4 is routine and never alerts.
  return acknowledgedTotal === 0 ? Math.max(threshold, policy.news2Medium.least) : threshold;
}

/** What the policy watches in a bed at a score, the worst first. */
export function watchesOf(bed: BedAlertState, score: Score, policy: AlertPolicy): Watch[] {
  if ('applicable' in score) return [];
  const rise = riseThreshold(bed.acknowledgedTotal, policy);
  const onTotal: Watch[] = [
    { rule: 'news2-high', parameter: null, threshold: policy.news2High.least },
    { rule: 'news2-medium', parameter: null, threshold: policy.news2Medium.least },
    ...(rise === null ? [] : [{ rule: 'news2-rise', parameter: null, threshold: rise } as const]),
  ];
  const red = policy.singleRed.enabled ? score.red_parameters : [];
  return [
    ...onTotal,
    ...red.map((parameter) => ({ rule: 'single-red', parameter, threshold: null }) as const),
  ];
}

/** What a score says about a watch. `unknown` is not `below`: missing data never lowers anything. */
export type Evidence = 'above' | 'below' | 'unknown';

/**
 * Holds a watch against a score.
 *
 * - A total: above if the total or the lower bound reaches it; below only by a complete score.
 * - A red parameter: above if it scores 3; below by a complete score, or if it is current and scores 0.
 *
 * @param currentParameters parameters whose value is current (not stale) in this score.
 */
export function evidence(watch: Watch, score: Score, currentParameters: readonly News2Parameter[]): Evidence {
  const least = leastTotal(score);
  if ('applicable' in score || least === null) return 'unknown';
  if (watch.threshold !== null) {
    if (least >= watch.threshold) return 'above';
    return score.complete ? 'below' : 'unknown';
  }
  if (watch.parameter === null) return 'unknown';
  const points = score.points[watch.parameter];
  if (points === NEWS2_RED_POINTS) return 'above';
  if (score.complete) return 'below';
  return points === 0 && currentParameters.includes(watch.parameter) ? 'below' : 'unknown';
}
