/** The cards that come with the program, read from its files into the record: each version once, for good. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card, Source } from '../../../app/knowledge/card.ts';
import { type Library, type LibraryReading, readLibrary } from '../../../app/knowledge/library.ts';
import { monthsAfter } from '../../../app/knowledge/review-month.ts';
import type { Store } from '../store/database.ts';
import { insertCard, type KeptCard, readProgramCardKeys } from './knowledge-table.ts';

/** A card of the program is to be looked at again after two years. Ours. */
const REVIEW_AFTER_MONTHS = 24;
const ENDING = '.md';

/** Reads `library.json` and `cards/*.md`. Throws where a file cannot be read: a broken install. */
export function readProgramLibrary(folder: string): LibraryReading {
  const cards = join(folder, 'cards');
  const files = readdirSync(cards).filter((file) => file.endsWith(ENDING));
  const topics = new Map(
    files.sort().map((file) => [file.slice(0, -ENDING.length), readFileSync(join(cards, file), 'utf8')]),
  );
  return readLibrary(JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8')), topics);
}

/** The cards of a library as they are kept. */
export function programCards({ cards, sources }: Library): readonly KeptCard[] {
  return cards.map((card) => keptCard(card, sources));
}

/** Takes into the record what it does not have yet; returns how many versions that were. */
export function keepProgramCards(store: Store, cards: readonly KeptCard[], atMs: number): number {
  const known = readProgramCardKeys(store.read);
  const fresh = cards.filter(({ id, version }) => !known.has(`${id} ${version}`));
  if (fresh.length > 0)
    store.transaction((write) => {
      for (const card of fresh) insertCard(write, card, atMs);
    });
  return fresh.length;
}

function keptCard(card: Card, sources: ReadonlyMap<string, Source>): KeptCard {
  return {
    id: card.id,
    version: card.version,
    guidelineId: null,
    topic: card.topic,
    title: card.title,
    text: card.text,
    hindi: card.hindi,
    answers: card.answers,
    words: card.words,
    sources: card.sources.flatMap((id) => {
      const source = sources.get(id);
      return source === undefined
        ? []
        : [{ organisation: source.organisation, title: source.title, year: source.year }];
    }),
    reviewed: card.reviewed,
    reviewDue: monthsAfter(card.reviewed, REVIEW_AFTER_MONTHS),
  };
}
