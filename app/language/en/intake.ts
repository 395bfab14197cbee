/** English words of why a message was held or refused, and why a value was not taken. */
import type { CodeWords } from '../code-words.ts';

export const held: CodeWords['held'] = {
  'no-patient': 'the message names no patient',
  'no-patient-id': 'the message has no hospital number',
  'several-patients': 'the message names more than one patient',
  'no-bed': 'the message names no bed',
  'bed-occupied': 'another patient is in that bed here',
  'identity-differs': 'its number belongs to a patient of another name and date of birth',
  'unknown-patient': 'nobody here has its number',
  'already-here': 'the patient is here already, in another bed',
  'bed-unknown': 'nobody was ever in that bed here',
  'alert-unanswered': 'an alert of the patient is unanswered',
  'both-in-beds': 'both patients are in beds here',
  'no-merged-number': 'it does not say which number is no longer used',
  demonstration: 'it names the invented patient of the sample',
  'not-production': 'the message is marked as training or test',
};

export const rejected: CodeWords['rejected'] = {
  'code-unknown': 'this measurement is not known here',
  'code-disagrees': 'its two codes name different measurements',
  'not-a-number': 'the value is not a number',
  'not-understood': 'the value was not understood',
  'unit-unknown': 'the unit is not known',
  'unit-missing': 'the unit is missing',
  'unit-unfit': 'the unit does not fit the measurement',
  implausible: 'the value cannot be a living person’s',
  'time-invalid': 'the time is not valid',
  'time-imprecise': 'the time is not exact enough',
  'time-in-future': 'the time lies in the future',
  'status-unknown': 'the status of the result is not known',
  'not-hl7': 'this is not an HL7 message',
  'delimiters-invalid': 'its separators are not valid',
  'several-messages': 'several messages came as one',
  'no-message-type': 'the message has no type',
  'no-control-id': 'the message has no control id',
  'type-not-accepted': 'this type of message is not taken here',
  'several-patients': 'the message names more than one patient',
  'too-many-observations': 'the message holds more values than one message can',
  'nothing-changed': 'what it tells was known already',
  'left-already': 'the patient has left already',
  'storage-unavailable': 'it could not be saved; the sender will send it again',
  'too-large': 'the message is larger than 1 MiB',
  unfinished: 'the message broke off before its end',
  'not-mllp': 'this sender does not speak HL7 over MLLP',
  'control-id-reused': 'another message came before under the same number',
  'no-readings': 'the message brings no vital signs',
  'nothing-to-delete': 'what it takes back was never received',
};

export const unknownReason: CodeWords['unknownReason'] = (code) => `not taken (${code})`;
