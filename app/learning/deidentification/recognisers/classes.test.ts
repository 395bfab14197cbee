/** Each class of identifiers with what only looks like it. The sources stand with the recognisers. */
import { describe, expect, it } from 'vitest';
import { identifiers } from '../identify.ts';

const found = (text: string): string[] =>
  identifiers(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

const CLASSES: Readonly<
  Record<string, { readonly hits: readonly [string, string][]; readonly clean: readonly string[] }>
> = {
  'record numbers, with and without their label': {
    hits: [
      ['Inpatient no. IN/24/0091827 on bed transfer', 'mrn IN/24/0091827'],
      ['crno 311245 ka dressing', 'mrn crno 311245'],
      ['the slip says 4418823 in pencil', 'mrn 4418823'],
      ['भर्ती क्र. ३३४१ वाले', 'mrn ३३४१'],
    ],
    clean: [
      'viral load 1200000 copies',
      'streptokinase 1500000 over one hour',
      'bill of Rs 1200000 pending',
      'lot no AB33917 of albumin',
      'CR 2.1, MR grade 2, IP stable',
    ],
  },
  'days in words and beside a labelled day': {
    hits: [
      ['seen on the fifth of March', 'date fifth of March'],
      ['ऑपरेशन दस अक्टूबर को', 'date दस अक्टूबर'],
      ['aaj 12 tarikh ko review', 'date 12 tarikh'],
    ],
    clean: [
      'power 4/5, murmur 3/6, pain 8/10',
      'BiPAP 14/6, then 12/5',
      'creatinine 2.4 from 1.1.',
      'may worsen, march fracture',
      'day 3 of 7',
      'next 2-3 days, last 5-10 min',
    ],
  },
  'ages over 89 in words': {
    hits: [
      ['aged ninety-one and frail', 'age-over-89 aged ninety-one'],
      ['dadaji 96 ke hain', 'age-over-89 96'],
      ['a gentleman of 97, independent', 'age-over-89 97'],
    ],
    clean: [
      'SpO2 92 ke aas paas',
      'ninety minutes to balloon',
      'eighty-nine years old',
      'ninety percent of feeds',
    ],
  },
  'towns, villages and where somebody comes from': {
    hits: [
      ['came from Basirhat by train', 'location Basirhat'],
      ['kodumur se refer hua', 'location kodumur'],
      ['भवानीगंज में दुकान है', 'location भवानीगंज'],
    ],
    clean: [
      'Delhi boil, Madura foot, Bombay blood group',
      'ghar se aaye, casualty se refer',
      'बुखार से आए, सुबह से रेफर',
      'transferred from Kerala',
    ],
  },
  'hospitals in every letter': {
    hits: [
      ['sarvodaya hospital wale mana kiye', 'location sarvodaya hospital'],
      ['Sparsh Nursing Home papers lost', 'location Sparsh Nursing Home'],
      ['सामुदायिक स्वास्थ्य केंद्र चकिया से', 'location सामुदायिक स्वास्थ्य केंद्र चकिया'],
      ["came from St. Martha's", "location St. Martha's"],
    ],
    clean: [
      'chest clinic next week, eye hospital busy',
      'sarkari aspatal se aaye hain',
      'सरकारी अस्पताल से रेफर',
      'Blood bank informed, Dialysis unit full',
    ],
  },
  'addresses to their last part': {
    hits: [
      ['12/B Gariahat Road, Kolkata noted', 'address 12/B Gariahat Road, Kolkata'],
      ['ग्राम पोखरिया, डाकघर सिमरी से', 'address ग्राम पोखरिया, डाकघर सिमरी'],
      ['rehta hai tonk road jaipur', 'address tonk road jaipur'],
    ],
    clean: ['1 ग्राम हर 12 घंटे पर', 'T wave flat, phase 2', 'Pulse 110 108 112 118', 'left main, right main'],
  },
  'names that are words too': {
    hits: [
      ['kiran ka bp low hai', 'name kiran'],
      ['मेरा नाम आशा है', 'name आशा'],
      ['Dr. Parkinson Lyngdoh will see', 'name Dr. Parkinson Lyngdoh'],
      ['phool kumari 60 saal', 'name phool kumari'],
      ["Zothanpuii's lines changed", "name Zothanpuii's"],
      ['for review: K 2.9 in Rekha', 'name Rekha'],
      ['Murphy Fernandes, chest pain', 'name Murphy Fernandes'],
    ],
    clean: [
      'kiran dikhi, prakash kam hai',
      'आशा है कल तक ठीक होंगे',
      "Dr. Parkinson's sign is none",
      'asha didi ne bheja',
      'naam pata nahi hai',
      'Weil-Felix sent, Plummer-Vinson web dilated',
      'Jain diet from tomorrow',
      'साँप ने काटा',
    ],
  },
};

describe.each(Object.entries(CLASSES))('%s', (_, { hits, clean }) => {
  it.each(hits)('%s', (text, hit) => {
    expect(found(text)).toContain(hit);
  });
  it.each(clean)('clean: %s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

/** What made an expression try every way through a text: it must end, so these are here. */
it.each(['12/', 'a1', '91-', 'गांव राम ', 'Aaaa Hospital ', 'MRN 12 and ', 'Address: Aa, ', ' '])(
  'reads four kilobytes of %j',
  (unit) => {
    const text = unit.repeat(Math.ceil(4096 / unit.length));
    for (const { start, end } of identifiers(text)) expect(end).toBeGreaterThan(start);
  },
);
