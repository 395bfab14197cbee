import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingAt } from './reading.ts';
import { type AgedSet, feedMode, latestValues, type ReadingOptions } from './readings.ts';
import { DEFAULT_VALIDITY_POLICY } from './validity.ts';
import { VITALS, type VitalValues } from './vital.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const MONITOR = { kind: 'monitor', name: 'bedside 4' } as const;
const HAND = { kind: 'hand', name: 'nurse' } as const;
const streamed: ReadingOptions = { policy: DEFAULT_VALIDITY_POLICY, feed: 'streamed', monitoring: null };
const charted: ReadingOptions = { ...streamed, feed: 'charted' };

const START = Date.parse('2026-09-12T12:00:00Z');
function set(ageMs: number, values: VitalValues, source: AgedSet['source'] = MONITOR): AgedSet {
  return { observedAt: new Date(START - ageMs).toISOString(), ageMs, source, values };
}
const modeOf = (sets: AgedSet[], vital: 'sbp' | 'sbp_nibp' | 'temp_c' | 'rr', options = streamed) =>
  latestValues(sets, options)[vital]?.source.mode;

describe('feedMode', () => {
  it.each([
    [[], 'charted'],
    [[0, 20_000], 'charted'],
    [[0, 30_000, 60_000], 'streamed'],
    [[60_000, 0, 30_000], 'streamed'],
    [[0, 30_000, 60_001], 'charted'],
    [[0, 3_600_000, 7_200_000, 10_800_000], 'charted'],
  ] as const)('receipts at %o: %s', (times, mode) => {
    expect(feedMode(times)).toBe(mode);
  });
  it('takes several messages of one delivery for one', () => {
    expect(feedMode([0, 50, 400, 900])).toBe('charted');
    expect(feedMode([0, 300, 5_000, 5_300, 10_000, 10_300])).toBe('streamed');
  });
  it('stays streamed after the feed fell silent, and follows the configuration', () => {
    expect(feedMode([0, 5_000, 10_000, 900_000])).toBe('streamed');
    expect(feedMode([0, 5_000, 10_000], 'charted')).toBe('charted');
    expect(feedMode([], 'streamed')).toBe('streamed');
  });
});

describe('latestValues', () => {
  it('takes the newest value of each vital with its own time', () => {
    const values = latestValues(
      [set(5_000, { hr: 90, spo2: 97 }), set(20_000, { hr: 80, rr: 18 })],
      streamed,
    );
    expect(values.hr).toMatchObject({ value: 90, ageMs: 5_000, observedAt: '2026-09-12T11:59:55.000Z' });
    expect(values.rr).toMatchObject({ value: 18, ageMs: 20_000 });
    expect(values.sbp).toBeUndefined();
    expect(readingAt(values.rr).state).toBe('stale');
    expect(readingAt(values.rr, 40_000)).toMatchObject({ state: 'missing', reason: 'expired' });
  });

  it('charts what a person entered, whatever the feed', () => {
    const values = latestValues([set(20 * MINUTE, { acvpu: 'A', rr: 18 }, HAND)], streamed);
    expect(values.rr?.source).toEqual({ kind: 'hand', mode: 'charted', name: 'nurse' });
    expect(readingAt(values.acvpu).state).toBe('current');
    expect(readingAt(values.acvpu, 54 * MINUTE).state).toBe('stale');
    expect(readingAt(values.acvpu, 55 * MINUTE).state).toBe('missing');
  });

  it('knows a cuff by its site, and an unspecified pressure by how often it comes', () => {
    expect(modeOf([set(0, { sbp_nibp: 110 })], 'sbp_nibp')).toBe('cuff');
    expect(modeOf([set(0, { sbp: 110 })], 'sbp')).toBe('cuff');
    const often = [0, 20_000, 40_000].map((age) => set(age, { sbp: 110, temp_c: 37 }));
    expect(modeOf(often, 'sbp')).toBe('streamed');
    expect(modeOf(often, 'temp_c')).toBe('streamed');
    expect(modeOf([set(0, { temp_c: 37 })], 'temp_c')).toBe('charted');
    expect(modeOf([set(0, { rr: 18 })], 'rr')).toBe('streamed');
    expect(modeOf([set(0, { rr: 18, sbp_nibp: 110 })], 'sbp_nibp', charted)).toBe('charted');
  });

  it('takes the cuff interval that the monitor tells', () => {
    const options = { ...streamed, cuffIntervalMinutes: () => 5 };
    expect(latestValues([set(0, { sbp_nibp: 110 })], options).sbp_nibp?.missingAfterMs).toBe(10 * MINUTE);
  });

  it('scores a stream by its one-minute median of at least three samples', () => {
    const at = (rates: readonly number[]) =>
      latestValues(
        rates.map((hr, index) => set(index * 10 * SECOND, { hr })),
        streamed,
      ).hr;
    expect(at([180, 80, 82])).toMatchObject({ value: 180, scoring: { value: 82, by: 'median', samples: 3 } });
    expect(at([180, 80])?.scoring).toEqual({ value: 180, by: 'last', samples: 2 });
    const temperatures = [38, 38, 38.1, 38.1].map((temp_c, index) => set(index * 15 * SECOND, { temp_c }));
    expect(latestValues(temperatures, streamed).temp_c?.scoring?.value).toBe(38.1);
    expect(at([80, 81, 90, 91])?.scoring).toEqual({ value: 86, by: 'median', samples: 4 });
    expect(latestValues([set(0, { hr: 80 })], charted).hr).not.toHaveProperty('scoring');
    const old = [set(0, { hr: 80 }), set(61_000, { hr: 120 }), set(62_000, { hr: 120 })];
    expect(latestValues(old, streamed).hr?.scoring).toEqual({ value: 80, by: 'last', samples: 1 });
  });

  it('gives the worse of two sources that contradict each other, marked', () => {
    const other = { kind: 'monitor', name: 'gateway 2' } as const;
    const impedance = set(0, { rr: 30 }, other);
    expect(latestValues([set(0, { rr: 18 }), impedance], charted).rr).toMatchObject({
      value: 30,
      ambiguous: true,
    });
    expect(latestValues([set(0, { rr: 18 }), set(0, { rr: 17 }, other)], charted).rr?.ambiguous).toBe(false);
  });

  it('takes an older entry for what was before, not for a contradiction', () => {
    const values = latestValues([set(2_000, { hr: 85 }), set(20 * MINUTE, { hr: 140 }, HAND)], streamed);
    expect(values.hr).toMatchObject({ value: 85, ambiguous: false });
  });

  it("keeps the intake's mark of a contradiction within one message", () => {
    const values = latestValues([{ ...set(0, { rr: 30, hr: 80 }), ambiguous: ['rr'] }], charted);
    expect([values.rr?.ambiguous, values.hr?.ambiguous]).toEqual([true, false]);
  });

  it('lets a stamp from the future look no fresher than now', () => {
    expect(latestValues([set(-90_000, { hr: 85 })], streamed).hr?.ageMs).toBe(0);
  });
});

describe('properties', () => {
  const anySet = fc
    .record({
      ageMs: fc.integer({ min: 0, max: 2 * 60 * MINUTE }),
      hand: fc.boolean(),
      values: fc.record(
        {
          hr: fc.integer({ min: 10, max: 300 }),
          rr: fc.integer({ min: 1, max: 90 }),
          sbp_art: fc.integer({ min: 20, max: 320 }),
          sbp_nibp: fc.integer({ min: 20, max: 320 }),
          spo2: fc.integer({ min: 30, max: 100 }),
          on_oxygen: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
    })
    .map(({ ageMs, hand, values }) => set(ageMs, values, hand ? HAND : MONITOR));
  const feed = fc.constantFrom(streamed, charted);

  it('a value that is current is one that was observed, at the time it says, and the order does not matter', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anySet, { maxLength: 12, selector: ({ ageMs }) => ageMs }),
        feed,
        (sets, options) => {
          const values = latestValues(sets, options);
          expect(latestValues([...sets].reverse(), options)).toEqual(values);
          for (const vital of VITALS) {
            const value = values[vital];
            if (value === undefined) continue;
            expect(
              sets.some(
                (one) =>
                  one.values[vital] === value.value &&
                  one.ageMs === value.ageMs &&
                  one.observedAt === value.observedAt,
              ),
            ).toBe(true);
          }
        },
      ),
    );
  });
});
