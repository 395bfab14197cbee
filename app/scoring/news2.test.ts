import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartBand, roundToChart } from './chart.ts';
import { assess, monitoringOf, scoreNews2 } from './news2.ts';
import { NEWS2_PARAMETERS, type Score, scoreSchema, type Vitals } from './score.ts';

/** Seven parameters that all score 0. */
const NORMAL = {
  rr: 16,
  spo2: 98,
  spo2_scale: 1,
  on_oxygen: false,
  temp_c: 37,
  sbp: 120,
  hr: 70,
  acvpu: 'A',
} as const satisfies Vitals;

function pointsOf(score: Score) {
  if ('applicable' in score) throw new Error('no score');
  return score.points;
}
function total(score: Score): number {
  if ('applicable' in score || !score.complete) throw new Error('no complete score');
  return score.total;
}

/**
 * The chart once more, as it is printed, typed by hand: [first value, last value, points].
 * It shares nothing with the code under test.
 */
const PRINTED = {
  rr: [
    [1, 8, 3],
    [9, 11, 1],
    [12, 20, 0],
    [21, 24, 2],
    [25, 90, 3],
  ],
  spo2_scale1: [
    [30, 91, 3],
    [92, 93, 2],
    [94, 95, 1],
    [96, 100, 0],
  ],
  spo2_scale2_air: [
    [30, 83, 3],
    [84, 85, 2],
    [86, 87, 1],
    [88, 92, 0],
    [93, 100, 0],
  ],
  spo2_scale2_oxygen: [
    [30, 83, 3],
    [84, 85, 2],
    [86, 87, 1],
    [88, 92, 0],
    [93, 94, 1],
    [95, 96, 2],
    [97, 100, 3],
  ],
  sbp: [
    [20, 90, 3],
    [91, 100, 2],
    [101, 110, 1],
    [111, 219, 0],
    [220, 320, 3],
  ],
  hr: [
    [10, 40, 3],
    [41, 50, 1],
    [51, 90, 0],
    [91, 110, 1],
    [111, 130, 2],
    [131, 300, 3],
  ],
} as const;
/** Temperatures in tenths of a degree, so that the table holds whole numbers only. */
const PRINTED_TENTHS = [
  [200, 350, 3],
  [351, 360, 1],
  [361, 380, 0],
  [381, 390, 1],
  [391, 450, 2],
] as const;

describe('every value of the chart', () => {
  const sweep = (
    rows: readonly (readonly [number, number, number])[],
    scored: (value: number) => unknown,
  ) => {
    let checked = 0;
    for (const [first, last, points] of rows)
      for (let value = first; value <= last; value += 1) {
        expect([value, scored(value)]).toEqual([value, points]);
        checked += 1;
      }
    return checked;
  };

  it('respiration, 1 to 90', () => {
    expect(sweep(PRINTED.rr, (rr) => pointsOf(scoreNews2({ ...NORMAL, rr })).rr)).toBe(90);
  });
  it('saturation on scale 1, air and oxygen', () => {
    for (const on_oxygen of [false, true])
      expect(
        sweep(PRINTED.spo2_scale1, (spo2) => pointsOf(scoreNews2({ ...NORMAL, spo2, on_oxygen })).spo2),
      ).toBe(71);
  });
  it('no scale said is scale 1', () => {
    for (const spo2_scale of [null, undefined])
      expect(
        sweep(PRINTED.spo2_scale1, (spo2) => pointsOf(scoreNews2({ ...NORMAL, spo2, spo2_scale })).spo2),
      ).toBe(71);
  });
  it('saturation on scale 2 on air', () => {
    const scored = (spo2: number) => pointsOf(scoreNews2({ ...NORMAL, spo2, spo2_scale: 2 })).spo2;
    expect(sweep(PRINTED.spo2_scale2_air, scored)).toBe(71);
  });
  it('saturation on scale 2 on oxygen', () => {
    const scored = (spo2: number) =>
      pointsOf(scoreNews2({ ...NORMAL, spo2, spo2_scale: 2, on_oxygen: true })).spo2;
    expect(sweep(PRINTED.spo2_scale2_oxygen, scored)).toBe(71);
  });
  it('systolic pressure, 20 to 320', () => {
    expect(sweep(PRINTED.sbp, (sbp) => pointsOf(scoreNews2({ ...NORMAL, sbp })).sbp)).toBe(301);
  });
  it('pulse, 10 to 300', () => {
    expect(sweep(PRINTED.hr, (hr) => pointsOf(scoreNews2({ ...NORMAL, hr })).hr)).toBe(291);
  });
  it('temperature, 20.0 to 45.0', () => {
    const scored = (tenths: number) => pointsOf(scoreNews2({ ...NORMAL, temp_c: tenths / 10 })).temp;
    expect(sweep(PRINTED_TENTHS, scored)).toBe(251);
  });
  it.each([
    ['A', 0],
    ['C', 3],
    ['V', 3],
    ['P', 3],
    ['U', 3],
  ] as const)('consciousness %s scores %i', (acvpu, points) => {
    const score = scoreNews2({ ...NORMAL, acvpu });
    expect(pointsOf(score).consciousness).toBe(points);
    expect(total(score)).toBe(points);
  });
  it('air scores 0, any oxygen 2', () => {
    expect(pointsOf(scoreNews2({ ...NORMAL, on_oxygen: false })).oxygen).toBe(0);
    expect(pointsOf(scoreNews2({ ...NORMAL, on_oxygen: true })).oxygen).toBe(2);
  });
});

describe('every boundary with both scales, air and oxygen, and each level of consciousness', () => {
  type Rows = readonly (readonly [number, number, number])[];
  /** The printed points of a value; nothing outside the table has any. */
  const printed = (rows: Rows, value: number): number => {
    const row = rows.find(([first, last]) => value >= first && value <= last);
    if (row === undefined) throw new Error(`${value} is not in the table`);
    return row[2];
  };
  /** First and last value of each band and one step beyond, as far as the table goes. */
  const boundaries = (rows: Rows): number[] => {
    const ends = rows.flatMap(([first, last]) => [first - 1, first, first + 1, last - 1, last, last + 1]);
    const [least, most] = [rows[0]?.[0] ?? 0, rows.at(-1)?.[1] ?? 0];
    return [...new Set(ends)].filter((value) => value >= least && value <= most);
  };
  const CONSCIOUSNESS = { A: 0, C: 3, V: 3, P: 3, U: 3 } as const;
  const saturation = (scale: 1 | 2, onOxygen: boolean): Rows => {
    if (scale === 1) return PRINTED.spo2_scale1;
    return onOxygen ? PRINTED.spo2_scale2_oxygen : PRINTED.spo2_scale2_air;
  };

  it.each([
    [1, false],
    [1, true],
    [2, false],
    [2, true],
  ] as const)('on scale %i, on oxygen: %s', (spo2_scale, on_oxygen) => {
    const spo2Rows = saturation(spo2_scale, on_oxygen);
    const swept = [
      ['rr', PRINTED.rr],
      ['sbp', PRINTED.sbp],
      ['hr', PRINTED.hr],
      ['temp_c', PRINTED_TENTHS],
    ] as const;
    let checked = 0;
    for (const acvpu of ['A', 'C', 'V', 'P', 'U'] as const)
      for (const spo2 of boundaries(spo2Rows))
        for (const [vital, rows] of swept)
          for (const value of boundaries(rows)) {
            const measured = vital === 'temp_c' ? value / 10 : value;
            const score = scoreNews2({ ...NORMAL, spo2, spo2_scale, on_oxygen, acvpu, [vital]: measured });
            const expected =
              printed(spo2Rows, spo2) + printed(rows, value) + (on_oxygen ? 2 : 0) + CONSCIOUSNESS[acvpu];
            // One comparison of numbers a cell: the table has tens of thousands.
            if (total(score) !== expected)
              expect.fail(
                `${vital} ${measured}, SpO2 ${spo2}, ${acvpu}: ${total(score)}, printed ${expected}`,
              );
            checked += 1;
          }
    expect(checked).toBeGreaterThan(4_000);
  });
});

describe('values between two steps of the chart', () => {
  it.each([
    ['rr', 8.5, 9, 1],
    ['rr', 8.49, 8, 3],
    ['rr', 11.5, 12, 0],
    ['rr', 24.5, 25, 3],
    ['spo2', 91.5, 92, 2],
    ['spo2', 95.4, 95, 1],
    ['sbp', 90.5, 91, 2],
    ['sbp', 219.5, 220, 3],
    ['hr', 40.5, 41, 1],
    ['hr', 130.5, 131, 3],
    ['temp', 35.04, 35, 3],
    ['temp', 35.05, 35.1, 1],
    ['temp', 36.05, 36.1, 0],
    ['temp', 38.05, 38.1, 1],
    ['temp', 39.05, 39.1, 2],
    ['temp', 39.04, 39, 1],
  ] as const)('%s %f is %f and scores %i', (parameter, value, rounded, points) => {
    expect(roundToChart(parameter, value)).toBe(rounded);
    expect(chartBand(parameter, value)?.points).toBe(points);
  });

  it('scores any real number as one of its two neighbours on the chart', () => {
    const grids = [
      ['rr', 1, 90, 1],
      ['spo2', 30, 100, 1],
      ['sbp', 20, 320, 1],
      ['hr', 10, 300, 1],
      ['temp', 20, 45, 10],
    ] as const;
    for (const [parameter, least, most, perUnit] of grids)
      fc.assert(
        fc.property(fc.double({ min: least, max: most, noNaN: true }), (value) => {
          const neighbours = [Math.floor(value * perUnit), Math.ceil(value * perUnit)].map(
            (steps) => chartBand(parameter, Math.min(most, Math.max(least, steps / perUnit)))?.points,
          );
          expect(neighbours).toContain(chartBand(parameter, value)?.points);
        }),
      );
  });
});

describe('totals', () => {
  it("scores the training guide's example 12, and 10 on scale 2", () => {
    const vitals: Vitals = {
      rr: 26,
      spo2: 92,
      spo2_scale: 1,
      on_oxygen: true,
      temp_c: 38.4,
      sbp: 95,
      hr: 118,
      acvpu: 'A',
    };
    expect(scoreNews2(vitals)).toEqual({
      complete: true,
      total: 12,
      points: { rr: 3, spo2: 2, oxygen: 2, sbp: 2, hr: 2, consciousness: 0, temp: 1 },
      red_parameters: ['rr'],
      risk: 'high',
      min_monitoring: 'continuous',
      response: 'emergency',
    });
    expect(total(scoreNews2({ ...vitals, spo2_scale: 2 }))).toBe(10);
  });

  it('reaches 0 and 20', () => {
    expect(scoreNews2(NORMAL)).toMatchObject({ total: 0, risk: 'low', min_monitoring: '12h' });
    const worst: Vitals = { rr: 5, spo2: 80, on_oxygen: true, sbp: 80, hr: 140, acvpu: 'U', temp_c: 34 };
    expect(total(scoreNews2(worst))).toBe(20);
  });

  it.each([
    [0, false, 'low', '12h', 'ward-based'],
    [1, false, 'low', '4-6h', 'ward-based'],
    [4, false, 'low', '4-6h', 'ward-based'],
    [3, true, 'low-medium', '1h', 'urgent-ward-based'],
    [4, true, 'low-medium', '1h', 'urgent-ward-based'],
    [5, false, 'medium', '1h', 'urgent'],
    [6, true, 'medium', '1h', 'urgent'],
    [7, false, 'high', 'continuous', 'emergency'],
    [20, true, 'high', 'continuous', 'emergency'],
  ] as const)('total %i (a red parameter: %s) is %s risk', (sum, red, risk, min_monitoring, response) => {
    expect(assess(sum, red)).toEqual({ risk, min_monitoring, response });
  });
});

describe('missing values', () => {
  it('never count as 0: the score is incomplete with a lower bound', () => {
    const { acvpu: _, ...rest } = { ...NORMAL, rr: 26, on_oxygen: true };
    expect(scoreNews2(rest)).toEqual({
      complete: false,
      min_total: 5,
      missing: ['acvpu'],
      points: { rr: 3, spo2: 0, oxygen: 2, sbp: 0, hr: 0, temp: 0 },
      red_parameters: ['rr'],
    });
    expect(monitoringOf(scoreNews2(rest))).toBe('1h');
  });

  it('names all seven when nothing was measured', () => {
    expect(scoreNews2({})).toEqual({
      complete: false,
      min_total: 0,
      missing: ['rr', 'spo2', 'on_oxygen', 'sbp', 'hr', 'acvpu', 'temp_c'],
      points: {},
      red_parameters: [],
    });
  });

  it('says that a saturation on scale 2 hangs on the missing oxygen', () => {
    const score = scoreNews2({ ...NORMAL, spo2: 97, spo2_scale: 2, on_oxygen: null });
    expect(score).toEqual({
      complete: false,
      min_total: 0,
      missing: ['on_oxygen'],
      undetermined: ['spo2'],
      points: { rr: 0, sbp: 0, hr: 0, consciousness: 0, temp: 0 },
      red_parameters: [],
    });
    const within = scoreNews2({ ...NORMAL, spo2: 92, spo2_scale: 2, on_oxygen: null });
    expect(pointsOf(within).spo2).toBe(0);
    expect(within).not.toHaveProperty('undetermined');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 8388607])('never scores %s', (value) => {
    const score = scoreNews2({ ...NORMAL, rr: value });
    expect(score).toMatchObject({ complete: false, missing: ['rr'], min_total: 0 });
  });
});

describe('patients the chart is not for', () => {
  it.each([
    [{ age_years: 15 }, 'under-16'],
    [{ age_years: 15.9, pregnant: true }, 'under-16'],
    [{ age_years: 30, pregnant: true }, 'pregnant'],
  ] as const)('%o shows no number', (patient, reason) => {
    expect(scoreNews2({ ...NORMAL, rr: 30 }, patient)).toEqual({ applicable: false, reason });
    expect(monitoringOf(scoreNews2(NORMAL, patient))).toBeNull();
  });
  it.each([{}, { age_years: 16 }, { age_years: null, pregnant: null }, { pregnant: false }])(
    '%o is scored',
    (patient) => {
      expect(total(scoreNews2(NORMAL, patient))).toBe(0);
    },
  );
});

describe('properties', () => {
  const vitals = fc.record({
    rr: fc.integer({ min: 1, max: 90 }),
    spo2: fc.integer({ min: 30, max: 100 }),
    spo2_scale: fc.constantFrom(1 as const, 2 as const),
    on_oxygen: fc.boolean(),
    temp_c: fc.integer({ min: 200, max: 450 }).map((tenths) => tenths / 10),
    sbp: fc.integer({ min: 20, max: 320 }),
    hr: fc.integer({ min: 10, max: 300 }),
    acvpu: fc.constantFrom('A' as const, 'C' as const, 'V' as const, 'P' as const, 'U' as const),
  });
  const NAMES = ['rr', 'spo2', 'on_oxygen', 'temp_c', 'sbp', 'hr', 'acvpu'] as const;

  it('the total is the sum of the points, and the shape is the shared one', () => {
    fc.assert(
      fc.property(vitals, (measured) => {
        const score = scoreNews2(measured);
        const points = pointsOf(score);
        expect(total(score)).toBe(
          NEWS2_PARAMETERS.reduce((sum, name) => sum + (points[name] ?? Number.NaN), 0),
        );
        expect(scoreSchema.parse(score)).toEqual(score);
      }),
    );
  });

  it('a lower bound is never above any completion, and is reached by one', () => {
    fc.assert(
      fc.property(vitals, vitals, fc.subarray([...NAMES], { minLength: 1 }), (measured, other, dropped) => {
        const gone = Object.fromEntries(dropped.map((name) => [name, null]));
        const bound = scoreNews2({ ...measured, ...gone });
        if ('applicable' in bound || bound.complete) throw new Error('should be incomplete');
        expect(scoreSchema.parse(bound)).toEqual(bound);
        expect(new Set(bound.missing)).toEqual(new Set(dropped));
        const filled = Object.fromEntries(dropped.map((name) => [name, other[name]]));
        expect(total(scoreNews2({ ...measured, ...filled }))).toBeGreaterThanOrEqual(bound.min_total);
        const benign = { ...NORMAL, spo2: 90, spo2_scale: 2 as const };
        const spo2Benign = measured.spo2_scale === 2 ? benign.spo2 : NORMAL.spo2;
        const best = Object.fromEntries(
          dropped.map((name) => [name, name === 'spo2' ? spo2Benign : NORMAL[name]]),
        );
        expect(total(scoreNews2({ ...measured, ...best }))).toBe(bound.min_total);
      }),
    );
  });

  it('moving away from normal never lowers the points', () => {
    const ranges = [
      ['rr', 1, 90, 16],
      ['sbp', 20, 320, 120],
      ['hr', 10, 300, 70],
      ['temp', 20, 45, 37],
    ] as const;
    for (const [parameter, least, most, normal] of ranges)
      fc.assert(
        fc.property(
          fc.double({ min: least, max: most, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
          (far, share) => {
            const near = normal + (far - normal) * share;
            const [farPoints, nearPoints] = [far, near].map(
              (value) => chartBand(parameter, value)?.points ?? -1,
            );
            expect(farPoints).toBeGreaterThanOrEqual(nearPoints ?? Number.NaN);
          },
        ),
      );
    for (const scale of [1, 2] as const)
      fc.assert(
        fc.property(fc.integer({ min: 30, max: 99 }), (spo2) => {
          const context = { scale, onOxygen: false };
          const [lower, higher] = [spo2, spo2 + 1].map(
            (value) => chartBand('spo2', value, context)?.points ?? -1,
          );
          expect(lower).toBeGreaterThanOrEqual(higher ?? Number.NaN);
        }),
      );
  });
});

describe('the band of a reading', () => {
  it.each([
    ['temp', 38.4, {}, { least: 38.1, most: 39, points: 1, direction: 'high' }],
    ['temp', 34.2, {}, { least: null, most: 35, points: 3, direction: 'low' }],
    ['temp', 39.4, {}, { least: 39.1, most: null, points: 2, direction: 'high' }],
    ['temp', 36.8, {}, { least: 36.1, most: 38, points: 0, direction: 'normal' }],
    ['rr', 26, {}, { least: 25, most: null, points: 3, direction: 'high' }],
    ['rr', 10, {}, { least: 9, most: 11, points: 1, direction: 'low' }],
    ['sbp', 95, {}, { least: 91, most: 100, points: 2, direction: 'low' }],
    ['sbp', 230, {}, { least: 220, most: null, points: 3, direction: 'high' }],
    ['hr', 118, {}, { least: 111, most: 130, points: 2, direction: 'high' }],
    ['spo2', 92, {}, { least: 92, most: 93, points: 2, direction: 'low' }],
    ['spo2', 98, { scale: 2, onOxygen: false }, { least: 88, most: null, points: 0, direction: 'normal' }],
    ['spo2', 95, { scale: 2, onOxygen: true }, { least: 95, most: 96, points: 2, direction: 'high' }],
    ['spo2', 90, { scale: 2, onOxygen: true }, { least: 88, most: 92, points: 0, direction: 'normal' }],
    ['spo2', 86, { scale: 2 }, { least: 86, most: 87, points: 1, direction: 'low' }],
  ] as const)('%s %f %o', (parameter, value, context, expected) => {
    expect(chartBand(parameter, value, context)).toEqual(expected);
  });
  it('is not told where it cannot be known', () => {
    expect(chartBand('spo2', 93, { scale: 2 })).toBeNull();
    expect(chartBand('rr', Number.NaN)).toBeNull();
    expect(chartBand('temp', 384.5)).toBeNull();
  });
});
