/**
 * What an adapter file says of itself, read from its bytes without trusting one of them: every length is held against
 * what is there. What llama.cpp would take silently (no alpha, a tensor that it does not apply) is a problem here.
 *
 * Source: the GGUF specification of ggml (docs/gguf.md), version 3, little-endian.
 */

/** Why a file is no adapter that this program loads; the words are in `app/language`. */
export type AdapterFileProblem =
  | 'not-gguf'
  | 'truncated'
  | 'too-large'
  | 'malformed'
  | 'not-an-adapter'
  | 'foreign-architecture'
  | 'no-alpha'
  | 'foreign-tensor'
  | 'wrong-shape'
  | 'wrong-size';

export interface GgufTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** As ggml numbers them. */
  readonly type: number;
  /** From where the tensors begin. */
  readonly offset: number;
}

export interface GgufHeader {
  readonly values: ReadonlyMap<string, string | number | boolean | null>;
  readonly tensors: readonly GgufTensor[];
  /** Where the tensors begin. */
  readonly dataStart: number;
}

class Malformed extends Error {
  readonly problem: AdapterFileProblem;
  constructor(problem: AdapterFileProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** Bounds that no model's header comes near; beyond them a header is a trap. Ours. */
const MOST_VALUES = 4_096;
const MOST_TENSORS = 65_536;
const LONGEST_NAME = 1_024;
const LONGEST_TEXT = 1 << 24;
const MOST_ELEMENTS = 1 << 24;
const MOST_NESTED = 2;

/** Bytes of a scalar by its type; strings (8) and arrays (9) are read by themselves. */
const SCALAR_BYTES: { readonly [type: number]: number } = {
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
const STRING = 8;
const ARRAY = 9;
const DEFAULT_ALIGNMENT = 32;

interface Cursor {
  at: number;
  readonly view: DataView;
  readonly bytes: Uint8Array;
}

function take(cursor: Cursor, length: number): number {
  const { at } = cursor;
  if (length > cursor.bytes.length - at) throw new Malformed('truncated');
  cursor.at = at + length;
  return at;
}

function count(cursor: Cursor, most: number): number {
  const value = cursor.view.getBigUint64(take(cursor, 8), true);
  if (value > BigInt(most)) throw new Malformed('malformed');
  return Number(value);
}

/** UTF-8 by hand, ASCII exactly and everything else kept apart: names that matter here are ASCII. */
function textOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : '\uFFFD';
  return text;
}

function text(cursor: Cursor, most: number, wanted = true): string {
  const length = count(cursor, most);
  const at = take(cursor, length);
  return wanted ? textOf(cursor.bytes.subarray(at, at + length)) : '';
}

function scalar({ view }: Cursor, type: number, at: number): string | number | boolean | null {
  switch (type) {
    case 4:
      return view.getUint32(at, true);
    case 5:
      return view.getInt32(at, true);
    case 6:
      return view.getFloat32(at, true);
    case 7:
      return view.getUint8(at) !== 0;
    case 10:
      return Number(view.getBigUint64(at, true));
    case 12:
      return view.getFloat64(at, true);
    default:
      return null;
  }
}

function value(cursor: Cursor, type: number, nested: number): string | number | boolean | null {
  if (type === STRING) return text(cursor, LONGEST_TEXT, nested === 0);
  if (type === ARRAY) {
    if (nested >= MOST_NESTED) throw new Malformed('malformed');
    const element = cursor.view.getUint32(take(cursor, 4), true);
    const length = count(cursor, MOST_ELEMENTS);
    const bytes = SCALAR_BYTES[element];
    if (bytes !== undefined) take(cursor, bytes * length);
    else for (let index = 0; index < length; index++) value(cursor, element, nested + 1);
    return null;
  }
  const bytes = SCALAR_BYTES[type];
  if (bytes === undefined) throw new Malformed('malformed');
  return scalar(cursor, type, take(cursor, bytes));
}

/**
 * The header of a GGUF file. `bytes` may be its beginning only: a header that goes on behind them is `truncated`.
 */
export function readGgufHeader(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly header: GgufHeader }
  | { readonly ok: false; readonly problem: AdapterFileProblem } {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const cursor: Cursor = { at: 0, view, bytes };
    if (bytes.length < 4) return { ok: false, problem: bytes.length === 0 ? 'truncated' : 'not-gguf' };
    if (textOf(bytes.subarray(0, 4)) !== 'GGUF') return { ok: false, problem: 'not-gguf' };
    take(cursor, 4);
    const version = view.getUint32(take(cursor, 4), true);
    if (version !== 3 && version !== 2) return { ok: false, problem: 'malformed' };
    const tensorCount = count(cursor, MOST_TENSORS);
    const valueCount = count(cursor, MOST_VALUES);
    const values = new Map<string, string | number | boolean | null>();
    for (let index = 0; index < valueCount; index++) {
      const key = text(cursor, LONGEST_NAME);
      // A key that stands twice means one thing to us and may mean another to the loader.
      if (values.has(key)) throw new Malformed('malformed');
      values.set(key, value(cursor, view.getUint32(take(cursor, 4), true), 0));
    }
    const tensors: GgufTensor[] = [];
    for (let index = 0; index < tensorCount; index++) {
      const name = text(cursor, LONGEST_NAME);
      const dimensionCount = view.getUint32(take(cursor, 4), true);
      if (dimensionCount < 1 || dimensionCount > 4) throw new Malformed('malformed');
      const dimensions = Array.from({ length: dimensionCount }, () => count(cursor, 2 ** 40));
      const type = view.getUint32(take(cursor, 4), true);
      tensors.push({ name, dimensions, type, offset: count(cursor, Number.MAX_SAFE_INTEGER) });
    }
    const given = values.get('general.alignment');
    const alignment = typeof given === 'number' ? given : DEFAULT_ALIGNMENT;
    if (alignment < 1 || alignment > 4_096 || (alignment & (alignment - 1)) !== 0)
      throw new Malformed('malformed');
    return { ok: true, header: { values, tensors, dataStart: Math.ceil(cursor.at / alignment) * alignment } };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** Bytes of a number by its ggml type: an adapter is f32, f16 or bf16. */
const ELEMENT_BYTES: { readonly [type: number]: number } = { 0: 4, 1: 2, 30: 2 };
const LORA_TENSOR =
  /^(blk\.(\d{1,4})\.(?:attn_q|attn_k|attn_v|attn_output|ffn_gate|ffn_up|ffn_down)\.weight)\.lora_([ab])$/;
/** No useful adapter has a greater rank, and a loader's memory grows with it. Ours. */
const MOST_RANK = 512;

export interface AdapterHeader {
  readonly rank: number;
  readonly alpha: number;
  readonly name: string | null;
  readonly matrices: number;
}

/**
 * Whether a file is an adapter that fits a base model.
 *
 * @param fileBytes size of the whole file; every tensor must lie in it, and nothing may lie behind the last.
 * @param base header of the model that it would be worn by; null: shapes are not compared.
 */
export function checkAdapterFile(
  { values, tensors, dataStart }: GgufHeader,
  fileBytes: number,
  base: GgufHeader | null,
):
  | { readonly ok: true; readonly adapter: AdapterHeader }
  | { readonly ok: false; readonly problem: AdapterFileProblem } {
  const refuse = (problem: AdapterFileProblem) => ({ ok: false, problem }) as const;
  if (values.get('general.type') !== 'adapter' || values.get('adapter.type') !== 'lora')
    return refuse('not-an-adapter');
  const architecture = values.get('general.architecture');
  if (architecture !== 'llama') return refuse('foreign-architecture');
  if (base !== null && base.values.get('general.architecture') !== architecture)
    return refuse('foreign-architecture');
  const alpha = values.get('adapter.lora.alpha');
  if (typeof alpha !== 'number' || !Number.isFinite(alpha) || alpha <= 0) return refuse('no-alpha');
  if (tensors.length === 0) return refuse('not-an-adapter');

  const halves = new Map<string, { a?: GgufTensor; b?: GgufTensor }>();
  for (const tensor of tensors) {
    const [, matrix, , half] = LORA_TENSOR.exec(tensor.name) ?? [];
    if (matrix === undefined) return refuse('foreign-tensor');
    const pair = halves.get(matrix) ?? {};
    if (half === 'a' ? pair.a !== undefined : pair.b !== undefined) return refuse('malformed');
    halves.set(matrix, half === 'a' ? { ...pair, a: tensor } : { ...pair, b: tensor });
  }
  const baseShapes = new Map(base?.tensors.map(({ name, dimensions }) => [name, dimensions]));
  let rank = 0;
  for (const [matrix, { a, b }] of halves) {
    if (a === undefined || b === undefined) return refuse('wrong-shape');
    const [inner, rankOfA, ...moreOfA] = a.dimensions;
    const [rankOfB, outer, ...moreOfB] = b.dimensions;
    if (moreOfA.length > 0 || moreOfB.length > 0) return refuse('wrong-shape');
    if (rankOfA === undefined || rankOfA !== rankOfB || rankOfA < 1 || rankOfA > MOST_RANK)
      return refuse('wrong-shape');
    rank = Math.max(rank, rankOfA);
    if (base === null) continue;
    const shape = baseShapes.get(matrix);
    if (shape === undefined) return refuse('foreign-tensor');
    if (shape[0] !== inner || shape[1] !== outer) return refuse('wrong-shape');
  }
  const placed = placement(tensors, fileBytes - dataStart);
  if (placed !== null) return refuse(placed);
  const name = values.get('general.name');
  return {
    ok: true,
    adapter: { rank, alpha, name: typeof name === 'string' ? name : null, matrices: halves.size },
  };
}

/** Null where the tensors fill the room behind the header: each aligned, none over another, nothing left over. */
function placement(tensors: readonly GgufTensor[], room: number): AdapterFileProblem | null {
  let end = 0;
  for (const { dimensions, type, offset } of [...tensors].sort((one, other) => one.offset - other.offset)) {
    const bytes = ELEMENT_BYTES[type];
    if (bytes === undefined) return 'foreign-tensor';
    if (offset < end || offset % DEFAULT_ALIGNMENT !== 0) return 'malformed';
    end = offset + dimensions.reduce((product, size) => product * size, bytes);
    if (end > room) return 'truncated';
  }
  return room - end >= DEFAULT_ALIGNMENT ? 'wrong-size' : null;
}
