/**
 * The alert rules as a site's policy: one schema with a default for everything, versioned as a whole.
 * Defaults: the clinical reference, "Alert semantics"; all of them are ours and a site may change them. What a
 * site cannot do is to switch off the two bands of NEWS2 or to lower their priority.
 */
import { z } from 'zod';
import { ROLES } from '../access/access.ts';
import { NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL, NEWS2_RED_POINTS } from '../scoring/news2.ts';
import { type AlertPriority, alertPrioritySchema } from './alert.ts';

const MINUTES_A_DAY = 24 * 60;
const total = z.number().int().min(1).max(20);
const minutes = z.number().positive().max(MINUTES_A_DAY);
const seconds = z.number().min(0).max(3_600);

/** A streamed value must hold for a minute; a charted one was looked at by a person and fires at once. */
const STREAMED_SECONDS = 60;
const MAP_SECONDS = 5 * 60;
const SHOCK_INDEX_SECONDS = 15 * 60;

/** What every rule has: how long its condition must hold, and how long it must be over before it arms again. */
function timing(streamed: number = STREAMED_SECONDS) {
  return {
    persistenceSeconds: z
      .object({ streamed: seconds.default(streamed), charted: seconds.default(0) })
      .prefault({}),
    /** How long the condition must be over before its alert resolves and can fire again. */
    rearmMinutes: z.number().min(0).max(240).default(10),
  };
}

const enabled = z.boolean().default(true);
/** Points by which a total must lie below its threshold before it counts as below. */
const pointMargin = z.number().int().min(0).max(5).default(0);

const rulesSchema = z.object({
  'news2-high': z
    .object({
      enabled: z.literal(true).default(true),
      threshold: total.default(NEWS2_HIGH_TOTAL),
      margin: pointMargin,
      priority: z.literal('high').default('high'),
      ...timing(),
    })
    .prefault({}),
  'news2-medium': z
    .object({
      enabled: z.literal(true).default(true),
      threshold: total.default(NEWS2_MEDIUM_TOTAL),
      margin: pointMargin,
      priority: z.literal('medium').default('medium'),
      ...timing(),
    })
    .prefault({}),
  /** One parameter that scores 3. A site may raise its priority. */
  'single-red': z
    .object({
      enabled,
      threshold: z.literal(NEWS2_RED_POINTS).default(NEWS2_RED_POINTS),
      margin: z.number().int().min(0).max(2).default(0),
      priority: alertPrioritySchema.default('low'),
      ...timing(),
    })
    .prefault({}),
  /** Points above the last acknowledged total; it takes the priority of the band that it has come to. */
  'news2-rise': z
    .object({
      enabled,
      threshold: total.default(2),
      margin: pointMargin,
      priority: z.literal('band').default('band'),
      ...timing(),
    })
    .prefault({}),
  /**
   * Mean arterial pressure below the threshold (mmHg). The threshold is an adult's, as the shock index's is: under 16
   * the rule does not apply unless the site gives its own limit.
   */
  'map-low': z
    .object({
      enabled,
      threshold: z.number().min(30).max(120).default(65),
      thresholdUnder16: z.number().min(20).max(120).nullable().default(null),
      margin: z.number().min(0).max(20).default(2),
      priority: alertPrioritySchema.default('high'),
      /** Lower by so much than when somebody answered: it asks again. */
      worseBy: z.number().positive().max(50).default(10),
      ...timing(MAP_SECONDS),
    })
    .prefault({}),
  /** Criteria of qSOFA met, from the threshold on. */
  qsofa: z
    .object({
      enabled,
      threshold: z.number().int().min(1).max(3).default(2),
      margin: z.number().int().min(0).max(1).default(0),
      priority: alertPrioritySchema.default('medium'),
      worseBy: z.number().int().min(1).max(3).default(1),
      ...timing(),
    })
    .prefault({}),
  /** Saturation fallen by more than the threshold within 10 min (percentage points). */
  'spo2-fall': z
    .object({
      enabled,
      threshold: z.number().min(1).max(30).default(5),
      margin: z.number().min(0).max(5).default(1),
      priority: alertPrioritySchema.default('medium'),
      worseBy: z.number().positive().max(20).default(5),
      ...timing(),
    })
    .prefault({}),
  /** Heart rate risen by the threshold or more within 2 h (/min). */
  'hr-rise': z
    .object({
      enabled,
      threshold: z.number().min(5).max(100).default(20),
      margin: z.number().min(0).max(20).default(5),
      priority: alertPrioritySchema.default('low'),
      worseBy: z.number().positive().max(100).default(20),
      ...timing(),
    })
    .prefault({}),
  /** Heart rate over systolic pressure, from the threshold on. */
  'shock-index': z
    .object({
      enabled,
      threshold: z.number().min(0.5).max(3).default(1),
      thresholdUnder16: z.number().min(0.5).max(4).nullable().default(null),
      margin: z.number().min(0).max(0.5).default(0.05),
      priority: alertPrioritySchema.default('medium'),
      worseBy: z.number().positive().max(2).default(0.2),
      ...timing(SHOCK_INDEX_SECONDS),
    })
    .prefault({}),
});

/** One step of the ladder: when it is reached, counted from the beginning, and whose it is from there on. */
const levelSchema = z.object({ afterMinutes: minutes, owner: z.enum(ROLES) });
const ladder = z
  .array(levelSchema)
  .max(10)
  .refine(
    (levels) =>
      levels.every(({ afterMinutes }, index) => afterMinutes > (levels[index - 1]?.afterMinutes ?? 0)),
    { error: 'each step of an escalation comes later than the one before' },
  );

export const alertPolicySchema = z
  .object({
    version: z.number().int().min(1).default(1),
    rules: rulesSchema.prefault({}),
    /** Whose an alert is before it has climbed. */
    firstOwner: z.enum(ROLES).default('nurse'),
    escalation: z
      .object({
        high: ladder.default([
          { afterMinutes: 2, owner: 'doctor' },
          { afterMinutes: 5, owner: 'attending' },
        ]),
        medium: ladder.default([
          { afterMinutes: 10, owner: 'doctor' },
          { afterMinutes: 30, owner: 'attending' },
        ]),
        low: ladder.default([{ afterMinutes: 60, owner: 'doctor' }]),
      })
      .prefault({}),
    /** An answered alert whose condition still holds asks again after so long; null: it does not. Ours. */
    reraiseMinutes: z
      .object({
        high: minutes.nullable().default(60),
        medium: minutes.nullable().default(120),
        low: minutes.nullable().default(null),
      })
      .prefault({}),
    snoozeMostMinutes: z
      .object({ high: minutes.default(10), medium: minutes.default(30), low: minutes.default(60) })
      .prefault({}),
  })
  .refine(({ rules }) => rules['news2-medium'].threshold < rules['news2-high'].threshold, {
    error: 'the medium band begins below the high one',
    path: ['rules', 'news2-medium', 'threshold'],
  });
export type AlertPolicy = z.infer<typeof alertPolicySchema>;

export const DEFAULT_ALERT_POLICY: AlertPolicy = alertPolicySchema.parse({});

const SEVERITY: { readonly [priority in AlertPriority]: number } = { high: 3, medium: 2, low: 1 };

/** Positive where the first priority is the worse one. */
export function comparePriority(a: AlertPriority, b: AlertPriority): number {
  return SEVERITY[a] - SEVERITY[b];
}
