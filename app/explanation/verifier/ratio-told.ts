/**
 * Part of the rule `number`: the shock index told as what it is, the pulse divided by the systolic pressure ("115
 * divided by 103 is 1.12").
 */
import type { PlacedNumber } from './placed-number.ts';
import { has, words } from './text.ts';

const DIVIDED = words('divid\\w*|over|ratio|quotient|भाग|bhaag|bhag|अनुपात|÷');

/** Whether a quotient of pulse and systolic pressure is told that the record holds. */
export function isRatioTold({ claim, value, before, text, sentence, claims, facts }: PlacedNumber): boolean {
  if (claim.unit !== null || Number.isInteger(value) || value !== facts.derived.shock_index) return false;
  const { hr, sbp } = facts.vitals;
  const told = (reading: number | null | undefined) => claims.some((one) => one.value === reading);
  const within = text.slice(sentence.start, sentence.end);
  return told(hr) && told(sbp) && (has(within, DIVIDED) || /\d ?[/÷] ?\d/u.test(before));
}
