import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Crash } from './crash-record.ts';
import { crashesInARow, decide, WELL_AFTER_MS } from './relaunch-policy.ts';

const T0 = Date.parse('2026-03-01T08:00:00Z');
const crash = (startMs: number, lastedMs: number): Crash => ({
  startedAt: new Date(T0 + startMs).toISOString(),
  endedAt: new Date(T0 + startMs + lastedMs).toISOString(),
  ending: 'SIGSEGV',
  safeMode: false,
});

describe('relaunch policy', () => {
  it('starts normally at first and after one crash', () => {
    expect(decide([], T0)).toEqual({ next: 'start', safeMode: false });
    expect(decide([crash(0, 5000)], T0 + 5000)).toEqual({ next: 'start', safeMode: false });
  });

  it('starts safe mode after the second crash in a row', () => {
    expect(decide([crash(0, 5000), crash(6000, 4000)], T0 + 10_000)).toEqual({
      next: 'start',
      safeMode: true,
    });
  });

  it('does not count a crash before a run that was well', () => {
    const crashes = [crash(0, 5000), crash(6000, WELL_AFTER_MS)];
    expect(crashesInARow(crashes, T0 + 6000 + WELL_AFTER_MS)).toBe(1);
  });

  it('forgets crashes when the program stood still for long', () => {
    expect(crashesInARow([crash(0, 1000), crash(2000, 1000)], T0 + 3000 + WELL_AFTER_MS + 1)).toBe(0);
  });

  it('gives up on a crash loop, and never before safe mode was tried', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 100, max: 60_000 }), { maxLength: 12 }), (lengths) => {
        const crashes: Crash[] = [];
        let at = 0;
        let sawSafeMode = false;
        for (const length of lengths) {
          const decision = decide(crashes, T0 + at);
          if (decision.next === 'give-up') {
            expect(sawSafeMode).toBe(true);
            return;
          }
          sawSafeMode ||= decision.safeMode;
          crashes.push(crash(at, length));
          at += length + 500;
        }
        expect(crashes.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});
