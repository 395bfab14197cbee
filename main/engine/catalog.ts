/** The catalogue of models this program knows: where each comes from, what it needs, what its licence asks. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { confidenceThresholdsSchema } from '../../app/contract/engine.ts';
import { embedderEntrySchema } from '../../app/knowledge/embedder-entry.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Largest adapter that comes with the program, in bytes. Ours: it is kept in the repository. */
const MOST_SHIPPED_BYTES = 8 * 2 ** 20;

export const catalogEntrySchema = z.object({
  name: z.string().min(1),
  /** Name of the file in the models folder: no path, so that nothing outside the folder can be named. */
  file: z.string().regex(/^[\w.-]+\.gguf$/),
  default: z.boolean(),
  /** `embedded`: the everyday model; `standard`: the clinical one; `alternate`: for a server. */
  role: z.enum(['embedded', 'standard', 'alternate']),
  /** How it may run: in the program's process, in a child on plain Node, or on a server only. */
  runs: z.enum(['in-process', 'isolated', 'server']),
  licence: z.object({
    name: z.string(),
    url: z.url(),
    /** What the licence asks of whoever ships or shows the model. */
    duties: z.array(z.string()),
  }),
  languages: z.array(z.string().length(2)).min(1),
  parametersMillions: z.number().positive(),
  quantisation: z.string(),
  /** Null where nobody has seen the file yet. */
  sizeBytes: z.number().int().positive().nullable(),
  /** Null: pinned at the first import by two approvers, never guessed. */
  sha256: sha256.nullable(),
  contextTokens: z.number().int().positive(),
  /** Resident memory while it runs with this program's context. */
  memoryMebibytes: z.number().int().positive(),
  promptFormat: z.enum(['chatml', 'llama3', 'alpaca']),
  sources: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('hub'), repository: z.string(), file: z.string() }),
      z.object({
        kind: z.literal('python-package'),
        package: z.string(),
        version: z.string(),
        member: z.string(),
      }),
    ]),
  ),
  /**
   * What its probabilities mean, without a trained adapter: measured by `verify -- grid` when it was admitted to the
   * catalogue. Left out: not measured, and nothing is withheld by probability.
   */
  thresholds: confidenceThresholdsSchema.exactOptional(),
  /** The trained adapter that comes with the program for this model, in `resources/adapters`; left out: none does. */
  adapter: z
    .object({
      /** As an explanation names it. */
      version: z.string().min(1),
      file: z.string().regex(/^[\w.-]+\.gguf$/),
      sizeBytes: z.number().int().positive().max(MOST_SHIPPED_BYTES),
      sha256,
      /** Of the weights that it was trained on. */
      baseSha256: sha256,
    })
    .exactOptional(),
  notes: z.string().optional(),
});
export type CatalogEntry = z.infer<typeof catalogEntrySchema>;

export const catalogSchema = z
  .object({
    version: z.literal(1),
    models: z.array(catalogEntrySchema).min(1),
    embedder: embedderEntrySchema,
  })
  .refine(({ models }) => models.filter((model) => model.default).length === 1, 'exactly one default')
  .refine(({ models }) => new Set(models.map(({ file }) => file)).size === models.length, 'one entry a file');
export type Catalog = z.infer<typeof catalogSchema>;

/** Reads and validates the catalogue. Rejects with what is wrong: a program without it is a broken install. */
export async function readCatalog(file: string): Promise<Catalog> {
  return catalogSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The entry of that name or file name, or the default where no name is given. */
export function catalogEntry(catalog: Catalog, name: string | null): CatalogEntry | null {
  const matches = (entry: CatalogEntry) =>
    name === null ? entry.default : entry.name === name || entry.file === name;
  return catalog.models.find(matches) ?? null;
}
