/** The shapes of an alert. The rules and the state machine that move it stand beside this file. */
import { z } from 'zod';
import { ROLES } from '../access/access.ts';
import { VITALS, type Vital } from '../observation/vital.ts';
import { NEWS2_PARAMETERS, scoreSchema } from '../scoring/score.ts';

export const ALERT_RULES = [
  'news2-high',
  'news2-medium',
  'single-red',
  'news2-rise',
  'map-low',
  'qsofa',
  'spo2-fall',
  'hr-rise',
  'shock-index',
] as const;
export type AlertRule = (typeof ALERT_RULES)[number];

/** IEC 60601-1-8 habits: high `***`, medium `**`, low `*`. */
export const ALERT_PRIORITIES = ['high', 'medium', 'low'] as const;
export type AlertPriority = (typeof ALERT_PRIORITIES)[number];

export const ALERT_STATES = [
  'active',
  'acknowledged',
  'snoozed',
  'escalated',
  'resolved',
  'dismissed',
] as const;
export type AlertState = (typeof ALERT_STATES)[number];
/** States in which an alert still asks for something. */
export const OPEN_ALERT_STATES: readonly AlertState[] = ['active', 'acknowledged', 'snoozed', 'escalated'];

/** What a person did when she acknowledged. */
export const ACKNOWLEDGEMENT_ACTIONS = ['reviewed', 'escalated-to', 'snoozed'] as const;
export type AcknowledgementAction = (typeof ACKNOWLEDGEMENT_ACTIONS)[number];

export const alertRuleSchema = z.enum(ALERT_RULES);
export const alertPrioritySchema = z.enum(ALERT_PRIORITIES);
export const alertStateSchema = z.enum(ALERT_STATES);

/** Everything a person can do to an open alert: the acknowledgements, a push up the ladder, and a dismissal. */
export const ALERT_ACTIONS = [...ACKNOWLEDGEMENT_ACTIONS, 'escalate', 'dismissed'] as const;
export type AlertAction = (typeof ALERT_ACTIONS)[number];

const moment = z.iso.datetime({ offset: true });
const vital = z.enum(VITALS as readonly [Vital, ...Vital[]]);

/** What an alert fired on. */
const triggerSchema = z.object({
  /** The vitals that made it fire, as they were measured. */
  vitals: z.array(vital),
  /** The total, the bound, the points or the signal's value then, in the unit of its rule. */
  value: z.number().nullable(),
  streamed: z.boolean(),
});
export type AlertTrigger = z.infer<typeof triggerSchema>;

/** Why an alert is closed: by its condition's end, a corrected value, the patient's leaving, or a person. */
export const CLOSINGS = ['resolved', 'corrected', 'patient-left', 'dismissed'] as const;
export type Closing = (typeof CLOSINGS)[number];

/**
 * One alert, as plain JSON. Times are ISO 8601 with an offset; what has not happened is null.
 * `rule`, `parameter`, `threshold`, `priority`, `firedAt`, `score`, `leastTotal`, `trigger` and `policyVersion` never
 * change after it fired. Fields with a default came later than the first records, which must still be read.
 */
export const alertRecordSchema = z.object({
  id: z.string().min(1),
  /** Counts its changes from 1; an action names the version that the person saw. */
  version: z.number().int().min(1),
  rule: alertRuleSchema,
  /** The parameter that scores 3, for `single-red`. */
  parameter: z.enum(NEWS2_PARAMETERS).nullable(),
  /** The limit from which the rule holds: a total, or a value in the unit of the rule's signal. */
  threshold: z.number().nullable(),
  priority: alertPrioritySchema,
  state: alertStateSchema,
  firedAt: moment,
  /** The score that it fired on, and its total or lower bound; null where NEWS2 does not apply. */
  score: scoreSchema,
  leastTotal: z.number().int().min(0).max(20).nullable(),
  trigger: triggerSchema.nullable().default(null),
  /** The version of the site's policy that it fired under. */
  policyVersion: z.number().int().min(1).default(1),
  /** How many steps of the ladder it has climbed; it never climbs down. */
  escalationLevel: z.number().int().min(0),
  /** When it climbs the next step unless somebody acts; null when nothing more is due. */
  nextEscalationAt: moment.nullable(),
  /** Whose it is at this step, and whose at the next one, by role. */
  levelOwner: z.enum(ROLES).nullable().default(null),
  nextOwner: z.enum(ROLES).nullable().default(null),
  snoozedUntil: moment.nullable(),
  /** Id of the person it belongs to since the last acknowledgement. */
  owner: z.string().nullable(),
  acknowledgedAt: moment.nullable(),
  lastAction: z
    .object({ action: z.enum(ALERT_ACTIONS), by: z.string(), at: moment, reason: z.string().nullable() })
    .nullable(),
  /** When an answered alert asks again if its condition still holds. */
  reraiseAt: moment.nullable().default(null),
  /** How often it has asked again after an answer. */
  reraised: z.number().int().min(0).default(0),
  /** When a value that it fired on was last corrected or withdrawn. */
  correctedAt: moment.nullable().default(null),
  closedAt: moment.nullable(),
  closedAs: z.enum(CLOSINGS).nullable().default(null),
});
export type AlertRecord = z.infer<typeof alertRecordSchema>;

/** What happened to an alert, for the store, the audit and the screens. */
export const TRANSITION_CAUSES = [
  'fired',
  'escalated-by-time',
  /** A snooze ran out. */
  'came-back',
  /** Another parameter began to score 3 during a snooze. */
  'snooze-broken',
  /** It was answered, and its condition still holds, is much worse, or began again. */
  're-raised',
  'resolved',
  /** A value that it fired on was corrected or withdrawn: it closes where that ends its condition. */
  'corrected',
  /** The patient has left: nobody is left to act for. */
  'patient-left',
  /** A person acted on it, or on the worse alert that includes it. */
  'person',
] as const;
export interface AlertTransition {
  readonly cause: (typeof TRANSITION_CAUSES)[number];
  /** Null when it has just fired. */
  readonly from: AlertState | null;
  readonly to: AlertState;
  readonly at: string;
  /** Id of the person, where one acted. */
  readonly by: string | null;
  /** The alert afterwards; a closed one is only here, and no longer in the bed's state. */
  readonly alert: AlertRecord;
}

/** What the rules remember about one condition between two evaluations. */
export const conditionSchema = z.object({
  rule: alertRuleSchema,
  parameter: z.enum(NEWS2_PARAMETERS).nullable(),
  threshold: z.number().nullable(),
  /**
   * Why it does not fire while it holds: its alert was `raised` or answered, a worse alert `covered` it, or a
   * person `dismissed` it. Null: armed.
   */
  latch: z.enum(['raised', 'covered', 'dismissed']).nullable(),
  /** Since when it holds without a complete score that says otherwise. */
  since: moment.nullable(),
  /** Since when complete scores say, without a gap, that it does not hold. */
  belowSince: moment.nullable(),
  /** The last value that held, for telling later what is worse. */
  value: z.number().nullable().default(null),
  /** The signal's value when somebody answered its alert; null again when that change is over. */
  answered: z.number().nullable().default(null),
  /** Since when the signal is much worse than it was then, or changes anew. */
  worseSince: moment.nullable().default(null),
});
export type Condition = z.infer<typeof conditionSchema>;

/** By parameter: since when it has scored at least 1, 2 and 3 points. */
const heldSchema = z.partialRecord(z.enum(NEWS2_PARAMETERS), z.array(moment.nullable()));
export type HeldPoints = z.infer<typeof heldSchema>;

/** A clock that no correction of the time of day touches: milliseconds, and which start of the machine they count. */
const steadyClockSchema = z.object({ bootMs: z.number(), bootId: z.string().nullable() });
export type SteadyClock = z.infer<typeof steadyClockSchema>;

/** The alerts of one bed between two evaluations: plain JSON, kept by the core with every commit. */
export const bedAlertStateSchema = z.object({
  evaluatedAt: moment.nullable(),
  evaluatedBy: steadyClockSchema.nullable().default(null),
  /** The open alerts only. */
  alerts: z.array(alertRecordSchema),
  conditions: z.array(conditionSchema),
  /** The last complete total, or a later lower bound above it. Missing data never lowers it. */
  knownTotal: z.number().int().min(0).max(20).nullable(),
  /** `knownTotal` when a person last acknowledged; a rise is counted from here. */
  acknowledgedTotal: z.number().int().min(0).max(20).nullable(),
  held: heldSchema.default({}),
});
export type BedAlertState = z.infer<typeof bedAlertStateSchema>;

/** A bed that has never been evaluated. */
export const NO_ALERTS: BedAlertState = {
  evaluatedAt: null,
  evaluatedBy: null,
  alerts: [],
  conditions: [],
  knownTotal: null,
  acknowledgedTotal: null,
  held: {},
};
