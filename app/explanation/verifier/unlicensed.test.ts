import { describe, expect, it } from 'vitest';
import { SICK } from '../explanation-fixtures.ts';
import { verifySentence } from './verifier.ts';

function rulesFor(hole: string): string[] {
  const parts = [
    { kind: 'literal' as const, text: 'To check now:' },
    { kind: 'hole' as const, text: hole },
  ];
  return verifySentence(parts, SICK, { index: 0, about: null }).map(({ rule }) => rule);
}

describe('unlicensed', () => {
  it.each([
    ' repeat the haematocrit.',
    ' look at the pupils.',
    ' wibble the reading.',
    ' look at the spleen.',
  ])('withholds words that nobody approved:%s', (hole) => expect(rulesFor(hole)).toContain('unlicensed'));
  it.each([
    ' repeat the readings and tell the responsible clinician.',
    ' look at how the patient is breathing.',
  ])('lets approved words pass:%s', (hole) => expect(rulesFor(hole)).toEqual([]));
  it('does not judge the literal by the vocabulary', () => {
    const parts = [
      { kind: 'literal' as const, text: 'Wibble:' },
      { kind: 'hole' as const, text: ' repeat the reading.' },
    ];
    expect(verifySentence(parts, SICK, { index: 0, about: null })).toEqual([]);
  });
});
