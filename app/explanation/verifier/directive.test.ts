import { describe, it } from 'vitest';
import { blocks, passes, SICK } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

const GUIDED = completeFacts({
  vitals: SICK.vitals,
  passages: [{ id: 'p1', text: 'Give oxygen to reach the prescribed target range.' }],
});

describe('directive', () => {
  blocks(it, 'directive', [
    'Prescribe antibiotics for this patient',
    'Give paracetamol 500 mg.',
    'Consider paracetamol one gram.',
    'Perhaps "morphine 2 mg" was meant.',
    'Start oxygen.',
    'Increase the oxygen flow.',
    'Stop the fluids.',
    'Intubate the patient.',
    'The patient should be ventilated.',
    'Insert a central line.',
    'Transfuse blood.',
    'Titrate noradrenaline.',
    'Consider antibiotics.',
    'The patient needs supplemental oxygen.',
    'एंटीबायोटिक दें।',
    'ऑक्सीजन शुरू करें।',
  ]);
  passes(it, [
    'Repeat the blood pressure.',
    'Look at the patient and count the breathing.',
    'Check that the probe is on properly.',
    'Tell the responsible clinician.',
    'Call the clinician now.',
    'Measure the oxygen saturation again.',
    'श्वसन दर दोबारा मापें।',
  ]);
  passes(it, ['Give oxygen to the target range [p1].'], GUIDED);
  blocks(
    it,
    'directive',
    ['Give oxygen to the target range.', 'Give oxygen and fluids [p1].', 'Give oxygen at 500 ml [p1].'],
    GUIDED,
  );

  blocks(it, 'directive', [
    'Turn the oxygen down.',
    'Lie the patient flat.',
    'Lay her down flat and stop the drip.',
    'Dial the oxygen up.',
    'Oxygen band kar do.',
    'O2 thoda kam kar dein.',
    'Paracetamol de do.',
    'Run in a litre of saline.',
    'Antibiotics should be prescribed.',
  ]);
  passes(it, [
    'Check which oxygen target is prescribed.',
    'This should not be treated as an error.',
    'Oxygen ka flow check karein.',
    'Turn to the patient and count the breathing.',
  ]);
});
