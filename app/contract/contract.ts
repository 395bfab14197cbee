/**
 * Every call and every event between the core and a terminal, named once. It knows no transport.
 *
 * A command changes something and needs a signed-in person with its permission (`null`: none, because there is
 * nobody yet, or because it ends a session); a query only reads. The core checks shape, session and role of
 * each; a handler that is missing is a compile error, and the preload's bridge is a loop over these names.
 */
import { z } from 'zod';
import { type Permission, PIN_PATTERN, ROLES } from '../access/access.ts';
import { ACKNOWLEDGEMENT_ACTIONS } from '../alerting/alert.ts';
import { ACVPU } from '../observation/vital.ts';
import { scoreSchema } from '../scoring/score.ts';
import type { CommandName, QueryName } from './names.ts';
import {
  alertViewSchema,
  bedViewSchema,
  explanationViewSchema,
  firedOnSchema,
  historyRowSchema,
  languageSchema,
  personViewSchema,
  ratingSchema,
  ratingViewSchema,
  sessionViewSchema,
  systemViewSchema,
  themeSchema,
  wardSnapshotSchema,
} from './views.ts';

const pin = z.string().regex(PIN_PATTERN);
/** Names as people type them: 256 characters at most, no control characters. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u);
const bed = z.string().trim().min(1).max(64);
const id = z.string().min(1).max(64);
const nothing = z.object({});

interface CallShape {
  readonly params: z.ZodType;
  readonly result: z.ZodType;
}
interface CommandShape extends CallShape {
  readonly permission: Permission | null;
}

export const commands = {
  /** The first administrator, once, on an empty store. Signs them in. */
  'ward.set-up': {
    permission: null,
    params: z.object({ wardName: name, language: languageSchema, administrator: z.object({ name, pin }) }),
    result: sessionViewSchema,
  },
  'session.sign-in': {
    permission: null,
    params: z.object({ personId: id, pin: z.string().max(64) }),
    result: sessionViewSchema,
  },
  'session.lock': { permission: null, params: nothing, result: sessionViewSchema },
  /** Language and theme of the ward's terminal; anybody may switch them. */
  'terminal.prefer': {
    permission: null,
    params: z.object({ language: languageSchema.optional(), theme: themeSchema.optional() }),
    result: nothing,
  },
  'person.add': {
    permission: 'manage-people',
    params: z.object({ name, role: z.enum(ROLES), pin }),
    result: personViewSchema,
  },
  'patient.admit': {
    permission: 'admit-patients',
    params: z.object({
      bed,
      name,
      identifier: z.string().trim().min(1).max(64),
      birthDate: z.iso.date().nullable(),
      sex: z.enum(['F', 'M', 'X', 'unknown']),
      pregnant: z.boolean(),
    }),
    result: z.object({ patientId: id }),
  },
  /** Vitals entered by hand. `confirmed` names unusual values that the person measured twice. */
  'observation.enter': {
    permission: 'enter-observations',
    params: z.object({
      patientId: id,
      /** ISO 8601 with offset; absent means now. */
      observedAt: z.iso.datetime({ offset: true }).optional(),
      values: z.object({
        rr: z.number().optional(),
        spo2: z.number().optional(),
        on_oxygen: z.boolean().optional(),
        o2_flow: z.number().optional(),
        sbp: z.number().optional(),
        dbp: z.number().optional(),
        hr: z.number().optional(),
        acvpu: z.enum(ACVPU).optional(),
        temp_c: z.number().optional(),
      }),
      confirmed: z.array(z.string()),
    }),
    result: z.object({ score: scoreSchema }),
  },
  'alert.act': {
    permission: 'act-on-alerts',
    params: z.object({
      alertId: id,
      /** The version the person saw; a later one means somebody was faster. */
      expectedVersion: z.number().int(),
      action: z.enum(ACKNOWLEDGEMENT_ACTIONS),
      reason: z.string().trim().max(4096).nullable(),
      /** Minutes, for a snooze. */
      minutes: z.number().int().min(1).max(240).nullable(),
    }),
    result: alertViewSchema,
  },
  'explanation.request': {
    permission: 'ask-for-explanations',
    params: z.object({ alertId: id }),
    result: explanationViewSchema,
  },
  'explanation.stop': {
    permission: 'ask-for-explanations',
    params: z.object({ alertId: id }),
    result: explanationViewSchema,
  },
  'rating.save': {
    permission: 'rate-explanations',
    params: ratingSchema.extend({ explanationId: id }),
    result: ratingViewSchema,
  },
  /** Plays the bundled sample. Speed 1 is life; 60 plays a minute a second. */
  'demonstration.start': {
    permission: 'run-demonstration',
    params: z.object({ speed: z.number().min(1).max(120) }),
    result: nothing,
  },
  'demonstration.stop': { permission: 'run-demonstration', params: nothing, result: nothing },
  /** Where the monitors' listener stands. Loopback unless the administrator says otherwise. */
  'intake.configure': {
    permission: 'configure-intake',
    params: z.object({ host: z.string().trim().min(1).max(255), port: z.number().int().min(0).max(65535) }),
    result: systemViewSchema,
  },
} as const satisfies Record<CommandName, CommandShape>;

export const queries = {
  'ward.snapshot': { params: nothing, result: wardSnapshotSchema },
  'bed.history': {
    params: z.object({ patientId: id, hours: z.number().min(1).max(72) }),
    result: z.object({ rows: z.array(historyRowSchema) }),
  },
  'alert.explanation': {
    params: z.object({ alertId: id }),
    result: z.object({
      explanation: explanationViewSchema.nullable(),
      rating: ratingViewSchema.nullable(),
      /** The facts kept with the alert; null where the core knows no such alert. */
      firedOn: firedOnSchema.nullable(),
    }),
  },
  /** Alerts of a patient, open and closed, newest first. */
  'alert.list': {
    params: z.object({ patientId: id.nullable() }),
    result: z.object({ alerts: z.array(alertViewSchema) }),
  },
} as const satisfies Record<QueryName, CallShape>;

export type CommandParams<N extends CommandName> = z.infer<(typeof commands)[N]['params']>;
export type CommandResult<N extends CommandName> = z.infer<(typeof commands)[N]['result']>;
export type QueryParams<N extends QueryName> = z.infer<(typeof queries)[N]['params']>;
export type QueryResult<N extends QueryName> = z.infer<(typeof queries)[N]['result']>;

/** Events of the one numbered stream. Bed updates merge to at most four a second a bed. */
export const wardEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bed'), bed: bedViewSchema }),
  z.object({ type: z.literal('bed-gone'), patientId: z.string() }),
  z.object({ type: z.literal('alert'), alert: alertViewSchema }),
  z.object({ type: z.literal('explanation'), explanation: explanationViewSchema }),
  z.object({ type: z.literal('system'), system: systemViewSchema }),
  z.object({ type: z.literal('people'), people: z.array(personViewSchema) }),
  z.object({ type: z.literal('session'), session: sessionViewSchema }),
]);
export type WardEvent = z.infer<typeof wardEventSchema>;
