/** Why the core could not start, as the code of an error and words for the log. */
import type { ErrorCode } from '../../app/contract/outcome.ts';

export interface StartFailure {
  readonly code: ErrorCode;
  readonly detail: string;
}
