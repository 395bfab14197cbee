/** English words of technical alerts and of the figures about alerts. */

import type { TechnicalCode, TechnicalParameters } from '../../technical/technical.ts';
import { durationText } from '../duration.ts';

interface TechnicalWords {
  readonly title: string;
  /** What is wrong, for the strip. `vitals` are named in words already. */
  readonly what: (parameters: TechnicalParameters) => string;
  readonly whatToDo: string;
}

const codes: { readonly [code in TechnicalCode]: TechnicalWords } = {
  'feed-silent': {
    title: 'Monitor silent',
    what: () => 'The monitor sends nothing',
    whatToDo: 'Look at the patient. Check the monitor, its cable and its network.',
  },
  'vital-missing': {
    title: 'Vital missing',
    what: ({ vitals = '' }) => `The monitor no longer sends: ${vitals}`,
    whatToDo: 'Look at the patient. Check the sensor. What is missing counts as missing, not as normal.',
  },
  'clock-jumped': {
    title: 'Time of day corrected',
    what: ({ seconds = 0 }) => `The time of day of this machine was moved by ${durationText(seconds)}`,
    whatToDo:
      'Compare with a watch at once. Where this time is wrong, new readings of monitors look too old or too new and are not scored: use the monitors, and have biomedical IT set the time.',
  },
  'clock-off': {
    title: 'Device clock off',
    what: ({ device = 'a device', seconds = 0 }) =>
      `The clock of ${device} is off by about ${durationText(seconds)}`,
    whatToDo:
      'Set the clock of the device. Its values are aged by when they came. If it has been set: Feeds, the device, “Its clock has been set”.',
  },
  'storage-full': {
    title: 'Disk full',
    what: () => 'Nothing can be stored: monitors are told so and send again',
    whatToDo: 'Write observations on paper. Tell biomedical IT at once to make room.',
  },
  'storage-unwritable': {
    title: 'Disk cannot be written',
    what: () =>
      'The disk is read-only or takes nothing: nothing can be stored, monitors are told so and send again',
    whatToDo:
      'Write observations on paper. Tell biomedical IT at once: the disk has room, but it is mounted read-only, may not be written by this program, or is failing.',
  },
  'storage-damaged': {
    title: 'Record damaged',
    what: () => 'The record was damaged; what could be read was taken over',
    whatToDo: 'The damaged file is kept. Tell biomedical IT; compare open alerts with the patients.',
  },
  'backup-overdue': {
    title: 'Backup overdue',
    what: () => 'There is no recent backup',
    whatToDo: 'Tell biomedical IT.',
  },
  'listener-down': {
    title: 'Not listening',
    what: () => 'Monitors cannot send to this machine',
    whatToDo: 'Enter observations by hand. Tell biomedical IT: another program may have the port.',
  },
  'listener-full': {
    title: 'No place for a monitor',
    what: () => 'A monitor was turned away: too many connections are open',
    whatToDo:
      'Enter its observations by hand. Tell biomedical IT: a gateway may open connections and leave them.',
  },
  'fhir-down': {
    title: 'FHIR not reachable',
    what: () => 'Observations by FHIR cannot be sent to this machine',
    whatToDo: 'Tell biomedical IT: another program may have the port.',
  },
  'key-weak': {
    title: 'Key weakly protected',
    what: () => 'The key of the record is protected by file permissions alone',
    whatToDo: 'Biomedical IT can set up a keyring or a passphrase.',
  },
  'policy-unreadable': {
    title: 'Policy not readable',
    what: ({ version = '', inForce = '' }) =>
      `This program cannot read version ${version} of the site’s policy; version ${inForce} is in force`,
    whatToDo: 'Compare the limits under Policy and put the right ones in force again. The old text is kept.',
  },
  'adapter-stepped-back': {
    title: 'Adapter taken from the bed',
    what: ({ version = '', reason = '' }) =>
      `${version} no longer writes explanations: ${{ safety: 'a sentence broke a rule of safety', latency: 'it was too slow', engine: 'it failed' }[String(reason)] ?? reason}. The one before it writes again`,
    whatToDo:
      'Alerts and rule texts were never touched. Look at Models for what it wrote, before anybody tries it again.',
  },
  'alarm-unheard': {
    title: 'No alarm sound',
    what: ({ reason = '' }) =>
      `This workstation cannot sound alarms: ${{ 'no-output': 'it has no sound output', 'not-running': 'its sound output takes no sound', muted: 'its sound is muted', 'too-quiet': 'its sound is turned down', 'not-heard': 'nobody heard the test tone' }[String(reason)] ?? reason}`,
    whatToDo:
      'Watch the screen and the bedside monitors: their alarms are primary. Switch the loudspeaker on, turn it up, check its cable; then play the test tone under System → Alarm sound. Tell biomedical IT.',
  },
  'engine-server-down': {
    title: 'Explanation server not answering',
    what: () => 'The server that writes explanations fails; this machine writes them meanwhile',
    whatToDo: 'Nothing is lost: alerts and rule texts do not need it. Tell biomedical IT.',
  },
  'serving-down': {
    title: 'Explanations not served',
    what: ({ port = '' }) => `Other programs get no explanations: port ${port} cannot be opened`,
    whatToDo: 'The ward is not affected. Tell biomedical IT: another program may have the port.',
  },
};

export const technical = {
  title: 'Technical',
  note: 'monitors, clock and storage; apart from the patients’ alerts',
  none: 'Nothing technical is wrong.',
  code: codes,
  acknowledge: 'Seen',
  seenBy: (name: string, time: string) => `seen by ${name}, ${time}`,
  since: (time: string) => `since ${time}`,
  whatToDo: 'What to do',
};

export const burden = {
  title: 'How much the alerts ask',
  note: (days: number) => `last ${days} days, without demonstrations; 95 % intervals in brackets`,
  days: 'Days',
  rule: 'Rule',
  fired: 'Alerts',
  perBedDay: 'A bed and day',
  actedOn: 'Acted on',
  toAnswer: 'Median to answer',
  all: 'All rules',
  bedDays: (days: string) => `${days} bed-days`,
  interval: (value: string, low: string, high: string) => `${value} (${low}–${high})`,
  tooShort: 'not enough time yet',
  tooShortNote: (hours: number) =>
    `a rate is said from ${hours} hours of occupied beds on, all beds together`,
  none: 'No alerts fired in this time.',
};
