import { expect, test } from 'vitest';
import { closesForm } from './act-keys.ts';

const ESCAPE = { key: 'Escape', defaultPrevented: false, isComposing: false };

test('Esc closes the form; another key does not', () => {
  expect(closesForm(ESCAPE, false)).toBe(true);
  expect(closesForm({ ...ESCAPE, key: 'Enter' }, false)).toBe(false);
});

test('Esc belongs to what is docked over the form, and to whoever took it already', () => {
  expect(closesForm(ESCAPE, true)).toBe(false);
  expect(closesForm({ ...ESCAPE, defaultPrevented: true }, false)).toBe(false);
});

test('Esc that ends the composing of a word in an input method leaves the form open', () => {
  expect(closesForm({ ...ESCAPE, isComposing: true }, false)).toBe(false);
});
