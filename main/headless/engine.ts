/** The engine on plain Node: in this process, smoke-loaded first in a child of the same Node. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogEntry } from '../engine/catalog.ts';
import { createIsolatedEngine, type IsolatedEngine } from '../engine/isolated/isolated.ts';
import { forkSmokeHelper, type SmokeResult, smokeLoad } from '../engine/smoke-load.ts';
import { createEngine, type SupervisedEngine } from '../engine/supervised.ts';
import { engineThreads } from '../engine/threads.ts';

const SMOKE_LIMIT_MS = 120_000;
const ISOLATED_CHILD = fileURLToPath(new URL('../engine/isolated/isolated-child.ts', import.meta.url));
const SMOKE_CHILD = fileURLToPath(new URL('../engine/smoke-load-child.ts', import.meta.url));

export interface HeadlessEngineOptions {
  /** The program's folder. */
  readonly root: string;
  /** A model's name or file; null takes the catalogue's default. */
  readonly model: string | null;
  readonly adapterFile: string | null;
  /** False: what came with the program is left off where no file is named. True unless told otherwise. */
  readonly shippedAdapter?: boolean;
  readonly threads: number | null;
  readonly safeMode: boolean;
  /** Where verified files and admissions are remembered; null remembers nothing. */
  readonly recordDirectory: string | null;
  /** False where the caller can afford a crash of its own (one question of the toolbox). */
  readonly smokeLoadFirst: boolean;
  readonly fault: 'hang' | 'crash' | null;
}

export function openHeadlessEngine(options: HeadlessEngineOptions): SupervisedEngine {
  const models = join(options.root, 'models');
  return createEngine({
    mode: options.safeMode ? 'safe-mode' : 'on',
    catalogFile: join(models, 'catalog.json'),
    modelsDirectory: models,
    model: options.model,
    adapterFile: options.adapterFile,
    shippedAdapters: options.shippedAdapter === false ? undefined : shippedIn(options.root),
    threads: options.threads ?? engineThreads(),
    recordDirectory: options.recordDirectory,
    smokeHelper: options.smokeLoadFirst ? forkSmokeHelper(SMOKE_CHILD) : null,
    plainSmokeHelper: null,
    smokeTimeoutMs: SMOKE_LIMIT_MS,
    fault: options.fault,
  });
}

/** Where the adapters lie that the catalogue names. */
const shippedIn = (root: string): string => join(root, 'resources', 'adapters');

/** The engine in a child of this Node. */
export function openIsolatedEngine(
  root: string,
  model: string | null,
  recordDirectory: string,
): IsolatedEngine {
  const models = join(root, 'models');
  return createIsolatedEngine({
    node: process.execPath,
    script: ISOLATED_CHILD,
    request: {
      catalogFile: join(models, 'catalog.json'),
      modelsDirectory: models,
      model,
      adapterFile: null,
      shippedAdapters: shippedIn(root),
      threads: engineThreads(),
      recordDirectory,
      smokeScript: SMOKE_CHILD,
      smokeTimeoutMs: SMOKE_LIMIT_MS,
    },
  });
}

/** Loads a model in a child of this Node and measures it. */
export function smokeLoadInChild(
  file: string,
  entry: CatalogEntry & { sha256: string },
  adapterFile: string | null = null,
): Promise<SmokeResult> {
  return smokeLoad({
    request: { modelFile: file, entry, threads: engineThreads(), adapterFile },
    timeoutMs: SMOKE_LIMIT_MS,
    sameRuntime: forkSmokeHelper(SMOKE_CHILD),
    plainNode: null,
  });
}

/** better-sqlite3's own build where set-up made one: then the same binary serves Electron and this Node. */
export function sqliteBindingOf(root: string): string | null {
  const binding = join(root, '.runtime', 'sqlite', 'better_sqlite3.node');
  return existsSync(binding) ? binding : null;
}
