/** What the thread that reads the guide's figures is asked, and what it answers. */
import { z } from 'zod';
import { EXPLANATION_OUTCOMES, SENTENCE_RESULTS } from '../../../app/monitoring/catalogue.ts';

export const guideJobSchema = z.object({
  userDataDir: z.string(),
  nativeBinding: z.string().nullable(),
  fromMs: z.number(),
});

const count = z.number().int().min(0);
export const countedSchema = z.object({
  explanations: z.array(
    z.object({
      startedMs: z.number(),
      outcome: z.enum(EXPLANATION_OUTCOMES),
      completeMs: z.number().nullable(),
      confidence: z.number().nullable(),
      sentences: z.record(z.enum(SENTENCE_RESULTS), count),
      violations: count,
    }),
  ),
  ratings: z.array(
    z.object({ helpfulness: z.number(), accuracy: z.enum(['accurate', 'inaccurate', 'unsure']) }),
  ),
});
export type CountedGuide = z.output<typeof countedSchema>;
