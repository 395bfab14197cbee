import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifiers, previewParts } from './identify.ts';
import { verhoeffHolds } from './recognisers/verhoeff.ts';

const found = (text: string) =>
  identifiers(text).map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

describe('what identifies somebody', () => {
  it('is found in a note of every kind of it, to its last digit', () => {
    expect(found('Seen by Dr. Anil Kumar Sharma on 12/03/2024, MRN 00-45123.')).toEqual([
      'name Dr. Anil Kumar Sharma',
      'date 12/03/2024',
      'mrn 00-45123',
    ]);
    expect(found('मरीज़ सुनीता देवी की नाड़ी तेज़ है, मोबाइल ९८७६५ ४३२१०')).toEqual([
      'name सुनीता देवी',
      'phone ९८७६५ ४३२१०',
    ]);
    expect(found('ramesh ka bp low hai, bed 4')).toEqual(['name ramesh', 'location bed 4']);
  });

  it('is not seen in what a ward writes all day', () => {
    for (const text of [
      'Head of bed 30 degrees, ICU day 3, Glasgow 12, SpO2 92 %, BP 120/80.',
      'Parkinson disease since 2019, bed rest, Ringer lactate 500 ml over 2 h.',
      'Shifted to HDU 40 minutes ago, platelets 150000, aged 89.',
    ])
      expect(found(text)).toEqual([]);
  });

  it('takes an Aadhaar by its check digit, and a mistyped one where the text calls it so', () => {
    // The worked example of Verhoeff's scheme: 236 has the check digit 3.
    expect(verhoeffHolds('2363')).toBe(true);
    expect(verhoeffHolds('2364')).toBe(false);
    expect(found('Aadhaar no. 1234 5678 9012')).toEqual(['aadhaar 1234 5678 9012']);
    expect(found('intake 1200 1500 1801 ml')).toEqual([]);
  });

  it('gives a preview that holds the whole text, with offsets of the text as given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat({ max: 30 }), (filler, at) => {
        const text = `${filler.slice(0, at)} Dr. Kavita Nair 98765 43210 ${filler.slice(at)}`;
        expect(
          previewParts(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
      { numRuns: 50 },
    );
  });
});
