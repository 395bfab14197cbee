/**
 * Rule `unmeasured`: what nobody measured must not be told as if observed: laboratory values, urine, GCS, signs,
 * symptoms, history, drugs given, and vitals that are missing. Asking for them or saying that they are missing
 * passes. Source: verification rule 9.
 */
import { isApplicable } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { SEEMING, UNSEEN } from './bedside.ts';
import { isCheck, isConditional } from './context.ts';
import { isHedged } from './diagnosis.ts';
import { isDisclaimed } from './directive.ts';
import { DRUGS } from './drugs.ts';
import { isNoneRecorded } from './none-recorded.ts';
import { inBothLanguages } from './passage-terms.ts';
import type { Rule, Violation } from './rule.ts';
import { isAskedFor, isHeldPossible, isTakenBack, isToldUnknown } from './stance.ts';
import { clauseAround, has, sentenceAround, spansOf, words } from './text.ts';
import { isMeasured, type NamedVital, vitalsNamed } from './vitals-named.ts';

const NEVER_MEASURED: readonly (readonly [string, RegExp])[] = [
  [
    'a laboratory value',
    words(
      'cvp|central venous pressure|wedge pressure|cardiac output|ejection fraction|icp|intracranial pressure|sugars?|रक्त शर्करा|lactate|lactic acid|creatinine|urea|white (?:blood )?(?:cells?(?: count)?|count)|(?:blood )?counts? (?:is|are|was)|wbc|ha?emoglobin|hb|platelets?|crp|c-reactive protein|procalcitonin|troponin|glucose|blood sugars?|sugar levels?|potassium|sodium|bilirubin|blood gas(?:es)?|abg|p(?:a)?co2|pao2|ph|d-dimer|blood cultures?|cultures?|bnp|inr|acidosis|alkalosis|an?a?emi[ac]|लैक्टेट|क्रिएटिनिन|शुगर|ग्लूकोज़?|हीमोग्लोबिन',
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
      '(?<!to )pains?(?! (?:to|पर|par|से|only|response|stimul\\w*))|(?:is|are|was|looks?|seems?|appears?|feels?|remains?) (?:quite |very |fairly |more )?(?:comfortable|comfy|relaxed|cheerful|happy|calm|settled|miserable|toxic|unwell|exhausted)|eating|ate|drinking|chatting|talking|smil(?:es|ing)|resting|sits? up|sitting up|painful|aches?|cough(?:s|ing)?|short(?:ness)? of breath|breathless(?:ness)?|dyspno?ea|out of breath|nausea|nauseous|vomit\\w*|dizz(?:y|iness)|chills|rigors?|fatigue|tired(?:ness)?|weakness|headaches?|thirst\\w*|anxious|anxiety|agitat\\w*|frighten\\w*|scared|restless\\w*|upset|asleep|sleeping|(?:deep|sound) sleep|बातचीत|बात कर रह[ाीे]|crying|moaning|groaning|hungry|irritable|screaming|distress(?:ed)?|discomfort|uncomfortable|palpitations?|दर्द(?! (?:पर|तक))|खाँसी|खांसी|खाँस|उल्टी|चक्कर|थकान|बेचैनी|घबराहट|कमज़ोरी|सिरदर्द|ठिठुरन|कंपकंपी|मिचल[\\p{L}\\p{M}]*|(?:साँस|सांस) फूल[\\p{L}\\p{M}]*|दम घुट[\\p{L}\\p{M}]*|प्यास',
    ),
  ],
  [
    'a bedside sign',
    words(
      "(?:chest|lungs?) (?:is|are|sounds?) (?:clear|wet|tight)|(?:his|her|their|the) (?:hands|feet|fingers|toes|extremities) (?:is|are|feels?|looks?)|shallow(?:er)?|deep breath\\w*|deeply|kussmaul\\w*|cheyne\\w*|noisy|laboured|gurgl\\w*|rattl\\w*|(?:abdominal|paradoxical) breathing|retractions?|recession|tripod\\w*|peripher(?:al|ies)|turgor|droop\\w*|rigid(?:ity)?|stiff(?:ness)?|उथल[ाीे]|गहर[ाीे]|अनियमित|tender(?:ness)?|abdom(?:en|inal)|auscultation|(?:looks?|appears?|turning|turned) (?:blue|gr[ea]y|pale|sick|unwell|ill)|pupils?|bruis\\w*|dusky|ashen|sallow|lips|face|complexion|sunken|flush(?:ed|ing)|jaundic\\w*|icter\\w*|fingertips?|fingernails?|nail ?beds?|tongue|gums|(?:his|her|their|patient's|sunken|red|yellow|glassy|watery|dull|swollen|opens?|opened|opening|clos(?:es|ed|ing)) eyes|(?:opens?|opening|opened|shuts?|closes?) (?:the|both|his|her|their) eyes|eyes (?:are|were|look|looked|open|opened|closed|roll|rolled|deviate|move|turn|stay|remain|do|did|have)|(?:nasal )?flaring|gasp\\w*|grunt\\w*|snor(?:es?|ing)|murmurs?|(?:breath|heart|bowel) sounds?|neck veins|jugular|limb|legs?|ankles?|wounds?|drains?|posture|slurr\\w*|twitch\\w*|trembl\\w*|mottl\\w*|cyanos\\w*|cyanotic|blue lips|pale|pallor|clammy|sweat\\w*|diaphore\\w*|accessory muscles?|crackles?|wheez\\w*|stridor|capillary refill|cold (?:hands|feet|skin|extremities|peripheries)|cool (?:hands|feet|skin|extremities|peripheries)|skin|rash|o?edema|swelling|weak pulse|thready|irregular|arrhythmi\\w*|rhythm|fibrillation|ecg|shiver\\w*|seizures?|bleed(?:s|ing)?|shock(?:ed)? state|पसीना|सूजन|दौरा|दौरे|पुतल[\\p{L}\\p{M}]*|आँख[\\p{L}\\p{M}]*|त्वचा|होंठ|नील[ाीे]|पील[ाीे]|चोट|घाव|कंपन",
    ),
  ],
  [
    'history',
    words(
      'long-?standing|lifelong|pre-?existing|found (?:outdoors?|outside|down|on the (?:floor|street|road)|at home|collapsed)|brought (?:in|by)|diabet\\w*|smok(?:er|ing)|surgery|operation|post-?operative|history of|known (?:case|to have)|chronic\\w*|allerg\\w*|(?:family|relatives?|wife|husband|son|daughter|mother) (?:says?|said|reports?|told)|खाना|elderly|young(?:er)?|old age|frail|infant|child(?:ren)?|athlet\\w*|sport\\w*|exert\\w*|exercis\\w*|walk(?:ed|ing)|alcohol\\w*|drink(?:er|s heavily)|obes\\w*|asthmatic|hypertensive patient|fasting|trauma|accident|fall at home|burns?|admitted|बुढ़ाप[ाे]|बूढ़[ाीे]|उम्र|शराब|गर्भ[\\p{L}\\p{M}]*|years? old|aged|pregnan\\w*|transplant|मधुमेह|ऑपरेशन|एलर्जी',
    ),
  ],
  ['imaging', words('x-?ray|ct(?: scan)?|mri|ultrasound|scan|echo(?:cardiogram)?|imaging|एक्स-?रे')],
];

/** Whether a word or phrase names something that the record never holds. */
export function namesUnmeasured(term: string): boolean {
  return NEVER_MEASURED.some(([, pattern]) => has(term, pattern));
}

/** Words for being less than alert. The facts license only the level that was charted. */
const DROWSY = words(
  'drows(?:y|iness)|letharg\\w*|sleepy|somnolen\\w*|doz(?:y|ing|es)|groggy|nodding off|half[- ]asleep|ऊँघ[\\p{L}\\p{M}]*|उनींद[\\p{L}\\p{M}]*|(?:मरीज़|मरीज|रोगी) (?:नींद में|सो रह[ाी])|coma(?:tose)?|delirium|delirious|disorient\\w*|सुस्त|बेहोश',
);

/** "May be in pain" asks more than it tells; so does teaching in general terms. */
const MAYBE = words(
  'may|might|could|can|possibly|perhaps|whether|such as|for example|to judge|without|(?:does|do|did|need) not (?:[\\p{L}]+ ){0,4}?(?:mean|tell|show|say|prove)|शायद',
);

const POSSIBILITY = words(
  'possibilit(?:y|ies)|possible (?:\\p{L}+ ){0,2}(?:causes?|reasons?|explanations?)|possible explanations?|(?:causes?|reasons?|explanations?) (?:include|are|may|can|could|range)|to ask about|(?:not|never) (?:to )?(?:be )?(?:dismissed?|put (?:\\p{L}+ ){0,3}?down|call(?:ed)? (?:it|this|that)|explained|taken|passed off|blamed|attributed|mistaken|assumed)',
);
const TOLD_AFTER = /^ (?:is|was|are|were|has|have|had)(?! (?:possibilit|possible|one of|among|to be|not))/u;
/** One of several possibilities, or what a reading must not be put down to: nothing is told of this patient. */
function isPossibility(text: string, start: number, end: number): boolean {
  const sentence = sentenceAround(text, start);
  return has(text.slice(sentence.start, sentence.end), POSSIBILITY) && !TOLD_AFTER.test(text.slice(end));
}

export const unmeasuredRule: Rule = {
  name: 'unmeasured',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    const add = (start: number, end: number, what: string) => {
      if (
        !isCheck(text, start, end) &&
        !isTakenBack(text, start) &&
        !(what === 'a drug' && isToldUnknown(text, start)) &&
        !isListedAsMissing(text, start) &&
        !isPossibility(text, start, end) &&
        !isAskedFor(text, start) &&
        !(isHeldPossible(text, start) && !what.startsWith('a reading'))
      )
        found.push({
          rule: 'unmeasured',
          start,
          end,
          message: `This text tells ${what} that is not in the facts.`,
        });
    };
    const cited = inBothLanguages(
      facts.passages
        .filter(({ id }) => text.includes(`[${id.toLowerCase()}]`))
        .map((passage) => passage.text.toLowerCase())
        .join(' '),
    );
    for (const [what, pattern] of NEVER_MEASURED)
      for (const { start, end, text: term } of spansOf(text, pattern))
        if (
          (!cited.includes(term) || isToldOf(what, text, end)) &&
          !isWhyNoScore(facts, term) &&
          !(/^bleed/u.test(term) && isHedged(text, start))
        )
          add(start, end, what);
    for (const pattern of [SEEMING, UNSEEN])
      for (const { start, end, text: term } of spansOf(text, pattern))
        if (
          !cited.includes(term) &&
          !NAMES_A_CAUSE.test(text.slice(end)) &&
          !isConditional(text, start) &&
          !has(text.slice(clauseAround(text, start).start, start), MAYBE)
        )
          add(start, end, 'something of the patient');
    for (const { start, end } of spansOf(text, DROWSY))
      if (!/^[VPU]$/.test(facts.vitals.acvpu ?? '') && !cited.includes(text.slice(start, start + 5)))
        add(start, end, 'a level of consciousness');
    for (const { start, end, text: term } of spansOf(text, DRUGS))
      if (!cited.includes(term) && !isDisclaimed(text, start)) add(start, end, 'a drug');
    for (const { vital, start, end } of vitalsNamed(text))
      if (
        !isMeasured(facts, vital) &&
        vital !== 'news2' &&
        !isListedAsMissing(text, start) &&
        !isToBeTaken(text, start, end) &&
        !isToldOfBefore(text, vital, start, facts)
      )
        add(start, end, `a reading (${vital})`);
    return found;
  },
};

/** "An infection of the chest is one of them": said of a possibility, and not of the chest. */
const NAMES_A_CAUSE = /^ (?:only |just )?(?:one|among|a possib|another|possible)/u;
/** "Lactate is above 2" tells a result, whatever the passage holds; "a lactate above 2 needs review" is its rule. */
const RESULT_AFTER =
  /^ (?:level )?(?:is|was|has|came back|reads?|measures?) (?!not |to be |missing|unknown|unavailable|needed|advised|recommended|measured)/u;
const RESULT_AFTER_HINDI =
  /^ (?:[\d.]+|[^ ]+ (?:से|के)|अधिक|कम|ज़्यादा|ठीक|सामान्य|normal|high|low)(?![\p{L}\p{M}])[^.।]*(?:है|था|आया|निकला)/u;
function isToldOf(what: string, text: string, end: number): boolean {
  const after = text.slice(end);
  return what === 'a laboratory value' && (RESULT_AFTER.test(after) || RESULT_AFTER_HINDI.test(after));
}

/** "NEWS2 does not apply in pregnancy": the facts hold the reason why there is no score. */
function isWhyNoScore({ news2 }: Facts, term: string): boolean {
  if (isApplicable(news2)) return false;
  return news2.reason === 'pregnant'
    ? /^pregnan|^गर्भ|^प्रेग्नें/u.test(term)
    : /^(?:years? old|aged|child|young|उम्र)/u.test(term);
}

const MISSING = words(
  '(?:the|a|one|only|this|these|two|three) (?:two |three |only )*gaps?|(?:outside|beyond) (?:what|these|the (?:record|set|monitor|readings|numbers))|not (?:what|something) the (?:monitor|set|record)|cannot be (?:worked out|calculated|computed|derived|formed)|(?:बाकी|बाक़ी) (?:है|हैं)|छूट[ाीे] (?:है|हैं|ग[\\p{L}\\p{M}]*)|(?:left|is|are|was|were) (?:blank|empty|left out|omitted|skipped|open)|(?:has|have|shows?) no (?:entry|value|figure|number)|not (?:entered|noted|there|filled in)|(?:का|की|के) (?:न|ना|नहीं) हो(?:ना|ने)|के बिना|का अभाव|not (?:yet )?(?:been )?(?:measured|recorded|available|known|charted|documented)|not (?:part of|in|among|one of) (?:the|this|these|what)|missing|unknown|unavailable|(?:no|without (?:a|any)) (?:[\\p{L}]+ ){0,3}(?:was|were|is|are|has been|have been) (?:\\w+ )?(?:measured|recorded|taken|charted|available|known|given|entered|documented)|(?:nobody|no one) (?:has|had) (?:yet |so far )?(?:taken|measured|recorded|charted|checked|entered|noted)|(?:की|का|के)(?: बारे में)?(?: कोई)? (?:जानकारी|सूचना|रिकॉर्ड|माप|रीडिंग|reading|record)(?: [^ ]+){0,1} नहीं|(?:cannot|can not|can neither|can) (?:be )?(?:judged|told|assessed|known|said|excluded)|नहीं (?:मापा|मापी|मापे|नापा|नापी|नापे|ली|लिया|लिए|किया|हुआ|हुई)|(?:what|all that|the (?:one )?reading that) is (?:lacking|wanting|absent|still (?:needed|wanted))|अनुपस्थित|उपलब्ध नहीं|दर्ज नहीं',
);
const NONE_TAKEN = words(
  '(?:no|nor (?:is|are|was|were|has|have)(?: there)?|neither) (?:[\\p{L}\\p{N}]+,? ){1,9}(?:was|were|is|are|has been|have been|has|have) (?:\\w+ )?(?:measured|recorded|taken|charted|available|known|given|entered|documented|in (?:the|this|these)|among|part of)',
);
/** "so neither a fever nor a low temperature can be judged". */
const NEITHER = /(?<!\p{L})neither [^.;]*$/u;
/** Whether it is told as one of several that cannot be judged. */
export function isNeitherTold(text: string, index: number): boolean {
  const sentence = sentenceAround(text, index);
  return (
    NEITHER.test(text.slice(sentence.start, index)) || NEITHER_BEHIND.test(text.slice(index, sentence.end))
  );
}
/** "Fever can be neither claimed nor denied", "cannot be ruled in or out". */
const NEITHER_BEHIND =
  /^[\p{L}\p{M}0-9 ]{1,24} (?:(?:can|could|may|is|are)(?: be)? neither|(?:cannot|can't|could not) be (?:\p{L}+ )?(?:in |up )?(?:n?or) )/u;
/** "Take a temperature", "without a temperature", "do not skip the temperature". */
const TAKING = words(
  '(?:take|taking|get|getting|add|adding|fill in|chart|enter|complete|include|await\\w*|wait(?:ing)? for|needs?|want|awaiting|lacks?|lacking|without|(?:do not|never|must not) (?:skip|forget|omit|leave out|miss)|once|until|after|as soon as|when)(?: (?:a|an|the|his|her|their|this|that|its|one|another|new|first|fresh|full))* ',
);
const TAKEN_NEXT =
  /^(?: reading| value)? (?:is |are |has |still |also |should |must |needs? |has yet |yet )*(?:(?:to be|be|being) (?:taken|measured|recorded|added|checked|charted|obtained|entered)|(?:needs?|wants) (?:taking|measuring|recording|adding|checking)|(?:needed|wanted|awaited|outstanding|due|lacking|overdue))(?!\p{L})/u;
/** "तापमान लें", "तापमान मापकर": asked for in Hindi. */
const TAKEN_NEXT_HINDI = new RegExp(
  /^ (?:(?:भी|अभी|ज़रूर|एक बार|को) )*(?:(?:ले|लें|लो|लीजिए|लेकर|लेना|मापकर|माप कर|मापें|मापना|नापें|नापकर|दर्ज कर[\p{L}\p{M}]*|जोड़[\p{L}\p{M}]*|पता कर[\p{L}\p{M}]*|चाहिए|बाक़ी|बाकी)|(?:लेना|मापना) (?:बाक़ी|बाकी|शेष|है))(?![\p{L}\p{M}])/u.source.normalize(
    'NFKC',
  ),
  'u',
);
/** Whether a reading is asked for or awaited; "take the temperature of 38" tells a value. */
function isToBeTaken(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  const after = text.slice(end, clause.end);
  if (TAKEN_NEXT.test(after) || TAKEN_NEXT_HINDI.test(after)) return true;
  const before = text.slice(clause.start, start);
  const taking = spansOf(before, TAKING).some((one) => one.end === before.length);
  const stated =
    /^ (?:of|at|is|was|reads) (?:\d|an? |high|low|normal)/u.test(after) || has(after, STATED_VALUE);
  // "No pulse, no temperature: the score stays a lower bound."
  const isNone = /(?<!\p{L})no $/u.test(before) && /^\s*(?:$|[,.:;]|(?:and|or) )/u.test(text.slice(end));
  if (!stated && (UNKNOWN_BEFORE.test(before) || NONE_EITHER.test(text.slice(end)))) return true;
  if (!stated && TAKEN_IN_LIST.test(text.slice(sentenceAround(text, start).start, start))) return true;
  return (taking && !stated) || isNone || MISSING_BEFORE.test(before);
}
/** "We do not know the pulse". */
const UNKNOWN_BEFORE =
  /(?:do not|don't|does not|cannot) (?:yet )?(?:know|have|see) (?:the|a|an|any|his|her) $/u;
/** "Pulse unknown, temp bhi nahin". */
const NONE_EITHER = /^ (?:भी |तो )?नहीं\s*(?:$|[.,;।])/u;
/** "Take the temperature and the pulse". */
const TAKEN_IN_LIST =
  /(?:^|[.;:] ?|(?<!\p{L})(?:please|then) )(?:take|get|add|fill in|chart) (?:(?:the|a|an|his|her|and|temperature|pulse|rate|pressure|breathing|saturation),? ){1,7}$/u;
const STATED_VALUE = words('high|low|normal|raised|cold|hot|fever|rising|falling|कम|अधिक|सामान्य');
/** "The missing temperature could add points". */
const MISSING_BEFORE = /(?<!\p{L})(?:missing|unknown|absent|unmeasured|outstanding|गायब|अनुपस्थित) $/u;

function heldBefore(vital: NamedVital, vitals: Facts['vitals']): number | null {
  switch (vital) {
    case 'temp':
      return vitals.temp_c ?? null;
    case 'map':
    case 'shock_index':
    case 'news2':
      return null;
    default:
      return vitals[vital] ?? null;
  }
}

/** "The temperature was 37.4 °C two hours ago": told of the set before, which holds it. */
function isToldOfBefore(text: string, vital: NamedVital, start: number, { previous }: Facts): boolean {
  if (previous === null) return false;
  const clause = clauseAround(text, start);
  return (
    heldBefore(vital, previous.vitals) !== null &&
    has(text.slice(clause.start, clause.end), words('ago|earlier|previous(?:ly)?|before|पहले|पिछल[ाीे]')) &&
    !has(text.slice(clause.start, clause.end), words('now|is|has|than|from|अब|है|से'))
  );
}

/** What makes of a list a statement: "temperature is high and oxygen missing". */
const STATED = words('is|are|was|were|has|have|low|high|normal|raised|fast|slow|scores?|है|हैं|कम|अधिक|तेज़');

/** "Not measured: respiratory rate, temperature." and "with temperature, oxygen and consciousness missing". */
function isListedAsMissing(text: string, index: number): boolean {
  const sentence = sentenceAround(text, index);
  if (has(text.slice(sentence.start, index), MISSING)) return true;
  // "No temperature was measured": the word stands within the phrase.
  if (spansOf(text, NONE_TAKEN).some((none) => none.start <= index && index < none.end)) return true;
  if (isNeitherTold(text, index) || isNoneRecorded(text, index)) return true;
  const after = text.slice(index, sentence.end);
  const missing = after.search(MISSING);
  if (missing < 0) return false;
  const list = after
    .slice(0, missing)
    .replace(/(?: (?:is|are|was|were|has been|have been)(?: (?:the|a|one|what))*)? $/u, '');
  return !has(list, STATED) && !/[:(]/u.test(list);
}
