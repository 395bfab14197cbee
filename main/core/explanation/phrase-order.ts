/**
 * Which approved phrase comes first: of those that fit equally well the one that the model finds likeliest. Nobody at a
 * bed waits for that: the first time it is the bank's order, and the model is asked behind everything else, so that the
 * next sentence of that kind has its answer.
 */
import type { EnginePort, GenerationPlan } from '../../../app/contract/engine.ts';
import type { Phrase, RankPhrases } from '../../../app/explanation/phrases.ts';
import type { ExplanationPlan, PlannedSentence } from '../../../app/explanation/plan.ts';
import type { Log } from '../log.ts';
import { NO_PROGRESS_MS, watchedEvents } from './watched-events.ts';

export interface PhraseOrder {
  /** The order for the sentences of one explanation. */
  of(explanation: ExplanationPlan): RankPhrases;
  /** Resolves when nothing is being asked any more. */
  settled(): Promise<void>;
  close(): void;
}

/** Kinds of sentence, models and languages are few; a changing model must not fill the memory all the same. Ours. */
const MOST_KNOWN = 1_000;

/** @param noProgressMs as for an explanation; given in tests. */
export function createPhraseOrder(engine: EnginePort, log: Log, noProgressMs = NO_PROGRESS_MS): PhraseOrder {
  /** The likeliest by model, language and phrases; null: it is being asked for, or the model gave no answer. */
  const likeliest = new Map<string, string | null>();
  let asking: Promise<void> = Promise.resolve();
  const abort = new AbortController();

  async function ask(key: string, plan: GenerationPlan, among: readonly Phrase[]): Promise<void> {
    if (abort.signal.aborted) return;
    const one = new AbortController();
    const stop = (): void => one.abort();
    abort.signal.addEventListener('abort', stop, { once: true });
    let chosen: string | null = null;
    for await (const event of watchedEvents(engine, plan, 'background', one, noProgressMs)) {
      if (event.kind === 'hole') chosen = event.text;
      if (event.kind === 'failed' && event.reason !== 'cancelled')
        log('warn', 'phrases-not-ranked', { reason: event.reason });
      // The engine was busy or away: the next sentence of that kind asks again.
      if (event.kind === 'failed' || event.kind === 'timed-out') likeliest.delete(key);
    }
    abort.signal.removeEventListener('abort', stop);
    const phrase = among.find(({ text }) => chosen === ` ${text.en}` || chosen === ` ${text.hi}`);
    if (phrase !== undefined) likeliest.set(key, phrase.id);
  }

  return {
    of: (explanation) => (planned, fitting) => {
      const among = equallyFitting(fitting);
      const { model } = engine.status();
      if (among.length < 2 || model === null) return fitting;
      const writer = [model.name, model.sha256, model.adapterSha256 ?? model.adapter, explanation.language];
      const key = JSON.stringify([...writer, ...among.map(({ id, version }) => `${id} ${version}`)]);
      const known = likeliest.get(key);
      if (known === undefined) {
        if (likeliest.size >= MOST_KNOWN) likeliest.clear();
        likeliest.set(key, null);
        const plan = weighing(explanation, planned, among);
        asking = asking.then(() => ask(key, plan, among));
      }
      const first = among.find(({ id }) => id === known);
      return first === undefined ? fitting : [first, ...fitting.filter((phrase) => phrase !== first)];
    },
    settled: () => asking,
    close: () => abort.abort(),
  };
}

/** Those that are made for the same: a phrase for the very pattern is never behind one for any. */
function equallyFitting(fitting: readonly Phrase[]): readonly Phrase[] {
  const isSpecific = fitting[0]?.pattern !== null;
  return fitting.filter(({ pattern }) => (pattern !== null) === isSpecific);
}

/** The prompt of the explanation, the sentence's literal, and the phrases to choose from. */
function weighing(
  { plan, language }: ExplanationPlan,
  { literal }: PlannedSentence,
  among: readonly Phrase[],
): GenerationPlan {
  const choices = among.map(({ text }) => ` ${text[language]}`);
  return {
    ...plan,
    layout: 'serial',
    steps: [
      { kind: 'literal', text: literal },
      { kind: 'hole', maxTokens: 1, choices },
    ],
  };
}
