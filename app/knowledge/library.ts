/** The knowledge library as a whole: all topics with their sources, and what must hold between the files. */
import { type Card, libraryFileSchema, type Source } from './card.ts';
import { type KnowledgeFault, readCardsFile } from './cards-file.ts';

export interface Library {
  readonly version: number;
  readonly licence: string;
  readonly cards: readonly Card[];
  readonly sources: ReadonlyMap<string, Source>;
}

export type LibraryReading =
  | { readonly ok: true; readonly library: Library }
  | { readonly ok: false; readonly faults: readonly KnowledgeFault[] };

const LIBRARY_FILE = 'library.json';

function repeated(list: readonly string[]): string[] {
  return [...new Set(list.filter((item, index) => list.indexOf(item) !== index))];
}

/**
 * Reads a library from the parsed `library.json` and the Markdown of each topic, by its name. One fault refuses
 * the whole: a card whose source is unknown, or an id that two cards bear, would make a citation ambiguous.
 */
export function readLibrary(head: unknown, topics: ReadonlyMap<string, string>): LibraryReading {
  const read = libraryFileSchema.safeParse(head);
  if (!read.success)
    return {
      ok: false,
      faults: read.error.issues.map(({ path, message }) => ({
        file: LIBRARY_FILE,
        line: 0,
        message: `${path.join('.')}: ${message}`,
      })),
    };
  const readings = [...topics].map(([topic, markdown]) => readCardsFile(topic, markdown));
  const cards = readings.flatMap((reading) => reading.cards);
  const sources = new Map(read.data.sources.map((source) => [source.id, source]));
  const cited = new Set(cards.flatMap((card) => card.sources));
  const faults = [
    ...readings.flatMap((reading) => reading.faults),
    ...repeated(read.data.sources.map(({ id }) => id)).map((id) =>
      inLibrary(`Two sources are called ${id}.`),
    ),
    ...read.data.sources
      .filter(({ id }) => !cited.has(id))
      .map(({ id }) => inLibrary(`No card rests on ${id}.`)),
    ...repeated(cards.map(({ id }) => id)).map((id) => inLibrary(`Two cards are called ${id}.`)),
    ...repeated(cards.map((card) => card.title)).map((name) =>
      inLibrary(`Two cards have the title “${name}”.`),
    ),
    ...repeated(cards.map((card) => card.text)).map((text) =>
      inLibrary(`Two cards say “${text.slice(0, 40)}…”.`),
    ),
    ...cards.flatMap((card) =>
      card.sources
        .filter((id) => !sources.has(id))
        .map((id) => ({ file: card.topic, line: 0, message: `${card.id}: no source is called ${id}.` })),
    ),
  ];
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, library: { version: read.data.version, licence: read.data.licence, cards, sources } };
}

function inLibrary(message: string): KnowledgeFault {
  return { file: LIBRARY_FILE, line: 0, message };
}
