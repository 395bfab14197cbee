/** What screens are shown of signals, trends and what a score rests on. */
import { z } from 'zod';
import { SOURCE_KINDS } from '../observation/observation.ts';
import { NUMERIC_VITALS, VITALS, type Vital } from '../observation/vital.ts';
import { NEWS2_PARAMETERS } from '../scoring/score.ts';
import { SIGNAL_NOT_APPLICABLE_REASONS, SIGNAL_RULES } from '../scoring/signals.ts';

export const vitalSchema = z.enum(VITALS as readonly [Vital, ...Vital[]]);

/** One value that a score or a signal rests on, with its source and its age when the view was made. */
export const signalInputSchema = z.object({
  vital: vitalSchema,
  value: z.union([z.number(), z.boolean(), z.string()]),
  source: z.object({
    kind: z.enum(SOURCE_KINDS),
    mode: z.enum(['streamed', 'cuff', 'charted']),
    name: z.string(),
  }),
  state: z.enum(['current', 'stale']),
  ageMs: z.number(),
  by: z.enum(['median', 'last', 'single']),
  ambiguous: z.boolean(),
});

/** As `signalInputSchema`, of a parameter of NEWS2. */
export const scoreInputSchema = signalInputSchema.extend({ parameter: z.enum(NEWS2_PARAMETERS) });

const rests = {
  rule: z.enum(SIGNAL_RULES),
  inputs: z.array(signalInputSchema).readonly(),
  oldestAgeMs: z.number().nullable(),
  current: z.boolean(),
  /** The earlier value that a change is counted from. */
  comparedWith: z
    .object({
      vital: z.enum(NUMERIC_VITALS),
      value: z.number(),
      source: z.object({ kind: z.enum(SOURCE_KINDS), name: z.string() }),
      ageMs: z.number(),
      by: z.enum(['median', 'last', 'single']),
    })
    .nullable(),
};

/** A value that is computed beside NEWS2: complete, incomplete with what is certain, or not applicable. */
export const signalSchema = z.discriminatedUnion('state', [
  z.object({
    ...rests,
    state: z.literal('complete'),
    value: z.number(),
    measured: z.boolean().exactOptional(),
  }),
  z.object({
    ...rests,
    state: z.literal('incomplete'),
    atLeast: z.number().nullable(),
    missing: z.array(vitalSchema).readonly(),
  }),
  z.object({
    rule: z.enum(SIGNAL_RULES),
    state: z.literal('not-applicable'),
    reason: z.enum(SIGNAL_NOT_APPLICABLE_REASONS),
  }),
]);
export type SignalView = z.infer<typeof signalSchema>;

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

/** The trends of a bed's numbers; what was never read has none. */
export const trendsSchema = z.partialRecord(z.enum(['rr', 'spo2', 'sbp', 'hr', 'temp']), trendSchema);
