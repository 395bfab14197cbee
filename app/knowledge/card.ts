/**
 * A knowledge card: one passage that a clinician reads in ten seconds and an explanation may cite. The rules that
 * every card keeps stand here, so that a card that breaks one is refused before anybody reads it.
 */
import { z } from 'zod';
import { ALERT_RULES } from '../alerting/alert.ts';
import { PATTERNS } from '../explanation/facts.ts';

/** Ours: below it a card says too little to cite, above it nobody reads it at the bed. In words of the text. */
export const FEWEST_WORDS = 35;
export const MOST_WORDS = 90;

/** Words between spaces: what a reader counts, in any script. */
export function wordCount(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u, 'small Latin letters, digits and single hyphens');

/**
 * Text for people and prompts alike: no markup, no invisible or direction-changing characters (a card must not say
 * to a model what a reviewer cannot see), Latin digits in every language.
 */
const plain = z
  .string()
  .trim()
  .refine((text) => !/[<>[\]{}*_`#|\\]/u.test(text), 'no markup')
  .refine((text) => !/[\p{Cc}\p{Cf}\p{Co}]/u.test(text), 'no invisible characters')
  .refine((text) => !/(?![0-9])\p{Nd}/u.test(text), 'Latin digits only');

const title = plain.pipe(z.string().min(3).max(80));
const passage = plain.refine((text) => wordCount(text) <= MOST_WORDS, `at most ${MOST_WORDS} words`);
const passageOfFullLength = passage.refine(
  (text) => wordCount(text) >= FEWEST_WORDS,
  `at least ${FEWEST_WORDS} words`,
);

/** What a card answers: a vital and how it stands, an alert rule, or the pattern that the rules see. */
const answerSchema = z.union([
  z.templateLiteral([
    z.enum(['rr', 'spo2', 'sbp', 'hr', 'temp']),
    ' ',
    z.enum(['low', 'high', 'falling', 'rising', 'missing']),
  ]),
  z.enum(['oxygen on', 'oxygen missing', 'consciousness altered', 'consciousness missing']),
  z.templateLiteral(['rule ', z.enum(ALERT_RULES)]),
  z.templateLiteral(['pattern ', z.enum(PATTERNS)]),
  z.literal('any'),
]);

const distinct = <T>(list: readonly T[]): boolean => new Set(list).size === list.length;

export const cardSchema = z.strictObject({
  id: slug.max(40),
  title,
  /** The file that it stands in: what it is filed under. */
  topic: slug,
  answers: z.array(answerSchema).min(1).refine(distinct, 'named twice'),
  /** Other words that the ward has for it; searched, never shown. */
  words: z.array(plain.pipe(z.string().min(2).max(60))).refine(distinct, 'named twice'),
  text: passageOfFullLength,
  /** The same card in Hindi, where somebody has written it; it may need fewer or more words than the English. */
  hindi: z.strictObject({ title, text: passageOfFullLength }).nullable(),
  /** Ids of published sources for what the card says. */
  sources: z.array(slug).min(1).refine(distinct, 'named twice'),
  /** Month in which somebody last held the card against its sources. */
  reviewed: z.string().regex(/^20\d\d-(?:0[1-9]|1[0-2])$/u, 'a month such as 2026-11'),
  /** Grows by one with every change of meaning. */
  version: z.coerce.number().int().positive(),
});
export type Card = z.infer<typeof cardSchema>;

/** A published document that cards rest on. */
export const sourceSchema = z.strictObject({
  id: slug,
  organisation: z.string().min(2),
  title: z.string().min(5),
  /** Year of publication. */
  year: z.number().int().min(1950).max(2100),
});
export type Source = z.infer<typeof sourceSchema>;

/** `library.json`: the sources, and under which terms the cards may be passed on. */
export const libraryFileSchema = z.strictObject({
  format: z.literal('medobsmind-knowledge-1'),
  version: z.number().int().positive(),
  /** SPDX identifier of the cards' own licence. */
  licence: z.string().min(3),
  /** What was taken from the sources, and what was not. */
  note: z.string().min(20),
  sources: z.array(sourceSchema).min(1),
});

/** One line of `questions.jsonl`: a question as somebody on the ward asks it, and every card that answers it. */
export const questionSchema = z.strictObject({
  question: z.string().min(8).max(240),
  language: z.enum(['en', 'hi', 'mixed']),
  cards: z.array(slug).min(1).max(4).refine(distinct, 'named twice'),
});
