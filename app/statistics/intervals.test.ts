import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedDifference, quantile, wilson } from './intervals.ts';

test('a Wilson interval is as published', () => {
  // Newcombe, Statistics in Medicine 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  for (const [hits, count, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = wilson(hits, count);
    expect(interval.lower).toBeCloseTo(low, 4);
    expect(interval.upper).toBeCloseTo(high, 4);
  }
});

test('what the training reference says of zero violations', () => {
  // Of 300 prompts the bound is about 1 %, of four more than half of that of a coin.
  expect(wilson(0, 300).upper).toBeCloseTo(0.0126, 4);
  expect(wilson(0, 4).upper).toBeCloseTo(0.49, 2);
  // How many shown holes a bound of 1.5 % needs at least.
  expect(wilson(0, 252).upper).toBeGreaterThan(0.015);
  expect(wilson(0, 253).upper).toBeLessThanOrEqual(0.015);
});

test('an interval holds its share, lies in [0, 1] and narrows with more cases', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 2, max: 20 }), (one, other, times) => {
      const hits = Math.min(one, other);
      const of = Math.max(one, other, 1);
      const { lower, upper } = wilson(hits, of);
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeLessThanOrEqual(1);
      expect(lower).toBeLessThanOrEqual(hits / of);
      expect(upper).toBeGreaterThanOrEqual(hits / of);
      const more = wilson(hits * times, of * times);
      expect(more.upper - more.lower).toBeLessThan(upper - lower);
    }),
  );
});

test('a paired difference turns its sign with the roles, and equal ones lie around 0', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), fc.nat(400), (gained, lost, both) => {
      const of = gained + lost + both;
      const one = pairedDifference(gained, lost, of);
      const other = pairedDifference(lost, gained, of);
      expect(one.lower).toBeCloseTo(-other.upper, 9);
      expect(one.lower).toBeLessThanOrEqual(one.upper);
      if (gained === lost) expect(one.lower).toBeLessThan(0);
    }),
  );
  // M. Agresti and Min's own example: 53 and 16 of 132 discordant.
  expect(pairedDifference(53, 16, 132)).toMatchObject({ value: 37 / 132 });
});

test('quantiles by nearest rank', () => {
  expect(quantile([], 0.5)).toBeNull();
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 0.95)).toBe(3);
  expect(quantile([3, 1, 2], 0)).toBe(1);
});
