import { describe, it } from 'vitest';
import { blocks, passes, SICK } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

const GUIDED = completeFacts({ vitals: SICK.vitals, passages: [{ id: 'p1', text: 'Repeat the reading.' }] });

describe('citation', () => {
  blocks(
    it,
    'citation',
    [
      'Repeat the reading [p2].',
      'Repeat the reading [3].',
      'This is common (Smith, 2019).',
      'As Smith et al. wrote, repeat the reading.',
      'See https://example.org for more.',
      'The guideline of 2021 asks for it.',
      'Studies show that this matters.',
    ],
    GUIDED,
  );
  passes(it, ['Repeat the reading [p1].', 'The NEWS2 chart asks for an emergency assessment.'], GUIDED);

  const PRESSURE = completeFacts({
    vitals: SICK.vitals,
    passages: [{ id: 'p1', text: 'A systolic pressure of 90 mmHg or less needs a review.' }],
  });
  blocks(
    it,
    'citation',
    ['A pulse of 118 /min needs a review [p1].', 'A fever needs a review [p1].'],
    PRESSURE,
  );
  passes(it, ['A low blood pressure needs a review [p1].', 'The patient needs a review [p1].'], PRESSURE);
});
