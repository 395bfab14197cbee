/**
 * Rules `number` and `unit`: a number may appear only if the facts hold it, and must stand with its own vital and
 * unit. Source: verification rule 1 ("numbers that may appear").
 */

import { isApplicable, type Score } from '../../scoring/score.ts';
import { type Facts, isNumericParameter, NUMERIC_PARAMETERS } from '../facts.ts';
import { type ClaimUnit, type NumberClaim, numberClaims } from './claims.ts';
import type { Rule, SentenceUnderTest, Violation } from './rule.ts';
import { clauseAround, has, sentenceAround, words } from './text.ts';
import { type Mention, type NamedVital, vitalsNamed } from './vitals-named.ts';

/** A number that the facts license, with what it must stand with. */
interface Licence {
  readonly value: number;
  readonly unit: ClaimUnit;
  /** Null: a time or a policy number, which belongs to no vital. */
  readonly vital: NamedVital | null;
  /** `previous` needs a word that says so; `limit` a comparison; `change` a "by"; `elapsed` an "ago". */
  readonly as: 'current' | 'previous' | 'limit' | 'change' | 'elapsed';
}

const UNIT: { readonly [vital in NamedVital]: ClaimUnit } = {
  rr: 'per-minute',
  hr: 'per-minute',
  spo2: 'percent',
  sbp: 'mmHg',
  dbp: 'mmHg',
  map: 'mmHg',
  temp: 'celsius',
  shock_index: null,
  news2: 'points',
};

const PREVIOUS = words(
  'from|previous(?:ly)?|earlier|before|was|were|last|prior|ago|had been|initially|पहले|था|थी|पिछल(?:ा|ी|े)',
);
const STRONGLY_PREVIOUS = words('from|previous(?:ly)?|earlier|पहले|पिछल(?:ा|ी|े)');
const NOW = words('to|now|currently|is|are|at present|अब|है|बढ़कर|घटकर');
const COMPARISON = words(
  'above|over|below|under|more than|less than|greater than|at least|at most|higher than|lower than|exceed(?:s|ing)?|between|limit(?: of)?|threshold(?: of)?|up to|से (?:अधिक|कम|ऊपर|नीचे)',
);
const COMPARISON_AFTER =
  /^\s?(?:\S+ )?(?:or (?:more|less|above|below|over|under|higher|lower)|से (?:अधिक|कम|ऊपर|नीचे))/u;
/** "26/min an hour ago" tells of the reading before, whatever verb it has. */
const EARLIER_AFTER = /^(?:\s?[^\s,;]+){0,4}?\s?(?:ago|earlier|previously|beforehand|पहले)(?![\p{L}\p{M}])/u;
/** The time between two readings is no time limit: "within 1 hour" is the chart's to say. */
const PASSED = words('in|over|during|past|last|since|for|after|पिछले');
const BY = words(
  'by|change of|difference of|drop of|fall of|rise of|increase of|decrease of|higher|lower|more|less',
);
/** Times of the NEWS2 response table for the band in force. Source: Royal College of Physicians, 2017. */
const MONITORING_HOURS = { '12h': [12], '4-6h': [4, 6], '1h': [1], continuous: [] } as const;

function scoreLicences(score: Score, as: 'current' | 'previous'): Licence[] {
  if (!isApplicable(score)) return [];
  const total = score.complete ? score.total : score.min_total;
  return [{ value: total, unit: 'points', vital: 'news2', as }];
}

function licences(facts: Facts): Licence[] {
  const list: Licence[] = [...scoreLicences(facts.news2, 'current')];
  const add = (value: number | null | undefined, vital: NamedVital, as: Licence['as']) => {
    if (value !== null && value !== undefined) list.push({ value, unit: UNIT[vital], vital, as });
  };
  const { vitals, previous, derived, assessment } = facts;
  for (const [set, as] of [
    [vitals, 'current'] as const,
    ...(previous ? [[previous.vitals, 'previous'] as const] : []),
  ]) {
    add(set.rr, 'rr', as);
    add(set.spo2, 'spo2', as);
    add(set.sbp, 'sbp', as);
    add(set.dbp, 'dbp', as);
    add(set.hr, 'hr', as);
    add(set.temp_c, 'temp', as);
  }
  add(derived.map, 'map', 'current');
  add(derived.shock_index, 'shock_index', 'current');
  for (const { parameter, difference } of facts.changes) add(difference, parameter, 'change');
  for (const parameter of NUMERIC_PARAMETERS) {
    const band = facts.bands[parameter];
    if (band === undefined) continue;
    const step = parameter === 'temp' ? 0.1 : 1;
    // "above 38.0" and "38.1 or more" name the same limit.
    for (const limit of [
      band.least,
      band.least === null ? null : band.least - step,
      band.most,
      band.most === null ? null : band.most + step,
    ])
      add(limit === null ? null : Math.round(limit * 10) / 10, parameter, 'limit');
  }
  if (isApplicable(facts.news2))
    for (const [parameter, points] of Object.entries(facts.news2.points))
      for (const vital of NUMERIC_PARAMETERS)
        if (vital === parameter && points !== undefined)
          list.push({ value: points, unit: 'points', vital, as: 'current' });
  for (const { parameter, points } of facts.drivers)
    if (!isNumericParameter(parameter))
      list.push({ value: points, unit: 'points', vital: null, as: 'current' });
  if (facts.previousNews2 !== null) list.push(...scoreLicences(facts.previousNews2, 'previous'));
  if (previous !== null) {
    list.push({ value: Math.round(previous.minutes_ago), unit: 'minutes', vital: null, as: 'elapsed' });
    list.push({ value: previous.minutes_ago / 60, unit: 'hours', vital: null, as: 'elapsed' });
  }
  if (assessment !== null) {
    for (const value of MONITORING_HOURS[assessment.min_monitoring])
      list.push({ value, unit: 'hours', vital: null, as: 'current' });
    if (assessment.response === 'emergency')
      list.push({ value: 30, unit: 'minutes', vital: null, as: 'current' });
    if (assessment.response === 'urgent') {
      list.push({ value: 1, unit: 'hours', vital: null, as: 'current' });
      list.push({ value: 60, unit: 'minutes', vital: null, as: 'current' });
    }
  }
  // The age from which the score applies, where that is why there is none.
  if (!isApplicable(facts.news2) && facts.news2.reason === 'under-16')
    list.push({ value: 16, unit: null, vital: 'news2', as: 'current' });
  return list;
}

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

/** A number belongs to the vital named before it in the sentence; else to one named right behind it. */
function subjectOf(claim: NumberClaim, mentions: readonly Mention[], text: string): NamedVital | null {
  const sentence = sentenceAround(text, claim.start);
  const before = mentions.findLast(({ start, end }) => start >= sentence.start && end <= claim.start);
  if (before !== undefined) return before.vital;
  const clause = clauseAround(text, claim.start);
  return mentions.find(({ start, end }) => start >= claim.end && end <= clause.end)?.vital ?? null;
}

/** Whether the words round a number allow the licence to be used there. */
function stands(licence: Licence, claim: NumberClaim, text: string): boolean {
  const sentence = sentenceAround(text, claim.start);
  const before = text.slice(sentence.start, claim.start);
  const close = before.split(' ').slice(-5).join(' ');
  const after = text.slice(claim.unitEnd, sentence.end);
  const marker = (pattern: RegExp) => Math.max(-1, ...[...close.matchAll(pattern)].map(({ index }) => index));
  switch (licence.as) {
    case 'limit':
      return has(close, COMPARISON) || COMPARISON_AFTER.test(after);
    case 'change':
      return has(close, BY) || /^\s?(?:higher|lower|more|less|से)/u.test(after);
    case 'previous':
      return (
        EARLIER_AFTER.test(after) || marker(PREVIOUS) > marker(NOW) || /^\s?(?:था|थी|से|पहले)/u.test(after)
      );
    case 'elapsed':
      return EARLIER_AFTER.test(after) || has(close, PASSED);
    case 'current':
      return (
        licence.vital === null || (marker(STRONGLY_PREVIOUS) <= marker(NOW) && !EARLIER_AFTER.test(after))
      );
  }
}

const IMPLIED: { readonly [pattern: string]: NamedVital } = { breath: 'rr', beat: 'hr' };

function judge(
  claim: NumberClaim,
  under: SentenceUnderTest,
  mentions: readonly Mention[],
  all: readonly Licence[],
): Violation | null {
  const { text } = under.checked;
  const object = (rule: 'number' | 'unit', message: string): Violation => ({
    rule,
    start: claim.start,
    end: claim.end,
    message,
  });
  if (claim.value === null) return object('number', 'A vague number or a multiple is not in the facts.');
  const { value } = claim;
  const sentence = sentenceAround(text, claim.start);
  const within = text.slice(sentence.start, sentence.end + 1);
  if (claim.unit !== 'other' && citedNumbers(under.facts, text).includes(value)) return null;
  const unitText = text.slice(claim.end, claim.unitEnd);
  const implied = Object.entries(IMPLIED).find(([word]) => unitText.includes(word))?.[1];
  let subject = implied ?? subjectOf(claim, mentions, text);
  // "95/60": the second number of a pressure is the diastolic one.
  if (subject === 'sbp' && /\d ?\/ ?$/u.test(text.slice(0, claim.start))) subject = 'dbp';
  if (claim.unit === 'minutes' || claim.unit === 'hours') subject = null;
  const equal = all.filter((licence) => Math.abs(licence.value - value) < 1e-9);
  if (equal.length === 0) {
    if (policyNumbers(under.facts).includes(value) && has(within, COMPARISON)) return null;
    return object('number', 'This number is not in the facts.');
  }
  if (subject === null && claim.unit === null)
    return object('number', 'A number must stand with its vital and its unit.');
  // Points without a vital are the total's, or those of oxygen and consciousness, which have no number.
  const own = equal.filter(({ vital, unit }) =>
    subject === null
      ? unit === claim.unit && (claim.unit !== 'points' || vital === null || vital === 'news2')
      : vital === subject,
  );
  if (own.length === 0) return object('number', 'This number belongs to another vital.');
  const withUnit = own.filter(({ unit }) => claim.unit === null || unit === claim.unit);
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

export const numberRule: Rule = {
  name: 'number',
  check(under) {
    const { text } = under.checked;
    const mentions = vitalsNamed(text);
    const all = licences(under.facts);
    return withRanges(numberClaims(text), text)
      .map((claim) => judge(claim, under, mentions, all))
      .filter((violation) => violation !== null);
  },
};
