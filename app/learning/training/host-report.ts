/** What the trainer's host check finds, as `python -m medobsmind_trainer check-host --json` tells it. */
import { z } from 'zod';

export const hostReportSchema = z.object({
  format: z.literal('medobsmind-host-1'),
  /** `trial`: no GPU; the small model can be trained to try everything out. */
  fit: z.enum(['fit', 'trial', 'unfit']),
  findings: z.array(
    z.object({
      what: z.enum(['gpu', 'driver', 'memory', 'disk', 'python', 'versions']),
      ok: z.boolean(),
      found: z.string(),
      /** What is wrong and what to do; empty where nothing is. */
      words: z.string(),
    }),
  ),
});
export type HostReport = z.infer<typeof hostReportSchema>;
