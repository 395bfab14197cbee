/** The shapes of a NEWS2 score, the same in the store, on the wire, in the toolbox and on the screen. */
import { z } from 'zod';
import { ACVPU } from '../observation/vital.ts';

/** The seven parameters of the chart, in its order. */
export const NEWS2_PARAMETERS = ['rr', 'spo2', 'oxygen', 'sbp', 'hr', 'consciousness', 'temp'] as const;
export type News2Parameter = (typeof NEWS2_PARAMETERS)[number];

/** The toolbox's vitals: anything may be null or absent, which means missing. Units: /min, %, °C, mmHg. */
export const vitalsSchema = z.object({
  rr: z.number().nullish(),
  spo2: z.number().nullish(),
  spo2_scale: z.union([z.literal(1), z.literal(2)]).nullish(),
  on_oxygen: z.boolean().nullish(),
  temp_c: z.number().nullish(),
  sbp: z.number().nullish(),
  dbp: z.number().nullish(),
  hr: z.number().nullish(),
  acvpu: z.enum(ACVPU).nullish(),
});
export type Vitals = z.infer<typeof vitalsSchema>;

/** The vital each missing parameter is named by, as the toolbox names it. */
export const VITAL_OF_PARAMETER = {
  rr: 'rr',
  spo2: 'spo2',
  oxygen: 'on_oxygen',
  sbp: 'sbp',
  hr: 'hr',
  consciousness: 'acvpu',
  temp: 'temp_c',
} as const satisfies Record<News2Parameter, keyof Vitals>;

const points = z.partialRecord(z.enum(NEWS2_PARAMETERS), z.number().int().min(0).max(3));
const missingVital = z.enum(['rr', 'spo2', 'on_oxygen', 'sbp', 'hr', 'acvpu', 'temp_c']);

export const RISKS = ['low', 'low-medium', 'medium', 'high'] as const;
export const NOT_APPLICABLE_REASONS = ['under-16', 'pregnant'] as const;

export const scoreSchema = z.union([
  z.object({
    complete: z.literal(true),
    total: z.number().int().min(0).max(20),
    points,
    red_parameters: z.array(z.enum(NEWS2_PARAMETERS)),
    risk: z.enum(RISKS),
    min_monitoring: z.enum(['12h', '4-6h', '1h', 'continuous']),
    response: z.enum(['ward-based', 'urgent-ward-based', 'urgent', 'emergency']),
  }),
  z.object({
    complete: z.literal(false),
    min_total: z.number().int().min(0).max(20),
    missing: z.array(missingVital),
    points,
    red_parameters: z.array(z.enum(NEWS2_PARAMETERS)),
    /**
     * Parameters that were measured but whose points hang on a missing one: a saturation of 93 % or more on
     * scale 2 while nobody has said whether the patient is on oxygen. The lower bound counts the least (0).
     */
    undetermined: z.array(z.enum(NEWS2_PARAMETERS)).exactOptional(),
  }),
  z.object({ applicable: z.literal(false), reason: z.enum(NOT_APPLICABLE_REASONS) }),
]);
export type Score = z.infer<typeof scoreSchema>;
export type ApplicableScore = Exclude<Score, { applicable: false }>;

export function isApplicable(score: Score): score is ApplicableScore {
  return !('applicable' in score);
}

/** The total, or the lower bound of an incomplete score; null where no score applies. */
export function leastTotal(score: Score): number | null {
  if (!isApplicable(score)) return null;
  return score.complete ? score.total : score.min_total;
}
