/**
 * How much a ward is asked by its alerts, and how much of it is acted on: figures for whoever sets the policy.
 * Every figure comes with an interval of 95 %, because a week of one ward is a small sample.
 */
import { z } from 'zod';
import { wilson, Z } from '../statistics/intervals.ts';
import { ALERT_RULES, type AlertRule, alertRuleSchema } from './alert.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Beds have to be watched for so long, all of them together, before a rate of a bed and day is said: of a shorter time
 * one alert alone makes dozens or thousands a day. Ours: a quarter of a bed's day.
 */
export const LEAST_WATCHED_MS = DAY_MS / 4;

const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof estimateSchema>;

const burdenFiguresSchema = z.object({
  fired: z.number().int().min(0),
  /** Alerts a bed and day; null where beds were watched for less than `LEAST_WATCHED_MS`. */
  perBedDay: estimateSchema.nullable(),
  answered: z.number().int().min(0),
  /** Answered by anything but a dismissal. */
  actedOn: z.number().int().min(0),
  /** Of all that fired, 0 to 1; null where none did. */
  shareActedOn: estimateSchema.nullable(),
  /** Median minutes from firing to the first answer, of those answered; null where none was. */
  minutesToAnswer: estimateSchema.nullable(),
});
export type BurdenFigures = z.infer<typeof burdenFiguresSchema>;

export const burdenSchema = z.object({
  bedDays: z.number().min(0),
  all: burdenFiguresSchema,
  byRule: z.array(burdenFiguresSchema.extend({ rule: alertRuleSchema })),
});
export type Burden = z.infer<typeof burdenSchema>;

/** One alert of the time that is looked at. */
export interface CountedAlert {
  readonly rule: AlertRule;
  readonly firedMs: number;
  /** The first thing that a person did with it; null where nobody did anything. */
  readonly answer: { readonly atMs: number; readonly action: string } | null;
}

/**
 * The rate of a count in an exposure, with Byar's approximation of the exact Poisson limits (Breslow & Day,
 * Statistical Methods in Cancer Research II, 1987, p. 69); of a count of 0 the upper limit is exact.
 */
export function rateOf(count: number, exposure: number): Estimate | null {
  if (!(exposure > 0)) return null;
  const limit = (n: number, sign: 1 | -1) => n * (1 - 1 / (9 * n) + (sign * Z) / (3 * Math.sqrt(n))) ** 3;
  return {
    value: count / exposure,
    low: count === 0 ? 0 : Math.max(0, limit(count, -1)) / exposure,
    // 3.689 is −ln 0.025: none are seen with that chance where so many were to be expected.
    high: (count === 0 ? -Math.log(0.025) : limit(count + 1, 1)) / exposure,
  };
}

/** A share with its interval. Null where there is nothing to share. */
export function shareOf(part: number, whole: number): Estimate | null {
  if (whole <= 0) return null;
  const { lower, upper } = wilson(part, whole);
  return { value: part / whole, low: lower, high: upper };
}

/**
 * The median with the order statistics that enclose it (Conover, Practical Nonparametric Statistics, 3.2); with
 * fewer than six values the whole range is all that can be said.
 */
export function medianOf(values: readonly number[]): Estimate | null {
  const sorted = [...values].sort((a, b) => a - b);
  const count = sorted.length;
  const at = (index: number) => sorted[Math.min(count - 1, Math.max(0, index))];
  const lower = at(Math.ceil(count / 2) - 1);
  const upper = at(Math.floor(count / 2));
  const half = (Z * Math.sqrt(count)) / 2;
  const low = at(Math.floor(count / 2 - half));
  const high = at(Math.ceil(count / 2 + half));
  if (lower === undefined || upper === undefined || low === undefined || high === undefined) return null;
  return { value: (lower + upper) / 2, low, high };
}

function figuresOf(alerts: readonly CountedAlert[], bedDays: number): BurdenFigures {
  const answers = alerts.flatMap(({ firedMs, answer }) => (answer === null ? [] : [{ firedMs, ...answer }]));
  const actedOn = answers.filter(({ action }) => action !== 'dismissed').length;
  return {
    fired: alerts.length,
    perBedDay: bedDays * DAY_MS < LEAST_WATCHED_MS ? null : rateOf(alerts.length, bedDays),
    answered: answers.length,
    actedOn,
    shareActedOn: shareOf(actedOn, alerts.length),
    // A clock that was set back between the two makes no answer come before its alert.
    minutesToAnswer: medianOf(answers.map(({ firedMs, atMs }) => Math.max(0, atMs - firedMs) / MINUTE_MS)),
  };
}

/** @param occupiedMs how long beds were occupied in the time that is looked at, all beds together. */
export function burdenOf(alerts: readonly CountedAlert[], occupiedMs: number): Burden {
  const bedDays = Math.max(0, occupiedMs) / DAY_MS;
  return {
    bedDays,
    all: figuresOf(alerts, bedDays),
    byRule: ALERT_RULES.map((rule) => ({
      rule,
      ...figuresOf(
        alerts.filter((alert) => alert.rule === rule),
        bedDays,
      ),
    })),
  };
}
