/**
 * Part of the rule `number`: the size of a difference, told with its direction: "pulse up 16", "the systolic down by
 * 28", "two points more than before", "five short of the limit". The direction must be the record's.
 */
import { leastTotal } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { UNIT } from './licences.ts';
import type { PlacedNumber } from './placed-number.ts';
import type { NamedVital } from './vitals-named.ts';

type Way = 'up' | 'down';

const UP =
  'up|rose|risen|rise|climb(?:ed)?|gain(?:ed)?|grew|grown|increased?|jump(?:ed)?|higher|added|went up|gone up|come up|came up';
const DOWN =
  'down|fell|fallen|fall|drop(?:ped)?|lost|loss|lower(?:ed)?|decreased?|decline[sd]?|slowed|shed|sunk|sank|slipped|went down|gone down|come down|came down';
const WORDS_BETWEEN = '(?: of| by| in all| about| roughly| a further| another| some)*';
const BEFORE: readonly (readonly [Way, RegExp])[] = [
  ['up', new RegExp(`(?<!\\p{L})(?:${UP})${WORDS_BETWEEN} $`, 'u')],
  ['down', new RegExp(`(?<!\\p{L})(?:${DOWN})${WORDS_BETWEEN} $`, 'u')],
];
const AFTER: readonly (readonly [Way, RegExp])[] = [
  [
    'up',
    /^ ?(?:points? |beats |breaths )?(?:up|higher|more|faster|quicker|warmer|hotter|above(?= (?:where|what|the (?:last|previous|earlier)))|अधिक|ज़्यादा|ऊपर|तेज़|(?:तक |की वृद्धि|से )?बढ़[\p{L}\p{M}]*)(?![\p{L}\p{M}])/u,
  ],
  [
    'down',
    /^ ?(?:points? |beats |breaths )?(?:down|lower|less|fewer|slower|cooler|colder|below(?= (?:where|what|the (?:last|previous|earlier)))|कम|नीचे|(?:की )?(?:घट|गिर|उतर)[\p{L}\p{M}]*)(?![\p{L}\p{M}])/u,
  ],
];
const AFTER_PLAIN = AFTER.map(
  ([way, pattern]) => [way, new RegExp(pattern.source.normalize('NFKC'), 'u')] as const,
);

/** Between two sets every number has one difference; the score's counts only where both are whole. */
function differenceOf(facts: Facts, vital: NamedVital): number | null {
  const { previous, vitals } = facts;
  if (previous === null) return null;
  const less = (now: number | null | undefined, then: number | null | undefined) =>
    now === null || now === undefined || then === null || then === undefined
      ? null
      : Math.round((now - then) * 10) / 10;
  switch (vital) {
    case 'temp':
      return less(vitals.temp_c, previous.vitals.temp_c);
    case 'news2':
      return facts.previousNews2 === null || !('complete' in facts.news2) || !facts.news2.complete
        ? null
        : 'complete' in facts.previousNews2 && facts.previousNews2.complete
          ? less(leastTotal(facts.news2), leastTotal(facts.previousNews2))
          : null;
    case 'map':
    case 'shock_index':
      return null;
    default:
      return less(vitals[vital], previous.vitals[vital]);
  }
}

/** What stands by itself: "rate up 4" is of the breathing or of the pulse. */
const RATE = /(?<!\p{L})rates? $/u;
const OF_UNIT: { readonly [unit: string]: readonly NamedVital[] } = {
  mmHg: ['sbp', 'dbp'],
  celsius: ['temp'],
  percent: ['spo2'],
  points: ['news2'],
};

/** The vital named last before the number and behind the number before, else the one that its unit tells. */
function vitalsOf({ mentions, claim, from, before, text }: PlacedNumber): readonly NamedVital[] {
  const named = mentions.findLast(({ start, end }) => start >= from && end <= claim.start);
  const direction = before.replace(/(?:[\p{L}]+ ){1,4}$/u, (words) =>
    /^rate /u.test(words) ? 'rate ' : words,
  );
  if (named !== undefined) {
    if (named.vital === 'oxygen' || named.vital === 'consciousness' || named.vital === 'qsofa') return [];
    return [named.vital];
  }
  const behind = mentions.find(({ start }) => start >= claim.unitEnd);
  if (behind !== undefined && /^ (?:in|of) (?:the )?$/u.test(text.slice(claim.unitEnd, behind.start)))
    return NUMBERED.filter((one) => one === behind.vital);
  if (RATE.test(direction)) return ['rr', 'hr'];
  const unitText = text.slice(claim.end, claim.unitEnd);
  if (/beat/u.test(unitText)) return ['hr'];
  if (/breath/u.test(unitText)) return ['rr'];
  return claim.unit === null ? [] : (OF_UNIT[claim.unit] ?? []);
}

function fitsUnit({ unit }: PlacedNumber['claim'], vital: NamedVital): boolean {
  return unit === null || unit === UNIT[vital] || (unit === 'points' && vital === 'spo2');
}

/** "Five short of the limit of 65", "two above the threshold". */
const SHORT =
  /^ ?(?:mm ?hg |points? )?(?:short of|below|under|beneath) (?:the |its |this )?(?:[\p{L}']+ )?(?:limit|threshold|cut-?off|mark)/u;
const PAST =
  /^ ?(?:mm ?hg |points? )?(?:above|over|past|beyond) (?:the |its |this )?(?:[\p{L}']+ )?(?:limit|threshold|cut-?off|mark)/u;
const FROM_NUMBER =
  /^ ?(?:mm ?hg |points? )?(below|under|short of|beneath|above|over|past|beyond) (?:the |its |this )?(?:[\p{L}']+ ){0,3}(?:of |at )?$/u;
function isDistanceFromLimit({ facts, value, after, claim, claims, text, mentions }: PlacedNumber): boolean {
  const { trigger } = facts;
  if (trigger !== null && trigger.value !== null && trigger.threshold !== null) {
    const past = Math.round((trigger.value - trigger.threshold) * 100) / 100;
    if ((SHORT.test(after) && past === -value) || (PAST.test(after) && past === value && value > 0))
      return true;
  }
  // "Five above the threshold of 7": the limit is told as well, and is judged by itself.
  const limit = claims.find(({ start }) => start > claim.start);
  const way = FROM_NUMBER.exec(text.slice(claim.unitEnd, limit?.start ?? claim.unitEnd))?.[1];
  if (limit === undefined || limit.value === null || way === undefined) return false;
  const signed = /below|under|short|beneath/u.test(way) ? -value : value;
  const named = mentions.findLast(({ end }) => end <= claim.start)?.vital ?? 'news2';
  const now =
    named === 'map'
      ? facts.derived.map
      : named === 'news2'
        ? leastTotal(facts.news2)
        : readingNow(facts, named);
  return now !== null && Math.round((now - limit.value) * 10) / 10 === signed;
}
function readingNow({ vitals }: Facts, named: string): number | null {
  return named === 'temp'
    ? (vitals.temp_c ?? null)
    : named === 'rr' || named === 'spo2' || named === 'sbp' || named === 'dbp' || named === 'hr'
      ? (vitals[named] ?? null)
      : null;
}

/** How the words say that the vital moved, where they stand beside the number. */
function wayTold({ before, after }: PlacedNumber): Way | undefined {
  return (
    BEFORE.find(([, pattern]) => pattern.test(before))?.[0] ??
    AFTER_PLAIN.find(([, pattern]) => pattern.test(after))?.[0]
  );
}

/** What tells nothing but a difference: not "up from", and not a reading that is "कम". */
const SURELY_AFTER: readonly (readonly [Way, RegExp])[] = [
  [
    'up',
    /^ ?(?:points? |beats |breaths )?(?:higher|faster|warmer|more) than (?:(?:in|at|on) )?(?:the |an |its )?(?:previous|last|before|earlier|hour|\d+ minutes)|^ (?:बढ़|चढ़)[ाीे](?! हु)(?![\p{L}\p{M}])/u,
  ],
  [
    'down',
    /^ ?(?:points? |beats |breaths )?(?:lower|slower|cooler|less|fewer) than (?:(?:in|at|on) )?(?:the |an |its )?(?:previous|last|before|earlier|hour|\d+ minutes)|^ (?:घट|गिर|उतर)[ाीे](?! हु)(?![\p{L}\p{M}])/u,
  ],
];
const SURELY_AFTER_PLAIN = SURELY_AFTER.map(
  ([way, pattern]) => [way, new RegExp(pattern.source.normalize('NFKC'), 'u')] as const,
);
/** A rule's own limit ("a fall of 3 % or more") is no difference of this patient. */
const GENERAL = /(?:or more|or greater|at least|more than|less than|limit|threshold|target|policy|\[p\d)/u;

/** "Pulse down by 38" where it went up by 38, or down by 30. */
export function isDifferenceDenied(placed: PlacedNumber): boolean {
  const { claim, value, facts, before, after, mentions, from, text, sentence } = placed;
  if (claim.unit === 'minutes' || claim.unit === 'hours' || claim.unit === 'other') return false;
  const way =
    BEFORE.find(([, pattern]) => pattern.test(before))?.[0] ??
    SURELY_AFTER_PLAIN.find(([, pattern]) => pattern.test(after))?.[0];
  if (way === undefined || GENERAL.test(text.slice(sentence.start, sentence.end))) return false;
  const behind = mentions.find(({ start }) => start >= claim.unitEnd);
  const isNamedBefore = mentions.some(({ start, end }) => start >= from && end <= claim.start);
  // "A fall of 9 in the breathing rate": named behind.
  const vitals = isNamedBefore
    ? vitalsOf(placed)
    : behind !== undefined && /^ (?:in|of) (?:the )?$/u.test(text.slice(claim.unitEnd, behind.start))
      ? NUMBERED.filter((one) => one === behind.vital)
      : [];
  const signed = way === 'up' ? value : -value;
  const known = vitals.map((vital) => [vital, differenceOf(facts, vital)] as const);
  return (
    known.length > 0 &&
    known.every(
      ([vital, difference]) => difference !== null && difference !== signed && !isRung(facts, vital, value),
    )
  );
}
const NUMBERED: readonly NamedVital[] = ['rr', 'spo2', 'sbp', 'dbp', 'hr', 'temp', 'news2'];
/** What made the alert ring was measured over another time than the two sets. */
function isRung({ trigger, trends }: Facts, vital: NamedVital, value: number): boolean {
  if (trigger?.rule === 'news2-rise' && vital === 'news2') return true;
  if (trends.some(({ parameter }) => parameter === vital)) return true;
  return trigger?.change !== null && trigger?.change !== undefined && trigger.value === value;
}

/** Whether a difference is told that the two sets hold, in the direction that they hold it. */
export function isDifferenceTold(placed: PlacedNumber): boolean {
  const { claim, value, facts } = placed;
  if (claim.unit === 'minutes' || claim.unit === 'hours' || claim.unit === 'other' || value === 0)
    return false;
  if (isDistanceFromLimit(placed)) return true;
  const way = wayTold(placed);
  if (way === undefined) return false;
  const signed = way === 'up' ? value : -value;
  return vitalsOf(placed).some((vital) => fitsUnit(claim, vital) && differenceOf(facts, vital) === signed);
}
