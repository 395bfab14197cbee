import { expect, it } from 'vitest';
import { screenWords } from '../../app/language/language.ts';
import { TECHNICAL_CODES, type TechnicalAlert } from '../../app/technical/technical.ts';
import { technicalText } from './technical-texts.ts';

const alert = (over: Partial<TechnicalAlert>): TechnicalAlert => ({
  id: 't1',
  code: 'vital-missing',
  subject: 'p1',
  parameters: {},
  raisedAt: '2026-09-12T12:00:00Z',
  acknowledgedBy: null,
  acknowledgedAt: null,
  ...over,
});

it('names the bed and the vitals in words', () => {
  const text = technicalText(
    screenWords('en'),
    'en',
    alert({ parameters: { bed: '07', vitals: 'spo2 temp_c' } }),
  );
  expect(text).toContain('Bed 07');
  expect(text).toContain('SpO2');
  expect(text).not.toContain('temp_c');
});

it('has words for every code in both languages', () => {
  for (const code of TECHNICAL_CODES)
    for (const language of ['en', 'hi'] as const) {
      const text = technicalText(
        screenWords(language),
        language,
        alert({ code, parameters: { seconds: 90 } }),
      );
      expect(text).not.toMatch(/undefined|^$/);
    }
});
