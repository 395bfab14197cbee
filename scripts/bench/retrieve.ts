/**
 * `bench -- retrieve`: whether the right card is found, and how fast. The questions are split by a hash of their words:
 * weights were chosen on one half and are reported on the other, and on all. Each ranking alone is the peer of the
 * fusion. Speed is measured over ten thousand cards: copies of the program's with words exchanged.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { questionSchema } from '../../app/knowledge/card.ts';
import type { KeptCard } from '../../main/core/knowledge/knowledge-table.ts';
import { openEmbedder } from '../../main/core/knowledge/open-embedder.ts';
import { programCards, readProgramLibrary } from '../../main/core/knowledge/program-library.ts';
import {
  createSearchIndex,
  type SearchIndex,
  type SearchWeights,
} from '../../main/core/knowledge/search-index.ts';
import { standardErrorLog } from '../../main/core/log.ts';
import { sqliteBindingOf } from '../../main/headless/engine.ts';
import { ROOT } from '../setup/paths.ts';
import { quantile } from './statistics.ts';

const RECALL_LIMIT = 0.95;
const P99_LIMIT_MS = 30;
const CARDS = 10_000;
const ROUNDS = 10;
const AT = 5;

type Question = ReturnType<typeof questionSchema.parse>;
type Ranking = 'words (FTS5)' | 'vectors' | 'words and readings' | 'all fused';

const RANKINGS: readonly (readonly [Ranking, SearchWeights | null])[] = [
  ['words (FTS5)', { text: 1, vectors: 0, readings: 0 }],
  ['vectors', { text: 0, vectors: 1, readings: 0 }],
  ['words and readings', { text: 1, vectors: 0, readings: 0.5 }],
  // As the program has it.
  ['all fused', null],
];

interface Found {
  readonly ranking: Ranking;
  readonly questions: 'held half' | 'tuning half' | 'all';
  readonly n: number;
  /** Questions with a right card among the first five. */
  readonly found: number;
  readonly share: number;
  /** 95 % interval of the share (Wilson). */
  readonly interval: readonly [number, number];
  /** Mean share of a question's right cards that are among the first five. */
  readonly ofAllCards: number;
}

export interface RetrieveFigures {
  readonly cards: number;
  readonly embedder: string | null;
  readonly found: readonly Found[];
  readonly limit: number;
  readonly speed: {
    readonly cards: number;
    readonly n: number;
    readonly medianMs: number;
    readonly p99Ms: number;
    readonly mostMs: number;
    readonly indexMs: number;
    readonly limitMs: number;
  };
}

export function benchRetrieve(): RetrieveFigures {
  const library = readProgramLibrary(join(ROOT, 'resources', 'knowledge'));
  if (!library.ok) throw new Error(`the library is refused: ${library.faults[0]?.message}`);
  const cards = programCards(library.library);
  const questions = readFileSync(join(ROOT, 'resources', 'knowledge', 'questions.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => questionSchema.parse(JSON.parse(line)));
  const embedder = openEmbedder(join(ROOT, 'models'), standardErrorLog());
  const common = { embedder, nativeBinding: sqliteBindingOf(ROOT) };
  const index = createSearchIndex({ ...common, cards });
  const halves = [
    ['held half', questions.filter(isHeld)],
    ['tuning half', questions.filter((question) => !isHeld(question))],
    ['all', questions],
  ] as const;
  const found = RANKINGS.filter(([, weights]) => index.hasVectors || (weights?.vectors ?? 0) === 0).flatMap(
    ([ranking, weights]) => halves.map(([name, asked]) => measure(index, ranking, weights, name, asked)),
  );
  index.close();
  return {
    cards: cards.length,
    embedder: index.hasVectors ? (embedder?.name ?? null) : null,
    found,
    limit: RECALL_LIMIT,
    speed: measureSpeed(cards, questions, common),
  };
}

/** Which half a question is in: by its words alone, so that a new question moves no other. */
function isHeld({ question }: Question): boolean {
  return (createHash('sha256').update(question).digest()[0] ?? 0) % 2 === 1;
}

function measure(
  index: SearchIndex,
  ranking: Ranking,
  weights: SearchWeights | null,
  questions: Found['questions'],
  asked: readonly Question[],
): Found {
  let found = 0;
  let ofAll = 0;
  for (const { question, cards } of asked) {
    const hits = index.search(question, { most: AT, ...(weights === null ? {} : { weights }) });
    const right = cards.filter((id) => hits.some(({ card }) => card.id === id)).length;
    if (right > 0) found += 1;
    ofAll += right / cards.length;
  }
  const n = asked.length;
  return {
    ranking,
    questions,
    n,
    found,
    share: found / n,
    interval: wilson(found, n),
    ofAllCards: ofAll / n,
  };
}

/** Wilson's score interval of a share at 95 %. */
function wilson(hits: number, n: number): readonly [number, number] {
  const z = 1.96;
  const share = hits / n;
  const middle = (share + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return [middle - half, Math.min(1, middle + half)];
}

function measureSpeed(
  cards: readonly KeptCard[],
  questions: readonly Question[],
  common: Pick<Parameters<typeof createSearchIndex>[0], 'embedder' | 'nativeBinding'>,
): RetrieveFigures['speed'] {
  const many = variations(cards, CARDS);
  const begun = performance.now();
  const index = createSearchIndex({ ...common, cards: many });
  const indexMs = performance.now() - begun;
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++)
    for (const { question } of questions) {
      const started = performance.now();
      index.search(question, { most: AT });
      // The first round warms up what a ward has long warmed up.
      if (round > 0) times.push(performance.now() - started);
    }
  index.close();
  return {
    cards: many.length,
    n: times.length,
    medianMs: quantile(times, 0.5),
    p99Ms: quantile(times, 0.99),
    mostMs: Math.max(...times),
    indexMs,
    limitMs: P99_LIMIT_MS,
  };
}

/** Copies of the cards in which every fifth word is one of another card: as many different texts as asked for. */
function variations(cards: readonly KeptCard[], count: number): readonly KeptCard[] {
  const words = cards.flatMap(({ text }) => text.split(' '));
  let seed = 1;
  const next = (below: number): number => {
    // Lehmer's generator: the same copies in every run.
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  return Array.from({ length: count }, (_, number) => {
    const card = cards[number % cards.length];
    if (card === undefined) throw new Error('no cards');
    if (number < cards.length) return card;
    const text = card.text
      .split(' ')
      .map((word, at) => (at % 5 === 0 ? (words[next(words.length)] ?? word) : word))
      .join(' ');
    return { ...card, id: `${card.id}-${number}`, text };
  });
}

export function retrieveLines(figures: RetrieveFigures): readonly string[] {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const { speed } = figures;
  return [
    `${figures.cards} cards, embedder: ${figures.embedder ?? 'none, words alone'}`,
    `a right card among the first ${AT} (limit ${percent(figures.limit)}); [95 % interval]; mean share of all right cards`,
    ...figures.found.map(
      ({ ranking, questions, n, found, share, interval, ofAllCards }) =>
        `  ${ranking.padEnd(20)}${questions.padEnd(13)}${found} of ${n} = ${percent(share)} [${percent(interval[0])} to ${percent(interval[1])}]; ${percent(ofAllCards)}`,
    ),
    `over ${speed.cards} cards: median ${speed.medianMs.toFixed(1)} ms, p99 ${speed.p99Ms.toFixed(1)} ms, most ${speed.mostMs.toFixed(1)} ms (n ${speed.n}), limit p99 ${speed.limitMs} ms; index made in ${(speed.indexMs / 1000).toFixed(1)} s`,
  ];
}
