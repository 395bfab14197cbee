import { describe, expect, it } from 'vitest';
import { readNews2Input } from './news2-input.ts';

describe('readNews2Input', () => {
  it('takes vitals with an age and leaves other fields out', () => {
    const input = { rr: 26, spo2: null, acvpu: 'C', age_years: 63, pregnant: false, note: 'ignored' };
    expect(readNews2Input(input)).toEqual({
      ok: true,
      value: { rr: 26, spo2: null, acvpu: 'C', age_years: 63, pregnant: false },
    });
  });
  it.each([
    [{ rr: '26' }, 'rr'],
    [{ hr: Number.NaN }, 'hr'],
    [{ sbp: Number.POSITIVE_INFINITY }, 'sbp'],
    [{ acvpu: 'X' }, 'acvpu'],
    [{ spo2_scale: 3 }, 'spo2_scale'],
    [{ on_oxygen: 'yes' }, 'on_oxygen'],
    [{ age_years: -1 }, 'age_years'],
    [[], ''],
    [null, ''],
  ])('refuses %o', (input, field) => {
    expect(readNews2Input(input)).toEqual({
      ok: false,
      error: { code: 'invalid-request', parameters: { field } },
    });
  });
  it.each([
    [{ temp_c: 384.5 }, { field: 'temp_c', value: 384.5, least: 20, most: 45 }],
    [{ rr: 0 }, { field: 'rr', value: 0, least: 1, most: 90 }],
    [{ spo2: 101 }, { field: 'spo2', value: 101, least: 30, most: 100 }],
    [{ hr: -1 }, { field: 'hr', value: -1, least: 10, most: 300 }],
  ])('refuses the implausible %o', (input, parameters) => {
    expect(readNews2Input(input)).toEqual({ ok: false, error: { code: 'value-implausible', parameters } });
  });
});
