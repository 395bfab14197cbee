/**
 * Points told in a list or as a sum of what is named before them: "only respiration and pulse score: 3 and 1",
 * "breathing and saturation together take 4 points". Each is held against the points of the score, in order.
 * Source: verification rule 1 ("points, total or lower bound").
 */
import { isApplicable, NEWS2_PARAMETERS, type News2Parameter } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import { has, sentenceAround, words } from './text.ts';
import type { SubjectMention } from './vitals-named.ts';

const BETWEEN_NUMBERS = /^(?: points?)?,? ?(?:and |और )?$/u;
const TOGETHER = words(
  'together|combined|jointly|between them|in all|taken together|add(?:ed)? up(?: to)?|in sum|मिलकर|मिलाकर|दोनों(?: के)?(?: मिलकर)?|एक साथ',
);

function parametersBefore(mentions: readonly SubjectMention[], start: number, end: number): News2Parameter[] {
  return mentions
    .filter((one) => one.start >= start && one.end <= end)
    .flatMap(({ vital }) => NEWS2_PARAMETERS.filter((one) => one === vital));
}

function isPoints({ value, unit }: NumberClaim): boolean {
  return value !== null && (unit === null || unit === 'points');
}

/** "… respiration and pulse score: 3 and 1": as many points as parameters, in their order. */
export function pointsListed(
  claims: readonly NumberClaim[],
  mentions: readonly SubjectMention[],
  text: string,
  { news2 }: Facts,
): Map<NumberClaim, boolean> {
  const found = new Map<NumberClaim, boolean>();
  if (!isApplicable(news2)) return found;
  const { points } = news2;
  for (const [index, first] of claims.entries()) {
    if (found.has(first) || !isPoints(first)) continue;
    const run = [first];
    for (const next of claims.slice(index + 1)) {
      const last = run.at(-1) ?? first;
      if (!isPoints(next) || !BETWEEN_NUMBERS.test(text.slice(last.end, next.start))) break;
      run.push(next);
    }
    const named = parametersBefore(mentions, sentenceAround(text, first.start).start, first.start);
    const isRead = /(?:of|at|is|was|from|to) $/u.test(text.slice(0, first.start));
    if (run.length < 2 || named.length !== run.length || isRead) continue;
    if (run.some(({ value }) => (value ?? 0) > MOST_POINTS)) continue;
    for (const [place, claim] of run.entries()) {
      const parameter = named[place];
      found.set(claim, parameter !== undefined && points[parameter] === claim.value);
    }
  }
  return found;
}
/** One parameter takes no more. Source: Royal College of Physicians, NEWS2, 2017. */
const MOST_POINTS = 3;

/** "Breathing and saturation together take 4 points". */
export function pointsTogether(
  claims: readonly NumberClaim[],
  mentions: readonly SubjectMention[],
  text: string,
  { news2 }: Facts,
): Map<NumberClaim, boolean> {
  const found = new Map<NumberClaim, boolean>();
  if (!isApplicable(news2)) return found;
  for (const claim of claims) {
    const sentence = sentenceAround(text, claim.start);
    const before = text.slice(sentence.start, claim.start);
    if (!isPoints(claim) || !has(before, TOGETHER)) continue;
    if (claims.some(({ start }) => start >= sentence.start && start < claim.start)) continue;
    const named = parametersBefore(mentions, sentence.start, claim.start);
    if (named.length < 2) continue;
    const sum = named.reduce((total, parameter) => total + (news2.points[parameter] ?? 0), 0);
    found.set(claim, sum === claim.value);
  }
  return found;
}
