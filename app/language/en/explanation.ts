/** English words of rule texts and of the literals that a model writes between. */

import type { TriggerFacts } from '../../explanation/explanation.ts';
import {
  type Driven,
  type ExplanationWords,
  plain,
  quantity,
  type Rang,
  type SpokenSpan,
  spokenSpan,
} from '../../explanation/words.ts';
import type { Direction, NumericParameter } from '../../scoring/chart.ts';
import { NEWS2_HIGH_TOTAL } from '../../scoring/news2.ts';
import type { Score } from '../../scoring/score.ts';
import { PARAMETER } from './parameters.ts';

const DIRECTION: Record<Direction, string> = { low: 'low', normal: 'normal', high: 'high' };
const RISK = { low: 'low', 'low-medium': 'low to medium', medium: 'medium', high: 'high' } as const;
const LEVEL = {
  A: 'alert',
  C: 'new confusion',
  V: 'responds to voice only',
  P: 'responds to pain only',
  U: 'unresponsive',
} as const;
/** NEWS2 response table (Royal College of Physicians, 2017): who looks, within what time. */
const RESPONSE = {
  'ward-based': 'a registered nurse assesses and decides on further monitoring',
  'urgent-ward-based': 'the ward medical team reviews',
  urgent: 'urgent assessment within 1 hour by a clinician skilled in acute illness',
  emergency: 'emergency assessment within 30 minutes by a team with critical-care competencies',
} as const;
const MONITORING = {
  '12h': 'observations at least every 12 hours',
  '4-6h': 'observations at least every 4–6 hours',
  '1h': 'observations at least every hour',
  continuous: 'continuous monitoring',
} as const;

function join(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function points(count: number): string {
  return count === 1 ? '1 point' : `${count} points`;
}

function driver(driven: Driven): string {
  switch (driven.parameter) {
    case 'oxygen':
      return `on oxygen (${points(driven.points)})`;
    case 'consciousness':
      return `consciousness: ${LEVEL[driven.level]} (${points(driven.points)})`;
    default: {
      const name = PARAMETER[driven.parameter];
      return `${name} ${quantity(driven.parameter, driven.value)}, ${DIRECTION[driven.direction]} (${points(driven.points)})`;
    }
  }
}

function headline(score: Score): string {
  if ('applicable' in score)
    return score.reason === 'pregnant'
      ? 'NEWS2 does not apply in pregnancy; no score is shown.'
      : 'NEWS2 does not apply under the age of 16; no score is shown.';
  if (score.complete) return `NEWS2 is ${score.total}, ${RISK[score.risk]} risk.`;
  // Below the high band a missing reading may still raise the risk, so only the high band is named.
  const risk = score.min_total >= NEWS2_HIGH_TOTAL ? ', high risk' : '';
  return `NEWS2 is at least ${score.min_total}${risk}; it is incomplete.`;
}

function trend(parameter: NumericParameter, from: number, to: number): string {
  const verb = to > from ? 'up' : 'down';
  return `${PARAMETER[parameter]} ${quantity(parameter, to)}, ${verb} from ${quantity(parameter, from)}`;
}

/** "70 minutes", and from two hours "3 h 10 min". */
function age(minutes: number): string {
  const whole = Math.round(minutes);
  return whole < 120 ? ago(whole) : `${Math.floor(whole / 60)} h ${whole % 60} min`;
}

function ago(minutes: number): string {
  const whole = Math.round(minutes);
  return whole === 1 ? '1 minute' : `${whole} minutes`;
}

function span({ unit, value }: SpokenSpan): string {
  return unit === 'minutes' ? ago(value) : value === 1 ? '1 hour' : `${value} hours`;
}

/** " for 5 minutes"; nothing where it rang at once. */
function held(minutes: number): string {
  return minutes < 1 ? '' : ` for ${ago(minutes)}`;
}

function criterion(one: Rang['met'][number]): string {
  if (one.kind === 'acvpu') return 'consciousness other than alert';
  return `${PARAMETER[one.kind]} ${quantity(one.kind, one.value)}`;
}

/** Each names the value, its limit, what it was compared with or rests on, and over which time. */
function trigger(rang: TriggerFacts, { red, met, hr, sbp }: Rang): string | null {
  const { rule, value, threshold, change, mean } = rang;
  const least = rang.at_least ? 'at least ' : '';
  if (rule === 'single-red')
    return red === null ? null : `A single reading is in the red band: ${driver(red)}.`;
  if (value === null || threshold === null) return null;
  switch (rule) {
    case 'map-low': {
      const how =
        mean === null
          ? ''
          : mean.measured
            ? ' (measured)'
            : ` (computed: systolic ${plain(mean.sbp)} mmHg, diastolic ${plain(mean.dbp)} mmHg)`;
      return `Mean arterial pressure ${plain(value)} mmHg, below the limit of ${plain(threshold)} mmHg${held(rang.held_minutes)}${how}.`;
    }
    case 'qsofa':
      return `qSOFA is ${least}${value} of 3 (limit ${threshold}): ${join(met.map(criterion))}.`;
    case 'spo2-fall':
      if (change === null) return null;
      return `SpO2 down from ${plain(change.from)} % to ${plain(change.to)} % in ${ago(change.minutes)}, by ${least}${plain(value)} percentage points (limit: more than ${plain(threshold)} in ${span(spokenSpan(change.window_minutes))}).`;
    case 'hr-rise':
      if (change === null) return null;
      return `Heart rate up from ${plain(change.from)}/min to ${plain(change.to)}/min in ${span(spokenSpan(change.minutes))}, by ${least}${plain(value)}/min (limit: ${plain(threshold)}/min in ${span(spokenSpan(change.window_minutes))}).`;
    case 'shock-index': {
      const from =
        hr === null || sbp === null ? '' : ` (heart rate ${plain(hr)}/min, systolic ${plain(sbp)} mmHg)`;
      return `Shock index ${plain(value)}, at the limit of ${plain(threshold)} or above it${held(rang.held_minutes)}${from}.`;
    }
    case 'news2-rise':
      return rang.acknowledged_total === null
        ? null
        : `NEWS2 was ${rang.acknowledged_total} when it was last acknowledged, and is ${least}${value} now.`;
    default:
      return null;
  }
}

export const englishExplanation: ExplanationWords = {
  language: 'en',
  headline,
  trigger,
  trends: (list) =>
    `Course: ${list.map(({ parameter, direction, perHour, span: over, readings }) => `${PARAMETER[parameter]} ${direction} by about ${perHour} an hour over ${span(over)} (${readings} readings)`).join('; ')}.`,
  unavailable: (list) =>
    `Not available now, as the monitor says: ${join(list.map((parameter) => PARAMETER[parameter]))}.`,
  driver,
  drivers: (list) => `Scoring readings: ${list.map(driver).join('; ')}.`,
  noDrivers: () => 'No measured reading scores a point.',
  changes(minutesAgo, list) {
    const moved = list.filter((change) => change.trend !== 'unchanged');
    if (moved.length === 0) return `Nothing has changed since the reading ${ago(minutesAgo)} ago.`;
    return `Since the reading ${ago(minutesAgo)} ago: ${moved.map((change) => trend(change.parameter, change.from, change.to)).join('; ')}.`;
  },
  scoreChange(from, to) {
    if ('applicable' in from || 'applicable' in to || !from.complete || !to.complete) return null;
    if (from.total === to.total) return null;
    return `NEWS2 was ${from.total} at that reading.`;
  },
  missing: (list) =>
    `Not measured: ${join(list.map((parameter) => PARAMETER[parameter]))}. ${list.length === 1 ? 'It counts' : 'They count'} as missing, not as normal.`,
  stale: (list) =>
    `No longer current when this was scored: ${list.map(({ parameter, minutes_old }) => `${PARAMETER[parameter]}, ${age(minutes_old)} old`).join('; ')}.`,
  response: (assessment, complete) =>
    complete
      ? `The NEWS2 chart asks for ${MONITORING[assessment.min_monitoring]}; ${RESPONSE[assessment.response]}.`
      : `At the least, the NEWS2 chart asks for ${MONITORING[assessment.min_monitoring]}; ${RESPONSE[assessment.response]}. What is missing may ask for more.`,
  nothingMeasured: () => 'Nothing has been measured, so there is no score. Measure and enter a full set.',
  derived(map, shockIndex) {
    const parts = [
      ...(map === null ? [] : [`mean arterial pressure ${map} mmHg`]),
      ...(shockIndex === null ? [] : [`shock index ${shockIndex}`]),
    ];
    return parts.length === 0 ? null : `Calculated: ${join(parts)}.`;
  },
  summaryLead: 'Taken together, these readings may mean that',
  summaryAlone: (pattern) =>
    ({
      none: 'No group of readings stands out.',
      breathing: 'The readings that score belong to the respiratory system.',
      circulation: 'The readings that score belong to the circulation.',
      temperature: 'The reading that scores is the temperature.',
      consciousness: 'The reading that scores is consciousness.',
      'breathing-circulation':
        'The readings that score belong to the respiratory system and the circulation.',
      several: 'Readings of several body systems score.',
    })[pattern],
  considerLead: 'One thing to consider is whether',
  considerAlone: 'One thing to consider is whether the readings that score belong together.',
  weighLead: 'To weigh against it: it is possible that',
  weighAlone: 'To weigh against it: it is possible that a sensor is not in the right position.',
  questions: (drivers, missing) => [
    ...(drivers > 0 ? ['Question: which of these readings scores most, and why does it score?'] : []),
    ...(drivers > 1 ? ['Question: which of these readings could have the same cause?'] : []),
    ...(missing > 0 ? ['Question: what could change in the score when what is missing is measured?'] : []),
    'Question: which reading would you repeat first, and how?',
  ],
  checkLead: 'To check now:',
  checkAlone: () => 'To check now: repeat the readings that score and tell the responsible clinician.',
};
