/** The envelopes of the contract on a channel. */
import { z } from 'zod';
import { appErrorSchema } from './outcome.ts';

export const requestSchema = z.object({
  kind: z.enum(['command', 'query']),
  /** Answers are matched by it. */
  id: z.string().min(1).max(64),
  name: z.string().max(64),
  params: z.unknown(),
  /** Commands only: a repeated command with the same key is answered, not done again. */
  idempotencyKey: z.string().min(8).max(64).optional(),
});
export type Request = z.infer<typeof requestSchema>;

/** What the core sends: an answer to a request, or an event with its number in this terminal's stream. */
export const messageFromCoreSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    id: z.string(),
    outcome: z.union([
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), error: appErrorSchema }),
    ]),
  }),
  z.object({ kind: z.literal('event'), sequence: z.number().int(), event: z.unknown() }),
]);
export type MessageFromCore = z.infer<typeof messageFromCoreSchema>;
