/** Chance by name: the same words always draw the same number, on every machine and in any order. */
import { createChance } from '../learning/random.ts';

/** 32-bit FNV-1a of the text's UTF-16 units. Source: Fowler, Noll, Vo; draft-eastlake-fnv. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** A number in [0, 1) that belongs to these words. */
export function drawn(...words: readonly string[]): number {
  return createChance(seedOf(words.join('\u0000'))).next();
}
