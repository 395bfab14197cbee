/** Courses of all readings, echoes, oxygen that came or went, and numbers that their words place. */
import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

/** Everything came nearer to normal within the hour, and the oxygen went. Total 2. */
const BETTER = completeFacts({
  vitals: { rr: 19, spo2: 96, on_oxygen: false, temp_c: 37.8, sbp: 116, dbp: 70, hr: 92, acvpu: 'A' },
  previous: {
    vitals: { rr: 25, spo2: 93, on_oxygen: true, temp_c: 38.6, sbp: 102, dbp: 60, hr: 112, acvpu: 'A' },
    minutes_ago: 60,
  },
});
/** Everything got worse; oxygen was started. */
const WORSE = completeFacts({
  vitals: { rr: 24, spo2: 92, on_oxygen: true, temp_c: 38.7, sbp: 98, dbp: 56, hr: 118, acvpu: 'A' },
  previous: {
    vitals: { rr: 20, spo2: 95, on_oxygen: false, temp_c: 38.1, sbp: 112, dbp: 64, hr: 96, acvpu: 'A' },
    minutes_ago: 60,
  },
});

describe('the course of several readings', () => {
  passes(it, ['All of these have come nearer to normal.'], BETTER);
  passes(it, ['None of the readings has improved.', 'All of them have moved the wrong way.'], WORSE);
  blocks(it, 'trend', ['Nothing has improved.', 'All readings have held where they were.'], BETTER);
  blocks(it, 'trend', ['Everything has improved.'], WORSE);
});

describe('an echo says the same of its vital', () => {
  passes(it, ['The pulse is up, and so is the temperature.'], WORSE);
  blocks(it, 'trend', ['The pulse is up, and so is the saturation.'], WORSE);
});

describe('oxygen that came or went', () => {
  passes(it, ['Oxygen has been taken off since the set before.'], BETTER);
  passes(it, ['Since the last set oxygen has been started.'], WORSE);
  blocks(it, 'contradiction', ['Oxygen has been started since the set before.'], BETTER);
  blocks(it, 'contradiction', ['Oxygen has been taken off since the set before.'], WORSE);
});

describe('numbers that their words place', () => {
  passes(
    it,
    [
      'The registrar should hear about the rate of 24.',
      'The rate stands at 24, four more than an hour ago.',
      'A shock index of 1.2 comes from 118 over 98.',
      'It was 96 an hour ago and is 118 now.',
      'Breathing and saturation together take 4 points.',
      'Only respiration, saturation and pulse: 2, 2 and 2.',
    ],
    WORSE,
  );
  blocks(
    it,
    'number',
    [
      'The registrar should hear about the rate of 28.',
      'The rate stands at 24, six more than an hour ago.',
      'A shock index of 1.2 comes from 118 over 97.',
      'Breathing and saturation together take 3 points.',
      'Respiration, saturation and pulse score: 2, 3 and 2.',
      'The pulse of 98 is fast.',
    ],
    WORSE,
  );
});
