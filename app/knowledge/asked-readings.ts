/**
 * What a question says of readings: "pulse 135" asks for what answers a high heart rate, "score of 6" for the medium
 * alert. The vital's name and the number are read as the verifier reads them; the chart says which way a number is out.
 */

import { numberClaims } from '../explanation/verifier/claims.ts';
import { checkedText, has, words } from '../explanation/verifier/text.ts';
import { type SubjectMention, subjectsNamed } from '../explanation/verifier/vitals-named.ts';
import { chartBand, type NumericParameter } from '../scoring/chart.ts';
import { NEWS2_HIGH_TOTAL, NEWS2_MEDIUM_TOTAL } from '../scoring/news2.ts';
import type { AskedAnswer } from './driver-answers.ts';

/** A number belongs to the vital that is named at most so many characters before or after it. Ours. */
const NEAR = 24;
/** A course or a state in words says less than a number does. Ours. */
const NUMBER_WEIGHT = 3;
const WORD_WEIGHT = 2;

const RISING = words(
  'ris(?:es|ing|en)|rose|climb(?:s|ing|ed)?|going up|went up|went from|creeping up|badh rahi|badh raha|बढ़[\\p{L}\\p{M}]* ?(?:रहा|रही|रहे)?',
);
const STATES: readonly (readonly [string, RegExp])[] = [
  [
    'falling',
    words(
      'fall(?:s|ing|en)?|fell|drop(?:s|ping|ped)?|going down|coming down|sinking|gir raha|gir rahe|gir rahi|गिर(?:ता|ती|ते)? ?(?:रहा|रही|रहे)?|घट[\\p{L}\\p{M}]*',
    ),
  ],
  ['rising', RISING],
  ['low', words('low|slow|under|below|kam|dheem[aie]|कम|धीम(?:ा|ी|े)|निम्न')],
  ['high', words('high|fast|rapid|raised|racing|above|over|tez|zyada|ज़्यादा|ज्यादा|तेज़|तेज|ऊँच(?:ा|ी)|उच्च')],
  [
    'missing',
    words("missing|not measured|no reading|not reading|won't read|cannot read|can't read|blank|नहीं (?:आ|पढ़)"),
  ],
];

const PARAMETER: { readonly [vital in SubjectMention['vital']]?: NumericParameter } = {
  rr: 'rr',
  spo2: 'spo2',
  sbp: 'sbp',
  hr: 'hr',
  temp: 'temp',
};

function directionOf(parameter: NumericParameter, value: number): 'low' | 'high' | null {
  const band = chartBand(parameter, value, { scale: 1, onOxygen: false });
  return band === null || band.direction === 'normal' ? null : band.direction;
}

/** A number with a decimal in this range is a temperature though nobody says so: no other vital is written like that. */
function isTemperature(value: number): boolean {
  return !Number.isInteger(value) && value >= 30 && value <= 43;
}

function totalAnswer(value: number): string | null {
  if (value >= NEWS2_HIGH_TOTAL) return 'rule news2-high';
  return value >= NEWS2_MEDIUM_TOTAL ? 'rule news2-medium' : null;
}

/** The answers that a question asks for by the readings it tells, the weightiest first; none where it tells none. */
export function readingsAsked(question: string): readonly AskedAnswer[] {
  const { text } = checkedText(question);
  const mentions = subjectsNamed(text);
  const claims = numberClaims(text);
  const asked = new Map<string, number>();
  const ask = (answer: string, weight: number): void => {
    asked.set(answer, Math.max(asked.get(answer) ?? 0, weight));
  };
  for (const { vital, start, end } of mentions) {
    const near = claims
      .map((claim) => ({ ...claim, distance: Math.max(claim.start - end, start - claim.end) }))
      .filter(({ distance, value }) => value !== null && distance <= NEAR)
      .sort((one, other) => one.distance - other.distance)[0];
    const value = near?.value ?? null;
    if (vital === 'map') ask('rule map-low', NUMBER_WEIGHT);
    else if (vital === 'shock_index') ask('rule shock-index', NUMBER_WEIGHT);
    else if (vital === 'qsofa') ask('rule qsofa', NUMBER_WEIGHT);
    else if (vital === 'news2') {
      const answer = value === null ? null : totalAnswer(value);
      if (answer !== null) ask(answer, NUMBER_WEIGHT);
      if (has(text, RISING)) ask('rule news2-rise', WORD_WEIGHT);
    }
    const parameter = PARAMETER[vital];
    if (parameter === undefined) continue;
    const direction = value === null ? null : directionOf(parameter, value);
    if (direction !== null) ask(`${parameter} ${direction}`, NUMBER_WEIGHT);
    for (const [state, pattern] of STATES)
      if (has(text.slice(Math.max(0, start - NEAR), end + NEAR), pattern))
        ask(`${parameter} ${state}`, WORD_WEIGHT);
  }
  if (!mentions.some(({ vital }) => vital === 'temp'))
    for (const { value } of claims)
      if (value !== null && isTemperature(value)) {
        const direction = directionOf('temp', value);
        if (direction !== null) ask(`temp ${direction}`, NUMBER_WEIGHT);
      }
  return [...asked]
    .map(([answer, weight]) => ({ answer, weight }))
    .sort((one, other) => other.weight - one.weight);
}
