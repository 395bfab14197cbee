import { expect, test } from 'vitest';
import { screenWords } from '../../app/language/language.ts';
import { figureText, targetText } from './figure-text.ts';

const words = screenWords('en').monitoring;
const text = (...given: [unit: Parameters<typeof figureText>[2], value: number]) =>
  figureText(words, 'en', ...given);

test('a figure is told in the unit that a person would say', () => {
  expect(text('seconds', 0.0042)).toBe('4.2 ms');
  expect(text('seconds', 2.514)).toBe('2.51 s');
  expect(text('seconds', 600)).toBe('10 min');
  expect(text('seconds', 90_000)).toBe('25 h');
  expect(text('seconds', 864_000)).toBe('10 days');
  expect(text('share', 0.0149)).toBe('1.49\u00a0%');
  expect(text('bytes', 0)).toBe('0\u00a0B');
  expect(text('bytes', 48_300_000)).toBe('48.3\u00a0MB');
  expect(text('count', 12_400)).toBe('12,400');
  expect(text('per-minute', 45)).toBe('45 a minute');
  expect(text('points', 4.25)).toBe('4.25 of 5');
});

test('a target says on which side it is met', () => {
  expect(targetText(words, 'en', 'complete-p99')).toBe('at most 6.2 s');
  expect(targetText(words, 'en', 'requests-possible')).toBe('at least 45 a minute');
  expect(targetText(words, 'en', 'safety-violations')).toBe('at most 0');
  expect(targetText(words, 'en', 'helpfulness')).toBeNull();
});
