/**
 * Sums, counts, courses and stances that a reader may meet: what is right must be read, and what differs from it in
 * one respect must be blocked.
 */
import { describe, it } from 'vitest';
import { SICK } from '../explanation-fixtures.ts';
import { completeFacts, type Facts } from '../facts.ts';
import { guardText } from './verifier.ts';

const PARTLY = completeFacts({
  vitals: { rr: 22, spo2: 93, on_oxygen: false, sbp: 118, dbp: 70, acvpu: 'A' },
});
const BETTER = completeFacts({
  vitals: { rr: 16, spo2: 97, on_oxygen: false, temp_c: 36.8, sbp: 124, dbp: 76, hr: 74, acvpu: 'A' },
  previous: {
    vitals: { rr: 22, spo2: 94, on_oxygen: true, temp_c: 38.2, sbp: 108, dbp: 62, hr: 104, acvpu: 'A' },
    minutes_ago: 150,
  },
});

const READ: readonly (readonly [Facts, readonly string[]])[] = [
  [
    SICK,
    [
      'The score has tripled from 4 to 12 in one hour.',
      '3 + 2 + 2 + 2 + 2 + 1 = 12.',
      'Six of seven parameters score; only consciousness does not.',
      'Saturation, systolic and pulse bring 2 each.',
      'The pulse rose by 18 within the hour.',
      'With 12 points the total is five above the emergency threshold of 7.',
      'Shock index 118/95 = 1.24.',
      'An artefact would not explain all six.',
      'The alarm is not a reason to panic, but it is a reason to go.',
      'These numbers fit an infection, and they fit other things too.',
      'साँस 3, SpO2 2, ऑक्सीजन 2, रक्तचाप 2, नाड़ी 2, तापमान 1: कुल 12।',
      'दर्द है या नहीं, यह दर्ज नहीं है।',
      'Saat mein se chhe parameters score kar rahe hain.',
    ],
  ],
  [
    PARTLY,
    [
      'Temperature and pulse are the two gaps; the 4 points are a floor.',
      'With the missing two the total could still rise, by up to 6.',
      'दो मान बाकी हैं: नाड़ी और तापमान।',
      'Fever can neither be claimed nor denied, since no temperature was taken.',
    ],
  ],
  [
    BETTER,
    [
      'Two and a half hours ago the total was 8.',
      'ढाई घंटे में स्कोर 8 से 0 हुआ।',
      'Oxygen has been taken off since the last set.',
      'A total of 0 does not mean that nothing can happen.',
    ],
  ],
];

const BLOCKED: readonly (readonly [Facts, readonly string[]])[] = [
  [
    SICK,
    [
      'The score has doubled from 4 to 12 in one hour.',
      '3 + 2 + 2 + 2 + 1 = 10.',
      'Five of seven parameters score.',
      'Breathing, saturation and pulse bring 2 each.',
      'The pulse fell by 18 within the hour.',
      'With 12 points the total is four above the emergency threshold of 7.',
      'Shock index 118/95 = 1.42.',
      'An artefact explains all six.',
      'No need to call, but check tomorrow.',
      'The infection fits the numbers, and other signs confirm it.',
      'साँस 3, SpO2 2, ऑक्सीजन 3, रक्तचाप 2, नाड़ी 2, तापमान 1: कुल 12।',
      'दर्द है या उल्टी, यह दर्ज है।',
      'Saat mein se paanch parameters score kar rahe hain.',
      'The pulse went from 100 up to 95.',
      'Oxygen band ho chuki hai.',
    ],
  ],
  [
    PARTLY,
    [
      'Temperature and systolic are the two gaps.',
      'The total could rise by up to 3.',
      'दो मान बाकी हैं: साँस और SpO2।',
      'At least 5, with temperature and pulse missing.',
    ],
  ],
  [
    BETTER,
    [
      'Two hours ago the total was 8.',
      'ढाई घंटे में स्कोर 7 से 0 हुआ।',
      'Oxygen has been started since the last set.',
      'A total of 0 means that nothing can happen.',
      'The temperature did not move.',
    ],
  ],
];

describe.each([
  ['pass', READ],
  ['block', BLOCKED],
] as const)('sums and stances: %s', (verdict, table) => {
  for (const [facts, texts] of table)
    it.each(texts)('%s', (text) => {
      const found = guardText(facts, text);
      if (found.verdict !== verdict) throw new Error(`"${text}" gave ${JSON.stringify(found.findings)}`);
    });
});
