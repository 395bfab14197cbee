import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ProbabilityBin, thresholdsOf } from './thresholds.ts';

const bin = (percent: number, passed: number, blocked: number): ProbabilityBin => ({
  percent,
  passed,
  blocked,
});

test('a model whose probabilities mean something: sure where nearly all pass, withheld where half do not', () => {
  const bins = [bin(20, 5, 60), bin(55, 60, 40), bin(90, 200, 2)];
  // From 56 on 200 of 202 pass, from 55 on 260 of 302; below 56 it is 65 of 165.
  expect(thresholdsOf(bins)).toEqual({ confidentFrom: 0.56, withheldBelow: 0.56 });
});

test('a model whose probabilities mean nothing: none is sure, none is withheld', () => {
  const bins = [bin(30, 80, 20), bin(60, 80, 20), bin(95, 80, 20)];
  expect(thresholdsOf(bins)).toEqual({ confidentFrom: 1, withheldBelow: 0 });
});

test('too few holes tell nothing', () => {
  expect(thresholdsOf([bin(90, 199, 0)])).toBeNull();
  expect(thresholdsOf([])).toBeNull();
});

test('nothing that is withheld counts as sure, whatever was measured', () => {
  const bins = fc.array(
    fc.record({
      percent: fc.integer({ min: 0, max: 100 }),
      passed: fc.nat({ max: 80 }),
      blocked: fc.nat({ max: 80 }),
    }),
  );
  fc.assert(
    fc.property(bins, (of) => {
      const found = thresholdsOf(of);
      if (found !== null) expect(found.withheldBelow).toBeLessThanOrEqual(found.confidentFrom);
    }),
  );
});
