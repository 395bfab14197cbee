import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { EnginePort, GenerationEvent, GenerationPlan } from '../../../app/contract/engine.ts';
import { completeFacts } from '../../../app/explanation/facts.ts';
import { fittingPhrases, readPhraseBank } from '../../../app/explanation/phrases.ts';
import { planExplanation } from '../../../app/explanation/plan.ts';
import { createPhraseOrder } from './phrase-order.ts';

const BANK = readPhraseBank(
  readFileSync(new URL('../../../resources/phrases/bank.json', import.meta.url), 'utf8'),
);
const FACTS = completeFacts({ vitals: { rr: 26, spo2: 95, temp_c: 37, sbp: 120, hr: 80, acvpu: 'A' } });
const EXPLANATION = planExplanation(FACTS, { language: 'en', promptFormat: 'chatml' });
const BREATHING = EXPLANATION.sentences.find(({ about }) => about === 'rr');
if (BREATHING === undefined) throw new Error('fast breathing is a driver');
const planned = BREATHING;
const fitting = fittingPhrases(BANK, planned, FACTS);

/** Chooses the last of the given texts, or does what it is told. */
function engineThat(answer: 'chooses' | 'fails') {
  const asked: GenerationPlan[] = [];
  const port: EnginePort = {
    status: () => ({
      state: 'ready',
      detail: null,
      model: {
        name: 'm',
        file: 'm.gguf',
        sha256: 'a',
        adapter: null,
        promptFormat: 'chatml',
        languages: ['en'],
        tokensPerSecond: null,
        layout: null,
      },
    }),
    onStatus: () => () => undefined,
    prepare: () => Promise.resolve(),
    speculate: () => undefined,
    async *generate(plan): AsyncGenerator<GenerationEvent> {
      asked.push(plan);
      const hole = plan.steps.find((step) => step.kind === 'hole');
      const text = hole?.kind === 'hole' ? hole.choices?.at(-1) : undefined;
      if (answer === 'fails' || text === undefined) {
        yield { kind: 'failed', reason: 'failed', detail: 'no' };
        return;
      }
      yield { kind: 'hole', step: 1, text, probability: 0.5, tokens: 0, ended: 'sentence' };
      const tokens = { promptNew: 0, forced: 0, sampled: 0 };
      yield { kind: 'done', layout: 'serial', tokens, timing: { firstToken: 1, complete: 1 } };
    },
  };
  return { port, asked };
}

test('the first time the bank decides, from then on what the model finds likeliest, and it is asked once', async () => {
  expect(fitting.length).toBeGreaterThan(2);
  const { port, asked } = engineThat('chooses');
  const order = createPhraseOrder(port, () => undefined);
  const rank = order.of(EXPLANATION);
  expect(rank(planned, fitting)).toEqual(fitting);
  expect(rank(planned, fitting)).toEqual(fitting);
  await order.settled();
  const after = order.of(EXPLANATION)(planned, fitting);
  const equals = fitting.filter(({ pattern }) => (pattern === null) === (fitting[0]?.pattern === null));
  expect(after[0]).toBe(equals.at(-1));
  expect(new Set(after)).toEqual(new Set(fitting));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.body).toEqual(EXPLANATION.plan.body);
  expect(asked[0]?.steps[0]).toEqual({ kind: 'literal', text: planned.literal });
});

test('a model that gives no answer leaves the bank’s order and is asked again', async () => {
  const { port, asked } = engineThat('fails');
  const order = createPhraseOrder(port, () => undefined);
  expect(order.of(EXPLANATION)(planned, fitting)).toEqual(fitting);
  await order.settled();
  expect(order.of(EXPLANATION)(planned, fitting)).toEqual(fitting);
  await order.settled();
  expect(asked).toHaveLength(2);
});

test('a phrase for the very pattern stays before one for any, whatever the model finds', async () => {
  const { port } = engineThat('chooses');
  const order = createPhraseOrder(port, () => undefined);
  const [first, second, ...rest] = fitting;
  if (first === undefined || second === undefined) throw new Error('the bank has two for fast breathing');
  const mixed = [
    { ...first, pattern: 'breathing' as const },
    { ...second, pattern: 'breathing' as const },
    ...rest,
  ];
  order.of(EXPLANATION)(planned, mixed);
  await order.settled();
  expect(order.of(EXPLANATION)(planned, mixed)[0]?.id).toBe(second.id);
});
