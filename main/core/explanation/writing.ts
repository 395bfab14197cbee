/**
 * Writes one explanation: plan, engine, verifier, sentence by sentence into the store and to the screens. What a
 * screen gets is what the verifier has passed.
 */
import { createHash } from 'node:crypto';
import type {
  EnginePort,
  EngineStatus,
  GenerationPlan,
  GenerationPriority,
} from '../../../app/contract/engine.ts';
import { confidenceOf, createAssembler, sentencesWithoutModel } from '../../../app/explanation/assemble.ts';
import type { RulesOnlyReason, Sentence } from '../../../app/explanation/explanation.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import type { ApprovedWords } from '../../../app/explanation/phrases.ts';
import { type ExplanationPlan, planExplanation, planSentences } from '../../../app/explanation/plan.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import {
  type Explanation,
  type GenerationRecord,
  insertSentence,
  updateExplanation,
} from './explanations-table.ts';
import { watchedEvents } from './watched-events.ts';

export interface WritingPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly engine: EnginePort;
  readonly approved: (explanation?: ExplanationPlan) => ApprovedWords;
  /** Called with each state that is durable. */
  readonly onChange: (explanation: Explanation) => void;
  readonly noProgressMs: number;
  /** Written with this adapter and not with the one in use; null or left out: with the one in use. */
  readonly adapter?: { readonly sha256: string; readonly version: string } | null;
  /** Milliseconds of a clock for durations. */
  readonly stopwatch: () => number;
}

type Model = NonNullable<EngineStatus['model']>;

/** How an explanation ended, with what it was generated from; the caller keeps both. */
export interface Written {
  readonly explanation: Explanation;
  readonly record: GenerationRecord;
}

/**
 * Writes `queued` with a model until it is complete, stopped or has failed, and returns how it ended. Aborting
 * `abort` stops it; the caller then says why.
 */
export async function writeExplanation(
  ports: WritingPorts,
  queued: Explanation,
  model: Model,
  priority: GenerationPriority,
  abort: AbortController,
  /** Stopwatch when the explanation was asked for. */
  askedAt: number,
): Promise<Written> {
  const facts = completeFacts(queued.facts);
  const { adapter = null } = ports;
  const asked = planExplanation(facts, {
    language: queued.language,
    promptFormat: model.promptFormat,
    depth: queued.depth,
    mode: queued.text === 'free' ? 'free' : 'guided',
    taught: (adapter?.version ?? model.adapter) !== null,
  });
  const planned = adapter === null ? asked : { ...asked, plan: { ...asked.plan, adapter: adapter.sha256 } };
  const thresholds = model.thresholds ?? null;
  const assembler = createAssembler(planned, facts, thresholds, ports.approved(planned));
  const found = new Map(assembler.byCode);
  let engineTiming: string | null = null;
  let now: Explanation = {
    ...queued,
    status: 'writing',
    reason: null,
    planned: planned.sentences.length,
    sentences: inOrder(found),
    confidence: null,
    attempt: queued.attempt + 1,
    model: { name: model.name, sha256: model.sha256, adapter: adapter?.version ?? model.adapter },
    firstSentenceMs: null,
    completeMs: null,
  };
  const record = (): GenerationRecord => ({
    plan: JSON.stringify(planned.plan),
    promptHash: promptHash(planned.plan),
    engineTiming,
  });
  ports.store.transaction((write) => {
    for (const [position, sentence] of found) insertSentence(write, ports.sealing, now, position, sentence);
    updateExplanation(write, now, record());
  });
  ports.onChange(now);

  for await (const event of watchedEvents(ports.engine, planned.plan, priority, abort, ports.noProgressMs)) {
    if (event.kind === 'paused' || event.kind === 'resumed' || event.kind === 'piece') continue;
    if (event.kind === 'hole') {
      const position = planned.sentences.findIndex(({ step }) => step === event.step);
      const sentence = found.has(position) ? null : assembler.accept(event);
      if (sentence === null) continue;
      found.set(position, sentence);
      const shown = inOrder(found);
      const firstSentenceMs = now.firstSentenceMs ?? (shown.length > 0 ? sinceAsked() : null);
      now = { ...now, sentences: shown, firstSentenceMs };
      ports.store.transaction((write) => {
        insertSentence(write, ports.sealing, now, position, sentence);
        updateExplanation(write, now, null);
      });
      ports.onChange(now);
    } else if (event.kind === 'done') {
      engineTiming = JSON.stringify({ layout: event.layout, tokens: event.tokens, timing: event.timing });
      const sentences = inOrder(found);
      const whole = sentences.length === now.planned;
      if (event.writtenBy !== undefined) now = { ...now, model: event.writtenBy };
      now = whole
        ? {
            ...now,
            status: 'complete',
            confidence: confidenceOf(sentences, thresholds),
            completeMs: sinceAsked(),
          }
        : { ...now, status: 'rules-only', reason: 'engine-failed', completeMs: sinceAsked() };
    } else if (event.kind === 'timed-out') now = ended(now, 'engine-timeout');
    else now = event.reason === 'cancelled' ? ended(now, 'interrupted') : ended(now, 'engine-failed');
  }
  return { explanation: now, record: record() };

  function sinceAsked(): number {
    return Math.round(ports.stopwatch() - askedAt);
  }
  function ended(explanation: Explanation, reason: RulesOnlyReason): Explanation {
    return { ...explanation, status: 'rules-only', reason, completeMs: sinceAsked() };
  }
}

/**
 * Sentences without the model: approved phrases and rule sentences, durable and shown. `explanation` keeps its status
 * where that says why there is no model; where the site's policy wants no other text it is complete.
 */
export function writeApproved(
  ports: Pick<WritingPorts, 'store' | 'sealing' | 'approved'>,
  explanation: Explanation,
): Explanation {
  const facts = completeFacts(explanation.facts);
  const planned = planSentences(facts, explanation.language, explanation.depth);
  const sentences = sentencesWithoutModel(planned, facts, explanation.language, ports.approved());
  const byPolicy = explanation.text === 'approved';
  const after: Explanation = {
    ...explanation,
    sentences,
    planned: sentences.length,
    attempt: byPolicy ? explanation.attempt + 1 : explanation.attempt,
    ...(byPolicy ? { status: 'complete', reason: null, confidence: null, model: null } : {}),
  };
  ports.store.transaction((write) => {
    for (const [position, sentence] of sentences.entries())
      insertSentence(write, ports.sealing, after, position, sentence);
    updateExplanation(write, after, null);
  });
  return after;
}

/** The sentences up to the first that is not there yet: nothing that is being read moves. */
function inOrder(found: ReadonlyMap<number, Sentence>): Sentence[] {
  const sentences: Sentence[] = [];
  for (let position = 0; ; position++) {
    const sentence = found.get(position);
    if (sentence === undefined) return sentences;
    sentences.push(sentence);
  }
}

/** SHA-256 over everything that the model is given. */
function promptHash(plan: GenerationPlan): string {
  return createHash('sha256')
    .update(JSON.stringify([plan.prefix, plan.body, plan.steps, plan.sampling]))
    .digest('hex');
}
