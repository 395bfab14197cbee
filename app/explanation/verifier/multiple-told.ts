/**
 * Part of the rule `number`: multiples and parts ("the score has tripled", "a quarter of the 12 points"). They stand
 * only where the two readings, or the points and the total, have that very proportion.
 */
import { isApplicable, leastTotal, NEWS2_PARAMETERS } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import { sentenceAround, words } from './text.ts';
import type { NamedVital, SubjectMention } from './vitals-named.ts';

const FACTORS: readonly (readonly [RegExp, number])[] = [
  [words('doubled|double|twice|twofold|दोगुना|दोगुनी|दुगुना'), 2],
  [words('tripled|triple|thrice|threefold|तिगुना'), 3],
  [words('halved|half|one[ -]half|आधा|आधी|आधे'), 1 / 2],
  [words('(?:a |one[ -])?third'), 1 / 3],
  [words('(?:a |one[ -])?quarter'), 1 / 4],
  [words('two[ -]thirds'), 2 / 3],
];
const PART_OF =
  /^ (?:of )?(?:the |its |all |these )?(?:(?:total|score)(?: of)? ?)?(?:\d+ ?)?(?:points?|total|score|sum|comes?|is|are|[.,;]|$)/u;
const NEARLY = /(?<!\p{L})(?:nearly|almost|about|roughly|close to|around|लगभग|करीब) (?:\p{L}+ )?$/u;
/** A proportion is exact to two per cent, or to ten where it is told as a rough one. */
const EXACT = 0.02;
const ROUGH = 0.1;

function endsOf(facts: Facts, vital: NamedVital): readonly [number | null, number | null] {
  const { previous, vitals, previousNews2, news2 } = facts;
  if (previous === null) return [null, null];
  switch (vital) {
    case 'news2':
      return [previousNews2 === null ? null : leastTotal(previousNews2), leastTotal(news2)];
    case 'rr':
    case 'hr':
    case 'sbp':
    case 'dbp':
      return [previous.vitals[vital] ?? null, vitals[vital] ?? null];
    default:
      return [null, null];
  }
}

/** Whether a multiple or a part is told that the record holds. */
export function isMultipleTold(
  { start, end, value }: NumberClaim,
  mentions: readonly SubjectMention[],
  text: string,
  facts: Facts,
): boolean {
  const told = text.slice(start, end);
  const factor = FACTORS.find(([pattern]) => told.search(pattern) >= 0)?.[1];
  if (value !== null || factor === undefined) return false;
  const sentence = sentenceAround(text, start);
  const within = mentions.filter((one) => one.start >= sentence.start && one.end <= sentence.end);
  const total = leastTotal(facts.news2);
  if (factor < 1 && PART_OF.test(text.slice(end)) && total !== null && isApplicable(facts.news2)) {
    const { points } = facts.news2;
    const named = NEWS2_PARAMETERS.filter((one) => within.some(({ vital }) => vital === one));
    const sum = named.reduce((all, one) => all + (points[one] ?? 0), 0);
    return named.length > 0 && Math.abs(sum / total - factor) < 1e-9;
  }
  const nearest = within.findLast((one) => one.end <= start)?.vital;
  if (nearest === undefined || nearest === 'oxygen' || nearest === 'consciousness' || nearest === 'qsofa')
    return false;
  const [before, now] = endsOf(facts, nearest);
  if (before === null || now === null || before === 0) return false;
  const slack = NEARLY.test(text.slice(0, start)) ? ROUGH : EXACT;
  return Math.abs(now / before / factor - 1) <= slack;
}
