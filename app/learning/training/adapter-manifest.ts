/** What a finished run says of itself: written last, so that without it nothing of the run is used. */
import { z } from 'zod';
import { artefactFileSchema, trainingFiguresSchema } from './event.ts';

export const ADAPTER_MANIFEST_FORMAT = 'medobsmind-adapter-1';
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const count = z.number().int().min(0);

export const adapterManifestSchema = z.object({
  format: z.literal(ADAPTER_MANIFEST_FORMAT),
  /** The trainer's version. */
  trainer: z.string(),
  /** Of configuration, data set and base: two runs with the same one trained the same. */
  identity: sha256,
  method: z.enum(['sft', 'dpo']),
  base: z.object({ name: z.string(), sha256 }),
  dataSet: z.object({
    id: z.string(),
    /** Of the data set's manifest, which holds the hash of each file. */
    sha256,
    promptFormat: z.enum(['chatml', 'llama3', 'alpaca']),
    layout: z.enum(['serial', 'parallel']),
    examples: count,
    heldOut: count,
    tooLong: count,
  }),
  seed: count,
  lora: z.object({ r: count, alpha: z.number(), targets: z.array(z.string()).min(1) }),
  training: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Hash of the adapter that was trained further: its lineage. */
  continuedFrom: sha256.nullable(),
  figures: trainingFiguresSchema,
  versions: z.record(z.string(), z.string().nullable()),
  files: z.array(artefactFileSchema).min(1),
});
export type AdapterManifest = z.infer<typeof adapterManifestSchema>;

/** The file that the engine loads. */
export const ADAPTER_GGUF_FILE = 'adapter.gguf';
