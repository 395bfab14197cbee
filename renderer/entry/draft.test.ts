import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ACVPU } from '../../app/observation/vital.ts';
import {
  type Draft,
  draftNow,
  EMPTY_DRAFT,
  isInRange,
  numberOf,
  replaceDraft,
  settleDraft,
  TYPED_FIELDS,
  valuesOf,
  withCharacter,
  withoutSaved,
} from './draft.ts';

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

const anyDraft: fc.Arbitrary<Draft> = fc.record({
  typed: fc.record(
    Object.fromEntries(TYPED_FIELDS.map((field) => [field, fc.constantFrom('', '9', '22', '38.5')])),
    { requiredKeys: [] },
  ),
  onOxygen: fc.constantFrom(null, true, false),
  acvpu: fc.constantFrom(null, ...ACVPU),
  confirmed: fc.subarray([...TYPED_FIELDS]),
});

test('what is typed while a save runs stays, and what was saved goes', () => {
  const saved: Draft = { ...EMPTY_DRAFT, typed: { rr: '22', hr: '96' }, onOxygen: true, acvpu: 'A' };
  const now: Draft = { ...saved, typed: { rr: '24', hr: '96', sbp: '118' }, acvpu: 'C' };
  expect(withoutSaved(now, saved)).toEqual({
    typed: { rr: '24', sbp: '118' },
    onOxygen: null,
    acvpu: 'C',
    confirmed: [],
  });
});

test('a flow that was typed while a save ran keeps its oxygen', () => {
  const saved: Draft = { ...EMPTY_DRAFT, onOxygen: true };
  const left = withoutSaved({ ...saved, typed: { o2_flow: '4' } }, saved);
  expect(valuesOf(left)).toEqual({ on_oxygen: true, o2_flow: 4 });
});

test('a confirmation goes with the value that it was for', () => {
  const saved: Draft = { ...EMPTY_DRAFT, typed: { temp_c: '32.7' }, confirmed: ['temp_c'] };
  expect(withoutSaved(saved, saved)).toEqual(EMPTY_DRAFT);
  const retyped: Draft = { ...EMPTY_DRAFT, typed: { temp_c: '36.7', hr: '200' }, confirmed: ['hr'] };
  expect(withoutSaved(retyped, saved).confirmed).toEqual(['hr']);
});

test('whatever changes during a save: nothing is lost that was not saved, and nothing saved is sent again', () => {
  fc.assert(
    fc.property(anyDraft, anyDraft, (now, saved) => {
      const left = valuesOf(withoutSaved(now, saved));
      const sent = valuesOf(saved);
      for (const [vital, value] of Object.entries(valuesOf(now))) {
        if (Reflect.get(sent, vital) !== value) expect(Reflect.get(left, vital)).toBe(value);
      }
      expect(withoutSaved(saved, saved)).toEqual(EMPTY_DRAFT);
    }),
  );
});

test('a save that began before signing in settles what became the draft of the person who signed in', () => {
  const typed: Draft = { ...EMPTY_DRAFT, typed: { rr: '22' } };
  replaceDraft(null, 'bed-7', typed);
  expect(draftNow('meera', 'bed-7')).toEqual(typed);
  replaceDraft('meera', 'bed-7', { ...typed, acvpu: 'A' });
  expect(draftNow(null, 'bed-7')).toEqual(EMPTY_DRAFT);
  settleDraft('meera', 'bed-7', typed);
  expect(draftNow('meera', 'bed-7')).toEqual({ ...EMPTY_DRAFT, acvpu: 'A' });
  expect(draftNow('joseph', 'bed-7')).toEqual(EMPTY_DRAFT);
});
