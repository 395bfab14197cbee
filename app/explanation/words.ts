/**
 * The words that rule texts and literals are made of, one implementation a language (`app/language`).
 * Units and numbers are formatted here once: Latin digits and untranslated units in every language.
 */

import type { Acvpu } from '../observation/vital.ts';
import type { Direction, NumericParameter } from '../scoring/chart.ts';
import type { Assessment } from '../scoring/news2.ts';
import type { News2Parameter, Score } from '../scoring/score.ts';
import type { Change, Pattern, StaleReading } from './facts.ts';

/** Units as the ward writes them; never translated. */
export const UNIT_OF_PARAMETER = {
  rr: '/min',
  spo2: ' %',
  sbp: ' mmHg',
  hr: '/min',
  temp: ' °C',
} as const satisfies Record<NumericParameter, string>;

/** A number of a parameter with its unit: "26/min", "38.4 °C". A temperature always keeps its decimal. */
export function quantity(parameter: NumericParameter, value: number): string {
  const digits = parameter === 'temp' ? value.toFixed(1) : String(value);
  return `${digits}${UNIT_OF_PARAMETER[parameter]}`;
}

/** One scoring parameter, ready to be worded. */
export type Driven =
  | {
      readonly parameter: NumericParameter;
      readonly value: number;
      readonly direction: Direction;
      readonly points: number;
    }
  | { readonly parameter: 'oxygen'; readonly points: number }
  | { readonly parameter: 'consciousness'; readonly level: Acvpu; readonly points: number };

export interface ExplanationWords {
  readonly language: 'en' | 'hi';
  /** "NEWS2 is 12, high risk." or, incomplete, "NEWS2 is at least 6 …". */
  headline(score: Score): string;
  /** "respiratory rate 26/min, high (3 points)": without a capital and without a final mark. */
  driver(driven: Driven): string;
  /** The drivers as one sentence, heaviest first; the list is never empty. */
  drivers(list: readonly Driven[]): string;
  noDrivers(): string;
  /** One sentence on what changed; the list is never empty. */
  changes(minutesAgo: number, list: readonly Change[]): string;
  scoreChange(from: Score, to: Score): string | null;
  missing(list: readonly News2Parameter[]): string;
  /** One sentence on readings that were no longer current when the facts were taken; the list is never empty. */
  stale(list: readonly StaleReading[]): string;
  /** What the chart asks for; of an incomplete score, what it asks for at the least. */
  response(assessment: Assessment, complete: boolean): string;
  /** The whole rule text where there is no reading at all. */
  nothingMeasured(): string;
  derived(map: number | null, shockIndex: number | null): string | null;
  /** What stands before a hole, and what stands alone where the hole is withheld. */
  readonly summaryLead: string;
  summaryAlone(pattern: Pattern): string;
  readonly checkLead: string;
  checkAlone(): string;
}
