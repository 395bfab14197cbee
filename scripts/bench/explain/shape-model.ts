/**
 * A model of the shape and size of a clinical one, with random weights: speed depends on the shape alone. The
 * vocabulary is the small model's. Layout: GGUF version 3 (ggml, docs/gguf.md); blocks of Q4_0 (ggml, ggml-common.h).
 */
import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

export interface ModelShape {
  readonly name: string;
  readonly blocks: number;
  readonly width: number;
  readonly feedForward: number;
  readonly heads: number;
  readonly cachedHeads: number;
}

/** Llama 3 8B (Meta, model card): 32 layers of 4,096, eight cached heads. */
export const SHAPE_8B: ModelShape = {
  name: 'shape-8b-q4_0',
  blocks: 32,
  width: 4096,
  feedForward: 14336,
  heads: 32,
  cachedHeads: 8,
};

const MAGIC = 'GGUF';
const VERSION = 3;
const ALIGNMENT = 32;
const TYPE = { u32: 4, f32: 6, string: 8, array: 9 } as const;
/** Bytes of the fixed-size value types, by number. */
const VALUE_BYTES: Readonly<Record<number, number>> = {
  0: 1,
  1: 1,
  2: 2,
  3: 2,
  4: 4,
  5: 4,
  6: 4,
  7: 1,
  10: 8,
  11: 8,
  12: 8,
};
const F32 = 0;
const Q4_0 = 2;
const Q4_0_BLOCK = 32;
const Q4_0_BLOCK_BYTES = 18;
/** Half-precision 2^-8: weights of up to ±0.03, as a trained model has. */
const SCALE = 0x1c00;
const FILE_TYPE_Q4_0 = 2;

interface Tensor {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly type: typeof F32 | typeof Q4_0;
}

/** Writes the model to `file`. `tokenizerOf` is a GGUF whose tokenizer is taken. */
export function writeShapeModel(shape: ModelShape, tokenizerOf: string, file: string): void {
  const tokenizer = tokenizerEntries(readFileSync(tokenizerOf));
  const tensors = tensorsOf(shape, tokenizer.vocabulary);
  const part = `${file}.part`;
  const handle = openSync(part, 'w');
  try {
    let written = 0;
    const put = (bytes: Uint8Array): void => {
      writeSync(handle, bytes);
      written += bytes.length;
    };
    const pad = (): void => put(new Uint8Array((ALIGNMENT - (written % ALIGNMENT)) % ALIGNMENT));
    const entries = [...shapeEntries(shape), ...tokenizer.entries];
    put(
      Buffer.concat([Buffer.from(MAGIC), u32(VERSION), u64(tensors.length), u64(entries.length), ...entries]),
    );
    let offset = 0;
    for (const tensor of tensors) {
      const { name, sizes, type } = tensor;
      put(Buffer.concat([text(name), u32(sizes.length), ...sizes.map(u64), u32(type), u64(offset)]));
      offset += Math.ceil(bytesOf(tensor) / ALIGNMENT) * ALIGNMENT;
    }
    pad();
    const random = randomBlocks();
    for (const tensor of tensors) {
      if (tensor.type === F32) put(new Uint8Array(new Float32Array(count(tensor)).fill(1).buffer));
      else
        for (let left = bytesOf(tensor); left > 0; left -= random.length)
          put(left < random.length ? random.subarray(0, left) : random);
      pad();
    }
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
}

function tensorsOf(
  { blocks, width, feedForward, heads, cachedHeads }: ModelShape,
  vocabulary: number,
): Tensor[] {
  const cached = (width / heads) * cachedHeads;
  const matrix = (name: string, from: number, to: number): Tensor => ({
    name,
    sizes: [from, to],
    type: Q4_0,
  });
  const norm = (name: string): Tensor => ({ name, sizes: [width], type: F32 });
  const block = (index: number): Tensor[] => {
    const named = (name: string): string => `blk.${index}.${name}.weight`;
    return [
      norm(named('attn_norm')),
      matrix(named('attn_q'), width, width),
      matrix(named('attn_k'), width, cached),
      matrix(named('attn_v'), width, cached),
      matrix(named('attn_output'), width, width),
      norm(named('ffn_norm')),
      matrix(named('ffn_gate'), width, feedForward),
      matrix(named('ffn_up'), width, feedForward),
      matrix(named('ffn_down'), feedForward, width),
    ];
  };
  return [
    matrix('token_embd.weight', width, vocabulary),
    ...Array.from({ length: blocks }, (_, index) => block(index)).flat(),
    norm('output_norm.weight'),
    matrix('output.weight', width, vocabulary),
  ];
}

function shapeEntries({ name, blocks, width, feedForward, heads, cachedHeads }: ModelShape): Buffer[] {
  const number = (key: string, value: number): Buffer =>
    Buffer.concat([text(key), u32(TYPE.u32), u32(value)]);
  const real = (key: string, value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatLE(value);
    return Buffer.concat([text(key), u32(TYPE.f32), bytes]);
  };
  const word = (key: string, value: string): Buffer =>
    Buffer.concat([text(key), u32(TYPE.string), text(value)]);
  return [
    word('general.architecture', 'llama'),
    word('general.name', name),
    number('general.file_type', FILE_TYPE_Q4_0),
    number('llama.block_count', blocks),
    number('llama.context_length', 8192),
    number('llama.embedding_length', width),
    number('llama.feed_forward_length', feedForward),
    number('llama.attention.head_count', heads),
    number('llama.attention.head_count_kv', cachedHeads),
    number('llama.rope.dimension_count', width / heads),
    real('llama.rope.freq_base', 500_000),
    real('llama.attention.layer_norm_rms_epsilon', 1e-5),
  ];
}

/** The tokenizer's entries of a GGUF as they stand in it, and how many tokens it has. */
function tokenizerEntries(file: Buffer): { entries: Buffer[]; vocabulary: number } {
  let at = MAGIC.length + 4 + 8;
  const u32At = (): number => {
    at += 4;
    return file.readUInt32LE(at - 4);
  };
  const u64At = (): number => {
    at += 8;
    return Number(file.readBigUInt64LE(at - 8));
  };
  const textAt = (): string => {
    const length = u64At();
    at += length;
    return file.toString('utf8', at - length, at);
  };
  /** Steps over a value; returns how many an array held. */
  const step = (type: number): number => {
    if (type === TYPE.string) textAt();
    else if (type !== TYPE.array) at += VALUE_BYTES[type] ?? Number.NaN;
    else {
      const of = u32At();
      const length = u64At();
      if (of === TYPE.string) for (let index = 0; index < length; index++) textAt();
      else at += length * (VALUE_BYTES[of] ?? Number.NaN);
      return length;
    }
    return 0;
  };
  const entries: Buffer[] = [];
  let vocabulary = 0;
  for (let left = u64At(); left > 0; left--) {
    const from = at;
    const key = textAt();
    const held = step(u32At());
    if (!key.startsWith('tokenizer.')) continue;
    entries.push(file.subarray(from, at));
    if (key === 'tokenizer.ggml.tokens') vocabulary = held;
  }
  return { entries, vocabulary };
}

/** Some megabytes of blocks with one scale and random weights, whose size no matrix's row divides. */
function randomBlocks(): Uint8Array {
  const blocks = Buffer.alloc(Q4_0_BLOCK_BYTES * 262_147);
  randomFillSync(blocks);
  for (let at = 0; at < blocks.length; at += Q4_0_BLOCK_BYTES) blocks.writeUInt16LE(SCALE, at);
  return blocks;
}

function count({ sizes }: Tensor): number {
  return sizes.reduce((product, size) => product * size, 1);
}
function bytesOf(tensor: Tensor): number {
  return tensor.type === F32 ? count(tensor) * 4 : (count(tensor) / Q4_0_BLOCK) * Q4_0_BLOCK_BYTES;
}
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}
