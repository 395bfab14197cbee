/**
 * What the bed's engine computes for a parity case, as JSON on standard output: whether each segment becomes the same
 * tokens, and how far its logits lie from those of HF + PEFT.
 *
 *     node tests/parity.mjs MODEL_FILE CASE_FOLDER
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';

const [modelPath, folder] = process.argv.slice(2);
const { segments, end, adapted, base } = JSON.parse(readFileSync(join(folder, 'parity.json'), 'utf8'));
const llama = await getLlama({
  gpu: false,
  build: 'never',
  logLevel: LlamaLogLevel.error,
  maxThreads: 1,
  skipDownload: true,
});
const model = await llama.loadModel({ modelPath });
const tokens = segments.flatMap((segment) => segment.tokens);

/** Logits behind the last token, by token. */
async function logits(lora) {
  const context = await model.createContext({
    contextSize: 512,
    batchSize: 64,
    sequences: 1,
    threads: 1,
    ...(lora === null ? {} : { lora }),
  });
  const results = await context
    .getSequence()
    .controlledEvaluate([...tokens.slice(0, -1), [tokens.at(-1), { generateNext: { logits: true } }]]);
  const found = results[tokens.length - 1].next.logits;
  await context.dispose();
  return adapted.map((_, token) => found.get(token));
}

/** Root of the mean square of the differences. */
function distance(some, others) {
  return Math.sqrt(some.reduce((sum, value, index) => sum + (value - others[index]) ** 2, 0) / some.length);
}

const best = (values) => values.indexOf(values.reduce((most, value) => Math.max(most, value)));
const plain = await logits(null);
const withAdapter = await logits(join(folder, 'adapter.gguf'));
process.stdout.write(
  JSON.stringify({
    sameTokens: segments.map(
      ({ kind, text, tokens: expected }) =>
        JSON.stringify(model.tokenize(text, kind === 'control', 'trimLeadingSpace')) ===
        JSON.stringify(expected),
    ),
    sameEnd: model.tokens.eos === end,
    sameBest: best(withAdapter) === best(adapted),
    effect: distance(adapted, base),
    apart: distance(withAdapter, adapted),
    withoutAdapter: distance(plain, adapted),
  }),
);
await model.dispose();
await llama.dispose();
