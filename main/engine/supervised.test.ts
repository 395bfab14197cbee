import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineStatus, GenerationEvent } from '../../app/contract/engine.ts';
import { readCatalog } from './catalog.ts';
import type { InProcessEngine } from './in-process.ts';
import { createEngine, type EngineOptions } from './supervised.ts';
import { CATALOG_FILE, DEFAULT_ENTRY, hasModel, MODEL_FILE, MODELS_DIRECTORY } from './test-models.ts';

const OPTIONS: EngineOptions = {
  mode: 'on',
  catalogFile: CATALOG_FILE,
  modelsDirectory: MODELS_DIRECTORY,
  model: null,
  adapterFile: null,
  threads: 2,
  recordDirectory: null,
  smokeHelper: null,
  plainSmokeHelper: null,
  smokeTimeoutMs: 1000,
  fault: null,
};
const PLAN = {
  prefix: [],
  body: [{ kind: 'plain' as const, text: 'A' }],
  steps: [{ kind: 'hole' as const, maxTokens: 4 }],
  sampling: { temperature: 0, topP: 1, seed: 1 },
};
const READY: EngineStatus = { state: 'ready', detail: null, model: null };

function fakeEngine(): InProcessEngine {
  return {
    status: () => READY,
    onStatus: () => () => undefined,
    prepare: () => Promise.resolve(),
    speculate: () => undefined,
    adapt: () => undefined,
    adapted: () => Promise.resolve(),
    async *generate() {
      yield { kind: 'hole', step: 0, text: ' done.', probability: 1, tokens: 1, ended: 'sentence' };
    },
    close: () => Promise.resolve(),
  };
}

async function first(events: AsyncIterable<GenerationEvent>): Promise<GenerationEvent | undefined> {
  for await (const event of events) return event;
  return undefined;
}

describe('createEngine', () => {
  it.each(['safe-mode', 'off'] as const)('loads nothing in %s and says so', async (mode) => {
    const engine = createEngine({ ...OPTIONS, mode });
    expect(engine.status().state).toBe(mode);
    await engine.started;
    const event = await first(engine.generate(PLAN, 'emergency', new AbortController().signal));
    expect(event).toMatchObject({ kind: 'failed', reason: 'unavailable' });
  });

  it('says that the model is missing, by name', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'models-'));
    const engine = createEngine({ ...OPTIONS, modelsDirectory: folder });
    expect(engine.status().state).toBe('starting');
    expect(await engine.started).toMatchObject({
      state: 'missing',
      detail: expect.stringContaining(DEFAULT_ENTRY.file),
    });
    await rm(folder, { recursive: true });
  });

  it.each([
    ['a model that is not in the catalogue', 'other.gguf', 'refused'],
    ['a model that nobody has pinned', 'Llama-3-8B-Instruct', 'refused'],
  ])('refuses %s', async (_name, model, state) => {
    expect(await createEngine({ ...OPTIONS, model }).started).toMatchObject({ state });
  });

  it('says that a broken catalogue is a failure', async () => {
    const started = await createEngine({ ...OPTIONS, catalogFile: '/nowhere/catalog.json' }).started;
    expect(started.state).toBe('failed');
  });
});

describe('closing an engine that has not come up', () => {
  const BYTES = Buffer.from('GGUF, as far as its first bytes tell');
  let folder: string;
  let small: EngineOptions;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'models-'));
    const entry = {
      ...DEFAULT_ENTRY,
      sizeBytes: BYTES.length,
      sha256: createHash('sha256').update(BYTES).digest('hex'),
    };
    const catalogFile = path.join(folder, 'catalog.json');
    await writeFile(
      catalogFile,
      JSON.stringify({ ...(await readCatalog(OPTIONS.catalogFile)), models: [entry] }),
    );
    await writeFile(path.join(folder, entry.file), BYTES);
    small = { ...OPTIONS, catalogFile, modelsDirectory: folder, load: async () => fakeEngine() };
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('does not wait for a leave to start that never comes', async () => {
    let loaded = false;
    const load = async () => {
      loaded = true;
      return fakeEngine();
    };
    const engine = createEngine({ ...small, load, mayStart: new Promise(() => undefined) });
    await engine.close();
    await engine.started;
    expect(engine.status().state).toBe('off');
    expect(loaded).toBe(false);
  });

  it('kills a smoke load that is under way', async () => {
    let kills = 0;
    const trying = Promise.withResolvers<void>();
    const smokeHelper = () => {
      trying.resolve();
      return { onMessage: () => undefined, onExit: () => undefined, kill: () => void kills++ };
    };
    const engine = createEngine({ ...small, smokeHelper, smokeTimeoutMs: 600_000 });
    await trying.promise;
    await engine.close();
    expect(kills).toBe(1);
    expect(engine.status().state).toBe('off');
  });

  it('gives up on a load that hangs, and closes what loads too late', async () => {
    const loading = Promise.withResolvers<void>();
    const load = Promise.withResolvers<InProcessEngine>();
    const engine = createEngine({
      ...small,
      closeLimitMs: 20,
      load: () => {
        loading.resolve();
        return load.promise;
      },
    });
    await loading.promise;
    await engine.close();
    expect(engine.status().state).toBe('off');
    let closed = false;
    load.resolve({
      ...fakeEngine(),
      close: async () => {
        closed = true;
      },
    });
    await engine.started;
    expect(closed).toBe(true);
    expect(engine.status().state).toBe('off');
  });
});

describe.skipIf(!hasModel)('createEngine with the real file', () => {
  it('goes from starting to ready, tells listeners, and serves', async () => {
    const engine = createEngine({ ...OPTIONS, load: async () => fakeEngine() });
    const seen: string[] = [];
    engine.onStatus(({ state }) => seen.push(state));
    expect((await engine.started).state).toBe('ready');
    const event = await first(engine.generate(PLAN, 'emergency', new AbortController().signal));
    expect(event).toMatchObject({ kind: 'hole', text: ' done.' });
    await engine.close();
    expect(seen).toEqual(['ready', 'off']);
  });

  it('refuses a truncated file and never loads it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'models-'));
    const copy = path.join(folder, DEFAULT_ENTRY.file);
    await copyFile(MODEL_FILE, copy);
    await truncate(copy, 1_000_000);
    let loaded = false;
    const load = async () => {
      loaded = true;
      return fakeEngine();
    };
    const status = await createEngine({ ...OPTIONS, modelsDirectory: folder, load }).started;
    expect(status).toMatchObject({ state: 'refused', detail: expect.stringContaining(DEFAULT_ENTRY.file) });
    expect(loaded).toBe(false);
    await rm(folder, { recursive: true });
  });

  it('never loads what the smoke load refused', async () => {
    const smokeHelper = () => ({
      onMessage: () => undefined,
      onExit: (listener: (how: string) => void) => queueMicrotask(() => listener('signal SIGILL')),
      kill: () => undefined,
    });
    const status = await createEngine({ ...OPTIONS, smokeHelper, load: async () => fakeEngine() }).started;
    expect(status).toMatchObject({ state: 'refused', detail: expect.stringContaining('SIGILL') });
  });

  it('hangs on purpose only where a test asks for it', async () => {
    const engine = createEngine({ ...OPTIONS, load: async () => fakeEngine(), fault: 'hang' });
    await engine.started;
    const next = first(engine.generate(PLAN, 'emergency', new AbortController().signal));
    const winner = await Promise.race([
      next,
      new Promise((resolve) => setTimeout(resolve, 30, 'still hanging')),
    ]);
    expect(winner).toBe('still hanging');
  });
});
