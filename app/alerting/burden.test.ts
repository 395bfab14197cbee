import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burdenOf, burdenSchema, type CountedAlert, medianOf, rateOf, shareOf } from './burden.ts';

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
  it('names every rule, also what never fired, in the shared shape', () => {
    expect(burden.byRule.find(({ rule }) => rule === 'qsofa')).toMatchObject({
      fired: 0,
      shareActedOn: null,
    });
    expect(burdenSchema.parse(JSON.parse(JSON.stringify(burden)))).toEqual(burden);
  });
});
