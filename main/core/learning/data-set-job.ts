/** What the thread that builds a data set is asked and answers, apart from the code that builds. */
import { z } from 'zod';

export const dataSetJobSchema = z.object({
  userDataDir: z.string(),
  nativeBinding: z.string().nullable(),
  id: z.string(),
  /** A folder that does not exist yet. */
  out: z.string(),
  seed: z.number().int(),
  synthetic: z.number().int(),
  program: z.string(),
  /** What people put right, opened for the thread, which has no key. */
  corrections: z.array(
    z.object({
      act: z.string(),
      explanationId: z.string(),
      personId: z.string(),
      hole: z.number().int(),
      text: z.string(),
    }),
  ),
});
export type DataSetJob = z.infer<typeof dataSetJobSchema>;

export const builtDataSetSchema = z.object({
  sha256: z.string(),
  manifest: z.string(),
  /** Random ids of the patients whose care is in it. */
  subjects: z.array(z.string()),
  /** Acts of the review desk that are in it. */
  acts: z.array(z.string()),
});
export type BuiltDataSet = z.infer<typeof builtDataSetSchema>;

export const PREVIEW_FILE = 'preview.jsonl';
export const BALANCE_FILE = 'balance.json';
export const MANIFEST_FILE = 'manifest.json';
