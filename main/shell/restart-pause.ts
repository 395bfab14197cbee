/** How long to wait before something that died is started again. Apart from Electron, so that it can be tried. */

/** What ran this long was well; its next death is a new matter. */
export const WELL_AFTER_MS = 60_000;
const FIRST_PAUSE_MS = 200;

export interface RestartPauses {
  /**
   * Milliseconds to wait after a death at `now`: none after the first, then twice as long each time, up to the
   * longest.
   */
  died(now: number): number;
  /** Deaths in a row, the last one among them. */
  readonly deaths: number;
}

/** Counts from `startedAt`; both times are milliseconds of one clock that is never set. */
export function createRestartPauses(longestMs: number, startedAt: number): RestartPauses {
  let deaths = 0;
  let runsSince = startedAt;
  return {
    get deaths() {
      return deaths;
    },
    died(now) {
      deaths = now - runsSince > WELL_AFTER_MS ? 1 : deaths + 1;
      const pause = deaths === 1 ? 0 : Math.min(longestMs, FIRST_PAUSE_MS * 2 ** (deaths - 2));
      runsSince = now + pause;
      return pause;
    },
  };
}
