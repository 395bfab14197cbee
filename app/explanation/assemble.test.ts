import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleSentence, confidenceOf, createAssembler, type HoleEvent } from './assemble.ts';
import { sentenceSchema } from './explanation.ts';
import { INPUT_LENGTH, inputFrom, SICK } from './explanation-fixtures.ts';
import { completeFacts, type Facts } from './facts.ts';
import { planExplanation, planSentences } from './plan.ts';

const anyInput = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: INPUT_LENGTH, maxLength: INPUT_LENGTH })
  .map((shares) => inputFrom(shares.map((share) => share / 1000)));

function hole(step: number, text: string, more: Partial<HoleEvent> = {}): HoleEvent {
  return { kind: 'hole', step, text, probability: 0.9, tokens: 8, ended: 'sentence', ...more };
}

const PLAN = planExplanation(SICK, { language: 'en', promptFormat: 'chatml' });

describe('createAssembler', () => {
  it('shows a hole that passes, as literal and hole', () => {
    const sentence = createAssembler(PLAN, SICK).accept(
      hole(1, ' the patient is breathing faster than expected.'),
    );
    expect(sentenceSchema.parse(sentence)).toMatchObject({
      verdict: 'shown',
      text: 'Respiratory rate 26/min, high (3 points): the patient is breathing faster than expected.',
      findings: [],
      probability: 0.9,
    });
  });

  it('withholds a hole that does not, and keeps literal, findings and what was written', () => {
    const sentence = createAssembler(PLAN, SICK).accept(hole(1, ' the patient has sepsis.'));
    expect(sentence).toMatchObject({
      verdict: 'withheld',
      text: 'Respiratory rate 26/min, high (3 points).',
      parts: [{ kind: 'literal', text: 'Respiratory rate 26/min, high (3 points).' }],
      raw: ' the patient has sepsis.',
    });
    expect(sentence?.findings.map(({ rule }) => rule)).toContain('diagnosis');
  });

  it('withholds a hole that was cut off', () => {
    const sentence = createAssembler(PLAN, SICK).accept(
      hole(1, ' the patient is breathing', { ended: 'length' }),
    );
    expect(sentence?.verdict).toBe('withheld');
  });

  it('marks the end of a sentence that a line break ended', () => {
    const sentence = createAssembler(PLAN, SICK).accept(hole(1, ' the patient is breathing fast'));
    expect(sentence).toMatchObject({ verdict: 'shown' });
    expect(sentence?.text.endsWith('fast.')).toBe(true);
  });

  it('makes no sentence of other events', () => {
    const assembler = createAssembler(PLAN, SICK);
    expect(assembler.accept({ kind: 'failed', reason: 'failed', detail: '' })).toBeNull();
    expect(assembler.accept(hole(99, ' anything.'))).toBeNull();
  });
});

describe('confidence', () => {
  it('is the least of the shown sentences', () => {
    const sentences = [
      { verdict: 'shown' as const, probability: 0.9 },
      { verdict: 'withheld' as const, probability: 0.1 },
      { verdict: 'shown' as const, probability: 0.7 },
    ];
    expect(confidenceOf(sentences, null)).toEqual({ value: 0.7, policy: 'uncertain' });
    expect(confidenceOf([{ verdict: 'shown', probability: 0.85 }], null)?.policy).toBe('shown');
    expect(confidenceOf([{ verdict: 'withheld', probability: 0.9 }], null)).toBeNull();
  });

  it('withholds by probability only with thresholds measured for the model', () => {
    const planned = PLAN.sentences[0];
    if (planned === undefined) throw new Error('the plan has sentences');
    const improbable = hole(1, ' the patient is breathing faster than expected.', { probability: 0.2 });
    const context = { index: 0, language: 'en' as const };
    expect(assembleSentence(planned, improbable, SICK, { ...context, measured: null }).verdict).toBe('shown');
    const measured = { confidentFrom: 0.85, withheldBelow: 0.6 };
    expect(assembleSentence(planned, improbable, SICK, { ...context, measured }).verdict).toBe('withheld');
  });
});

/** Every number that a reader could see in the facts' own readings, by a way of its own: no code of the verifier. */
function oracleNumbers(facts: Facts): Set<number> {
  const numbers = new Set<number>([1, 4, 6, 12, 16, 30, 60]);
  const collect = (value: unknown): void => {
    if (typeof value === 'number') numbers.add(value);
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(collect);
  };
  collect(facts);
  for (const { from, to } of facts.changes) numbers.add(Math.round(Math.abs(to - from) * 10) / 10);
  if (facts.previous !== null) numbers.add(facts.previous.minutes_ago / 60);
  for (const band of Object.values(facts.bands))
    for (const limit of [band.least, band.most])
      if (limit !== null)
        for (const step of [-1, -0.1, 0, 0.1, 1]) numbers.add(Math.round((limit + step) * 10) / 10);
  return numbers;
}

const ORACLE_WORDS: readonly (readonly [RegExp, number])[] = [
  [/\bseven(?!ty|teen)\b/i, 7],
  [/\bthirteen\b/i, 13],
  [/\btwenty\b(?! ?-?(?:one|two|three|four|five|six|seven|eight|nine))/i, 20],
  [/\bforty\b(?! ?-?(?:one|two|three|four|five|six|seven|eight|nine))/i, 40],
  [/\bninety\b(?! ?-?(?:one|two|three|four|five|six|seven|eight|nine))/i, 90],
];

const adversarial = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ' the patient',
        ' is breathing',
        ' at',
        ' a rate of',
        ' the oxygen saturation is',
        ' the heart rate is',
        ' high',
        ' low',
        ' temperature',
        ' per minute',
        ' percent',
        ' points',
        ' above',
        ' below',
        ' from',
        ' to',
        ' was',
        ' and',
        ',',
        ' twice',
        ' half',
        ' doubled',
        ' seven',
        ' thirteen',
        ' twenty',
        ' forty',
        ' ninety',
        ' NEWS2',
        ' minutes',
        ' hours ago',
        // Stands for a reading of the facts, so that right numbers in wrong places are tried as well.
        ' #',
        ' # per minute',
        ' # percent',
      ),
      fc.integer({ min: 0, max: 250 }).map((value) => ` ${value}`),
      fc.integer({ min: 300, max: 430 }).map((tenths) => ` ${tenths / 10}`),
      fc
        .integer({ min: 0, max: 99 })
        .map((value) => ` ${String(value).replace(/\d/g, (digit) => '०१२३४५६७८९'[Number(digit)] ?? '')}`),
    ),
    { minLength: 1, maxLength: 10 },
  )
  .map((pieces) => `${pieces.join('')}.`);

describe('no shown sentence has a number that is not in the facts', () => {
  it('whatever the model wrote', () => {
    let withNumbers = 0;
    fc.assert(
      fc.property(anyInput, adversarial, fc.nat(), (input, text, which) => {
        const facts = completeFacts(input);
        const sentences = planSentences(facts, 'en');
        const planned = sentences[which % sentences.length];
        if (planned === undefined) return;
        const readings = Object.values(facts.vitals).filter((value) => typeof value === 'number');
        const told = text.replaceAll('#', () => String(readings[which % Math.max(1, readings.length)] ?? 7));
        const context = { index: 0, language: 'en' as const, measured: null };
        const sentence = assembleSentence(planned, hole(planned.step ?? -1, told), facts, context);
        const allowed = oracleNumbers(facts);
        const latin = sentence.text.replace(/[०-९]/g, (digit) => String('०१२३४५६७८९'.indexOf(digit)));
        const plain = latin.replace(/SpO2|NEWS2/gi, '');
        for (const [found] of plain.matchAll(/\d+(?:\.\d+)?/g)) {
          withNumbers++;
          expect(allowed.has(Number(found))).toBe(true);
        }
        for (const [pattern, value] of ORACLE_WORDS)
          if (pattern.test(plain)) expect(allowed.has(value)).toBe(true);
        expect(plain).not.toMatch(/\b(?:twice|half|doubled)\b/i);
      }),
      { numRuns: 1500 },
    );
    // The oracle must have had something to look at.
    expect(withNumbers).toBeGreaterThan(500);
  });
});
