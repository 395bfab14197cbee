import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { completeFacts } from '../explanation/facts.ts';
import { planExplanation } from '../explanation/plan.ts';
import { buildDataSet } from './data-set.ts';
import { ageBand, allowedFacts, relativeMinutes } from './deidentification/allowed.ts';
import { alpacaPrompt } from './examples/alpaca.ts';
import { arithmeticFaults } from './examples/arithmetic.ts';
import { checkExample } from './examples/check-example.ts';
import { type Example, exampleSchema } from './examples/example.ts';
import { examplesFromFeedback } from './examples/from-feedback.ts';
import { draftsFromSection } from './examples/from-guidelines.ts';
import { trainingRows } from './examples/training-text.ts';
import { syntheticExplanations } from './generator/holes-examples.ts';
import { syntheticRefusals } from './generator/questions.ts';
import { createChance } from './random.ts';
import { nearDuplicates } from './split/near-duplicates.ts';
import { partOfGroup, splitExamples } from './split/split.ts';

const SYNTHETIC = syntheticExplanations(11, 60);
const QUESTIONS = syntheticRefusals(11, 30);
const ALL: readonly Example[] = [...SYNTHETIC.examples, ...QUESTIONS];

describe('the generator', () => {
  it('gives checked examples of every kind of alert, the same for the same seed', () => {
    expect(SYNTHETIC.examples).toHaveLength(60);
    expect(syntheticExplanations(11, 60).examples).toEqual(SYNTHETIC.examples);
    for (const example of ALL) {
      expect(exampleSchema.safeParse(example).success).toBe(true);
      expect(checkExample(example)).toBeNull();
    }
    const texts = SYNTHETIC.examples.flatMap(({ content }) =>
      content.form === 'holes' ? content.holes : [],
    );
    // Where a small set repeats itself, it is in short Hindi sentences.
    expect(new Set(texts).size / texts.length).toBeGreaterThan(0.8);
  });

  it('answers what must be refused in thousands of ways', () => {
    expect(QUESTIONS).toHaveLength(30);
    expect(new Set(QUESTIONS.map(({ content }) => JSON.stringify(content))).size).toBeGreaterThan(25);
  });
});

describe('the check of an example', () => {
  /** The training guide's own example: its text says another score than its readings give. */
  const GUIDE = {
    vitals: {
      rr: 26,
      spo2: 92,
      on_oxygen: true,
      temp_c: 38.4,
      sbp: 95,
      dbp: 60,
      hr: 118,
      acvpu: 'A' as const,
    },
  };
  it('rejects wrong sums with the reason', () => {
    expect(arithmeticFaults(GUIDE, 'NEWS2 score: 9')).toBe('The text says NEWS2 9; these readings give 12.');
    expect(arithmeticFaults(GUIDE, 'NEWS2: 12, MAP 72, shock index 1.24')).toBeNull();
    expect(arithmeticFaults(GUIDE, 'MAP 90')).toContain('give 72');
    expect(
      arithmeticFaults(
        null,
        'Vitals: HR 118, BP 95/60, RR 26, SpO2 92 % on 4 L, Temp 38.4, patient alert. NEWS2 = 8',
      ),
    ).toBe('The text says NEWS2 8; these readings give 12.');
  });

  it('holds texts against the profile of their kind, and refuses what identifies', () => {
    const example = (output: string): Example => ({
      ...{ id: 'x', kind: 'education', scenario: 'stable', language: 'en', source: 'published' },
      ...{ provenance: 'a test', licence: 'MIT', group: 'x' },
      content: { form: 'instruction', instruction: 'Explain new confusion.', input: '', output, facts: null },
    });
    expect(checkExample(example('New confusion is a reason to look closely at the patient.'))).toBeNull();
    expect(checkExample(example('The patient is hypotensive now.'))?.reason).toBe('verifier');
    expect(checkExample(example('Give noradrenaline 5 mcg/min now.'))?.reason).toBe('verifier');
    expect(checkExample(example('The patient definitely has sepsis.'))?.reason).toBe('verifier');
    expect(checkExample(example('Ask Dr. Kavita Nair about new confusion.'))?.reason).toBe('identifier');
  });
});

describe('the text that trains', () => {
  it('is what the bed asks, with loss on the holes alone', () => {
    for (const example of SYNTHETIC.examples.slice(0, 12)) {
      if (example.content.form !== 'holes') continue;
      const { facts, depth, holes } = example.content;
      const { plan } = planExplanation(completeFacts(facts), {
        language: example.language,
        depth,
        promptFormat: 'chatml',
        taught: true,
      });
      const [row] = trainingRows(example, { promptFormat: 'chatml', layout: 'serial' });
      if (row === undefined || !('segments' in row)) throw new Error('no row');
      const number = { hole: 0 };
      const asked = [...plan.prefix, ...plan.body, ...plan.steps]
        .map((step) => ('text' in step ? step.text : (holes[number.hole++] ?? '')))
        .join('');
      expect(row.segments.map(({ text }) => text).join('')).toBe(asked);
      expect(row.segments.filter(({ loss }) => loss).map(({ text }) => text)).toEqual(holes);
      expect(trainingRows(example, { promptFormat: 'chatml', layout: 'parallel' })).toHaveLength(
        holes.length,
      );
    }
  });

  it('uses the Alpaca template to the byte', () => {
    const caseSchema = z.object({ instruction: z.string(), input: z.string(), prompt: z.string() });
    const file = new URL('../../resources/trainer/tests/alpaca-cases.jsonl', import.meta.url);
    const cases = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => caseSchema.parse(JSON.parse(line)));
    expect(cases.length).toBeGreaterThan(6);
    for (const { instruction, input, prompt } of cases) expect(alpacaPrompt(instruction, input)).toBe(prompt);
  });
});

describe('the split', () => {
  const groups = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 40 });

  it('keeps a group in one part, whatever the order and however the set grows', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: ALL.length }), groups, (seed, some, names) => {
        const chance = createChance(seed);
        const grouped = ALL.map((example, index) => ({
          ...example,
          group: names[index % names.length] ?? 'x',
        }));
        const shuffled = [...grouped].sort(() => chance.next() - 0.5);
        const whole = splitExamples(grouped);
        expect(splitExamples(shuffled)).toEqual(whole);
        const part = (split: typeof whole) =>
          Object.entries(split.parts).flatMap(([name, list]) =>
            list.map(({ group }) => `${group}\u0000${name}`),
          );
        const placed = new Set(part(whole));
        expect(new Set([...placed].map((at) => at.split('\u0000')[0])).size).toBe(placed.size);
        for (const at of part(splitExamples(grouped.slice(0, some)))) expect(placed.has(at)).toBe(true);
      }),
      { numRuns: 8 },
    );
  });

  it('gives every scenario about the same shares', () => {
    for (const scenario of ['sepsis', 'dengue', 'stable']) {
      const parts = Array.from({ length: 4000 }, (_, index) => partOfGroup(`${scenario}-${index}`));
      const share = (name: string) => parts.filter((part) => part === name).length / parts.length;
      expect(share('test')).toBeCloseTo(0.05, 1.5);
      expect(share('validation')).toBeCloseTo(0.095, 1.5);
    }
  });

  it('finds what was said before in nearly the same words', () => {
    const long =
      'the patient is breathing faster than expected and the oxygen saturation is low while the heart is beating fast as well so the patient needs a close look and a review by the responsible clinician as early as possible today';
    expect(nearDuplicates([long, 'something else entirely', `${long} please`, long.toUpperCase()])).toEqual([
      null,
      null,
      0,
      0,
    ]);
  });
});

describe('what leaves the workstation', () => {
  it('is named field by field', () => {
    const facts = {
      vitals: { hr: 90, bed: 'Bed 4' },
      policy: { site: 'A hospital' },
      passages: [{ id: 'p1', text: 'x' }],
    };
    expect(JSON.stringify(allowedFacts(facts))).not.toMatch(/Bed 4|hospital|p1/u);
    expect([ageBand(89), ageBand(90), ageBand(104), ageBand(null), ageBand(16)]).toEqual([
      '80-89',
      '90+',
      '90+',
      'unknown',
      '10-19',
    ]);
    expect(relativeMinutes([1_700_000_060_000, 1_700_000_000_000])).toEqual([1, 0]);
  });

  it('is taught from ratings and corrections, and drafted from guidelines that allow it', () => {
    const [first] = SYNTHETIC.examples.filter(
      ({ content, language }) => content.form === 'holes' && content.depth === 'bedside' && language === 'en',
    );
    if (first?.content.form !== 'holes') throw new Error('no example');
    const { facts, holes } = first.content;
    const rated = {
      ...({
        subject: 'r1',
        id: 'e1',
        language: 'en',
        depth: 'bedside',
        scenario: 'early-sepsis',
        facts,
      } as const),
      sentences: holes.map((text) => ({
        verdict: 'shown' as const,
        source: 'guided' as const,
        parts: [{ kind: 'hole' as const, text }],
      })),
      ...({ helpfulness: 5, accuracy: 'accurate', corrections: [] } as const),
    };
    expect(examplesFromFeedback(rated, 'site').map(checkExample)).toEqual([null]);
    expect(examplesFromFeedback({ ...rated, helpfulness: 3 }, 'site')).toEqual([]);
    const last = holes.length - 1;
    const corrected = examplesFromFeedback(
      {
        ...rated,
        helpfulness: 2,
        corrections: [{ hole: last, text: ' look at the whole patient and tell the responsible clinician.' }],
      },
      'site',
    );
    expect(corrected.map(({ source }) => source)).toEqual(['rating', 'preference']);
    expect(corrected.map(checkExample)).toEqual([null, null]);
    const section = {
      document: 'Ward guidance',
      documentId: 'g',
      section: '1',
      title: 'Fast breathing',
      text: 'Fast breathing is often the first sign that a patient is getting worse.',
      language: 'en' as const,
    };
    expect(draftsFromSection({ ...section, licence: null })).toEqual([]);
    expect(draftsFromSection({ ...section, licence: 'own' }).map(checkExample)).toEqual([null, null]);
  });

  it('is a data set whose bytes do not hang on order', () => {
    const options = { promptFormat: 'chatml', layout: 'serial' } as const;
    const built = buildDataSet(ALL, options);
    expect(buildDataSet([...ALL].reverse(), options).files).toEqual(built.files);
    expect(built.counts.train + built.counts.validation + built.counts.test + built.repeated.length).toBe(
      ALL.length,
    );
    expect(built.balance.total).toBe(ALL.length - built.repeated.length);
  });
});
