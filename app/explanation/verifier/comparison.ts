/**
 * Part of the rule `contradiction`: a reading that is said to lie below or above a number must lie there, whoever
 * licenses the number. "Fluids are due because the systolic pressure is below 90 [p3]" is false at 106, although the
 * passage holds the 90. Source: verification rules 1, 8 and 10.
 */

import { isApplicable } from '../../scoring/score.ts';
import { type Facts, isNumericParameter, measured } from '../facts.ts';
import { numberClaims } from './claims.ts';
import { isConditional } from './context.ts';
import { clauseAround, has, type Span, words } from './text.ts';
import { type NamedVital, vitalsImplied } from './vitals-named.ts';

const COPULA =
  '(?:is|are|was|lies?|sits?|stays?|stands?|remains?|reads?|fell|falls|rose|rises|has (?:fallen|risen))';
/** "below the site's limit of 65". */
const LIMIT =
  "(?:the |its |this |a )?(?:chart's |chart |site's |site |unit's |policy |band's )*(?:(?:limit|threshold|cut-?off|mark)(?: of| at)? )?";
const BELOW = new RegExp(
  `(?<![\\p{L}])${COPULA} (not )?(?:now |well |just |already )?(?:below|under|less than|lower than) ${LIMIT}$`,
  'u',
);
const ABOVE = new RegExp(
  `(?<![\\p{L}])${COPULA} (not )?(?:now |well |just |already )?(?:above|over|more than|higher than|greater than|past|beyond) ${LIMIT}$`,
  'u',
);
/** "has crossed the threshold of 1.0". */
const CROSSED =
  /(?<![\p{L}])(?:cross(?:ed|es)|exceed(?:s|ed)?|breach(?:ed|es)|passed|topped|reached) (?:the )?(?:site |policy |site's )*(?:threshold|limit)(?: of)? $|(?<![\p{L}])(?:cross(?:ed|es)|exceed(?:s|ed)?|breach(?:ed|es)|passed|topped) (?:the |its )?$/u;
const BELOW_HINDI = /^\s?(?:से|के) (?:कम|नीचे)(?: (?:है|हैं|हो ग[\p{L}\p{M}]*))/u;
const ABOVE_HINDI = /^\s?(?:से|के) (?:अधिक|ज़्यादा|ऊपर)(?: (?:है|हैं|हो ग[\p{L}\p{M}]*))/u;
/** A rule's own condition is no claim about this patient. */
const GENERAL = words(
  'where|when|whenever|adults|patients|those|people|anyone|total of|जहाँ|जब|वयस्क[\\p{L}\\p{M}]*|मरीज़ों',
);

function currentOf(facts: Facts, vital: NamedVital): number | null {
  switch (vital) {
    case 'map':
      return facts.derived.map;
    case 'shock_index':
      return facts.derived.shock_index;
    case 'dbp':
      return facts.vitals.dbp ?? null;
    case 'news2':
      return isApplicable(facts.news2) && facts.news2.complete ? facts.news2.total : null;
    default:
      return isNumericParameter(vital) ? measured(facts, vital) : null;
  }
}

/** Numbers that the reading of their vital is said to lie below or above, and does not. */
export function falseComparisons(text: string, facts: Facts): (Span & { readonly message: string })[] {
  const mentions = vitalsImplied(text);
  return numberClaims(text).flatMap(({ value, unit, start, end, unitEnd }) => {
    // "Lower than 30 minutes ago" names a time, and no limit.
    if (unit === 'minutes' || unit === 'hours') return [];
    const clause = clauseAround(text, start);
    const before = text.slice(clause.start, start);
    const after = text.slice(unitEnd, clause.end);
    const below = BELOW.exec(before);
    const above = ABOVE.exec(before);
    const says =
      below !== null || BELOW_HINDI.test(after.normalize('NFKC'))
        ? 'below'
        : above !== null || CROSSED.test(before) || ABOVE_HINDI.test(after.normalize('NFKC'))
          ? 'above'
          : null;
    const subject = mentions.findLast((mention) => mention.start >= clause.start && mention.end <= start);
    if (value === null || says === null || subject === undefined) return [];
    if (isConditional(text, start) || has(before, GENERAL)) return [];
    const current = currentOf(facts, subject.vital);
    if (current === null) return [];
    const lies = says === 'below' ? current < value : current > value;
    const denied = (below ?? above)?.[1] !== undefined;
    return lies === denied ? [{ start, end, message: `The reading is ${current}.` }] : [];
  });
}
