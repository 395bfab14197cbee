/**
 * Rules `number` and `unit`: a number may appear only if the facts hold it, and must stand with its own vital and
 * unit. Source: verification rule 1 ("numbers that may appear").
 */

import { isApplicable, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import { type Facts, NUMERIC_PARAMETERS } from '../facts.ts';
import { type NumberClaim, numberClaims } from './claims.ts';
import { countedStatements } from './count-of-parameters.ts';
import { type Licence, licences, type Subject, UNIT } from './licences.ts';
import { pointsListed, pointsTogether } from './points-listed.ts';
import { isPointsOfAll } from './points-of-all.ts';
import { sharesOfTotal } from './points-shared.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { clauseAround, has, sentenceAround, words } from './text.ts';
import { type SubjectMention, subjectsNamed } from './vitals-named.ts';

/** "comes from a pulse of 84" tells what a value is made of, "from 84 to 96" what it was before. */
const MADE_FROM = words(
  '(?:com(?:es?|ing)|came|deriv\\w*|computed|calculated|made(?: up)?|results?|arises?|known|told|judged|seen|inferred) from',
);
const AGAINST = 'against|compared (?:with|to)|versus|vs|instead of|की तुलना में|के मुकाबले';
const PREVIOUS = words(
  `from|${AGAINST}|previous(?:ly)?|earlier|before|was|were|last|prior|ago|(?:hours?|minutes?) back|had been|initially|पहले|था|थी|पिछल(?:ा|ी|े)`,
);
const STRONGLY_PREVIOUS = words(`from|${AGAINST}|previous(?:ly)?|earlier|पहले|पिछल(?:ा|ी|े)`);
const NOW = words('to|now|currently|is|are|at present|अब|है|बढ़कर|घटकर');
const COMPARISON = words(
  'above|over|below|under|more than|less than|greater than|at least|at most|higher than|lower than|exceed(?:s|ing)?|between|limits?(?: of)?|<|>|≤|≥|under|beneath|past|exceeded|threshold(?: of| is)?|(?:begins?|starts?|ends?) (?:at|with)|target(?: of| is)?|cut-?off(?: of| is)?|up to|from|या (?:उससे |इससे )?(?:अधिक|कम|ऊपर|नीचे|ज़्यादा)|से (?:अधिक|कम|ऊपर|नीचे)|सीमा|लक्ष्य|टारगेट|limit',
);
const COMPARISON_AFTER =
  /^\s?(?:\S+ )?(?:(?:or|and) (?:more|less|fewer|above|below|over|under|higher|lower|up|down)(?!\p{L})|(?:site |policy )?(?:limit|threshold|cut-?off|mark)(?!\p{L})|और (?:अधिक|ज़्यादा|कम|ऊपर|नीचे)|(?:की|का)(?: [\p{L}\p{M}]+)? (?:सीमा|लक्ष्य|limit|threshold|target|टारगेट)|(?:से|के) (?:अधिक|ज़्यादा|कम|ऊपर|नीचे)|या (?:उससे |इससे |उस से )?(?:अधिक|ज़्यादा|कम|ऊपर|नीचे)|की सीमा|का लक्ष्य)/u;
/** "26/min an hour ago" tells of the reading before, whatever verb it has. */
const EARLIER_AFTER =
  /^(?:\s?[^\s,;]+){0,4}?\s?(?:ago|back(?! (?:to|in|at|from))|earlier|previously|beforehand|before(?=\s*(?:$|[.,;:)]|and |now))|पहले)(?![\p{L}\p{M}])/u;
/** The time between two readings is no time limit: "within 1 hour" is the chart's to say. */
const PASSED = words('in|over|during|past|last|since|for|after|पिछले');
/** A time in which something changed: "risen from 82 to 106 within 100 minutes", "100 मिनट में बढ़कर". */
const CHANGED = words(
  'worse(?:ned)?|deteriorated|improved|moved|बिगड़[\\p{L}\\p{M}]*|सुधर[\\p{L}\\p{M}]*|बदल[\\p{L}\\p{M}]*|lost|gained|shed|rise|fall|drop|increase|decrease|from|rose|risen|rising|fell|fallen|falling|dropped|went|gone|changed?|climbed|increased|decreased|बढ़[\\p{L}\\p{M}]*|गिर[\\p{L}\\p{M}]*|घट[\\p{L}\\p{M}]*|हुआ|हुई|गया|गई|गयी|गए|आ(?:या|ई|ए|यी)|पहुँच[\\p{L}\\p{M}]*',
);
const WITHIN = words('within');
const TIME_AFTER_HINDI = /^\s?(?:में|के (?:अंदर|भीतर))(?![\p{L}\p{M}])/u;
const AGE_AFTER = /^\s?(?:old|out of date|पुरान[ाीे])(?![\p{L}\p{M}])/u;
/** "(माप 61 मिनट पहले)": the Hindi rule text tells a stale reading's age so. */
const MEASURED_AGO = /^\s?(?:पहले|ago)(?![\p{L}\p{M}])/u;
/** "22 to 26", "110 से 95": the first number is the earlier one. */
const TO_AFTER = /^\s?(?:to|→|->|से)\s?\d/u;
const BY = words(
  'by|(?:rise|fall|drop|increase|decrease|change|gain|loss) in (?:[\\p{L}\\p{N}]+ ){1,3}of|change of|difference of|drop of|fall of|rise of|increase of|decrease of|higher|lower|more|less',
);
function policyNumbers(facts: Facts): number[] {
  return Object.values(facts.policy).filter((value) => typeof value === 'number');
}

/** Numbers of the passages that this sentence cites. */
function citedNumbers(facts: Facts, sentence: string): number[] {
  return facts.passages
    .filter(({ id }) => sentence.includes(`[${id.toLowerCase()}]`))
    .flatMap(({ text }) =>
      numberClaims(text.toLowerCase()).flatMap(({ value }) => (value === null ? [] : [value])),
    );
}

const PRONOUN = words('it|this|that|these|they|यह|ये|वह');
/** "on oxygen" tells how a saturation was read; only "oxygen adds …" is a subject of its own. */
const HOW_READ = /(?:on|with|without|despite|receiving|extra|supplemental) $/u;

/**
 * What a number may be said of. The nearest vital before it in the sentence; also the nearest one that was named
 * by its number's own name where a word that implies a vital ("fever") stands between; else one right behind it.
 */
function subjectsOf(claim: NumberClaim, mentions: readonly SubjectMention[], text: string): Subject[] {
  const sentence = sentenceAround(text, claim.start);
  const before = mentions.filter(({ start, end }) => start >= sentence.start && end <= claim.start);
  const points = claim.unit === 'points';
  const follows = mentions.find(({ start }) => start >= claim.unitEnd);
  if (
    (points || (claim.unit === null && (claim.value ?? 9) <= MOST_POINTS)) &&
    follows !== undefined &&
    /^ (?:for|from|by) (?:the |its )?$/u.test(text.slice(claim.unitEnd, follows.start))
  )
    return [follows.vital];
  const candidates = points ? before : before.filter(({ kind }) => kind !== 'points');
  const nearest = candidates.at(-1);
  if (nearest !== undefined) {
    const beside = points
      ? nearest.kind === 'points' && HOW_READ.test(text.slice(0, nearest.start))
        ? candidates.at(-2)
        : undefined
      : candidates.findLast(({ kind }) => kind === 'named');
    return [nearest.vital, ...(beside === undefined ? [] : [beside.vital])];
  }
  const clause = clauseAround(text, claim.start);
  const behind = mentions.find(
    ({ start, end, kind }) => start >= claim.end && end <= clause.end && (points || kind !== 'points'),
  );
  if (behind !== undefined) return [behind.vital];
  // "At 7 the chart asks …" is the total's; "it was 3" is said of what was named last.
  const after = text.slice(claim.end, sentence.end);
  if (claim.unit === null && /^,? (?:the |this )?(?:chart|total|score|news)/u.test(after)) return ['news2'];
  if (claim.unit !== null || !has(text.slice(sentence.start, claim.start), PRONOUN)) return [];
  const named = mentions.findLast(({ end, kind }) => end <= claim.start && kind === 'named');
  return named === undefined ? [] : [named.vital];
}

/** Whether the words round a number allow the licence to be used there. */
function stands(licence: Licence, claim: NumberClaim, text: string): boolean {
  const sentence = sentenceAround(text, claim.start);
  const before = text.slice(sentence.start, claim.start);
  const close = before.replaceAll(MADE_FROM, 'of').split(' ').slice(-5).join(' ');
  const after = text.slice(claim.unitEnd, sentence.end);
  const marker = (pattern: RegExp) => Math.max(-1, ...[...close.matchAll(pattern)].map(({ index }) => index));
  // "94 % against 96 %, pulse 118": what stands before a comma belongs to the vital there.
  const last = close.slice(close.lastIndexOf(',') + 1);
  const own = (pattern: RegExp) => Math.max(-1, ...[...last.matchAll(pattern)].map(({ index }) => index));
  switch (licence.as) {
    case 'limit':
      return has(close, COMPARISON) || /[<>≤≥]=? ?$/u.test(before) || COMPARISON_AFTER.test(after);
    case 'change':
      return (
        has(close, BY) ||
        (has(close, CHANGED) && !/(?:to|from|at) $/u.test(before)) ||
        /^[\p{L}\p{M}\p{N} ]{0,20}?(?:बढ़|घट|गिर)(?:[ाीे]|ी है|े हैं)(?![\p{L}\p{M}])/u.test(
          after.normalize('NFKC'),
        ) ||
        /^\s?(?:(?:below|above|under|over) (?:the |its )?(?:site )?(?:limit|threshold)|higher|lower|more|less|faster|slower|warmer|cooler|से|बढ़|घट|गिर|कम|अधिक|ज़्यादा)/u.test(
          after,
        )
      );
    case 'previous':
      return (
        EARLIER_AFTER.test(after) ||
        /(?<!\p{L})(?:after|following)(?: a reading of)? $/u.test(before) ||
        /^\s?then(?![\p{L}])/u.test(after) ||
        marker(PREVIOUS) > marker(NOW) ||
        TO_AFTER.test(after) ||
        /^\s?(?:था|थी|से|पहले)/u.test(after)
      );
    case 'elapsed':
      return (
        EARLIER_AFTER.test(after) ||
        has(close, PASSED) ||
        /^\s?से(?![\p{L}\p{M}])/u.test(after) ||
        ((has(close, WITHIN) || TIME_AFTER_HINDI.test(after)) &&
          has(text.slice(sentence.start, sentence.end), CHANGED))
      );
    case 'age':
      return AGE_AFTER.test(after) || MEASURED_AGO.test(after);
    case 'current':
      return licence.vital === null || (own(STRONGLY_PREVIOUS) <= own(NOW) && !EARLIER_AFTER.test(after));
  }
}

/** "Count the breaths for one minute": how long a nurse counts. Source: NEWS2, respiration rate over a minute. */
const COUNTING = words('count(?:ed|ing)?|feel|listen|गिन[\\p{L}\\p{M}]*|gin|ginkar|ginein|ginen');
/** Behind one of these a number begins a new statement: "febrile at 39.2 °C with a pulse of 90". */
const STARTS_ANEW = /[,;:(]|(?<!\p{L})(?:and|with|yet|but|while|though|plus|और|तथा|लेकिन|पर)(?![\p{L}\p{M}])/u;
/**
 * Degrees are the temperature's and per cent the saturation's, whatever vital is named next ("hot at 38.7 °C with a
 * fast pulse"); but "a pulse of 38.7 °C" and "the pulse, at rest, is 38.7 °C" are said of the pulse.
 */
function vitalOfUnit(claim: NumberClaim, mentions: readonly SubjectMention[], text: string): Subject | null {
  const vital = claim.unit === 'celsius' ? 'temp' : claim.unit === 'percent' ? 'spo2' : null;
  const sentence = sentenceAround(text, claim.start);
  const last = mentions.findLast(({ start, end }) => start >= sentence.start && end <= claim.start);
  if (last === undefined) return vital;
  const between = text.slice(last.end, claim.start);
  return STARTS_ANEW.test(between) && !/(?:is|was|reads|of|:) $/u.test(between) ? vital : null;
}

const COUNTED = /^ (?:readings?|रीडिंग)$/u;
const COUNTED_AFTER =
  /^ (?:of the )?(?:vitals?|vital signs|parameters?|numbers|values|readings|measurements)(?!\p{L})/u;
/** NEWS2 has seven parameters; of a list as many are told as it names. */
const PARAMETERS = 7;
const ALL_BEFORE = /(?<!\p{L})(?:all|these|those|the|of) (?:the )?$/u;
/** "The two sets", "both pressures": a patient has two pressures, and two sets where there is one before. */
const PAIR_AFTER =
  /^ (?:[\p{L}]+ )?(?:sets?|pressures|scores|totals|rows|charts|observations|rounds|checks)(?!\p{L})/u;
/** "In the zero band": no points. Of several at once it is counted. */
const ZERO_BAND_AFTER = /^(?: points?)?[ -](?:bands?|zones?|columns?)(?!\p{L})/u;
/** How many readings score, how many of them with numbers, and how many are missing. */
function countsOf({ drivers, missing }: Facts): number[] {
  const numeric = drivers.filter(({ parameter }) => parameter !== 'oxygen' && parameter !== 'consciousness');
  return [drivers.length, numeric.length, missing.length].filter((count) => count > 0);
}

/** What a bare number may be said of when its vital has only a short name: "the rate of 26", "scored 10". */
const RATE_BEFORE = new RegExp(
  /(?<!\p{L})(?:rate|दर)(?: (?:is|was|of|now|at|has|reads|shows|के|का))* $/u.source.normalize('NFKC'),
  'u',
);
const SCORED_BEFORE =
  /(?<!\p{L})(?:scored?|scores|scoring|adds? up to|sums? (?:to|up to)|makes?|comes? to|gives|reached)(?: (?:a|in all|together))* $/u;
const SUM_AFTER = new RegExp(
  /^ (?:is|was|are|were|in all|in total|altogether|points? in all)(?! (?:the |its |his |her )?(?:rate|pulse))[^.;]{0,20}(?:sum|total|score|points|all)(?!\p{L})/u.source.normalize(
    'NFKC',
  ),
  'u',
);
const RATE_ALONE =
  /(?<!(?:respiratory|respiration|heart|pulse|breathing|resp|beat|हृदय|श्वसन) )(?<!\p{L})(?<!पल्स )rate (?:is |was |of |at |now )*$/u;
/** "One parameter at 3", "none of them reaches 3", "the oxygen another 2". */
const POINTS_BEFORE =
  /(?<!\p{L})(?:parameters?|readings?|vitals?|them|these|single|ones?) (?:at|on|of|with|reach(?:es|ed)?|scor(?:es|ed|ing)|is|takes|a) (?:a |an? full )?$|(?<!\p{L})another $/u;
/** "The rate stands at 24, four more than an hour ago". */
const CHANGE_AFTER = /^ (?:more|less|fewer|higher|lower|faster|slower|up|down)(?!\p{L})/u;
/** "11 is well past 7": the total begins its clause. */
const TOTAL_BEFORE = /(?:^|[.;,:!?।] ?|(?<!\p{L})(?:and|an?|the) )$/u;
const TOTAL_AFTER = /^ (?:is|are|means|asks|puts|belongs|calls|lies|falls|stands|makes|points?)(?!\p{L})/u;
/** The most that NEWS2 can come to. Source: Royal College of Physicians, NEWS2, 2017. */
const MOST_TOTAL = 20;
const SO_FAR = /(?<!\p{L})(?:so|thus|hence|now|yet|and|the|these|of|इसलिए|अभी) $/u;
function isMissing({ missing }: Facts, subject: Subject): boolean {
  return missing.some((one) => one === subject);
}

/** Whether a vital right before the number claims it: "the pulse of 62", "breathing is at 24". */
function isBeside(claim: NumberClaim, mentions: readonly SubjectMention[], text: string): boolean {
  const last = mentions.findLast(({ end }) => end <= claim.start);
  return (
    last !== undefined &&
    /^[\p{L}\p{M}\p{N}/%°. ]*$/u.test(text.slice(last.end, claim.start).replaceAll(MADE_FROM, ','))
  );
}

/** A bare number that the facts hold of the one thing that its words can mean. */
function isPlain(
  claim: NumberClaim,
  mentions: readonly SubjectMention[],
  equal: readonly Licence[],
  text: string,
): boolean {
  const before = text.slice(0, claim.start);
  const fits = (vitals: readonly Subject[]) =>
    equal.some((one) => one.vital !== null && vitals.includes(one.vital) && stands(one, claim, text));
  if (RATE_BEFORE.test(before)) return fits(['rr', 'hr']);
  if (CHANGE_AFTER.test(text.slice(claim.end))) return equal.some(({ as }) => as === 'change');
  if (POINTS_BEFORE.test(before))
    return equal.some(({ unit, as }) => unit === 'points' && as === 'current') && (claim.value ?? 0) <= 3;
  if (
    mentions.length === 0 &&
    /(?<!\p{L})(?:numbers?|values?|figures?|readings?|it|this|that|results?) (?:is|was|of|reads?|shows?|stands at|at) $/u.test(
      before,
    )
  )
    return false;
  // A pressure is told as a pair, and a number above any points is told by itself: the facts hold it as it stands.
  if ((claim.value ?? 0) > MOST_TOTAL) return equal.some((one) => stands(one, claim, text));
  if (TOTAL_BEFORE.test(before) && TOTAL_AFTER.test(text.slice(claim.end)) && fits(['news2'])) return true;
  if (SCORED_BEFORE.test(before) || SUM_AFTER.test(text.slice(claim.end))) return fits(['news2']);
  return false;
}

/** Words that speak on of what the sentence before named. */
const CARRYING = words('it|its|this|that|value|reading|figure|number|result|यह|इसका|इसकी|मान|रीडिंग');
const IMPLIED: { readonly [pattern: string]: Subject } = { breath: 'rr', beat: 'hr' };

/** "Scale 2" is a name; the facts tell which of the two scales is read. */
const SCALE_BEFORE = /(?<!\p{L})(?:scale|स्केल)\s?$/u;
/** Points that may stand without a name in the sentence: the total's, and those of what has no number. */
const WITHOUT_NUMBER: ReadonlySet<Subject> = new Set<Subject>(['news2', 'oxygen', 'consciousness']);

function judge(
  claim: NumberClaim,
  under: SentenceUnderTest,
  mentions: readonly SubjectMention[],
  all: readonly Licence[],
): Violation | null {
  const { text } = under.checked;
  const object = (rule: 'number' | 'unit', message: string): Violation => ({
    rule,
    start: claim.start,
    end: claim.end,
    message,
  });
  if (SCALE_BEFORE.test(text.slice(0, claim.start))) {
    const scale = under.facts.vitals.spo2_scale ?? 1;
    return claim.value === scale ? null : object('number', `SpO2 is read on scale ${scale}.`);
  }
  if (claim.value === null) return object('number', 'A vague number or a multiple is not in the facts.');
  const { value } = claim;
  const sentence = sentenceAround(text, claim.start);
  const within = text.slice(sentence.start, sentence.end + 1);
  const concentration = /\/ ?d?l$/u.test(text.slice(claim.end, claim.unitEnd));
  if ((claim.unit !== 'other' || concentration) && citedNumbers(under.facts, text).includes(value))
    return null;
  const unitText = text.slice(claim.end, claim.unitEnd);
  const implied = Object.entries(IMPLIED).find(([word]) => unitText.includes(word))?.[1];
  let subjects = implied === undefined ? subjectsOf(claim, mentions, text) : [implied];
  // "SpO2 98 % on air, rate 15": a rate by itself is of the breathing or of the pulse, whatever stands before.
  if (claim.unit === null && RATE_ALONE.test(text.slice(0, claim.start))) subjects = ['rr', 'hr'];
  if (subjects.length === 0 && under.carried !== undefined && has(within, CARRYING))
    subjects = [...under.carried];
  // "95/60": the second number of a pressure is the diastolic one.
  if (subjects.includes('sbp') && /\d ?\/ ?$/u.test(text.slice(0, claim.start))) subjects = ['dbp'];
  if (claim.unit === 'minutes' || claim.unit === 'hours')
    subjects = AGE_AFTER.test(text.slice(claim.unitEnd))
      ? mentions
          .filter(({ start, end }) => start >= sentence.start && end <= claim.start)
          .map(({ vital }) => vital)
      : [];
  if (COUNTED.test(unitText) || COUNTED_AFTER.test(text.slice(claim.end, sentence.end))) {
    const counts = countsOf(under.facts);
    if (counts.includes(value) || (value === 1 && under.facts.previous === null)) return null;
  }
  if (claim.unit === null && value === PARAMETERS && COUNTED_AFTER.test(text.slice(claim.end, sentence.end)))
    return null;
  const listed = new Set(
    mentions
      .filter(({ start, end }) => start >= sentence.start && end <= claim.start)
      .map(({ vital }) => vital),
  );
  if (
    claim.unit === null &&
    value > 1 &&
    value === listed.size &&
    ALL_BEFORE.test(text.slice(0, claim.start))
  )
    return null;
  if (claim.unit === null && value === 2 && PAIR_AFTER.test(text.slice(claim.end, sentence.end)))
    return under.facts.previous === null && !/^ (?:[\p{L}]+ )?pressures/u.test(text.slice(claim.end))
      ? object('number', 'There is only one set of readings.')
      : null;
  if (value === 0 && ZERO_BAND_AFTER.test(text.slice(claim.end))) {
    const said = mentions.filter(({ start, end }) => start >= sentence.start && end <= claim.start);
    const { news2 } = under.facts;
    const scores = said.some(
      ({ vital }) =>
        isApplicable(news2) && NEWS2_PARAMETERS.some((one) => one === vital && news2.points[one] !== 0),
    );
    return scores ? object('number', 'This reading takes points.') : null;
  }
  if (claim.unit === 'minutes' && value === 1 && has(within, COUNTING)) return null;
  if (claim.unit === 'points' && subjects.length === 0) {
    // "On scale 2, 90 % takes 2 points": a reading told by its number alone.
    const told = /(%|° ?c)[,\p{L}' -]* $/u.exec(text.slice(sentence.start, claim.start))?.[1];
    if (told !== undefined) subjects = [told === '%' ? 'spo2' : 'temp'];
  }
  const equal = all.filter((licence) => Math.abs(licence.value - value) < 1e-9);
  if (equal.length === 0) {
    if (isPointsOfAll(claim, text, under.facts)) return null;
    if (policyNumbers(under.facts).includes(value) && has(within, COMPARISON)) return null;
    return object('number', 'This number is not in the facts.');
  }
  if (isPointsOfAll(claim, text, under.facts)) return null;
  // "The value of 1.4" behind the sentence that named the index: nothing else has no unit and a decimal.
  if (subjects.length === 0 && claim.unit === null && !Number.isInteger(value))
    subjects = equal.some(({ vital }) => vital === 'shock_index') ? ['shock_index'] : [];
  if (subjects.length === 0 && claim.unit === null)
    return isPlain(claim, mentions, equal, text)
      ? null
      : object('number', 'A number must stand with its vital and its unit.');
  // Points without a vital are the total's, or those of oxygen and consciousness, which have no number.
  const own = equal.filter(({ vital, unit }) =>
    subjects.length === 0
      ? unit === claim.unit && (claim.unit !== 'points' || vital === null || WITHOUT_NUMBER.has(vital))
      : vital !== null && subjects.includes(vital),
  );
  if (own.length === 0 && claim.unit === null && value > MOST_TOTAL && !isBeside(claim, mentions, text)) {
    if (equal.some((one) => stands(one, claim, text))) return null;
  }
  // "2 points may not be all" of a set that lacks the temperature is said of the total.
  if (
    own.length === 0 &&
    claim.unit === 'points' &&
    value > 0 &&
    SO_FAR.test(text.slice(0, claim.start)) &&
    subjects.every((one) => isMissing(under.facts, one))
  )
    if (equal.some(({ vital }) => vital === 'news2')) return null;
  if (own.length === 0) {
    const told = vitalOfUnit(claim, mentions, text);
    if (equal.some((one) => one.vital === told && one.unit === claim.unit && stands(one, claim, text)))
      return null;
    return object('number', 'This number belongs to another vital.');
  }
  // A saturation falls by "7 points" as well as by 7 %.
  const isPointsOfSaturation = (one: Licence): boolean =>
    claim.unit === 'points' && one.vital === 'spo2' && one.as === 'change';
  const withUnit = own.filter(
    (one) => claim.unit === null || one.unit === claim.unit || isPointsOfSaturation(one),
  );
  if (withUnit.length === 0) return object('unit', 'This unit does not belong to the vital.');
  if (!withUnit.some((licence) => stands(licence, claim, text)))
    return object('number', 'This number is told as another reading (previous, limit or difference).');
  return null;
}

/** Where the second number of a range begins, its unit counts for the first as well ("4-6 hours"). */
function withRanges(claims: readonly NumberClaim[], text: string): NumberClaim[] {
  return claims.map((claim, index) => {
    const next = claims[index + 1];
    if (claim.unit !== null || next === undefined) return claim;
    const between = text.slice(claim.end, next.start);
    return /^ ?(?:-|to|or|\/) ?$/u.test(between) ? { ...claim, unit: next.unit } : claim;
  });
}

const BAND_AFTER = /^(?:\s?[^\s,;.]+)??\s?(?:bands?|ranges?|limits|targets?|बैंड|सीमा)(?![\p{L}\p{M}])/u;
const BAND_BEFORE = words(
  'inside|within|target(?: of| is)?|लक्ष्य|bands?(?: of| is| from)?|ranges?(?: of| is| from)?|बैंड|सीमा',
);

/** Claims that are the two limits of the band in which the reading of their vital lies ("the 21–24 band"). */
function ownBandLimits(
  claims: readonly NumberClaim[],
  mentions: readonly SubjectMention[],
  { checked: { text }, facts }: SentenceUnderTest,
): ReadonlySet<NumberClaim> {
  const limits = new Set<NumberClaim>();
  for (const [index, least] of claims.entries()) {
    const most = claims[index + 1];
    if (most === undefined || !/^ ?(?:-|to|से) ?$/u.test(text.slice(least.unitEnd, most.start))) continue;
    const before = text.slice(sentenceAround(text, least.start).start, least.start).trimEnd();
    if (
      !BAND_AFTER.test(text.slice(most.unitEnd)) &&
      !has(before.split(' ').slice(-2).join(' '), BAND_BEFORE)
    )
      continue;
    const subjects = subjectsOf(least, mentions, text);
    const own = NUMERIC_PARAMETERS.some((parameter) => {
      const band = facts.bands[parameter];
      if (band === undefined || band.least !== least.value || band.most !== most.value) return false;
      if (most.unit !== null && most.unit !== UNIT[parameter]) return false;
      return subjects.length === 0 ? most.unit !== null : subjects.includes(parameter);
    });
    if (own) limits.add(least).add(most);
  }
  return limits;
}

/** One parameter takes no more. Source: Royal College of Physicians, NEWS2, 2017. */
const MOST_POINTS = 3;
/** "oxygen takes 2": behind a verb of scoring a bare number is points. */
function withPoints(claims: readonly NumberClaim[], text: string): NumberClaim[] {
  return claims.map((claim) =>
    claim.unit === null &&
    claim.value !== null &&
    claim.value <= MOST_POINTS &&
    /(?<!\p{L})(?:takes?|took|scores?|scored|gives?|gave|adds?|added|gets?|got|earns?|contributes?|carries|counts?(?: for)?|brings?) (?:only |just |another |a further )?$/u.test(
      text.slice(0, claim.start),
    ) &&
    !/^ ?(?:of|\p{L}+ (?:per|a) )/u.test(text.slice(claim.end))
      ? { ...claim, unit: 'points' as const }
      : claim,
  );
}

export const numberRule: Rule = {
  name: 'number',
  check(under) {
    const { text } = under.checked;
    const claims = withPoints(withRanges(numberClaims(text), text), text);
    if (claims.length === 0) return [];
    const mentions = subjectsNamed(text);
    const all = licences(under.facts);
    const limits = ownBandLimits(claims, mentions, under);
    const shares = sharesOfTotal(claims, mentions, text, under.facts);
    // How many parameters do something is counted by the rule `contradiction`.
    const counted = countedStatements(text, under.facts);
    for (const [claim, holds] of [
      ...pointsListed(claims, mentions, text, under.facts),
      ...pointsTogether(claims, mentions, text, under.facts),
    ])
      shares.set(claim, holds);
    const isCounted = (claim: NumberClaim) =>
      counted.some(({ start, end }) => claim.start >= start && claim.end <= end);
    return claims
      .filter((claim) => !limits.has(claim) && !isCounted(claim))
      .map((claim): Violation | null => {
        const share = shares.get(claim);
        if (share === undefined) return judge(claim, under, mentions, all);
        const { start, end } = claim;
        return share ? null : { rule: 'number', start, end, message: 'The points are shared otherwise.' };
      })
      .filter((violation) => violation !== null);
  },
};
