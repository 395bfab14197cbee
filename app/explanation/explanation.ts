/** The shapes of facts, sentences and explanations: one schema each, for toolbox, wire, files and store. */
import { z } from 'zod';
import { alertRuleSchema } from '../alerting/alert.ts';
import { NEWS2_PARAMETERS, scoreSchema, vitalsSchema } from '../scoring/score.ts';

/** What the verifier objects to. Rules in `verifier/`, each with its source and examples. */
export const FINDING_RULES = [
  'number',
  'unit',
  'direction',
  'trend',
  'unmeasured',
  'diagnosis',
  'directive',
  'dismissal',
  'certainty',
  'contradiction',
  'citation',
  'identifier',
  'form',
  'unlicensed',
] as const;
export type FindingRule = (typeof FINDING_RULES)[number];

export const findingSchema = z.object({
  rule: z.enum(FINDING_RULES),
  sentence: z.number().int().min(0),
  /** UTF-16 offsets in the text that was checked. */
  span: z.tuple([z.number().int(), z.number().int()]),
  message: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const sentenceSchema = z.object({
  text: z.string(),
  parts: z.array(z.object({ kind: z.enum(['literal', 'hole']), text: z.string() })),
  source: z.enum(['rule', 'guided', 'approved', 'free']),
  verdict: z.enum(['shown', 'withheld']),
  findings: z.array(findingSchema),
  /** What the model wrote before verification. Kept in the record; never sent to a bedside screen. */
  raw: z.string().nullable(),
  citations: z.array(z.string()),
  /** exp of the mean log-probability of the sampled tokens under the model's own distribution; null where no token was sampled. */
  probability: z.number().min(0).max(1).nullable(),
});
export type Sentence = z.infer<typeof sentenceSchema>;

/** What made an alert ring, as it was at that moment. Units as in `Signal`; a total for the rules on NEWS2. */
const triggerFactsSchema = z.object({
  rule: alertRuleSchema,
  /** The parameter that scores 3, for `single-red`. */
  parameter: z.enum(NEWS2_PARAMETERS).nullable(),
  value: z.number().nullable(),
  /** The value is what is certain; something missing may make it more. */
  at_least: z.boolean(),
  threshold: z.number().nullable(),
  /** How long it had held when it rang. */
  held_minutes: z.number().min(0),
  /** For a change: what was compared, and the rule's window. */
  change: z
    .object({
      from: z.number(),
      to: z.number(),
      minutes: z.number().min(0),
      window_minutes: z.number().positive(),
    })
    .nullable(),
  /** A mean pressure: the monitor's own (`measured`), or computed from two pressures. Null for every other rule. */
  mean: z
    .union([
      z.object({ measured: z.literal(true) }),
      z.object({ measured: z.literal(false), sbp: z.number(), dbp: z.number() }),
    ])
    .nullable(),
  /** `news2-rise`: the total that somebody acknowledged last. */
  acknowledged_total: z.number().int().min(0).max(20).nullable(),
});
export type TriggerFacts = z.infer<typeof triggerFactsSchema>;

/** A text that a sentence may cite, and the version of the card that it stands on; a text from elsewhere has no card. */
export const passageSchema = z.object({
  id: z.string(),
  text: z.string(),
  card: z.object({ id: z.string(), version: z.number().int(), title: z.string() }).exactOptional(),
});
export type FactsPassage = z.infer<typeof passageSchema>;

/** What an explanation may speak of: no identity, only the record. Only `vitals` is required; the rest is computed where absent. */
export const factsSchema = z.object({
  vitals: vitalsSchema,
  previous: z.object({ vitals: vitalsSchema, minutes_ago: z.number().min(0) }).nullish(),
  news2: scoreSchema.optional(),
  derived: z.object({ map: z.number().nullish(), shock_index: z.number().nullish() }).optional(),
  policy: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  passages: z.array(passageSchema).optional(),
  /** Readings that counted though they were no longer current, with their age. Left out: all were current. */
  stale: z
    .array(z.object({ parameter: z.enum(NEWS2_PARAMETERS), minutes_old: z.number().min(0) }))
    .optional(),
  /** The median slope of a number over a stated window, of at least three readings. Left out: none is known. */
  trends: z
    .array(
      z.object({
        parameter: z.enum(['rr', 'spo2', 'sbp', 'hr', 'temp']),
        direction: z.enum(['rising', 'falling', 'steady']),
        /** In the vital's unit, two decimals; positive is rising. */
        per_hour: z.number(),
        window_minutes: z.number().positive(),
        /** From the first to the last reading; left out: the whole window. */
        span_minutes: z.number().positive().exactOptional(),
        readings: z.number().int().min(3),
      }),
    )
    .optional(),
  /** What made the alert ring. Left out: the facts belong to no alert. */
  trigger: triggerFactsSchema.optional(),
  /** Parameters that the monitor says it cannot measure now. */
  unavailable: z.array(z.enum(NEWS2_PARAMETERS)).optional(),
});
export type FactsInput = z.infer<typeof factsSchema>;

/** How much an explanation tells, and to whom. */
export const EXPLANATION_DEPTHS = ['bedside', 'doctor', 'education'] as const;
export type ExplanationDepth = (typeof EXPLANATION_DEPTHS)[number];

/** What a site lets be read: approved phrases alone, the model behind literals, or its whole sentences. */
export const TEXT_POLICIES = ['approved', 'guided', 'free'] as const;
export type TextPolicy = (typeof TEXT_POLICIES)[number];

export const CONFIDENCE_POLICIES = ['shown', 'uncertain', 'withheld'] as const;

export const explanationStatusSchema = z.enum(['queued', 'writing', 'complete', 'rules-only', 'stopped']);
/** Why an explanation has only its rule text. */
export const rulesOnlyReasonSchema = z.enum([
  'model-missing',
  'model-language',
  'model-refused',
  'model-loading',
  'engine-failed',
  'engine-timeout',
  'safe-mode',
  'stopped-by-person',
  'superseded',
  'interrupted',
]);
export type RulesOnlyReason = z.infer<typeof rulesOnlyReasonSchema>;
