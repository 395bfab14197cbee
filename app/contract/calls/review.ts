/** The review desk: a queue, one item of it, what a person says of it, and how far people agree. */
import { z } from 'zod';
import { alertRuleSchema } from '../../alerting/alert.ts';
import { factsSchema } from '../../explanation/explanation.ts';
import { PAIR_CHOICES } from '../../review/pairs.ts';
import { ACCURACIES } from '../../review/review.ts';
import { languageSchema, ratingSchema, sentenceViewSchema } from '../views.ts';
import { type Commands, id, nothing, type Queries } from './shapes.ts';

const permission = 'review-explanations';
const count = z.number().int().min(0);
/** Names an item of a queue and nothing that a person should not know of it. */
const item = z.string().min(1).max(160);
/** Half an hour at most: who leaves the desk does not review. */
export const SPENT_MOST_MS = 30 * 60_000;
const spentMs = z.number().int().min(0).max(SPENT_MOST_MS);
const act = z.object({ actId: id });
const rating = ratingSchema.extend({ item, spentMs });

const kinds = z.enum(['rate', 'pair', 'settle']);
const modelSchema = z
  .object({ name: z.string(), sha256: z.string(), adapter: z.string().nullable() })
  .nullable();

export const reviewCommands = {
  'review.rate': { permission, params: rating, result: act },
  /** Puts the model's words of one sentence right. `text-blocked` where the verifier does not let the new ones pass. */
  'review.correct': {
    permission,
    params: z.object({
      item,
      /** Of a pair: which text. */
      side: z.enum(['left', 'right']).nullable(),
      /** Place of the sentence, from 0. */
      sentence: count,
      /** What should stand behind the part that is by code. */
      text: z.string().trim().min(1).max(380),
      spentMs,
    }),
    result: act.extend({
      /** As it is kept and as it would be taught. */
      text: z.string(),
      /** The words before are the other half of a pair; false: there were none that a person could read. */
      pair: z.boolean(),
    }),
  },
  'review.choose': {
    permission,
    params: z.object({ item, choice: z.enum(PAIR_CHOICES), spentMs }),
    /** Who wrote which, which is told now. */
    result: act.extend({ left: modelSchema, right: modelSchema }),
  },
  /** The last word on a text about which raters disagree. */
  'review.settle': { permission: 'settle-reviews', params: rating, result: act },
  /** Takes back what oneself said, until it has left in a data set. */
  'review.withdraw': { permission, params: z.object({ actId: id }), result: nothing },
} as const satisfies Commands;

const side = z.object({
  /** A withheld sentence has no words here. */
  sentences: z.array(sentenceViewSchema),
  /** Of each sentence, what it begins with by code where a person may put the rest right; null: it may not. */
  open: z.array(z.object({ literal: z.string(), words: z.string() }).nullable()),
});

const agreement = z.object({
  alpha: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  units: count,
});
const rater = z.object({
  rated: count,
  repeats: count,
  repeatsAlike: count,
  known: count,
  knownAlike: count,
  corrections: count,
  choices: count,
  medianMs: z.number().nullable(),
});

export const reviewQueries = {
  'review.queue': {
    permission,
    params: nothing,
    result: z.object({
      items: z.array(
        z.object({
          item,
          kind: kinds,
          rule: alertRuleSchema,
          /** `complete` false: the total is the least that it can be. Null: there was no score. */
          score: z.object({ total: count, complete: z.boolean() }).nullable(),
        }),
      ),
      /** Items of a whole day. */
      target: count,
      /** What the person did today, and how long it took. */
      done: count,
      spentMs: count,
      /** The person's own last ninety days. */
      own: rater,
      /** The last act of today that can still be taken back. */
      last: act.extend({ item }).nullable(),
    }),
  },
  /** `not-allowed-now` where the person treated this alert or has answered already. */
  'review.item': {
    permission,
    params: z.object({ item }),
    result: z.object({
      kind: kinds,
      language: languageSchema,
      rule: alertRuleSchema,
      ruleText: z.string(),
      facts: factsSchema.pick({ vitals: true, news2: true, previous: true, stale: true }),
      /** One, or the two of a pair, the left one first. Who wrote them is not told. */
      sides: z.array(side),
      /** What the raters said, to whoever settles it. */
      opinions: z.array(z.object({ helpfulness: z.number().int(), accuracy: z.enum(ACCURACIES) })),
    }),
  },
  'review.agreement': {
    permission: 'settle-reviews',
    params: nothing,
    result: z.object({
      /** What is wanted before anything is concluded. */
      wanted: z.number(),
      helpfulness: agreement,
      accuracy: agreement,
      shared: count,
      alike: count,
      settled: count,
      open: count,
      raters: z.array(rater.extend({ personId: id, name: z.string(), role: z.string() })),
      models: z.array(
        z.object({
          model: modelSchema.unwrap(),
          ratings: count,
          helpfulness: z.number(),
          accurate: z.number(),
          chosen: count,
          against: count,
        }),
      ),
    }),
  },
} as const satisfies Queries;
