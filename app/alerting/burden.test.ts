import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  burdenOf,
  burdenSchema,
  type CountedAlert,
  LEAST_WATCHED_MS,
  medianOf,
  rateOf,
  shareOf,
} from './burden.ts';

const DAY_MS = 86_400_000;
const alert = (rule: CountedAlert['rule'], action: string | null, minutes = 3): CountedAlert => ({
  rule,
  firedMs: 1_000,
  answer: action === null ? null : { action, atMs: 1_000 + minutes * 60_000 },
});

describe('intervals', () => {
  it('of a rate: close to the exact Poisson limits of published tables', () => {
    // Exact limits of a count of 10: 4.795 and 18.39.
    const ten = rateOf(10, 1);
    expect(ten?.low).toBeCloseTo(4.8, 1);
    expect(ten?.high).toBeCloseTo(18.4, 1);
    expect(rateOf(0, 2)?.high).toBeCloseTo(1.844, 3);
    expect(rateOf(3, 0)).toBeNull();
  });
  it("of a share: Wilson's, for 1 of 10 and for none", () => {
    const one = shareOf(1, 10);
    expect([one?.low, one?.high]).toEqual([expect.closeTo(0.0179, 3), expect.closeTo(0.4042, 3)]);
    expect(shareOf(0, 10)).toMatchObject({ value: 0, low: 0 });
    expect(shareOf(0, 0)).toBeNull();
  });
  it('enclose what they are about, whatever was counted', () => {
    const encloses = (of: { value: number; low: number; high: number } | null) =>
      of === null || (of.low <= of.value + 1e-9 && of.value <= of.high + 1e-9);
    fc.assert(
      fc.property(fc.nat({ max: 5_000 }), fc.nat({ max: 5_000 }), fc.array(fc.integer()), (a, b, values) => {
        expect(encloses(rateOf(a, b))).toBe(true);
        expect(encloses(shareOf(Math.min(a, b), Math.max(a, b)))).toBe(true);
        expect(encloses(medianOf(values))).toBe(true);
        expect(medianOf(values) === null).toBe(values.length === 0);
      }),
    );
  });
});

describe('the burden of a week', () => {
  const burden = burdenOf(
    [
      alert('news2-high', 'reviewed', 2),
      alert('news2-high', 'dismissed', 4),
      alert('news2-high', null),
      alert('map-low', 'escalated-to', 6),
    ],
    2 * DAY_MS,
  );
  it('counts a bed and day, what was answered and what was acted on', () => {
    expect(burden).toMatchObject({
      bedDays: 2,
      all: { fired: 4, answered: 3, actedOn: 2, perBedDay: { value: 2 }, minutesToAnswer: { value: 4 } },
    });
    expect(burden.byRule.find(({ rule }) => rule === 'news2-high')).toMatchObject({
      fired: 3,
      actedOn: 1,
      shareActedOn: { value: 1 / 3 },
      minutesToAnswer: { value: 3 },
    });
  });
  it('says no rate of a bed and day before beds were watched for long enough', () => {
    const one = [alert('news2-high', 'reviewed')];
    const tenSeconds = burdenOf(one, 10_000);
    expect(tenSeconds.all).toMatchObject({ fired: 1, perBedDay: null, shareActedOn: { value: 1 } });
    expect(burdenOf(one, LEAST_WATCHED_MS - 1).all.perBedDay).toBeNull();
    expect(burdenOf(one, LEAST_WATCHED_MS).all.perBedDay?.value).toBe(DAY_MS / LEAST_WATCHED_MS);
  });
  it('names every rule, also what never fired, in the shared shape', () => {
    expect(burden.byRule.find(({ rule }) => rule === 'qsofa')).toMatchObject({
      fired: 0,
      shareActedOn: null,
    });
    expect(burdenSchema.parse(JSON.parse(JSON.stringify(burden)))).toEqual(burden);
  });
});

describe('the figures, counted a second time', () => {
  const z = 1.959964;
  /** Wilson's limits are where the difference to the share is as large as chance allows: found by halving. */
  function wilson(part: number, whole: number, side: 'low' | 'high'): number {
    const share = part / whole;
    const isOutside = (p: number) => (share - p) ** 2 > (z * z * p * (1 - p)) / whole;
    let [inside, outside] = [share, side === 'low' ? 0 : 1];
    if (!isOutside(outside) || outside === share) return outside;
    for (let step = 0; step < 60; step += 1) {
      const middle = (inside + outside) / 2;
      if (isOutside(middle)) outside = middle;
      else inside = middle;
    }
    return inside;
  }
  /** The exact limits of a count: the expectations under which so few, or so many, have a chance of 2.5 %. */
  function poisson(count: number, side: 'low' | 'high'): number {
    if (side === 'low' && count === 0) return 0;
    const atMost = (most: number, mean: number) => {
      let [term, sum] = [Math.exp(-mean), 0];
      for (let n = 0; n <= most; n += 1) {
        sum += term;
        term *= mean / (n + 1);
      }
      return sum;
    };
    let [low, high] = [0, count * 3 + 20];
    for (let step = 0; step < 60; step += 1) {
      const mean = (low + high) / 2;
      const isBelow = side === 'high' ? atMost(count, mean) > 0.025 : 1 - atMost(count - 1, mean) < 0.025;
      if (isBelow) low = mean;
      else high = mean;
    }
    return (low + high) / 2;
  }
  const counted: fc.Arbitrary<CountedAlert> = fc.record({
    rule: fc.constantFrom('news2-high' as const, 'map-low' as const),
    firedMs: fc.integer({ min: 0, max: DAY_MS }),
    answer: fc.option(
      fc.record({
        atMs: fc.integer({ min: 0, max: 2 * DAY_MS }),
        action: fc.constantFrom('reviewed', 'dismissed'),
      }),
    ),
  });

  it('are the same as by plain counting, exact limits of the count and Wilson’s limits by search', () => {
    fc.assert(
      fc.property(
        fc.array(counted, { maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        (alerts, bedDays) => {
          const { all, byRule } = burdenOf(alerts, bedDays * DAY_MS);
          let acted = 0;
          for (const { answer } of alerts) if (answer !== null && answer.action !== 'dismissed') acted += 1;
          expect([all.fired, all.actedOn]).toEqual([alerts.length, acted]);
          expect(byRule.reduce((sum, { fired }) => sum + fired, 0)).toBe(alerts.length);
          expect(all.perBedDay?.value).toBeCloseTo(alerts.length / bedDays, 9);
          // Byar's limits lie within 2 % of the exact ones, and within 0.1 alerts for the smallest counts.
          for (const side of ['low', 'high'] as const) {
            const exact = poisson(alerts.length, side);
            const told = (all.perBedDay?.[side] ?? Number.NaN) * bedDays;
            expect(Math.abs(told - exact)).toBeLessThanOrEqual(Math.max(0.1, exact * 0.02));
          }
          if (alerts.length === 0) return;
          expect(all.shareActedOn?.low).toBeCloseTo(wilson(acted, alerts.length, 'low'), 6);
          expect(all.shareActedOn?.high).toBeCloseTo(wilson(acted, alerts.length, 'high'), 6);
        },
      ),
      { numRuns: 60 },
    );
  });
});
