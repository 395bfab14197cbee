/**
 * What a model will take of this machine's memory, computed before it is loaded from the model file's own
 * description. A model that does not fit is refused in words; found out by loading, it would end the program.
 */
import { stat } from 'node:fs/promises';
import { z } from 'zod';

/** Sequences that write one explanation: batches of four are what the processor's kernels are made for. */
const MOST_SEQUENCES = 4;
/** Tokens of a sequence: a prompt with passages and its answer is under 1,300. Training guide: at most 4,096. */
const SEQUENCE_TOKENS = 1536;
/** One allocation of 1 GiB or more ends an Electron process on Linux (inference reference, trap 1). */
const MOST_CACHE_BYTES = 2 ** 30 - 1;
/** The cache holds half-precision numbers. */
const BYTES_PER_CACHED_NUMBER = 2;
/** Computation buffers and the library itself, generously. Measured with the embedded model: some 130 MiB. */
const WORKING_BYTES = 256 * 2 ** 20;

export interface MemoryPlan {
  readonly contextTokens: number;
  /** Of the emergency context; background jobs have one more. */
  readonly sequences: number;
  readonly cacheBytes: number;
  readonly totalBytes: number;
}

/** Of a model: what its cache holds per token, and how large its file is. */
export interface ModelSize {
  readonly fileBytes: number;
  /** Null where the file does not tell. */
  readonly cacheBytesPerToken: number | null;
}

const described = z.object({
  block_count: z.number(),
  embedding_length: z.number(),
  attention: z.object({ head_count: z.number(), head_count_kv: z.number().optional() }),
});

/** Reads a model's size from its file; no weights are read. */
async function modelSize(file: string): Promise<ModelSize> {
  const { readGgufFileInfo } = await import('node-llama-cpp');
  const { metadata } = await readGgufFileInfo(file, { readTensorInfo: false, logWarnings: false });
  const shape = described.safeParse(Reflect.get(metadata, metadata.general.architecture));
  const fileBytes = (await stat(file)).size;
  if (!shape.success) return { fileBytes, cacheBytesPerToken: null };
  const { block_count: blocks, embedding_length: width, attention } = shape.data;
  const cachedHeads = attention.head_count_kv ?? attention.head_count;
  // Keys and values, for every layer, of every cached head.
  const numbers = 2 * blocks * (width / attention.head_count) * cachedHeads;
  return { fileBytes, cacheBytesPerToken: numbers * BYTES_PER_CACHED_NUMBER };
}

/**
 * How many sequences of how many tokens fit, or why none does.
 *
 * @param availableBytes memory that a process may still take.
 */
export function fitMemory(
  size: ModelSize,
  trainedTokens: number,
  availableBytes: number,
): MemoryPlan | { readonly refused: string } {
  const contextTokens = Math.min(SEQUENCE_TOKENS, trainedTokens);
  const perSequence = (size.cacheBytesPerToken ?? 0) * contextTokens;
  for (let sequences = MOST_SEQUENCES; sequences >= 1; sequences--) {
    const cacheBytes = perSequence * sequences;
    const totalBytes = size.fileBytes + cacheBytes + perSequence + WORKING_BYTES;
    if (cacheBytes <= MOST_CACHE_BYTES && totalBytes <= availableBytes)
      return { contextTokens, sequences, cacheBytes, totalBytes };
  }
  const needed = size.fileBytes + 2 * perSequence + WORKING_BYTES;
  return {
    refused:
      perSequence > MOST_CACHE_BYTES
        ? `the key-value cache would need ${mebibytes(perSequence)} MiB in one piece, and ${mebibytes(MOST_CACHE_BYTES)} is the most`
        : `it needs ${mebibytes(needed)} MiB of memory and ${mebibytes(availableBytes)} MiB are available`,
  };
}

function mebibytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}

/** The memory plan of a model file on this machine. Rejects, in words, where it does not fit. */
export async function planMemory(file: string, trainedTokens: number): Promise<MemoryPlan> {
  const plan = fitMemory(await modelSize(file), trainedTokens, process.availableMemory());
  if ('refused' in plan) throw new Error(plan.refused);
  return plan;
}
