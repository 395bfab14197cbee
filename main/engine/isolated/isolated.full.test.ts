/** The embedded model in a child on plain Node writes what it writes in this process, to the byte. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { EnginePort, GenerationEvent, GenerationPlan } from '../../../app/contract/engine.ts';
import { createInProcessEngine } from '../in-process.ts';
import { hasModel, MODEL_FILE, PINNED_ENTRY } from '../test-models.ts';
import { createIsolatedEngine } from './isolated.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PLAN: GenerationPlan = {
  prefix: [],
  body: [{ kind: 'plain', text: 'The nurse looks at the readings. ' }],
  steps: [
    { kind: 'literal', text: 'The breathing is fast, which' },
    { kind: 'hole', maxTokens: 16 },
  ],
  layout: 'serial',
  sampling: { temperature: 0, topP: 1, seed: 1 },
};

async function holesOf(engine: EnginePort): Promise<string[]> {
  const events: GenerationEvent[] = [];
  for await (const event of engine.generate(PLAN, 'emergency', new AbortController().signal))
    events.push(event);
  expect(events.at(-1)?.kind).toBe('done');
  return events.flatMap((event) => (event.kind === 'hole' ? [event.text] : []));
}

test.runIf(hasModel)('the same words in both processes', { timeout: 120_000 }, async () => {
  const isolated = createIsolatedEngine({
    node: process.execPath,
    script: at('./isolated-child.ts'),
    request: {
      catalogFile: at('../../../models/catalog.json'),
      modelsDirectory: at('../../../models'),
      model: null,
      adapterFile: null,
      threads: 2,
      recordDirectory: null,
      smokeScript: null,
      smokeTimeoutMs: 60_000,
    },
  });
  await new Promise<void>((resolve) => {
    isolated.onStatus(({ state }) => {
      if (state === 'ready') resolve();
    });
  });
  const there = await holesOf(isolated);
  await isolated.close();
  const here = await createInProcessEngine({ modelFile: MODEL_FILE, catalogEntry: PINNED_ENTRY, threads: 2 });
  expect(there).toEqual(await holesOf(here));
  await here.close();
});
