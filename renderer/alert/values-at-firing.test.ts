import { expect, test } from 'vitest';
import { valuesAtFiring } from './values-at-firing.ts';

const VITALS = {
  rr: 26,
  spo2: 92,
  spo2_scale: 1,
  on_oxygen: true,
  sbp: 95,
  dbp: 60,
  hr: 115,
  acvpu: 'C',
  temp_c: 38,
} as const;

test('every value of the snapshot is written with its unit and the band that it stood in', () => {
  const shown = valuesAtFiring({ vitals: VITALS }, 'en');
  expect(shown.rr).toEqual({ text: '26\u00a0/min', band: '≥25', staleMinutes: null });
  expect(shown.spo2).toMatchObject({ text: '92\u00a0%', band: '92–93' });
  expect(shown.sbp).toMatchObject({ text: '95/60\u00a0mmHg', band: '91–100' });
  expect(shown.temp).toMatchObject({ text: '38.0\u00a0°C', band: '36.1–38.0' });
  expect(shown.oxygen).toMatchObject({ text: 'Oxygen', band: '' });
  expect(shown.consciousness?.text).toMatch(/^C, /);
});

test('saturation stands in a band of its own scale', () => {
  const shown = valuesAtFiring({ vitals: { ...VITALS, spo2: 94, spo2_scale: 2 } }, 'en');
  expect(shown.spo2?.band).toBe('93–94');
});

test('what was missing when it fired has no value, and no false one', () => {
  const { rr: _rr, ...rest } = VITALS;
  const shown = valuesAtFiring({ vitals: { ...rest, hr: null, dbp: null, on_oxygen: false } }, 'en');
  expect(shown.rr).toBeUndefined();
  expect(shown.hr).toBeUndefined();
  expect(shown.sbp?.text).toBe('95/—\u00a0mmHg');
  expect(shown.oxygen?.text).toBe('air');
});

test('a value that counted though it was old tells how old it was', () => {
  const stale = [{ parameter: 'temp', minutes_old: 70 }] as const;
  const shown = valuesAtFiring({ vitals: VITALS, stale: [...stale] }, 'hi');
  expect(shown.temp?.staleMinutes).toBe(70);
  expect(shown.hr?.staleMinutes).toBeNull();
});
