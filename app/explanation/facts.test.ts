import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreNews2 } from '../scoring/news2.ts';
import { INPUT_LENGTH, inputFrom } from './explanation-fixtures.ts';
import { completeFacts } from './facts.ts';

const anyInput = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: INPUT_LENGTH, maxLength: INPUT_LENGTH })
  .map((shares) => inputFrom(shares.map((share) => share / 1000)));

describe('completeFacts', () => {
  it('computes score, derived values, directions, drivers and pattern', () => {
    const facts = completeFacts({
      vitals: { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, dbp: 60, hr: 118, acvpu: 'A' },
    });
    expect(facts.news2).toMatchObject({ complete: true, total: 12 });
    expect(facts.derived).toEqual({ map: 72, shock_index: 1.24 });
    expect(facts.directions).toEqual({ rr: 'high', spo2: 'low', sbp: 'low', hr: 'high', temp: 'high' });
    expect(facts.drivers.map(({ parameter }) => parameter)).toEqual([
      'rr',
      'spo2',
      'oxygen',
      'sbp',
      'hr',
      'temp',
    ]);
    expect(facts.pattern).toBe('several');
    expect(facts.missing).toEqual([]);
  });

  it('names what is missing and takes the assessment of the lower bound', () => {
    const facts = completeFacts({ vitals: { rr: 26, spo2: 90 } });
    expect(facts.missing).toEqual(['oxygen', 'sbp', 'hr', 'consciousness', 'temp']);
    expect(facts.assessment).toMatchObject({ risk: 'medium' });
    expect(facts.pattern).toBe('breathing');
  });

  it('has no assessment and no drivers where no score applies', () => {
    const facts = completeFacts({ vitals: { rr: 40 } }, { age_years: 7 });
    expect(facts.assessment).toBeNull();
    expect(facts.drivers).toEqual([]);
  });

  it('keeps a score that came with the facts', () => {
    const news2 = scoreNews2({ rr: 16 });
    expect(completeFacts({ vitals: { rr: 30 }, news2 }).news2).toBe(news2);
  });

  it('tells changes without binary noise and only where both readings are there', () => {
    const facts = completeFacts({
      vitals: { temp_c: 38.4, hr: 100, rr: 20 },
      previous: { vitals: { temp_c: 37.1, hr: 100 }, minutes_ago: 60 },
    });
    expect(facts.changes).toEqual([
      { parameter: 'hr', from: 100, to: 100, difference: 0, trend: 'unchanged' },
      { parameter: 'temp', from: 37.1, to: 38.4, difference: 1.3, trend: 'rising' },
    ]);
  });

  it('lists drivers heaviest first and never one without points', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const { drivers } = completeFacts(input);
        const points = drivers.map((driver) => driver.points);
        expect(points).toEqual([...points].sort((one, other) => other - one));
        expect(points.every((count) => count > 0)).toBe(true);
      }),
    );
  });
});
