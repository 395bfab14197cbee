import { expect, test } from 'vitest';
import { ERROR_CODES } from '../contract/outcome.ts';
import { HELD_REASONS } from '../observation/hl7/identity.ts';
import { MESSAGE_FAULTS } from '../observation/hl7/message.ts';
import { REJECTION_REASONS } from '../observation/hl7/rejection.ts';
import {
  codeWords,
  errorText,
  formatAge,
  formatDate,
  formatTime,
  holdReasonText,
  rejectReasonText,
  screenWords,
} from './language.ts';

const LANGUAGES = ['en', 'hi'] as const;
const DEVANAGARI_DIGIT = /[\u0966-\u096f]/;

/** Every word as text, functions called with numbers as parameters. */
function textsOf(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  if (typeof words === 'function') return textsOf(words(3, 4, 5, 6));
  return typeof words === 'object' && words !== null ? Object.values(words).flatMap(textsOf) : [];
}

/** The path of every word, so that two languages can be laid side by side. */
function pathsOf(words: unknown, path = ''): readonly string[] {
  if (typeof words !== 'object' || words === null) return [path];
  return Object.entries(words).flatMap(([key, value]) => pathsOf(value, `${path}.${key}`));
}

test.each(LANGUAGES)('%s has a word everywhere, and Latin digits in all of them', (language) => {
  const texts = [...textsOf(screenWords(language)), ...textsOf({ ...codeWords(language), errors: {} })];
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  expect(texts.filter((text) => DEVANAGARI_DIGIT.test(text))).toEqual([]);
  expect(texts.filter((text) => /undefined|null|NaN|\[object/.test(text))).toEqual([]);
});

test('lists have the same length in both languages', () => {
  expect(pathsOf(screenWords('hi'))).toEqual(pathsOf(screenWords('en')));
});

test.each(LANGUAGES)('%s tells an error without a parameter in words too', (language) => {
  for (const code of ERROR_CODES) {
    const text = errorText(language, { code, parameters: {} });
    expect(text.length).toBeGreaterThan(3);
  }
});

test('an error names the vital, the value and the limits', () => {
  const error = {
    code: 'value-implausible',
    parameters: { vital: 'hr', value: 400, least: 10, most: 300 },
  } as const;
  expect(errorText('en', error)).toBe(
    'Heart rate 400 is outside 10 to 300 and cannot be a reading. Nothing was saved.',
  );
  expect(errorText('hi', error)).toContain('हृदय गति 400');
});

test('a lock-out is told in minutes from one minute on, rounded up', () => {
  const text = (seconds: number) => errorText('en', { code: 'locked-out', parameters: { seconds } });
  expect(text(59)).toContain('59 s');
  expect(text(61)).toContain('2 min');
});

test.each(LANGUAGES)('%s knows every reason of intake; an unknown one keeps its code', (language) => {
  for (const reason of HELD_REASONS) expect(holdReasonText(language, reason)).not.toContain(reason);
  for (const reason of [...REJECTION_REASONS, ...MESSAGE_FAULTS, 'type-not-accepted'])
    expect(rejectReasonText(language, reason)).not.toContain(reason);
  expect(rejectReasonText(language, 'from-the-future')).toContain('from-the-future');
  expect(holdReasonText(language, 'toString')).toContain('toString');
});

test('ages round down and never part from their unit', () => {
  const age = (ms: number) => formatAge('en', ms).replaceAll('\u00a0', '_');
  expect(age(-5)).toBe('0_s');
  expect(age(59_999)).toBe('59_s');
  expect(age(60_000)).toBe('1_min');
  expect(age(3_600_000)).toBe('1_h');
  expect(age(7_500_000)).toBe('2_h 5_min');
  expect(age(48 * 3_600_000)).toBe('2_d');
  expect(age(Number.NaN)).toBe('—');
});

test('times are 24 hours and Latin in both languages; what is no time is a dash', () => {
  const midnight = new Date(2026, 10, 22, 0, 5, 9).toISOString();
  for (const language of LANGUAGES) {
    expect(formatTime(language, midnight)).toBe('00:05');
    expect(formatTime(language, midnight, { seconds: true })).toBe('00:05:09');
    expect(formatTime(language, 'soon')).toBe('—');
    expect(formatDate(language, midnight)).toMatch(/22.*2026/);
    expect(formatDate(language, 'soon')).toBe('—');
  }
});
