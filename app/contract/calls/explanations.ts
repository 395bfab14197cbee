/** Explanations and their ratings. */
import { z } from 'zod';
import { EXPLANATION_DEPTHS, FINDING_RULES, factsSchema } from '../../explanation/explanation.ts';
import { generationPlanSchema } from '../engine.ts';
import { explanationViewSchema, firedOnSchema, ratingSchema, ratingViewSchema } from '../views.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

/** `bedside` where it is left out. */
const depth = z.enum(EXPLANATION_DEPTHS);

export const explanationsCommands = {
  'explanation.request': {
    permission: 'ask-for-explanations',
    params: z.object({ alertId: id, depth: depth.exactOptional(), again: z.boolean().exactOptional() }),
    result: explanationViewSchema,
  },
  'explanation.stop': {
    permission: 'ask-for-explanations',
    params: z.object({ alertId: id, depth: depth.exactOptional() }),
    result: explanationViewSchema,
  },
  'rating.save': {
    permission: 'rate-explanations',
    params: ratingSchema.extend({ explanationId: id }),
    result: ratingViewSchema,
  },
} as const satisfies Commands;

export const explanationsQueries = {
  'alert.explanation': {
    params: z.object({ alertId: id, depth: depth.exactOptional() }),
    result: z.object({
      explanation: explanationViewSchema.nullable(),
      rating: ratingViewSchema.nullable(),
      /** The facts kept with the alert; null where the core knows no such alert. */
      firedOn: firedOnSchema.nullable(),
    }),
  },
  /** What an explanation was made from: facts, passages, prompt, rules, model and seed. No identity is in it. */
  'explanation.why': {
    params: z.object({ explanationId: id }),
    result: z.object({
      facts: factsSchema,
      /** What the model was given before the answer; null where no model was asked. */
      prompt: z.object({ fixed: z.string(), body: z.string(), sha256: z.string() }).nullable(),
      /** Of each sentence, in order: what stood before the hole; null where there was none. */
      literals: z.array(z.string().nullable()),
      sampling: generationPlanSchema.shape.sampling.nullable(),
      layout: z.enum(['serial', 'parallel']).nullable(),
      rules: z.array(z.enum(FINDING_RULES)),
      /** Model and file as recorded; null where no model wrote. */
      model: explanationViewSchema.shape.model,
    }),
  },
  /**
   * Of each model that wrote what was rated, newest rating first: how its probabilities stand against how accurate
   * people found its explanations. Null where there are too few ratings.
   */
  'explanation.calibration': {
    params: nothing,
    result: z.object({
      least: z.number().int(),
      models: z.array(
        z.object({
          model: z.object({ name: z.string(), sha256: z.string(), adapter: z.string().nullable() }),
          ratings: z.number().int(),
          calibration: z
            .object({
              expectedError: z.number(),
              bins: z.array(
                z.object({
                  from: z.number(),
                  to: z.number(),
                  count: z.number().int(),
                  stated: z.number(),
                  share: z.number(),
                  low: z.number(),
                  high: z.number(),
                }),
              ),
            })
            .nullable(),
        }),
      ),
    }),
  },
  /** Generates again from the record and says whether the same words came; nothing of it is kept or shown. */
  'explanation.replay': {
    permission: 'ask-for-explanations',
    params: z.object({ explanationId: id }),
    result: z.object({
      sameModel: z.boolean(),
      holes: z.number().int(),
      /** Places, from 0, of the sentences whose words came out differently. */
      different: z.array(z.number().int()),
    }),
  },
} as const satisfies Queries;
