import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from './clock.ts';

test('the clock counts sleep, and a time of day set back does not make it younger', () => {
  let steady = 0;
  let timeOfDay = 1_000_000;
  const now = createClock(
    () => steady,
    () => timeOfDay,
  );
  steady += 500;
  timeOfDay += 500;
  expect(now()).toBe(500);
  timeOfDay += 3_600_000;
  expect(now()).toBe(3_600_500);
  steady += 1_000;
  timeOfDay -= 7_200_000;
  expect(now()).toBe(3_601_500);
});

test('it never runs backwards and never slower than the steady clock', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(10_000), fc.integer({ min: -10_000, max: 10_000 }))), (steps) => {
      let steady = 0;
      let timeOfDay = 0;
      const now = createClock(
        () => steady,
        () => timeOfDay,
      );
      let last = now();
      for (const [one, other] of steps) {
        steady += one;
        timeOfDay += other;
        const next = now();
        expect(next).toBeGreaterThanOrEqual(last + one);
        last = next;
      }
    }),
  );
});
