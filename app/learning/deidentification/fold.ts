/**
 * The text as recognisers read it: digits of every script as Latin ones, one kind of dash, space and quote, nothing
 * invisible, Devanagari letters with their dot apart. Case stays, because a capital letter tells a name.
 */
export interface FoldedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, and one past its end, the offset in the original. */
  readonly origin: readonly number[];
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/u;
const QUOTES = /[\u2018\u2019\u201a\u201b\u0060\u00b4\u02bc]/u;
const DASHES = /[\u2010-\u2015\u2212]/u;
const SPACE = /[^\S\n]|[\p{Zs}]/u;

/** Decimal digits stand in runs of ten, so a digit's value is its distance to the start of its run. */
function latinDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

function fold(character: string): string {
  if (character.length === 1 && character >= ' ' && character <= '_') return character;
  if (INVISIBLE.test(character)) return '';
  if (SPACE.test(character)) return ' ';
  if (QUOTES.test(character)) return "'";
  if (DASHES.test(character)) return '-';
  return [...character.normalize('NFKC')]
    .map((part) => (/\p{Nd}/u.test(part) && !/[0-9]/.test(part) ? latinDigit(part) : part))
    .join('');
}

/** Folds a text for the recognisers and remembers where each unit came from. */
export function foldForIdentifiers(original: string): FoldedText {
  let text = '';
  const origin: number[] = [];
  let offset = 0;
  for (const character of original) {
    const folded = fold(character);
    for (let unit = 0; unit < folded.length; unit++) origin.push(offset);
    text += folded;
    offset += character.length;
  }
  origin.push(original.length);
  return { text, origin };
}
