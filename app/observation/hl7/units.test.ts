import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMERIC_VITALS, VITAL_RANGES } from '../vital.ts';
import { isWithin, parseDecimal, plainDecimal, roundedHalfUp } from './decimal.ts';
import { convertValue, readUnit } from './units.ts';

function value(
  vital: (typeof NUMERIC_VITALS)[number],
  text: string,
  code: string,
  name = '',
): number | string {
  const converted = convertValue(vital, text, readUnit(code, name), false);
  return converted.ok ? converted.value : converted.reason;
}

describe('a value with its unit', () => {
  it.each([
    ['98.6', '[degF]', '', 37],
    ['98.6', '268160', 'MDC_DIM_FAHR', 37],
    ['98.6', '268224', 'MDC_DIM_FAHR', 37],
    ['98.6', '266560', '', 37],
    ['99.1', '0004-1140', 'F', 37.3],
    ['38.6', '0004-17a0', '°C', 38.6],
    ['38.6', '0004-17a0', '\uFFFDC', 38.6],
    ['38.6', '268192', 'MDC_DIM_DEGC', 38.6],
    ['37.0', 'Cel', '', 37],
    ['37.0', 'deg C', '', 37],
    ['384.5', 'Cel', '', 'implausible'],
    ['98.6', 'Cel', '', 'implausible'],
    ['37.0', 'degF', '', 'implausible'],
    ['36.8', '268192', 'MDC_DIM_FAHR', 'implausible'],
    ['37.0', '', '', 'unit-missing'],
    ['310', 'K', '', 'unit-unknown'],
    ['37.0', 'mmHg', '', 'unit-unfit'],
  ])('temperature %s in "%s^%s" is %s', (text, code, name, expected) => {
    expect(value('temp_c', text, code, name)).toBe(expected);
  });

  it.each([
    ['sbp', '16.0', 'kPa', 120],
    ['sbp', '120', 'mm[Hg]', 120],
    ['sbp', '120', '', 'unit-missing'],
    ['cvp', '10', 'cmH2O', 7],
    ['hr', '60', '', 60],
    ['hr', '60', 'bpm', 60],
    ['rr', '18', '{breaths}/min', 18],
    ['hr', '1', 'Hz', 'unit-unknown'],
    ['hr', '60', '%', 'unit-unfit'],
    ['spo2', '97', '%', 97],
    ['spo2', '0.97', '1', 'unit-unfit'],
    ['spo2', '100.4', '%', 'implausible'],
    ['fio2', '0.35', '', 35],
    ['fio2', '35', '', 35],
    ['fio2', '1', '', 100],
    ['fio2', '0.21', '{fraction}', 21],
    ['fio2', '0.35', '%', 'implausible'],
    ['fio2', '160', 'mmHg', 'unit-unfit'],
    ['o2_flow', '2.25', 'L/min', 2.3],
    ['etco2', '5.0', 'kPa', 38],
    ['etco2', '5.0', '%', 'unit-unfit'],
  ] as const)('%s %s in "%s" is %s', (vital, text, unit, expected) => {
    expect(value(vital, text, unit)).toBe(expected);
  });

  it.each([
    '95 (ignore)',
    '0x5F',
    '9.5e1',
    'NaN',
    'Infinity',
    '-Infinity',
    '95,0',
    '9 5',
    '95%',
    '',
    '.',
    '95.',
    '٩٥',
  ])('refuses %j as a number', (text) => {
    expect(value('spo2', text, '%')).toBe('not-a-number');
  });

  it('rounds once, half up, on the decimal text', () => {
    const rounded = (text: string, decimals: number) => {
      const decimal = parseDecimal(text);
      if (decimal === null) throw new Error(text);
      return roundedHalfUp(decimal, decimals);
    };
    expect([rounded('35.05', 1), rounded('37.25', 1), rounded('1.005', 1), rounded('8.5', 0)]).toEqual([
      35.1, 37.3, 1, 9,
    ]);
    expect([rounded('-0.5', 0), rounded('-1.6', 0), rounded('-0.4', 0)].map((one) => one + 0)).toEqual([
      0, -2, 0,
    ]);
  });

  it('lies within the range of its vital or is refused', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -9999, max: 99999 }), fc.integer({ min: 0, max: 999 }))
      .map(([whole, rest]) => `${whole}.${rest}`);
    const unit = fc.constantFrom('', '%', '/min', 'mmHg', 'kPa', 'cmH2O', 'Cel', 'degF', 'L/min', '1', 'K');
    fc.assert(
      fc.property(
        fc.constantFrom(...NUMERIC_VITALS),
        decimal,
        unit,
        fc.boolean(),
        (vital, text, code, fixed) => {
          const converted = convertValue(vital, text, readUnit(code, ''), fixed);
          const range = VITAL_RANGES[vital];
          if (converted.ok) {
            expect(converted.value).toBeGreaterThanOrEqual(range.least);
            expect(converted.value).toBeLessThanOrEqual(range.most);
            expect(Number(converted.value.toFixed(range.decimals))).toBe(converted.value);
          } else expect(converted.reason).not.toBe('not-a-number');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is the same by the short way of common numbers as by exact fractions', () => {
    const text = fc
      .tuple(fc.integer({ min: 0, max: 9999 }), fc.constantFrom('', '.0', '.4', '.5', '.9'), fc.boolean())
      .map(([whole, rest, padded]) => `${padded ? '00' : ''}${whole}${rest}`);
    const own: { readonly [unit: string]: string } = {
      ...{ '/min': '/min', '%': '%', Cel: 'Cel', 'mm[Hg]': 'mm[Hg]', 'L/min': 'L/min' },
    };
    fc.assert(
      fc.property(fc.constantFrom(...NUMERIC_VITALS), text, (vital, number) => {
        const { unit, least, most, decimals } = VITAL_RANGES[vital];
        const exact = parseDecimal(number);
        if (exact === null) throw new Error(number);
        const expected = isWithin(exact, least, most)
          ? { ok: true, value: roundedHalfUp(exact, decimals) }
          : { ok: false, reason: 'implausible' };
        expect(convertValue(vital, number, readUnit(own[unit] ?? '', ''), false)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('has one way to be written, the same for the same number', () => {
    const part = fc.tuple(
      fc.constantFrom('', '+', '-'),
      fc.nat(99_999),
      fc.constantFrom('', '.0', '.90', '.9', '.999'),
    );
    fc.assert(
      fc.property(part, part, (...two) => {
        const [one, other] = two.map(([sign, whole, rest]) => `${sign}00${whole}${rest}`);
        const same = Number(one) === Number(other);
        expect(plainDecimal(one ?? '') === plainDecimal(other ?? '')).toBe(same);
        expect(Number(plainDecimal(one ?? ''))).toBe(Number(one) + 0);
      }),
    );
    expect(['1e3', '', '0x5', '.5', '5.', '-0.0'].map(plainDecimal)).toEqual([
      null,
      null,
      null,
      null,
      null,
      '0',
    ]);
  });
});
