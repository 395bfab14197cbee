/** What the model catalogue says of the embedder of the knowledge library. */
import { z } from 'zod';

export const embedderEntrySchema = z.object({
  name: z.string().min(1),
  /** Name of the file in the models folder: no path. */
  file: z.string().regex(/^[\w.-]+\.embedder$/),
  sizeBytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  dimensions: z.number().int().positive(),
  licence: z.object({ name: z.string(), duties: z.array(z.string()) }),
  languages: z.array(z.string().length(2)).min(1),
  /** The model that it was distilled from, and the package that carries that model. */
  source: z.object({ model: z.string(), package: z.string(), version: z.string(), member: z.string() }),
  notes: z.string(),
});
