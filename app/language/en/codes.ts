/** English words of the program's codes. */
import type { CodeWords } from '../code-words.ts';
import { errors } from './errors.ts';
import { held, rejected, unknownReason } from './intake.ts';
import { acvpu, vitals } from './vitals.ts';

export const englishCodes: CodeWords = {
  errors,
  engine: {
    starting: {
      title: 'Explanations starting',
      whatToDo: 'The model is being read and checked. Scores and alerts run already.',
    },
    ready: { title: 'Explanations ready', whatToDo: 'Nothing to do.' },
    missing: {
      title: 'No model',
      whatToDo:
        'Alerts show their rule text only. Biomedical IT can put the model file into its place; see System.',
    },
    refused: {
      title: 'Model refused',
      whatToDo:
        'The file is not the one that was approved. Alerts show their rule text only. Tell biomedical IT.',
    },
    failed: {
      title: 'Explanations stopped',
      whatToDo:
        'The engine failed. Scores, alerts and escalation run without it. Tell biomedical IT if it stays so.',
    },
    'safe-mode': {
      title: 'Safe mode, rules only',
      whatToDo:
        'The program runs without its model: it crashed twice in a row, or was started so. Scores, alerts and escalation run. Tell biomedical IT; the next normal start tries the model again.',
    },
    off: { title: 'Explanations off', whatToDo: 'Alerts show their rule text only.' },
  },
  rulesOnly: {
    'model-missing': 'Rule text only: no model is installed here.',
    'model-language': 'Rule text only: the installed model does not write this language.',
    'model-refused': 'Rule text only: the model file is not the approved one and was not loaded.',
    'model-loading': 'Rule text only: the model was still being loaded.',
    'engine-failed':
      'Rule text only: the explanation engine failed. Scores, alerts and escalation run without it.',
    'engine-timeout': 'Rule text only: the model took too long and was stopped.',
    'safe-mode': 'Rule text only: the program runs in safe mode, without a model.',
    'stopped-by-person': 'Rule text only: somebody stopped the explanation.',
    superseded: 'Rule text only: a more urgent alert took its place.',
    interrupted: 'Rule text only: the program was interrupted while it wrote.',
  },
  rules: {
    'news2-high': 'NEWS2 high',
    'news2-medium': 'NEWS2 medium',
    'single-red': 'One parameter scores 3',
    'news2-rise': 'NEWS2 rose',
    'map-low': 'Mean arterial pressure low',
    qsofa: 'qSOFA positive',
    'spo2-fall': 'SpO2 fell',
    'hr-rise': 'Heart rate rose',
    'shock-index': 'Shock index high',
  },
  alertStates: {
    active: 'Not acknowledged',
    acknowledged: 'Acknowledged',
    snoozed: 'Snoozed',
    escalated: 'Escalated',
    resolved: 'Resolved',
    dismissed: 'Dismissed',
  },
  actions: {
    reviewed: 'Acknowledged, reviewed at the bedside',
    'escalated-to': 'Escalated',
    snoozed: 'Snoozed',
    escalate: 'Sent up the ladder',
    dismissed: 'Dismissed',
  },
  roles: {
    student: 'Student',
    nurse: 'Nurse',
    doctor: 'Doctor',
    attending: 'Attending doctor',
    'icu-admin': 'ICU administrator',
    'biomedical-it': 'Biomedical IT',
  },
  vitals,
  acvpu,
  held,
  rejected,
  unknownReason,
  risks: { low: 'Low', 'low-medium': 'Low to medium', medium: 'Medium', high: 'High' },
  // NEWS2 response table, Royal College of Physicians, 2017.
  responses: {
    'ward-based': 'Ward-based response',
    'urgent-ward-based': 'Urgent ward-based response',
    urgent: 'Urgent assessment',
    emergency: 'Emergency assessment',
  },
  monitoring: {
    '12h': 'observe at least every 12 h',
    '4-6h': 'observe at least every 4 to 6 h',
    '1h': 'observe at least every hour',
    continuous: 'continuous monitoring',
  },
  age: {
    seconds: (count) => `${count}\u00a0s`,
    minutes: (count) => `${count}\u00a0min`,
    hours: (hours, minutes) => (minutes === 0 ? `${hours}\u00a0h` : `${hours}\u00a0h ${minutes}\u00a0min`),
    days: (count) => `${count}\u00a0d`,
  },
  score: {
    threeInOne: '3 in one',
    incomplete: 'Incomplete',
    stale: 'stale',
    noScore: 'no score',
    atLeast: (total) => `at least ${total}`,
  },
  reading: {
    stale: 'stale',
    missing: 'missing',
    unknownPoints: 'points unknown',
    byHand: 'by hand',
    cuff: 'cuff',
    monitor: 'monitor',
    imported: 'imported',
    demonstration: 'demonstration',
    points: (points) => (points === 1 ? '1 point' : `${points} points`),
    unavailable: 'monitor cannot measure',
    sourcesDisagree: 'sources disagree; the worse value counts',
    noData: 'no values in this time',
    trendSummary: (label, unit, count) => `${label}, ${unit}, ${count} values`,
  },
};
