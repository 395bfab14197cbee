import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

const PARTLY = completeFacts({ vitals: { rr: 22, spo2: 93 } });

describe('unmeasured', () => {
  blocks(it, 'unmeasured', [
    'The lactate is raised.',
    'Urine output is low.',
    'The GCS is good.',
    'The patient is in pain.',
    'The patient is short of breath.',
    'The skin is mottled.',
    'The patient has a history of smoking.',
    'The chest x-ray shows a shadow.',
    'Paracetamol was taken earlier.',
    'लैक्टेट अधिक है।',
  ]);
  blocks(
    it,
    'unmeasured',
    ['The blood pressure is low.', 'The heart rate is fast.', 'The patient has a fever.'],
    PARTLY,
  );
  passes(it, [
    'Consider measuring lactate.',
    'Urine output was not measured.',
    'Check the blood glucose.',
    'Ask about pain.',
    'Look for mottled skin.',
  ]);
  passes(
    it,
    ['The blood pressure was not measured.', 'Measure the blood pressure.', 'Temperature is missing.'],
    PARTLY,
  );
});
