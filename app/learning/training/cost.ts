/**
 * What a training costs: time on the host by the price a site has entered. The guide's own figures are an A10 for 24
 * hours at 20 to 30 US dollars a run.
 */
import { z } from 'zod';

const MS_AN_HOUR = 3_600_000;

export const hostPriceSchema = z.object({
  /** For an hour of the host, in `currency`; 0 where it is the hospital's own. */
  anHour: z.number().min(0).max(100_000),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/u),
});
export type HostPrice = z.infer<typeof hostPriceSchema>;

/** When the host worked on one attempt; `untilMs` null: it still does. Milliseconds since 1970. */
export interface HostTime {
  readonly fromMs: number;
  readonly untilMs: number | null;
}

export interface TrainingCost {
  readonly hours: number;
  readonly soFar: number;
  /** At its end, if it goes on as it goes; null: nothing says how long it takes. */
  readonly forecast: number | null;
  /** So far, or by the forecast. */
  readonly overCeiling: 'no' | 'forecast' | 'reached';
  /** Seconds on the host until the ceiling is reached; null: there is none, or time costs nothing. */
  readonly secondsToCeiling: number | null;
}

/** @param secondsLeft as the trainer told it, or estimated; null where nothing did */
export function costOf(
  times: readonly HostTime[],
  price: HostPrice,
  ceiling: number | null,
  secondsLeft: number | null,
  nowMs: number,
): TrainingCost {
  const workedMs = times.reduce(
    (sum, { fromMs, untilMs }) => sum + Math.max(0, (untilMs ?? nowMs) - fromMs),
    0,
  );
  const hours = workedMs / MS_AN_HOUR;
  const soFar = hours * price.anHour;
  const forecast = secondsLeft === null ? null : soFar + (secondsLeft / 3600) * price.anHour;
  const secondsToCeiling =
    ceiling === null || price.anHour === 0
      ? null
      : Math.max(0, Math.floor(((ceiling - soFar) / price.anHour) * 3600));
  const reached = secondsToCeiling === 0;
  const ahead = ceiling !== null && forecast !== null && forecast > ceiling;
  return {
    hours,
    soFar,
    forecast,
    overCeiling: reached ? 'reached' : ahead ? 'forecast' : 'no',
    secondsToCeiling,
  };
}

/** How long so many examples take, where nothing of the run itself tells yet. */
export function secondsOf(examples: number, epochs: number, secondsAnExample: number): number {
  return examples * epochs * secondsAnExample;
}
