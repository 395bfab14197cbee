/**
 * The words that rule texts and literals are made of, one implementation a language (`app/language`).
 * Units and numbers are formatted here once: Latin digits and untranslated units in every language.
 */

import type { Acvpu } from '../observation/vital.ts';
import type { Direction, NumericParameter } from '../scoring/chart.ts';
import type { Assessment } from '../scoring/news2.ts';
import type { News2Parameter, Score } from '../scoring/score.ts';
import type { TriggerFacts } from './explanation.ts';
import type { Change, Facts, Pattern, StaleReading } from './facts.ts';

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

/** What a sentence about a trigger names beside its value: the reading that scores 3, or those that meet qSOFA. */
export interface Rang {
  readonly red: Driven | null;
  readonly met: readonly (
    | { readonly kind: 'rr' | 'sbp'; readonly value: number }
    | { readonly kind: 'acvpu' }
  )[];
  readonly hr: number | null;
  readonly sbp: number | null;
}

/** A course that may be told: it rises or falls, over so many minutes. */
export interface SpokenTrend {
  readonly parameter: NumericParameter;
  readonly direction: 'rising' | 'falling';
  /** Size of the change an hour, in the parameter's unit. */
  readonly perHour: number;
  readonly span: SpokenSpan;
  readonly readings: number;
}

/** A stretch of time as a text tells it: whole minutes, and from 90 on half hours. */
export type SpokenSpan =
  | { readonly unit: 'minutes'; readonly value: number }
  | { readonly unit: 'hours'; readonly value: number };

export function spokenSpan(minutes: number): SpokenSpan {
  return minutes < 90
    ? { unit: 'minutes', value: Math.round(minutes) }
    : { unit: 'hours', value: Math.round(minutes / 30) / 2 };
}

/** A course over less than this is no course yet: a slope an hour would be drawn from minutes. Ours. */
const LEAST_SPAN_MINUTES = 30;

/** The trends that a text tells: what rises or falls, over long enough. */
export function spokenTrends(facts: Pick<Facts, 'trends'>): SpokenTrend[] {
  return facts.trends.flatMap((trend) => {
    const { parameter, direction, per_hour, readings } = trend;
    const minutes = trend.span_minutes ?? trend.window_minutes;
    if (direction === 'steady' || minutes < LEAST_SPAN_MINUTES) return [];
    // Whole numbers as the vitals have them; a temperature and a slow saturation keep their decimal.
    const size = Math.abs(per_hour);
    const perHour = parameter === 'temp' || size < 2 ? Math.round(size * 10) / 10 : Math.round(size);
    return perHour === 0 ? [] : [{ parameter, direction, perHour, span: spokenSpan(minutes), readings }];
  });
}

/** A number at no more than two decimals. */
export function plain(value: number): string {
  return String(Math.round(value * 100) / 100);
}

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
  /** One sentence on what made the alert ring; null where the score itself did, or the facts do not hold it. */
  trigger(trigger: TriggerFacts, shown: Rang): string | null;
  /** One sentence on courses over hours; the list is never empty. */
  trends(list: readonly SpokenTrend[]): string;
  /** One sentence on what the monitor says it cannot measure; the list is never empty. */
  unavailable(list: readonly News2Parameter[]): string;
  /** What the chart asks for; of an incomplete score, what it asks for at the least. */
  response(assessment: Assessment, complete: boolean): string;
  /** The whole rule text where there is no reading at all. */
  nothingMeasured(): string;
  derived(map: number | null, shockIndex: number | null): string | null;
  /** What stands before a hole, and what stands alone where the hole is withheld. */
  readonly summaryLead: string;
  summaryAlone(pattern: Pattern): string;
  /** For doctors: two considerations, each asked as a question of whether. */
  readonly considerLead: string;
  readonly considerAlone: string;
  readonly weighLead: string;
  readonly weighAlone: string;
  /** For students, at the end: by code, from what there is to ask about. */
  questions(drivers: number, missing: number): readonly string[];
  readonly checkLead: string;
  checkAlone(): string;
}
