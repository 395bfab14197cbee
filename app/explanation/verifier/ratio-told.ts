/**
 * Part of the rule `number`: the shock index told as what it is, the pulse divided by the systolic pressure ("115
 * divided by 103 is 1.12").
 */
import type { PlacedNumber } from './placed-number.ts';
import { has, words } from './text.ts';

const DIVIDED = words('divid\\w*|over|ratio|quotient|भाग|bhaag|bhag|अनुपात|÷');

/** "Shock index 118/95 = 1.24": pulse over systolic pressure. */
function isPairDivided({
  claim,
  claims,
  text,
  facts,
}: Pick<PlacedNumber, 'claim' | 'text' | 'claims' | 'facts'>): boolean {
  const place = claims.findIndex(({ start }) => start === claim.start);
  return [place, place - 1].some((first) => {
    const [pulse, pressure] = [claims[first], claims[first + 1]];
    return (
      pulse !== undefined &&
      pressure !== undefined &&
      /^ ?[/÷] ?$|^ (?:divided by|over) (?:(?:the |a )?systolic (?:pressure )?(?:of )?)?$/u.test(
        text.slice(pulse.end, pressure.start),
      ) &&
      pulse.value === facts.vitals.hr &&
      pressure.value === facts.vitals.sbp &&
      claims.some(({ value }) => value === facts.derived.shock_index)
    );
  });
}

/** Whether a quotient of pulse and systolic pressure is told that the record holds. */
export function isRatioTold({ claim, value, before, text, sentence, claims, facts }: PlacedNumber): boolean {
  if (isPairDivided({ claim, text, claims, facts })) return true;
  if (claim.unit !== null || Number.isInteger(value) || value !== facts.derived.shock_index) return false;
  const { hr, sbp } = facts.vitals;
  const told = (reading: number | null | undefined) => claims.some((one) => one.value === reading);
  const within = text.slice(sentence.start, sentence.end);
  return told(hr) && told(sbp) && (has(within, DIVIDED) || /\d ?[/÷] ?\d/u.test(before));
}
