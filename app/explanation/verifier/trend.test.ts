import { describe, it } from 'vitest';
import { blocks, passes, SICK } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

const ONCE = completeFacts({ vitals: SICK.vitals });

describe('trend', () => {
  blocks(
    it,
    'trend',
    [
      'The respiratory rate is rising.',
      'The patient is worsening.',
      'The blood pressure has dropped.',
      'This has gone on for the last hour.',
      'The patient remains unwell.',
      'श्वसन दर बढ़ रही है।',
    ],
    ONCE,
  );
  blocks(it, 'trend', [
    'The respiratory rate is falling.',
    'The temperature is rising.',
    'The patient is improving.',
    'The heart rate is stable.',
    'रक्तचाप बढ़ रहा है।',
  ]);
  passes(
    it,
    [
      'The respiratory rate is high.',
      'The heart rate is raised.',
      'Watch for a falling blood pressure.',
      'Tell the clinician if the patient is getting worse.',
    ],
    ONCE,
  );
  passes(it, [
    'The respiratory rate is rising.',
    'The blood pressure has fallen.',
    'The score is worse.',
    'The temperature is unchanged.',
  ]);
});
