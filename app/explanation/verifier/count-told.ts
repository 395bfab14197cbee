/**
 * Part of the rule `number`: how many parameters do something ("three values score", "two of them are missing", "four
 * have risen", "the other two are oxygen and temperature"). The property is read from the words behind the number,
 * and the record is counted.
 */
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter, type Score } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import type { PlacedNumber } from './placed-number.ts';
import { has, words } from './text.ts';

const THINGS =
  'parameters?|readings?|things|vitals?|vital signs?|values?|measurements?|components?|items?|numbers?|मान|पैरामीटर|रीडिंग|माप|चीज़ें|चीज़ों|चीज़|मानों';
const COUNTED_AFTER = new RegExp(
  `^(?: (?:other|further|more|single|scoring|abnormal|normal|red|missing|different|out))*(?: of (?:(?:the|these|them|those|its|all)(?: (?:7|seven))?|7|seven))?(?: (?:${THINGS}))?(?![\\p{L}\\p{M}])`.normalize(
    'NFKC',
  ),
  'u',
);
const PARAMETER = words(`${THINGS}|them|these|those|reds?|gaps?|drivers?`);

type Property = (facts: Facts, parameter: News2Parameter, points: number | null) => boolean;
const NUMBER_IN_WORDS = ['zero', 'one', 'two', 'three'];

function pointsBefore(score: Score | null, parameter: News2Parameter): number | null {
  return score === null || !isApplicable(score) ? null : (score.points[parameter] ?? null);
}

/** From the more exact to the more general; the first that the words name is the one. */
const PROPERTIES: readonly (readonly [RegExp, Property])[] = [
  [
    words(
      'missing|absent|lacking|unknown|unmeasured|outstanding|gaps?|not (?:been )?(?:measured|recorded|taken|known|there)|अनुपस्थित|गायब|दर्ज नहीं|नहीं (?:मापा|मापे|मापी|नापा|नापे|हैं|है)|बाकी',
    ),
    (_facts, _parameter, points) => points === null,
  ],
  [
    words('reds?|in the red|the maximum|the most|full marks|लाल'),
    (_facts, _parameter, points) => points === 3,
  ],
  [
    words(
      'normal|no points|nothing|zero|none|unremarkable|(?:with)?in (?:the |its |their )?(?:normal )?range|do not score|does not score|without points|सामान्य|शून्य|कोई अंक नहीं|अंक नहीं',
    ),
    (_facts, _parameter, points) => points === 0,
  ],
  [
    words('worse|worsened|deteriorated|बिगड़[\\p{L}\\p{M}]*'),
    ({ previousNews2 }, parameter, points) => (points ?? 0) > (pointsBefore(previousNews2, parameter) ?? 99),
  ],
  [
    words('better|improved|बेहतर|सुधर[\\p{L}\\p{M}]*'),
    ({ previousNews2 }, parameter, points) => (points ?? 99) < (pointsBefore(previousNews2, parameter) ?? -1),
  ],
  [
    words('changed|moved|shifted|बदल[\\p{L}\\p{M}]*'),
    ({ changes }, parameter) =>
      changes.some((one) => one.parameter === parameter && one.trend !== 'unchanged'),
  ],
  [
    words('risen|rose|rising|gone up|went up|higher|बढ़[\\p{L}\\p{M}]*'),
    ({ changes }, parameter) => changes.some((one) => one.parameter === parameter && one.trend === 'rising'),
  ],
  [
    words('fallen|fell|falling|gone down|went down|dropped|lower|(?:गिर|घट)[\\p{L}\\p{M}]*'),
    ({ changes }, parameter) => changes.some((one) => one.parameter === parameter && one.trend === 'falling'),
  ],
  [
    words(
      'scor(?:e|es|ed|ing)|abnormal|points|contribut\\w+|drivers?|outside|out of range|off|अंक|असामान्य|score',
    ),
    (_facts, _parameter, points) => (points ?? 0) > 0,
  ],
];
/** "score 3 each", "हर एक 3": the parameters are those that take so many. */
const TOLD =
  /(?:scores?|scor(?:ed|ing)|brings?|gives?|takes?|adds?|gets?|has|have|carry|with|at|हर एक|प्रत्येक) (?:a |the )?([0-3]|zero|one|two|three)(?: points?| अंक)?(?: each| apiece)?(?! (?:of|or|more))(?![\p{L}\p{N}.])/u;

function holds({ facts, value, text, sentence }: PlacedNumber, property: Property): boolean {
  const { news2 } = facts;
  if (!isApplicable(news2)) return false;
  const fitting = NEWS2_PARAMETERS.filter((one) => property(facts, one, news2.points[one] ?? null));
  if (fitting.length === value) return true;
  // "Readings" may leave out oxygen and consciousness, which have no number; "parameters" are seven.
  const isOfSeven = /parameter|component|item|seven|सात|(?<!\d)7(?!\d)|पैरामीटर/u.test(
    text.slice(sentence.start, sentence.end),
  );
  return !isOfSeven && fitting.filter((one) => one !== 'oxygen' && one !== 'consciousness').length === value;
}

/** "The other two are oxygen with 2 and the temperature with 1": as many as are named behind. */
const LISTED_BEFORE = /(?<!\p{L})(?:other|these|those|following|remaining|these same|last) $/u;
function isNumberOfListed({ claim, value, before, text, mentions, facts }: PlacedNumber): boolean {
  if (!LISTED_BEFORE.test(before) || !/^(?: [\p{L}]+)? ?(?:are|:|,)/u.test(text.slice(claim.end)))
    return false;
  const named = new Set(mentions.filter(({ start }) => start > claim.end).map(({ vital }) => vital));
  const scores = /(?<!\p{L})(?:remaining|other) $/u.test(before)
    ? facts.drivers.map(({ parameter }) => parameter)
    : null;
  return (
    named.size === value &&
    (scores === null || [...named].every((one) => scores.some((other) => other === one)))
  );
}

const TOLD_HINDI = /^[^.;।]{0,30}? ([1-3])(?:-[1-3])? अंक (?:दे|पा|ले|मिल)/u;
const SEVEN_OF = /^ (?:parameters? |पैरामीटर |मानों )?में से /u;

/** What the parameters are said to do, or null where the number counts none. */
function propertyTold({ claim, text, sentence, after }: PlacedNumber): Property | null {
  const noun = COUNTED_AFTER.exec(text.slice(claim.end, sentence.end))?.[0] ?? '';
  if (!has(noun, PARAMETER) && !/^ (?:scor|have scored|are (?:red|missing|abnormal))/u.test(after))
    return null;
  // Up to the next statement: "three values score, and two are missing".
  const clause =
    /^[^;:.]*?(?=, (?:and|but|while)|; |$| and (?:\d|one|two|three|four|five|six|seven) )/u.exec(
      after,
    )?.[0] ?? after;
  const told = TOLD.exec(clause)?.[1] ?? TOLD_HINDI.exec(clause)?.[1];
  if (told !== undefined) {
    const each = NUMBER_IN_WORDS.includes(told) ? NUMBER_IN_WORDS.indexOf(told) : Number(told);
    return (_facts, _parameter, points) => points === each;
  }
  return PROPERTIES.find(([pattern]) => has(clause, pattern))?.[1] ?? null;
}

function mayCount({ claim, value }: PlacedNumber): boolean {
  return claim.unit === null && Number.isInteger(value) && value <= NEWS2_PARAMETERS.length;
}

/** "An artefact would not explain all six", "with the missing two": those that score, or that are missing. */
function isAllOfThem({ value, before, claim, text, facts, sentence }: PlacedNumber): boolean {
  const after = text.slice(claim.end, sentence.end);
  if (/(?<!\p{L})(?:missing|unmeasured) $/u.test(before)) return value === facts.missing.length;
  if (!/(?<!\p{L})(?:all|these|those|every one of the|all of the) $/u.test(before)) return false;
  return /^ ?(?:$|[.,;!)]|together|at once|score|point)/u.test(after) && value === facts.drivers.length;
}

/** Whether a count of parameters is told that the record holds. */
export function isCountTold(placed: PlacedNumber): boolean {
  const { claim, value, text, sentence } = placed;
  if (!mayCount(placed)) return false;
  if (isNumberOfListed(placed) || isAllOfThem(placed)) return true;
  if (value === NEWS2_PARAMETERS.length && SEVEN_OF.test(text.slice(claim.end, sentence.end))) return true;
  const property = propertyTold(placed);
  return property !== null && holds(placed, property);
}

const NOT_EXACT = words('at least|at most|more than|less than|fewer than|over|up to|कम से कम|से अधिक|से ज़्यादा');
const PLAINLY_COUNTED = new RegExp(
  /^ (?:parameters?|पैरामीटर|मान) (?:(?:are|is) (?:in the red|scoring|missing)|scor(?:e|ed)|take|give|bring|(?:[1-3] )?अंक (?:दे|पा|ले|मिल)|(?:score|scoring|missing|red)(?! \p{L}+ not))/u.source.normalize(
    'NFKC',
  ),
  'u',
);
/** "4 parameters take points" where 3 do. */
export function isCountDenied(placed: PlacedNumber): boolean {
  const { claim, text, sentence, before } = placed;
  // "Five of the seven parameters": seven is how many there are.
  if (!mayCount(placed) || !isApplicable(placed.facts.news2) || /(?:of|all|the) $/u.test(before))
    return false;
  if (!PLAINLY_COUNTED.test(text.slice(claim.end, sentence.end)) || has(before, NOT_EXACT)) return false;
  const property = propertyTold(placed);
  return property !== null && !holds(placed, property);
}
