/** What the isolated engine is started with: its only argument, as JSON. */
import { z } from 'zod';

export const isolatedRequestSchema = z.object({
  catalogFile: z.string(),
  modelsDirectory: z.string(),
  model: z.string().nullable(),
  adapterFile: z.string().nullable(),
  shippedAdapters: z.string().optional(),
  threads: z.number().int().min(1),
  recordDirectory: z.string().nullable(),
  /** The helper that tries a model first; null: none does. */
  smokeScript: z.string().nullable(),
  smokeTimeoutMs: z.number().int().positive(),
});
export type IsolatedRequest = z.infer<typeof isolatedRequestSchema>;
