/** Whether two descriptions are of one person, and whether a birth date is possible. */

/** Nobody is older. Ours. */
const OLDEST_YEARS = 130;

export const BIRTH_DATE_PROBLEMS = ['not-a-date', 'in-future', 'too-long-ago'] as const;
export type BirthDateProblem = (typeof BIRTH_DATE_PROBLEMS)[number];

/**
 * Why an ISO date cannot be the birth date of a patient at a moment (wall ms); null where it can. A day of grace, because
 * it is tomorrow somewhere already.
 */
export function birthDateProblem(date: string, wallMs: number): BirthDateProblem | null {
  const born = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(born) || new Date(born).toISOString().slice(0, 10) !== date) return 'not-a-date';
  if (born > wallMs + 86_400_000) return 'in-future';
  const oldest = new Date(wallMs);
  oldest.setUTCFullYear(oldest.getUTCFullYear() - OLDEST_YEARS);
  return born < oldest.getTime() ? 'too-long-ago' : null;
}

export interface Person {
  readonly name: string;
  readonly birthDate: string | null;
}

/** In what two descriptions of a person contradict each other. What one of them does not tell contradicts nothing. */
export function differences(
  known: Person,
  told: { readonly name: string | null; readonly birthDate: string | null },
): {
  readonly name: boolean;
  readonly birthDate: boolean;
} {
  return {
    name: told.name !== null && !isSameName(known.name, told.name),
    birthDate: known.birthDate !== null && told.birthDate !== null && known.birthDate !== told.birthDate,
  };
}

/**
 * Whether two writings can be of one name: the same words in any order and case, or all words of one among those of the
 * other ("RAO, ASHA" and "Asha Rao", and "Rao" too).
 */
export function isSameName(one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.size === 0 || b.size === 0) return true;
  const within = (inner: ReadonlySet<string>, outer: ReadonlySet<string>) =>
    [...inner].every((word) => outer.has(word));
  return within(a, b) || within(b, a);
}

function wordsOf(name: string): ReadonlySet<string> {
  const plain = name.normalize('NFKC').toLowerCase();
  return new Set(plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
}

/** Shortest word that tells something of a name: initials and particles do not. Ours. */
const TELLING_LETTERS = 3;

/**
 * Whether two names have nothing in common: no telling word of one is a word of the other, its beginning, or a letter
 * away from it ("SHARMA, R" and "Sharma Rajesh" have, "Aasha" and "Asha" too). Names in two scripts cannot be compared.
 */
export function shareNoWord(one: string, other: string): boolean {
  const telling = (name: string) => [...wordsOf(name)].filter((word) => word.length >= TELLING_LETTERS);
  const [a, b] = [telling(one), telling(other)];
  if (a.length === 0 || b.length === 0 || isLatin(one) !== isLatin(other)) return false;
  return !a.some((word) => b.some((peer) => isNearly(word, peer)));
}

function isLatin(name: string): boolean {
  return /\p{Script=Latin}/u.test(name);
}

function isNearly(one: string, other: string): boolean {
  if (one.startsWith(other) || other.startsWith(one)) return true;
  const [long, short] = one.length >= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && long[at] === short[at]) at += 1;
  const rest = long.length === short.length ? short.slice(at + 1) : short.slice(at);
  return long.slice(at + 1) === rest;
}

/**
 * What devices write where nobody was admitted: it is no number and no name of anybody, and two beds that send it are
 * not one patient. Seen on gateways and monitors; ours as a list.
 */
const PLACEHOLDER =
  /^(?:unk(?:nown)?|un-?identified|not[ _-]?known|no[ _-]?(?:name|id|number|patient)|none|null|nil|n\/?a|na|patient|default|anonymous|0+|x{2,}|[-_.?*#]+)$/i;

/** Whether a number or a name stands for nobody. */
export function isPlaceholder(text: string): boolean {
  return PLACEHOLDER.test(text.trim());
}
