/** English words of a handover draft, and of the screen it stands on. */

import { quantity, spokenSpan, UNIT_OF_PARAMETER } from '../../explanation/words.ts';
import type { HandoverWords } from '../../handover/words.ts';
import { englishCodes } from './codes.ts';
import { PARAMETER } from './parameters.ts';

const hoursText = (hours: number) => (hours === 1 ? 'hour' : `${hours} hours`);

export const englishHandover: HandoverWords = {
  highestScore(hours, score, at) {
    if ('applicable' in score) return null;
    const value = score.complete ? `${score.total}` : `at least ${score.min_total} (incomplete)`;
    return `Highest NEWS2 of the last ${hoursText(hours)}: ${value}, at ${at}.`;
  },
  noScore: 'No score was recorded in this time.',
  range: (hours, list) =>
    `Lowest and highest of the last ${hoursText(hours)}: ${list
      .map(({ parameter, low, high }) =>
        low === high
          ? `${PARAMETER[parameter]} ${quantity(parameter, low)}`
          : `${PARAMETER[parameter]} ${quantity(parameter, low).replace(UNIT_OF_PARAMETER[parameter], '')} to ${quantity(parameter, high)}`,
      )
      .join('; ')}.`,
  notCurrent: (list) =>
    `The score rests on readings that are no longer current: ${list.map((parameter) => PARAMETER[parameter]).join(', ')}.`,
  ages: (list) =>
    `No longer current: ${list
      .map(({ parameter, minutes_old }) => {
        const { unit, value } = spokenSpan(minutes_old);
        return `${PARAMETER[parameter]}, ${value} ${value === 1 ? unit.slice(0, -1) : unit} old`;
      })
      .join('; ')}.`,
  noAlerts: (hours) => `No alert in the last ${hoursText(hours)}, and none open from before.`,
  alerts: (hours, count, open) =>
    `Alerts of the last ${hoursText(hours)} and those still open from before: ${count}, of which ${open} open now.`,
  alert: ({ rule, state, at, action, level }) =>
    `${at}: ${englishCodes.rules[rule]}, ${englishCodes.alertStates[state].toLowerCase()}${action === null ? '; nobody has acted on it' : `; last action: ${action.name.toLowerCase()}, at ${action.at}`}${level > 0 ? `; escalation level ${level}` : ''}.`,
  moreAlerts: (count) => `${count} more in the list of alerts.`,
  scale2: 'SpO2 scale 2 is prescribed.',
  spinalInjury: 'Injury of the spinal cord is recorded: NEWS2 is unreliable.',
  baseline: (total) => `NEWS2 usual for this patient, as recorded: ${total}.`,
  baselineNote: 'Usual for this patient, as recorded:',
  limits: 'Limits of treatment, as recorded:',
  noLimits: 'No limits of treatment are recorded here.',
  subjective: 'What the patient and the family say is not in this record: ask, and add it.',
  unanswered: (count) =>
    count === 1 ? '1 open alert has no answer yet.' : `${count} open alerts have no answer yet.`,
  measureAgain: 'Measure again what is missing or no longer current.',
  answerAll: 'Every open alert has been answered.',
};

export const handover = {
  title: 'Handover',
  draft: 'Draft, read before use',
  note: 'Written by code from the record, without the model. Medicines, fluids, tests and plans are not in it: add them.',
  form: 'Form',
  forms: { sbar: 'SBAR', soap: 'SOAP' },
  hours: 'Hours back',
  whom: 'Patients',
  oneBed: 'This bed',
  wholeWard: 'Whole ward',
  print: 'Print',
  made: (time: string) => `Made ${time}`,
  withheld: (count: number) =>
    `Withheld by the check against the record: ${count}. Read the bed’s own screen.`,
  noBeds: 'No patient is in a bed.',
  sections: {
    situation: 'Situation',
    background: 'Background',
    assessment: 'Assessment',
    recommendation: 'Recommendation',
    subjective: 'Subjective',
    objective: 'Objective',
    plan: 'Plan',
  },
};
