/**
 * What an emergency waits for and what an abort still costs, counted in batches at the library's own door
 * (`decodeBatch` of its addon): whatever the code above believes, each batch that the model computes is seen.
 */
import { getLlama, type Llama, type LlamaContext, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationEvent, GenerationPlan } from '../../app/contract/engine.ts';
import { createGeneration, type Generation } from './generation.ts';
import { NO_PREFIX_STATES } from './prefix-states.ts';
import { BATCH_TOKENS } from './sequences.ts';
import { hasModel, MODEL_FILE, PATIENCE_MS } from './test-models.ts';
import { createTurns } from './turns.ts';

/** The requirement: an emergency's first token waits for at most so many batches of a background job. */
const MOST_BATCHES_WAITED = 2;
/** The requirement: what is still computed after an abort. */
const MOST_BATCHES_AFTER_ABORT = 1;
const LANES = ['emergency', 'background'] as const;
type Lane = (typeof LANES)[number];
const SAMPLING = { temperature: 0, topP: 1, seed: 1 } as const;

/** Four batches of prompt, then holes: the moments at which somebody may come in between. */
const LONG: GenerationPlan = {
  prefix: [],
  body: [{ kind: 'plain', text: 'The patient breathes fast and the pressure is low. '.repeat(20) }],
  steps: ['The breathing', 'The pressure', 'The pulse'].flatMap((text) => [
    { kind: 'literal', text } as const,
    { kind: 'hole', maxTokens: 8 } as const,
  ]),
  sampling: SAMPLING,
};
const SHORT: GenerationPlan = {
  prefix: [],
  body: [{ kind: 'plain', text: 'Oxygen is low.' }],
  steps: [
    { kind: 'literal', text: ' It' },
    { kind: 'hole', maxTokens: 4 },
  ],
  sampling: SAMPLING,
};

describe.skipIf(!hasModel)('who waits for whom, in batches', () => {
  let llama: Llama;
  let model: LlamaModel;
  let contexts: { readonly [lane in Lane]: LlamaContext };
  let generation: Generation;
  let computed: Lane[] = [];
  let onBatch: () => void = () => undefined;

  beforeAll(async () => {
    llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      logLevel: LlamaLogLevel.error,
      maxThreads: 2,
    });
    model = await llama.loadModel({ modelPath: MODEL_FILE });
    const context = () =>
      model.createContext({ contextSize: 1024, batchSize: BATCH_TOKENS, sequences: 1, threads: 2 });
    contexts = { emergency: await context(), background: await context() };
    for (const lane of LANES)
      watchBatches(contexts[lane], () => {
        computed.push(lane);
        onBatch();
      });
    const sequences = {
      emergency: [contexts.emergency.getSequence()],
      background: [contexts.background.getSequence()],
      idle: [],
    };
    generation = createGeneration({
      model,
      sequences: (lane) => Promise.resolve(sequences[lane]),
      turns: createTurns(),
      contextTokens: 1024,
      banned: new Set(),
      layout: 'serial',
      prefixStates: NO_PREFIX_STATES,
    });
  }, PATIENCE_MS);
  afterAll(async () => {
    await generation.stop();
    await llama.dispose();
  });

  it(
    'an emergency that comes at any batch of a background job waits for two at most',
    async () => {
      const all = await batchesOf('background', LONG);
      expect(all).toBeGreaterThan(12);
      const waited: number[] = [];
      for (let at = 1; at <= all; at += 3) {
        computed = [];
        let asked = Number.POSITIVE_INFINITY;
        let emergency: Promise<unknown> | null = null;
        onBatch = () => {
          if (computed.length !== at) return;
          asked = computed.length;
          emergency = collect('emergency', SHORT);
        };
        await collect('background', { ...LONG, body: [...LONG.body, { kind: 'plain', text: ` ${at}` }] });
        await emergency;
        const first = computed.indexOf('emergency');
        expect(first, `asked at batch ${at}`).toBeGreaterThanOrEqual(0);
        waited.push(computed.slice(asked - 1, first).filter((lane) => lane === 'background').length);
      }
      // Each was asked for while a batch was being computed: that one counts.
      expect(Math.min(...waited)).toBeGreaterThanOrEqual(1);
      expect(Math.max(...waited)).toBeLessThanOrEqual(MOST_BATCHES_WAITED);
    },
    PATIENCE_MS,
  );

  it(
    'an abort at any batch is followed by one more at most',
    async () => {
      const all = await batchesOf('emergency', LONG);
      for (let at = 1; at < all; at += 4) {
        computed = [];
        const controller = new AbortController();
        onBatch = () => {
          if (computed.length === at) controller.abort();
        };
        const body = [...LONG.body, { kind: 'plain', text: ` abort ${at}` } as const];
        const events = await collect('emergency', { ...LONG, body }, controller.signal);
        expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'cancelled' });
        expect(computed.length - at, `aborted at batch ${at}`).toBeLessThanOrEqual(MOST_BATCHES_AFTER_ABORT);
      }
    },
    PATIENCE_MS,
  );

  async function batchesOf(lane: Lane, plan: GenerationPlan): Promise<number> {
    computed = [];
    onBatch = () => undefined;
    await collect(lane, plan);
    return computed.length;
  }

  async function collect(
    lane: Lane,
    plan: GenerationPlan,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<GenerationEvent[]> {
    const events: GenerationEvent[] = [];
    for await (const event of generation.generate(plan, lane, signal)) events.push(event);
    return events;
  }
});

/** Tells of each batch when its computing begins. Throws where the library has no such door any more. */
function watchBatches(context: LlamaContext, tell: () => void): void {
  const addon: unknown = Reflect.get(context, '_ctx');
  if (typeof addon !== 'object' || addon === null) throw new Error('the library has no addon context');
  const decode: unknown = Reflect.get(addon, 'decodeBatch');
  if (typeof decode !== 'function') throw new Error('the addon context decodes no batches');
  const watched = (...parameters: readonly unknown[]): unknown => {
    tell();
    return Reflect.apply(decode, addon, parameters);
  };
  if (!Reflect.defineProperty(addon, 'decodeBatch', { value: watched }))
    throw new Error('the addon context cannot be watched');
}
