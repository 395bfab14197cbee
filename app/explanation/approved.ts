/** Sentences of approved phrases: each verified before it is read, as a model's would be. */
import type { Sentence } from './explanation.ts';
import type { Facts } from './facts.ts';
import { type ApprovedWords, fittingPhrases } from './phrases.ts';
import type { PlannedSentence } from './plan.ts';
import { type SentencePart, verifySentence } from './verifier/verifier.ts';

/** A sentence with an approved phrase behind its literal, or null where none fits or none passes the verifier. */
export function approvedSentence(
  planned: PlannedSentence,
  facts: Facts,
  context: { readonly index: number; readonly language: 'en' | 'hi'; readonly approved: ApprovedWords },
): Sentence | null {
  const { bank, rank } = context.approved;
  for (const phrase of rank(planned, fittingPhrases(bank, planned, facts))) {
    const words = ` ${phrase.text[context.language]}`;
    const asHole: SentencePart[] = [
      { kind: 'literal', text: planned.literal },
      { kind: 'hole', text: words },
    ];
    // Held to the vocabulary of holes too: an approved phrase has no more rights than the model.
    if (verifySentence(asHole, facts, { index: context.index, about: planned.about }).length > 0) continue;
    return {
      text: `${planned.literal}${words}`,
      parts: [{ kind: 'literal', text: `${planned.literal}${words}` }],
      source: 'approved',
      verdict: 'shown',
      findings: [],
      raw: null,
      citations: [],
      probability: null,
    };
  }
  return null;
}
