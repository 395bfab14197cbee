/** A bed at any later moment is told as if it had been worked out in full, and nearly always without doing so. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { VitalValues } from '../../../app/observation/vital.ts';
import type { Bed } from './bed.ts';
import { testBed } from './bed-fixtures.ts';
import { steadyMoments, steadyOffsets } from './steady-time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const values: fc.Arbitrary<VitalValues> = fc.record(
  {
    rr: fc.integer({ min: 6, max: 34 }),
    spo2: fc.integer({ min: 80, max: 100 }),
    on_oxygen: fc.boolean(),
    hr: fc.integer({ min: 35, max: 150 }),
    pulse: fc.integer({ min: 35, max: 150 }),
    sbp: fc.integer({ min: 70, max: 230 }),
    sbp_nibp: fc.integer({ min: 70, max: 230 }),
    dbp_nibp: fc.integer({ min: 40, max: 110 }),
    acvpu: fc.constantFrom('A' as const, 'C' as const),
  },
  { requiredKeys: [] },
);
const deliveries = fc.array(
  fc.record({
    waitMs: fc.oneof(fc.constant(SECOND), fc.constant(20 * SECOND), fc.integer({ min: 0, max: 3 * HOUR })),
    wallSetByMs: fc.oneof(
      { weight: 6, arbitrary: fc.constant(0) },
      fc.integer({ min: -HOUR, max: HOUR }),
      fc.integer({ min: -20, max: 20 }),
    ),
    sets: fc.array(
      fc.record({
        values,
        kind: fc.constantFrom('monitor' as const, 'hand' as const),
        name: fc.constantFrom('M1', 'M2'),
      }),
      { maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 10 },
);

/** Waits around each moment at which a value of the bed becomes stale or missing. */
function edgesOf(bed: Bed): number[] {
  return Object.values(bed.observed).flatMap(({ ageMs, staleAfterMs, missingAfterMs }) =>
    [staleAfterMs, missingAfterMs].flatMap((limitMs) => [-1, 0, 1].map((by) => limitMs - ageMs + by)),
  );
}

function withoutFooting({ footing: _, ...bed }: Bed): Omit<Bed, 'footing'> {
  return bed;
}

it('is the same as worked out in full, whatever came, whenever one looks and however a clock was set', () => {
  let quick = 0;
  fc.assert(
    fc.property(
      deliveries,
      fc.nat(5 * HOUR),
      fc.integer({ min: -HOUR, max: HOUR }),
      (all, anyWait, setBy) => {
        const bed = testBed();
        for (const { waitMs, wallSetByMs, sets } of all) {
          bed.advance(waitMs);
          bed.setWall(wallSetByMs);
          const now = sets.length === 0 ? bed.look() : bed.give(...sets);
          const waits = [0, 1, 400, SECOND, anyWait, ...edgesOf(now)].filter((wait) => wait >= 0);
          for (const [wait, set] of [...waits.map((one) => [one, 0] as const), [anyWait, setBy] as const]) {
            const later = bed.later(wait, set);
            // `toEqual` is slow, and nearly always there is nothing for it to tell.
            if (!isDeepStrictEqual(withoutFooting(later.told), withoutFooting(later.inFull)))
              expect(withoutFooting(later.told)).toEqual(withoutFooting(later.inFull));
            quick += Number(later.quick);
          }
        }
      },
    ),
    { numRuns: 25 },
  );
  // The short way was really taken.
  expect(quick).toBeGreaterThan(25);
});

it('is worked out in full as soon as something beside the ages is another', () => {
  let offset = 0;
  const bed = testBed(() => offset);
  bed.give({ values: { hr: 80, rr: 16 } });
  bed.look();
  expect(bed.later(SECOND).quick).toBe(true);
  expect(bed.later(SECOND, 1).quick).toBe(false);
  expect(bed.later(SECOND, -1).quick).toBe(false);
  expect(bed.later(HOUR).quick).toBe(false);
  offset = -1;
  expect(bed.later(SECOND).quick).toBe(false);
});

it('knows a clock that was set or a suspend from two clocks that are read at different steps', () => {
  const at = { wallMs: 1_000_000, bootMs: 50_000 };
  const moments = steadyMoments({ wall: () => at.wallMs, boot: () => at.bootMs, bootId: () => 'b' });
  const pass = (wallMs: number, bootMs: number) => {
    at.wallMs += wallMs;
    at.bootMs += bootMs;
    return moments();
  };
  expect(pass(1003, 1000)).toMatchObject({ wallMs: 1_001_003, bootMs: 51_003 });
  expect(pass(1000, 1010).bootMs).toBe(52_003);
  // Slept for an hour: both clocks tell it.
  expect(pass(HOUR, HOUR).bootMs).toBe(52_003 + HOUR);
  // Set back: boot time goes on as the clock tells it.
  expect(pass(-HOUR, 20).bootMs).toBe(52_030 + HOUR);
  // A step back within the agreement never takes boot time back.
  expect(pass(-30, 0).bootMs).toBe(52_030 + HOUR);
});

it('never takes boot time back nor far from its clock, whatever the two clocks do', () => {
  const steps = fc.array(
    fc.tuple(fc.integer({ min: -2 * SECOND, max: 2 * SECOND }), fc.integer({ min: 0, max: 2 * SECOND })),
  );
  fc.assert(
    fc.property(steps, (all) => {
      const at = { wall: 1_000_000, boot: 50_000 };
      const moments = steadyMoments({ wall: () => at.wall, boot: () => at.boot, bootId: () => null });
      let before = moments().bootMs;
      for (const [wall, boot] of all) {
        at.wall += wall;
        at.boot += boot;
        const { bootMs, wallMs } = moments();
        expect(wallMs).toBe(at.wall);
        expect(bootMs).toBeGreaterThanOrEqual(before);
        expect(Math.abs(bootMs - at.boot)).toBeLessThanOrEqual(100);
        before = bootMs;
      }
    }),
  );
});

it('believes at once that a device is less behind, and that it is further behind in steps', () => {
  let offset = 400;
  const used = steadyOffsets(() => offset);
  expect(used('M')).toBe(400);
  offset = 649;
  expect(used('M')).toBe(400);
  offset = 650;
  expect(used('M')).toBe(650);
  offset = 649.5;
  expect(used('M')).toBe(649.5);
});
