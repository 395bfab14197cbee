/**
 * The engine as a program uses it: finds the model, verifies it, smoke-loads it, loads it, and says at every
 * moment where that stands. The same composition serves the shell and the headless program.
 *
 * Everything happens behind the returned port: asking for a text before the model is ready is answered with
 * `unavailable`, never with waiting.
 */
import path from 'node:path';
import type {
  AbortSignalLike,
  AdaptableEngine,
  EnginePort,
  EngineStatus,
  GenerationEvent,
  GenerationPlan,
  GenerationPriority,
} from '../../app/contract/engine.ts';
import type { EngineAdapters } from '../../app/contract/engine-adapters.ts';
import { admissionKey, admit, libraryVersion } from './admission.ts';
import { type CatalogEntry, catalogEntry, readCatalog } from './catalog.ts';
import { type EngineFault, withFault } from './fault.ts';
import { createInProcessEngine, type InProcessEngine, type InProcessOptions } from './in-process.ts';
import { sha256Of, verifyModelFile } from './model-file.ts';
import { type ShippedAdapter, shippedAdapter } from './shipped-adapter.ts';
import { type SmokeResult, type SpawnSmokeHelper, smokeLoad } from './smoke-load.ts';

export interface EngineOptions {
  /** `safe-mode`: after two crashes, everything but the engine. `off`: switched off by a person. */
  readonly mode: 'on' | 'safe-mode' | 'off';
  readonly catalogFile: string;
  readonly modelsDirectory: string;
  /** A model's name or a GGUF file of the catalogue; null takes the catalogue's default. */
  readonly model: string | null;
  readonly adapterFile: string | null;
  /** Folder of the adapters that the catalogue names, worn where `adapterFile` is null; left out: none is looked for. */
  readonly shippedAdapters?: string | undefined;
  /** `isolated`: this is the child on plain Node. Left out: inside the program. */
  readonly runtime?: 'in-process' | 'isolated';
  readonly threads: number;
  /** Folder in which verified files and admissions are remembered; null: both are done at every start. */
  readonly recordDirectory: string | null;
  /** Neither disk nor cores are touched before it resolves. */
  readonly mayStart?: Promise<void>;
  /** A helper of this runtime; null skips the smoke load (tests, and helpers themselves). */
  readonly smokeHelper: SpawnSmokeHelper | null;
  /** A helper on plain Node, to tell "isolated" from "nowhere". */
  readonly plainSmokeHelper: SpawnSmokeHelper | null;
  readonly smokeTimeoutMs: number;
  /** For tests; see `fault.ts`. */
  readonly fault: EngineFault | null;
  /** How a model is loaded; only tests give another one. */
  readonly load?: (options: InProcessOptions) => Promise<InProcessEngine>;
  /** How long `close` waits at most; only tests give another one. */
  readonly closeLimitMs?: number;
}

/** A load or a generation that is inside native code cannot be interrupted; a program that ends need not wait. */
const CLOSE_LIMIT_MS = 5000;

export interface SupervisedEngine extends AdaptableEngine {
  /** Resolves when the start has come to an end, good or bad. Never rejects. */
  readonly started: Promise<EngineStatus>;
  /** Ends the start where it stands, or the loaded engine. Resolves within five seconds, whatever hangs. */
  close(): Promise<void>;
}

class Ended extends Error {
  readonly state: 'missing' | 'refused' | 'failed';
  constructor(state: 'missing' | 'refused' | 'failed', detail: string) {
    super(detail);
    this.state = state;
  }
}

async function findModel(options: EngineOptions): Promise<{ entry: CatalogEntry; file: string }> {
  const { model, modelsDirectory } = options;
  const catalog = await readCatalog(options.catalogFile);
  const isFile = model?.endsWith('.gguf') === true;
  const entry = catalogEntry(catalog, model !== null && isFile ? path.basename(model) : model);
  if (entry === null) throw new Ended('refused', `${path.basename(model ?? '')}: not in the catalogue`);
  // A bare file name means the models folder; anything with a folder in it is meant as it stands.
  const given = model !== null && isFile && path.basename(model) !== model ? path.resolve(model) : null;
  return { entry, file: given ?? path.join(modelsDirectory, entry.file) };
}

async function smoke(
  options: EngineOptions,
  file: string,
  entry: CatalogEntry & { sha256: string },
  signal: AbortSignal,
  adapterFile: string | null,
): Promise<SmokeResult | null> {
  const { smokeHelper, plainSmokeHelper, smokeTimeoutMs, threads } = options;
  if (smokeHelper === null) return null;
  const key = admissionKey({
    sha256: entry.sha256,
    adapterSha256: adapterFile === null ? null : await sha256Of(adapterFile, signal),
    library: await libraryVersion(),
  });
  return admit(recordIn(options, 'admitted-models.json'), key, () =>
    smokeLoad({
      request: { modelFile: file, entry, threads, adapterFile },
      timeoutMs: smokeTimeoutMs,
      sameRuntime: smokeHelper,
      plainNode: plainSmokeHelper,
      signal,
    }),
  );
}

function recordIn(options: EngineOptions, name: string): string | null {
  return options.recordDirectory === null ? null : path.join(options.recordDirectory, name);
}

type RefusedAdapter = NonNullable<EngineStatus['refusedAdapters']>[number];

/** A loaded model, and how an adapter of it is tried in a helper before it is loaded beside it. */
interface Started {
  readonly engine: InProcessEngine;
  /** The adapter that came with the program, where it is not worn. */
  readonly unworn: readonly RefusedAdapter[];
  /** Null: it may be loaded; else why not. */
  readonly tryAdapter: (file: string) => Promise<string | null>;
}

async function shippedOf(
  { adapterFile, shippedAdapters }: EngineOptions,
  entry: CatalogEntry & { sha256: string },
  signal: AbortSignal,
): Promise<ShippedAdapter | null> {
  if (adapterFile !== null || shippedAdapters === undefined) return null;
  return shippedAdapter(shippedAdapters, entry, signal);
}

async function startEngine(options: EngineOptions, signal: AbortSignal): Promise<Started> {
  const { entry, file } = await findModel(options);
  const verdict = await verifyModelFile(file, entry, recordIn(options, 'verified-models.json'), signal);
  if (!verdict.ok) throw new Ended(verdict.reason === 'missing' ? 'missing' : 'refused', verdict.detail);
  const runsHere = entry.runs === 'in-process' || entry.runs === options.runtime;
  if (!runsHere) throw new Ended('refused', `${entry.file}: runs ${entry.runs}, not inside this program`);
  const pinned = { ...entry, sha256: verdict.sha256 };
  const shipped = await shippedOf(options, pinned, signal);
  let unworn: readonly RefusedAdapter[] = shipped?.ok === false ? [shipped] : [];
  let worn = shipped?.ok === true ? shipped : null;
  let tried = await smoke(options, file, pinned, signal, worn?.file ?? options.adapterFile);
  if (tried?.verdict === 'refused' && worn !== null) {
    // The model may well load without it, and a model is worth more than its adapter.
    unworn = [{ sha256: worn.sha256, detail: tried.detail }];
    worn = null;
    tried = await smoke(options, file, pinned, signal, null);
  }
  if (tried?.verdict === 'refused') throw new Ended('refused', `${entry.file}: ${tried.detail}`);
  if (tried?.verdict === 'isolated')
    throw new Ended('refused', `${entry.file}: loads on plain Node only, not inside this program`);
  signal.throwIfAborted();
  const load = options.load ?? createInProcessEngine;
  const engine = await load({
    modelFile: file,
    catalogEntry: pinned,
    threads: options.threads,
    adapterFile: worn?.file ?? options.adapterFile,
    adapterVersion: worn?.version ?? null,
    tokensPerSecond: tried?.tokensPerSecond ?? null,
    layout: tried?.layout ?? null,
    stateDirectory: recordIn(options, 'prefix-states'),
  });
  return {
    engine,
    unworn: unworn.map(({ sha256, detail }) => ({ sha256, detail })),
    async tryAdapter(adapterFile) {
      try {
        const result = await smoke(options, file, pinned, signal, adapterFile);
        return result?.verdict === 'refused' ? result.detail : null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  };
}

/** An adapter that was named a moment ago may still be on trial in the helper. */
async function* afterwards(
  ready: Promise<unknown>,
  events: () => AsyncIterable<GenerationEvent>,
): AsyncGenerator<GenerationEvent> {
  await ready;
  yield* events();
}

async function* unavailable(detail: string): AsyncGenerator<GenerationEvent> {
  yield { kind: 'failed', reason: 'unavailable', detail };
}

/** Starts the engine in the background and returns its port at once. */
export function createEngine(options: EngineOptions): SupervisedEngine {
  const listeners = new Set<(status: EngineStatus) => void>();
  let running: Started | null = null;
  let port: EnginePort | null = null;
  const closing = new AbortController();
  const closed = new Promise<void>((resolve) => closing.signal.addEventListener('abort', () => resolve()));
  let current: EngineStatus = {
    state: options.mode === 'on' ? 'starting' : options.mode,
    detail: null,
    model: null,
  };

  let adapters: EngineAdapters | null = null;
  let adapting: Promise<void> = Promise.resolve();
  /** What the helper could not load: this process is not asked to. */
  let untried: readonly RefusedAdapter[] = [];
  let unworn: readonly RefusedAdapter[] = [];

  function setStatus(status: EngineStatus): EngineStatus {
    const refused = [...unworn, ...untried, ...(status.refusedAdapters ?? [])];
    current = refused.length === 0 ? status : { ...status, refusedAdapters: refused };
    for (const listener of listeners) listener(current);
    return current;
  }

  /** Hands on the adapters that a helper could load. Never rejects. */
  async function adaptTo({ engine, tryAdapter }: Started, wanted: EngineAdapters): Promise<void> {
    const refused: { sha256: string; detail: string }[] = [];
    for (const { sha256, file } of wanted.known) {
      const why = await tryAdapter(file);
      if (why !== null) refused.push({ sha256, detail: why });
    }
    if (closing.signal.aborted || adapters !== wanted) return;
    untried = refused;
    const fit = wanted.known.filter(({ sha256 }) => !refused.some((one) => one.sha256 === sha256));
    const keepsUse = refused.some(({ sha256 }) => sha256 === wanted.inUse);
    const inUse = keepsUse ? (engine.status().model?.adapterSha256 ?? null) : wanted.inUse;
    await engine.adapted({ inUse, known: fit });
  }

  async function start(): Promise<EngineStatus> {
    if (options.mode !== 'on') return current;
    try {
      // The leave to start never comes where the core cannot run; closing must not wait for it.
      await Promise.race([options.mayStart, closed]);
      closing.signal.throwIfAborted();
      const loaded = await startEngine(options, closing.signal);
      unworn = loaded.unworn;
      // Before it says that it is ready: the first explanation is written with what the ward has in use.
      for (let told: EngineAdapters | null = null; adapters !== told; ) {
        told = adapters;
        if (told !== null) await adaptTo(loaded, told);
      }
      if (closing.signal.aborted) {
        await loaded.engine.close();
        return current;
      }
      running = loaded;
      loaded.engine.onStatus(setStatus);
      port = options.fault === null ? loaded.engine : withFault(loaded.engine, options.fault);
      return setStatus(loaded.engine.status());
    } catch (error) {
      if (closing.signal.aborted) return current;
      const detail = error instanceof Error ? error.message : String(error);
      return setStatus({ state: error instanceof Ended ? error.state : 'failed', detail, model: null });
    }
  }
  const started = start();

  return {
    started,
    status: () => current,
    onStatus(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async prepare(prefix) {
      await port?.prepare(prefix);
    },
    speculate(plan) {
      port?.speculate(plan);
    },
    adapt(wanted) {
      adapters = wanted;
      adapting = adapting.then(() => (running === null ? undefined : adaptTo(running, wanted)));
    },
    generate(plan: GenerationPlan, priority: GenerationPriority, signal: AbortSignalLike) {
      if (port === null) return unavailable(`the engine is ${current.state}`);
      const now = port;
      if (typeof plan.adapter !== 'string') return now.generate(plan, priority, signal);
      return afterwards(adapting, () => now.generate(plan, priority, signal));
    },
    async close() {
      closing.abort();
      const ended = started.then(() => running?.engine.close());
      await within(options.closeLimitMs ?? CLOSE_LIMIT_MS, ended);
      running = null;
      port = null;
      setStatus({ state: 'off', detail: null, model: null });
    },
  };
}

/** Resolves when `work` has, at the latest after `limitMs`; rejects where `work` does before. */
async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
