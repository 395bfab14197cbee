/** Alerts and what people do about them. */
import { z } from 'zod';
import { ALERT_ACTIONS } from '../../alerting/alert.ts';
import { burdenSchema } from '../../alerting/burden.ts';
import { alertViewSchema } from '../views.ts';
import { type Commands, id, type Queries } from './shapes.ts';

export const alertsCommands = {
  'alert.act': {
    permission: 'act-on-alerts',
    params: z.object({
      alertId: id,
      /** The version the person saw; a later one means somebody was faster. */
      expectedVersion: z.number().int(),
      action: z.enum(ALERT_ACTIONS),
      reason: z.string().trim().max(4096).nullable(),
      /** Minutes, for a snooze. */
      minutes: z.number().int().min(1).max(240).nullable(),
    }),
    result: alertViewSchema,
  },
} as const satisfies Commands;

export const alertsQueries = {
  /** Alerts of a patient, open and closed, newest first. */
  'alert.list': {
    params: z.object({ patientId: id.nullable() }),
    result: z.object({ alerts: z.array(alertViewSchema) }),
  },
  /** How much the ward was asked by its alerts over the last days, and what came of it. */
  'alert.burden': { params: z.object({ days: z.number().int().min(1).max(90) }), result: burdenSchema },
} as const satisfies Queries;
