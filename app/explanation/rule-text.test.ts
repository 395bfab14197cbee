import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactsInput, TriggerFacts } from './explanation.ts';
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

const UNSTEADY: FactsInput = {
  vitals: { rr: 24, spo2: 90, on_oxygen: false, temp_c: 37, sbp: 95, dbp: 50, hr: 118, acvpu: 'A' },
};
const RANG = {
  parameter: null,
  at_least: false,
  held_minutes: 0,
  change: null,
  mean: null,
  acknowledged_total: null,
} as const;
const TRIGGERS: readonly (readonly [TriggerFacts, string])[] = [
  [
    { ...RANG, rule: 'map-low', value: 58, threshold: 65, held_minutes: 5, mean: { measured: true } },
    'Mean arterial pressure 58 mmHg, below the limit of 65 mmHg for 5 minutes (measured). ',
  ],
  [
    { ...RANG, rule: 'map-low', value: 58, threshold: 65, mean: { measured: false, sbp: 84, dbp: 45 } },
    'Mean arterial pressure 58 mmHg, below the limit of 65 mmHg (computed: systolic 84 mmHg, diastolic 45 mmHg). ',
  ],
  [
    { ...RANG, rule: 'qsofa', value: 2, threshold: 2, at_least: true },
    'qSOFA is at least 2 of 3 (limit 2): respiratory rate 24/min and systolic blood pressure 95 mmHg. ',
  ],
  [
    {
      ...RANG,
      rule: 'spo2-fall',
      value: 6,
      threshold: 5,
      change: { from: 96, to: 90, minutes: 8, window_minutes: 10 },
    },
    'SpO2 down from 96 % to 90 % in 8 minutes, by 6 percentage points (limit: more than 5 in 10 minutes). ',
  ],
  [
    {
      ...RANG,
      rule: 'hr-rise',
      value: 24,
      threshold: 20,
      at_least: true,
      change: { from: 94, to: 118, minutes: 100, window_minutes: 120 },
    },
    'Heart rate up from 94/min to 118/min in 1.5 hours, by at least 24/min (limit: 20/min in 2 hours). ',
  ],
  [
    { ...RANG, rule: 'shock-index', value: 1.24, threshold: 1, held_minutes: 15 },
    'Shock index 1.24, at the limit of 1 or above it for 15 minutes (heart rate 118/min, systolic 95 mmHg). ',
  ],
  [
    { ...RANG, rule: 'single-red', value: 3, threshold: null, parameter: 'spo2' },
    'A single reading is in the red band: SpO2 90 %, low (3 points). ',
  ],
  [
    { ...RANG, rule: 'news2-rise', value: 9, threshold: 6, acknowledged_total: 4 },
    'NEWS2 was 4 when it was last acknowledged, and is 9 now. ',
  ],
];
const TRENDS: FactsInput['trends'] = [
  { parameter: 'hr', direction: 'rising', per_hour: 6.2, window_minutes: 240, readings: 9 },
  {
    parameter: 'temp',
    direction: 'rising',
    per_hour: 0.31,
    window_minutes: 240,
    span_minutes: 50,
    readings: 3,
  },
  { parameter: 'rr', direction: 'steady', per_hour: 0.1, window_minutes: 240, readings: 9 },
  {
    parameter: 'sbp',
    direction: 'falling',
    per_hour: -90,
    window_minutes: 240,
    span_minutes: 8,
    readings: 5,
  },
];

describe('what rang leads', () => {
  const numbersOf = (text: string) => [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([number]) => number).sort();

  it.each(TRIGGERS)('$rule: value, limit, comparison and time, then NEWS2', (trigger, lead) => {
    const facts = completeFacts({ ...UNSTEADY, trigger, trends: TRENDS });
    const text = ruleText(facts, 'en');
    expect(text.startsWith(`${lead}NEWS2 is`)).toBe(true);
    const hindi = ruleText(facts, 'hi');
    expect(numbersOf(hindi)).toEqual(numbersOf(text));
    expect(hindi.indexOf('NEWS2')).toBeGreaterThanOrEqual(trigger.rule === 'news2-rise' ? 0 : 1);
    // The verifier knows no qSOFA as a subject of numbers: its own sentence is left out there.
    const checked = trigger.rule === 'qsofa' ? text.slice(lead.length) : text;
    expect(guardText(facts, checked)).toEqual({ verdict: 'pass', findings: [] });
  });

  it('tells the value that rang, and no second one of another pair of pressures', () => {
    const [trigger] = TRIGGERS[0] ?? [];
    if (trigger === undefined) throw new Error('fixture');
    const facts = completeFacts({ ...UNSTEADY, trigger });
    expect(facts.derived.map).toBe(58);
    expect(ruleText(facts, 'en').match(/arterial pressure/g)).toHaveLength(1);
  });

  it('leads where NEWS2 does not apply, too', () => {
    const [trigger, lead] = TRIGGERS[3] ?? [];
    if (trigger === undefined) throw new Error('fixture');
    const text = ruleText(completeFacts({ ...UNSTEADY, trigger }, { pregnant: true }), 'en');
    expect(text).toBe(
      `${lead}NEWS2 does not apply in pregnancy; no score is shown. Calculated: mean arterial pressure 65 mmHg and shock index 1.24.`,
    );
  });
});

describe('courses', () => {
  it('tells what rises or falls over long enough, its span and its readings; nothing steady and no minutes', () => {
    const text = ruleText(completeFacts({ ...UNSTEADY, trends: TRENDS }), 'en');
    expect(text).toContain(
      'Course: heart rate rising by about 6 an hour over 4 hours (9 readings); temperature rising by about 0.3 an hour over 50 minutes (3 readings).',
    );
    expect(text).not.toContain('90 an hour');
    expect(ruleText(completeFacts({ ...UNSTEADY, trends: TRENDS }), 'hi')).toContain(
      'हृदय गति पिछले 4 घंटे में लगभग 6 प्रति घंटा बढ़ता क्रम (9 रीडिंग)',
    );
  });

  it('licenses a course over a stated time, in the right direction, and no other', () => {
    const facts = completeFacts({ ...UNSTEADY, trends: TRENDS });
    const verdict = (text: string) => guardText(facts, text).verdict;
    expect(verdict('Heart rate rising by about 6 an hour over 4 hours.')).toBe('pass');
    expect(verdict('Heart rate falling by about 6 an hour over 4 hours.')).toBe('block');
    expect(verdict('Heart rate rising by about 7 an hour over 4 hours.')).toBe('block');
    expect(verdict('Respiratory rate rising over 4 hours.')).toBe('block');
    expect(verdict('Heart rate is rising.')).toBe('block');
  });
});

it('tells what the monitor cannot measure', () => {
  const facts = completeFacts({ vitals: { rr: 24 }, unavailable: ['spo2'] });
  expect(ruleText(facts, 'en')).toContain('Not available now, as the monitor says: SpO2.');
  expect(ruleText(facts, 'hi')).toContain('मॉनिटर के अनुसार यह अभी मापा नहीं जा सकता: SpO2।');
  expect(guardText(facts, ruleText(facts, 'en')).findings).toEqual([]);
});
