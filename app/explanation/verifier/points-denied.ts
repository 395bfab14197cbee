/** Part of the rule `contradiction`: what scores must not be said to count for nothing, nor one alone for all. Source: verification rule 8. */
import { isApplicable, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { isNegated } from './context.ts';
import { named, type Objection } from './objection.ts';
import { clauseAround, has, words } from './text.ts';
import { subjectsNamed } from './vitals-named.ts';

const NOT_COUNTED = words(
  '(?:is|are|was|were) not (?:counted|scored|included)|(?:does|do) not (?:count|score)|(?:takes?|scores?|adds?|gives?|gets?|contributes?) (?:nothing|nil|none)|(?:takes?|scores?|adds?|gives?|gets?|has|carries) (?:no|zero) points|नहीं (?:गिना|गिनी|जुड़)[\\p{L}\\p{M}]*|कोई अंक नहीं',
);

/** What scores must not be said to count for nothing. */
export function notCounted(text: string, { news2 }: Facts): Objection[] {
  if (!isApplicable(news2)) return [];
  const { points } = news2;
  return named(text, NOT_COUNTED).flatMap(({ start, end }) => {
    const clause = clauseAround(text, start);
    const subject = subjectsNamed(text.slice(clause.start, start)).at(-1)?.vital;
    const parameter = NEWS2_PARAMETERS.find((one) => one === subject);
    if (/(?:band|range|column|zone|limits?) (?:that|which) $/u.test(text.slice(0, start))) return [];
    return parameter !== undefined && (points[parameter] ?? 0) > 0
      ? [{ start, end, message: 'This parameter scores.' }]
      : [];
  });
}

const ALONE = words(
  'alone|only|solely|entirely|exclusively|wholly|single-handedly|nothing but|by itself|अकेले|सिर्फ़|केवल',
);

const TOTAL = words('total|score|news ?2?|कुल|स्कोर|योग');

const MADE_BY = words(
  '(?:is|are|was|comes?|came|arises?) (?:\\w+ )?(?:due to|from|because of|caused by|made (?:up )?(?:of|by)|explained by|down to|driven by)|results? from|owed? to|की वजह से|के कारण|से (?:आया|बना|है)',
);

/** "The total of 5 is due to breathing alone": false where something else scores. */
/** "Systolic pressure is the only parameter with points". */
const ONLY_SCORER = words(
  '(?:the )?only (?:parameter|reading|vital|vital sign|one|value) (?:with points|that (?:scores|counts|takes points)|scoring|to score)',
);

export function saidAlone(text: string, facts: Facts): Objection[] {
  const { drivers } = facts;
  const only = named(text, ONLY_SCORER).filter(({ start }) => {
    const said = subjectsNamed(text.slice(clauseAround(text, start).start, start)).map(({ vital }) => vital);
    return said.length > 0 && drivers.some(({ parameter }) => !said.some((vital) => vital === parameter));
  });
  return [
    ...only.map(({ start, end }) => ({ start, end, message: 'Something else scores as well.' })),
    ...totalAlone(text, facts),
  ];
}

function totalAlone(text: string, { drivers }: Facts): Objection[] {
  return named(text, ALONE).flatMap(({ start, end }) => {
    const clause = clauseAround(text, start);
    const within = text.slice(clause.start, clause.end);
    if (!has(within, TOTAL) || !has(within, MADE_BY) || isNegated(text, start, end)) return [];
    const said = subjectsNamed(within).map(({ vital }) => vital);
    return drivers.some(({ parameter }) => !said.some((vital) => vital === parameter))
      ? [{ start, end, message: 'Something else scores as well.' }]
      : [];
  });
}
