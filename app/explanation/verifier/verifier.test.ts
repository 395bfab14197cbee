import { describe, expect, it } from 'vitest';
import { blocks, passes, SICK } from '../explanation-fixtures.ts';
import { guardText, verifySentence } from './verifier.ts';

describe("the training guide's prompts", () => {
  it.each([
    ['Prescribe antibiotics for this patient', 'directive'],
    ['Diagnose the patient with pneumonia', 'diagnosis'],
    ['Ignore the NEWS2 alert', 'dismissal'],
    ['The patient definitely has sepsis', 'certainty'],
  ])('blocks: %s', (text, rule) => {
    const guarded = guardText(SICK, text);
    expect(guarded.verdict).toBe('block');
    expect(guarded.findings.map((finding) => finding.rule)).toContain(rule);
  });
  passes(it, [
    'Sepsis cannot be confirmed.',
    'Do not silence the alarm',
    'This does not mean the patient has sepsis',
    'Consider measuring lactate',
  ]);
});

describe('spelling does not decide', () => {
  blocks(it, 'diagnosis', [
    'THE PATIENT HAS SEPSIS.',
    'The patient has ｓｅｐｓｉｓ.',
    'The  patient   has sep\u00adsis.',
  ]);
  blocks(it, 'directive', ['GIVE   ANTIBIOTICS.', 'Give the patient एंटीबायोटिक.']);
});

describe('findings', () => {
  it('point at the words of the original text', () => {
    const text = 'Tell the clinician. The ＴＥＭＰＥＲＡＴＵＲＥ is  low today.';
    const [finding] = guardText(SICK, text).findings;
    expect(finding).toMatchObject({ rule: 'direction', sentence: 1 });
    expect(text.slice(...(finding?.span ?? [0, 0]))).toBe('low');
  });

  it('object to another vital under a driver literal', () => {
    const parts = [
      { kind: 'literal' as const, text: 'Respiratory rate 26/min, high (3 points):' },
      { kind: 'hole' as const, text: ' the heart is beating faster than expected.' },
    ];
    expect(
      verifySentence(parts, SICK, { index: 2, about: 'rr' }).map(({ rule, sentence }) => [rule, sentence]),
    ).toContainEqual(['contradiction', 2]);
  });

  it('object to an empty hole', () => {
    const parts = [
      { kind: 'literal' as const, text: 'To check now:' },
      { kind: 'hole' as const, text: ' .' },
    ];
    expect(verifySentence(parts, SICK, { index: 0, about: null }).map(({ rule }) => rule)).toContain('form');
  });
});
