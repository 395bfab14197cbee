/** A small LoRA adapter in GGUF, made byte by byte, for tests: real to the engine, and easy to spoil. Not part of the program. */

interface MadeTensor {
  readonly name: string;
  /** As GGUF has them: the fastest first. */
  readonly dimensions: readonly number[];
  readonly values: Float32Array;
}

export interface MadeAdapter {
  readonly architecture?: string;
  readonly type?: string;
  readonly adapterType?: string;
  /** Null: left out. */
  readonly alpha?: number | null;
  readonly tensors?: readonly MadeTensor[];
}

const STRING = 8;
const FLOAT32 = 6;
const UINT32 = 4;
const ALIGNMENT = 32;

/** ASCII: names and kinds. */
function text(value: string): Uint8Array {
  return joined([uint64(value.length), Uint8Array.from(value, (letter) => letter.charCodeAt(0))]);
}
function written(bytes: number, write: (view: DataView) => void): Uint8Array {
  const array = new Uint8Array(bytes);
  write(new DataView(array.buffer));
  return array;
}
const uint32 = (value: number): Uint8Array => written(4, (view) => view.setUint32(0, value, true));
const uint64 = (value: number): Uint8Array => written(8, (view) => view.setBigUint64(0, BigInt(value), true));
const float32 = (value: number): Uint8Array => written(4, (view) => view.setFloat32(0, value, true));

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
function padded(bytes: Uint8Array): Uint8Array {
  const over = bytes.length % ALIGNMENT;
  return over === 0 ? bytes : joined([bytes, new Uint8Array(ALIGNMENT - over)]);
}

/** The two halves of one matrix's adapter, with small numbers that depend on the seed. */
export function loraPair(
  name: string,
  inner: number,
  outer: number,
  rank: number,
  seed: number,
): MadeTensor[] {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.2;
  };
  const filled = (count: number): Float32Array => Float32Array.from({ length: count }, next);
  return [
    { name: `${name}.lora_a`, dimensions: [inner, rank], values: filled(inner * rank) },
    { name: `${name}.lora_b`, dimensions: [rank, outer], values: filled(rank * outer) },
  ];
}

/** For the embedded model (width 576, 192 of it for values): the values of its first layers. */
export function embeddedAdapter(seed: number, layers = 4): MadeTensor[] {
  return Array.from({ length: layers }).flatMap((_, layer) =>
    loraPair(`blk.${layer}.attn_v.weight`, 576, 192, 2, seed + layer),
  );
}

/** The bytes of an adapter file. */
export function madeAdapter(made: MadeAdapter = {}): Uint8Array {
  const {
    architecture = 'llama',
    type = 'adapter',
    adapterType = 'lora',
    alpha = 4,
    tensors = embeddedAdapter(1),
  } = made;
  const pairs = [
    [text('general.architecture'), uint32(STRING), text(architecture)],
    [text('general.type'), uint32(STRING), text(type)],
    [text('general.name'), uint32(STRING), text('made for a test')],
    [text('general.file_type'), uint32(UINT32), uint32(0)],
    [text('adapter.type'), uint32(STRING), text(adapterType)],
    ...(alpha === null ? [] : [[text('adapter.lora.alpha'), uint32(FLOAT32), float32(alpha)]]),
  ];
  let offset = 0;
  const infos: Uint8Array[] = [];
  const blocks: Uint8Array[] = [];
  for (const { name, dimensions, values } of tensors) {
    infos.push(text(name), uint32(dimensions.length), ...dimensions.map(uint64), uint32(0), uint64(offset));
    const block = padded(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    blocks.push(block);
    offset += block.length;
  }
  const header = joined([
    Uint8Array.from('GGUF', (letter) => letter.charCodeAt(0)),
    uint32(3),
    uint64(tensors.length),
    uint64(pairs.length),
    ...pairs.flat(),
    ...infos,
  ]);
  return joined([padded(header), ...blocks]);
}
