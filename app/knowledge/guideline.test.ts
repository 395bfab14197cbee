import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_WORDS, wordCount } from './card.ts';
import { draftGuideline, markdownBlocks, visibleText } from './guideline.ts';

const draft = (markdown: string) => draftGuideline(markdownBlocks(markdown), 'name');

test('any text gives short cards of plain text: no markup, nothing invisible', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      for (const card of draft(`# A\n\n${text}`).cards) {
        expect(wordCount(card.text)).toBeLessThanOrEqual(MOST_WORDS);
        expect(card.text).not.toMatch(/[<>[\]{}*_`#|\\\p{Cc}\p{Cf}\p{Co}]/u);
      }
    }),
  );
});

test('a long section is cut between sentences, and no word of it is lost', () => {
  const sentences = Array.from({ length: 40 }, (_, at) => `Sentence ${at} has seven words in all.`);
  const { cards } = draft(`# Long\n\n${sentences.join(' ')}`);
  expect(cards.length).toBeGreaterThan(1);
  expect(cards.map(({ text }) => text).join(' ')).toBe(sentences.join(' '));
  expect(new Set(cards.map(({ title }) => title)).size).toBe(cards.length);
});

test('comments, link targets with words, definitions and invisible characters are hidden text', () => {
  const { hidden, cards } = draft(
    '# A\n\n<!-- one -->Five words of plain [text](http://a "two words") here.\n\n[x]: three words\n\nThis sentence has a zero\u200b\u202ewidth mark in it.',
  );
  expect(hidden.join(' | ')).toMatch(/one/u);
  expect(hidden.join(' | ')).toMatch(/two words/u);
  expect(hidden.join(' | ')).toMatch(/three words/u);
  expect(hidden.join(' | ')).toMatch(/U\+200B/u);
  expect(cards.map(({ text }) => text).join(' ')).toContain('zerowidth mark');
});

test('joiners are part of Hindi words and hide nothing', () => {
  expect(draft('# अ\n\nयह वाक्य क्\u200dष और र्\u200dय के साथ पाँच से ज़्यादा शब्दों का है।').hidden).toEqual([]);
  expect(visibleText('१२० mmHg')).toBe('120 mmHg');
});
