/**
 * Rule `direction`: low, high, fast, slow, cold, fever and what implies them must agree with the band that the
 * reading lies in. Source: verification rule 2; bands from the NEWS2 chart.
 */

import type { Direction } from '../../scoring/chart.ts';
import { type Facts, isNumericParameter } from '../facts.ts';
import { isCheck, isConditional, isNegated } from './context.ts';
import { coordinated } from './coordinated.ts';
import { countedStatements } from './count-of-parameters.ts';
import { echoedVitals } from './echo.ts';
import { mayGrow } from './lower-bound.ts';
import type { Rule, Violation } from './rule.ts';
import { isToldUnknown } from './stance.ts';
import { clauseAround, has, spansOf, words } from './text.ts';
import { isNeitherTold } from './unmeasured.ts';
import { isMeasured, type Mention, type NamedVital, subjectAt, vitalsNamed } from './vitals-named.ts';

/** Mean arterial pressure (mmHg) below which it alerts, and shock index from which it does. Ours, site policy. */
const MAP_LOW_BELOW = 65;
const SHOCK_INDEX_HIGH_FROM = 1;

/** Words that say a direction of whatever vital they stand with. */
const GENERAL: readonly (readonly [Direction, RegExp])[] = [
  [
    'low',
    words(
      '(?:under|beneath|short of) (?:the |its |his |her )?(?:normal|usual|expected)|(?:on|to) the (?:low|slow|cool|cold) side|lowish|slowish|leisurely|ticking over|sagging|soft|flagging|poor|suboptimal|sub-optimal|borderline low|घटा हुआ|घटी हुई|गिरा हुआ|गिरी हुई|low(?:er|ered)?(?! (?:bound|limit|end))|below|reduced|decreased|depressed|diminished|inadequate|insufficient|weak|subnormal|(?:is|are|was) down (?:at|to)|(?:on the )?(?:low|lower|soft|softer|slow|slower|cool|modest) side|soft(?:ish)?|sub-normal|sluggish|crawling|slow(?:er|ly)?|मंद|(?<!कम से )कम(?! से (?:कम|मध्यम)| हो(?:कर| कर| ग| रह|त| जा))|निम्न(?! से मध्यम)|धीम(?:ा|ी|े)|धीरे|नीच(?:ा|े|ी)',
    ),
  ],
  [
    'high',
    words(
      '(?:over|beyond|past|in excess of) (?:the |its |his |her )?(?:normal|usual|expected)|(?:on|to) the (?:high|fast|warm|hot) side|highish|through the roof|off the chart|flying|skyrocket\\w*|marked up|चढ़ा हुआ|चढ़ी हुई|high(?:er)?|raised|elevated|increased|above|excessive|fast(?:er)?|rapid(?:ly)?|quick(?:er|ly)?|supranormal|(?:is|are|was) up (?:at|to)|(?:on the )?(?:high|higher|generous|upper|fast|faster|brisk|hot) side|rac(?:ing|es)|pounding|galloping|bounding|brisk|swift|sky-high|दौड़[\\p{L}\\p{M}]*|तीव्र|भाग (?:रहा|रही)|(?:अधिक|ज़्यादा|ज्यादा|तेज़|तेज)(?! हो(?:कर| कर| ग| रह|त| जा))|ऊँच(?:ा|ी)|उच्च|बढ़(?:ा|ी) हु(?:आ|ई)',
    ),
  ],
  [
    'normal',
    words(
      "(?:with)?in(?:side)? (?:(?:the|its|their|his|her|a) )?(?:normal|usual|expected|healthy|zero|chart's normal) (?:band|zone|range|limits?)|(?:perfect|ideal|excellent|good|fine|great|healthy|lovely|textbook|decent|respectable|adequate|satisfactory)(?= (?:saturations?|pressures?|pulse|rate|temperature|readings?|values?|numbers?))|(?:with)?in (?:the )?(?:normal |expected |healthy )?range|as expected|(?:(?:just|right|exactly) )?where (?:it|they|he|she) should be|(?:on|at|in|within|inside) (?:the )?target|spot on|ample|plentiful|(?:एकदम|बिल्कुल|पूरी तरह) (?:सही|ठीक|बढ़िया)|(?:is|are|looks?|seems?|remains?) (?:just |quite |perfectly |very |pretty |nice(?:ly)? |rather |all )?(?:fine|ok|okay|good|great|decent|reasonable|respectable|nice|sound|healthy|even|regular|textbook|ordinary|usual|adequate|satisfactory|acceptable|ideal|optimal|perfect|healthy|all right)|लक्ष्य (?:पर|के भीतर|में)|normal(?:ly)?|unremarkable|(?:nice|good|healthy) and [\\p{L}]+|(?:ठीक|बढ़िया|अच्छ[ाीे]|दुरुस्त|सही|नॉर्मल|नार्मल)(?:[ -]ठाक| ही| ठीक)* (?:है|हैं)|नॉर्मल|नार्मल|सामान्य",
    ),
  ],
];

/** Words that say vital and direction at once. */
const IMPLIED: readonly (readonly [NamedVital, Direction, RegExp])[] = [
  ['temp', 'normal', words('apyrexi\\w*|normothermi\\w*')],
  ['sbp', 'normal', words('normotensi\\w+')],
  ['rr', 'normal', words('eupno?e(?:a|ic)')],
  ['hr', 'high', words('tachycardi[ac]\\w*|टैकीकार्डिया')],
  ['hr', 'low', words('bradycardi[ac]\\w*|ब्रैडीकार्डिया')],
  ['sbp', 'low', words('hypotensi(?:on|ve)')],
  ['sbp', 'high', words('hypertensi(?:on|ve)')],
  ['rr', 'high', words('tachypno?e(?:a|ic)|hyperventilat\\w+')],
  ['rr', 'low', words('bradypno?e(?:a|ic)|hypoventilat\\w+')],
  [
    'temp',
    'high',
    words(
      'fans?|fanning|(?:गीली|ठंडी) पट्ट[\\p{L}\\p{M}]*|ठंडे पानी|पंख[ाे]|स्पंज[\\p{L}\\p{M}]*|ice|tepid|cold compress\\w*|burning up|boiling|scorching|burning up|(?:running|has|spik\\w+) a (?:temp(?:erature)?|fever)(?! (?:of|reading|that))|roasting|boiling|sweltering|fever(?:ish)?|febrile|pyrexi[ac]\\w*|hypertherm\\w+|hot(?:ter)?|warm(?:er)?|overheat\\w*|(?:be )?cooled|cooling|ठंड[ाी] कर[\\p{L}\\p{M}]*|पट्टी कर[\\p{L}\\p{M}]*|बुखार|गर्म(?! कर)|ज्वर',
    ),
  ],
  [
    'temp',
    'low',
    words(
      '(?:extra |warm(?:ed|ing)? |more |another |thick )?blankets?|extra layers|cover(?:ed|ing)? up|wrap(?:ped|ping)? up|heat(?:er|ing) (?:pad|blanket)|hot water bottles?|कंबल|रज़ाई|hypotherm\\w+|freezing|icy|chilly|frozen|chilly|frigid|icy|freezing|shivery|cold(?:er)?|cool(?:er)?|chilled|(?:be |been )?warmed|warming|(?:गरम|गर्म) कर[\\p{L}\\p{M}]*|कम्बल|ठंड(?:ा|ी|े)?(?! कर)',
    ),
  ],
  ['temp', 'normal', words('afebrile')],
  [
    'spo2',
    'low',
    words(
      'hypox(?:ia|ic|a?emia|a?emic)|desaturat\\w+|(?:not(?! (?:on|receiving|given|getting|being|using|in|yet|breathing|have|connected|need))|less|low|lack of|too little|little|short of|more|needs?|need for) (?:\\w+ )?(?:\\w+ )?oxygen(?! (?:saturation|level))|enough oxygen|हाइपोक्सिया|ऑक्सीजन की कमी',
    ),
  ],
];

/** Hindi "कम हो रहा" is a trend and left to that rule. Words after which "normal" or "high" is a comparison or a risk, not a direction. */
const THAN = words('than|as|from|not|above|below|over|under|beyond|outside|से');
const BAND_NOUN =
  /^ ?(?:to (?:low|medium|high) )?-?(?:risk|priority|dependency|quality|alert|band|acuity|importan)/u;
const RISK_BEFORE = /(?:risk|जोखिम)(?: is| of)?[ ,:]*(?:to )?(?:low to )?$/u;
/** "compared to the normal range" names the range; only "within the normal range" claims it. */
const RANGE_NOUN = /^ (?:से|range|limits?|values?|levels?|adult)/u;
/** "Oxygen is low", "ऑक्सीजन भी कम" speak of the blood's oxygen. */
const OXYGEN_BEFORE = new RegExp(
  /(?<!\p{L})(?:oxygen|o2|ऑक्सीजन)(?: (?:is|looks|remains|seems|stays|also|very|too|भी|बहुत|थोड़ी|काफ़ी|अब|तो))* $/u.source.normalize(
    'NFKC',
  ),
  'u',
);
/** Comparisons with a number are the number rule's: "above 38.0". */
/** "Above the scale 2 target" of any saturation: a rule, and no direction of this one. */
const GENERAL_LIMIT =
  /^ (?:the |its |this |that )?(?:scale \d )?(?:targets?|limits?|thresholds?|cut-?offs?)/u;
const ANY_BEFORE = /(?<!\p{L})(?:an?|any) (?:[\p{L}\p{N}]+ ){1,3}$/u;
const COMPARING =
  /^(?:low|high|slow|fast|quick)er$|^(?:above|below|increased|decreased|reduced|raised|lowered|elevated)$|^(?:low|high)$|^[^a-z]+$/u;
const WITH_NUMBER = /^ ?(?:than )?(?:the )?\d/u;
const WORKING_HARD = words(
  '(?:work(?:ing|s)?|struggl(?:ing|es?)|labou?r(?:ing|s)?) (?:very |too )?(?:hard(?:er)? )?(?:to|for|at) (?:\\w+ )?(?:breath\\w*|air|oxygen)|labou?red breathing|struggling to breathe|pant(?:s|ing)|puffing|air hunger|हाँफ[\\p{L}\\p{M}]*|हांफ[\\p{L}\\p{M}]*|(?:साँस|सांस) (?:लेने )?में (?:मेहनत|ज़ोर|दिक्कत|तकलीफ़?)',
);

const NOT_BREATHING_WELL = words(
  '(?:not|barely|hardly) breathing(?: \\w+)?|(?:difficulty|trouble|problems?) (?:in |with )?breathing|breathing (?:problems?|difficult(?:y|ies))',
);

/** The direction that the facts give a vital; null where it was not measured or has none. */
export function actualDirection(facts: Facts, vital: NamedVital): Direction | null {
  switch (vital) {
    case 'map':
      return facts.derived.map === null ? null : facts.derived.map < MAP_LOW_BELOW ? 'low' : 'normal';
    case 'shock_index':
      if (facts.derived.shock_index === null) return null;
      return facts.derived.shock_index >= SHOCK_INDEX_HIGH_FROM ? 'high' : 'normal';
    case 'news2': {
      const risk = facts.assessment?.risk;
      if (risk === undefined) return null;
      return risk === 'low' ? 'low' : 'high';
    }
    case 'dbp':
      return null;
    default:
      return facts.directions[vital] ?? null;
  }
}

function judge(facts: Facts, vital: NamedVital, claimed: Direction, negated: boolean): string | null {
  // What was never measured is another rule's finding.
  if (!isMeasured(facts, vital)) return null;
  const actual = actualDirection(facts, vital);
  if (actual === null) return 'No band tells the direction of this vital.';
  if (negated) return actual === claimed ? `The reading is ${actual}.` : null;
  return actual === claimed ? null : `The reading is ${actual}, not ${claimed}.`;
}

/** "…, but 90 % is in the target range": a reading that its clause tells by its number alone. */
function toldByNumber(mentions: readonly Mention[], text: string, start: number): NamedVital | null {
  const clause = clauseAround(text, start);
  if (mentions.some((one) => one.start >= clause.start && one.end <= clause.end)) return null;
  const before = text.slice(clause.start, start);
  // "88/50 is low": a pair is the blood pressure.
  if (/(?:^|[^\d/])\d{2,3} ?\/ ?\d{2,3}(?: mm ?hg)?(?: (?:is|was|looks|बहुत|very|too|काफ़ी))* $/u.test(before))
    return 'sbp';
  const unit = /\d ?(%|° ?c)/u.exec(before)?.[1];
  return unit === undefined ? null : unit === '%' ? 'spo2' : 'temp';
}

/** "Warmed fluids [p2]": the passage's treatment, and nothing that the temperature tells. */
function isOfTreatment({ passages }: Facts, text: string, start: number, term: string): boolean {
  return (
    /^(?: [\p{L}-]+)? (?:crystalloid|fluid|saline|blood|oxygen|air|blanket|humidif)/u.test(
      text.slice(start + term.length),
    ) ||
    (/(?:ed|ing)$/u.test(term) &&
      passages.some(
        ({ id, text: said }) => text.includes(`[${id.toLowerCase()}]`) && said.toLowerCase().includes(term),
      ))
  );
}

/** "Do not let the high temperature …": an adjective of a definite vital is told, whatever the verb denies. */
function isPresupposed(mentions: readonly Mention[], text: string, start: number, end: number): boolean {
  return (
    mentions.some((one) => one.start - end === 1) &&
    /(?<!\p{L})(?:the|this|his|her|their) (?:\p{L}+ly )?$/u.test(text.slice(0, start)) &&
    /(?<!\p{L})(?:not|never|n't) (?!(?:have|has|show|shows|explain|mean|tell|say|see|find|because|due|caused) )/u.test(
      text.slice(0, start),
    )
  );
}

/** "The fever has come down": of the set before, and a course that the trend rule judges. */
function isPassing({ changes }: Facts, vital: NamedVital, claimed: Direction, after: string): boolean {
  const wanted = claimed === 'high' ? 'falling' : claimed === 'low' ? 'rising' : null;
  return (
    changes.some(({ parameter, trend }) => parameter === vital && trend === wanted) &&
    /^ (?:has |have |is |was )?(?:come|coming|gone|going|settl|broken|eas|fall|drop|subsid|resolv|abat|lift|pass)/u.test(
      after,
    )
  );
}

/** "It is low": the vital that the sentence before named. */
/** "Slower than an hour ago" is a course, and the trend rule's. */
const THAN_BEFORE =
  /^ than (?:(?:at|in|on) )?(?:(?:the|its|his|her|an?|half an) )?(?:before|earlier|previous(?:ly)?|last|hour|reading before|it was|they were|\d+ (?:minutes?|hours?))/u;
const CARRYING =
  /^\s*(?:it|this|that|यह|वह|this (?:value|reading)|the (?:value|reading))(?: \p{L}+)? (?:is|was|reads|looks|बहुत|कम|अधिक|सामान्य)(?![\p{L}\p{M}])/u;

/** Only what beats or breathes is fast or slow. */
const MISFIT = words(
  '(?:slow|rapid|fast|quick) (?:body )?(?:temperature|saturation|spo2|systolic|diastolic|blood pressure|map)|(?:temperature|saturation|spo2|systolic|blood pressure) (?:is |was |looks )?(?:very |too |quite )?(?:slow|rapid|fast)(?! (?:rising|falling|enough))',
);

export const directionRule: Rule = {
  name: 'direction',
  check({ checked, facts, about, carried }) {
    const { text } = checked;
    const mentions = vitalsNamed(text);
    const subjectOfSentence = about !== null && isNumericParameter(about) ? about : null;
    const found: Violation[] = [];
    const add = (start: number, end: number, message: string | null) => {
      if (message !== null) found.push({ rule: 'direction', start, end, message });
    };
    const isClaim = (start: number, end: number) =>
      !isConditional(text, start) &&
      !(isCheck(text, start, end) && !has(text.slice(0, start), words('is|are|was')));

    // "Everything except the pressure is normal" is counted, not said of the pressure.
    const counted = countedStatements(text, facts);
    const isCounted = (start: number, end: number) =>
      counted.some((one) => start >= one.start && end <= one.end);
    for (const [claimed, pattern] of GENERAL)
      for (const { start, end, text: matched } of spansOf(text, pattern)) {
        const after = text.slice(end);
        const before = text.slice(0, start);
        if (THAN_BEFORE.test(after) || isCounted(start, end)) continue;
        if (claimed === 'low' && /^ (?:blood )?(?:oxygen|o2)(?! (?:flow|rate))/u.test(after)) continue;
        if (
          (BAND_NOUN.test(after) && !/^(?:with)?in/u.test(matched)) ||
          RISK_BEFORE.test(before) ||
          (COMPARING.test(matched) && WITH_NUMBER.test(after))
        )
          continue;
        if (GENERAL_LIMIT.test(after) && ANY_BEFORE.test(before)) continue;
        if (claimed === 'normal' && has(before.split(' ').slice(-2).join(' '), THAN)) continue;
        if (claimed === 'normal' && RANGE_NOUN.test(after) && !/^(?:with)?in/u.test(text.slice(start)))
          continue;
        if (!isClaim(start, end)) continue;
        if (mayGrow(facts, text, start)) continue;
        const vital = OXYGEN_BEFORE.test(before)
          ? 'spo2'
          : (toldByNumber(mentions, text, start) ??
            subjectAt(mentions, start, clauseAround(text, start), subjectOfSentence));
        if (vital === null) {
          const judged = (carried ?? []).map((one) =>
            judge(facts, one, claimed, isNegated(text, start, end)),
          );
          if (judged.length > 0 && CARRYING.test(text) && judged.every((message) => message !== null))
            add(start, end, judged[0] ?? null);
          continue;
        }
        const negated = isNegated(text, start, end) && !isPresupposed(mentions, text, start, end);
        for (const one of [
          ...coordinated(mentions, text, vital, start),
          ...echoedVitals(mentions, text, end),
        ])
          add(start, end, judge(facts, one, claimed, negated));
      }
    for (const [vital, claimed, pattern] of IMPLIED)
      for (const { start, end, text: matched } of spansOf(text, pattern)) {
        if (!isClaim(start, end) || isOfTreatment(facts, text, start, matched)) continue;
        // A negation inside the phrase ("not enough oxygen") is part of its meaning.
        const negated = !matched.includes('oxygen') && isNegated(text, start, end);
        if (isPassing(facts, vital, claimed, text.slice(end))) continue;
        if (!isMeasured(facts, vital) && (isNeitherTold(text, start) || isToldUnknown(text, start))) continue;
        if (!isMeasured(facts, vital))
          found.push({ rule: 'unmeasured', start, end, message: `No reading tells of this (${vital}).` });
        else add(start, end, judge(facts, vital, claimed, negated));
      }
    for (const { start, end } of spansOf(text, MISFIT))
      if (isClaim(start, end)) add(start, end, 'This word tells nothing of that vital.');
    // A slow rate is the opposite of work, whatever the saturation.
    for (const { start, end } of spansOf(text, WORKING_HARD))
      if (
        facts.directions.rr === 'low' ||
        (facts.directions.rr !== 'high' && facts.directions.spo2 !== 'low')
      )
        add(start, end, 'Neither a high respiratory rate nor a low saturation tells of this.');
    for (const { start, end } of spansOf(text, NOT_BREATHING_WELL))
      if (facts.directions.rr !== 'high' && facts.directions.rr !== 'low' && isClaim(start, end))
        add(start, end, 'The respiratory rate does not tell of this.');
    return found;
  },
};
