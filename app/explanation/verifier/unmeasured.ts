/**
 * Rule `unmeasured`: what nobody measured must not be told as if observed: laboratory values, urine, GCS, signs,
 * symptoms, history, drugs given, and vitals that are missing. Asking for them or saying that they are missing
 * passes. Source: verification rule 9.
 */
import { isCheck } from './context.ts';
import { DRUGS } from './drugs.ts';
import type { Rule, Violation } from './rule.ts';
import { has, spansOf, words } from './text.ts';
import { isMeasured, vitalsNamed } from './vitals-named.ts';

const NEVER_MEASURED: readonly (readonly [string, RegExp])[] = [
  [
    'a laboratory value',
    words(
      'lactate|lactic acid|creatinine|urea|white (?:blood )?cells?(?: count)?|wbc|ha?emoglobin|hb|platelets?|crp|c-reactive protein|procalcitonin|troponin|glucose|blood sugars?|sugar levels?|potassium|sodium|bilirubin|blood gas(?:es)?|abg|p(?:a)?co2|pao2|ph|d-dimer|blood cultures?|cultures?|bnp|inr|acidosis|alkalosis|an?a?emi[ac]|लैक्टेट|क्रिएटिनिन|शुगर|ग्लूकोज़?|हीमोग्लोबिन',
    ),
  ],
  [
    'urine output',
    words('urine(?: output)?|urinary output|oliguri[ac]|anuri[ac]|passing (?:little|less) urine|मूत्र|पेशाब'),
  ],
  ['a coma score', words('gcs|glasgow(?: coma (?:scale|score))?|जीसीएस')],
  [
    'a symptom',
    words(
      '(?<!to )pains?|painful|aches?|cough(?:s|ing)?|short(?:ness)? of breath|breathless(?:ness)?|dyspno?ea|out of breath|nausea|nauseous|vomit\\w*|dizz(?:y|iness)|chills|rigors?|fatigue|tired(?:ness)?|weakness|headaches?|thirst\\w*|anxious|anxiety|agitat\\w*|distress(?:ed)?|discomfort|uncomfortable|palpitations?|दर्द(?! पर)|खाँसी|खांसी|उल्टी|चक्कर|थकान|बेचैनी',
    ),
  ],
  [
    'a bedside sign',
    words(
      'tender(?:ness)?|abdom(?:en|inal)|auscultation|(?:looks?|appears?|turning|turned) (?:blue|gr[ea]y|pale|sick|unwell|ill)|mottl\\w*|cyanos\\w*|cyanotic|blue lips|pale|pallor|clammy|sweat\\w*|diaphore\\w*|accessory muscles?|crackles?|wheez\\w*|stridor|capillary refill|cold (?:hands|feet|skin|extremities|peripheries)|cool (?:hands|feet|skin|extremities|peripheries)|skin|rash|o?edema|swelling|weak pulse|thready|irregular|arrhythmi\\w*|rhythm|fibrillation|ecg|shiver\\w*|seizures?|bleed(?:s|ing)?|shock(?:ed)? state|पसीना|सूजन|दौरा',
    ),
  ],
  [
    'history',
    words(
      'diabet\\w*|smok(?:er|ing)|surgery|operation|post-?operative|history of|known (?:case|to have)|chronic\\w*|allerg\\w*|elderly|years? old|aged|pregnan\\w*|transplant|मधुमेह|ऑपरेशन|एलर्जी',
    ),
  ],
  ['imaging', words('x-?ray|ct(?: scan)?|mri|ultrasound|scan|echo(?:cardiogram)?|imaging|एक्स-?रे')],
];

/** Words for being less than alert. The facts license only the level that was charted. */
const DROWSY = words(
  'drows(?:y|iness)|letharg\\w*|sleepy|somnolen\\w*|coma(?:tose)?|delirium|delirious|disorient\\w*|सुस्त|बेहोश',
);

export const unmeasuredRule: Rule = {
  name: 'unmeasured',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    const add = (start: number, end: number, what: string) => {
      if (!isCheck(text, start, end))
        found.push({
          rule: 'unmeasured',
          start,
          end,
          message: `This text tells ${what} that is not in the facts.`,
        });
    };
    const cited = facts.passages
      .filter(({ id }) => text.includes(`[${id.toLowerCase()}]`))
      .map((passage) => passage.text.toLowerCase())
      .join(' ');
    for (const [what, pattern] of NEVER_MEASURED)
      for (const { start, end, text: term } of spansOf(text, pattern))
        if (!cited.includes(term)) add(start, end, what);
    for (const { start, end } of spansOf(text, DROWSY))
      if (!/^[VPU]$/.test(facts.vitals.acvpu ?? '')) add(start, end, 'a level of consciousness');
    for (const { start, end, text: term } of spansOf(text, DRUGS))
      if (!cited.includes(term)) add(start, end, 'a drug');
    for (const { vital, start, end } of vitalsNamed(text))
      if (!isMeasured(facts, vital) && vital !== 'news2' && !isListedAsMissing(text, start))
        add(start, end, `a reading (${vital})`);
    return found;
  },
};

/** "Not measured: respiratory rate, temperature and consciousness." */
function isListedAsMissing(text: string, index: number): boolean {
  const sentence = text.slice(text.lastIndexOf('. ', index) + 1, index);
  return has(sentence, words('not measured|missing|not recorded|unknown|नहीं मापा गया|अनुपस्थित'));
}
