/** The helper of the smoke load: loads the model of its argument, writes a few tokens, reports, and ends. */
import type { GenerationPlan } from '../../app/contract/engine.ts';
import { createInProcessEngine } from './in-process.ts';
import { type SmokeReport, smokeRequestSchema } from './smoke-load.ts';

/** Enough tokens for a speed, few enough for a start. */
const HOLES = 4;
const HOLE_TOKENS = 12;
const PLAN: GenerationPlan = {
  prefix: [{ kind: 'plain', text: 'Readings are repeated and written down.' }],
  body: [{ kind: 'plain', text: '\n' }],
  steps: Array.from({ length: HOLES }).flatMap(() => [
    { kind: 'literal' as const, text: '\nThe nurse looks at the readings and' },
    { kind: 'hole' as const, maxTokens: HOLE_TOKENS },
  ]),
  sampling: { temperature: 0, topP: 1, seed: 1 },
};

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
    for await (const event of engine.generate(PLAN, 'emergency', new AbortController().signal)) {
      if (event.kind === 'failed') return { ok: false, detail: event.detail };
      if (event.kind !== 'done') continue;
      const { sampled } = event.tokens;
      const seconds = (event.timing.complete - (event.timing.firstToken ?? 0)) / 1000;
      if (sampled < 1 || seconds <= 0) return { ok: false, detail: 'the model wrote nothing' };
      return { ok: true, loadMs, tokens: sampled, tokensPerSecond: sampled / seconds };
    }
    return { ok: false, detail: 'the engine ended without a result' };
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
