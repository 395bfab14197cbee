/**
 * Points told as a share of the total: "2 of the 11 points come from oxygen", "of the 5 points, 2 are for breathing",
 * "the total is 5, and 2 of these …", "11 में से 2 अंक ऑक्सीजन के". The share must be what its parameters take together,
 * the whole must be the total.
 *
 * Holds at 2 for breathing and 2 for oxygen in a total of 5: "4 of the 5 points come from breathing and oxygen". Does
 * not: "3 of the 5 points come from oxygen". Source: verification rule 1 ("points, total or lower bound").
 */
import { isApplicable, leastTotal, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import { sentenceAround } from './text.ts';
import type { SubjectMention } from './vitals-named.ts';

const PART_OF = /^(?: points?)? (?:out )?of (?:the |its |a |this )?(?:total (?:of )?|score of )?$/u;
const WHOLE_BEFORE = /(?<!\p{L})(?:out )?of (?:the |its |a |these |those )?(?:total (?:of )?)?$/u;
const PART_OF_WHOLE_HINDI = /^ ?(?:अंक(?:ों)?|points?)? ?में से $/u;
const OF_THESE = /^(?: points?)? (?:out )?of (?:these|those|them|which|that|its)(?! \d)/u;
const OF_WHICH_BEFORE = /(?<!\p{L})of (?:which|these|those|them)(?: [\p{L}]+){0,5} $/u;
/** "the saturation on oxygen": how it was read, and no second parameter. */
const HOW_READ = /(?:on|with|without|despite|receiving) $/u;

const CARRIED_BY =
  /(?<!\p{L})(?:gives?|carr(?:y|ies)|takes?|brings?|adds?|contributes?|makes? up|accounts? for|provides?|supplies|supply|earns?) (?:only |just )?$/u;

type PartsOfScore = Map<NumberClaim, boolean>;

/** Whether each claim that is a share, or the whole of which it is one, is what the score holds. */
export function sharesOfTotal(
  claims: readonly NumberClaim[],
  mentions: readonly SubjectMention[],
  text: string,
  facts: Facts,
): PartsOfScore {
  const parts: PartsOfScore = new Map();
  const { news2 } = facts;
  if (!isApplicable(news2)) return parts;
  const total = leastTotal(news2);
  const { points } = news2;
  const sumOf = (start: number, end: number): number | null => {
    const within = mentions.filter(
      (one) =>
        one.start >= start &&
        one.end <= end &&
        !(one.vital === 'oxygen' && HOW_READ.test(text.slice(0, one.start))),
    );
    const said = NEWS2_PARAMETERS.filter((parameter) => within.some(({ vital }) => vital === parameter));
    return said.length === 0 ? null : said.reduce((sum, parameter) => sum + (points[parameter] ?? 0), 0);
  };
  const share = (claim: NumberClaim, from: number) => {
    const sentence = sentenceAround(text, claim.start);
    const next = claims.find(({ start }) => start >= from && start < sentence.end);
    const last = claims.findLast(({ start, unitEnd }) => start >= sentence.start && unitEnd < claim.start);
    const told = () => sumOf(last?.unitEnd ?? sentence.start, claim.start);
    const listed = () => sumOf(from, next?.start ?? sentence.end);
    // "Oxygen carries 2 of the 7 points, the same as …": who carries them is named before.
    const sum = CARRIED_BY.test(text.slice(0, claim.start)) ? (told() ?? listed()) : (listed() ?? told());
    if (sum !== null) parts.set(claim, sum === claim.value);
    return sum !== null;
  };
  const whole = (claim: NumberClaim) => parts.set(claim, claim.value === total);
  for (const [index, claim] of claims.entries()) {
    const next = claims[index + 1];
    const sentence = sentenceAround(text, claim.start);
    const isSame = next !== undefined && next.start < sentence.end;
    const points_ = claim.unit === null || claim.unit === 'points';
    if (!points_ || parts.has(claim)) continue;
    if (isSame && PART_OF.test(text.slice(claim.end, next.start))) {
      if (share(claim, next.unitEnd)) whole(next);
    } else if (
      isSame &&
      (PART_OF_WHOLE_HINDI.test(text.slice(claim.end, next.start)) ||
        (WHOLE_BEFORE.test(text.slice(0, claim.start)) && claim.unit === 'points'))
    ) {
      const following = claims.filter(
        (one) =>
          one.start > claim.start && one.start < sentence.end && (one.unit === null || one.unit === 'points'),
      );
      if (following.map((one) => share(one, one.unitEnd)).some(Boolean)) whole(claim);
    } else if (
      OF_THESE.test(text.slice(claim.end)) ||
      (claim.unit !== null && OF_WHICH_BEFORE.test(text.slice(sentence.start, claim.start)))
    )
      share(claim, claim.unitEnd);
  }
  return parts;
}
