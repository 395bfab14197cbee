/** What to do after the program ended: pure, so that every path of it is tested. */
import type { Crash } from './crash-record.ts';

/** A run that lasted this long was well: a crash after it begins a new count. */
export const WELL_AFTER_MS = 10 * 60_000;
/** Crashes in a row after which only the engine can be the cause that we can switch off. */
export const CRASHES_TO_SAFE_MODE = 2;
/** Crashes in a row, safe mode among them, after which starting again helps nobody. */
export const CRASHES_TO_STOP = 6;

export type Decision = { readonly next: 'start'; readonly safeMode: boolean } | { readonly next: 'give-up' };

/** Crashes in a row: counted back from the newest while each run was too short to have been well. */
export function crashesInARow(crashes: readonly Crash[], now: number): number {
  let count = 0;
  let laterStart = now;
  for (const crash of crashes.toReversed()) {
    // A pause between the crash and the next start (a person quit and came back) ends the row as well.
    if (laterStart - Date.parse(crash.endedAt) > WELL_AFTER_MS) break;
    count++;
    if (Date.parse(crash.endedAt) - Date.parse(crash.startedAt) >= WELL_AFTER_MS) break;
    laterStart = Date.parse(crash.startedAt);
  }
  return count;
}

export function decide(crashes: readonly Crash[], now: number): Decision {
  const inARow = crashesInARow(crashes, now);
  if (inARow >= CRASHES_TO_STOP) return { next: 'give-up' };
  return { next: 'start', safeMode: inARow >= CRASHES_TO_SAFE_MODE };
}
