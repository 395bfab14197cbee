import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';

describe('certainty', () => {
  blocks(it, 'certainty', [
    'The patient definitely has sepsis',
    'This confirms an infection.',
    'The patient will die.',
    'Mortality is raised.',
    'This is 100 % sure.',
    'The patient will certainly get worse.',
    'It is without doubt serious.',
    'मरीज़ निश्चित रूप से बीमार है।',
  ]);
  passes(it, [
    'This cannot be confirmed.',
    'The cause is not certain.',
    'A clinician has to decide what this means.',
    'Repeat the reading until it is confirmed.',
  ]);

  blocks(it, 'certainty', [
    'Patient bachega nahi.',
    'The patient will pull through.',
    'Yeh pakka hai.',
    'There is zero doubt about it.',
  ]);
  passes(it, [
    'The readings cannot say what will happen.',
    'Yeh pakka nahi hai.',
    'इन मापों से कारण की पुष्टि नहीं हो सकती।',
  ]);
});
