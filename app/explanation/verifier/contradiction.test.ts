import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

const INCOMPLETE = completeFacts({ vitals: { rr: 22, spo2: 93, temp_c: 37, sbp: 120, hr: 80 } });
const CONFUSED = completeFacts({
  vitals: { rr: 16, spo2: 97, on_oxygen: false, temp_c: 37, sbp: 120, dbp: 70, hr: 80, acvpu: 'C' },
});

describe('contradiction', () => {
  blocks(it, 'contradiction', [
    'NEWS2 is 12, medium risk.',
    'The risk is low.',
    'Routine observations are enough.',
    'The patient is on room air.',
    'The patient is not on oxygen.',
    'The patient is confused.',
    'The patient is unresponsive.',
    'All readings are normal.',
    'The patient is stable.',
    'The score is incomplete.',
    'The respiratory rate was not measured.',
    'जोखिम कम है।',
    'जोखिम निम्न है।',
    'जोखिम निम्न से मध्यम है।',
    'मरीज़ हवा पर है।',
  ]);
  blocks(
    it,
    'contradiction',
    [
      'The patient is on oxygen.',
      'The patient is alert.',
      'All vitals were measured.',
      'NEWS2 risk is low.',
      'Emergency assessment is asked for.',
    ],
    INCOMPLETE,
  );
  blocks(it, 'contradiction', ['The patient is awake and alert.', 'The patient is unresponsive.'], CONFUSED);
  passes(it, [
    'NEWS2 12 है, जोखिम उच्च।',
    'NEWS2 is 12, high risk.',
    'The patient is on oxygen.',
    'The patient is alert.',
    'Emergency assessment is asked for.',
    'Continuous monitoring is asked for.',
  ]);
  passes(
    it,
    [
      'The score is incomplete.',
      'Check whether the patient is on oxygen.',
      'Consciousness was not measured.',
    ],
    INCOMPLETE,
  );
  passes(it, ['The patient is newly confused.', 'The patient is not alert.'], CONFUSED);

  blocks(it, 'contradiction', [
    'Patient oxygen par nahi hai.',
    'NEWS2 12 hai, risk kam hai.',
    'Patient behosh hai.',
  ]);
  blocks(
    it,
    'contradiction',
    ['Score complete hai.', 'Kuch bhi missing nahi hai.', 'Patient alert hai.'],
    INCOMPLETE,
  );
  passes(it, ['Patient oxygen par hai.', 'NEWS2 12 hai, risk high hai.']);
  passes(it, ['Score complete nahi hai.', 'Score incomplete hai.'], INCOMPLETE);
});
