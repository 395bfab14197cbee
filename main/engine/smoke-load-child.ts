/** The helper of the smoke load: loads the model of its argument, writes a few tokens, reports, and ends. */
import type { GenerationLayout, GenerationPlan } from '../../app/contract/engine.ts';
import { createInProcessEngine, type InProcessEngine } from './in-process.ts';
import { type SmokeReport, smokeRequestSchema } from './smoke-load.ts';

/** Shaped like an explanation: six sentences, each a literal and a hole. */
const HOLES = 6;
const HOLE_TOKENS = 12;
const PLAN: GenerationPlan = {
  prefix: [{ kind: 'plain', text: 'Readings are repeated and written down. '.repeat(8) }],
  body: [{ kind: 'plain', text: '\n' }],
  steps: Array.from({ length: HOLES }).flatMap(() => [
    { kind: 'literal' as const, text: '\nThe nurse looks at the readings, which have changed, and' },
    { kind: 'hole' as const, maxTokens: HOLE_TOKENS },
  ]),
  sampling: { temperature: 0, topP: 1, seed: 1 },
};
/** Each layout twice, in turn: the first round also warms up, and the better of two is less the neighbours' doing. */
const ROUNDS = 2;
/** What one layout must save to be preferred to the serial one, whose sentences see each other. Ours. */
const WORTH_IT = 0.95;

interface Timed {
  readonly tokens: number;
  /** Milliseconds from the first token to the end, and of the whole. */
  readonly writingMs: number;
  readonly completeMs: number;
}

async function timed(engine: InProcessEngine, layout: GenerationLayout): Promise<Timed | string> {
  const plan = { ...PLAN, layout };
  for await (const event of engine.generate(plan, 'emergency', new AbortController().signal)) {
    if (event.kind === 'failed') return event.detail;
    if (event.kind !== 'done') continue;
    const { complete, firstToken } = event.timing;
    if (event.tokens.sampled < 1) return 'the model wrote nothing';
    return { tokens: event.tokens.sampled, writingMs: complete - (firstToken ?? 0), completeMs: complete };
  }
  return 'the engine ended without a result';
}

async function report(argument: string | undefined): Promise<SmokeReport> {
  try {
    const request = smokeRequestSchema.parse(JSON.parse(argument ?? ''));
    const startedAt = performance.now();
    const engine = await createInProcessEngine({
      modelFile: request.modelFile,
      catalogEntry: request.entry,
      threads: request.threads,
      adapterFile: request.adapterFile,
    });
    const loadMs = performance.now() - startedAt;
    const best = new Map<GenerationLayout, Timed>();
    for (let round = 0; round < ROUNDS; round++)
      for (const layout of ['serial', 'parallel'] as const) {
        const run = await timed(engine, layout);
        if (typeof run === 'string') return { ok: false, detail: run };
        if (run.completeMs < (best.get(layout)?.completeMs ?? Infinity)) best.set(layout, run);
      }
    const serial = best.get('serial');
    const parallel = best.get('parallel');
    if (serial === undefined || parallel === undefined) return { ok: false, detail: 'nothing was measured' };
    // An empty hole ends at once; a speed is told of what was written all the same.
    const seconds = Math.max(serial.writingMs, 1) / 1000;
    return {
      ok: true,
      loadMs,
      tokens: serial.tokens,
      tokensPerSecond: serial.tokens / seconds,
      layout: parallel.completeMs < serial.completeMs * WORTH_IT ? 'parallel' : 'serial',
    };
  } catch (error) {
    return { ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

/** An Electron utility process talks through `parentPort`, a forked Node through `process.send`. */
function send(message: SmokeReport): void {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (typeof port === 'object' && port !== null) {
    const post: unknown = Reflect.get(port, 'postMessage');
    if (typeof post === 'function') post.call(port, message);
    return;
  }
  process.send?.(message);
}

send(await report(process.argv[2]));
