/**
 * Every call and every event between the core and a terminal, named once. It knows no transport.
 *
 * A command changes something and needs a signed-in person with its permission (`null`: none, because there is
 * nobody yet, or because it ends a session); a query only reads. The core checks shape, session and role of
 * each; a handler that is missing is a compile error, and the preload's bridge is a loop over these names.
 */
import { z } from 'zod';
import { technicalAlertSchema } from '../technical/technical.ts';
import { adaptersCommands, adaptersQueries } from './calls/adapters.ts';
import { alarmCommands } from './calls/alarm.ts';
import { alertsCommands, alertsQueries } from './calls/alerts.ts';
import { engineCommands, engineQueries } from './calls/engine.ts';
import { exchangeCommands, exchangeQueries } from './calls/exchange.ts';
import { explanationsCommands, explanationsQueries } from './calls/explanations.ts';
import { feedsCommands, feedsQueries } from './calls/feeds.ts';
import { handoverQueries } from './calls/handover.ts';
import { importsCommands, importsQueries } from './calls/imports.ts';
import { knowledgeCommands, knowledgeQueries } from './calls/knowledge.ts';
import { learningCommands, learningQueries } from './calls/learning.ts';
import { messagesCommands, messagesQueries } from './calls/messages.ts';
import { monitoringCommands, monitoringQueries } from './calls/monitoring.ts';
import { patientsCommands, patientsQueries } from './calls/patients.ts';
import { peopleCommands } from './calls/people.ts';
import { policyCommands, policyQueries } from './calls/policy.ts';
import { reviewCommands, reviewQueries } from './calls/review.ts';
import type { CommandShape, QueryShape } from './calls/shapes.ts';
import { storageCommands, storageQueries } from './calls/storage.ts';
import { technicalCommands, technicalQueries } from './calls/technical.ts';
import { trainingCommands, trainingQueries } from './calls/training.ts';
import { wardCommands, wardQueries } from './calls/ward.ts';
import { feedViewSchema } from './feed-views.ts';
import type { CommandName, QueryName } from './names.ts';
import {
  alertViewSchema,
  bedViewSchema,
  explanationViewSchema,
  personViewSchema,
  sessionViewSchema,
  systemViewSchema,
} from './views.ts';

export const commands = {
  ...peopleCommands,
  ...wardCommands,
  ...patientsCommands,
  ...messagesCommands,
  ...alertsCommands,
  ...alarmCommands,
  ...technicalCommands,
  ...policyCommands,
  ...explanationsCommands,
  ...reviewCommands,
  ...feedsCommands,
  ...engineCommands,
  ...importsCommands,
  ...knowledgeCommands,
  ...learningCommands,
  ...trainingCommands,
  ...adaptersCommands,
  ...exchangeCommands,
  ...storageCommands,
  ...monitoringCommands,
} as const satisfies Record<CommandName, CommandShape>;

export const queries = {
  ...feedsQueries,
  ...engineQueries,
  ...wardQueries,
  ...patientsQueries,
  ...messagesQueries,
  ...alertsQueries,
  ...handoverQueries,
  ...technicalQueries,
  ...policyQueries,
  ...explanationsQueries,
  ...reviewQueries,
  ...importsQueries,
  ...knowledgeQueries,
  ...learningQueries,
  ...trainingQueries,
  ...adaptersQueries,
  ...exchangeQueries,
  ...storageQueries,
  ...monitoringQueries,
} as const satisfies Record<QueryName, QueryShape>;

export type CommandParams<N extends CommandName> = z.infer<(typeof commands)[N]['params']>;
export type CommandResult<N extends CommandName> = z.infer<(typeof commands)[N]['result']>;
export type QueryParams<N extends QueryName> = z.infer<(typeof queries)[N]['params']>;
export type QueryResult<N extends QueryName> = z.infer<(typeof queries)[N]['result']>;
/** What the core answers with; the result is what comes out of it at the terminal. */
export type QueryAnswer<N extends QueryName> = z.input<(typeof queries)[N]['result']>;

/** Events of the one numbered stream. Bed updates merge to at most four a second a bed. */
export const wardEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('bed'), bed: bedViewSchema }),
  z.object({ type: z.literal('bed-gone'), patientId: z.string() }),
  z.object({ type: z.literal('alert'), alert: alertViewSchema }),
  /** Every open technical alert: the list is short, and never half of it. */
  z.object({ type: z.literal('technical'), alerts: z.array(technicalAlertSchema) }),
  z.object({ type: z.literal('explanation'), explanation: explanationViewSchema }),
  z.object({ type: z.literal('system'), system: systemViewSchema }),
  z.object({ type: z.literal('people'), people: z.array(personViewSchema) }),
  z.object({ type: z.literal('feeds'), feeds: z.array(feedViewSchema) }),
  z.object({ type: z.literal('session'), session: sessionViewSchema }),
]);
export type WardEvent = z.output<typeof wardEventSchema>;
/** An event as it crosses. */
export type SentWardEvent = z.input<typeof wardEventSchema>;
