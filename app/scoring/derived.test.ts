import { describe, expect, it } from 'vitest';
import { derive, meanArterialPressure, qsofa, shockIndex } from './derived.ts';

describe('derived values', () => {
  it('gives the mean arterial pressure and the shock index of a set', () => {
    expect(derive({ sbp: 95, dbp: 60, hr: 118 })).toEqual({ map: 72, shock_index: 1.24 });
    expect(derive({ sbp: 120, hr: 60 })).toEqual({ shock_index: 0.5 });
    expect(derive({})).toEqual({});
  });
  it.each([
    [120, 80, 93],
    [90, 50, 63],
    [80, 80, null],
    [60, 95, null],
    [null, 80, null],
    [Number.NaN, 80, null],
  ])('mean pressure of %s over %s is %s', (sbp, dbp, map) => {
    expect(meanArterialPressure(sbp, dbp)).toBe(map);
  });
  it('has no shock index without a positive pressure', () => {
    expect(shockIndex(100, 0)).toBeNull();
    expect(shockIndex(undefined, 100)).toBeNull();
  });
});

describe('qSOFA', () => {
  it.each([
    [{ rr: 21, sbp: 101, acvpu: 'A' }, 0, []],
    [{ rr: 22, sbp: 101, acvpu: 'A' }, 1, ['rr']],
    [{ rr: 21, sbp: 100, acvpu: 'A' }, 1, ['sbp']],
    [{ rr: 22, sbp: 100, acvpu: 'C' }, 3, ['rr', 'sbp', 'acvpu']],
    [{ rr: 12, sbp: 130, acvpu: 'V' }, 1, ['acvpu']],
  ] as const)('%o scores %i', (vitals, total, met) => {
    expect(qsofa(vitals)).toEqual({ complete: true, total, met });
  });
  it('is incomplete where a criterion is missing', () => {
    expect(qsofa({ rr: 30, sbp: 90 })).toEqual({
      complete: false,
      min_total: 2,
      met: ['rr', 'sbp'],
      missing: ['acvpu'],
    });
  });
});
