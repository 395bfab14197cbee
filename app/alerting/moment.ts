/** Arithmetic on the moments of an alert: ISO 8601 outside, milliseconds inside. No clock is read here. */

const MINUTE_MS = 60_000;

/** Milliseconds of a moment. Throws a RangeError for what is no moment: that is a mistake of the caller. */
export function millis(moment: string): number {
  const value = Date.parse(moment);
  if (Number.isNaN(value)) throw new RangeError(`not a moment: ${moment}`);
  return value;
}

export function momentOf(ms: number): string {
  return new Date(ms).toISOString();
}

export function addMinutes(moment: string, minutes: number): string {
  return momentOf(millis(moment) + minutes * MINUTE_MS);
}

/** Milliseconds from the first moment to the second. */
export function elapsedMs(from: string, to: string): number {
  return millis(to) - millis(from);
}
