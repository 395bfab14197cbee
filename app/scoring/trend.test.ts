import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TrendReading, type TrendWindow, trendOf } from './trend.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WINDOW: TrendWindow = { toMs: 4 * HOUR, windowMs: 4 * HOUR, leastPerHour: 1, gapMs: 75 * MINUTE };

function at(hours: number, value: number): TrendReading {
  return { atMs: hours * HOUR, value };
}

describe('the trend over a window', () => {
  it('is the median slope, told per hour, with its window and its readings', () => {
    expect(trendOf([at(0, 80), at(1, 84), at(2, 88), at(3, 92), at(4, 96)], WINDOW)).toEqual({
      state: 'known',
      direction: 'rising',
      perHour: 4,
      windowMs: 4 * HOUR,
      readings: 5,
      spanMs: 4 * HOUR,
      gaps: [],
    });
  });
  it('is not turned by one wild reading', () => {
    expect(trendOf([at(0, 98), at(1, 96), at(2, 40), at(3, 92), at(4, 90)], WINDOW)).toMatchObject({
      direction: 'falling',
      perHour: -2,
    });
  });
  it('needs three readings at distinct times inside the window', () => {
    expect(trendOf([at(1, 80), at(2, 90)], WINDOW)).toMatchObject({ state: 'too-few', readings: 2 });
    expect(trendOf([at(1, 80), at(2, 90), at(2, 94)], WINDOW).state).toBe('too-few');
    expect(trendOf([at(-1, 80), at(2, 90), at(3, 94)], WINDOW).state).toBe('too-few');
    expect(trendOf([at(2, 90), at(3, 94), at(5, 99)], WINDOW).state).toBe('too-few');
  });
  it('names the stretches without a reading, those at the edges too', () => {
    expect(trendOf([at(1.5, 80), at(2, 81), at(2.5, 82)], WINDOW).gaps).toEqual([
      { fromMs: 0, toMs: 1.5 * HOUR },
      { fromMs: 2.5 * HOUR, toMs: 4 * HOUR },
    ]);
    expect(trendOf([], WINDOW).gaps).toEqual([{ fromMs: 0, toMs: 4 * HOUR }]);
  });
  it('is steady below the change that counts', () => {
    expect(trendOf([at(0, 80), at(2, 81), at(4, 82)], WINDOW)).toMatchObject({
      direction: 'steady',
      perHour: 0.5,
    });
  });
});

describe('properties', () => {
  const readings = fc.array(
    fc.record({
      atMs: fc.integer({ min: 0, max: 4 * HOUR }),
      value: fc.integer({ min: 20, max: 320 }),
    }),
    { maxLength: 150 },
  );
  const perHour = (of: readonly TrendReading[]): number | null => {
    const trend = trendOf(of, WINDOW);
    return trend.state === 'known' ? trend.perHour : null;
  };

  it('is the median of all slopes, counted by sorting them', () => {
    const few = fc.uniqueArray(
      fc.record({ atMs: fc.integer({ min: 0, max: 4 * HOUR }), value: fc.integer() }),
      {
        selector: ({ atMs }) => atMs,
        minLength: 3,
        maxLength: 48,
      },
    );
    fc.assert(
      fc.property(few, (of) => {
        const pairs = of.flatMap((a) => of.filter((b) => b.atMs > a.atMs).map((b) => [a, b] as const));
        const sorted = pairs
          .map(([a, b]) => ((b.value - a.value) * HOUR) / (b.atMs - a.atMs))
          .sort((x, y) => x - y);
        const middle = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]].map(Number);
        expect(perHour(of)).toBe(middle.reduce((sum, slope) => sum + slope, 0) / 2);
      }),
    );
  });

  it('does not depend on the order of the readings', () => {
    fc.assert(
      fc.property(readings, (of) => {
        expect(trendOf(of.toReversed(), WINDOW)).toEqual(trendOf(of, WINDOW));
      }),
    );
  });

  it('is known exactly where there are three distinct times, and lies among the slopes', () => {
    fc.assert(
      fc.property(readings, (of) => {
        const times = new Set(of.map(({ atMs }) => atMs));
        const trend = trendOf(of, WINDOW);
        expect(trend.readings).toBe(times.size);
        expect(trend.state).toBe(times.size >= 3 ? 'known' : 'too-few');
        if (trend.state === 'known') expect(Number.isFinite(trend.perHour)).toBe(true);
      }),
    );
  });

  it('turns around with the values, and a constant added changes nothing', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: -50, max: 50 }), (of, added) => {
        const slope = perHour(of);
        const turned = perHour(of.map(({ atMs, value }) => ({ atMs, value: -value })));
        const moved = perHour(of.map(({ atMs, value }) => ({ atMs, value: value + added })));
        if (slope === null) {
          expect([turned, moved]).toEqual([null, null]);
          return;
        }
        expect(turned).toBeCloseTo(-slope, 6);
        expect(moved).toBeCloseTo(slope, 6);
      }),
    );
  });

  it('finds the slope of a line though a quarter of its readings is wild', () => {
    const line = fc.record({
      start: fc.integer({ min: 60, max: 120 }),
      slope: fc.integer({ min: -20, max: 20 }),
      wild: fc.array(fc.integer({ min: 20, max: 320 }), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(line, ({ start, slope, wild }) => {
        const of = Array.from({ length: 20 }, (_, index) => at(index / 5, start + (slope * index) / 5));
        const dirty = of.map((reading, index) =>
          index % 5 === 2 ? { ...reading, value: wild[Math.floor(index / 5)] ?? 0 } : reading,
        );
        expect(Math.abs((perHour(of) ?? Number.NaN) - slope)).toBeLessThan(1e-6);
        const found = perHour(dirty) ?? Number.NaN;
        const honest = of.filter((_, index) => index % 5 !== 2);
        expect(perHour(honest)).toBeCloseTo(slope, 6);
        // Sixteen honest of twenty: 120 of 190 pairs are honest, so the median is an honest slope or beside one.
        expect(Math.abs(found - slope)).toBeLessThanOrEqual(1e-6);
      }),
    );
  });

  it('names every gap once, in order, and nothing that holds a reading', () => {
    fc.assert(
      fc.property(readings, (of) => {
        for (const { fromMs, toMs } of trendOf(of, WINDOW).gaps) {
          expect(toMs - fromMs).toBeGreaterThan(WINDOW.gapMs);
          expect(of.some(({ atMs }) => atMs > fromMs && atMs < toMs)).toBe(false);
        }
      }),
    );
  });
});
