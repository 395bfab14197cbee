import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approvedSentence } from './approved.ts';
import { INPUT_LENGTH, inputFrom } from './explanation-fixtures.ts';
import { completeFacts } from './facts.ts';
import { fittingPhrases, IN_THE_BANKS_ORDER, readPhraseBank } from './phrases.ts';
import { planSentences } from './plan.ts';
import { verifySentence } from './verifier/verifier.ts';

const BANK = readPhraseBank(
  readFileSync(new URL('../../resources/phrases/bank.json', import.meta.url), 'utf8'),
);
const approved = { bank: BANK, rank: IN_THE_BANKS_ORDER };

/** Vitals in which each reading takes each of its bands, one or all at a time. */
const GRID = [
  ...[5, 9, 14, 22, 30].map((rr) => ({ rr })),
  ...[88, 92, 95, 99].map((spo2) => ({ spo2 })),
  ...[85, 95, 105, 130, 230].map((sbp) => ({ sbp })),
  ...[35, 45, 80, 100, 120, 150].map((hr) => ({ hr })),
  ...[34.5, 35.6, 37, 38.5, 39.5].map((temp_c) => ({ temp_c })),
  ...(['C', 'V', 'P', 'U'] as const).map((acvpu) => ({ acvpu })),
  { on_oxygen: true },
  { on_oxygen: true, spo2: 98, spo2_scale: 2 as const },
  { rr: 26, sbp: 95 },
  { rr: 26, sbp: 95, temp_c: 38.5 },
  { rr: null, spo2: null },
].map((changed) =>
  completeFacts({
    vitals: {
      rr: 16,
      spo2: 97,
      on_oxygen: false,
      temp_c: 37,
      sbp: 120,
      dbp: 70,
      hr: 80,
      acvpu: 'A',
      ...changed,
    },
  }),
);

describe('the bank of approved phrases', () => {
  it('has no phrase that the verifier blocks where it fits, in either language', () => {
    const used = new Set<string>();
    for (const facts of GRID)
      for (const language of ['en', 'hi'] as const)
        for (const planned of planSentences(facts, language, 'doctor'))
          for (const phrase of fittingPhrases(BANK, planned, facts)) {
            used.add(phrase.id);
            const parts = [
              { kind: 'literal' as const, text: planned.literal },
              { kind: 'hole' as const, text: ` ${phrase.text[language]}` },
            ];
            const findings = verifySentence(parts, facts, { index: 0, about: planned.about });
            expect({ phrase: phrase.id, language, findings }).toEqual({
              phrase: phrase.id,
              language,
              findings: [],
            });
          }
    expect([...used].sort()).toEqual(BANK.map(({ id }) => id).sort());
  });

  it('never gives a sentence that the verifier blocks, whatever the facts', () => {
    const shares = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), {
      minLength: INPUT_LENGTH,
      maxLength: INPUT_LENGTH,
    });
    fc.assert(
      fc.property(shares, fc.constantFrom('en', 'hi'), (given, language) => {
        const facts = completeFacts(inputFrom(given));
        for (const [index, planned] of planSentences(facts, language, 'doctor').entries()) {
          const sentence = approvedSentence(planned, facts, { index, language, approved });
          if (sentence === null) continue;
          expect(verifySentence(sentence.parts, facts, { index, about: planned.about })).toEqual([]);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('names what is wrong with a bank', () => {
    expect(() => readPhraseBank('{"format":"other","phrases":[]}')).toThrow(/format/);
    const [first] = BANK;
    const twice = JSON.stringify({ format: 'medobsmind-phrases-1', phrases: [first, first] });
    expect(() => readPhraseBank(twice)).toThrow('same id');
  });
});
