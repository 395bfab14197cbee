import { describe, expect, it } from 'vitest';
import { upperBound } from './bound.ts';

describe('upper confidence bound', () => {
  it('is the exact rule of three without failures', () => {
    expect(upperBound(0, 300)).toBeCloseTo(1 - 0.05 ** (1 / 300), 6);
    expect(upperBound(0, 1)).toBeCloseTo(0.95, 6);
  });

  it('agrees with published one-sided Clopper–Pearson values', () => {
    expect(upperBound(1, 10)).toBeCloseTo(0.3942, 4);
    expect(upperBound(2, 20)).toBeCloseTo(0.2826, 4);
  });

  it('is 1 where everything failed or nothing was tried', () => {
    expect(upperBound(5, 5)).toBe(1);
    expect(upperBound(0, 0)).toBe(1);
  });
});
