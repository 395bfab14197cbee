/**
 * The text as the rules see it: one case, one digit set, one kind of space and quote, with the way back to the
 * offsets of the original. Rules match meaning; how a thing is typed must not decide.
 */

import { romanHindi } from './roman-hindi.ts';

export interface CheckedText {
  readonly original: string;
  readonly text: string;
  /** For each UTF-16 unit of `text`, and one past its end, the offset in `original`. */
  readonly origin: readonly number[];
}

/** Part of a checked text. Offsets are in `CheckedText.text`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const SPACE = /[\s\p{Z}]/u;
/** Zero width and direction marks carry no meaning here; `form` reports them. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;
const QUOTES = /[\u2018\u2019\u201a\u201b\u0060\u00b4\u02bc]/u;
const DASHES = /[\u2010-\u2015\u2212\u00ad]/u;

/** Decimal digits stand in runs of ten, so the value is the distance to the start of the run. */
function digitValue(character: string): string | null {
  if (!/\p{Nd}/u.test(character)) return null;
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  // Mathematical digits come as several runs side by side; NFKC has already made them ASCII.
  return String(code - zero);
}

function fold(character: string): string {
  if (INVISIBLE.test(character)) return '';
  if (character === '\n') return '\n';
  if (SPACE.test(character)) return ' ';
  if (QUOTES.test(character)) return "'";
  if (DASHES.test(character)) return '-';
  const plain = character.normalize('NFKC').toLowerCase();
  return [...plain].map((part) => digitValue(part) ?? part).join('');
}

/** Folds case, width, script of digits, spaces, quotes, dashes and Roman Hindi, remembering where each unit came from. */
export function checkedText(original: string): CheckedText {
  let text = '';
  const origin: number[] = [];
  let offset = 0;
  for (const character of original) {
    const folded = fold(character);
    // A run of spaces is one space, so that "respiratory   rate" is still the respiratory rate.
    if (!(folded === ' ' && text.endsWith(' '))) {
      for (let unit = 0; unit < folded.length; unit++) origin.push(offset);
      text += folded;
    }
    offset += character.length;
  }
  origin.push(original.length);
  return { original, ...inOneScript(text, origin) };
}

/** Roman Hindi becomes Devanagari; the first and the last unit of a word keep their place in the original. */
function inOneScript(text: string, origin: readonly number[]): { text: string; origin: readonly number[] } {
  const replacements = romanHindi(text);
  if (replacements.length === 0) return { text, origin };
  let result = '';
  const places: number[] = [];
  let from = 0;
  const copy = (end: number) => {
    result += text.slice(from, end);
    for (let unit = from; unit < end; unit++) places.push(origin[unit] ?? 0);
  };
  for (const { start, end, hindi } of replacements) {
    copy(start);
    result += hindi;
    for (let unit = 0; unit < hindi.length; unit++) {
      const last = unit === hindi.length - 1;
      places.push(origin[last ? end - 1 : Math.min(start + unit, end - 1)] ?? 0);
    }
    from = end;
  }
  copy(text.length);
  places.push(origin[text.length] ?? 0);
  return { text: result, origin: places };
}

/** The span in the original text's own offsets. */
export function originalSpan(checked: CheckedText, span: Span): [number, number] {
  const last = checked.origin[Math.max(span.start, span.end - 1)] ?? checked.original.length;
  const width = [...checked.original.slice(last)][0]?.length ?? 0;
  const end = span.end <= span.start ? last : last + width;
  return [checked.origin[span.start] ?? checked.original.length, end];
}

/**
 * A pattern of whole words. `\b` knows only ASCII letters; this border also holds for Devanagari, whose vowel
 * signs are marks and not letters.
 */
export function words(alternatives: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{M}\\p{N}])(?:${alternatives.normalize('NFKC')})(?![\\p{L}\\p{M}\\p{N}])`,
    'gu',
  );
}

/** Every match of a global pattern, as spans with their text. */
export function spansOf(text: string, pattern: RegExp): (Span & { readonly text: string })[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    text: match[0],
  }));
}

export function has(text: string, pattern: RegExp): boolean {
  return text.search(pattern) >= 0;
}

const SENTENCE_BREAK = /(?:[.!?।](?=\s|$)|\n|;)/gu;
const CLAUSE_BREAK =
  /(?:[.!?।](?=\s|$)|[,;:()\n]|(?<![\p{L}])(?:but|while|which|although|though|whereas|however|because|and|so|लेकिन|परंतु|और|तथा|क्योंकि)(?![\p{L}\p{M}]))/gu;

function around(text: string, index: number, breaks: RegExp): Span {
  let start = 0;
  for (const match of text.matchAll(breaks)) {
    const end = match.index + match[0].length;
    if (end <= index) start = end;
    else if (match.index >= index) return { start, end: match.index };
  }
  return { start, end: text.length };
}

/** The sentence (to a full stop, semicolon or line break) that an offset lies in. */
export function sentenceAround(text: string, index: number): Span {
  return around(text, index, SENTENCE_BREAK);
}

/** The clause (also to a comma, colon, bracket or conjunction) that an offset lies in. */
export function clauseAround(text: string, index: number): Span {
  return around(text, index, CLAUSE_BREAK);
}
