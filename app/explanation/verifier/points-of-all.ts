/**
 * Points said of several parameters at once: "all other parameters take 0", "no parameter takes 3 points",
 * "every number lies in the zero band". Each is held against the points of the score.
 */
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import { clauseAround, has, spansOf, words } from './text.ts';
import { subjectsNamed } from './vitals-named.ts';

const THINGS = '(?:parameters?|readings?|vitals?|vital signs?|values?|numbers?|ones?)';
const NONE_OF = words(
  `(?:no|none of the|not one of the|not a) (?:single |other )?${THINGS}|none(?: of (?:them|these|it|those))?|neither|not one|कोई (?:भी )?(?:पैरामीटर|रीडिंग|माप)`,
);
const OTHERS = words(
  `(?:all|every|each|the) (?:the )?others?(?: ${THINGS})?|(?:the )?rest|बाकी (?:सब|सभी)?|बाक़ी (?:सब|सभी)?`,
);
const NUMBERS = words(`(?:all|every|each)(?: of)?(?: the)? ${THINGS}`);
const SCORING = words(
  'reach(?:es)?|hits?|earns?|is|are|takes?|scores?|gives?|gets?|has|have|adds?|lies?|sits?|points?|bands?|अंक|मिलत[ाीे]|मिल[ाीे]',
);

/** Whether the claim speaks of several parameters at once, and the score holds what it says of them. */
export function isPointsOfAll(claim: NumberClaim, text: string, facts: Facts): boolean {
  const { value, unit } = claim;
  if (value === null || (unit !== null && unit !== 'points') || !isApplicable(facts.news2)) return false;
  const { points } = facts.news2;
  const clause = clauseAround(text, claim.start);
  const before = text.slice(clause.start, claim.start);
  const isBare = value === 0 && spansOf(before, OTHERS).some(({ end }) => end === before.trimEnd().length);
  if (!isBare && !has(text.slice(clause.start, clause.end), SCORING)) return false;
  const known = NEWS2_PARAMETERS.filter((parameter) => (points[parameter] ?? null) !== null);
  const all = (parameters: readonly News2Parameter[]) =>
    parameters.every((parameter) => points[parameter] === value);
  if (has(before, NONE_OF) && /(?:more than|over|above) $/u.test(text.slice(0, claim.start)))
    return known.every((parameter) => (points[parameter] ?? 0) <= value);
  if (has(before, NONE_OF)) return known.every((parameter) => points[parameter] !== value);
  if (has(before, NUMBERS)) return all(known.filter((one) => one !== 'oxygen' && one !== 'consciousness'));
  if (!has(before, OTHERS)) return false;
  const named = subjectsNamed(text.slice(0, claim.start));
  return all(known.filter((parameter) => !named.some(({ vital }) => vital === parameter)));
}
