/**
 * The bank of approved phrases: what stands behind a literal where the model's own words may not, by vital,
 * direction and pattern. Reviewed words, and verified all the same each time before they are read.
 */
import { z } from 'zod';
import { NEWS2_PARAMETERS } from '../scoring/score.ts';
import { type Facts, isNumericParameter, PATTERNS } from './facts.ts';
import type { PlannedSentence } from './plan.ts';

const phraseSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]+$/),
  slot: z.enum(['driver', 'summary', 'check', 'consider', 'weigh']),
  /** Null fits every one. */
  vital: z.enum(NEWS2_PARAMETERS).nullable(),
  direction: z.enum(['low', 'high']).nullable(),
  pattern: z.enum(PATTERNS).nullable(),
  /** Follows the literal after a space and ends its sentence. */
  text: z.object({ en: z.string().min(1), hi: z.string().min(1) }),
  source: z.string().min(1),
  reviewed: z.object({ by: z.string().min(1), on: z.iso.date(), next: z.iso.date() }),
  version: z.number().int().min(1),
});
export type Phrase = z.infer<typeof phraseSchema>;

const bankSchema = z.object({ format: z.literal('medobsmind-phrases-1'), phrases: z.array(phraseSchema) });

export type PhraseBank = readonly Phrase[];

/** Without a bank a withheld sentence keeps its rule sentence. */
export const NO_PHRASES: PhraseBank = [];

/** Reads a bank from its file's JSON. Throws a `ZodError` or a `SyntaxError` that says where it is wrong. */
export function readPhraseBank(json: string): PhraseBank {
  const { phrases } = bankSchema.parse(JSON.parse(json));
  const ids = new Set(phrases.map(({ id }) => id));
  if (ids.size !== phrases.length) throw new SyntaxError('two phrases have the same id');
  return phrases;
}

/** The phrases that fit a sentence of these facts, those made for its pattern first, then in the bank's order. */
export function fittingPhrases(bank: PhraseBank, planned: PlannedSentence, facts: Facts): readonly Phrase[] {
  const { kind, about } = planned;
  const direction = about !== null && isNumericParameter(about) ? (facts.directions[about] ?? null) : null;
  const fitting = bank.filter(
    (phrase) =>
      phrase.slot === kind &&
      (phrase.vital === null || phrase.vital === about) &&
      (phrase.direction === null || phrase.direction === direction) &&
      (phrase.pattern === null || phrase.pattern === facts.pattern),
  );
  return fitting.toSorted((one, other) => Number(one.pattern === null) - Number(other.pattern === null));
}

/** Which of the fitting phrases the model finds likeliest comes first; an unknown one keeps the bank's order. */
export type RankPhrases = (planned: PlannedSentence, fitting: readonly Phrase[]) => readonly Phrase[];

export const IN_THE_BANKS_ORDER: RankPhrases = (_planned, fitting) => fitting;

export interface ApprovedWords {
  readonly bank: PhraseBank;
  readonly rank: RankPhrases;
}

export const NO_APPROVED_WORDS: ApprovedWords = { bank: NO_PHRASES, rank: IN_THE_BANKS_ORDER };
