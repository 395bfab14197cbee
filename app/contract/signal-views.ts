/** What screens are shown of changes and trends. */
import { z } from 'zod';
import { SOURCE_KINDS } from '../observation/observation.ts';
import { NUMERIC_VITALS, VITALS, type Vital } from '../observation/vital.ts';
import { asText } from './as-text.ts';

export const vitalSchema = z.enum(VITALS as readonly [Vital, ...Vital[]]);

/** A fall or a rise over the time before now, of a value that is not missing now. */
export const changeViewSchema = z.object({
  rule: z.enum(['spo2-fall', 'hr-rise']),
  /** Whether readings cover the whole time; else the change is at least so much. */
  covered: z.boolean(),
  amount: z.number(),
  /** The earlier value that it is counted from. */
  comparedWith: z
    .object({
      vital: z.enum(NUMERIC_VITALS),
      value: z.number(),
      source: z.object({ kind: z.enum(SOURCE_KINDS), name: z.string() }),
      ageMs: z.number(),
      by: z.enum(['median', 'last', 'single']),
    })
    .nullable(),
});
export type ChangeView = z.infer<typeof changeViewSchema>;

const window = {
  vital: vitalSchema,
  windowMs: z.number(),
  readings: z.number().int(),
  /** Stretches of the window without a reading: milliseconds before the view was made (negative). */
  gaps: z.array(z.object({ fromMs: z.number(), toMs: z.number() })).readonly(),
};

/** The median slope of a number over a stated window, or that there are too few readings for one. */
export const trendSchema = z.discriminatedUnion('state', [
  z.object({
    ...window,
    state: z.literal('known'),
    direction: z.enum(['rising', 'falling', 'steady']),
    /** Change per hour in the vital's unit. */
    perHour: z.number(),
    spanMs: z.number(),
  }),
  z.object({ ...window, state: z.literal('too-few') }),
]);
export type TrendView = z.infer<typeof trendSchema>;

/** The trends of a bed's numbers, as text; what was never read has none. */
const trendRecordSchema = z.partialRecord(z.enum(['rr', 'spo2', 'sbp', 'hr', 'temp']), trendSchema);
export const trendsSchema = asText(trendRecordSchema);
