/** What `bench -- explain` and the processes that write explanations say to each other: JSON, a line each. */
import { z } from 'zod';

/** How much is known before the alert: nothing, the fixed beginning, or facts and literals too. */
export const PREPARATIONS = ['cold', 'warm', 'speculative'] as const;
export type Preparation = (typeof PREPARATIONS)[number];

export const contenderStartSchema = z.object({
  modelFile: z.string(),
  threads: z.number().int().positive(),
  contextTokens: z.number().int().positive(),
});
export type ContenderStart = z.infer<typeof contenderStartSchema>;

export const writeRequestSchema = z.object({
  /** Alert of the grid. */
  alert: z.number().int().min(0),
  preparation: z.enum(PREPARATIONS),
  layout: z.enum(['serial', 'parallel']),
  /** False: the model writes every word itself, in one piece, as long as the literals and holes together. */
  literals: z.boolean(),
  /** Tokens that a peer writes; ours writes what its plan says. */
  tokens: z.number().int().min(0),
  /** Sentences among those tokens, for where a text has no full stop. */
  sentences: z.number().int().min(1),
});
export type WriteRequest = z.infer<typeof writeRequestSchema>;

export const writtenSchema = z.object({
  /** Milliseconds from the alert to the first sentence (ours: verified) and to the last. */
  firstMs: z.number(),
  completeMs: z.number(),
  /** Tokens of the answer: forced and sampled. */
  forced: z.number(),
  sampled: z.number(),
  sentences: z.number(),
  /** Sentences shown as the model wrote them; null where nobody verifies. */
  shown: z.number().nullable(),
});
export type Written = z.infer<typeof writtenSchema>;

/** A sentence has ended at its mark or line, or where it is as long as the others are on average. */
export function firstSentenceEnded(text: string, tokens: number, request: WriteRequest): boolean {
  return /\p{L}{2,}.*[.!?।\n]/su.test(text) || tokens >= request.tokens / request.sentences;
}
