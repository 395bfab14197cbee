/** The trained adapters that an engine may write with: told by the core, which alone knows what was signed. */
import { z } from 'zod';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const engineAdapterSchema = z.object({
  /** Of the file's bytes; the engine checks it before it loads them. */
  sha256,
  file: z.string(),
  /** As an explanation names it. */
  version: z.string(),
});
export type EngineAdapter = z.infer<typeof engineAdapterSchema>;

/** At most these at a time: in use, the one before, one on trial, one at the gates, and room for a switch. Ours. */
const MOST_ADAPTERS = 8;

export const engineAdaptersSchema = z.object({
  /** Hash of the one in use; null: what came with the program, or none. */
  inUse: sha256.nullable(),
  known: z.array(engineAdapterSchema).max(MOST_ADAPTERS),
});
export type EngineAdapters = z.infer<typeof engineAdaptersSchema>;
