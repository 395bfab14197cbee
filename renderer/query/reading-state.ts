/** How far the answer to a question has come: being read, known, or refused. Pure. */
import type { AppError, Outcome } from '../../app/contract/outcome.ts';

export interface ReadingState<T> {
  /** Which question this is about: an answer to another one is not shown. */
  readonly of: string;
  /** The newest answer; null until the first one. */
  readonly value: T | null;
  /** Why the last attempt brought nothing; what was read before then still stands, and is no longer new. */
  readonly error: AppError | null;
}

/** The state of a question as it is asked: what another question brought is gone. */
export function asked<T>(before: ReadingState<T>, of: string): ReadingState<T> {
  return before.of === of ? before : { of, value: null, error: null };
}

/** The state once an answer to `of` has come. One to a question that nobody asks any more changes nothing. */
export function answered<T>(before: ReadingState<T>, of: string, answer: Outcome<T>): ReadingState<T> {
  if (before.of !== of) return before;
  return answer.ok ? { of, value: answer.value, error: null } : { ...before, error: answer.error };
}
