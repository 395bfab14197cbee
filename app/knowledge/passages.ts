/** The passages that an explanation may draw on: few short cards, chosen by what drives the alert. */
import type { Facts } from '../explanation/facts.ts';
import { askedAnswers, driverFit } from './driver-answers.ts';

/** A card as an explanation is given it. */
export interface Passage {
  /** `p1`, `p2`: by this a sentence cites it. */
  readonly id: string;
  readonly text: string;
  /** Where the citation leads: this version of this card. */
  readonly card: { readonly id: string; readonly version: number; readonly title: string };
}

/** What is needed of a card to choose it. */
interface Retrievable {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly hindi: { readonly title: string; readonly text: string } | null;
  readonly answers: readonly string[];
}

/** At the bedside at most two: each costs the model about eighty tokens of reading. */
const MOST_PASSAGES = 2;
/** What a chosen card has answered counts this much less for the next: the second card says something else. Ours. */
const ANSWERED = 0.25;

/** The best cards for these facts, as passages in a language; English where nobody has written the Hindi. */
export function passagesFor(
  facts: Facts,
  cards: readonly Retrievable[],
  language: 'en' | 'hi',
  most = MOST_PASSAGES,
): readonly Passage[] {
  let asked = askedAnswers(facts);
  const chosen: Retrievable[] = [];
  while (chosen.length < most) {
    let best: { readonly card: Retrievable; readonly fit: number } | null = null;
    for (const card of cards) {
      const fit = chosen.includes(card) ? 0 : driverFit(asked, card.answers);
      if (fit > (best?.fit ?? 0)) best = { card, fit };
    }
    if (best === null) break;
    const { card } = best;
    chosen.push(card);
    asked = asked.map(({ answer, weight }) => ({
      answer,
      weight: card.answers.includes(answer) ? weight * ANSWERED : weight,
    }));
  }
  return chosen.map(({ id, version, title, text, hindi }, index) => {
    const shown = language === 'hi' && hindi !== null ? hindi : { title, text };
    return { id: `p${index + 1}`, text: shown.text, card: { id, version, title: shown.title } };
  });
}
