/** A child that crashes, lies or hangs costs its generation, and is started again. */
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type {
  EnginePort,
  EngineStatus,
  GenerationEvent,
  GenerationPlan,
} from '../../../app/contract/engine.ts';
import { createIsolatedEngine, type IsolatedEngine, type IsolatedOptions } from './isolated.ts';

const PLAN: GenerationPlan = {
  prefix: [],
  body: [{ kind: 'plain', text: 'readings' }],
  steps: [{ kind: 'hole', maxTokens: 8 }],
  sampling: { temperature: 0, topP: 1, seed: 1 },
};
const REQUEST = {
  catalogFile: 'catalog.json',
  modelsDirectory: 'models',
  model: null,
  adapterFile: null,
  threads: 1,
  recordDirectory: null,
  smokeScript: null,
  smokeTimeoutMs: 1_000,
};
/** Speaks the protocol by hand: the seed of a plan says what it does with it. */
const CHILD = `
const status = { state: 'ready', detail: String(process.pid), model: null };
process.send({ kind: 'status', status });
process.on('message', ({ kind, id, plan }) => {
  if (kind !== 'generate') return;
  if (plan.sampling.seed === 13) process.kill(process.pid, 'SIGKILL');
  if (plan.sampling.seed === 14) return process.send({ kind: 'event', id, event: { kind: 'hole', step: -1 } });
  process.send({ kind: 'event', id, event: { kind: 'hole', step: 0, text: ' fine.', probability: 1, tokens: 2, ended: 'sentence' } });
  process.send({ kind: 'event', id, event: { kind: 'done', layout: 'serial', tokens: { promptNew: 1, forced: 0, sampled: 2 }, timing: { firstToken: 1, complete: 2 } } });
});
process.on('disconnect', () => process.exit(0));
`;

const engines: IsolatedEngine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

function open(more: Partial<IsolatedOptions> = {}): IsolatedEngine {
  const script = join(mkdtempSync(join(tmpdir(), 'isolated-')), 'child.mjs');
  writeFileSync(script, CHILD);
  const engine = createIsolatedEngine({
    node: process.execPath,
    script,
    request: REQUEST,
    pauses: { firstMs: 1 },
    ...more,
  });
  engines.push(engine);
  return engine;
}

function until(engine: EnginePort, fits: (status: EngineStatus) => boolean): Promise<EngineStatus> {
  return new Promise((resolve) => {
    if (fits(engine.status())) resolve(engine.status());
    const leave = engine.onStatus((status) => {
      if (!fits(status)) return;
      leave();
      resolve(status);
    });
  });
}
const isReady = ({ state }: EngineStatus): boolean => state === 'ready';

async function kindsOf(engine: EnginePort, seed: number): Promise<GenerationEvent['kind'][]> {
  const kinds: GenerationEvent['kind'][] = [];
  const plan = { ...PLAN, sampling: { ...PLAN.sampling, seed } };
  for await (const event of engine.generate(plan, 'emergency', new AbortController().signal))
    kinds.push(event.kind);
  return kinds;
}

test('writes, survives a crash, and is a new process afterwards', async () => {
  const engine = open();
  const first = await until(engine, isReady);
  expect(await kindsOf(engine, 1)).toEqual(['hole', 'done']);
  const failed = until(engine, ({ state }) => state === 'failed');
  expect(await kindsOf(engine, 13)).toEqual(['failed']);
  expect((await failed).model).toBeNull();
  const second = await until(engine, isReady);
  expect(second.detail).not.toBe(first.detail);
  expect(await kindsOf(engine, 1)).toEqual(['hole', 'done']);
});

test('an event that is none fails its generation alone', async () => {
  const engine = open();
  await until(engine, isReady);
  expect(await kindsOf(engine, 14)).toEqual(['failed']);
  expect(await kindsOf(engine, 1)).toEqual(['hole', 'done']);
});

test('a child that cannot live is tried again and again, and never once it is closed', async () => {
  let children = 0;
  const third = Promise.withResolvers<void>();
  const engine = open({
    script: '/nowhere/child.mjs',
    pauses: { firstMs: 1, longestMs: 2 },
    onChild: () => {
      children += 1;
      if (children === 3) third.resolve();
    },
  });
  await third.promise;
  await engine.close();
  const after = children;
  expect(await kindsOf(engine, 1)).toEqual(['failed']);
  expect(children).toBe(after);
});

test('closing ends the child, which frees what it held', async () => {
  let gone: Promise<unknown> | undefined;
  const engine = open({
    onChild: (child) => {
      gone = once(child, 'exit');
    },
  });
  await until(engine, isReady);
  await engine.close();
  expect(await gone).toEqual([0, null]);
});

test('without plain Node it says so', () => {
  expect(open({ node: null }).status()).toMatchObject({ state: 'failed' });
});
