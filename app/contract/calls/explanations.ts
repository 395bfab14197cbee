/** Explanations and their ratings. */
import { z } from 'zod';
import { EXPLANATION_DEPTHS } from '../../explanation/explanation.ts';
import { explanationViewSchema, firedOnSchema, ratingSchema, ratingViewSchema } from '../views.ts';
import { type Commands, id, type Queries } from './shapes.ts';

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
} as const satisfies Queries;
