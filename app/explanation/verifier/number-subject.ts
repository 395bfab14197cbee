/** Part of the rule `number`: which vital a number is said of. */
import type { NumberClaim } from './claims.ts';
import type { Subject } from './licences.ts';
import { MADE_FROM } from './number-placed.ts';
import { clauseAround, has, sentenceAround, words } from './text.ts';
import type { SubjectMention } from './vitals-named.ts';

const PRONOUN = words('it|this|that|these|they|यह|ये|वह');

/** "on oxygen" tells how a saturation was read; only "oxygen adds …" is a subject of its own. */
const HOW_READ = /(?:on|with|without|despite|receiving|extra|supplemental) $/u;

/**
 * What a number may be said of. The nearest vital before it in the sentence; also the nearest one that was named
 * by its number's own name where a word that implies a vital ("fever") stands between; else one right behind it.
 */
export function subjectsOf(claim: NumberClaim, mentions: readonly SubjectMention[], text: string): Subject[] {
  const sentence = sentenceAround(text, claim.start);
  const before = mentions.filter(({ start, end }) => start >= sentence.start && end <= claim.start);
  const points = claim.unit === 'points';
  const follows = mentions.find(({ start }) => start >= claim.unitEnd);
  if (
    (points || (claim.unit === null && (claim.value ?? 9) <= MOST_POINTS)) &&
    follows !== undefined &&
    /^ (?:for|from|by) (?:the |its )?$/u.test(text.slice(claim.unitEnd, follows.start))
  )
    return [follows.vital];
  const candidates = points ? before : before.filter(({ kind }) => kind !== 'points');
  const nearest = candidates.at(-1);
  if (nearest !== undefined) {
    const beside = points
      ? nearest.kind === 'points' && HOW_READ.test(text.slice(0, nearest.start))
        ? candidates.at(-2)
        : undefined
      : candidates.findLast(({ kind }) => kind === 'named');
    return [nearest.vital, ...(beside === undefined ? [] : [beside.vital])];
  }
  const clause = clauseAround(text, claim.start);
  const behind = mentions.find(
    ({ start, end, kind }) => start >= claim.end && end <= clause.end && (points || kind !== 'points'),
  );
  if (behind !== undefined) return [behind.vital];
  // "At 7 the chart asks …" is the total's; "it was 3" is said of what was named last.
  const after = text.slice(claim.end, sentence.end);
  if (claim.unit === null && /^,? (?:the |this )?(?:chart|total|score|news)/u.test(after)) return ['news2'];
  if (claim.unit !== null || !has(text.slice(sentence.start, claim.start), PRONOUN)) return [];
  const named = mentions.findLast(({ end, kind }) => end <= claim.start && kind === 'named');
  return named === undefined ? [] : [named.vital];
}

/** Behind one of these a number begins a new statement: "febrile at 39.2 °C with a pulse of 90". */
const STARTS_ANEW = /[,;:(]|(?<!\p{L})(?:and|with|yet|but|while|though|plus|और|तथा|लेकिन|पर)(?![\p{L}\p{M}])/u;

/**
 * Degrees are the temperature's and per cent the saturation's, whatever vital is named next ("hot at 38.7 °C with a
 * fast pulse"); but "a pulse of 38.7 °C" and "the pulse, at rest, is 38.7 °C" are said of the pulse.
 */
export function vitalOfUnit(
  claim: NumberClaim,
  mentions: readonly SubjectMention[],
  text: string,
): Subject | null {
  const vital = claim.unit === 'celsius' ? 'temp' : claim.unit === 'percent' ? 'spo2' : null;
  const sentence = sentenceAround(text, claim.start);
  const last = mentions.findLast(({ start, end }) => start >= sentence.start && end <= claim.start);
  if (last === undefined) return vital;
  const between = text.slice(last.end, claim.start);
  return STARTS_ANEW.test(between) && !/(?:is|was|reads|of|:) $/u.test(between) ? vital : null;
}

/** Whether a vital right before the number claims it: "the pulse of 62", "breathing is at 24". */
export function isBeside(claim: NumberClaim, mentions: readonly SubjectMention[], text: string): boolean {
  const last = mentions.findLast(({ end }) => end <= claim.start);
  return (
    last !== undefined &&
    /^[\p{L}\p{M}\p{N}/%°. ]*$/u.test(text.slice(last.end, claim.start).replaceAll(MADE_FROM, ','))
  );
}

/** One parameter takes no more. Source: Royal College of Physicians, NEWS2, 2017. */
export const MOST_POINTS = 3;
