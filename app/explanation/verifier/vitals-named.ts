/** Which vitals a text names, in English and Hindi, and what they are called when nobody names them plainly. */
import type { Facts } from '../facts.ts';
import { remembered } from './remembered.ts';
import { type Span, spansOf, words } from './text.ts';

export type NamedVital = 'rr' | 'spo2' | 'sbp' | 'dbp' | 'hr' | 'temp' | 'map' | 'shock_index' | 'news2';

export interface Mention extends Span {
  readonly vital: NamedVital;
}

/** Longer names first: "mean arterial pressure" must not be read as a systolic pressure. */
const NAMES: readonly (readonly [NamedVital, RegExp])[] = [
  [
    'map',
    words('mean arterial (?:blood )?pressure|mean (?:blood )?pressure|map|औसत (?:धमनी )?(?:दाब|दबाव|रक्तचाप)'),
  ],
  ['shock_index', words('shock index|शॉक इंडेक्स')],
  [
    'dbp',
    words(
      'diastolic(?: blood)?(?: pressure)?|dbp|lower (?:pressure|number|reading)|bottom number|डायस्टोलिक(?: रक्तचाप)?',
    ),
  ],
  [
    'spo2',
    words(
      'sp ?o2|oxygen saturations?|saturations?|sats?|blood oxygen(?: levels?)?|oxygen levels?|oxygen in the blood|o2 sats?|ऑक्सीजन (?:का )?(?:स्तर|सैचुरेशन|संतृप्ति)|संतृप्ति|सैचुरेशन',
    ),
  ],
  [
    'rr',
    words(
      'respiratory rate|respiration rate|resp rate|breathing rate|rate of breathing|respirations?|resps|resp|breathing|breathes?|breaths?|rr|श्वसन दर|श्वसन|साँस(?:ें|ों)?|सांस(?:ें|ों)?',
    ),
  ],
  [
    'sbp',
    words(
      'systolic(?: blood)?(?: pressure)?|blood pressures?|bp|sbp|upper (?:pressure|number|reading|value)|top number|pressure|ऊपर(?: का|ी) (?:बीपी|रक्तचाप|प्रेशर|दबाव)|प्रेशर|सिस्टोलिक(?: रक्तचाप)?|रक्तचाप|ब्लड प्रेशर|(?:खून|रक्त) का (?:दबाव|दाब)|बीपी',
    ),
  ],
  [
    'hr',
    words(
      'heart ?rate|pulse(?: rate)?|heart ?beats?|beats|beating|heart|hr|हृदय गति|हृदय|नाड़ी|नब्ज़?|नाड़ी दर|पल्स(?: रेट)?|हार्ट रेट|हार्टबीट|धड़कन|दिल',
    ),
  ],
  ['temp', words('(?:body |core )?temperature|temps?|तापमान|टेम्परेचर|टेंपरेचर|बदन का ताप')],
  [
    'news2',
    words(
      'news ?2?(?: score)?|early warning score|total score|lower bound(?: of the (?:score|total))?|aggregate(?: score)?|score(?! (?:\\d|one|two|three|no|zero) ?(?:points?|each|for))|total|स्कोर|कुल(?: अंक| योग| स्कोर)?',
    ),
  ],
];

/** All vitals named in a text, in order; overlapping names count once, as the longest. */
export const vitalsNamed = remembered((text: string): readonly Mention[] => {
  const found: Mention[] = [];
  for (const [vital, pattern] of NAMES)
    for (const span of spansOf(text, pattern))
      if (!found.some((other) => span.start < other.end && other.start < span.end))
        found.push({ vital, start: span.start, end: span.end });
  return found.sort((one, other) => one.start - other.start);
});

/** What points or a value may be said of: a vital by name, a word that implies one, or what has only points. */
export interface SubjectMention extends Span {
  readonly vital: NamedVital | 'oxygen' | 'consciousness' | 'qsofa';
  readonly kind: 'named' | 'implied' | 'points';
}

const IMPLYING: readonly (readonly [SubjectMention['vital'], SubjectMention['kind'], RegExp])[] = [
  ['qsofa', 'named', words('q-?sofa(?: score)?')],
  ['temp', 'implied', words('afebrile|fever|pyrexia|hypothermia|बुखार|ज्वर')],
  ['hr', 'implied', words('tachycardia|bradycardia')],
  ['sbp', 'implied', words('hypotension|hypertension')],
  ['rr', 'implied', words('tachypno?ea|bradypno?ea')],
  ['spo2', 'implied', words('hypox(?:ia|a?emia)|desaturation')],
  ['oxygen', 'points', words('(?:supplemental |extra )?oxygen|ऑक्सीजन')],
  ['consciousness', 'points', words('(?:new )?confusion|consciousness|acvpu|unresponsive|चेतना|(?:नया )?भ्रम')],
];

/** Everything in a text that a number may belong to, in order. */
export const subjectsNamed = remembered((text: string): readonly SubjectMention[] => {
  const found: SubjectMention[] = vitalsNamed(text).map((mention) => ({ ...mention, kind: 'named' }));
  for (const [vital, kind, pattern] of IMPLYING)
    for (const { start, end } of spansOf(text, pattern))
      if (!found.some((other) => start < other.end && other.start < end))
        found.push({ vital, kind, start, end });
  return found.sort((one, other) => one.start - other.start);
});

/** Vitals named or implied ("fever" is the temperature's), in order. */
export function vitalsImplied(text: string): Mention[] {
  return subjectsNamed(text).flatMap(({ vital, start, end }) =>
    vital === 'oxygen' || vital === 'consciousness' || vital === 'qsofa' ? [] : [{ vital, start, end }],
  );
}

/** Whether the facts hold a reading of it. */
export function isMeasured(facts: Facts, vital: NamedVital): boolean {
  switch (vital) {
    case 'map':
      return facts.derived.map !== null;
    case 'shock_index':
      return facts.derived.shock_index !== null;
    case 'news2':
      return facts.assessment !== null;
    case 'temp':
      return (facts.vitals.temp_c ?? null) !== null;
    default:
      return (facts.vitals[vital] ?? null) !== null;
  }
}

/**
 * The vital that something at `index` is said of: named nearest in the clause, else last named before in the
 * sentence, else what the sentence is about.
 */
export function subjectAt(
  mentions: readonly Mention[],
  index: number,
  clause: Span,
  about: NamedVital | null,
): NamedVital | null {
  const distance = (mention: Mention) =>
    Math.min(Math.abs(mention.start - index), Math.abs(mention.end - index));
  const near = mentions
    .filter(({ start, end }) => start >= clause.start && end <= clause.end)
    .sort((one, other) => distance(one) - distance(other))[0];
  if (near !== undefined) return near.vital;
  return mentions.findLast(({ end }) => end <= index)?.vital ?? about;
}
