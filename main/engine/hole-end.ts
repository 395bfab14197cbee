/** Where a hole ends: at a sentence end or a line break, before any digit, and when the model repeats itself. */

export interface HoleEnd {
  /** The text that counts; the rest of the last token is dropped. */
  readonly text: string;
  readonly ended: 'sentence' | 'length';
}

/** Times the same three words may stand in one hole before it counts as a loop. Ours. */
const MOST_TRIGRAM_REPEATS = 2;
const SENTENCE_END = /[.!?।…]/u;
/** Any digit of any script. Byte tokens can compose one although every digit token is banned. */
const DIGIT = /\p{N}/u;

/** Whether three words in a row stand in the text more often than a sentence needs them. */
export function repeatsItself(text: string): boolean {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '');
  const seen = new Map<string, number>();
  for (let index = 0; index + 2 < words.length; index++) {
    const trigram = words.slice(index, index + 3).join(' ');
    const count = (seen.get(trigram) ?? 0) + 1;
    if (count > MOST_TRIGRAM_REPEATS) return true;
    seen.set(trigram, count);
  }
  return false;
}

/** Where a free hole ends: at the first of its stops, which is no part of it. */
export function freeEnd(text: string, stops: readonly string[]): HoleEnd | null {
  const places = stops.map((stop) => text.indexOf(stop)).filter((place) => place >= 0);
  return places.length === 0 ? null : { text: text.slice(0, Math.min(...places)), ended: 'sentence' };
}

/**
 * Looks at what a hole holds so far. Null while it goes on. `sentence` means that it ended by itself; `length`
 * that it was cut (digit, loop), so that the verifier sees an unfinished text.
 */
export function holeEnd(text: string): HoleEnd | null {
  const digit = text.search(DIGIT);
  if (digit >= 0) return { text: text.slice(0, digit).trimEnd(), ended: 'length' };
  const lineBreak = text.indexOf('\n');
  const line = lineBreak < 0 ? text : text.slice(0, lineBreak);
  const stop = line.search(SENTENCE_END);
  if (stop >= 0) return { text: line.slice(0, stop + 1), ended: 'sentence' };
  if (lineBreak >= 0) return { text: line.trimEnd(), ended: 'sentence' };
  return repeatsItself(text) ? { text: text.trimEnd(), ended: 'length' } : null;
}
