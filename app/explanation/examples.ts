/**
 * The worked examples of the fixed prefix: invented readings and what a careful colleague would write in the
 * holes. Clinically harmless on purpose: no drug, no dose, no diagnosis, no digit.
 */
import type { FactsInput } from './explanation.ts';

export interface WorkedExample {
  readonly facts: FactsInput;
  /** Hole texts in the order of the sentences, each with its leading space and its full stop. */
  readonly holes: readonly string[];
}

const ENGLISH: readonly WorkedExample[] = [
  {
    facts: {
      vitals: { rr: 27, spo2: 90, on_oxygen: true, temp_c: 37.2, sbp: 118, dbp: 70, hr: 84, acvpu: 'C' },
    },
    holes: [
      ' the patient is breathing much faster than expected.',
      ' the oxygen saturation is much lower than expected.',
      ' the patient is newly confused.',
      ' the patient already needs extra oxygen.',
      ' the lungs are not bringing in enough oxygen.',
      ' count the breathing again, check that the probe is on properly, and tell the responsible clinician.',
    ],
  },
  {
    facts: {
      vitals: { rr: 10, spo2: 97, on_oxygen: false, temp_c: 35.4, sbp: 98, dbp: 58, hr: 48, acvpu: 'A' },
    },
    holes: [
      ' the blood pressure is lower than expected.',
      ' the patient is breathing slower than expected.',
      ' the heart is beating slower than expected.',
      ' the body is colder than expected.',
      ' the circulation needs to be looked at by a clinician.',
      ' measure the blood pressure again, feel the pulse, and tell the responsible clinician.',
    ],
  },
  {
    facts: {
      vitals: { rr: 22, spo2: 94, on_oxygen: false, temp_c: 38.6, sbp: 124, dbp: 76, hr: 96, acvpu: 'A' },
    },
    holes: [
      ' the patient is breathing faster than expected.',
      ' the oxygen saturation is lower than expected.',
      ' the heart is beating faster than expected.',
      ' the body is warmer than expected.',
      ' the body is working harder to get enough oxygen.',
      ' repeat the readings, look at how the patient is breathing, and tell the responsible clinician.',
    ],
  },
];

const HINDI: readonly WorkedExample[] = [
  {
    facts: {
      vitals: { rr: 22, spo2: 94, on_oxygen: false, temp_c: 36.8, sbp: 124, dbp: 76, hr: 96, acvpu: 'A' },
    },
    holes: [
      ' मरीज़ सामान्य से तेज़ साँस ले रहा है।',
      ' ऑक्सीजन का स्तर सामान्य से कम है।',
      ' हृदय सामान्य से तेज़ चल रहा है।',
      ' शरीर को ऑक्सीजन के लिए अधिक मेहनत करनी पड़ रही है।',
      ' रीडिंग दोबारा मापें और ज़िम्मेदार चिकित्सक को बताएँ।',
    ],
  },
];

export function workedExamples(language: 'en' | 'hi'): readonly WorkedExample[] {
  return language === 'hi' ? HINDI : ENGLISH;
}
