import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_VALIDITY_POLICY,
  type Measured,
  type ValidityPolicy,
  validityLimits,
  validityPolicySchema,
} from './validity.ts';

const MINUTE = 60_000;
const byBand: ValidityPolicy = validityPolicySchema.parse({ charted: { dueMinutes: null } });

describe('validity limits', () => {
  const of = (measured: Measured, policy = DEFAULT_VALIDITY_POLICY) => {
    const { staleAfterMs, missingAfterMs } = validityLimits(measured, policy);
    return [staleAfterMs / MINUTE, missingAfterMs / MINUTE];
  };

  it('streamed: stale after 15 s, missing after 60 s', () => {
    expect(of({ mode: 'streamed' })).toEqual([0.25, 1]);
  });
  it('cuff: missing after twice its interval, 60 min where it is unknown', () => {
    expect(of({ mode: 'cuff', intervalMinutes: 10 })).toEqual([15, 20]);
    expect(of({ mode: 'cuff', intervalMinutes: null })).toEqual([45, 60]);
  });
  it.each(['12h', '4-6h', '1h', 'continuous', null] as const)(
    'charted in an ICU, band %s: due in 1 h',
    (monitoring) => {
      expect(of({ mode: 'charted', monitoring })).toEqual([60, 75]);
    },
  );
  it.each([
    ['12h', 225, 240],
    ['4-6h', 225, 240],
    ['1h', 60, 75],
    ['continuous', 60, 75],
    [null, 225, 240],
  ] as const)('charted by the band %s: stale at %i min, missing at %i min', (monitoring, stale, missing) => {
    expect(of({ mode: 'charted', monitoring }, byBand)).toEqual([stale, missing]);
  });

  it('no policy makes a value missing before it is stale, nor a charted one valid for more than its cap', () => {
    fc.assert(
      fc.property(
        fc.record({
          dueMinutes: fc.option(fc.integer({ min: 1, max: 1440 })),
          graceMinutes: fc.integer({ min: 0, max: 240 }),
          mostMinutes: fc.integer({ min: 1, max: 1440 }),
        }),
        fc.constantFrom('12h' as const, '4-6h' as const, '1h' as const, 'continuous' as const, null),
        (charted, monitoring) => {
          const limits = validityLimits(
            { mode: 'charted', monitoring },
            validityPolicySchema.parse({ charted }),
          );
          expect(limits.staleAfterMs).toBeGreaterThanOrEqual(0);
          expect(limits.staleAfterMs).toBeLessThanOrEqual(limits.missingAfterMs);
          expect(limits.missingAfterMs).toBeLessThanOrEqual(charted.mostMinutes * MINUTE);
        },
      ),
    );
  });
});

describe('the policy', () => {
  it.each([
    { streamed: { staleSeconds: 90 } },
    { cuff: { staleIntervals: 3 } },
    { streamed: { missingSeconds: 0 } },
    { charted: { mostMinutes: -1 } },
    { conflictMinutes: Number.NaN },
  ])('refuses %o', (policy) => {
    expect(validityPolicySchema.safeParse(policy).success).toBe(false);
  });
});
