import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CALIBRATION_LEAST_RATINGS, calibrationOf, type RatedProbability } from './calibration.ts';

const ratings = (count: number, probability: number, hits: number): RatedProbability[] =>
  Array.from({ length: count }, (_, index) => ({ probability, accurate: index < hits }));

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
