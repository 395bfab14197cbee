/**
 * The knowledge library at work: cards in force, searched by words, vectors and readings, and retrieved for an alert by
 * its drivers. Whatever goes wrong here costs a passage, never an alert.
 */
import { join } from 'node:path';
import type { FactsInput } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import type { Embedder } from '../../../app/knowledge/embedder.ts';
import { type Passage, passagesFor } from '../../../app/knowledge/passages.ts';
import type { Clock } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { type KeptCard, readActs, readCards, readGuidelines } from './knowledge-table.ts';
import { keepProgramCards, programCards, readProgramLibrary } from './program-library.ts';
import { type SearchHit, type SearchIndex, type SearchOptions, searchIndexInSteps } from './search-index.ts';
import { type StandingCard, type StandingGuideline, standingCards, standingGuidelines } from './standing.ts';

export interface KnowledgePorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly log: Log;
  /** The program's `resources`. */
  readonly resourcesDir: string;
  readonly nativeBinding: string | null;
  /** Reads the embedder's file; null: there is none, and the log says why. */
  readonly embedder: () => Embedder | null;
}

export interface Knowledge {
  /** Takes the program's cards into the record. Called once, after the start. */
  begin(): void;
  /** The passages for an alert: at most two, by its drivers. Never throws. */
  passages(facts: FactsInput, language: 'en' | 'hi'): readonly Passage[];
  /** The cards that fit, and how they were searched. The first search after a change waits for the index. */
  search(question: string, options: SearchOptions): Promise<SearchHits>;
  cards(): readonly StandingCard[];
  guidelines(): readonly StandingGuideline[];
  /** Something was decided or added: everything is read again when it is asked for. */
  changed(): void;
  close(): void;
}

export interface SearchHits {
  readonly hits: readonly SearchHit[];
  /** Cards that were searched. */
  readonly cards: number;
  /** Null: words alone were searched. */
  readonly embedder: string | null;
}

/** So long the index is worked on before the ward has its turn. Ours. */
const TURN_MS = 8;

/** Read from the record once, until something changes. */
interface Loaded {
  readonly cards: readonly StandingCard[];
  readonly guidelines: readonly StandingGuideline[];
  readonly inForce: readonly KeptCard[];
}

export function createKnowledge(ports: KnowledgePorts): Knowledge {
  let loaded: Loaded | null = null;
  let index: Promise<SearchIndex | null> | null = null;
  /** Counts the changes: an index that is still being made of older cards is given up. */
  let changes = 0;
  let isClosed = false;
  let embedder: Embedder | null | undefined;

  function load(): Loaded {
    if (loaded !== null) return loaded;
    const { read } = ports.store;
    const acts = readActs(read, ports.sealing);
    const guidelines = standingGuidelines(readGuidelines(read), acts);
    const cards = standingCards(readCards(read), guidelines, acts);
    const inForce = cards.flatMap(({ card, standing }) => (standing === 'in-force' ? [card] : []));
    loaded = { cards, guidelines, inForce };
    return loaded;
  }

  /** Null once the library is closed. */
  async function searchable(): Promise<SearchIndex | null> {
    while (!isClosed) {
      const asked = changes;
      index ??= makeIndex();
      const made = await index.catch((error: unknown) => {
        // The next search tries again.
        if (asked === changes) index = null;
        throw error;
      });
      if (asked === changes) return made;
    }
    return null;
  }

  /** Turn by turn: thousands of cards take seconds, and the ward's vitals come on the same loop. */
  async function makeIndex(): Promise<SearchIndex | null> {
    if (embedder === undefined) embedder = ports.embedder();
    const begun = changes;
    const steps = searchIndexInSteps({
      cards: load().inForce,
      embedder,
      nativeBinding: ports.nativeBinding,
      onNoVectors: (reason) => ports.log('warn', 'knowledge-without-vectors', { reason }),
    });
    for (;;) {
      const until = performance.now() + TURN_MS;
      let step = steps.next();
      while (step.done !== true && performance.now() < until) step = steps.next();
      if (step.done === true) return step.value;
      await new Promise((resolve) => setImmediate(resolve));
      if (begun === changes) continue;
      steps.return(null);
      return null;
    }
  }

  function changed(): void {
    changes += 1;
    loaded = null;
    index?.then(
      (made) => made?.close(),
      () => undefined,
    );
    index = null;
  }

  return {
    begin: () => {
      try {
        const read = readProgramLibrary(join(ports.resourcesDir, 'knowledge'));
        if (!read.ok) {
          const [first] = read.faults;
          ports.log('error', 'knowledge-refused', {
            reason: `${first?.file}:${first?.line} ${first?.message}`,
          });
          return;
        }
        const fresh = keepProgramCards(ports.store, programCards(read.library), ports.clock.wall());
        if (fresh > 0) changed();
      } catch (error) {
        ports.log('error', 'knowledge-not-loaded', { reason: reasonOf(error) });
      }
    },
    passages: (facts, language) => {
      try {
        return passagesFor(completeFacts(facts), load().inForce, language);
      } catch (error) {
        ports.log('error', 'knowledge-not-retrieved', { reason: reasonOf(error) });
        return [];
      }
    },
    search: async (question, options) => {
      const made = await searchable();
      if (made === null) return { hits: [], cards: 0, embedder: null };
      return {
        hits: made.search(question, options),
        cards: made.cards,
        embedder: made.hasVectors ? (embedder?.name ?? null) : null,
      };
    },
    cards: () => load().cards,
    guidelines: () => load().guidelines,
    changed,
    close: () => {
      isClosed = true;
      changed();
    },
  };
}
