/** Why the core could not start, as the code of an error, a reason for programs and words for the log. */
import type { ErrorCode } from '../../app/contract/outcome.ts';

/**
 * `record-in-use`: another core has the record open. `newer-record`: a newer program wrote it. `unwritable`: its disk
 * takes nothing.
 */
export type FailureReason =
  | 'record-in-use'
  | 'newer-record'
  | 'key-unavailable'
  | 'unwritable'
  | 'unusable'
  | 'internal';

export interface StartFailure {
  readonly code: ErrorCode;
  readonly reason: FailureReason;
  readonly detail: string;
}

/** Whether starting again meets the same: somebody must close the other program, install another, or bring the key. */
export function lastsUntilChanged(reason: FailureReason): boolean {
  return reason === 'record-in-use' || reason === 'newer-record' || reason === 'key-unavailable';
}
