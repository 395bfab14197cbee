/** The shapes of an alert. The rules and the state machine that move it stand beside this file. */
import { z } from 'zod';

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

export const ALERT_STATES = ['active', 'acknowledged', 'snoozed', 'escalated', 'resolved', 'dismissed'] as const;
export type AlertState = (typeof ALERT_STATES)[number];
/** States in which an alert still asks for something. */
export const OPEN_ALERT_STATES: readonly AlertState[] = ['active', 'acknowledged', 'snoozed', 'escalated'];

/** What a person did when she acknowledged. */
export const ACKNOWLEDGEMENT_ACTIONS = ['reviewed', 'escalated-to', 'snoozed'] as const;
export type AcknowledgementAction = (typeof ACKNOWLEDGEMENT_ACTIONS)[number];

export const alertRuleSchema = z.enum(ALERT_RULES);
export const alertPrioritySchema = z.enum(ALERT_PRIORITIES);
export const alertStateSchema = z.enum(ALERT_STATES);
