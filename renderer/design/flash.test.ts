import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepFlashing } from './flash.ts';

/** Flashes a second, least and most: IEC 60601-1-8, table 2; and WCAG 2.3.1, never more than three. */
const RATES = { high: [1.4, 2.8], medium: [0.4, 0.8] } as const;
const MOST = 3;

const shown = new Set<string>();
let turns = 0;
let isStill = false;

beforeEach(() => {
  vi.useFakeTimers();
  shown.clear();
  turns = 0;
  isStill = false;
  const documentElement = {
    toggleAttribute: (name: string, force?: boolean) => {
      const on = force ?? !shown.has(name);
      if (on !== shown.has(name)) turns += 1;
      if (on) shown.add(name);
      else shown.delete(name);
    },
    removeAttribute: (name: string) => void shown.delete(name),
  };
  vi.stubGlobal('document', { documentElement });
  vi.stubGlobal('window', { setInterval, clearInterval, matchMedia: () => ({ matches: isStill }) });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it.each(['high', 'medium'] as const)(
  '%s flashes at its rate, however many flash, and stops with the last',
  (level) => {
    const stops = Array.from({ length: 5 }, () => keepFlashing(level));
    vi.advanceTimersByTime(60_000);
    // Solid and tint and solid again: one flash.
    const perSecond = turns / 2 / 60;
    const [least, most] = RATES[level];
    expect(perSecond).toBeGreaterThanOrEqual(least);
    expect(perSecond).toBeLessThanOrEqual(Math.min(most, MOST));
    for (const stop of stops) stop();
    turns = 0;
    vi.advanceTimersByTime(10_000);
    expect(turns).toBe(0);
    expect(shown.size).toBe(0);
  },
);

it('high and medium together are still under three a second', () => {
  const stops = [keepFlashing('high'), keepFlashing('medium')];
  vi.advanceTimersByTime(60_000);
  expect(turns / 2 / 60).toBeLessThan(MOST);
  for (const stop of stops) stop();
});

it('whoever asked for less motion sees a steady colour', () => {
  isStill = true;
  const stop = keepFlashing('high');
  vi.advanceTimersByTime(10_000);
  expect(turns).toBe(0);
  stop();
});
