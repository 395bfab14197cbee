import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generationPlanSchema } from '../contract/engine.ts';
import { workedExamples } from './examples.ts';
import { INPUT_LENGTH, inputFrom, SICK } from './explanation-fixtures.ts';
import { completeFacts } from './facts.ts';
import { fixedPrefix, planExplanation, planSentences, renderAnswer } from './plan.ts';
import { guardText, verifySentence } from './verifier/verifier.ts';

const anyInput = fc
  .array(fc.integer({ min: 0, max: 999 }), { minLength: INPUT_LENGTH, maxLength: INPUT_LENGTH })
  .map((shares) => inputFrom(shares.map((share) => share / 1000)));

const FORMATS = ['chatml', 'llama3', 'alpaca'] as const;

describe('planExplanation', () => {
  it('asks an adapter for the same holes without showing it how, in whole sentences with', () => {
    const asked = { language: 'en', promptFormat: 'chatml' } as const;
    const { plan: shown } = planExplanation(SICK, asked);
    const { plan: taught } = planExplanation(SICK, { ...asked, taught: true });
    expect(taught.prefix).toEqual(shown.prefix.slice(0, 3));
    expect(taught.prefix.some(({ text }) => text.includes('You help nurses'))).toBe(true);
    expect({ ...taught, prefix: [] }).toEqual({ ...shown, prefix: [], layout: 'serial' });
    const free = { ...asked, mode: 'free' } as const;
    expect(planExplanation(SICK, { ...free, taught: true }).plan).toEqual(planExplanation(SICK, free).plan);
  });

  it('carries number, unit, direction and points in the literal', () => {
    const { sentences, plan } = planExplanation(SICK, { language: 'en', promptFormat: 'chatml' });
    expect(sentences.map(({ literal }) => literal)).toEqual([
      'Respiratory rate 26/min, high (3 points):',
      'SpO2 92 %, low (2 points):',
      'On oxygen (2 points):',
      'Systolic blood pressure 95 mmHg, low (2 points):',
      'Taken together, these readings may mean that',
      'To check now:',
    ]);
    expect(plan.steps.filter(({ kind }) => kind === 'hole')).toHaveLength(6);
  });

  it.each(FORMATS)('is a valid plan whose holes are where the sentences say (%s)', (promptFormat) => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom('en' as const, 'hi' as const), (input, language) => {
        const facts = completeFacts(input);
        const { plan, sentences } = planExplanation(facts, { language, promptFormat });
        expect(generationPlanSchema.safeParse(plan).success).toBe(true);
        // What the readings mean together is never said where none stands out and some are missing.
        const silent = facts.drivers.length === 0 && facts.missing.length > 0;
        expect(sentences.some(({ kind }) => kind === 'summary')).toBe(!silent);
        expect(sentences.at(-1)?.kind).toBe('check');
        expect(sentences.length).toBeLessThanOrEqual(6);
        for (const { step, literal } of sentences) {
          expect(plan.steps[step ?? -1]?.kind).toBe('hole');
          expect(literal).toBe(literal.trimEnd());
        }
        expect(plan.prefix).toEqual(fixedPrefix(language, promptFormat));
      }),
      { numRuns: 40 },
    );
  });

  it.each(['doctor', 'education'] as const)(
    'keeps every sentence by code within the record (%s)',
    (depth) => {
      fc.assert(
        fc.property(anyInput, fc.constantFrom('en' as const, 'hi' as const), (input, language) => {
          const facts = completeFacts(input);
          const { plan, sentences } = planExplanation(facts, { language, promptFormat: 'chatml', depth });
          expect(generationPlanSchema.safeParse(plan).success).toBe(true);
          for (const { step, literal, alone } of sentences) {
            if (step !== null) expect(plan.steps[step]?.kind).toBe('hole');
            else expect(guardText(facts, literal).findings).toEqual([]);
            expect(guardText(facts, alone).findings).toEqual([]);
          }
        }),
        { numRuns: 15 },
      );
    },
  );

  it('gives doctors considerations and students questions, and nurses neither', () => {
    const kinds = (depth: 'bedside' | 'doctor' | 'education') =>
      planSentences(SICK, 'en', depth).map(({ kind }) => kind);
    expect(kinds('doctor')).toEqual(expect.arrayContaining(['fact', 'consider', 'weigh']));
    expect(kinds('education').filter((kind) => kind === 'question')).toHaveLength(3);
    expect(kinds('bedside')).toEqual(['driver', 'driver', 'driver', 'driver', 'summary', 'check']);
  });

  it('gives the free mode no literal before a hole, one hole after the other', () => {
    const { plan } = planExplanation(SICK, { language: 'en', promptFormat: 'chatml', mode: 'free' });
    expect(plan.layout).toBe('serial');
    for (const step of plan.steps) if (step.kind === 'literal') expect(step.text).toBe('\n');
  });

  it('never parses data for role tokens', () => {
    const { plan } = planExplanation(SICK, { language: 'en', promptFormat: 'chatml' });
    for (const { kind, text } of [...plan.prefix, ...plan.body])
      if (kind === 'plain') expect(text).not.toMatch(/<\|/);
  });
});

describe('the worked examples', () => {
  it.each(['en', 'hi'] as const)('say nothing that the verifier would withhold (%s)', (language) => {
    for (const example of workedExamples(language)) {
      const facts = completeFacts(example.facts);
      const sentences = planSentences(facts, language);
      expect(example.holes).toHaveLength(sentences.length);
      for (const [index, { literal, about }] of sentences.entries()) {
        const parts = [
          { kind: 'literal' as const, text: literal },
          { kind: 'hole' as const, text: example.holes[index] ?? '' },
        ];
        expect(verifySentence(parts, facts, { index, about })).toEqual([]);
        expect(example.holes[index]).not.toMatch(/\p{N}/u);
      }
    }
  });

  it('are rendered as plans are: one line a sentence', () => {
    const facts = completeFacts({ vitals: { rr: 22 } });
    expect(renderAnswer(planSentences(facts, 'en'), [' the breathing is fast.', ' it is fast.'])).toBe(
      'Respiratory rate 22/min, high (2 points): the breathing is fast.\nTaken together, these readings may mean that it is fast.',
    );
  });
});
