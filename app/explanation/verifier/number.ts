/**
 * Rules `number` and `unit`: a number may appear only if the facts hold it, and must stand with its own vital and
 * unit. Source: verification rule 1 ("numbers that may appear").
 */
import { isApplicable, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { type NumberClaim, numberClaims } from './claims.ts';
import { countedStatements } from './count-of-parameters.ts';
import { type Licence, licences, type Subject } from './licences.ts';
import { isMultipleTold } from './multiple-told.ts';
import { isPlain, MOST_TOTAL, RATE_ALONE } from './number-bare.ts';
import { ALL_BEFORE, COUNTED, COUNTED_AFTER, countsOf, PAIR_AFTER, PARAMETERS } from './number-counted.ts';
import { isToldWrongly } from './number-denied.ts';
import { AGE_AFTER, COMPARISON, stands } from './number-placed.ts';
import { isBeside, MOST_POINTS, subjectsOf, vitalOfUnit } from './number-subject.ts';
import { isToldRightly } from './number-told.ts';
import { ownBandLimits } from './own-band.ts';
import { placedNumber } from './placed-number.ts';
import { pointsListed, pointsTogether } from './points-listed.ts';
import { isPointsOfAll } from './points-of-all.ts';
import { sharesOfTotal } from './points-shared.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { has, sentenceAround, words } from './text.ts';
import { type SubjectMention, subjectsNamed } from './vitals-named.ts';

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

/** "Count the breaths for one minute": how long a nurse counts. Source: NEWS2, respiration rate over a minute. */
const COUNTING = words('count(?:ed|ing)?|feel|listen|गिन[\\p{L}\\p{M}]*|gin|ginkar|ginein|ginen');

/** "In the zero band": no points. Of several at once it is counted. */
const ZERO_BAND_AFTER = /^(?: points?)?[ -](?:bands?|zones?|columns?)(?!\p{L})/u;

const SO_FAR = /(?<!\p{L})(?:so|thus|hence|now|yet|and|the|these|of|इसलिए|अभी) $/u;

function isMissing({ missing }: Facts, subject: Subject): boolean {
  return missing.some((one) => one === subject);
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
        const { start, end } = claim;
        const placed = placedNumber(claim, claims, mentions, text, under.facts);
        if (placed !== null && isToldWrongly(placed))
          return { rule: 'number', start, end, message: 'The record holds another number of this.' };
        const share = shares.get(claim);
        if (share === false)
          return { rule: 'number', start, end, message: 'The points are shared otherwise.' };
        if (share === true) return null;
        const objection = judge(claim, under, mentions, all);
        if (objection?.rule !== 'number') return objection;
        const isRight =
          placed === null ? isMultipleTold(claim, mentions, text, under.facts) : isToldRightly(placed);
        return isRight ? null : objection;
      })
      .filter((violation) => violation !== null);
  },
};
