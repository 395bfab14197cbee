import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreementOf, krippendorffAlpha, type UnitValues } from './agreement.ts';

/**
 * The reliability data "C. Nominal data, any number of observers, missing data" of Krippendorff, Computing
 * Krippendorff's Alpha-Reliability, 2011 (https://repository.upenn.edu/asc_papers/43): four observers, twelve units.
 * It gives alpha 0.743 for nominal and 0.815 for ordinal data.
 */
const OBSERVERS = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];
const UNITS: UnitValues[] = Array.from({ length: 12 }, (_, unit) =>
  OBSERVERS.flatMap((ratings) => ratings[unit] ?? []),
);

test("Krippendorff's own example comes out as he prints it", () => {
  expect(krippendorffAlpha(UNITS, 'nominal')?.toFixed(3)).toBe('0.743');
  expect(krippendorffAlpha(UNITS, 'ordinal')?.toFixed(3)).toBe('0.815');
  const { alpha, interval, units } = agreementOf(UNITS, 'ordinal', 7);
  expect(units).toBe(11);
  expect(interval?.low).toBeLessThan(alpha ?? 0);
  expect(interval?.high).toBeGreaterThan(alpha ?? 1);
  expect(agreementOf(UNITS, 'ordinal', 7)).toEqual({ alpha, interval, units });
});

test('a handful of units has no interval: one of a single unit would be a point', () => {
  const one = agreementOf([[1, 5]], 'ordinal', 7);
  expect(one).toEqual({ alpha: 0, interval: null, units: 1 });
  expect(agreementOf(UNITS.slice(0, 9), 'ordinal', 7).interval).toBeNull();
});

const levels = ['nominal', 'ordinal'] as const;
const unit = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });

test('alpha is at most 1, 1 where all agree, and the same whoever is asked first', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), fc.constantFrom(...levels), (units, level) => {
      const alpha = krippendorffAlpha(units, level);
      if (alpha !== null) expect(alpha).toBeLessThanOrEqual(1 + 1e-12);
      const turned = units.map((values) => [...values].reverse()).reverse();
      const other = krippendorffAlpha(turned, level);
      expect(other === null).toBe(alpha === null);
      expect(other ?? 0).toBeCloseTo(alpha ?? 0, 10);
      const agreeing = units.map(([first]) => (first === undefined ? [] : [first, first, first]));
      const perfect = krippendorffAlpha(agreeing, level);
      const varied = new Set(agreeing.flat()).size > 1;
      expect(perfect).toBe(varied ? 1 : null);
    }),
    { numRuns: 100 },
  );
});

test('what one alone rated changes nothing', () => {
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), (units, alone) => {
      expect(krippendorffAlpha([...units, [alone]], 'ordinal')).toBe(krippendorffAlpha(units, 'ordinal'));
    }),
    { numRuns: 50 },
  );
});
