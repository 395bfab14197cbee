import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRestartPauses, WELL_AFTER_MS } from './restart-pause.ts';

/** Dies `times` times, each time so long after it was started again. */
function pausesOf(lastedMs: number, times: number, longestMs = 10_000): number[] {
  const pauses = createRestartPauses(longestMs, 0);
  let now = 0;
  return Array.from({ length: times }, () => {
    now += lastedMs;
    const pause = pauses.died(now);
    now += pause;
    return pause;
  });
}

describe('the pause before a restart', () => {
  it('is none after the first death and grows while it goes on dying', () => {
    expect(pausesOf(50, 9)).toEqual([0, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000]);
  });

  it('begins anew once it has run well', () => {
    expect(pausesOf(WELL_AFTER_MS + 1, 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('keeps a loop to a few restarts a minute, however fast it dies', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 40, maxLength: 80 }), (lives) => {
        const pauses = createRestartPauses(10_000, 0);
        let now = 0;
        let restartsInTheLastMinute = 0;
        const restarts: number[] = [];
        for (const life of lives) {
          now += life;
          now += pauses.died(now);
          restarts.push(now);
          restartsInTheLastMinute = restarts.filter((at) => now - at < 60_000).length;
        }
        expect(pauses.deaths).toBe(lives.length);
        expect(restartsInTheLastMinute).toBeLessThanOrEqual(6);
      }),
    );
  });
});
