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
