/**
 * The language model in this process: node-llama-cpp's low-level sequences under the engine port. Two contexts on
 * one model: one for emergencies, whose sequences write in parallel, and one for background jobs, which keeps what
 * they have written while they stand still.
 */
import os from 'node:os';
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import type { EnginePort, EngineStatus, GenerationLayout } from '../../app/contract/engine.ts';
import { libraryVersion } from './admission.ts';
import type { CatalogEntry } from './catalog.ts';
import { createGeneration } from './generation.ts';
import { planMemory } from './memory.ts';
import { sha256Of } from './model-file.ts';
import { createPrefixStates, NO_PREFIX_STATES } from './prefix-states.ts';
import { BATCH_TOKENS } from './sequences.ts';

export interface InProcessOptions {
  readonly modelFile: string;
  /** What the catalogue says of this file, with the hash that was verified. */
  readonly catalogEntry: CatalogEntry & { readonly sha256: string };
  readonly threads: number;
  readonly adapterFile?: string | null;
  /** From the smoke load on this machine; shown, never used to decide. */
  readonly tokensPerSecond?: number | null;
  /** The layout that the smoke load found faster; null: not measured, serial is taken. */
  readonly layout?: GenerationLayout | null;
  /** Folder for the states of fixed beginnings; null keeps none. */
  readonly stateDirectory?: string | null;
}

export type InProcessEngine = EnginePort & { close(): Promise<void> };

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
    const context = (count: number): Promise<LlamaContext> =>
      model.createContext({
        contextSize: contextTokens,
        batchSize: BATCH_TOKENS,
        sequences: count,
        threads,
        failedCreationRemedy: false,
        ...(adapterFile === null ? {} : { lora: adapterFile }),
      });
    const emergency = await context(sequences);
    const background = await context(1);
    const status: EngineStatus = {
      state: 'ready',
      detail: null,
      model: {
        name: catalogEntry.name,
        file: catalogEntry.file,
        sha256: catalogEntry.sha256,
        adapter: adapterFile,
        promptFormat: catalogEntry.promptFormat,
        languages: [...catalogEntry.languages],
        tokensPerSecond: options.tokensPerSecond ?? null,
        layout: options.layout ?? null,
      },
    };
    const identity = [
      catalogEntry.sha256,
      adapterFile === null ? 'no adapter' : await sha256Of(adapterFile),
      await libraryVersion(),
      `${contextTokens} tokens`,
      os.cpus()[0]?.model ?? 'unknown processor',
    ].join(' | ');
    const { stateDirectory = null } = options;
    const generation = createGeneration({
      model,
      sequences: {
        emergency: Array.from({ length: sequences }, () => emergency.getSequence()),
        background: [background.getSequence()],
      },
      contextTokens,
      banned: digitTokens(model),
      layout: options.layout ?? 'serial',
      prefixStates: stateDirectory === null ? NO_PREFIX_STATES : createPrefixStates(stateDirectory, identity),
    });
    return {
      status: () => status,
      // A loaded model does not change its status; the composition around it does.
      onStatus: () => () => undefined,
      prepare: generation.prepare,
      speculate: generation.speculate,
      generate: generation.generate,
      async close() {
        await generation.stop();
        await emergency.dispose();
        await background.dispose();
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
