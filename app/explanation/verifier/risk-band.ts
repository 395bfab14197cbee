/** Part of the rule `contradiction`: the band of risk must be the one of the total. Source: NEWS2 thresholds and triggers. */
import { isApplicable } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { isCheck } from './context.ts';
import type { Objection } from './objection.ts';
import { clauseAround, has, sentenceAround, words } from './text.ts';
import { vitalsNamed } from './vitals-named.ts';

const RISK_NAMED = words('(low to medium|low-medium|medium|moderate|low|high)(?: news ?2?)?[ -]risk');

const RISK_IS = /risk(?: is| of|:)? (low to medium|low-medium|medium|moderate|low|high)(?![\p{L}])/gu;

const RISK_HINDI =
  /(?:जोखिम|risk) (?:है |तो )?((?:कम|निम्न) से मध्यम|मध्यम|कम|निम्न|अधिक|उच्च)|((?:कम|निम्न) से मध्यम|मध्यम|कम|निम्न|अधिक|उच्च) (?:जोखिम|risk)/gu;

const RISK: { readonly [word: string]: string } = {
  'low to medium': 'low-medium',
  'low-medium': 'low-medium',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  high: 'high',
  'कम से मध्यम': 'low-medium',
  'निम्न से मध्यम': 'low-medium',
  मध्यम: 'medium',
  कम: 'low',
  निम्न: 'low',
  अधिक: 'high',
  उच्च: 'high',
};

/** "A total of 5 belongs to the low band": a band of risk, where no vital stands. */
const RISK_BAND = words(
  '(low to medium|low-medium|medium|moderate|low|high)(?: news ?2?)?(?:[ -]risk)? (?:band|category|zone|group|tier|श्रेणी|बैंड)|(low to medium|low-medium|medium|moderate) (?:news ?2? )?score',
);

/** A band is the total's where no reading stands before it; of a reading's own band the number rule judges. */
function isTotalBand(text: string, start: number): boolean {
  const clause = clauseAround(text, start);
  const sentence = sentenceAround(text, start);
  const isOfTotal = (from: number) =>
    vitalsNamed(text.slice(from, start)).every(({ vital }) => vital === 'news2');
  const says = text.slice(clause.start, clause.end);
  if (has(says, words('total|score|news ?2?|points|कुल|स्कोर|अंक'))) return isOfTotal(clause.start);
  return isOfTotal(sentence.start) && !isCheck(text, start, start);
}

export function risk(text: string, facts: Facts): Objection[] {
  const actual = facts.assessment?.risk;
  if (actual === undefined)
    return isApplicable(facts.news2)
      ? []
      : [...text.matchAll(RISK_BAND), ...text.matchAll(RISK_NAMED)].map(({ index, 0: match }) => ({
          start: index,
          end: index + match.length,
          message: 'NEWS2 does not apply, and no band of it.',
        }));
  const { news2 } = facts;
  // The lower bound of an incomplete score licenses only the highest band: a missing reading may raise it.
  const known = 'complete' in news2 && !news2.complete && actual !== 'high' ? null : actual;
  return [
    ...text.matchAll(RISK_NAMED),
    ...text.matchAll(RISK_IS),
    ...text.matchAll(RISK_HINDI),
    ...[...text.matchAll(RISK_BAND)].filter(({ index }) => isTotalBand(text, index)),
  ]
    .filter((match) => RISK[match[1] ?? match[2] ?? ''] !== known)
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      message: known === null ? 'The score is incomplete; its risk is not known.' : `The risk is ${known}.`,
    }));
}
