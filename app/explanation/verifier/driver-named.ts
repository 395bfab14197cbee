/**
 * Part of the rule `contradiction`: what is said to drive the score must be what takes most points, and what is said
 * to add to it must score.
 *
 * Holds at 3 for the pressure and 1 for the pulse: "The pressure is the main driver", "most of it comes from the
 * pressure". Does not: "Consciousness is what drives this score". Source: verification rule 8 ("score, points").
 */
import type { Facts } from '../facts.ts';
import { isConditional, isNegated } from './context.ts';
import { clauseAround, type Span, spansOf, words } from './text.ts';
import { type SubjectMention, subjectsNamed } from './vitals-named.ts';

const MOST =
  '(?:main|chief|biggest|largest|heaviest|leading|principal|strongest|primary) (?:single )?(?:drivers?|contributors?|parameters?|factors?|reasons? for (?:the|this) (?:score|total|alert|points))';
/** The subject stands before: "the pulse is the main driver". */
const DRIVING_BEFORE = words(
  `(?:is|are|was|were|remains?) (?:the |its )?${MOST}|(?:is|are) what (?:drives?|makes?|pushes|puts) (?:this |the )?(?:score|total|alert|news ?2?)|(?:drives?|dominates?) (?:this |the )(?:score|total|alert|news ?2?)|(?:is|are) driving (?:this |the )(?:score|total|alert|news ?2?)|सबसे (?:भारी|बड़ा|अधिक अंक)(?: [\\p{L}\\p{M}]+)? (?:है|कारण|देत[ाीे])`,
);
/** The subject stands behind: "most of it comes from the pulse", "the main driver is the pulse". */
const DRIVING_BEHIND = words(
  `(?:most|the bulk|the majority|much|the larger part) of (?:it|them|this|the (?:points|score|total)|these points)(?: is| are| comes?| came)? (?:from|due to|because of|owed to)|${MOST} (?:is|are|was|were)`,
);

/** The mentions that hang together ("breathing and oxygen") with one that touches the span. */
function chained(mentions: readonly SubjectMention[], text: string, from: number): SubjectMention[] {
  const chain: SubjectMention[] = [];
  let at = from;
  for (const mention of mentions.filter(({ start }) => start >= from)) {
    if (!/^,?(?: and| or|,| और| या)?(?: the| its| his| her)? ?$/u.test(text.slice(at, mention.start))) break;
    chain.push(mention);
    at = mention.end;
  }
  return chain;
}

/** Statements of what drives the score that the points do not hold. */
export function falseDrivers(text: string, { drivers }: Facts): (Span & { readonly message: string })[] {
  const [heaviest] = drivers;
  if (heaviest === undefined) return [];
  const most = drivers
    .filter(({ points }) => points === heaviest.points)
    .map(({ parameter }): string => parameter);
  const mentions = subjectsNamed(text).filter(({ vital }) => vital !== 'news2');
  const judged = (span: Span, said: readonly SubjectMention[]) =>
    said.length === 0 ||
    said.some(({ vital }) => most.includes(vital)) ||
    isConditional(text, span.start) ||
    isNegated(text, span.start, span.end)
      ? []
      : [{ start: span.start, end: span.end, message: 'Something else takes most of the points.' }];
  return [
    ...spansOf(text, DRIVING_BEFORE).flatMap((span) => {
      const clause = clauseAround(text, span.start);
      return judged(
        span,
        mentions.filter(({ start, end }) => start >= clause.start && end <= span.start),
      );
    }),
    ...spansOf(text, DRIVING_BEHIND).flatMap((span) => judged(span, chained(mentions, text, span.end))),
  ];
}
