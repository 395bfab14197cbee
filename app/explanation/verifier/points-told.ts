/**
 * Part of the rule `number`: points of what is named beside them, each or together, and their total ("breathing and
 * pulse bring 2 each", "1 each for oxygen and temperature", "3 + 2 + 1", "together they make 8"). What is named must
 * take exactly that.
 */
import { isApplicable, leastTotal, NEWS2_PARAMETERS, type News2Parameter } from '../../scoring/score.ts';
import type { PlacedNumber } from './placed-number.ts';
import { clauseAround, has, words } from './text.ts';

/** One parameter takes no more. Source: Royal College of Physicians, NEWS2, 2017. */
const MOST_POINTS = 3;
const EACH_AFTER = /^(?: points?| अंक)?,? ?(?:each|apiece|per parameter)(?!\p{L})/u;
const EACH_BEFORE = words(
  'each|both|every(?: one)?(?: of (?:them|these|those))?|all|हर एक|प्रत्येक|एक-एक|दोनों|तीनों|सभी',
);
const SUM = words(
  'together|between them|in all|combined|add(?:s|ed)? up|sum(?:s)?(?: up)?|make(?:s)? up|come(?:s)? to|total|jointly|मिलकर|मिलाकर|कुल',
);
/** A number that says how a reading moved, or which value it has, is no points. */
const READ =
  /(?<!\p{L})(?:at|is|was|are|were|of|from|to|by|reads?|up|down|now|then|than|rose|fell|about|से|था|थी) (?:now )?$/u;
const MOVED_AFTER =
  /^ ?(?:higher|lower|more|less|up|down|faster|slower|warmer|cooler|to |से |बढ़|घट|गिर|कम|अधिक)/u;
const POINTS_WORD =
  /(?:points?|scores?|scor(?:ed|ing)|scoring|total|each|apiece|brings?|gives?|adds?|carr(?:y|ies)|contributes?|takes?|earns?|accounts? for|with|अंक|स्कोर|कुल|\+)/u;
const HOW_READ = /(?:on|with|without|despite|receiving|off) $/u;
const FOR_AFTER =
  /^(?: points?| अंक)?(?: each)?,? (?:go(?:es)? to|for|from|by|to|belong(?:s)? to|come(?:s)? from|due to|on|is from|are from|in) (?:the |its )?$/u;

/** Parameters named in a stretch of the text; "saturation on oxygen" names only the saturation. */
function namedIn({ mentions, text }: PlacedNumber, start: number, end: number): News2Parameter[] {
  const within = mentions.filter((one) => one.start >= start && one.end <= end);
  return NEWS2_PARAMETERS.filter((parameter) =>
    within.some(
      ({ vital, start: at }, index) =>
        vital === parameter && !(vital === 'oxygen' && index > 0 && HOW_READ.test(text.slice(0, at))),
    ),
  );
}

/** What the points are told of: the list before the number, or the list that follows with "for". */
function groupOf(placed: PlacedNumber): News2Parameter[] {
  const { claim, text, from, to, mentions } = placed;
  const first = mentions.find(({ start }) => start >= claim.unitEnd);
  const end = Math.min(to, claim.unitEnd + (/[:(]/u.exec(text.slice(claim.unitEnd, to))?.index ?? to));
  if (first !== undefined && FOR_AFTER.test(text.slice(claim.end, first.start)))
    return namedIn(placed, claim.unitEnd, end);
  const stretch = text.slice(from, claim.start);
  // "स्कोर 8 है: साँस 3": behind a colon or "while" a new list begins.
  const cut = Math.max(
    stretch.lastIndexOf(':'),
    stretch.lastIndexOf(' while '),
    stretch.lastIndexOf(' but '),
  );
  const group = namedIn(placed, from + Math.max(0, cut), claim.start);
  // "Systolic 95 and pulse 118 score the same, 2 each": the readings stand between.
  return group.length === 0 && EACH_AFTER.test(text.slice(claim.end))
    ? namedIn(placed, placed.sentence.start, claim.start)
    : group;
}

/** "Three values score, 3 each", "five of them score 3": of those that were just counted. */
const COUNTED_BETWEEN = new RegExp(
  /^(?: of (?:the|them|these|those))?(?: (?:parameters?|readings?|values?|vitals?|मान|पैरामीटर|रीडिंग))?(?: each)?(?: (?:scores?|takes?|gives?|brings?|adds?|gets?|have|has|carry|are at|stand at|lie at|sit at|are))?(?: a)? $/u.source.normalize(
    'NFKC',
  ),
  'u',
);
function isEachOfScoring({ value, text, claim, claims, facts, mentions, from }: PlacedNumber): boolean {
  if (mentions.some(({ start, vital }) => start >= from && start < claim.start && vital !== 'news2'))
    return false;
  const before = claims.filter(({ start }) => start < claim.start);
  // "Six of seven parameters are at 0": six are counted, and seven are all.
  const last = before.at(-1);
  const isAll = last !== undefined && /(?<!\p{L})of (?:the |its )?$/u.test(text.slice(0, last.start));
  const counted = isAll ? before.at(-2) : last;
  const { news2 } = facts;
  if (!isApplicable(news2)) return false;
  const scoring = NEWS2_PARAMETERS.filter((one) => news2.points[one] === value).length;
  const between = text.slice(last?.end ?? claim.start, claim.start);
  if (counted !== undefined && between.length > 1 && COUNTED_BETWEEN.test(between))
    return counted.value === scoring;
  const around = text.slice(from, claim.start);
  const isEach = EACH_AFTER.test(text.slice(claim.end)) || (has(around, EACH_BEFORE) && !has(around, SUM));
  return isEach && value > 0 && scoring > 0 && scoring === facts.drivers.length;
}

/** Points of one parameter, of each of several, or of several together. */
function isOfGroup(placed: PlacedNumber): boolean {
  const { claim, value, text, before, after, facts, from, sentence } = placed;
  if (!isApplicable(facts.news2)) return false;
  const { points } = facts.news2;
  const group = groupOf(placed);
  if (group.length === 0 || group.some((one) => (points[one] ?? null) === null)) return false;
  const told = text.slice(from, claim.start);
  if (claim.unit === null && (READ.test(before) || MOVED_AFTER.test(after))) return false;
  const isEach =
    EACH_AFTER.test(text.slice(claim.end)) || (group.length > 1 && has(told, EACH_BEFORE) && !has(told, SUM));
  if (group.length === 1 || isEach)
    // A breathing rate may be as low as points are; its number needs a word that makes points of it.
    return (
      group.every((one) => points[one] === value) &&
      (claim.unit === 'points' || POINTS_WORD.test(text.slice(sentence.start, sentence.end)))
    );
  return has(told, SUM) && group.reduce((sum, one) => sum + (points[one] ?? 0), 0) === value;
}

const TOTAL_BEFORE = new RegExp(
  /(?:(?<![\p{L}\p{M}])(?:total|score|sum|makes?|gives?|comes? to|(?:it|this|that) is|adds? up to|come up to|arrives? at|reach(?:es)?|how|at least|not less than|minimum|equals?|(?:half|quarter|third|most|all|part|rest|share|out) of(?: the| its| a total of)?|कुल|योग|स्कोर|कम से कम|न्यूनतम)(?: (?:is|of|a|now|then|the|only|stands at|to|अंक|है|of at least))*|=) ?$/u.source.normalize(
    'NFKC',
  ),
  'u',
);
const TOTAL_AFTER =
  /^(?: points?| अंक)?,? (?:comes? (?:about|out)|in all|in total|altogether|all told|at (?:the )?least|is the (?:total|sum|least|minimum|floor|lowest)|or more|बनत[ाीे]|का कुल|हुए)/u;
const LEAST = words(
  'at least|at the least|or more|least|lower bound|so far|not less|minimum|कम से कम|न्यूनतम|या अधिक',
);

const SCORED_THEN =
  /(?<!\p{L})(?:set|score|total|sum|patient|news ?2?|he|she|it|and) (?:had )?(?:scored|stood at|came to|added up to|totalled|was|made|reached)(?: only| just| a)? $/u;
const THEN = words('ago|back|earlier|before|previous(?:ly)?|last|then|had|पहले|पिछल[ाीे]|तब');
/** "The total could still rise, by up to 6": a missing reading may add three points. */
function isMostToCome({ value, before, facts }: PlacedNumber): boolean {
  const most = MOST_POINTS * facts.missing.length;
  const highest = (leastTotal(facts.news2) ?? 0) + most;
  if (facts.missing.length > 0 && value === highest && /(?<!\p{L})as high as $/u.test(before)) return true;
  return (
    facts.missing.length > 0 &&
    value === most &&
    /(?<!\p{L})(?:up to|at most|as much as|as many as|no more than|a further|अधिकतम) $/u.test(before)
  );
}

/** The total of the set before, told as such: "three hours back the set scored 10". */
function isTotalBefore({ value, text, before, sentence, facts }: PlacedNumber): boolean {
  return (
    facts.previousNews2 !== null &&
    leastTotal(facts.previousNews2) === value &&
    SCORED_THEN.test(before) &&
    has(text.slice(sentence.start, sentence.end), THEN)
  );
}

/** The total, where nothing nearer claims the number; of an incomplete score only its lower bound. */
function isTotal({ claim, value, text, before, mentions, facts, sentence }: PlacedNumber): boolean {
  const { news2 } = facts;
  if (!isApplicable(news2) || leastTotal(news2) !== value) return false;
  if (!TOTAL_BEFORE.test(before) && !TOTAL_AFTER.test(text.slice(claim.end))) return false;
  const clause = clauseAround(text, claim.start);
  const nearest = mentions.findLast(({ start, end }) => start >= clause.start && end <= claim.start);
  if (nearest !== undefined && nearest.vital !== 'news2') return false;
  return news2.complete || has(text.slice(sentence.start, sentence.end), LEAST);
}

const PLUS = /^(?: points?)?,? ?(?:\+|plus|and|और|जोड़)? ?$/u;

/** "3 + 2 + 2": the points of everything that scores, whatever their order. */
function isInSum({ claim, claims, text, facts }: PlacedNumber): boolean {
  const place = claims.findIndex(({ start }) => start === claim.start);
  const joined = (one: number) => {
    const [left, right] = [claims[one], claims[one + 1]];
    return left !== undefined && right !== undefined && PLUS.test(text.slice(left.end, right.start));
  };
  let first = place;
  while (first > 0 && joined(first - 1)) first--;
  let last = place;
  while (joined(last)) last++;
  const run = claims.slice(first, last + 1).map(({ value }) => value ?? -1);
  if (run.length < 2 || !text.slice(claims[first]?.end, claims[last]?.start).match(/\+|plus|जोड़/u))
    return false;
  const points = facts.drivers.map((driver) => driver.points).sort();
  return [...run].sort().join() === points.join();
}

/** "With a 3 in one parameter", "a single 3": some parameter takes it. */
const A_THREE_BEFORE = /(?<!\p{L})(?:an?|single|lone|one|the) $/u;
const A_THREE_AFTER =
  /^ (?:in|from|for|on|by) (?:(?:just |only )?(?:one|a single|a|any|some) )(?:parameter|reading|vital|item|component|value)(?!s)/u;
function isSaidOfSome({ claim, before, text }: PlacedNumber): boolean {
  return A_THREE_BEFORE.test(before) && A_THREE_AFTER.test(text.slice(claim.end));
}
function isOneOfSome(placed: PlacedNumber): boolean {
  return isSaidOfSome(placed) && placed.facts.drivers.some(({ points }) => points === placed.value);
}

/** "Breathing, pulse and systolic 1 each" where one of them takes another number. */
export function isPointsEachDenied(placed: PlacedNumber): boolean {
  const { claim, value, text, facts } = placed;
  const { news2 } = facts;
  if (!isApplicable(news2) || (claim.unit !== null && claim.unit !== 'points') || value > MOST_POINTS)
    return false;
  if (!EACH_AFTER.test(text.slice(claim.end))) return false;
  const group = groupOf(placed);
  return group.length > 1 && group.some((one) => (news2.points[one] ?? null) !== value);
}

/** "A 2 in one parameter" where none takes 2. */
export function isOneOfSomeDenied(placed: PlacedNumber): boolean {
  return isSaidOfSome(placed) && isApplicable(placed.facts.news2) && !isOneOfSome(placed);
}

/** Whether points or a total are told that the score holds. */
export function isPointsTold(placed: PlacedNumber): boolean {
  const { claim, value } = placed;
  if (claim.unit !== null && claim.unit !== 'points') return false;
  if (
    isTotal(placed) ||
    isTotalBefore(placed) ||
    isMostToCome(placed) ||
    isInSum(placed) ||
    isEachOfScoring(placed)
  )
    return true;
  return (
    isOneOfSome(placed) ||
    ((value <= MOST_POINTS || claim.unit === 'points' || has(placed.before, SUM)) && isOfGroup(placed))
  );
}
