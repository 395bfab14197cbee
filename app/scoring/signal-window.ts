/** The change of a value against the most or the least of a window of time before it. */
import type { ObservedValue } from '../observation/reading.ts';
import type { NumericVital } from '../observation/vital.ts';

/** A real reading before now: one measurement, or one minute of a stream. */
export interface EarlierSample {
  readonly vital: NumericVital;
  readonly value: number;
  readonly source: Pick<ObservedValue['source'], 'kind' | 'name'>;
  /** Age now (ms). */
  readonly ageMs: number;
  readonly by: 'median' | 'last' | 'single';
}

export interface ChangeWindow {
  readonly windowMs: number;
  readonly direction: 'fall' | 'rise';
  /**
   * The longest stretch without a reading inside the window with which a change of 0 is still believed: what
   * happened in a longer one is not known.
   */
  readonly longestGapMs: number;
}

const MINUTE_MS = 60_000;

/**
 * SpO2 now against the highest of the last 10 min (clinical reference). The gap bridges one lost minute of a
 * stream; the ten minutes before a charted value are hardly ever covered, and then the fall is a bound. Ours.
 */
export const SPO2_FALL_WINDOW: ChangeWindow = {
  windowMs: 10 * MINUTE_MS,
  direction: 'fall',
  longestGapMs: 2 * MINUTE_MS,
};
/** Heart rate now against the lowest of the last 2 h; an hourly round with its grace of 15 min covers it. Ours. */
export const HR_RISE_WINDOW: ChangeWindow = {
  windowMs: 120 * MINUTE_MS,
  direction: 'rise',
  longestGapMs: 75 * MINUTE_MS,
};

export interface Change {
  /** Size of the fall or rise in the value's unit; 0 where there is none. At least so much where not covered. */
  readonly amount: number;
  readonly comparedWith: EarlierSample | null;
  /** Whether readings cover the window without a gap longer than its longest. */
  readonly covered: boolean;
}

/**
 * @param now the value that counts now, with its age (ms); the window ends with it.
 * @param samples readings of the same vital in any order; those younger than `now` are left out.
 */
export function changeInWindow(
  window: ChangeWindow,
  now: { readonly value: number; readonly ageMs: number },
  samples: readonly EarlierSample[],
): Change {
  const inside = samples
    .filter(({ ageMs }) => ageMs >= now.ageMs && ageMs - now.ageMs <= window.windowMs)
    .sort((a, b) => a.ageMs - b.ageMs);
  const sign = window.direction === 'fall' ? 1 : -1;
  let extreme: EarlierSample | null = null;
  for (const sample of inside)
    if (extreme === null || sign * sample.value > sign * extreme.value) extreme = sample;
  // One decimal is the finest resolution of a vital; it also removes binary noise.
  const change = extreme === null ? 0 : Math.round(sign * (extreme.value - now.value) * 10) / 10;
  const amount = Math.max(0, change);
  return { amount, comparedWith: amount === 0 ? null : extreme, covered: covers(window, now.ageMs, inside) };
}

/** @param inside the window's samples, youngest first. */
function covers(window: ChangeWindow, nowAgeMs: number, inside: readonly EarlierSample[]): boolean {
  let from = nowAgeMs;
  for (const { ageMs } of inside) {
    if (ageMs - from > window.longestGapMs) return false;
    from = ageMs;
  }
  return nowAgeMs + window.windowMs - from <= window.longestGapMs;
}
