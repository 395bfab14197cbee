/**
 * Rule `contradiction`: nothing may contradict score, risk, response, presence of oxygen, consciousness, or what
 * is missing. Source: verification rule 8; NEWS2 response table.
 */

import type { Acvpu } from '../../observation/vital.ts';
import { type Facts, isNumericParameter } from '../facts.ts';
import { isCheck, isConditional, isNegated } from './context.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { type Span, spansOf, words } from './text.ts';
import { isMeasured, vitalsNamed } from './vitals-named.ts';

type Objection = Span & { readonly message: string };

const RISK_NAMED = words('(low to medium|low-medium|medium|moderate|low|high)(?: news ?2?)? risk');
const RISK_IS = /risk(?: is| of|:)? (low to medium|low-medium|medium|moderate|low|high)(?![\p{L}])/gu;
const RISK_HINDI =
  /(?:जोखिम|risk) (?:है |तो )?((?:कम|निम्न) से मध्यम|मध्यम|कम|निम्न|अधिक|उच्च)|((?:कम|निम्न) से मध्यम|मध्यम|कम|निम्न|अधिक|उच्च) (?:जोखिम|risk)/gu;
const RISK: { readonly [word: string]: string } = {
  'low to medium': 'low-medium',
  'low-medium': 'low-medium',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  high: 'high',
  'कम से मध्यम': 'low-medium',
  'निम्न से मध्यम': 'low-medium',
  मध्यम: 'medium',
  कम: 'low',
  निम्न: 'low',
  अधिक: 'high',
  उच्च: 'high',
};
const EMERGENCY = words('emergency|आपात[\\p{L}\\p{M}]*');
const URGENT = words('urgent(?:ly)?|immediate(?:ly)?|तत्काल|तुरंत');
const ROUTINE = words(
  'routine(?:ly)?|ward-based(?: care| response)?|in due course|when convenient|नियमित जाँच',
);
const CONTINUOUS = words('continuous(?:ly)? (?:monitor\\w*|observ\\w*)|continuous|लगातार निगरानी');
const ON_OXYGEN = words(
  '(?:on|receiving|given|getting|using|with) (?:(?!enough|more|less|sufficient|little)\\w+ )?(?:supplemental |extra |additional )?oxygen(?! (?:saturation|level))|supplemental oxygen|oxygen (?:therapy|mask|support)|(?:breathing|despite) (?:extra |supplemental |added )?oxygen|extra oxygen|(?:oxygen|o2|ऑक्सीजन) पर|(?:oxygen|o2) (?:दी जा रही|चल रही|लगी)|ऑक्सीजन (?:चल रही|लगी)|ऑक्सीजन दी जा रही',
);
const ON_AIR = words(
  '(?:on|breathing|in) (?:room |ambient )?air|room air|without (?:supplemental |extra )?oxygen|not on oxygen|no (?:supplemental )?oxygen|हवा पर|बिना ऑक्सीजन',
);
const LEVELS: readonly (readonly [readonly Acvpu[], RegExp])[] = [
  [
    ['A'],
    words(
      '(?:is|remains|was|and|awake,?|fully|patient) alert(?! to| for)|awake|fully conscious|orient(?:ed|ated)|सजग|सचेत|होश में',
    ),
  ],
  [['C'], words('(?:new(?:ly)? |acutely )?confus(?:ed?|ion)|muddled|भ्रम(?:ित)?')],
  [
    ['V', 'P', 'U'],
    words(
      'drows\\w+|unconscious(?:ness)?|(?:reduced|lowered|decreased|altered|impaired|low|loss of|losing) (?:level of )?conscious(?:ness)?|not (?:fully )?(?:awake|conscious)|बेहोश',
    ),
  ],
  [['C', 'V', 'P', 'U'], words('not (?:fully )?alert')],
  [['U'], words('unresponsive|no response|not respond\\w*|कोई प्रतिक्रिया नहीं')],
  [['V'], words('respon(?:ds|ding|sive) (?:only )?to (?:voice|speech)')],
  [['P'], words('respon(?:ds|ding|sive) (?:only )?to pain')],
];
/** Reduced consciousness in general words also fits new confusion. */
const FITS = new Map<Acvpu, readonly Acvpu[]>([['C', ['C', 'V', 'P', 'U']]]);
const ALL_NORMAL = words(
  "(?:all|every|each|both|the|these|other|his|her|patient's)(?: of the| the)? (?:\\w+ )?(?:readings?|vitals?|vital signs|signs|observations|parameters|values)(?: \\w+)? (?:is|are|were|was|look|seem) (?:all )?(?:normal|fine|good|stable|within|in range|unremarkable|reassuring|ok(?:ay)?)|(?:patient|he|she|condition) (?:is|remains|looks|seems|appears) (?:stable|well|fine|normal|healthy)|(?:everything|all) (?:is|are|looks|seems) (?:normal|fine|good|stable)|no abnormal\\w*|nothing (?:is )?abnormal|सब (?:कुछ )?सामान्य|सभी [\\p{L}\\p{M}]+ सामान्य",
);
const COMPLETE = words(
  '(?:nothing|no \\w+) (?:is |are )?missing|all (?:\\w+ )?(?:readings|vitals|vital signs|parameters|values) (?:were|are|have been) (?:measured|available|recorded|present)|score is complete|score complete(?! नहीं)|complete (?:score|set)|कुछ (?:भी )?(?:missing|छूटा|बाकी|बाक़ी) नहीं|(?:सब|सभी|सारे) (?:[^ ]+ )?(?:available|measured|measure|recorded|उपलब्ध|मापे|दर्ज) (?:है|हैं|हो|गए|कर)[\\p{L}\\p{M}]*',
);
const INCOMPLETE = words('score (?:is )?incomplete|incomplete score|it is incomplete|यह अधूरा है');
const NO_POINTS = words('(?:scores?|has|have|gets?|adds?) (?:no|zero) points|does not score|do not score');
const NO_ALERT = words(
  'no alert|there is no alarm|not an alert|does not (?:need|require) (?:an alert|escalation)',
);

function named(text: string, pattern: RegExp): (Span & { readonly text: string })[] {
  return spansOf(text, pattern).filter(({ start }) => !isConditional(text, start));
}

function risk(text: string, facts: Facts): Objection[] {
  const actual = facts.assessment?.risk;
  if (actual === undefined) return [];
  const { news2 } = facts;
  // The lower bound of an incomplete score licenses only the highest band: a missing reading may raise it.
  const known = 'complete' in news2 && !news2.complete && actual !== 'high' ? null : actual;
  return [...text.matchAll(RISK_NAMED), ...text.matchAll(RISK_IS), ...text.matchAll(RISK_HINDI)]
    .filter((match) => RISK[match[1] ?? match[2] ?? ''] !== known)
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      message: known === null ? 'The score is incomplete; its risk is not known.' : `The risk is ${known}.`,
    }));
}

function response(text: string, facts: Facts): Objection[] {
  const { assessment } = facts;
  if (assessment === null) return [];
  const { response: asked, min_monitoring } = assessment;
  const objections: Objection[] = [];
  const object = (pattern: RegExp, message: string) => {
    for (const span of named(text, pattern))
      if (!isNegated(text, span.start, span.end)) objections.push({ ...span, message });
  };
  if (asked !== 'emergency') object(EMERGENCY, 'The chart does not ask for an emergency response.');
  if (asked === 'ward-based') object(URGENT, 'The chart does not ask for an urgent response.');
  if (asked === 'urgent' || asked === 'emergency')
    object(ROUTINE, 'The chart asks for more than routine care.');
  if (min_monitoring !== 'continuous')
    object(CONTINUOUS, 'The chart does not ask for continuous monitoring.');
  return objections;
}

function oxygen(text: string, facts: Facts): Objection[] {
  const on = facts.vitals.on_oxygen ?? null;
  const objections: Objection[] = [];
  for (const span of named(text, ON_OXYGEN)) {
    const denied = isNegated(text, span.start, span.end);
    if (isCheck(text, span.start, span.end)) continue;
    if (on === null || on === denied)
      objections.push({
        ...span,
        message:
          on === null
            ? 'Nobody has said whether oxygen is given.'
            : denied
              ? 'The patient is on oxygen.'
              : 'The patient is on air.',
      });
  }
  for (const span of named(text, ON_AIR))
    if (on !== false && !isCheck(text, span.start, span.end))
      objections.push({
        ...span,
        message: on === null ? 'Nobody has said whether oxygen is given.' : 'The patient is on oxygen.',
      });
  return objections;
}

function consciousness(text: string, facts: Facts): Objection[] {
  const level = facts.vitals.acvpu ?? null;
  const objections: Objection[] = [];
  for (const [levels, pattern] of LEVELS)
    for (const span of named(text, pattern)) {
      if (isCheck(text, span.start, span.end)) continue;
      const denied = isNegated(text, span.start, span.end);
      const fitting = levels.flatMap((one) => FITS.get(one) ?? [one]);
      const message = 'The charted level of consciousness does not say this.';
      if (level === null || fitting.includes(level) === denied) objections.push({ ...span, message });
    }
  return objections;
}

function completeness(text: string, facts: Facts): Objection[] {
  const objections: Objection[] = [];
  const all = (pattern: RegExp, message: string) => {
    for (const span of named(text, pattern)) objections.push({ ...span, message });
  };
  if (facts.drivers.length > 0 || facts.missing.length > 0)
    all(ALL_NORMAL, 'Some reading scores or is missing.');
  if (facts.missing.length > 0) all(COMPLETE, 'Some reading is missing.');
  else all(INCOMPLETE, 'The score is complete.');
  all(NO_ALERT, 'There is an alert.');
  for (const span of named(
    text,
    words(
      '(?:is|are|was|were|as) (?:not (?:been )?(?:measured|recorded|available)|missing|unknown)|has not been (?:measured|recorded)|not measured|नहीं मापा गया',
    ),
  )) {
    const mention = vitalsNamed(text).findLast(({ end }) => end <= span.start);
    // A missing list names what is missing behind the words; only a vital right before them is contradicted.
    if (mention !== undefined && span.start - mention.end <= 2 && isMeasured(facts, mention.vital))
      objections.push({ ...span, message: 'This reading is there.' });
  }
  return objections;
}

/** A driver sentence speaks of its own vital: another one's state under its number misleads. */
function otherVital(under: SentenceUnderTest): Objection[] {
  const { about, hole, checked } = under;
  if (about === null || hole === null) return [];
  const objections: Objection[] = spansOf(checked.text, NO_POINTS).map((span) => ({
    ...span,
    message: 'This reading scores.',
  }));
  const family =
    about === 'oxygen' || about === 'spo2' || about === 'rr'
      ? BREATHING
      : isNumericParameter(about)
        ? [about]
        : [];
  for (const mention of vitalsNamed(checked.text)) {
    if (mention.start < hole.start || mention.vital === 'news2') continue;
    const own = about === 'rr' || about === 'spo2' ? mention.vital === about : family.includes(mention.vital);
    if (!own) objections.push({ ...mention, message: 'The sentence is about another reading.' });
  }
  // A level of consciousness under another reading's number misleads in the same way.
  if (about !== 'consciousness')
    for (const span of LEVELS.flatMap(([, pattern]) => spansOf(checked.text, pattern)))
      if (span.start >= hole.start)
        objections.push({ ...span, message: 'The sentence is about another reading.' });
  return objections;
}
/** A body system may be named as affected only where one of its readings scores. */
const SYSTEMS: readonly (readonly [readonly string[], RegExp])[] = [
  [['sbp', 'hr'], words('circulation|circulatory|blood flow|blood supply|रक्त[ -]?संचार|संचार')],
  [['rr', 'spo2', 'oxygen'], words('lungs?|airways?|respiratory system|breathing system|फेफड़\\p{M}*')],
  [['consciousness'], words('brain|mind|mental state|nervous system|मस्तिष्क|दिमाग')],
];

function otherSystem(under: SentenceUnderTest): Objection[] {
  const { hole, checked, facts } = under;
  if (hole === null) return [];
  const scoring = facts.drivers.map(({ parameter }): string => parameter);
  return SYSTEMS.filter(([parameters]) => !parameters.some((parameter) => scoring.includes(parameter)))
    .flatMap(([, pattern]) => spansOf(checked.text, pattern))
    .filter(({ start, end }) => start >= hole.start && !isCheck(checked.text, start, end))
    .map((span) => ({ ...span, message: 'No reading of this body system scores.' }));
}
const BREATHING: readonly string[] = ['rr', 'spo2'];

export const contradictionRule: Rule = {
  name: 'contradiction',
  check(under) {
    const { text } = under.checked;
    return [
      ...risk(text, under.facts),
      ...response(text, under.facts),
      ...oxygen(text, under.facts),
      ...consciousness(text, under.facts),
      ...completeness(text, under.facts),
      ...otherVital(under),
      ...otherSystem(under),
    ].map(({ start, end, message }): Violation => ({ rule: 'contradiction', start, end, message }));
  },
};
