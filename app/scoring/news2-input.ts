/** The boundary of scoring: what comes from a file, a form or another program is checked here, before a score. */
import { z } from 'zod';
import { type Outcome, ok, refused } from '../contract/outcome.ts';
import { VITAL_RANGES } from '../observation/vital.ts';
import { type Vitals, vitalsSchema } from './score.ts';

/** Oldest age (years) that is taken for an age and not for a typing mistake; ours. */
const MOST_AGE_YEARS = 130;

const news2InputSchema = vitalsSchema.extend({
  age_years: z.number().min(0).max(MOST_AGE_YEARS).nullish(),
  pregnant: z.boolean().nullish(),
});
export type News2Input = z.infer<typeof news2InputSchema>;

const RANGED = ['rr', 'spo2', 'temp_c', 'sbp', 'dbp', 'hr'] as const satisfies readonly (keyof Vitals)[];

/**
 * Reads the input of a score from outside. Other fields are left out, not refused.
 *
 * Errors: `invalid-request` names the first field of the wrong type (a text, a NaN, an unknown letter of
 * consciousness); `value-implausible` names a number that no living adult can have (limits: `VITAL_RANGES`).
 */
export function readNews2Input(input: unknown): Outcome<News2Input> {
  const parsed = news2InputSchema.safeParse(input);
  if (!parsed.success)
    return refused('invalid-request', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  for (const field of RANGED) {
    const value = parsed.data[field];
    const { least, most } = VITAL_RANGES[field];
    if (value !== null && value !== undefined && (value < least || value > most))
      return refused('value-implausible', { field, value, least, most });
  }
  return ok(parsed.data);
}
