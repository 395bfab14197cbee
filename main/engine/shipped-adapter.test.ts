import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineStatus } from '../../app/contract/engine.ts';
import { readCatalog } from './catalog.ts';
import type { InProcessOptions } from './in-process.ts';
import { shippedAdapter } from './shipped-adapter.ts';
import type { SmokeHelper, SmokeRequest } from './smoke-load.ts';
import { createEngine, type EngineOptions } from './supervised.ts';
import { CATALOG_FILE, PINNED_ENTRY } from './test-models.ts';

const sha256 = (bytes: string): string => createHash('sha256').update(bytes).digest('hex');
const MODEL = 'GGUF stands in for the weights';
const ADAPTER = 'GGUF stands in for an adapter';
const BASE = {
  ...PINNED_ENTRY,
  file: 'base.gguf',
  sha256: sha256(MODEL),
  sizeBytes: MODEL.length,
  sources: [],
};
const NAMED = {
  version: 'demonstration 1',
  file: 'demonstration.gguf',
  sizeBytes: ADAPTER.length,
  sha256: sha256(ADAPTER),
  baseSha256: BASE.sha256,
};

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'shipped-'));
  await writeFile(path.join(folder, NAMED.file), ADAPTER);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the adapter that comes with the program', () => {
  it('is found where the catalogue names it, and nowhere else', async () => {
    const file = path.join(folder, NAMED.file);
    const { version } = NAMED;
    expect(await shippedAdapter(folder, { ...BASE, adapter: NAMED })).toEqual({
      ok: true,
      file,
      version,
      sha256: NAMED.sha256,
    });
    expect(await shippedAdapter(folder, BASE)).toBeNull();
  });

  it.each([
    ['missing', { file: 'gone.gguf' }, 'the file is not there'],
    ['cut', { sizeBytes: ADAPTER.length + 1 }, 'instead of'],
    ['altered', { sha256: sha256('other') }, 'not those that the catalogue pinned'],
    ['for other weights', { baseSha256: sha256('other') }, 'other weights'],
  ])('is left off where it is %s, and says why', async (_, wrong, words) => {
    const found = await shippedAdapter(folder, { ...BASE, adapter: { ...NAMED, ...wrong } });
    expect(found).toMatchObject({ ok: false, detail: expect.stringContaining(words) });
  });
});

/** The engine on stand-ins: what it was loaded with, and how it then stands. */
async function start(
  more: Partial<EngineOptions>,
): Promise<{ loaded: InProcessOptions[]; status: EngineStatus }> {
  const models = path.join(folder, 'models');
  await mkdir(models);
  await writeFile(path.join(models, BASE.file), MODEL);
  const catalog = await readCatalog(CATALOG_FILE);
  const text = JSON.stringify({ ...catalog, models: [{ ...BASE, adapter: NAMED }] });
  await writeFile(path.join(models, 'catalog.json'), text);
  const loaded: InProcessOptions[] = [];
  const engine = createEngine({
    mode: 'on',
    catalogFile: path.join(models, 'catalog.json'),
    modelsDirectory: models,
    model: null,
    adapterFile: null,
    shippedAdapters: folder,
    threads: 2,
    recordDirectory: null,
    smokeHelper: null,
    plainSmokeHelper: null,
    smokeTimeoutMs: 1000,
    fault: null,
    load: (options) => {
      loaded.push(options);
      return Promise.resolve({
        status: () => ({ state: 'ready', detail: null, model: null }),
        onStatus: () => () => undefined,
        prepare: () => Promise.resolve(),
        speculate: () => undefined,
        adapt: () => undefined,
        adapted: () => Promise.resolve(),
        // biome-ignore lint/correctness/useYield: nothing is asked of it here.
        async *generate() {
          return;
        },
        close: () => Promise.resolve(),
      });
    },
    ...more,
  });
  const status = await engine.started;
  await engine.close();
  return { loaded, status };
}

/** A helper in which nothing loads that wears an adapter. */
function withoutAdapters({ adapterFile }: SmokeRequest): SmokeHelper {
  const report =
    adapterFile === null
      ? { ok: true, loadMs: 1, tokens: 1, tokensPerSecond: 1, layout: 'serial' }
      : { ok: false, detail: 'this adapter does not load' };
  return {
    onMessage: (listener) => setImmediate(() => listener(report)),
    onExit: () => undefined,
    kill: () => undefined,
  };
}

describe('the engine', () => {
  it('wears what came with the program', async () => {
    const { loaded, status } = await start({});
    const adapterFile = path.join(folder, NAMED.file);
    expect(loaded).toMatchObject([{ adapterFile, adapterVersion: NAMED.version }]);
    expect(status.refusedAdapters).toBeUndefined();
  });

  it('wears what somebody named instead', async () => {
    const { loaded } = await start({ adapterFile: 'mine.gguf' });
    expect(loaded).toMatchObject([{ adapterFile: 'mine.gguf', adapterVersion: null }]);
  });

  it('writes without it where it is gone or does not load, and says so', async () => {
    const { loaded, status } = await start({ smokeHelper: withoutAdapters });
    expect(loaded).toMatchObject([{ adapterFile: null, adapterVersion: null }]);
    expect(status.state).toBe('ready');
    expect(status.refusedAdapters).toMatchObject([{ sha256: NAMED.sha256 }]);
    await rm(path.join(folder, 'models'), { recursive: true });
    await rm(path.join(folder, NAMED.file));
    const gone = await start({});
    expect(gone.loaded).toMatchObject([{ adapterFile: null }]);
    expect(gone.status.refusedAdapters).toMatchObject([
      { sha256: NAMED.sha256, detail: expect.stringContaining('not there') },
    ]);
  });
});
