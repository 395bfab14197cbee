/** Why what a run left is not taken. */
import { z } from 'zod';

export const ARTEFACT_REFUSALS = [
  'missing',
  'link',
  'name',
  'oversized',
  'truncated',
  'altered',
  'foreign',
  'unreadable',
  'no-space',
] as const;
export const artefactRefusalSchema = z.object({
  code: z.enum(ARTEFACT_REFUSALS),
  /** The file, as far as it has a name that can be shown; else empty. */
  file: z.string(),
});
export type ArtefactRefusal = z.infer<typeof artefactRefusalSchema>;
