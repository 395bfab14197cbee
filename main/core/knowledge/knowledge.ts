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
import { createSearchIndex, type SearchHit, type SearchIndex, type SearchOptions } from './search-index.ts';
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
  search(question: string, options: SearchOptions): readonly SearchHit[];
  cards(): readonly StandingCard[];
  guidelines(): readonly StandingGuideline[];
  /** How the search works now; loads it where it is not there yet. */
  searching(): { readonly cards: number; readonly embedder: string | null };
  /** Something was decided or added: everything is read again when it is asked for. */
  changed(): void;
  close(): void;
}

/** Read from the record once, until something changes. */
interface Loaded {
  readonly cards: readonly StandingCard[];
  readonly guidelines: readonly StandingGuideline[];
  readonly inForce: readonly KeptCard[];
}

export function createKnowledge(ports: KnowledgePorts): Knowledge {
  let loaded: Loaded | null = null;
  let index: SearchIndex | null = null;
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

  function searchable(): SearchIndex {
    if (index !== null) return index;
    if (embedder === undefined) embedder = ports.embedder();
    index = createSearchIndex({
      cards: load().inForce,
      embedder,
      nativeBinding: ports.nativeBinding,
      onNoVectors: (reason) => ports.log('warn', 'knowledge-without-vectors', { reason }),
    });
    return index;
  }

  function changed(): void {
    loaded = null;
    index?.close();
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
    search: (question, options) => searchable().search(question, options),
    cards: () => load().cards,
    guidelines: () => load().guidelines,
    searching: () => {
      const { cards, hasVectors } = searchable();
      return { cards, embedder: hasVectors ? (embedder?.name ?? null) : null };
    },
    changed,
    close: () => index?.close(),
  };
}
