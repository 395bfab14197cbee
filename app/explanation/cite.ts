/**
 * Which passages a sentence draws on. The program cites and not the model: a passage is cited where it holds what the
 * sentence says, so that a citation is never a guess and always leads to a card.
 */
import { searchTerms } from '../knowledge/search-terms.ts';
import type { FactsPassage } from './explanation.ts';

/** At least so many telling words, and so large a part of them, stand in the passage. Ours. */
const LEAST_SHARED = 2;
const LEAST_SHARE = 0.5;
/** The first letters of a word are what its forms share. */
const STEM_LETTERS = 6;

const stem = (word: string): string => word.slice(0, STEM_LETTERS);

/** The passage that a text draws on most, or null where none holds enough of it. */
export function passageOf(text: string, passages: readonly FactsPassage[]): FactsPassage | null {
  const stems = searchTerms(text).map(stem);
  let best: { readonly passage: FactsPassage; readonly shared: number } | null = null;
  for (const passage of passages) {
    const held = new Set(searchTerms(passage.text, Number.POSITIVE_INFINITY).map(stem));
    const shared = stems.filter((word) => held.has(word)).length;
    if (shared >= LEAST_SHARED && shared >= LEAST_SHARE * stems.length && shared > (best?.shared ?? 0))
      best = { passage, shared };
  }
  return best?.passage ?? null;
}
