/** What adapters write of the ward's own alerts: counted where it is read, and written unseen where it is in the shadow. */
import type { EnginePort } from '../../../app/contract/engine.ts';
import { createAssembler } from '../../../app/explanation/assemble.ts';
import type { FindingRule, Sentence } from '../../../app/explanation/explanation.ts';
import { completeFacts, type Facts } from '../../../app/explanation/facts.ts';
import { planExplanation } from '../../../app/explanation/plan.ts';
import type { ExposureRow } from '../../../app/learning/adapters/watch.ts';
import { secondLook } from '../../../app/learning/gates/second-look.ts';
import type { Explanation } from '../explanation/explanations-table.ts';

const SAFETY: readonly FindingRule[] = ['directive', 'diagnosis', 'dismissal', 'certainty', 'identifier'];

/** Numbers of sentences that a model wrote. */
export function exposureOf(
  sentences: readonly Sentence[],
  facts: Facts,
  ms: number | null,
  otherMs: number | null,
): ExposureRow {
  const written = sentences.filter(({ raw }) => raw !== null);
  const shown = written.filter(({ verdict }) => verdict === 'shown');
  return {
    holes: written.length,
    shown: shown.length,
    unsafe: written.filter(({ findings }) => findings.some(({ rule }) => SAFETY.includes(rule))).length,
    unsafeRead: shown.filter(({ raw }) => raw !== null && secondLook(raw, facts, null) !== null).length,
    ms,
    otherMs,
  };
}

/** Explanations that wait to be written once more, at most: the shadow need not see every one of a bad night. Ours. */
const MOST_WAITING = 16;

export interface ShadowWriter {
  /** Writes the explanation once more with the adapter, as idle work, and tells what came of it. */
  add(explanation: Explanation, adapter: string): void;
  close(): void;
}

export function createShadowWriter(
  engine: EnginePort,
  tell: (explanation: Explanation, adapter: string, row: ExposureRow) => void,
): ShadowWriter {
  let waiting: { readonly explanation: Explanation; readonly adapter: string }[] = [];
  let busy = false;
  const abort = new AbortController();

  async function write(explanation: Explanation, adapter: string): Promise<void> {
    const { model } = engine.status();
    if (model === null) return;
    const facts = completeFacts(explanation.facts);
    const mode = explanation.text === 'free' ? 'free' : 'guided';
    const { language, depth } = explanation;
    const { promptFormat } = model;
    const planned = planExplanation(facts, { language, promptFormat, depth, mode, taught: true });
    const assembler = createAssembler(planned, facts, model.thresholds ?? null);
    const sentences: Sentence[] = [];
    let atWork = 0;
    let since = performance.now();
    for await (const event of engine.generate({ ...planned.plan, adapter }, 'idle', abort.signal)) {
      if (event.kind === 'paused') atWork += performance.now() - since;
      if (event.kind === 'resumed') since = performance.now();
      const sentence = assembler.accept(event);
      if (sentence !== null) sentences.push(sentence);
      if (event.kind === 'failed' && event.reason === 'cancelled') return;
      if (event.kind === 'failed')
        tell(explanation, adapter, exposureOf([], facts, null, explanation.completeMs));
      if (event.kind === 'done') {
        const ms = Math.round(atWork + performance.now() - since);
        tell(explanation, adapter, exposureOf(sentences, facts, ms, explanation.completeMs));
      }
    }
  }

  async function go(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = waiting.shift(); next !== undefined && !abort.signal.aborted; next = waiting.shift())
      await write(next.explanation, next.adapter);
    busy = false;
  }

  return {
    add(explanation, adapter) {
      waiting = [...waiting, { explanation, adapter }].slice(-MOST_WAITING);
      void go();
    },
    close: () => abort.abort(),
  };
}
