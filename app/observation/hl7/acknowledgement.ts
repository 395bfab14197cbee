/**
 * The acknowledgement of a message (HL7 v2 chapter 2, "Message acknowledgment"). It is sent after the commit,
 * never before. Original mode answers AA, AE or AR; enhanced mode, asked for in MSH-15 and MSH-16, may want a
 * commit accept (CA, CE, CR), an application answer, both, or nothing.
 */
import { encodeEscapes, USUAL_DELIMITERS } from './escapes.ts';
import { rawField, type Segment, valueAt } from './message.ts';

export type AcknowledgementCode = 'AA' | 'AE' | 'AR' | 'CA' | 'CE' | 'CR';

/** `accepted`: committed. `retry`: not committed, may work later. `refused`: will never work as it is. */
export type IntakeResult = 'accepted' | 'retry' | 'refused';

const ORIGINAL: { readonly [result in IntakeResult]: AcknowledgementCode } = {
  accepted: 'AA',
  retry: 'AE',
  refused: 'AR',
};
const COMMIT: { readonly [result in IntakeResult]: AcknowledgementCode } = {
  accepted: 'CA',
  retry: 'CE',
  refused: 'CR',
};

/** HL7 table 0155: always, never, on error or rejection, on success. */
function isWanted(condition: string, result: IntakeResult): boolean {
  if (condition === 'AL') return true;
  return condition === (result === 'accepted' ? 'SU' : 'ER');
}

/**
 * The codes to answer with, in the order of sending: one in original mode, none to two in enhanced mode. An
 * unknown condition counts as not written: a sender that waits in vain would send for ever.
 */
export function acknowledgementCodes(
  header: Segment | null,
  result: IntakeResult,
): readonly AcknowledgementCode[] {
  const condition = (field: number): string => {
    const text = header === null ? '' : (valueAt(header, field) ?? '').toUpperCase();
    return ['AL', 'NE', 'ER', 'SU'].includes(text) ? text : '';
  };
  const [commit, application] = [condition(15), condition(16)];
  if (commit === '' && application === '') return [ORIGINAL[result]];
  return [
    ...(isWanted(commit, result) ? [COMMIT[result]] : []),
    ...(isWanted(application, result) ? [ORIGINAL[result]] : []),
  ];
}

/** The one code that tells what became of a message, also where the sender wants no answer at all. */
export function acknowledgementCode(header: Segment | null, result: IntakeResult): AcknowledgementCode {
  return acknowledgementCodes(header, result)[0] ?? ORIGINAL[result];
}

/** HL7 table 0357. */
const CONDITIONS: { readonly [reason: string]: string } = {
  'not-hl7': '100^Segment sequence error^HL70357',
  'delimiters-invalid': '102^Data type error^HL70357',
  'several-messages': '100^Segment sequence error^HL70357',
  'no-message-type': '101^Required field missing^HL70357',
  'no-control-id': '101^Required field missing^HL70357',
  // Of the sender's name in the list of those who may send (HL7, table 0357: "the value … failed to match … a table").
  'sender-not-allowed': '103^Table value not found^HL70357',
  'type-not-accepted': '200^Unsupported message type^HL70357',
};
const OTHER_CONDITION = '207^Application internal error^HL70357';

/** Longest reason text sent back; the sender only needs to find it again in its log. */
const LONGEST_REASON = 80;

export interface Acknowledgement {
  readonly code: AcknowledgementCode;
  /** MSH-10 of the answer itself, unique for this sender. */
  readonly controlId: string;
  /** When it is sent, as `YYYYMMDDHHMMSS±ZZZZ`. */
  readonly sentAt: string;
  /** Why it was not accepted, as a code of this program. Never a value or a name out of the message. */
  readonly reason?: string;
}

const PRINTABLE = /^[ -~]*$/;

/** The components of a field as they stand, in the separators of the message. Nothing in it ends a segment. */
function echoed(header: Segment, field: number): string {
  const raw = rawField(header, field);
  return PRINTABLE.test(raw) ? raw : raw.replaceAll(/\p{Cc}/gu, '');
}

/** ERR took its present form in version 2.5. */
function hasErrorSegment(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 2 || (major === 2 && minor >= 5);
}

/**
 * The text of the answer, segments ended by CR, in the separators and the version of the message answered:
 * sender and receiver change places, MSA-2 echoes MSH-10. Without a readable header the usual separators and
 * version 2.3.1 are taken and MSA-2 is empty.
 */
export function buildAcknowledgement(header: Segment | null, answer: Acknowledgement): string {
  const delimiters = header?.delimiters ?? USUAL_DELIMITERS;
  const { field, component } = delimiters;
  const safe = (text: string): string => encodeEscapes(text, delimiters);
  const echo = (number: number): string => (header === null ? '' : echoed(header, number));
  const signs = header === null ? '^~\\&' : rawField(header, 2);
  const event = header === null ? '' : (valueAt(header, 9, 2) ?? '');
  const version = header === null ? '' : (valueAt(header, 12) ?? '');
  const charset = header === null ? '' : echoed(header, 18);
  const type = event === '' || component === '' ? 'ACK' : `ACK${component}${safe(event)}`;
  const reason = (answer.reason ?? '').slice(0, LONGEST_REASON);

  const msh = [
    'MSH',
    signs,
    echo(5),
    echo(6),
    echo(3),
    echo(4),
    answer.sentAt,
    '',
    type,
    safe(answer.controlId),
  ];
  msh.push(echo(11) || 'P', safe(version === '' ? '2.3.1' : version));
  if (charset !== '') msh.push('', '', '', '', '', charset);
  const msa = ['MSA', answer.code, echo(10)];
  if (reason !== '') msa.push(safe(reason));
  const segments = [msh, msa];
  if (reason !== '' && hasErrorSegment(version)) {
    const condition = (CONDITIONS[reason] ?? OTHER_CONDITION).replaceAll('^', component);
    segments.push(['ERR', '', '', condition, 'E', '', '', '', safe(reason)]);
  }
  return segments.map((fields) => `${fields.join(field)}\r`).join('');
}
