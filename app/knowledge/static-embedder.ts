/**
 * A static embedder: a vector for each piece of text, and the vector of a text is the weighted mean of those of its
 * pieces. It takes microseconds, needs no engine, and knows English, Hindi and Hindi in Latin letters. Its table was
 * distilled from a multilingual sentence model: see `models/embedder/distil.py`.
 *
 * File: a length (uint32, little-endian), that many bytes of JSON header, the pieces as UTF-8 lines, then float32
 * scores (log-probability of each piece), float32 scales, and int8 vectors, one row a piece. Sections begin at
 * multiples of four bytes.
 *
 * Sources: unigram segmentation, Kudo, ACL 2018; weights by rarity and the common component taken out, Arora, Liang
 * and Ma, ICLR 2017 (both are in the table already).
 */
import { z } from 'zod';
import type { Embedder } from './embedder.ts';

const headerSchema = z.object({
  format: z.literal('medobsmind-static-embedder-1'),
  name: z.string(),
  dimensions: z.number().int().min(8).max(1024),
  pieces: z.number().int().min(1).max(400_000),
  pieceBytes: z.number().int().positive(),
});

/** Stands for the space before a word in the pieces (SentencePiece). */
const SPACE = '\u2581';
/** A letter that no piece has costs more than any piece. */
const UNKNOWN_COST = 30;
/** Text beyond this adds nothing: cards and questions are far shorter. In UTF-16 units. */
const LONGEST_TEXT = 4_000;

/** A longer run of letters is no word. */
const LONGEST_WORD = 64;
/** Words whose pieces are kept in memory. */
const MOST_KNOWN_WORDS = 50_000;

const aligned = (offset: number): number => Math.ceil(offset / 4) * 4;

/**
 * Reads an embedder's file. Throws where it is none: the catalogue's hash has been checked before.
 *
 * @param decode UTF-8 to text; throws where the bytes are none.
 */
export function readStaticEmbedder(
  file: Uint8Array,
  sha256: string,
  decode: (bytes: Uint8Array) => string,
): Embedder {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headerBytes = view.getUint32(0, true);
  const header = headerSchema.parse(JSON.parse(decode(file.subarray(4, 4 + headerBytes))));
  const { dimensions, pieces: count } = header;
  const piecesAt = aligned(4 + headerBytes);
  const scoresAt = aligned(piecesAt + header.pieceBytes);
  const scalesAt = scoresAt + 4 * count;
  const rowsAt = scalesAt + 4 * count;
  if (file.byteLength !== rowsAt + count * dimensions)
    throw new Error('the embedder file has another length');
  const pieces = decode(file.subarray(piecesAt, piecesAt + header.pieceBytes)).split('\n');
  if (pieces.length !== count) throw new Error('the embedder file has another number of pieces');
  const indexOf = new Map(pieces.map((piece, index) => [piece, index]));
  const longest = pieces.reduce((most, piece) => Math.max(most, piece.length), 0);
  const rows = new Int8Array(file.buffer, file.byteOffset + rowsAt, count * dimensions);
  const scores = floats(scoresAt);
  const scales = floats(scalesAt);

  const cut = new Map<string, readonly number[]>();

  return {
    name: header.name,
    sha256,
    dimensions,
    embed(given) {
      const sum = new Float32Array(dimensions);
      for (const word of prepared(given))
        for (const piece of piecesOf(word)) {
          const scale = scales[piece] ?? 0;
          const row = piece * dimensions;
          for (let at = 0; at < dimensions; at++) sum[at] = (sum[at] ?? 0) + scale * (rows[row + at] ?? 0);
        }
      const length = Math.sqrt(sum.reduce((total, value) => total + value * value, 0));
      return length === 0 ? null : sum.map((value) => value / length);
    },
  };

  /** Copied: a float array must begin at a multiple of four of its own buffer. */
  function floats(at: number): Float32Array {
    return new Float32Array(Uint8Array.from(file.subarray(at, at + 4 * count)).buffer);
  }

  /** No piece reaches over a word's beginning, so each word is cut by itself, and a known word only once. */
  function piecesOf(word: string): readonly number[] {
    const known = cut.get(word);
    if (known !== undefined) return known;
    if (cut.size >= MOST_KNOWN_WORDS) cut.clear();
    const found = segment(word);
    cut.set(word, found);
    return found;
  }

  /** The pieces of the likeliest segmentation; letters that are in none are left out. */
  function segment(word: string): number[] {
    const length = word.length;
    const best = new Float64Array(length + 1).fill(Number.NEGATIVE_INFINITY);
    const from = new Int32Array(length + 1);
    const by = new Int32Array(length + 1).fill(-1);
    best[0] = 0;
    for (let start = 0; start < length; start++) {
      const so = best[start] ?? 0;
      for (let end = start + 1; end <= Math.min(length, start + longest); end++) {
        const index = indexOf.get(word.slice(start, end));
        const cost = index === undefined ? (end === start + 1 ? -UNKNOWN_COST : null) : (scores[index] ?? 0);
        if (cost === null || so + cost <= (best[end] ?? 0)) continue;
        best[end] = so + cost;
        from[end] = start;
        by[end] = index ?? -1;
      }
    }
    const found: number[] = [];
    for (let at = length; at > 0; at = from[at] ?? 0) if ((by[at] ?? -1) >= 0) found.push(by[at] ?? 0);
    return found;
  }
}

/** The words as the pieces were cut: small letters, a space before each, punctuation away. */
function prepared(text: string): readonly string[] {
  const words = text
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}%/'-]+/gu);
  return (words ?? []).map((word) => `${SPACE}${word.slice(0, LONGEST_WORD)}`);
}
