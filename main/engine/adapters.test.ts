/** Trained adapters under the real model: worn by the plan that asks, taken into use and given back, refused by name. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationEvent, GenerationPlan, GenerationPriority } from '../../app/contract/engine.ts';
import type { EngineAdapter } from '../../app/contract/engine-adapters.ts';
import { embeddedAdapter, madeAdapter } from '../../app/learning/adapters/made-adapter.ts';
import { createInProcessEngine, type InProcessEngine } from './in-process.ts';
import { hasModel, MODEL_FILE, PATIENCE_MS, PINNED_ENTRY } from './test-models.ts';

const PLAN: GenerationPlan = {
  prefix: [],
  body: [{ kind: 'plain', text: 'The nurse looks at the readings. ' }],
  steps: [
    { kind: 'literal', text: 'The breathing is fast, which' },
    { kind: 'hole', maxTokens: 8 },
  ],
  layout: 'serial',
  sampling: { temperature: 0, topP: 1, seed: 1 },
};

describe.skipIf(!hasModel)('adapters under the real model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'adapters-'));
  let engine: InProcessEngine;

  function kept(name: string, bytes: Uint8Array): EngineAdapter {
    const file = join(folder, `${name}.gguf`);
    writeFileSync(file, bytes);
    return { sha256: createHash('sha256').update(bytes).digest('hex'), file, version: name };
  }
  const one = kept('one', madeAdapter({ alpha: 64, tensors: embeddedAdapter(1, 20) }));
  const foreign = kept('foreign', madeAdapter({ architecture: 'qwen2' }));

  async function ask(
    adapter?: string | null,
    priority: GenerationPriority = 'emergency',
  ): Promise<{ text: string; last: GenerationEvent | undefined }> {
    const plan = adapter === undefined ? PLAN : { ...PLAN, adapter };
    let text = '';
    let last: GenerationEvent | undefined;
    for await (const event of engine.generate(plan, priority, new AbortController().signal)) {
      if (event.kind === 'hole') text = event.text;
      last = event;
    }
    return { text, last };
  }

  beforeAll(async () => {
    engine = await createInProcessEngine({ modelFile: MODEL_FILE, catalogEntry: PINNED_ENTRY, threads: 2 });
  }, PATIENCE_MS);
  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  it(
    'writes with the one that a plan asks for, and with the one in use where none is asked for',
    async () => {
      const plain = await ask();
      await engine.adapted({ inUse: null, known: [one] });
      const trial = await ask(one.sha256, 'idle');
      expect(trial.text).not.toBe(plain.text);
      expect(trial.last).toMatchObject({ kind: 'done', writtenBy: { adapter: 'one' } });
      expect((await ask()).text).toBe(plain.text);

      await engine.adapted({ inUse: one.sha256, known: [one] });
      expect(engine.status().model).toMatchObject({ adapter: 'one', adapterSha256: one.sha256 });
      expect((await ask()).text).toBe(trial.text);
      expect((await ask(null, 'background')).text).toBe(plain.text);

      // One click back.
      await engine.adapted({ inUse: null, known: [] });
      expect(engine.status().model).toMatchObject({ adapter: null });
      expect((await ask()).text).toBe(plain.text);
      expect((await ask(one.sha256)).last).toMatchObject({ kind: 'failed', reason: 'unavailable' });
    },
    PATIENCE_MS,
  );

  it(
    'refuses a foreign or altered file by name, and goes on with what was in use',
    async () => {
      const altered = { ...one, sha256: 'b'.repeat(64) };
      for (const wrong of [foreign, altered]) {
        await engine.adapted({ inUse: wrong.sha256, known: [wrong] });
        expect(engine.status().refusedAdapters?.map(({ sha256 }) => sha256)).toEqual([wrong.sha256]);
        expect(engine.status().model).toMatchObject({ adapter: null });
        expect((await ask()).last).toMatchObject({ kind: 'done' });
      }
    },
    PATIENCE_MS,
  );
});
