/**
 * Rule `contradiction`: nothing may contradict score, risk, response, presence of oxygen, consciousness, or what
 * is missing. Source: verification rule 8; NEWS2 response table.
 */

import type { Acvpu } from '../../observation/vital.ts';
import { isApplicable, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import { type Facts, isNumericParameter } from '../facts.ts';
import { falseComparisons } from './comparison.ts';
import { isCheck, isConditional, isNegated } from './context.ts';
import { countedStatements } from './count-of-parameters.ts';
import { toldAsFresh } from './currency.ts';
import { falseDrivers } from './driver-named.ts';
import { saidWhole } from './lower-bound.ts';
import { oxygenCourses } from './oxygen-course.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';
import { isMeasured, subjectsNamed, vitalsNamed } from './vitals-named.ts';

type Objection = Span & { readonly message: string };

const RISK_NAMED = words('(low to medium|low-medium|medium|moderate|low|high)(?: news ?2?)?[ -]risk');
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
const EMERGENCY = words('(?<!hypertensive )emergency|आपात[\\p{L}\\p{M}]*');
const URGENT = words('(?<!(?:more|less|how|as) )urgent(?:ly)?|immediate(?:ly)?|तत्काल|तुरंत');
const ROUTINE = words(
  'routine(?:ly)?|ward(?:-based)? (?:care|response)|ward-based|in due course|when convenient|नियमित जाँच',
);
const CONTINUOUS = words('continuous(?:ly)? (?:monitor\\w*|observ\\w*)|continuous|लगातार निगरानी');
const ON_OXYGEN = words(
  '(?:on|receiving|given|getting|using|with) (?:(?!enough|more|less|sufficient|little)\\w+ )?(?:supplementary |supplemental |extra |additional |added )?oxygen(?! (?:saturation|level))|(?:supplementary|supplemental|added) oxygen|oxygen (?:therapy|mask|support)|(?:oxygen|o2) (?:is|was) (?:already |currently |now |still )*(?:being )?(?:given|running|flowing|in use|connected|supplied|delivered)|(?:breathing|despite) (?:extra |supplemental |added )?oxygen|extra oxygen|(?:oxygen|o2|ऑक्सीजन) (?:पर|par|pe)|(?:oxygen|o2) (?:दी जा रही|चल रही|लगी)|ऑक्सीजन (?:चल रही|लगी)|ऑक्सीजन दी जा रही',
);
const ON_AIR = words(
  '(?:on|breathing|in) (?:room |ambient )?air|room air|(?<!(?:left|go|be) )without (?:any |supplementary |supplemental |extra |additional |added )*oxygen(?! saturation)|off (?:the |all )?(?:supplementary |supplemental |extra )?oxygen|(?:कमरे की )?हवा (?:में|ले)|not on oxygen|no (?:supplementary |supplemental |extra |additional |added )?oxygen(?! (?:saturation|level|reading))|(?:oxygen|o2|ऑक्सीजन)(?: (?:भी|अभी))? नहीं (?:दी|चल|लग|मिल|ली|ले|है)[\\p{L}\\p{M}]*|हवा पर|(?:room )?air (?:पर|par|pe)|बिना (?:किसी )?(?:oxygen|o2|ऑक्सीजन)|(?:oxygen|o2) (?:has been|was) (?:taken off|removed|disconnected|switched off)',
);
const LEVELS: readonly (readonly [readonly Acvpu[], RegExp])[] = [
  [
    ['A'],
    words(
      'consciousness (?:is|was|remains|looks|seems) (?:normal|full|intact|clear|fine|good)|(?:is|remains|was|and|awake,?|fully|patient) alert(?! to| for)|awake|fully conscious|lucid|coherent|clear[- ]headed|clear in (?:his|her|their|the) mind|answers? (?:questions )?(?:normally|clearly|sensibly|properly)|orient(?:ed|ated)|सजग|सचेत|होश में',
    ),
  ],
  [['C'], words('(?:new(?:ly)? |acutely )?confus(?:ed?|ion)|muddled|भ्रम(?:ित)?')],
  [
    ['V', 'P', 'U'],
    words(
      '(?:altered|clouded|disturbed|abnormal) (?:mentation|mental (?:state|status)|sensorium)|obtunded|stupor\\w*|foggy|not (?:making sense|himself|herself|themselves)|drows\\w+|unconscious(?:ness)?|(?:reduced|lowered|decreased|altered|impaired|low|loss of|losing) (?:level of )?conscious(?:ness)?|not (?:fully )?(?:awake|conscious)|बेहोश',
    ),
  ],
  [['C', 'V', 'P', 'U'], words('not (?:fully )?alert')],
  [['V', 'P'], words('rous(?:able|es)|wakes (?:up )?to')],
  [['U'], words('unresponsive|no response|not respond\\w*|कोई प्रतिक्रिया नहीं')],
  [
    ['V'],
    words(
      'respon(?:ds?|ding|sive) (?:only )?to (?:voice|speech|sound|calling)|(?:voice|आवाज़|पुकारने)(?: (?:ही|भी))? (?:पर|par|से|सुनकर) (?:ही |भी )?(?:प्रतिक्रिया|respond|जवाब|आँख)[\\p{L}\\p{M}]*',
    ),
  ],
  [
    ['P'],
    words(
      'respon(?:ds?|ding|sive) (?:only )?to pain|(?:pain|दर्द)(?: (?:ही|भी|देने))? (?:पर|par|से) (?:ही |भी )?(?:प्रतिक्रिया|respond|जवाब|आँख)[\\p{L}\\p{M}]*',
    ),
  ],
];
/** Reduced consciousness in general words also fits new confusion. */
const FITS = new Map<Acvpu, readonly Acvpu[]>([['C', ['C', 'V', 'P', 'U']]]);
const ALL_NORMAL = words(
  "(?:all|every|each|both|the|these|other|his|her|patient's)(?: of the| the)? (?:\\w+ )?(?:readings?|vitals?|vital signs|signs|observations|parameters|values)(?: \\w+)? (?:is|are|were|was|look|seem) (?:all )?(?:normal|fine|good|stable|within|in range|unremarkable|reassuring|ok(?:ay)?)|(?:patient|he|she|condition) (?:is|remains|looks|seems|appears) (?:stable|well|fine|normal|healthy)|(?:everything|all) (?:is|are|looks|seems) (?:normal|fine|good|stable)|no abnormal\\w*|nothing (?:is )?abnormal|सब (?:कुछ )?सामान्य|सभी [\\p{L}\\p{M}]+ सामान्य",
);
const COMPLETE = words(
  '(?:nothing|no \\w+) (?:is |are )?missing|(?:not a single|not one|none of the) (?:readings?|vitals?|values?|parameters?) (?:is|are|was|were)? ?(?:missing|absent|lacking)|nothing (?:is |was )?(?:absent|lacking|left out|omitted)|every (?:vital|reading|parameter|value)(?: sign)? (?:is|was|has been) (?:there|in|present|recorded|measured|available|taken)|all (?:\\w+ )?(?:readings|vitals|vital signs|parameters|values) (?:were|are|have been) (?:measured|available|recorded|present)|(?:कोई|एक) (?:भी )?(?:reading|रीडिंग|माप|value|vital)(?: [^ ]+)? (?:missing|छूटी|छूटा|बाकी|बाक़ी|अनुपस्थित|गायब) नहीं|(?:nothing|none) (?:is |was )?(?:left out|outstanding|lacking|absent)|full set (?:of|is|was)|score is complete|score complete(?! नहीं)|(?<!no |not a |without a )complete (?:score|set)|कुछ (?:भी )?(?:missing|छूटा|बाकी|बाक़ी) नहीं|(?:सब|सभी|सारे) (?:[^ ]+ )?(?:available|measured|measure|recorded|उपलब्ध|मापे|दर्ज) (?:है|हैं|हो|गए|कर)[\\p{L}\\p{M}]*',
);
const INCOMPLETE = words(
  '(?:score|set|total|chart) (?:is )?(?:still )?(?:incomplete|partial|a lower bound|only a lower bound)|incomplete (?:score|set)|it is incomplete|यह अधूरा है|(?:स्कोर|सेट) (?:अभी )?अधूरा है',
);
const NO_POINTS = words('(?:scores?|has|have|gets?|adds?) (?:no|zero) points|does not score|do not score');
const NO_ALERT = words(
  'no alert|there is no alarm|not an alert|does not (?:need|require) (?:an alert|escalation)',
);

/** "With V on the consciousness scale", "ACVPU is V": a capital in the original, or "a" is an article. */
const LETTER_BEFORE =
  /(?<![\p{L}\p{M}])([acvpu])(?= on (?:the )?(?:acvpu|avpu|consciousness)| \(acvpu\)| \(avpu\))/gu;
const LETTER_AFTER =
  /(?<![\p{L}\p{M}])(?:a[cv]?vpu|consciousness|level of consciousness|conscious level|चेतना)(?: (?:level|scale|is|was|of|at|का|स्तर|अब|now))*[ :=]*(?<letter>[acvpu])(?![\p{L}\p{M}'])/gu;

function levelLetters({ checked, facts }: SentenceUnderTest): Objection[] {
  const { text, original, origin } = checked;
  const charted = [facts.vitals.acvpu, facts.previous?.vitals.acvpu].map((level) => level?.toLowerCase());
  return [...text.matchAll(LETTER_BEFORE), ...text.matchAll(LETTER_AFTER)]
    .map((match) => {
      const letter = match.groups?.letter ?? match[1] ?? '';
      const end = match.index + match[0].length;
      return { start: end - letter.length, end, letter };
    })
    .filter(
      ({ start, letter }) =>
        original[origin[start] ?? 0] === letter.toUpperCase() && !charted.includes(letter),
    )
    .map(({ start, end }) => ({ start, end, message: 'The charted level of consciousness is another.' }));
}

const MEASURED_MEAN = words(
  "(?:monitor'?s|device'?s|machine'?s|arterial line'?s)(?: own)? mean|(?:directly |invasively )?measured mean|own mean|(?:arterial line|a-line|art line|transducer|invasive (?:line|pressure|monitoring)) (?:shows?|gives?|reads?|tells?|records?|puts?)|(?:monitor|device|line|machine) (?:itself )?(?:measured|reads?|took) the mean|mean (?:[\\p{L}]+ ){0,3}(?:measured|read) (?:directly|by the (?:monitor|line|device))|मॉनिटर का (?:अपना )?(?:औसत|mean|map)",
);
/** A mean pressure that was computed from two pressures is nobody's own reading. */
function meanSource(text: string, { trigger, derived }: Facts): Objection[] {
  const computed = trigger?.mean?.measured === false || (trigger?.mean == null && derived.map !== null);
  if (!computed) return [];
  return named(text, MEASURED_MEAN)
    .filter(({ start, end }) => !isNegated(text, start, end))
    .map(({ start, end }) => ({ start, end, message: 'The mean pressure was computed from two pressures.' }));
}

const NOT_COUNTED = words(
  '(?:is|are|was|were) not (?:counted|scored|included)|(?:does|do) not (?:count|score)|(?:takes?|scores?|adds?|gives?|gets?|contributes?) (?:nothing|nil|none)|(?:takes?|scores?|adds?|gives?|gets?|has|carries) (?:no|zero) points|नहीं (?:गिना|गिनी|जुड़)[\\p{L}\\p{M}]*|कोई अंक नहीं',
);
/** What scores must not be said to count for nothing. */
function notCounted(text: string, { news2 }: Facts): Objection[] {
  if (!isApplicable(news2)) return [];
  const { points } = news2;
  return named(text, NOT_COUNTED).flatMap(({ start, end }) => {
    const clause = clauseAround(text, start);
    const subject = subjectsNamed(text.slice(clause.start, start)).at(-1)?.vital;
    const parameter = NEWS2_PARAMETERS.find((one) => one === subject);
    if (/(?:band|range|column|zone|limits?) (?:that|which) $/u.test(text.slice(0, start))) return [];
    return parameter !== undefined && (points[parameter] ?? 0) > 0
      ? [{ start, end, message: 'This parameter scores.' }]
      : [];
  });
}

const BELOW_TARGET = words(
  '(?:under|below|beneath|short of|less than|lower than|outside) (?:the |its |his |her |their )?(?:prescribed |scale 2 |saturation |spo2 |target )*(?:range|target)',
);
const ABOVE_TARGET = words(
  '(?:above|over|beyond|more than|higher than|outside) (?:the |its |his |her |their )?(?:prescribed |scale 2 |saturation |spo2 |target )*(?:range|target)',
);
/** Target of scale 2 (%). Source: Royal College of Physicians, NEWS2, 2017. */
const TARGET_2 = { least: 88, most: 92 };
/** "Under the prescribed range" at 90 %: the target of scale 2 holds it. */
function outsideTarget(text: string, { vitals }: Facts): Objection[] {
  const value = vitals.spo2 ?? null;
  if (vitals.spo2_scale !== 2 || value === null) return [];
  const says = (pattern: RegExp, isTrue: boolean): Objection[] =>
    named(text, pattern)
      .filter(({ start, end }) => isNegated(text, start, end) === isTrue && !isAnySaturation(text, start))
      .map(({ start, end }) => ({
        start,
        end,
        message: `The saturation is ${value} %, the target 88 to 92 %.`,
      }));
  return [
    ...says(BELOW_TARGET, value < TARGET_2.least || (value > TARGET_2.most && has(text, words('outside')))),
    ...says(ABOVE_TARGET, value > TARGET_2.most || (value < TARGET_2.least && has(text, words('outside')))),
  ];
}

/** "A saturation above the target takes …" is the chart's rule. */
function isAnySaturation(text: string, start: number): boolean {
  const clause = clauseAround(text, start);
  return has(text.slice(clause.start, start), words('an?|any|where|when'));
}

const ALONE = words(
  'alone|only|solely|entirely|exclusively|wholly|single-handedly|nothing but|by itself|अकेले|सिर्फ़|केवल',
);
const TOTAL = words('total|score|news ?2?|कुल|स्कोर|योग');
const MADE_BY = words(
  '(?:is|are|was|comes?|came|arises?) (?:\\w+ )?(?:due to|from|because of|caused by|made (?:up )?(?:of|by)|explained by|down to|driven by)|results? from|owed? to|की वजह से|के कारण|से (?:आया|बना|है)',
);
/** "The total of 5 is due to breathing alone": false where something else scores. */
/** "Systolic pressure is the only parameter with points". */
const ONLY_SCORER = words(
  '(?:the )?only (?:parameter|reading|vital|vital sign|one|value) (?:with points|that (?:scores|counts|takes points)|scoring|to score)',
);
function saidAlone(text: string, facts: Facts): Objection[] {
  const { drivers } = facts;
  const only = named(text, ONLY_SCORER).filter(({ start }) => {
    const said = subjectsNamed(text.slice(clauseAround(text, start).start, start)).map(({ vital }) => vital);
    return said.length > 0 && drivers.some(({ parameter }) => !said.some((vital) => vital === parameter));
  });
  return [
    ...only.map(({ start, end }) => ({ start, end, message: 'Something else scores as well.' })),
    ...totalAlone(text, facts),
  ];
}

function totalAlone(text: string, { drivers }: Facts): Objection[] {
  return named(text, ALONE).flatMap(({ start, end }) => {
    const clause = clauseAround(text, start);
    const within = text.slice(clause.start, clause.end);
    if (!has(within, TOTAL) || !has(within, MADE_BY) || isNegated(text, start, end)) return [];
    const said = subjectsNamed(within).map(({ vital }) => vital);
    return drivers.some(({ parameter }) => !said.some((vital) => vital === parameter))
      ? [{ start, end, message: 'Something else scores as well.' }]
      : [];
  });
}

/** "A total of 5 belongs to the low band": a band of risk, where no vital stands. */
const RISK_BAND = words(
  '(low to medium|low-medium|medium|moderate|low|high)(?: news ?2?)?(?:[ -]risk)? (?:band|category|zone|group|tier|श्रेणी|बैंड)|(low to medium|low-medium|medium|moderate) (?:news ?2? )?score',
);
/** A band is the total's where no reading stands before it; of a reading's own band the number rule judges. */
function isTotalBand(text: string, start: number): boolean {
  const clause = clauseAround(text, start);
  const sentence = sentenceAround(text, start);
  const isOfTotal = (from: number) =>
    vitalsNamed(text.slice(from, start)).every(({ vital }) => vital === 'news2');
  const says = text.slice(clause.start, clause.end);
  if (has(says, words('total|score|news ?2?|points|कुल|स्कोर|अंक'))) return isOfTotal(clause.start);
  return isOfTotal(sentence.start) && !isCheck(text, start, start);
}

function named(text: string, pattern: RegExp): (Span & { readonly text: string })[] {
  return spansOf(text, pattern).filter(({ start }) => !isConditional(text, start));
}

function risk(text: string, facts: Facts): Objection[] {
  const actual = facts.assessment?.risk;
  if (actual === undefined)
    return isApplicable(facts.news2)
      ? []
      : [...text.matchAll(RISK_BAND), ...text.matchAll(RISK_NAMED)].map(({ index, 0: match }) => ({
          start: index,
          end: index + match.length,
          message: 'NEWS2 does not apply, and no band of it.',
        }));
  const { news2 } = facts;
  // The lower bound of an incomplete score licenses only the highest band: a missing reading may raise it.
  const known = 'complete' in news2 && !news2.complete && actual !== 'high' ? null : actual;
  return [
    ...text.matchAll(RISK_NAMED),
    ...text.matchAll(RISK_IS),
    ...text.matchAll(RISK_HINDI),
    ...[...text.matchAll(RISK_BAND)].filter(({ index }) => isTotalBand(text, index)),
  ]
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

/** "Urgent rather than emergency", "an urgent response": less than the chart asks for. */
const LESSER = words(
  'urgent,? (?:and not|not|rather than|instead of) (?:an? )?emergency|(?:no|not an?) emergency(?! department)',
);
function lesserResponse(text: string, { assessment }: Facts): Objection[] {
  if (assessment?.response !== 'emergency') return [];
  return named(text, LESSER).map(({ start, end }) => ({
    start,
    end,
    message: 'The chart asks for an emergency response.',
  }));
}

const EARLIER = words('earlier|before|previously|was|had been|until|last|previous|पहले|था|थी|पिछल[ाीे]');
const EARLIER_PLAINLY = words(
  'earlier|before|previous(?:ly)?|until|last|ago|had been|prior|then|पहले|पिछल[ाीे]|तब',
);
const NOW_APART = words('now|currently|since|no longer|today|has been|have been|started|stopped|अब|अभी');
/** "Earlier the patient was on oxygen": of the reading before, as it was charted. */
function wasOn(text: string, start: number, { previous }: Facts, oxygen: boolean): boolean {
  const { start: from, end } = clauseAround(text, start);
  if ((previous?.vitals.on_oxygen ?? null) !== oxygen) return false;
  // "The saturation was taken on air" is told of the reading in force; an "earlier" or a "now" sets it apart.
  return has(text.slice(from, end), EARLIER) && (has(text, EARLIER_PLAINLY) || has(text, NOW_APART));
}

/** "means something different with oxygen than on air" tells of neither. */
function isCompared(text: string): boolean {
  return (
    has(text, ON_OXYGEN) &&
    has(text, ON_AIR) &&
    has(text, words('than|differ\\w*|whether|either|or|versus|compared|या|अलग'))
  );
}

function oxygen(text: string, facts: Facts): Objection[] {
  const courses = oxygenCourses(text, facts);
  const isCourse = ({ start, end }: Span) => courses.some((one) => start < one.end && one.start < end);
  const on = facts.vitals.on_oxygen ?? null;
  const objections: Objection[] = [];
  for (const span of named(text, ON_OXYGEN)) {
    const denied = isNegated(text, span.start, span.end);
    if (isCourse(span)) continue;
    if (isCheck(text, span.start, span.end) || isCompared(text) || wasOn(text, span.start, facts, true))
      continue;
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
    if (
      on !== false &&
      !isCourse(span) &&
      !isCheck(text, span.start, span.end) &&
      !isCompared(text) &&
      !wasOn(text, span.start, facts, false)
    )
      objections.push({
        ...span,
        message: on === null ? 'Nobody has said whether oxygen is given.' : 'The patient is on oxygen.',
      });
  return objections;
}

/** "Half an hour ago the patient was alert": the level of the set before. */
function wasLevel(text: string, start: number, { previous }: Facts, levels: readonly Acvpu[]): boolean {
  const before = previous?.vitals.acvpu ?? null;
  const clause = clauseAround(text, start);
  const within = text.slice(clause.start, clause.end);
  return (
    before !== null &&
    levels.includes(before) &&
    has(within, EARLIER_PLAINLY) &&
    has(within, words('was|were|had been|था|थी'))
  );
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
      if (wasLevel(text, span.start, facts, fitting)) continue;
      if (level === null || fitting.includes(level) === denied) objections.push({ ...span, message });
    }
  return objections;
}

function completeness(text: string, facts: Facts): Objection[] {
  const objections: Objection[] = [];
  const counted = countedStatements(text, facts);
  const all = (pattern: RegExp, message: string) => {
    for (const span of named(text, pattern)) objections.push({ ...span, message });
  };
  if (facts.drivers.length > 0 || facts.missing.length > 0)
    for (const span of named(text, ALL_NORMAL))
      if (!counted.some(({ start, end, holds }) => holds && start < span.end && span.start < end))
        objections.push({ ...span, message: 'Some reading scores or is missing.' });
  for (const { start, end, holds } of counted)
    if (!holds) objections.push({ start, end, message: 'Another number of parameters does this.' });
  if (facts.missing.length > 0) all(COMPLETE, 'Some reading is missing.');
  else all(INCOMPLETE, 'The score is complete.');
  all(NO_ALERT, 'There is an alert.');
  for (const span of named(
    text,
    words(
      '(?:is|are|was|were|as) (?:not (?:been )?(?:measured|recorded|available)|missing|unknown)|has not been (?:measured|recorded)|not (?:measured|taken|recorded)|(?:was|were) (?:not|never) (?:measured|taken|recorded|checked)|never (?:measured|taken|recorded|checked)|नहीं (?:मापा|मापी|लिया|ली|लिए|दर्ज) (?:गया|गई|गयी|हुआ|हुई|है)',
    ),
  )) {
    const mention = vitalsNamed(text).findLast(({ end }) => end <= span.start);
    // "What is behind the slow breathing is unknown": the cause is, and not the reading.
    if (
      has(
        text.slice(clauseAround(text, span.start).start, span.start),
        words('what|why|cause|reason|explanation|source'),
      )
    )
      continue;
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
      ...saidWhole(text, under.facts),
      ...toldAsFresh(text, under.facts),
      ...falseComparisons(text, under.facts),
      ...levelLetters(under),
      ...meanSource(text, under.facts),
      ...notCounted(text, under.facts),
      ...saidAlone(text, under.facts),
      ...falseDrivers(text, under.facts),
      ...oxygenCourses(text, under.facts).flatMap(({ start, end, holds }) =>
        holds ? [] : [{ start, end, message: 'The two sets tell otherwise of oxygen.' }],
      ),
      ...lesserResponse(text, under.facts),
      ...outsideTarget(text, under.facts),
      ...otherVital(under),
      ...otherSystem(under),
    ].map(({ start, end, message }): Violation => ({ rule: 'contradiction', start, end, message }));
  },
};
