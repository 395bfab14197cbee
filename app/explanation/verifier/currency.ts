/**
 * Part of the rule `contradiction`: a reading that is no longer current must not be told as fresh. "No longer
 * current", "260 minutes old" and "measure it now" are fine. Source: verification rule 8 ("what is missing").
 */
import type { News2Parameter } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { isCheck, isConditional, isNegated } from './context.ts';
import { clauseAround, has, type Span, spansOf, words } from './text.ts';
import { subjectsNamed } from './vitals-named.ts';

const FRESH = words(
  'just now|at present|at (?:this|the) moment|right now|currently|presently|as of now|up to date|fresh(?:ly)?|current|a moment ago|moments ago|(?:just|newly|recently|freshly) (?:been )?(?:taken|measured|recorded|checked|charted|entered|obtained)|brand[- ]new|up[- ]to[- ]the[- ]minute|seconds ago|this (?:minute|instant|moment)|live (?:reading|value)|real[- ]time|latest|brand[- ]new|minutes? old or less|seconds ago|live|real-?time|this (?:very )?(?:minute|moment|instant)|only now|hot off|as we speak|(?:is|are|was|were) now|अभी(?:-अभी| अभी)?(?! (?:तक|दोबारा|फिर|माप|जाँचें|जांचें|बता))|इस समय|इस वक़्त|ताज़[ाीे]',
);
const OLD = words('no longer|not|never|old|out of date|stale|again|पुरान[ाीे]|नहीं|दोबारा|फिर');
const ALL = words(
  '(?:all|every|each)(?: (?:of )?the)? (?:readings?|vitals?|values?|numbers?)|everything|(?:सारी|सभी|सब) (?:readings?|vitals|रीडिंग|माप)',
);
const ALERT = words('alert|awake|conscious|confus(?:ed|ion)|सचेत|सजग|होश|चेतना');

/** Words that tell a stale reading as fresh. */
export function toldAsFresh(text: string, { stale }: Facts): (Span & { readonly message: string })[] {
  if (stale.length === 0) return [];
  const old: readonly News2Parameter[] = stale.map(({ parameter }) => parameter);
  const named = subjectsNamed(text);
  return spansOf(text, FRESH).flatMap(({ start, end }) => {
    const clause = clauseAround(text, start);
    const within = text.slice(clause.start, clause.end);
    if (has(within, OLD) || isConditional(text, start) || isNegated(text, start, end)) return [];
    if (isCheck(text, start, end) && !has(within, words('is|are|was|were|है|हैं|गई|गया'))) return [];
    const about =
      has(within, ALL) ||
      named.some(
        (one) =>
          one.start >= clause.start &&
          one.end <= clause.end &&
          old.some((parameter) => parameter === one.vital),
      ) ||
      (old.includes('consciousness') && has(within, ALERT));
    return about ? [{ start, end, message: 'This reading is no longer current.' }] : [];
  });
}
