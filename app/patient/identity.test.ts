import { describe, expect, it } from 'vitest';
import { isPlaceholder, shareNoWord } from './identity.ts';

describe('a number or name that stands for nobody', () => {
  it.each([
    'UNKNOWN',
    'unk',
    'NONAME',
    'No Name',
    '0',
    '00000000',
    'XXXX',
    'N/A',
    '---',
    '???',
    'Unidentified',
  ])('%s', (text) => expect(isPlaceholder(text)).toBe(true));
  it.each(['40271883', 'A77', '1000', 'X1', 'NAIR', 'Naomi', 'Nadia Unkovic', '0042'])('not %s', (text) =>
    expect(isPlaceholder(text)).toBe(false),
  );
});

describe('two names under one number', () => {
  it.each([
    ['ONE, A', 'TWO, B'],
    ['RAO, ASHA', 'KUMAR, VIJAY'],
  ])('%s and %s have nothing in common', (one, other) => expect(shareNoWord(one, other)).toBe(true));
  it.each([
    ['SHARMA, R', 'Sharma Rajesh'],
    ['Asha Rao', 'AASHA, RAO'],
    ['RAO, ASHA', 'Aasha'],
    ['Mohammed Ali', 'MOHAMMAD'],
    ['Sunita Devi', 'सुनीता देवी'],
    ['A, B', 'Rao'],
  ])('%s and %s can be one name', (one, other) => expect(shareNoWord(one, other)).toBe(false));
});
