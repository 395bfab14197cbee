/** English words of the error codes: what happened and what helps, never a bare code. */
import type { CodeWords } from '../code-words.ts';
import { ADAPTER_FILE_PROBLEMS, ADAPTER_REASONS } from './adapter-problems.ts';
import { alert } from './alert.ts';
import { EXCHANGE_TROUBLE, EXCHANGE_TROUBLES } from './exchange.ts';
import { vitals } from './vitals.ts';

const REASONS: Record<string, string> = {
  'consent-withdrawn':
    'A patient in this data set has withdrawn since it was built. It cannot leave; build a new one.',
  'data-set-altered':
    'This data set on the disk is not the one that was approved. Build and approve a new one.',
  'review-withdrawn':
    'Somebody has taken back a review that is in this data set. It cannot leave; build a new one.',
  'review-has-left': 'This review has left in a data set and cannot be taken back any more.',
  'alert-treated': 'You treated this alert, so others review its explanation.',
  'already-reviewed': 'This is answered already.',
  'sentence-by-code': 'This sentence is by code: there are no words of a model in it to put right.',
  'text-unchanged': 'These are the words that stood there already. Change them first.',
  'package-too-large':
    'The package is larger than 100 MB, and Ray takes no larger one. Build a data set of fewer examples.',
  'training-under-way': 'A training is still under way there. Stop it first, and wait until it has ended.',
  'training-over': 'This training has ended already.',
  'nothing-refused': 'Nothing of this training was refused.',
  'data-set-not-approved': 'Nobody has approved this data set yet. Look at its preview and approve it first.',
  'alert-closed': 'The alert is closed already.',
  'demonstration-running': 'The sample is running already.',
  'no-demonstration': 'No sample is running.',
  'patient-left': 'The patient has left the ward.',
  'alert-unanswered':
    'An alert of this patient is unanswered. Answer it, or say why the patient leaves without.',
  'both-in-beds': 'Both are in beds here. Discharge or move one of them first.',
  'not-simulated':
    'The draft has not been simulated since it was saved. Run the simulation, look at it, then activate.',
  'decisions-differ':
    'Different things were decided for the two records (SpO2 scale, treatment limits or another). Make them the same first.',
  'draft-of-another':
    'Somebody else has a draft. Yours is not saved. Speak with them, or save yours in its place: theirs is given up then.',
  'same-patient': 'These are the same patient already.',
  demonstration: 'The invented patient of the sample cannot be used here.',
  'nothing-to-release': 'There is nothing in this message that could be taken. It can only be discarded.',
  'unknown-patient': 'Nobody here has this number. Admit the patient first.',
  'identity-differs':
    'The number belongs to a patient of another name and date of birth. If it is the same one, mend the particulars first.',
  'already-here': 'The patient is here already, in another bed. Move the patient first.',
  'no-bed': 'The message names no bed.',
  'bed-occupied': 'Another patient is in that bed. Move that patient first.',
  'no-merged-number': 'The message does not say which number is no longer used.',
  'needs-patient': 'Choose whose values these are first.',
  'too-many-requests': 'Too many requests are waiting. Try again in a moment.',
  'name-taken':
    'Somebody has this name already. Add what tells them apart, say a middle name or a staff number.',
  complete: 'It is complete already.',
  stopped: 'It was stopped already.',
  'rules-only': 'Only the rule text is available.',
  'record-open': 'The record is open: no recovery key is needed.',
  'no-recovery-key-shown': 'No recovery key is waiting to be confirmed. Make a new one.',
  'no-recovery-key': 'Make a recovery key first: without it nobody could open the backup.',
  'import-not-tried': 'Do a dry run of the file first.',
  'no-backup-folder': 'Name a folder for backups first.',
};

/** Why a ward's record could not be opened at the start. */
const RECORD: Record<string, string> = {
  'folder-not-written':
    'The folder could not be written, and nothing was left in it. Check that it exists and choose it again.',
  'record-in-use':
    'Another MedObsMind has this ward’s record open. Use that window, or close it and start again.',
  'newer-record':
    'This ward’s record was written by a newer MedObsMind and was left as it is. Chart on paper; biomedical IT installs the newer program.',
  'key-unavailable':
    'The key of this ward’s record cannot be opened here, so nothing can be read or saved. Chart on paper and tell biomedical IT.',
  unwritable:
    'The disk with this ward’s record takes nothing, so nothing can be saved. Chart on paper; biomedical IT makes the disk writable for this user.',
  unusable:
    'This ward’s record cannot be opened, so nothing can be read or saved. Chart on paper and tell biomedical IT.',
};

const THINGS: Record<string, string> = {
  'data-set': 'This data set',
  training: 'This training',
  'training-host': 'This host',
  alert: 'This alert',
  import: 'This file',
  adapter: 'This adapter',
  report: 'This report',
  explanation: 'This explanation',
  review: 'This explanation',
  message: 'This message',
  patient: 'This patient',
  card: 'This card',
  guideline: 'This guideline',
  upload: 'This file (it is kept for an hour; choose it again)',
  sample: 'The sample file',
};

const FIELDS: Record<string, string> = {
  secrets: 'A token of at least 16 characters is needed.',
  privateKey: 'A private key is needed, or an SSH agent.',
  runsFolder: 'The folder for runs on the host is needed.',
  reason: 'A reason is needed.',
  minutes: 'Say for how many minutes.',
  pin: 'A PIN has 4 to 12 digits.',
  'administrator.pin': 'A PIN has 4 to 12 digits.',
  name: 'A name is needed.',
  'administrator.name': 'A name is needed.',
  wardName: 'The ward needs a name.',
  bed: 'A bed is needed.',
  identifier: 'A hospital number is needed.',
  birthDate:
    'The date of birth is not possible: it is no date, lies in the future, or is over 130 years back.',
  observedAt: 'The time of observation cannot be used.',
  values: 'Enter at least one value.',
  host: 'This address cannot be used.',
  network: 'The certificate or the key could not be used. Look at both files; nothing was changed.',
  port: 'The port is a whole number from 0 to 65535.',
};

const BLOCKED: Readonly<Record<string, string>> = alert.findings;

function vitalOf(vital: string | number | undefined): string {
  return Object.entries(vitals).find(([key]) => key === vital)?.[1].long ?? String(vital ?? 'The value');
}

function minutesText(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

export const errors: CodeWords['errors'] = {
  'not-signed-in': () => 'Sign in first.',
  'not-permitted': () => 'Your role may not do this.',
  'wrong-pin': ({ left }) =>
    left === undefined
      ? 'Wrong PIN.'
      : `Wrong PIN. ${left} ${left === 1 ? 'try' : 'tries'} left before a pause.`,
  'locked-out': ({ seconds }) => `Too many wrong PINs. Try again in ${minutesText(Number(seconds ?? 0))}.`,
  'already-set-up': () => 'This ward is set up already.',
  'not-set-up': () => 'Set up this ward first.',
  'invalid-request': ({ field }) =>
    FIELDS[String(field)] ?? 'Something entered here cannot be used. Nothing was saved.',
  'unknown-call': () => 'The parts of the program do not fit together. Start it again.',
  'not-found': ({ what }) => `${THINGS[String(what)] ?? 'It'} was not found. It may have gone meanwhile.`,
  'changed-meanwhile': () =>
    'Somebody else was faster. Look at the new state, then decide again. Nothing was changed.',
  'not-allowed-now': ({ reason }) =>
    REASONS[String(reason)] ?? ADAPTER_REASONS[String(reason)] ?? 'This is not possible now.',
  'value-implausible': ({ vital, value, least, most }) =>
    `${vitalOf(vital)} ${value} is outside ${least} to ${most} and cannot be a reading. Nothing was saved.`,
  'needs-confirmation': ({ vital, value, previous }) =>
    `${vitalOf(vital)} ${value} is unusual${previous === undefined ? '' : `; the last was ${previous}`}. Confirm it or type it again.`,
  'bed-occupied': ({ bed }) => `Bed ${bed} is taken by another patient.`,
  'patient-known': ({ name, bed }) =>
    bed === undefined
      ? `This number belongs to ${name} here, with other particulars. Nothing was changed: look at both and decide.`
      : `This number belongs to ${name}, who is in bed ${bed}. Nothing was changed: look at both and decide.`,
  'port-in-use': ({ port }) => `Port ${port} is used by another program. Choose another one.`,
  'storage-unavailable': ({ reason }) =>
    RECORD[String(reason)] ??
    'Nothing can be saved: the disk does not take it. Chart on paper and tell biomedical IT.',
  'storage-full': () =>
    'The disk is full: nothing more can be saved. Chart on paper and tell biomedical IT at once.',
  'not-enough-data': ({ what }) =>
    `There is not enough in the record for this${what === undefined ? '' : ` (${what})`}. Try again when more has been recorded.`,
  'file-unreadable': ({ reason }) =>
    `The file cannot be read${reason === undefined ? '' : `: ${reason}`}. Nothing was taken from it. Check the file and choose it again.`,
  'adapter-refused': ({ reason, file }) =>
    `${file === undefined || file === '' ? '' : `${file}: `}${ADAPTER_FILE_PROBLEMS[String(reason)] ?? 'The adapter cannot be used.'} Nothing was taken in.`,
  'text-blocked': ({ rule }) =>
    `The check does not let these words pass: ${BLOCKED[String(rule)] ?? alert.withheldUnknown} Nothing was saved. Change them and save again.`,
  'exchange-trouble': ({ reason }) => EXCHANGE_TROUBLES[String(reason)] ?? EXCHANGE_TROUBLE,
  'key-wrong': () => 'This key does not open the record. Check each group of letters and type it again.',
  busy: () => 'This is being done already. Wait until it has ended, or stop it first.',
  'engine-unavailable': () => 'No explanation can be written now. The rule text is complete without it.',
  internal: () =>
    'The program made a mistake. Nothing was changed. Try again; tell biomedical IT if it stays so.',
};
