/**
 * What is said of several parameters at once: a quantity, the parameters and what they do ("six of the seven score
 * nothing", "only the pulse scores", "everything except the saturation is normal"). The sentence is counted, not
 * read: it holds or it does not, whatever its words.
 *
 * Holds at a single score of 3 for the pressure: "Only the systolic pressure scores", "All other readings are normal".
 * Does not: "Nothing in this set scores", "Two readings are in the red". Source: verification rules 1 and 8; points of
 * the NEWS2 chart.
 */
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import { isConditional } from './context.ts';
import { remembered } from './remembered.ts';
import { type Span, sentenceAround } from './text.ts';
import { type SubjectMention, subjectsNamed } from './vitals-named.ts';

/** One parameter takes no more. Source: Royal College of Physicians, NEWS2, 2017. */
const MOST_POINTS = 3;

export interface CountedStatement extends Span {
  readonly holds: boolean;
}

const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven'];
const NUMBER = `[0-7]|${SMALL.join('|')}`;
const THINGS = 'parameters?|readings?|vitals?|vital signs?|values?|measurements?|components?|items?';
const HAVE =
  'scores?|scored|adds?|gives?|takes?|gets?|has|have|carry|carries|contributes?|count(?:s)?(?: for)?|costs?';
const RANGE =
  '(?:normal|unremarkable|(?:with)?in (?:(?:its|their|the|a) )?(?:normal |usual |expected )*(?:ranges?|bands?))';
const LIE = 'is|are|was|were|lies?|sits?|stays?|stands?|falls?|looks?';

/** What the parameters do, from the more exact to the more general. */
const PREDICATES: readonly (readonly [string, (points: number | null, told: number) => boolean])[] = [
  [
    `(?:${LIE}) (?:missing|absent|not (?:measured|recorded|available|known|there))`,
    (points) => points === null,
  ],
  [
    '(?:is|are|was|were|has been|have been) (?:all )?(?:measured|recorded|available|present|taken|charted|there|complete)(?! in)',
    (points) => points !== null,
  ],
  [`(?:${LIE}) (?:in (?:the )?red|red)(?! \\p{L}+ (?:risk|zone))`, (points) => points === MOST_POINTS],
  [
    `(?:${HAVE}|reach(?:es)?) (?:the maximum(?: of (?:3|three))?|the most)(?: points?)?`,
    (points) => points === MOST_POINTS,
  ],
  [
    `(?:${HAVE}) (?:nothing|no points|none|zero(?: points)?|0(?: points)?)|do(?:es)? not score`,
    (points) => points === 0,
  ],
  [
    `(?:${HAVE}|reach(?:es)?|earns?|brings?) (?:a |the )?(?<told>[1-3]|one|two|three)(?: points?)?(?: each| apiece)?(?! or more| of)`,
    (points, told) => points === told,
  ],
  [`(?:(?:${LIE}) )?(?:all )?${RANGE}`, (points) => points === 0],
  [
    `(?:now )?(?:${LIE}) (?:all )?(?:now )?in the (?:zero|0)(?: points?)?[ -](?:bands?|zones?|columns?)`,
    (points) => points === 0,
  ],
  [
    `(?:scores?|scored)(?: (?:any )?points| anything| something)?|(?:adds?|gives?|takes?|gets?|has|have|carry|carries|contributes?) (?:any )?points|(?:${LIE}) (?:abnormal|outside (?:its|their|the) (?:normal )?(?:ranges?|bands?))`,
    (points) => (points ?? 0) > 0,
  ],
];

const QUANTITY = `(?<all>everything else|all else|(?:all )?the (?:rest|others?)|all others|all|every|each|everything)|(?<none>no|none|nothing|not one|not a single)|(?<only>only |just |exactly )?(?<count>${NUMBER}|a single)`;
const OF = '(?: of(?: (?:the|these|its|his|her|all))?)?(?: (?:7|seven))?(?: (?:single|numeric|of these))*';
/** "except the saturation", "but the pulse and the pressure": told of the rest. */
const SAVE = '(?<save>(?: but| except(?: for)?| apart from| other than| save)(?: [\\p{L}\\p{N}]+){1,8}?)?';
const AROUND = '(?: in (?:this|the) (?:set|score|chart))?';

function statement(subject: string, predicate: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}.])(?:${subject}) (?:${predicate})(?![\\p{L}\\p{N}])`, 'gu');
}

const COUNTED = PREDICATES.map(([predicate, is]) => ({
  is,
  pattern: statement(`(?:${QUANTITY})${OF}(?<other> other)?(?: (?:${THINGS}))?${SAVE}${AROUND}`, predicate),
}));
/** "Only the pulse scores", "nothing but the saturation is normal". */
const ALONE = PREDICATES.map(([predicate, is]) => ({
  is,
  pattern: statement(
    '(?:only|nothing but|just) (?<subject>(?:the |a |its )?[\\p{L}\\p{N} ]{2,60}?)',
    predicate,
  ),
}));
/** A statement of these words alone says nothing of parameters: "one has 3 points". */
const SAYS_WHAT = new RegExp(`everything|nothing|all else|rest|others?|(?:${THINGS})|seven|7`, 'u');

function parametersIn(mentions: readonly SubjectMention[], span: Span): News2Parameter[] {
  return NEWS2_PARAMETERS.filter((one) =>
    mentions.some(({ vital, start, end }) => vital === one && start >= span.start && end <= span.end),
  );
}

/** "Only the saturation is normal": a patient on air has no oxygen to speak of, unless parameters are counted. */
function judged(words: string, { vitals }: Facts): readonly News2Parameter[] {
  const isAside = vitals.on_oxygen === false && !/parameter|component|item|seven|7/u.test(words);
  return isAside ? NEWS2_PARAMETERS.filter((one) => one !== 'oxygen') : NEWS2_PARAMETERS;
}

function numberOf(word: string): number {
  if (word === 'a single') return 1;
  const index = SMALL.indexOf(word);
  return index < 0 ? Number(word) : index;
}

/** Whether the parameters of which it is true are as many as is said. */
function countHolds(
  match: RegExpMatchArray,
  facts: Facts,
  before: readonly News2Parameter[],
  saved: readonly News2Parameter[],
  isSo: (parameter: News2Parameter) => boolean,
): boolean {
  const { all, none, only, count } = match.groups ?? {};
  const other = match.groups?.other ?? /else|rest|other/u.exec(all ?? '')?.[0];
  // "All other readings": other than what was named, or than the one that scores.
  const [driver, second] = facts.drivers;
  const named =
    before.length > 0 || driver === undefined || second !== undefined ? before : [driver.parameter];
  const left = judged(match[0], facts).filter(
    (one) => !saved.includes(one) && !(other !== undefined && named.includes(one)),
  );
  const fitting = left.filter(isSo);
  const hasNumber = (one: News2Parameter) => one !== 'oxygen' && one !== 'consciousness';
  // "Every reading takes 3 points": oxygen and consciousness are no readings where points are told.
  const isReadings = match.groups?.told !== undefined && /reading|value|measurement/u.test(match[0]);
  // What is excepted must be the exception.
  if (all !== undefined)
    return left.filter((one) => !isReadings || hasNumber(one)).every(isSo) && !saved.some(isSo);
  if (none !== undefined) return fitting.length === 0 && saved.every(isSo);
  const told = numberOf(count ?? '');
  // "One of the readings scores" says that there is one, "only one" that there is no second.
  if (told === 1 && only === undefined) return fitting.length > 0;
  const isParameters = /parameter|component|item|seven|7/u.test(match[0]);
  return told === fitting.length || (!isParameters && told === fitting.filter(hasNumber).length);
}

/** Every statement of a quantity of parameters, and whether the score holds it. */
export const countedStatements = remembered((text: string, facts: Facts): readonly CountedStatement[] => {
  const { news2 } = facts;
  if (!isApplicable(news2)) return [];
  const found: CountedStatement[] = [];
  const mentions = subjectsNamed(text);
  const add = (match: RegExpExecArray, holds: () => boolean) => {
    const span = { start: match.index, end: match.index + match[0].length };
    if (isConditional(text, span.start)) return;
    if (!found.some(({ start, end }) => span.start < end && start < span.end))
      found.push({ ...span, holds: holds() });
  };
  const so = (is: (points: number | null, told: number) => boolean, match: RegExpMatchArray) => {
    const told = numberOf(match.groups?.told ?? '');
    return (parameter: News2Parameter) => is(news2.points[parameter] ?? null, told);
  };
  for (const { is, pattern } of ALONE)
    for (const match of text.matchAll(pattern)) {
      const only = match.groups?.subject ?? '';
      const start = match.index + match[0].indexOf(only);
      const said = parametersIn(mentions, { start, end: start + only.length });
      if (said.length === 0) continue;
      const isSo = so(is, match);
      add(match, () => judged(match[0], facts).every((one) => isSo(one) === said.includes(one)));
    }
  for (const { is, pattern } of COUNTED)
    for (const match of text.matchAll(pattern)) {
      if (!SAYS_WHAT.test(match[0])) continue;
      const save = match.groups?.save ?? '';
      const saveAt = match.index + match[0].indexOf(save);
      const saved = parametersIn(mentions, { start: saveAt, end: saveAt + save.length });
      if (save !== '' && saved.length === 0) continue;
      const before = parametersIn(mentions, {
        start: sentenceAround(text, match.index).start,
        end: match.index,
      });
      add(match, () => countHolds(match, facts, before, saved, so(is, match)));
    }
  return found;
});
