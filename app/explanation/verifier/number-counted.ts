/** Part of the rule `number`: numbers that count readings, sets or what a list has named. */
import type { Facts } from '../facts.ts';

export const COUNTED = /^ (?:readings?|रीडिंग)$/u;

export const COUNTED_AFTER =
  /^ (?:of the )?(?:vitals?|vital signs|parameters?|numbers|values|readings|measurements)(?!\p{L})/u;

/** NEWS2 has seven parameters; of a list as many are told as it names. */
export const PARAMETERS = 7;

export const ALL_BEFORE = /(?<!\p{L})(?:all|these|those|the|of) (?:the )?$/u;

/** "The two sets", "both pressures": a patient has two pressures, and two sets where there is one before. */
export const PAIR_AFTER =
  /^ (?:[\p{L}]+ )?(?:sets?|pressures|scores|totals|rows|charts|observations|rounds|checks)(?!\p{L})/u;

/** How many readings score, how many of them with numbers, and how many are missing. */
export function countsOf({ drivers, missing }: Facts): number[] {
  const numeric = drivers.filter(({ parameter }) => parameter !== 'oxygen' && parameter !== 'consciousness');
  return [drivers.length, numeric.length, missing.length].filter((count) => count > 0);
}
