/**
 * Part of the rule `contradiction`: of an incomplete score only a lower bound is known. "NEWS2 is at least 7" passes,
 * "NEWS2 is 7", "complete at 7" and "only the temperature is missing" (when more is) do not.
 * Source: verification rules 1 ("total or lower bound") and 8 ("what is missing").
 */
import { isApplicable, leastTotal } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { numberClaims } from './claims.ts';
import { isConditional, isNegated } from './context.ts';
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';
import { subjectsNamed } from './vitals-named.ts';

const BOUND = words(
  'at least|(?:may|might|could|can) (?:\\w+ )?(?:be|rise|go) (?:higher|more|above)|true total|raise the (?:total|score)|floor|at the least|or more|or higher|minimum(?: of)?|lower bound|least|so far|not less than|no less than|incomplete|partial|provisional|without|कम से कम|न्यूनतम|अधूरा|अधूरे|या (?:उससे )?(?:अधिक|ज़्यादा)',
);
const SAID_COMPLETE = words(
  '(?:score|total|sum|set|news ?2?|chart)(?: [^ .;]+){0,5}? (?:complete|final|full)(?! नहीं)|complete (?:at|with)|(?:score|स्कोर|कुल|योग)(?: [^ .;]+){0,4}? (?:पूरा|पूर्ण|complete)(?! नहीं)',
);
/** "So that the score is complete", "with it the score would be complete", "स्कोर पूरा हो सके": it is not yet. */
const TO_BE_COMPLETE = words(
  'so that|so|to make|in order|would|could|can|will|cannot|before|until|once|ताकि|जिससे',
);
const TO_BE_COMPLETE_HINDI = /^ (?:हो सके|कर(?:ें|ो|ना|ने|िए)?|होगा|हो जाएगा|करने)(?![\p{L}\p{M}])/u;
const BY_NUMBER = words(
  'threshold|limit|band|from|rise[ns]?|site|policy|previous(?:ly)?|was|सीमा|पिछल[ाीे]|पहले|था|थे',
);
const ONLY_MISSING =
  /(?<![\p{L}\p{M}])(?:only|just|सिर्फ़|केवल|बस)(?![\p{L}\p{M}])([^.;।]*?)(?:(?:is|are|was|were) )?(?:missing|not (?:been )?(?:measured|recorded|known)|unknown|नहीं (?:मापा|मापी|माप|लिया|ली|है)|दर्ज नहीं|बाकी)/gu;

/** "The score may rise once the temperature is known": what a missing reading can do to the total. */
export function mayGrow({ missing }: Facts, text: string, start: number): boolean {
  return (
    missing.length > 0 &&
    /(?:may|might|could|can) (?:[\p{L}]+ )?(?:be |go |get |come out |still )?$/u.test(text.slice(0, start))
  );
}

/** What contradicts the incompleteness of the score. */
export function saidWhole(text: string, facts: Facts): (Span & { readonly message: string })[] {
  const { news2, missing } = facts;
  const found: (Span & { readonly message: string })[] = [];
  for (const match of text.matchAll(new RegExp(ONLY_MISSING.source.normalize('NFKC'), 'gu'))) {
    const named = subjectsNamed(match[1] ?? '').map(({ vital }) => vital);
    if (named.length > 0 && missing.some((parameter) => !named.some((vital) => vital === parameter)))
      found.push({
        start: match.index,
        end: match.index + match[0].length,
        message: 'More than this is missing.',
      });
  }
  if (!isApplicable(news2) || news2.complete) return found;
  for (const { start, end } of spansOf(text, SAID_COMPLETE))
    if (
      !isNegated(text, start, end) &&
      !isConditional(text, start) &&
      !has(text.slice(sentenceAround(text, start).start, end), TO_BE_COMPLETE) &&
      !TO_BE_COMPLETE_HINDI.test(text.slice(end)) &&
      !has(text.slice(start, end), words('not|incomplete|नहीं'))
    )
      found.push({ start, end, message: 'The score is incomplete.' });
  for (const { value, unit, start, end } of numberClaims(text)) {
    if (value !== leastTotal(news2) || (unit !== null && unit !== 'points')) continue;
    const clause = clauseAround(text, start);
    const before = text.slice(clause.start, start);
    const sentence = sentenceAround(text, start);
    const nearest = subjectsNamed(text.slice(sentence.start, start)).at(-1);
    if (nearest?.vital !== 'news2' || has(before, BY_NUMBER)) continue;
    if (!has(text.slice(sentence.start, sentence.end), BOUND))
      found.push({ start, end, message: 'Only a lower bound of the score is known.' });
  }
  return found;
}
