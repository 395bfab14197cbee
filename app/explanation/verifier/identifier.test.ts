import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';

describe('identifier', () => {
  blocks(it, 'identifier', [
    'Mr Ramesh Kumar has a high respiratory rate.',
    'Tell Dr. Mehta.',
    'The ward sister Meera was told.',
    'Patient Asha Devi needs a review.',
    'MRN 0042317 is the record.',
    'The patient in bed 4 needs a review.',
    'Call 98765 43210 now.',
    'Write to a.b@example.org now.',
    'श्री रमेश को देखें।',
  ]);
  passes(it, [
    'Tell the responsible doctor.',
    'The nurse in charge looks at the patient.',
    'Call the outreach team.',
  ]);

  blocks(it, 'identifier', [
    'डॉ. राजेश वर्मा को बताएं।',
    'Dr. Sunita ko batayein.',
    'Sunil Kumar ka temperature high hai.',
    'Kavita ki pulse fast hai.',
    'Anil Verma has a fast pulse.',
  ]);
  passes(it, [
    'डॉक्टर साहब को बताएँ।',
    'Nurse ko batayein.',
    'Mareez ka temperature high hai.',
    'Lactate ki jaanch karein.',
    'Tell the Critical Care Outreach Team.',
    'ठंडा हाथ देखें।',
    'Blood Pressure ki reading low hai.',
  ]);
});
