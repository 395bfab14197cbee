/**
 * Claims that bind to a vital, a time or a passage, and classes of what must not be said: both sides of each, in the
 * words of the rule and not of one author.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blocks, passes, SICK } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';
import { guardText } from './verifier.ts';

const STALE = completeFacts({
  vitals: { rr: 21, spo2: 95, on_oxygen: false, temp_c: 36.6, sbp: 126, dbp: 74, hr: 94, acvpu: 'A' },
  stale: [{ parameter: 'temp', minutes_old: 260 }],
});
const LOWER_BOUND = completeFacts({
  vitals: { rr: 23, spo2: 93, on_oxygen: true, temp_c: 37.4, sbp: 118, dbp: 70, hr: 104, acvpu: null },
});
const HEALTHY = completeFacts({
  vitals: { rr: 16, spo2: 97, on_oxygen: false, temp_c: 36.8, sbp: 124, dbp: 76, hr: 78, acvpu: 'A' },
});
const CITED = completeFacts({
  vitals: { rr: 22, spo2: 95, on_oxygen: false, temp_c: 38.6, sbp: 106, dbp: 64, hr: 112, acvpu: 'A' },
  passages: [
    { id: 'p1', text: 'Start fluids where the systolic pressure is below 90 mmHg after senior review.' },
  ],
});
const UNRESPONSIVE = completeFacts({
  vitals: { rr: 8, spo2: 88, on_oxygen: true, temp_c: 35.8, sbp: 82, dbp: 44, hr: 134, acvpu: 'U' },
});

describe('ages and freshness', () => {
  passes(
    it,
    [
      'The temperature is 260 minutes old and no longer current.',
      'Tapman 260 minute purana hai.',
      'The pulse is currently 94 /min.',
    ],
    STALE,
  );
  blocks(it, 'number', ['The pulse is 260 minutes old.', 'The temperature is 74 minutes old.'], STALE);
  blocks(
    it,
    'contradiction',
    ['Temperature is 36.6 °C right now.', 'All readings are current.', 'तापमान अभी 36.6 °C है।'],
    STALE,
  );
});

describe('a lower bound is no total', () => {
  passes(
    it,
    ['NEWS2 is at least 7.', 'The lower bound of the total is 7.', 'कुल अंक कम से कम 7 हैं।'],
    LOWER_BOUND,
  );
  blocks(
    it,
    'contradiction',
    ['NEWS2 is 7.', 'NEWS2 score: 7.', 'Total 7 hai.', 'The score is complete at 7.'],
    LOWER_BOUND,
  );
});

describe('comparisons with a number', () => {
  it('pass exactly where the reading lies there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 180 }), fc.boolean(), (limit, below) => {
        const facts = completeFacts({
          vitals: CITED.vitals,
          passages: [{ id: 'p1', text: `A systolic pressure of ${limit} mmHg is a limit.` }],
        });
        const side = below ? 'below' : 'above';
        const objects = guardText(
          facts,
          `The systolic pressure is ${side} ${limit} mmHg [p1].`,
        ).findings.some(({ rule }) => rule === 'contradiction');
        expect(objects).toBe(below ? !(106 < limit) : !(106 > limit));
      }),
      { numRuns: 40 },
    );
  });
  blocks(it, 'contradiction', ['Systolic 90 mmHg se kam hai [p1].'], CITED);
  blocks(it, 'citation', ['A cardiologist reviews a systolic pressure below 90 mmHg [p1].'], CITED);
});

describe('changes and times', () => {
  passes(it, [
    'The pulse rose from 100 to 118 /min within 60 minutes.',
    'नाड़ी 60 मिनट में 100 से बढ़कर 118 प्रति मिनट हो गई।',
    'The pulse is faster, 118 against 100 /min.',
    'Has the cuff slipped? Check it.',
  ]);
  blocks(it, 'number', [
    'The pulse rose from 118 to 100 /min.',
    'नाड़ी 10 मिनट में 100 से बढ़कर 118 प्रति मिनट हो गई।',
  ]);
  blocks(it, 'trend', [
    'The pulse has been fast since morning.',
    'रात भर से साँस तेज़ है।',
    'Fever utar raha hai.',
  ]);
  passes(it, ['All readings are in the zero band.', 'No parameter takes 3 points.'], HEALTHY);
});

describe('classes of what is not said', () => {
  blocks(it, 'diagnosis', [
    'This is urosepsis.',
    'Myocarditis explains the pulse.',
    'मरीज़ को टाइफाइड है।',
    'The possibility of infection is ruled out.',
  ]);
  passes(it, [
    'Infection is one possibility; blood loss is another.',
    'संक्रमण का शक हो तो डॉक्टर को बताएँ।',
    'Sepsis can neither be shown nor excluded from these readings.',
  ]);
  blocks(it, 'directive', [
    'A bolus would help.',
    'Ek drip chadha do.',
    'Raise the mean above 65 mmHg.',
    'He cannot be left without oxygen.',
    'नैलोक्सोन दे दीजिए।',
  ]);
  passes(it, [
    'Ask the doctor whether oxygen should be changed.',
    'Check the oxygen supply and the mask.',
    'Is text mein koi dawa dene ko nahi kaha gaya.',
  ]);
  blocks(it, 'dismissal', [
    'This can be reviewed in the morning.',
    'He is used to it and will cope.',
    'It makes no difference.',
    'Doctor ko disturb mat karo.',
    'ख़तरा टल गया।',
    'The worst is over.',
  ]);
  passes(it, ['These readings do not tell which cause it is.', 'Do not cancel the review.']);
  blocks(it, 'certainty', ['Arrest is imminent.', 'Mareez bach nahi payega.', 'बचना मुश्किल है।']);
  blocks(
    it,
    'contradiction',
    ['Consciousness is normal.', 'ACVPU is V.', 'The patient is rousable.'],
    UNRESPONSIVE,
  );
  blocks(it, 'identifier', ['सुनीता देवी की नाड़ी तेज़ है।', 'राजेश को देखें।']);
  passes(it, ['मरीज़ को देखें।'], SICK);
});
