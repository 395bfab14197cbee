/** The shapes of an alert. The rules and the state machine that move it stand beside this file. */
import { z } from 'zod';
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

/**
 * One alert, as plain JSON. Times are ISO 8601 with an offset; what has not happened is null.
 * `rule`, `parameter`, `threshold`, `priority`, `firedAt`, `score` and `leastTotal` never change after it fired.
 */
export const alertRecordSchema = z.object({
  id: z.string().min(1),
  /** Counts its changes from 1; an action names the version that the person saw. */
  version: z.number().int().min(1),
  rule: alertRuleSchema,
  /** The parameter that scores 3, for `single-red`. */
  parameter: z.enum(NEWS2_PARAMETERS).nullable(),
  /** The total from which the rule holds, for the rules on the total. */
  threshold: z.number().int().nullable(),
  priority: alertPrioritySchema,
  state: alertStateSchema,
  firedAt: moment,
  /** The score that it fired on, and its total or lower bound. */
  score: scoreSchema,
  leastTotal: z.number().int().min(0).max(20),
  /** How many steps of the ladder it has climbed; it never climbs down. */
  escalationLevel: z.number().int().min(0),
  /** When it climbs the next step unless somebody acts; null when nothing more is due. */
  nextEscalationAt: moment.nullable(),
  snoozedUntil: moment.nullable(),
  /** Id of the person it belongs to since the last acknowledgement. */
  owner: z.string().nullable(),
  acknowledgedAt: moment.nullable(),
  lastAction: z
    .object({ action: z.enum(ALERT_ACTIONS), by: z.string(), at: moment, reason: z.string().nullable() })
    .nullable(),
  closedAt: moment.nullable(),
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
  'resolved',
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
  threshold: z.number().int().nullable(),
  /**
   * Why it does not fire while it holds: its alert was `raised` or answered, a worse alert `covered` it, or a
   * person `dismissed` it. Null: armed.
   */
  latch: z.enum(['raised', 'covered', 'dismissed']).nullable(),
  /** Since when it holds without a complete score that says otherwise. */
  since: moment.nullable(),
  /** Since when complete scores say, without a gap, that it does not hold. */
  belowSince: moment.nullable(),
});
export type Condition = z.infer<typeof conditionSchema>;

/** The alerts of one bed between two evaluations: plain JSON, kept by the core with every commit. */
export const bedAlertStateSchema = z.object({
  evaluatedAt: moment.nullable(),
  /** The open alerts only. */
  alerts: z.array(alertRecordSchema),
  conditions: z.array(conditionSchema),
  /** The last complete total, or a later lower bound above it. Missing data never lowers it. */
  knownTotal: z.number().int().min(0).max(20).nullable(),
  /** `knownTotal` when a person last acknowledged; a rise is counted from here. */
  acknowledgedTotal: z.number().int().min(0).max(20).nullable(),
});
export type BedAlertState = z.infer<typeof bedAlertStateSchema>;

/** A bed that has never been evaluated. */
export const NO_ALERTS: BedAlertState = {
  evaluatedAt: null,
  alerts: [],
  conditions: [],
  knownTotal: null,
  acknowledgedTotal: null,
};
