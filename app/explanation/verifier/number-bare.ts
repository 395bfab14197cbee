/** Part of the rule `number`: numbers without a vital and a unit, where their words can mean only one thing. */
import type { NumberClaim } from './claims.ts';
import type { Licence, Subject } from './licences.ts';
import { stands } from './number-placed.ts';
import type { SubjectMention } from './vitals-named.ts';

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

export const RATE_ALONE =
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
export const MOST_TOTAL = 20;

/** A bare number that the facts hold of the one thing that its words can mean. */
export function isPlain(
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
    /(?<!\p{L})(?:numbers?|values?|figures?|readings?|results?) (?:is|was|of|reads?|shows?|stands at|at) $/u.test(
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
