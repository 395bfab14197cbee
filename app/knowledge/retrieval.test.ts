import fc from 'fast-check';
import { expect, test } from 'vitest';
import { completeFacts } from '../explanation/facts.ts';
import { readingsAsked } from './asked-readings.ts';
import { askedAnswers, driverFit } from './driver-answers.ts';
import { fuseRankings } from './fusion.ts';
import { passagesFor } from './passages.ts';
import { isOverdue, monthsAfter } from './review-month.ts';
import { folded, searchTerms } from './search-terms.ts';

test('a word is found however it is written: case, nukta, nasal sign, Hindi ending', () => {
  expect(folded('साँसें')).toBe(folded('सांस'));
  expect(folded('मरीज़ों')).toBe(folded('मरीज'));
  expect(folded('Sepsis')).toBe('sepsis');
  expect(searchTerms('what is the SpO2 of 89, and why?')).toEqual(['spo2']);
  expect(searchTerms('" OR NEAR( * ^ :')).toEqual(['near']);
});

test('a reading is asked for by its number as the chart has it, or by its word', () => {
  const first = (question: string) => readingsAsked(question)[0]?.answer;
  expect(first('pulse 135, reasons?')).toBe('hr high');
  expect(first('BP is 85 systolic')).toBe('sbp low');
  expect(first('NEWS of 6, who comes')).toBe('rule news2-medium');
  expect(first('score 9')).toBe('rule news2-high');
  expect(first('सैचुरेशन 88 आ रहा है')).toBe('spo2 low');
  expect(first('sats are falling')).toBe('spo2 falling');
  expect(first('spiking 39.5 tonight')).toBe('temp high');
  // In range: nothing is out.
  expect(readingsAsked('pulse 80')).toEqual([]);
  expect(readingsAsked('how do I hand over?')).toEqual([]);
});

test('fusion: what two rankings name comes before what one does, and a weight of 0 is no voice', () => {
  const both = fuseRankings([
    { keys: ['a', 'b'], weight: 1 },
    { keys: ['c', 'b'], weight: 1 },
  ]);
  expect(both.map(({ key }) => key)).toEqual(['b', 'a', 'c']);
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50)), fc.uniqueArray(fc.nat(50)), (one, other) => {
      const fused = fuseRankings([
        { keys: one, weight: 1 },
        { keys: other, weight: 0 },
      ]);
      expect(fused.map(({ key }) => key)).toEqual(one);
    }),
  );
});

const CARD = { version: 1, text: 'Text.', hindi: null };
const CARDS = [
  { ...CARD, id: 'any', title: 'Any', answers: ['any'] },
  { ...CARD, id: 'both', title: 'Both', answers: ['rule qsofa', 'rr high'] },
  { ...CARD, id: 'rr-high', title: 'Fast', answers: ['rr high', 'pattern breathing'] },
  {
    ...CARD,
    id: 'spo2-low',
    title: 'Low',
    answers: ['spo2 low'],
    hindi: { title: 'कम', text: 'पाठ।' },
  },
];
const FACTS = completeFacts({
  vitals: { rr: 27, spo2: 90, on_oxygen: false, sbp: 120, hr: 80, temp_c: 37, acvpu: 'A' },
});

test('an alert asks by its drivers; the second passage answers what the first does not', () => {
  expect(askedAnswers(FACTS).map(({ answer }) => answer)).toEqual(
    expect.arrayContaining(['rr high', 'spo2 low', 'pattern breathing']),
  );
  const passages = passagesFor(FACTS, CARDS, 'en');
  expect(passages.map(({ id, card }) => `${id} ${card.id}`)).toEqual(['p1 rr-high', 'p2 spo2-low']);
  expect(passagesFor(FACTS, CARDS, 'hi')[1]).toMatchObject({ text: 'पाठ।', card: { title: 'कम' } });
  expect(passagesFor(FACTS, [], 'en')).toEqual([]);
  expect(driverFit(askedAnswers(FACTS), ['any'])).toBe(0);
});

test('months: a review is overdue from the month after it was due', () => {
  expect(monthsAfter('2026-11', 24)).toBe('2028-11');
  expect(monthsAfter('2026-11', 3)).toBe('2027-02');
  expect(isOverdue('2028-11', '2028-11-30T23:00:00Z')).toBe(false);
  expect(isOverdue('2028-11', '2028-12-01T00:00:00Z')).toBe(true);
});
