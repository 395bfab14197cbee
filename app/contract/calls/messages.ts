/** Messages that wait for a person: held because it is not clear whose they are, or quarantined. */
import { z } from 'zod';
import { vitalSchema } from '../signal-views.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

const messageId = z.number().int().positive();

/** One of the list: nothing of a patient in it. */
export const waitingMessageSchema = z.object({
  id: messageId,
  version: z.number().int(),
  state: z.enum(['held', 'quarantined']),
  receivedAt: z.string(),
  sender: z.string(),
  controlId: z.string(),
  reason: z.string().nullable(),
});
export type WaitingMessage = z.infer<typeof waitingMessageSchema>;

/** What a message itself says, read again from its bytes. */
export const messageShownSchema = waitingMessageSchema.extend({
  /** ORU^R01, ADT^A03, …; null where it is no message that can be read. */
  type: z.string().nullable(),
  name: z.string().nullable(),
  identifier: z.string().nullable(),
  birthDate: z.string().nullable(),
  bed: z.string().nullable(),
  values: z.array(
    z.object({
      vital: vitalSchema,
      value: z.union([z.number(), z.boolean(), z.string()]),
      observedAt: z.string().nullable(),
    }),
  ),
  /** The patient in the bed that it names, or known by its number: a proposal, never a choice made. */
  likely: z.string().nullable(),
  /** Why it can only be discarded; null where it can be released. */
  onlyDiscard: z.string().nullable(),
});
export type MessageShown = z.infer<typeof messageShownSchema>;

export const messagesCommands = {
  /**
   * Its values are of this patient, with the time at which they came; for a message about a patient's stay
   * (`patientId` null) what it says is done now. `changed-meanwhile` where somebody was faster.
   */
  'message.release': {
    permission: 'resolve-messages',
    params: z.object({ messageId, expectedVersion: z.number().int(), patientId: id.nullable() }),
    result: z.object({ taken: z.number().int() }),
  },
  'message.discard': {
    permission: 'resolve-messages',
    params: z.object({
      messageId,
      expectedVersion: z.number().int(),
      reason: z.string().trim().min(1).max(4096),
    }),
    result: nothing,
  },
} as const satisfies Commands;

export const messagesQueries = {
  'messages.waiting': { params: nothing, result: z.object({ messages: z.array(waitingMessageSchema) }) },
  /** Audited: it shows a name. */
  'message.show': {
    permission: 'resolve-messages',
    params: z.object({ messageId }),
    result: messageShownSchema,
  },
} as const satisfies Queries;
