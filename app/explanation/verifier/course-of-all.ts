/**
 * Part of the rule `trend`: what is said of the course of several readings at once ("none of the readings has
 * improved", "all have moved the wrong way", "all readings have held where they were"). Every reading with two values
 * is judged by itself: better is nearer to the normal band.
 *
 * Holds where breathing slowed from 25 to 19 and nothing got worse: "All of these have come nearer to normal". Does
 * not: "Nothing has improved". Source: verification rule 3.
 */
import { isApplicable } from '../../scoring/score.ts';
import type { Change, Facts } from '../facts.ts';
import { isConditional } from './context.ts';
import { type Span, spansOf, words } from './text.ts';

type Course = 'better' | 'worse' | 'steady' | 'changed' | 'up' | 'down';

const THINGS =
  '(?:readings?|vitals?|vital signs?|values?|numbers?|figures?|parameters?|observations?|measurements?|things?|these|them|those|it|this)';
const ALL = `(?:(?:all|every|each|every one|each one|all (?:two|three|four|five|six|seven))(?: of)?(?: the| these| those| his| her| its)?(?: \\p{L}+)? ${THINGS}|everything|all)`;
const NONE = `(?:(?:no|none|not one|not a single one|not a single|nothing)(?: of)?(?: the| these| those)?(?: \\p{L}+)?(?: ${THINGS})?|nothing)`;
const HAVE = '(?:has|have|had|is|are|was|were|keeps?|kept)(?: been| all| now| since)*';
const COURSES: readonly (readonly [Course, string])[] = [
  [
    'better',
    'improv(?:ed|ing)|got(?:ten)? better|getting better|better|recovered|come (?:nearer|closer) to normal|moved (?:nearer|closer) to normal|(?:gone|moved|heading|going) (?:in )?the right (?:way|direction)|eased|settled|normali[sz]ed',
  ],
  [
    'worse',
    'worsened|worsening|got(?:ten)? worse|getting worse|worse|deteriorated|(?:gone|moved|heading|going) (?:in )?the wrong (?:way|direction)|slipped',
  ],
  [
    'steady',
    'held(?: (?:where they were|steady|still|firm|level|their own))?|stayed (?:the same|where they were|put|as (?:they were|before))|unchanged|the same(?: as before)?|where they were|identical|not (?:changed|moved)|remained (?:the same|unchanged|where they were)',
  ],
  ['changed', 'changed|moved|shifted|altered'],
  ['up', 'risen|rising|increased|gone up|climbed|up'],
  ['down', 'fallen|falling|decreased|gone down|dropped|come down|down'],
];
const STATEMENTS = COURSES.flatMap(([course, verbs]) =>
  (
    [
      [true, ALL],
      [false, NONE],
    ] as const
  ).map(([all, quantity]) => ({
    course,
    all,
    pattern: words(`${quantity} (?:here )?${HAVE} (?:${verbs})`),
  })),
);

/** Better is nearer to the normal band: down where it was high, up where it was low. */
function courseOf({ from, to, trend }: Change, facts: Facts, parameter: Change['parameter']): Course {
  if (trend === 'unchanged') return 'steady';
  const { news2, previousNews2, directions } = facts;
  const before =
    previousNews2 !== null && isApplicable(previousNews2) ? previousNews2.points[parameter] : null;
  const now = isApplicable(news2) ? news2.points[parameter] : null;
  if (typeof before === 'number' && typeof now === 'number' && before !== now)
    return now < before ? 'better' : 'worse';
  const direction = directions[parameter] ?? 'normal';
  if (direction === 'normal') return 'changed';
  return (direction === 'high') === to < from ? 'better' : 'worse';
}

function isSo(change: Change, course: Course, facts: Facts): boolean {
  switch (course) {
    case 'up':
      return change.trend === 'rising';
    case 'down':
      return change.trend === 'falling';
    case 'steady':
      return change.trend === 'unchanged';
    case 'changed':
      return change.trend !== 'unchanged';
    default:
      return courseOf(change, facts, change.parameter) === course;
  }
}

/** Every telling of the course of all or of none of the readings, and whether the two sets hold it. */
export function coursesOfAll(text: string, facts: Facts): (Span & { readonly holds: boolean })[] {
  if (facts.previous === null) return [];
  const { changes } = facts;
  return STATEMENTS.flatMap(({ course, all, pattern }) =>
    spansOf(text, pattern)
      .filter(({ start }) => !isConditional(text, start))
      .map(({ start, end }) => ({
        start,
        end,
        holds: changes.length > 0 && changes.every((change) => isSo(change, course, facts) === all),
      })),
  );
}
