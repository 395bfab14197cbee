/**
 * Part of the rule `number`: a number whose words leave it one meaning only, while the record holds another. It is
 * denied whatever else the number could be elsewhere: "pulse down by 38" where it went up by 38, "from 112 up to 97",
 * "oxygen 3" in a list of points, "at least 5" of a total that is at least 6.
 * Source: verification rules 1, 3 and 8.
 */
import { isApplicable, leastTotal, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { isConditional } from './context.ts';
import { isCountDenied } from './count-told.ts';
import { isCourseDenied } from './course-told.ts';
import { isDifferenceDenied } from './difference-told.ts';
import type { PlacedNumber } from './placed-number.ts';
import { isOneOfSomeDenied, isPointsEachDenied } from './points-told.ts';
import { clauseAround, has, words } from './text.ts';
import { isTimeDenied } from './time-between.ts';
import type { NamedVital } from './vitals-named.ts';

const GOES_UP = /(?:up to|बढ़ ?कर|चढ़ ?कर)/u;
const GOES_DOWN = /(?:down to|घट ?कर|गिर ?कर|उतर ?कर)/u;
const JOINS_ENDS =
  /^ ?[\p{L}%°/]{0,8} ?(?:[\p{L}]{1,4} )?(?:up to|down to|(?:से |se )?(?:बढ़|चढ़|घट|गिर|उतर) ?कर)(?: now| only| just| अब)? ?$/u;

/** "From 112 up to 97": arithmetic alone denies it. */
function isCourseTurned({ claim, claims, text, value }: PlacedNumber): boolean {
  const before = claims[claims.findIndex(({ start }) => start === claim.start) - 1];
  if (before === undefined || before.value === null || before.unit === 'minutes' || before.unit === 'hours')
    return false;
  const between = text.slice(before.end, claim.start).normalize('NFKC');
  if (!new RegExp(JOINS_ENDS.source.normalize('NFKC'), 'u').test(between)) return false;
  return (
    (new RegExp(GOES_UP.source.normalize('NFKC'), 'u').test(between) && value <= before.value) ||
    (new RegExp(GOES_DOWN.source.normalize('NFKC'), 'u').test(between) && value >= before.value)
  );
}

const FROM_BEFORE = /(?<!\p{L})(up|down|risen|fallen|climbed|dropped|higher|lower) from $/u;
function readingBefore({ previous }: Facts, vital: NamedVital): number | null {
  if (previous === null) return null;
  switch (vital) {
    case 'temp':
      return previous.vitals.temp_c ?? null;
    case 'map':
    case 'shock_index':
    case 'news2':
      return null;
    default:
      return previous.vitals[vital] ?? null;
  }
}
/** "Pulse now 113, up from 95": where it came from is the reading before of the same vital. */
function isOriginDenied({ before, claim, value, mentions, facts }: PlacedNumber): boolean {
  if (!FROM_BEFORE.test(before) || claim.unit === 'minutes' || claim.unit === 'hours') return false;
  const vital = mentions.findLast(({ end }) => end <= claim.start)?.vital;
  if (vital === undefined || vital === 'oxygen' || vital === 'consciousness' || vital === 'qsofa')
    return false;
  const then = readingBefore(facts, vital);
  const rang = facts.trigger?.change?.from ?? null;
  return then !== null && then !== value && rang !== value;
}

/** One parameter takes no more. Source: Royal College of Physicians, NEWS2, 2017. */
const MOST_POINTS = 3;
/** "Oxygen 3", "the oxygen another 1", "temperature 1": a bare small number beside what has no such reading. */
const BESIDE =
  /^(?: (?:itself|alone|also|another|gives?|takes?|scores?|adds?|brings?|with|for|का|के|की|पर|को))* $|^ ?[:=] ?$/u;
function isPointsDenied({ claim, value, text, mentions, facts, after }: PlacedNumber): boolean {
  if (!isApplicable(facts.news2) || claim.unit !== null || value > MOST_POINTS) return false;
  const beside = mentions.findLast(({ end }) => end <= claim.start);
  const parameter = NEWS2_PARAMETERS.find((one) => one === beside?.vital);
  if (beside === undefined || parameter === undefined || parameter === 'rr') return false;
  if (!BESIDE.test(text.slice(beside.end, claim.start))) return false;
  // "SpO2 2 बढ़ा", "pulse 2 lower", "temperature 1 of the 7": no points of the parameter alone.
  if (!/^(?: ?(?:$|[,.;!)।]|points?|अंक|and |और |each))/u.test(after)) return false;
  const points = facts.news2.points[parameter];
  return points !== undefined && points !== null && points !== value;
}

const LEAST_BEFORE = new RegExp(
  /^[^\p{L}]*(?:(?:the|this|its|a|and|so|but|yet|अभी|वह|यह|तो) )*(?:(?:score|total|news ?2|sum|lower bound|स्कोर|कुल|कुल स्कोर|it) )?(?:(?:is|of|stands at|comes to|now|still|therefore|अभी|वह|यह|है) )*(?:at least|not less than|no less than|कम से कम|न्यूनतम) $/u.source.normalize(
    'NFKC',
  ),
  'u',
);
const NOT_OF_TOTAL = words('minutes?|hours?|hourly|times|घंटे|मिनट|बार|parameters?|readings?|of');
/** "At least 5" of an incomplete total whose lower bound is 6. */
function isBoundDenied({ claim, value, text, after, facts }: PlacedNumber): boolean {
  const { news2 } = facts;
  if (!isApplicable(news2) || news2.complete || (claim.unit !== null && claim.unit !== 'points'))
    return false;
  const clause = clauseAround(text, claim.start);
  return (
    LEAST_BEFORE.test(text.slice(clause.start, claim.start)) &&
    !has(after.split(' ').slice(0, 2).join(' '), NOT_OF_TOTAL) &&
    leastTotal(news2) !== value
  );
}

/** Whether the words allow the number one meaning only, which the record does not hold. */
export function isToldWrongly(placed: PlacedNumber): boolean {
  if (isConditional(placed.text, placed.claim.start)) return false;
  return [
    isDifferenceDenied,
    isCourseTurned,
    isCourseDenied,
    isCountDenied,
    isTimeDenied,
    isOriginDenied,
    isPointsDenied,
    isPointsEachDenied,
    isOneOfSomeDenied,
    isBoundDenied,
  ].some((denied) => denied(placed));
}
