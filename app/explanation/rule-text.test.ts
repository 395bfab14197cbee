import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INPUT_LENGTH, inputFrom, SICK } from './explanation-fixtures.ts';
import { completeFacts } from './facts.ts';
import { ruleText } from './rule-text.ts';
import { guardText } from './verifier/verifier.ts';

const anyInput = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: INPUT_LENGTH, maxLength: INPUT_LENGTH })
  .map((shares) => inputFrom(shares.map((share) => share / 1000)));

describe('ruleText', () => {
  it('tells score, drivers by weight, change, and what the chart asks for', () => {
    expect(ruleText(SICK, 'en')).toBe(
      'NEWS2 is 12, high risk. Scoring readings: respiratory rate 26/min, high (3 points); SpO2 92 %, low (2 points); on oxygen (2 points); systolic blood pressure 95 mmHg, low (2 points); heart rate 118/min, high (2 points); temperature 38.4 °C, high (1 point). Since the reading 60 minutes ago: respiratory rate 26/min, up from 20/min; SpO2 92 %, down from 95 %; systolic blood pressure 95 mmHg, down from 110 mmHg; heart rate 118/min, up from 100/min. NEWS2 was 4 at that reading. Calculated: mean arterial pressure 72 mmHg and shock index 1.24. The NEWS2 chart asks for continuous monitoring; emergency assessment within 30 minutes by a team with critical-care competencies.',
    );
  });

  it('tells the lower bound and what is missing', () => {
    const text = ruleText(
      completeFacts({ vitals: { rr: 26, spo2: 90, temp_c: 37, sbp: 120, hr: 80 } }),
      'en',
    );
    expect(text).toContain('NEWS2 is at least 6; it is incomplete.');
    expect(text).toContain('Not measured: oxygen and consciousness. They count as missing, not as normal.');
    expect(text).toContain('within 1 hour');
  });

  it('reassures nobody where nothing has been measured', () => {
    for (const language of ['en', 'hi'] as const) {
      const text = ruleText(completeFacts({ vitals: {} }), language);
      expect(text).not.toContain('NEWS2');
      expect(text).not.toMatch(/[0-9]/);
    }
    expect(ruleText(completeFacts({ vitals: {} }), 'en')).toContain('Nothing has been measured');
  });

  it('says of an incomplete score only what the chart asks for at the least', () => {
    const text = ruleText(completeFacts({ vitals: { rr: 16 } }), 'en');
    expect(text).toContain('At the least, the NEWS2 chart asks for');
    expect(text).toContain('What is missing may ask for more.');
  });

  it('never tells a reading that was not current as current', () => {
    const facts = completeFacts({
      vitals: { rr: 26, spo2: 92, temp_c: 38.4, hr: 118 },
      stale: [
        { parameter: 'temp', minutes_old: 190 },
        { parameter: 'hr', minutes_old: 70 },
      ],
    });
    expect(ruleText(facts, 'en')).toContain(
      'No longer current when this was scored: heart rate, 70 minutes old; temperature, 3 h 10 min old.',
    );
    expect(ruleText(facts, 'hi')).toContain(
      'स्कोर बनते समय जो रीडिंग वर्तमान नहीं थीं: हृदय गति (माप 70 मिनट पहले); तापमान (माप 3 घंटे 10 मिनट पहले)।',
    );
    expect(ruleText(SICK, 'en')).not.toContain('current');
  });

  it('shows no number where no score applies', () => {
    const facts = completeFacts({ vitals: { rr: 26 } }, { pregnant: true });
    expect(ruleText(facts, 'en')).toBe('NEWS2 does not apply in pregnancy; no score is shown.');
  });

  it('keeps Latin digits and units in Hindi', () => {
    const text = ruleText(SICK, 'hi');
    expect(text).toContain('NEWS2 12 है, जोखिम उच्च।');
    expect(text).toContain('श्वसन दर 26/min, अधिक (3 अंक)');
    expect(text).not.toMatch(/[०-९]/);
  });

  it.each(['en', 'hi'] as const)('never says what the verifier would block (%s)', (language) => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const facts = completeFacts(input);
        expect(guardText(facts, ruleText(facts, language))).toEqual({ verdict: 'pass', findings: [] });
      }),
      { numRuns: 150 },
    );
  });
});
