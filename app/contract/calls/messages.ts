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
const messageContent = z.object({
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
  /** Of a merge: the number that is no longer used, and who has it here; null for every other message. */
  absorbed: z
    .object({
      identifier: z.string(),
      name: z.string().nullable(),
      birthDate: z.string().nullable(),
      bed: z.string().nullable(),
    })
    .nullable(),
});
export type MessageContent = z.infer<typeof messageContent>;

export const messageShownSchema = waitingMessageSchema.extend({
  ...messageContent.shape,
  /** The message that came first under the same control id; null where there is none, or it is no longer kept. */
  earlier: messageContent.extend({ receivedAt: z.string() }).nullable(),
  /** The patient in the bed that it names, or known by its number: a proposal, never a choice made. */
  likely: z.string().nullable(),
  /** Why it can only be discarded; null where it can be released. */
  onlyDiscard: z.string().nullable(),
});
export type MessageShown = z.infer<typeof messageShownSchema>;

const discardReason = z.string().trim().min(1).max(4096);
const alikeResult = z.object({
  /** Messages that were decided about by this call. */
  messages: z.number().int(),
  next: messageId.nullable(),
});

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
      reason: discardReason,
    }),
    result: nothing,
  },
  /**
   * The same for all that are held under the same reason and that name the same sender, bed and hospital number, oldest
   * first: `after` null, then the `next` of the answer before until it is null. Messages about a stay are not among them.
   */
  'message.release-alike': {
    permission: 'resolve-messages',
    params: z.object({ messageId, patientId: id, after: messageId.nullable() }),
    result: alikeResult,
  },
  'message.discard-alike': {
    permission: 'resolve-messages',
    params: z.object({ messageId, reason: discardReason, after: messageId.nullable() }),
    result: alikeResult,
  },
} as const satisfies Commands;

export const messagesQueries = {
  /** `keptDays`: what nobody has decided about by then is discarded. */
  'messages.waiting': {
    params: nothing,
    result: z.object({ messages: z.array(waitingMessageSchema), keptDays: z.number().int() }),
  },
  /** Audited: it shows a name. */
  'message.show': {
    permission: 'resolve-messages',
    params: z.object({ messageId }),
    result: messageShownSchema,
  },
} as const satisfies Queries;
