import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_DRAFT, isInRange, numberOf, TYPED_FIELDS, valuesOf, withCharacter } from './draft.ts';

test('keys build a value of the field and never more digits than it has', () => {
  const type = (field: 'temp_c' | 'sbp', keys: string) =>
    [...keys].reduce((text, key) => withCharacter(field, text, key), '');
  expect(type('temp_c', '38.55')).toBe('38.5');
  expect(type('temp_c', '3..8')).toBe('3.8');
  expect(type('sbp', '1205')).toBe('120');
  expect(type('sbp', '12.0')).toBe('120');
});

test('whatever keys are pressed, the text is empty, on its way, or a number', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TYPED_FIELDS),
      fc.array(fc.constantFrom(...'0123456789.')),
      (field, keys) => {
        const text = keys.reduce((before, key) => withCharacter(field, before, key), '');
        expect(text === '' || text === '.' || numberOf(text) !== null).toBe(true);
      },
    ),
  );
});

test('only what was entered is saved, and no flow on room air', () => {
  expect(valuesOf(EMPTY_DRAFT)).toEqual({});
  const draft = { ...EMPTY_DRAFT, typed: { rr: '22', temp_c: '38,5', hr: '' }, acvpu: 'C' as const };
  expect(valuesOf(draft)).toEqual({ rr: 22, temp_c: 38.5, acvpu: 'C' });
  expect(valuesOf({ ...EMPTY_DRAFT, typed: { o2_flow: '2' }, onOxygen: false })).toEqual({
    on_oxygen: false,
  });
  expect(valuesOf({ ...EMPTY_DRAFT, typed: { o2_flow: '2' }, onOxygen: true })).toEqual({
    on_oxygen: true,
    o2_flow: 2,
  });
});

test('a number outside the plausible range is told', () => {
  expect(isInRange('temp_c', 384.5)).toBe(false);
  expect(isInRange('temp_c', 38.4)).toBe(true);
  expect(isInRange('spo2', 0)).toBe(false);
});

test('a flow is sent only with oxygen that was chosen, and a slip of the keyboard is no number', () => {
  expect(valuesOf({ ...EMPTY_DRAFT, typed: { o2_flow: '4' } })).toEqual({});
  for (const slip of ['1e2', '0x5A', '-5', '+5', '3..8', 'Infinity']) expect(numberOf(slip)).toBeNull();
  expect(['38.5', '38,5', '38.', '.5'].map(numberOf)).toEqual([38.5, 38.5, 38, 0.5]);
});
