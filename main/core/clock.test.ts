import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoTime } from './clock.ts';

/** The first and the last moment that a date can hold. */
const FURTHEST_MS = 8_640_000_000_000_000;

it('writes every moment as the platform does, whatever was written before', () => {
  const moment = fc.integer({ min: -FURTHEST_MS, max: FURTHEST_MS });
  const near = fc.integer({ min: -7_200_000, max: 7_200_000 });
  fc.assert(
    fc.property(moment, fc.array(near, { maxLength: 5 }), (ms, others) => {
      for (const other of [0, ...others]) {
        const one = Math.min(FURTHEST_MS, Math.max(-FURTHEST_MS, ms + other));
        expect(isoTime(one)).toBe(new Date(one).toISOString());
      }
    }),
  );
});

it('does not write a moment that no date can hold', () => {
  for (const ms of [Number.NaN, Number.POSITIVE_INFINITY, FURTHEST_MS + 86_400_000])
    expect(() => isoTime(ms)).toThrow(RangeError);
});
