/** Part of the rule `number`: the limits of the band in which a reading lies. Source: the NEWS2 chart. */
import { NUMERIC_PARAMETERS } from '../facts.ts';
import type { NumberClaim } from './claims.ts';
import { UNIT } from './licences.ts';
import { subjectsOf } from './number-subject.ts';
import type { SentenceUnderTest } from './rule.ts';
import { has, sentenceAround, words } from './text.ts';
import type { SubjectMention } from './vitals-named.ts';

const BAND_AFTER = /^(?:\s?[^\s,;.]+)??\s?(?:bands?|ranges?|limits|targets?|बैंड|सीमा)(?![\p{L}\p{M}])/u;

const BAND_BEFORE = words(
  'inside|within|target(?: of| is)?|लक्ष्य|bands?(?: of| is| from)?|ranges?(?: of| is| from)?|बैंड|सीमा',
);

/** Claims that are the two limits of the band in which the reading of their vital lies ("the 21–24 band"). */
export function ownBandLimits(
  claims: readonly NumberClaim[],
  mentions: readonly SubjectMention[],
  { checked: { text }, facts }: SentenceUnderTest,
): ReadonlySet<NumberClaim> {
  const limits = new Set<NumberClaim>();
  for (const [index, least] of claims.entries()) {
    const most = claims[index + 1];
    if (most === undefined || !/^ ?(?:-|to|से) ?$/u.test(text.slice(least.unitEnd, most.start))) continue;
    const before = text.slice(sentenceAround(text, least.start).start, least.start).trimEnd();
    if (
      !BAND_AFTER.test(text.slice(most.unitEnd)) &&
      !has(before.split(' ').slice(-2).join(' '), BAND_BEFORE)
    )
      continue;
    const subjects = subjectsOf(least, mentions, text);
    const own = NUMERIC_PARAMETERS.some((parameter) => {
      const band = facts.bands[parameter];
      if (band === undefined || band.least !== least.value || band.most !== most.value) return false;
      if (most.unit !== null && most.unit !== UNIT[parameter]) return false;
      return subjects.length === 0 ? most.unit !== null : subjects.includes(parameter);
    });
    if (own) limits.add(least).add(most);
  }
  return limits;
}
