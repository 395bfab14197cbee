/**
 * The language model in this process: node-llama-cpp's low-level sequences under the engine port. Contexts on one model:
 * one for emergencies, whose sequences write in parallel, one for background jobs, which keeps what they have written
 * while they stand still, and one for idle work while there is any. A trained adapter has contexts of its own.
 */
import os from 'node:os';
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { AdaptableEngine, EngineStatus, GenerationLayout } from '../../app/contract/engine.ts';
import type { EngineAdapters } from '../../app/contract/engine-adapters.ts';
import { libraryVersion } from './admission.ts';
import type { CatalogEntry } from './catalog.ts';
import { planMemory } from './memory.ts';
import { sha256Of } from './model-file.ts';
import { createPrefixStates, NO_PREFIX_STATES } from './prefix-states.ts';
import { createTurns } from './turns.ts';
import { createWardrobe } from './wardrobe.ts';
import { createWearing, type Wearing } from './wearing.ts';

export interface InProcessOptions {
  readonly modelFile: string;
  /** What the catalogue says of this file, with the hash that was verified. */
  readonly catalogEntry: CatalogEntry & { readonly sha256: string };
  readonly threads: number;
  readonly adapterFile?: string | null;
  /** As an explanation names it; left out or null: by its file. */
  readonly adapterVersion?: string | null;
  /** From the smoke load on this machine; shown, never used to decide. */
  readonly tokensPerSecond?: number | null;
  /** The layout that the smoke load found faster; null: not measured, serial is taken. */
  readonly layout?: GenerationLayout | null;
  /** Folder for the states of fixed beginnings; null keeps none. */
  readonly stateDirectory?: string | null;
}

export interface InProcessEngine extends AdaptableEngine {
  /** Resolves when everything that was told to `adapt` before is in use or refused. */
  adapted(adapters: EngineAdapters): Promise<void>;
  close(): Promise<void>;
}

function digitTokens(model: LlamaModel): ReadonlySet<Token> {
  const banned = new Set<Token>();
  for (const token of model.iterateAllTokens())
    if (/\p{N}/u.test(model.detokenize([token], true))) banned.add(token);
  return banned;
}

/**
 * Loads a model and returns the engine port on it.
 *
 * Rejects where the file cannot be loaded or its cache would be too large; `generate` itself never throws.
 * Loading blocks the event loop for 0.3 to 0.5 s, generation for at most some 20 ms at a time.
 */
export async function createInProcessEngine(options: InProcessOptions): Promise<InProcessEngine> {
  const { modelFile, catalogEntry, threads, adapterFile = null } = options;
  // Loaded with the first model: the library's own start costs more than the first painted ward may.
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp');
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    logLevel: LlamaLogLevel.error,
    maxThreads: threads,
    skipDownload: true,
  });
  const plan = await planMemory(modelFile, catalogEntry.contextTokens).catch(async (error: unknown) => {
    await llama.dispose();
    throw error;
  });
  const model = await llama.loadModel({ modelPath: modelFile }).catch(async (error: unknown) => {
    await llama.dispose();
    throw error;
  });
  try {
    const { contextTokens, sequences } = plan;
    const turns = createTurns();
    const banned = digitTokens(model);
    const library = await libraryVersion();
    const { stateDirectory = null } = options;
    const perSequence = plan.cacheBytes / sequences;

    /** Contexts with an adapter; `busy`: the one in use, else one on trial that few need at a time. */
    const wear = (file: string | null, sha256: string | null, busy: boolean): Wearing => {
      const identity = [
        catalogEntry.sha256,
        sha256 ?? 'no adapter',
        library,
        `${contextTokens} tokens`,
        os.cpus()[0]?.model ?? 'unknown processor',
      ].join(' | ');
      return createWearing({
        model,
        adapterFile: file,
        threads,
        contextTokens,
        banned,
        turns,
        layout: options.layout ?? 'serial',
        counts: { emergency: busy ? sequences : 1, background: 1, idle: sequences },
        insistOnMemory(count) {
          const needed = perSequence * count;
          if (needed > process.availableMemory())
            throw new Error(`${Math.ceil(needed / 2 ** 20)} MiB more are needed and not available`);
        },
        prefixStates:
          stateDirectory === null ? NO_PREFIX_STATES : createPrefixStates(stateDirectory, identity),
      });
    };
    const shipped = wear(adapterFile, adapterFile === null ? null : await sha256Of(adapterFile), true);
    await shipped.ready();
    const described: Omit<NonNullable<EngineStatus['model']>, 'adapter' | 'adapterSha256'> = {
      name: catalogEntry.name,
      file: catalogEntry.file,
      sha256: catalogEntry.sha256,
      promptFormat: catalogEntry.promptFormat,
      languages: [...catalogEntry.languages],
      tokensPerSecond: options.tokensPerSecond ?? null,
      layout: options.layout ?? null,
    };
    const thresholds = catalogEntry.thresholds ?? null;
    const shippedVersion = adapterFile === null ? null : (options.adapterVersion ?? adapterFile);
    const wardrobe = createWardrobe({ shipped, shippedVersion, wear, described, thresholds });
    return {
      status: wardrobe.status,
      onStatus: wardrobe.onStatus,
      prepare: wardrobe.prepare,
      speculate: wardrobe.speculate,
      generate: wardrobe.generate,
      adapt: (adapters) => void wardrobe.adapted(adapters),
      adapted: wardrobe.adapted,
      async close() {
        await wardrobe.close();
        await model.dispose();
        await llama.dispose();
      },
    };
  } catch (error) {
    await model.dispose();
    await llama.dispose();
    throw error;
  }
}
