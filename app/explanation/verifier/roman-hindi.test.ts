import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { devanagariOf, romanHindi } from './roman-hindi.ts';
import { checkedText, originalSpan } from './text.ts';
import { approvedWords } from './vocabulary.ts';

const read = (text: string) => checkedText(text).text;

describe('Roman Hindi', () => {
  it.each([
    ['Saans tez hai', 'साँस तेज़ है'],
    ['sans TEJ hain', 'साँस तेज़ है'],
    ['nahin karen', 'नहीं करें'],
    ['zaroorat nahi', 'ज़रूरत नहीं'],
    ['jarurat nahee', 'ज़रूरत नहीं'],
    ['alarm band kar do', 'alarm बंद कर दो'],
    ['ignore mat karein', 'ignore मत करें'],
  ])('reads %s as %s', (roman, hindi) => expect(read(roman)).toBe(hindi.normalize('NFKC')));

  it.each([
    'do not turn to the band on the mat',
    'the 111-130 band',
    'SpO2 is lower than 94 %',
    'a full set of thin lines',
    'see www.ka.example and a.ko@example.org',
  ])('leaves English alone: %s', (text) => expect(romanHindi(text.toLowerCase())).toEqual([]));

  it('takes no approved English word for Hindi', () => {
    const latin = approvedWords().filter((word) => /^[a-z]+$/.test(word));
    expect(latin.length).toBeGreaterThan(500);
    expect(latin.filter((word) => devanagariOf(word) !== null)).toEqual([]);
  });

  it('keeps the way back to the words as typed', () => {
    const checked = checkedText('Mareez ko BUKHAAR hai.');
    const start = checked.text.indexOf('बुखार');
    const span = originalSpan(checked, { start, end: start + 'बुखार'.length });
    expect(checked.original.slice(...span)).toBe('BUKHAAR');
  });

  it('gives every unit of any text a place in the original, in order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('saans', 'tez', 'hai', 'the', 'pulse', 'mat', '।', ',', ' ', 'ﬁ', '२')),
        (pieces) => {
          const { text, origin, original } = checkedText(pieces.join(' '));
          expect(origin.length).toBe(text.length + 1);
          expect(origin.at(-1)).toBe(original.length);
          for (const [index, place] of origin.entries())
            expect(place).toBeGreaterThanOrEqual(origin[index - 1] ?? 0);
        },
      ),
    );
  });
});
