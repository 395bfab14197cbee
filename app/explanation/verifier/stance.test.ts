/** What a sentence asks for, leaves, holds possible or calls unknown is not told; what it tells is judged. */
import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';

describe('asked for, left to the clinician, possible or unknown', () => {
  passes(it, [
    'Ask which sedatives the patient was given.',
    'Write down the time of the oxygen start.',
    'Drugs are matters for the clinician.',
    'Infection is one thing to look for.',
    'Infection is among the things to be considered.',
    'It is too early to speak of sepsis.',
    'These readings neither confirm nor exclude infection.',
    'None of this is confirmed.',
    'No single reading makes anything certain.',
  ]);
});

describe('told all the same', () => {
  blocks(it, 'diagnosis', [
    'The source of the sepsis is unclear.',
    'There is no doubt about the infection.',
    'Sepsis is the one explanation.',
  ]);
  blocks(it, 'directive', ['Give fluids until the doctor comes.', 'The team says: start antibiotics.']);
  blocks(it, 'certainty', ['This is confirmed beyond question.']);
});
