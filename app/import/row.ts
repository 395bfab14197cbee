/** What a row of a table or an entry of a bundle says, and what becomes of it. Every row is accounted for once. */
import type { Vital, VitalValues } from '../observation/vital.ts';

/** One moment of one patient, as a file tells it. */
export interface ImportSet {
  /** Rows of a table by their line, entries of a bundle by their place, from 1. */
  readonly rows: readonly number[];
  /** Hospital number; null: the file names nobody. */
  readonly identifier: string | null;
  /** ISO 8601 with an offset. */
  readonly observedAt: string;
  readonly values: VitalValues;
  /** True where the sender says that the values take the place of what it sent before. */
  readonly corrects: boolean;
  /** Vitals whose value of this moment the sender takes back. */
  readonly withdraws: readonly Vital[];
  /** The values that are taken back, where the file tells them: another value of that moment is not meant. */
  readonly withdrawn?: VitalValues;
}

/** Why a row, or one value of it, is not taken. Nothing of the patient is in it. */
export interface ImportProblem {
  readonly row: number;
  /** The column or the code; '' where it is of the whole row. */
  readonly column: string;
  readonly reason: string;
}

export interface ImportReading {
  /** Number of each row that was read, in the order of the file. */
  readonly rows: readonly number[];
  readonly sets: readonly ImportSet[];
  readonly problems: readonly ImportProblem[];
}

/**
 * `taken`: all of it; `partly`: some values were refused; `known`: the record has already what could be taken of it, so
 * that nothing is; `empty`: it holds no vital sign; `refused`: nothing of it was taken.
 */
export const ROW_OUTCOMES = ['taken', 'partly', 'known', 'empty', 'refused'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];
export type ImportAccount = { readonly [outcome in RowOutcome]: number };

export const EMPTY_ACCOUNT: ImportAccount = { taken: 0, partly: 0, known: 0, empty: 0, refused: 0 };

/** What became of the set that a row is part of. */
export type SetOutcome = 'taken' | 'known' | { readonly refused: string };

export interface RowVerdict {
  readonly row: number;
  readonly outcome: RowOutcome;
  readonly problems: readonly { readonly column: string; readonly reason: string }[];
}

/** The verdict on every row of a reading; `outcomes` stand in the order of its sets. */
export function verdictsOf(reading: ImportReading, outcomes: readonly SetOutcome[]): RowVerdict[] {
  const outcomesOf = new Map<number, SetOutcome[]>();
  reading.sets.forEach((set, index) => {
    const outcome = outcomes[index];
    if (outcome === undefined) return;
    for (const row of set.rows) outcomesOf.set(row, [...(outcomesOf.get(row) ?? []), outcome]);
  });
  const problemsOf = new Map<number, ImportProblem[]>();
  for (const problem of reading.problems)
    problemsOf.set(problem.row, [...(problemsOf.get(problem.row) ?? []), problem]);
  return reading.rows.map((row) => {
    const sets = outcomesOf.get(row) ?? [];
    const problems = [
      ...(problemsOf.get(row) ?? []).map(({ column, reason }) => ({ column, reason })),
      ...sets.flatMap((one) => (typeof one === 'object' ? [{ column: '', reason: one.refused }] : [])),
    ];
    return { row, outcome: outcomeOf(sets, problems.length > 0), problems };
  });
}

function outcomeOf(sets: readonly SetOutcome[], hasProblems: boolean): RowOutcome {
  if (sets.includes('taken')) return hasProblems ? 'partly' : 'taken';
  if (sets.includes('known')) return 'known';
  return hasProblems ? 'refused' : 'empty';
}

/** An account with more rows counted. */
export function withVerdicts(account: ImportAccount, verdicts: readonly RowVerdict[]): ImportAccount {
  const next = { ...account };
  for (const { outcome } of verdicts) next[outcome] += 1;
  return next;
}
