/** Part of the rule `number`: what each meaning of a number is given to judge by. */
import type { Facts } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import type { Span } from './text.ts';
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
