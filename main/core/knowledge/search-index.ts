/**
 * The search index over the cards in force: full text (FTS5) and, with an embedder, nearest vectors (sqlite-vec), fused
 * by ranks. It stands in a database of its own in memory and is made from the record's cards: it can always be made
 * again, a damage of it costs nothing, and the record's file needs no extension to be opened.
 */
import Database from 'better-sqlite3';
import { getLoadablePath } from 'sqlite-vec';
import { z } from 'zod';
import { readingsAsked } from '../../../app/knowledge/asked-readings.ts';
import { type AskedAnswer, questionFit } from '../../../app/knowledge/driver-answers.ts';
import type { Embedder } from '../../../app/knowledge/embedder.ts';
import { fuseRankings } from '../../../app/knowledge/fusion.ts';
import { folded, searchTerms } from '../../../app/knowledge/search-terms.ts';
import type { KeptCard } from './knowledge-table.ts';

export interface SearchHit {
  readonly card: KeptCard;
  /** Of the fusion: for ordering alone. */
  readonly score: number;
}

/** How much each ranking counts. */
export interface SearchWeights {
  readonly text: number;
  readonly vectors: number;
  /** Cards that answer the readings which a question tells. */
  readonly readings: number;
}

export interface SearchOptions {
  readonly most: number;
  /** Only cards that answer one of these; left out: all. */
  readonly answers?: readonly string[];
  readonly weights?: SearchWeights;
}

export interface SearchIndex {
  readonly cards: number;
  /** False where only words are searched: no embedder, or no vector extension on this machine. */
  readonly hasVectors: boolean;
  /** The cards that fit a question, best first. A question without a telling word finds nothing by words. */
  search(question: string, options: SearchOptions): readonly SearchHit[];
  close(): void;
}

/** A title names what the card is about, and its other words are what the ward calls it. Chosen with the questions' first half. */
const COLUMN_WEIGHTS = '3.0, 3.0, 1.0, 3.0, 1.0';
/** Each ranking is read so far down: what is below has next to no weight in the fusion. Ours. */
const RANKING_DEPTH = 50;
/** Chosen on one half of the questions and reported on the other (`bench -- retrieve`). */
const DEFAULT_WEIGHTS: SearchWeights = { text: 1, vectors: 0.02, readings: 0.5 };

/** Neighbours that are looked for: the extension's time grows with their number, and the far ones weigh nothing. Ours. */
const NEAREST = 20;

const rowidRow = z.object({ rowid: z.number() });

export interface SearchIndexOptions {
  readonly cards: readonly KeptCard[];
  readonly embedder: Embedder | null;
  readonly nativeBinding: string | null;
  /** Told why there are no vectors although there is an embedder. */
  readonly onNoVectors?: (reason: string) => void;
}

/** The index, made at once: thousands of cards take seconds. */
export function createSearchIndex(options: SearchIndexOptions): SearchIndex {
  const steps = searchIndexInSteps(options);
  for (;;) {
    const step = steps.next();
    if (step.done === true && step.value !== null) return step.value;
  }
}

/** Cards of one step: about a millisecond. */
const CARDS_A_STEP = 8;

/** The index, made a few cards a step, for who has other things to do in between. Ended early, it leaves nothing. */
export function* searchIndexInSteps(options: SearchIndexOptions): Generator<undefined, SearchIndex | null> {
  const database = new Database(
    ':memory:',
    options.nativeBinding === null ? {} : { nativeBinding: options.nativeBinding },
  );
  let isMade = false;
  try {
    yield* putTexts(database, options.cards);
    const embedder = options.embedder !== null && loadVectors(database, options) ? options.embedder : null;
    const cardOfVector = embedder === null ? [] : yield* putVectors(database, options.cards, embedder);
    const index = searchIndexOf(database, options.cards, embedder, cardOfVector);
    isMade = true;
    return index;
  } finally {
    if (!isMade) database.close();
  }
}

function* putTexts(database: Database.Database, cards: readonly KeptCard[]): Generator<undefined, void> {
  // Marks of a script belong to its words: without them Devanagari falls into single letters.
  database.exec(`CREATE VIRTUAL TABLE passages USING fts5(title, words, text, hindi_title, hindi_text, content = '',
    tokenize = "porter unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'")`);
  const put = database.prepare(
    'INSERT INTO passages (rowid, title, words, text, hindi_title, hindi_text) VALUES (?, ?, ?, ?, ?, ?)',
  );
  yield* inSteps(database, cards, (card, index) => {
    put.run(
      index + 1,
      folded(card.title),
      folded(card.words.join(', ')),
      folded(card.text),
      folded(card.hindi?.title ?? ''),
      folded(card.hindi?.text ?? ''),
    );
  });
}

/**
 * The vectors have length 1, so that the nearest by distance, which is the faster to reckon, is the nearest by angle.
 * Returns the card of each vector: one with Hindi has two.
 */
function* putVectors(
  database: Database.Database,
  cards: readonly KeptCard[],
  embedder: Embedder,
): Generator<undefined, number[]> {
  database.exec(`CREATE VIRTUAL TABLE vectors USING vec0(embedding float[${embedder.dimensions}])`);
  const put = database.prepare('INSERT INTO vectors (rowid, embedding) VALUES (?, ?)');
  const owners: number[] = [];
  yield* inSteps(database, cards, (card, index) => {
    for (const text of [
      `${card.title}. ${card.words.join(', ')}. ${card.text}`,
      ...(card.hindi === null ? [] : [`${card.hindi.title}। ${card.hindi.text}`]),
    ]) {
      const vector = embedder.embed(text);
      if (vector === null) continue;
      owners.push(index);
      put.run(BigInt(owners.length), bytesOf(vector));
    }
  });
  return owners;
}

function* inSteps(
  database: Database.Database,
  cards: readonly KeptCard[],
  put: (card: KeptCard, index: number) => void,
): Generator<undefined, void> {
  for (let first = 0; first < cards.length; first += CARDS_A_STEP) {
    database.transaction(() => {
      for (const [at, card] of cards.slice(first, first + CARDS_A_STEP).entries()) put(card, first + at);
    })();
    yield undefined;
  }
}

function loadVectors(database: Database.Database, { onNoVectors }: SearchIndexOptions): boolean {
  try {
    database.loadExtension(getLoadablePath());
    return true;
  } catch (error) {
    onNoVectors?.(error instanceof Error ? error.message : 'unknown error');
    return false;
  }
}

function searchIndexOf(
  database: Database.Database,
  cards: readonly KeptCard[],
  embedder: Embedder | null,
  cardOfVector: readonly number[],
): SearchIndex {
  const cardsOfAnswer = new Map<string, number[]>();
  for (const [index, { answers }] of cards.entries())
    for (const answer of answers) {
      const known = cardsOfAnswer.get(answer);
      if (known === undefined) cardsOfAnswer.set(answer, [index]);
      else known.push(index);
    }
  // What a card names first it is chiefly about.
  for (const [answer, indices] of cardsOfAnswer)
    indices.sort((one, other) => placeOf(answer, one) - placeOf(answer, other));
  const match = database.prepare<[string, number]>(
    `SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages, ${COLUMN_WEIGHTS}) LIMIT ?`,
  );
  const nearest =
    embedder === null
      ? null
      : database.prepare<[Uint8Array, number]>(
          'SELECT rowid FROM vectors WHERE embedding MATCH ? ORDER BY distance LIMIT ?',
        );

  return {
    cards: cards.length,
    hasVectors: embedder !== null,
    search(question, { most, answers, weights = DEFAULT_WEIGHTS }) {
      const asked = answers === undefined ? null : new Set(answers);
      const isAsked = (index: number): boolean =>
        asked === null || cards[index]?.answers.some((answer) => asked.has(answer)) === true;
      // A filter is laid over a ranking that is read to its end.
      const depth = asked === null ? RANKING_DEPTH : cards.length;
      const words = byWords(question, depth).filter(isAsked);
      const readings = byAnswers(readingsAsked(question), words).filter(isAsked);
      const named = new Set([...words, ...readings]).size;
      // The nearest of anything is always near something: vectors fill up a short list and do not answer by themselves.
      // Beside enough words they were measured to add nothing (`bench -- retrieve`), and cost most of the time.
      const needsMore = weights.text === 0 || (named > 0 && named < most);
      const fused = fuseRankings<number>([
        { keys: words, weight: weights.text },
        { keys: readings, weight: weights.readings },
        {
          keys: weights.vectors > 0 && needsMore ? byVectors(question, depth).filter(isAsked) : [],
          weight: weights.vectors,
        },
      ]);
      return fused.slice(0, most).flatMap(({ key, score }) => {
        const card = cards[key];
        return card === undefined ? [] : [{ card, score }];
      });
    },
    close: () => database.close(),
  };

  function placeOf(answer: string, index: number): number {
    return cards[index]?.answers.indexOf(answer) ?? 0;
  }

  function byWords(question: string, depth: number): number[] {
    const terms = searchTerms(question);
    if (terms.length === 0) return [];
    // Quoted: nothing that is typed is read as an operator of the search language.
    const expression = terms.map((term) => `"${term}"`).join(' OR ');
    return match.all(expression, depth).map((row) => rowidRow.parse(row).rowid - 1);
  }

  /** Best first; where two fit as well, the one whose words fit better. */
  function byAnswers(wanted: readonly AskedAnswer[], found: readonly number[]): number[] {
    const candidates = new Set(
      wanted.flatMap(({ answer }) => (cardsOfAnswer.get(answer) ?? []).slice(0, RANKING_DEPTH)),
    );
    const rank = new Map(found.map((key, index) => [key, index]));
    return [...candidates]
      .map((key) => ({
        key,
        fit: questionFit(wanted, cards[key]?.answers ?? []),
        rank: rank.get(key) ?? found.length,
      }))
      .sort((one, other) => other.fit - one.fit || one.rank - other.rank)
      .slice(0, RANKING_DEPTH)
      .map(({ key }) => key);
  }

  function byVectors(question: string, depth: number): number[] {
    const vector = embedder?.embed(question) ?? null;
    if (vector === null || nearest === null) return [];
    const limit = Math.min(depth === RANKING_DEPTH ? NEAREST : 2 * depth, MOST_NEAREST);
    const found = nearest
      .all(bytesOf(vector), limit)
      .flatMap((row) => cardOfVector[rowidRow.parse(row).rowid - 1] ?? []);
    return [...new Set(found)];
  }
}

/** The extension's own limit of neighbours in one question. */
const MOST_NEAREST = 4096;

function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
