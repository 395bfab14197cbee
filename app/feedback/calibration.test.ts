import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALIBRATION_LEAST_RATINGS, calibrationOf, type RatedProbability, wilson } from './calibration.ts';

const ratings = (count: number, probability: number, hits: number): RatedProbability[] =>
  Array.from({ length: count }, (_, index) => ({ probability, accurate: index < hits }));

test('a Wilson interval is as published', () => {
  // Newcombe, Statistics in Medicine 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  for (const [hits, count, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const interval = wilson(hits, count);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  }
});

test('fewer than 200 ratings say nothing', () => {
  expect(calibrationOf(ratings(CALIBRATION_LEAST_RATINGS - 1, 0.9, 100))).toBeNull();
});

test('the error is how far the stated is from the rated', () => {
  const rated = [...ratings(100, 0.95, 95), ...ratings(100, 0.75, 55)];
  const found = calibrationOf(rated);
  expect(found?.expectedError).toBeCloseTo(0.1, 10);
  expect(found?.bins.map(({ from, count, share }) => [from, count, share])).toEqual([
    [0.7, 100, 0.55],
    [0.9, 100, 0.95],
  ]);
});

test('every rating is in a bin, and every share within its interval', () => {
  const one = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), accurate: fc.boolean() });
  fc.assert(
    fc.property(fc.array(one, { minLength: 200, maxLength: 260 }), (rated) => {
      const found = calibrationOf(rated);
      expect(found?.bins.reduce((sum, { count }) => sum + count, 0)).toBe(rated.length);
      for (const { from, to, stated, low, share, high } of found?.bins ?? []) {
        expect(stated).toBeGreaterThanOrEqual(from - 1e-9);
        expect(stated).toBeLessThanOrEqual(to + 1e-9);
        expect(low).toBeLessThanOrEqual(share + 1e-9);
        expect(high).toBeGreaterThanOrEqual(share - 1e-9);
      }
      expect(found?.expectedError).toBeGreaterThanOrEqual(0);
      expect(found?.expectedError).toBeLessThanOrEqual(1);
    }),
    { numRuns: 50 },
  );
});
