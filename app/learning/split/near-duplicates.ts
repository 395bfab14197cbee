/**
 * Finds texts that say nearly the same. Shingles of words, MinHash signatures and banded buckets, then the true overlap
 * of each candidate pair. Source: A. Broder, On the resemblance and containment of documents, 1997.
 */
const SHINGLE_WORDS = 3;
const HASHES = 32;
/** 8 bands of 4 rows: a pair that overlaps by 0.85 meets in a bucket with a chance of 0.997. */
const BANDS = 8;
const ROWS = HASHES / BANDS;
/** Overlap (Jaccard) from which two texts are one. Ours. */
export const NEAR_DUPLICATE_FROM = 0.85;

/** FNV-1a over UTF-16 units, 32 bits, then mixed so that every bit of the result depends on every bit of the text. */
export function hashText(text: string, seed = 0): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The text as it is compared: small letters, words only. Numbers stay: other readings are another case. */
export function comparable(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ');
}

function shinglesOf(text: string): Set<number> {
  const words = comparable(text).split(' ');
  const shingles = new Set<number>();
  for (let at = 0; at < Math.max(1, words.length - SHINGLE_WORDS + 1); at++)
    shingles.add(hashText(words.slice(at, at + SHINGLE_WORDS).join(' ')));
  return shingles;
}

function signatureOf(shingles: ReadonlySet<number>): Uint32Array {
  const least = new Uint32Array(HASHES).fill(0xffffffff);
  for (const shingle of shingles)
    for (let row = 0; row < HASHES; row++) {
      // Each row is its own order of all shingles.
      let mixed = Math.imul(shingle ^ Math.imul(row + 1, 0x9e3779b1), 0x85ebca6b) >>> 0;
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 0;
      mixed = (mixed ^ (mixed >>> 16)) >>> 0;
      if (mixed < (least[row] ?? 0)) least[row] = mixed;
    }
  return least;
}

function overlap(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  let shared = 0;
  for (const shingle of one) if (other.has(shingle)) shared++;
  return shared / (one.size + other.size - shared);
}

/**
 * For each text, the first text before it that it nearly repeats, or null. What is kept does not depend on what comes
 * later, so a set that grows keeps its choices.
 */
export function nearDuplicates(texts: readonly string[]): (number | null)[] {
  const buckets = new Map<string, number[]>();
  const kept = new Map<number, Set<number>>();
  return texts.map((text, index) => {
    const shingles = shinglesOf(text);
    const signature = signatureOf(shingles);
    const keys = Array.from(
      { length: BANDS },
      (_, band) => `${band}:${signature.slice(band * ROWS, (band + 1) * ROWS).join(',')}`,
    );
    for (const candidate of new Set(keys.flatMap((key) => buckets.get(key) ?? []))) {
      const other = kept.get(candidate);
      if (other !== undefined && overlap(shingles, other) >= NEAR_DUPLICATE_FROM) return candidate;
    }
    kept.set(index, shingles);
    for (const key of keys) {
      const bucket = buckets.get(key);
      if (bucket === undefined) buckets.set(key, [index]);
      else bucket.push(index);
    }
    return null;
  });
}
