/** Ours in `bench -- explain`: facts, plan, engine and verifier as at the bed, from the alert to each checked sentence. */
import { setTimeout as delay } from 'node:timers/promises';
import type { GenerationPlan } from '../../../app/contract/engine.ts';
import { createAssembler } from '../../../app/explanation/assemble.ts';
import { completeFacts, type Facts } from '../../../app/explanation/facts.ts';
import { type ExplanationPlan, planExplanation } from '../../../app/explanation/plan.ts';
import { createInProcessEngine, type InProcessEngine } from '../../../main/engine/in-process.ts';
import { gridVitals } from '../../../main/headless/toolbox/grid.ts';
import { answerRequests } from './contender.ts';
import { benchEntry } from './model-entry.ts';
import { contenderStartSchema, type WriteRequest, type Written, writeRequestSchema } from './protocol.ts';

/** Evaluating ahead tells nobody when it is done: it is, when the process has computed nothing for so long. */
const QUIET_MS = 400;
const QUIET_CPU_SHARE = 0.1;

const start = contenderStartSchema.parse(JSON.parse(process.argv[2] ?? ''));
let kept: InProcessEngine | null = null;

await answerRequests(
  (line) => writeRequestSchema.parse(line),
  async (request) => {
    if (request.preparation !== 'cold') {
      kept ??= await loaded();
      return await write(kept, request);
    }
    await kept?.close();
    kept = null;
    const fresh = await loaded();
    try {
      return await write(fresh, request);
    } finally {
      await fresh.close();
    }
  },
);

function loaded(): Promise<InProcessEngine> {
  const { modelFile, threads } = start;
  return createInProcessEngine({ modelFile, catalogEntry: benchEntry(start), threads });
}

async function write(engine: InProcessEngine, request: WriteRequest): Promise<Written> {
  const before = planned(request);
  if (request.preparation !== 'cold') await engine.prepare(before.plan.prefix);
  if (request.preparation === 'speculative') {
    engine.speculate(before.plan);
    await quiet();
  }
  const started = performance.now();
  // Everything that an alert sets off is inside: facts and plan are made again.
  const facts = factsOf(request);
  const explanation = planned(request, facts);
  const assembler = createAssembler(explanation, facts);
  let firstMs: number | null = null;
  let lastMs = 0;
  let sentences = 0;
  let shown = 0;
  for await (const event of engine.generate(explanation.plan, 'emergency', new AbortController().signal)) {
    if (event.kind === 'failed') throw new Error(event.detail);
    if (event.kind === 'done') {
      const { forced, sampled } = event.tokens;
      return { firstMs: firstMs ?? lastMs, completeMs: lastMs, forced, sampled, sentences, shown };
    }
    const sentence = assembler.accept(event);
    if (sentence === null) continue;
    lastMs = performance.now() - started;
    firstMs ??= lastMs;
    sentences += 1;
    if (sentence.verdict === 'shown') shown += 1;
  }
  throw new Error('the engine ended without a result');
}

function factsOf({ alert }: WriteRequest): Facts {
  return completeFacts({ vitals: gridVitals(alert) });
}

/**
 * The plan of an alert. Without literals the model is given holes alone, which together are as long as the whole
 * answer: what literals save is what that costs more.
 */
function planned(request: WriteRequest, facts: Facts = factsOf(request)): ExplanationPlan {
  const explanation = planExplanation(facts, { language: 'en', promptFormat: 'chatml' });
  const plan: GenerationPlan = { ...explanation.plan, layout: request.layout };
  if (request.literals) return { ...explanation, plan };
  const maxTokens = Math.max(1, Math.round(request.tokens / request.sentences));
  const steps = explanation.sentences.flatMap(() => [
    { kind: 'literal' as const, text: '\n' },
    { kind: 'hole' as const, maxTokens },
  ]);
  return { ...explanation, plan: { ...plan, steps } };
}

/** Resolves when the process is idle. */
async function quiet(): Promise<void> {
  for (;;) {
    const before = process.cpuUsage();
    await delay(QUIET_MS);
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1000 < QUIET_MS * QUIET_CPU_SHARE) return;
  }
}
