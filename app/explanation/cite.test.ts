import { expect, test } from 'vitest';
import { assembleSentence } from './assemble.ts';
import { passageOf } from './cite.ts';
import { completeFacts } from './facts.ts';
import { planExplanation } from './plan.ts';

const PASSAGE = {
  id: 'p1',
  text: 'A slow rate may follow opioids. Consider checking the response to voice, the pupils and the depth of breaths.',
  card: { id: 'rr-low', version: 1, title: 'Slow breathing' },
};
const FACTS = completeFacts({
  vitals: { rr: 8, spo2: 96, on_oxygen: false, sbp: 120, hr: 80, temp_c: 37, acvpu: 'A' },
  passages: [PASSAGE],
});
const planned = planExplanation(FACTS, { language: 'en', promptFormat: 'chatml' });
const check = lastOf(planned.sentences);

function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1);
  if (last === undefined) throw new Error('an empty list');
  return last;
}

function sentence(text: string) {
  const hole = { kind: 'hole', step: 0, text, ended: 'sentence', tokens: 9, probability: 0.9 } as const;
  return assembleSentence(check, hole, FACTS, {
    index: 0,
    language: 'en',
    measured: null,
  });
}

test('a passage is cited where it holds what is said, and not for words that stand anywhere', () => {
  expect(passageOf('the response to voice and the depth of each breath', [PASSAGE])).toBe(PASSAGE);
  expect(passageOf('repeat the readings', [PASSAGE])).toBeNull();
  expect(passageOf('', [PASSAGE])).toBeNull();
});

test('the passages are read right before the one sentence that draws on them', () => {
  const literals = planned.plan.steps.flatMap((step) => (step.kind === 'literal' ? [step.text] : []));
  expect(literals.filter((text) => text.includes('opioids'))).toEqual([literals.at(-1)]);
  expect(JSON.stringify(planned.plan.body)).not.toContain('opioids');
  expect(check.literal).not.toContain('opioids');
});

test('the citation stands before the mark and licenses the words of its passage; nothing else is shown of it', () => {
  const shown = sentence(' the response to voice and the depth of breaths.');
  expect(shown.findings).toEqual([]);
  expect(shown).toMatchObject({ verdict: 'shown', citations: ['p1'] });
  expect(shown.text).toMatch(/depth of breaths \[p1\]\.$/u);
  expect(sentence(' repeat the readings.').citations).toEqual([]);
});
