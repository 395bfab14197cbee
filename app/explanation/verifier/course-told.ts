/**
 * Part of the rule `number`: two ends of a course ("the rate from 12 to 6", "94 → 84", "110 से 95"). Both ends must be
 * the two readings of one vital, in their order.
 */

import { leastTotal } from '../../scoring/score.ts';
import type { Facts } from '../facts.ts';
import type { Subject } from './licences.ts';
import type { PlacedNumber } from './placed-number.ts';
import type { NamedVital } from './vitals-named.ts';

const TO =
  /^ ?(?:[\p{L}%°/]+(?: [\p{L}]+)? )?(?:(?:up |down |on )?to|→|->|से|then|and now|, now)(?: now| only| just)? ?$/u;
const VITALS: readonly NamedVital[] = ['rr', 'spo2', 'sbp', 'dbp', 'hr', 'temp', 'news2'];
/** "The rate" is of the breathing or of the pulse. */
const RATE = /(?<!\p{L})rate (?:[\p{L}]+ ){0,3}$/u;

function endsOf(
  { vitals, previous, news2, previousNews2 }: Facts,
  vital: NamedVital,
): readonly (number | null)[] {
  if (previous === null) return [null, null];
  switch (vital) {
    case 'temp':
      return [previous.vitals.temp_c ?? null, vitals.temp_c ?? null];
    case 'news2':
      return [previousNews2 === null ? null : leastTotal(previousNews2), leastTotal(news2)];
    case 'map':
    case 'shock_index':
      return [null, null];
    default:
      return [previous.vitals[vital] ?? null, vitals[vital] ?? null];
  }
}

/** Whether the number is one end of a course whose two ends the two sets hold. */
export function isCourseTold({ claim, claims, text, mentions, facts, sentence }: PlacedNumber): boolean {
  if (claim.unit === 'minutes' || claim.unit === 'hours' || claim.unit === 'other') return false;
  const place = claims.findIndex(({ start }) => start === claim.start);
  for (const first of [place, place - 1]) {
    const [from, to] = [claims[first], claims[first + 1]];
    if (from === undefined || to === undefined || !TO.test(text.slice(from.end, to.start))) continue;
    const begin = claims[first - 1]?.unitEnd ?? sentence.start;
    const named = mentions.findLast(({ start, end }) => start >= begin && end <= from.start)?.vital;
    const said: readonly Subject[] =
      RATE.test(text.slice(begin, from.start)) && (named === undefined || named === 'consciousness')
        ? ['rr', 'hr']
        : named === undefined
          ? ['news2']
          : [named];
    for (const vital of VITALS.filter((one) => said.includes(one))) {
      const [then, now] = endsOf(facts, vital);
      if (then !== null && then === from.value && now === to.value) return true;
    }
  }
  return false;
}

const FROM = /(?<!\p{L})from (?:an? (?:\p{L}+ ){1,3}of )?$/u;
const BECOMING = new RegExp(
  /^ ?[%°c/\p{L}]{0,5}(?: ?mm ?hg)? ?(?:तक )?(?:हु[\p{L}\p{M}]*|हो ग[\p{L}\p{M}]*|पहुँच[\p{L}\p{M}]*|आ ग[\p{L}\p{M}]*|पर (?:आ|पहुँच)[\p{L}\p{M}]*)(?![\p{L}\p{M}])/u.source.normalize(
    'NFKC',
  ),
  'u',
);
/** A band's own limits are no course. */
const BAND = /(?:band|range|limits?|zone|normal|target|scale|anywhere|सीमा|लक्ष्य|\[p\d)/u;

/** "The pulse went from 19 to 8" where the sets hold 19 and 9. */
export function isCourseDenied({
  claim,
  claims,
  text,
  mentions,
  facts,
  sentence,
  value,
}: PlacedNumber): boolean {
  if (claim.unit === 'minutes' || claim.unit === 'hours' || claim.unit === 'other') return false;
  if (BAND.test(text.slice(sentence.start, sentence.end))) return false;
  const place = claims.findIndex(({ start }) => start === claim.start);
  return [place, place - 1].some((first) => {
    const [from, to] = [claims[first], claims[first + 1]];
    if (from === undefined || to === undefined) return false;
    const between = text.slice(from.end, to.start);
    const isCourse =
      (FROM.test(text.slice(0, from.start)) && TO.test(between)) ||
      (/^ ?[%°c]{0,2} ?से $/u.test(between) &&
        BECOMING.test(text.slice(to.end, sentence.end).normalize('NFKC')));
    if (!isCourse) return false;
    const named =
      mentions.findLast(({ end }) => end <= from.start)?.vital ??
      mentions.find(({ start }) => start >= to.unitEnd)?.vital;
    const vital = VITALS.find((one) => one === named);
    if (vital === undefined || facts.trends.some(({ parameter }) => parameter === vital)) return false;
    const change = facts.trigger?.change ?? null;
    if (change !== null && (change.from === value || change.to === value)) return false;
    if (facts.trigger?.rule === 'news2-rise' && vital === 'news2') return false;
    const [then, now] = endsOf(facts, vital);
    const held = first === place ? then : now;
    return held !== null && held !== undefined && held !== value;
  });
}
