/** Part of the rule `number`: what each meaning of a number is given to judge by. */
import type { Facts } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import { type Span, sentenceAround } from './text.ts';
import type { SubjectMention } from './vitals-named.ts';

/** A number with what stands round it in its sentence. */
export interface PlacedNumber {
  readonly claim: NumberClaim;
  readonly value: number;
  readonly text: string;
  readonly sentence: Span;
  /** From the sentence's start to the number, and from the end of its unit to the sentence's end. */
  readonly before: string;
  readonly after: string;
  /** Where the number before ends, or the sentence begins: what stands behind belongs to this number. */
  readonly from: number;
  /** Where the next number begins, or the sentence ends. */
  readonly to: number;
  /** What the sentence names, in order. */
  readonly mentions: readonly SubjectMention[];
  readonly claims: readonly NumberClaim[];
  readonly facts: Facts;
}

/** A number with its surroundings; null where it is a vague one that has no value. */
export function placedNumber(
  claim: NumberClaim,
  claims: readonly NumberClaim[],
  mentions: readonly SubjectMention[],
  text: string,
  facts: Facts,
): PlacedNumber | null {
  const { value } = claim;
  if (value === null) return null;
  const sentence = sentenceAround(text, claim.start);
  const inSentence = claims.filter(({ start }) => start >= sentence.start && start < sentence.end);
  const place = inSentence.findIndex(({ start }) => start === claim.start);
  return {
    claim,
    value,
    text,
    sentence,
    before: text.slice(sentence.start, claim.start),
    after: text.slice(claim.unitEnd, sentence.end),
    from: inSentence[place - 1]?.unitEnd ?? sentence.start,
    to: inSentence[place + 1]?.start ?? sentence.end,
    mentions: mentions.filter(({ start, end }) => start >= sentence.start && end <= sentence.end),
    claims: inSentence,
    facts,
  };
}
