/** Answers in FHIR's own words: an OperationOutcome, or a Bundle with one for each entry (R4, http.html and outcome). */
import { holdReasonText, rejectReasonText } from '../../../app/language/language.ts';
import type { HttpAnswer } from '../http/http-server.ts';
import type { EntryOutcome } from './commit-entry.ts';
import type { Reason } from './entry.ts';

type Severity = 'information' | 'warning' | 'error';

/** Code of http://hl7.org/fhir/issue-type. */
type IssueCode =
  | 'informational'
  | 'duplicate'
  | 'invalid'
  | 'conflict'
  | 'processing'
  | 'incomplete'
  | 'security'
  | 'login'
  | 'throttled'
  | 'too-long'
  | 'not-supported'
  | 'timeout'
  | 'transient';

/** English: an interface engine's log is read by engineers. */
const WORDS: Readonly<Record<string, string>> = {
  taken: 'Taken into the record.',
  known: 'The record has this already.',
  informed: 'Read for what it tells of the observations; it is not stored itself.',
  withdrawn: 'What this resource said before is taken back.',
  'told-otherwise':
    'The record says otherwise of this. Send status "corrected" or "amended" under the same identifier to change it.',
  'older-version': 'A newer version of this resource is in the record.',
  'discarded-here':
    'It was held at the workstation and discarded there: its values are not in the record. Send status "corrected" or "amended" where they are right.',
  'nothing-to-delete': 'The record has nothing of this resource to take back.',
  'entry-not-understood': 'This entry is no Bundle.entry: nothing of it was read.',
  'not-an-observation': 'This server takes Observation resources only.',
  'method-not-served': 'This server serves POST only.',
  'transaction-refused': 'Nothing of the transaction was stored, because an entry of it was refused.',
  'time-too-old': 'The time is more than ten years ago.',
  'time-missing': 'effectiveDateTime, effectiveInstant or effectivePeriod is missing.',
  'time-imprecise': 'The time has no time of day.',
  'status-not-final': 'Only final, amended, corrected and entered-in-error are taken.',
  'not-understood': 'This is no well-formed Observation.',
  'value-is-a-bound': 'The value is a bound and no reading.',
  'value-absent': 'The value is said to be absent.',
  'value-missing': 'There is no valueQuantity.value.',
  'no-json': 'The body is no JSON.',
  'not-utf-8': 'The body is not UTF-8.',
  'too-deep': 'The body is nested too deeply.',
  'not-a-resource': 'The body is neither an Observation nor a Bundle.',
  'bundle-type': 'Only Bundles of type collection, batch and transaction are taken.',
  'too-many-entries': 'The Bundle has too many entries.',
  empty: 'The Bundle has no entries.',
  'no-token': 'A token is needed: Authorization: Bearer …',
  'wrong-token': 'The token is not the one in force.',
  'host-refused': 'The Host header does not name this machine’s own address.',
  'origin-refused': 'Requests of web pages are not answered.',
  'path-unknown': 'POST to /fhir or /fhir/Observation.',
  'media-type':
    'Content-Type must be application/fhir+json or application/json, in UTF-8 and not compressed.',
  'too-large': 'The body is larger than 1 MiB.',
  'too-slow': 'The body took longer than 10 s.',
  'too-fast': 'Too many requests. Wait as long as Retry-After says.',
  'storage-unavailable': 'Nothing was stored. Send it again later.',
  'partly-stored':
    'Some entries were stored and others were not. Send all of it again later: what is in the record is known again.',
};

function wordsOf(reason: string): string {
  return WORDS[reason] ?? rejectReasonText('en', reason);
}

function issue(severity: Severity, code: IssueCode, reason: string, about = '', text = wordsOf(reason)) {
  return {
    severity,
    code,
    details: { text: about === '' ? text : `${about}: ${text}` },
    diagnostics: reason,
  };
}

function outcomeOf(issues: readonly object[]): object {
  return { resourceType: 'OperationOutcome', issue: issues };
}

/** A refusal of a whole request. */
export function refusal(
  status: number,
  code: IssueCode,
  reason: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return { status, body: outcomeOf([issue('error', code, reason)]), headers };
}

const STATUS: { readonly [kind in EntryOutcome['kind']]: number } = {
  taken: 201,
  withdrawn: 200,
  known: 200,
  informed: 200,
  // Stored, and a person has still to say whose it is.
  held: 202,
  refused: 422,
  conflict: 409,
};
const STATUS_TEXT: Readonly<Record<number, string>> = {
  200: '200 OK',
  201: '201 Created',
  202: '202 Accepted',
  409: '409 Conflict',
  422: '422 Unprocessable Entity',
};

function issuesOf({ kind, reasons }: EntryOutcome): object[] {
  if (kind === 'refused' || kind === 'conflict')
    return reasons.map(({ reason, code }) =>
      issue('error', kind === 'conflict' ? 'conflict' : 'invalid', reason, code),
    );
  const [held, ...others] = reasons;
  const rest: readonly Reason[] = kind === 'held' ? others : reasons;
  const first =
    kind === 'held' && held !== undefined
      ? issue('information', 'incomplete', held.reason, '', holdReasonText('en', held.reason))
      : issue('information', kind === 'known' ? 'duplicate' : 'informational', kind);
  return [first, ...rest.map(({ reason, code }) => issue('warning', 'invalid', reason, code))];
}

/** The answer to one resource. */
export function entryAnswer(outcome: EntryOutcome): HttpAnswer {
  return { status: STATUS[outcome.kind], body: outcomeOf(issuesOf(outcome)) };
}

/** The answer to a Bundle: an entry for each of its entries, in their order. */
export function bundleAnswer(type: 'batch-response' | 'transaction-response', all: readonly EntryOutcome[]) {
  return {
    status: 200,
    body: {
      resourceType: 'Bundle',
      type,
      entry: all.map((outcome) => ({
        response: { status: STATUS_TEXT[STATUS[outcome.kind]], outcome: outcomeOf(issuesOf(outcome)) },
      })),
    },
  };
}

/** A transaction of which an entry was refused: each such entry by its place, from 1. */
export function transactionRefused(
  all: readonly (readonly [row: number, outcome: EntryOutcome])[],
): HttpAnswer {
  const refused = all.filter(([, { kind }]) => kind === 'refused' || kind === 'conflict');
  const isConflict = refused.every(([, { kind }]) => kind === 'conflict');
  const issues = refused.flatMap(([row, { reasons }]) =>
    reasons.map(({ reason, code }) => ({
      ...issue('error', isConflict ? 'conflict' : 'invalid', reason, code),
      expression: [`Bundle.entry[${row - 1}]`],
    })),
  );
  return {
    status: isConflict ? 409 : 422,
    body: outcomeOf([issue('error', 'processing', 'transaction-refused'), ...issues]),
  };
}
