/**
 * The language model in this process: node-llama-cpp's low-level sequence under the engine port. One context, one
 * sequence, one job at a time.
 */
import type { LlamaModel, Token } from 'node-llama-cpp';
import type { EnginePort, EngineStatus } from '../../app/contract/engine.ts';
import type { CatalogEntry } from './catalog.ts';
import { BATCH_TOKENS, createGeneration } from './generation.ts';

export interface InProcessOptions {
  readonly modelFile: string;
  /** What the catalogue says of this file, with the hash that was verified. */
  readonly catalogEntry: CatalogEntry & { readonly sha256: string };
  readonly threads: number;
  readonly adapterFile?: string | null;
  /** From the smoke load on this machine; shown, never used to decide. */
  readonly tokensPerSecond?: number | null;
}

export type InProcessEngine = EnginePort & { close(): Promise<void> };

/**
 * A prompt with its answer is under 1500 tokens; more context would only cost memory. The key-value cache must
 * also stay under 1 GiB in one piece (the allocator of Electron on Linux ends the process there).
 */
const CONTEXT_TOKENS = 2048;
const MOST_CACHE_BYTES = 2 ** 30 - 1;
const BYTES_PER_CACHED_NUMBER = 2;

/** Size of the key-value cache, from the model file's own description; null where it does not tell. */
function cacheBytes(model: LlamaModel, contextTokens: number): number | null {
  const { metadata } = model.fileInfo;
  const described: unknown = Reflect.get(metadata, metadata.general.architecture);
  if (typeof described !== 'object' || described === null) return null;
  const blocks: unknown = Reflect.get(described, 'block_count');
  const width: unknown = Reflect.get(described, 'embedding_length');
  const attention: unknown = Reflect.get(described, 'attention');
  if (typeof attention !== 'object' || attention === null) return null;
  const heads: unknown = Reflect.get(attention, 'head_count');
  const cachedHeads: unknown = Reflect.get(attention, 'head_count_kv') ?? heads;
  if (typeof blocks !== 'number' || typeof width !== 'number') return null;
  if (typeof heads !== 'number' || typeof cachedHeads !== 'number') return null;
  return 2 * blocks * (width / heads) * cachedHeads * BYTES_PER_CACHED_NUMBER * contextTokens;
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
  const model = await llama.loadModel({ modelPath: modelFile }).catch(async (error: unknown) => {
    await llama.dispose();
    throw error;
  });
  const contextTokens = Math.min(CONTEXT_TOKENS, catalogEntry.contextTokens);
  try {
    const bytes = cacheBytes(model, contextTokens);
    if (bytes !== null && bytes > MOST_CACHE_BYTES)
      throw new Error(`the key-value cache would need ${bytes} bytes`);
    const context = await model.createContext({
      contextSize: contextTokens,
      batchSize: BATCH_TOKENS,
      sequences: 1,
      threads,
      failedCreationRemedy: false,
      ...(adapterFile === null ? {} : { lora: adapterFile }),
    });
    const sequence = context.getSequence();
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
      },
    };
    const generation = createGeneration(model, sequence, digitTokens(model), contextTokens);
    return {
      status: () => status,
      // A loaded model does not change its status; the composition around it does.
      onStatus: () => () => undefined,
      prepare: generation.prepare,
      generate: generation.generate,
      async close() {
        await generation.stop();
        await context.dispose();
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
