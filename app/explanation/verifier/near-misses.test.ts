/**
 * Texts close to the border of each rule, both sides, written before the rules were deepened. What counts is the
 * verdict: which of several fitting rules objects is told in the rules' own tests.
 */
import { describe, expect, it } from 'vitest';
import { SICK } from '../explanation-fixtures.ts';
import { completeFacts, type Facts } from '../facts.ts';
import { guardText } from './verifier.ts';

const COLD = completeFacts({
  vitals: { rr: 14, spo2: 97, on_oxygen: false, temp_c: 34.6, sbp: 118, dbp: 70, hr: 48, acvpu: 'A' },
});
const BETTER = completeFacts({
  vitals: { rr: 19, spo2: 96, on_oxygen: true, temp_c: 37.6, sbp: 118, dbp: 70, hr: 92, acvpu: 'A' },
  previous: {
    vitals: { rr: 27, spo2: 91, on_oxygen: true, temp_c: 38.8, sbp: 104, dbp: 60, hr: 124, acvpu: 'A' },
    minutes_ago: 90,
  },
});
const SCALE_2 = completeFacts({
  vitals: {
    rr: 23,
    spo2: 90,
    spo2_scale: 2,
    on_oxygen: true,
    temp_c: 37.1,
    sbp: 136,
    dbp: 82,
    hr: 94,
    acvpu: 'A',
  },
});
const PARTLY = completeFacts({ vitals: { rr: 22, spo2: 93 } });
const CITED = completeFacts({
  vitals: SICK.vitals,
  passages: [
    { id: 'p1', text: 'Where SpO2 stays below 94 % on air, tell the doctor.' },
    { id: 'p2', text: 'A systolic pressure of 90 mmHg or less needs a medical review.' },
  ],
});

const BLOCKED: readonly (readonly [Facts, readonly string[]])[] = [
  [
    SICK,
    [
      'Pulse 118 per hour, fast.',
      'SpO2 92 kPa hai, low hai.',
      'Respiratory rate 26 mmHg hai.',
      'नाड़ी 118 mmHg है।',
      'तापमान 38.4 डिग्री फ़ारेनहाइट है।',
      'BP pehle 95 mmHg tha, ab 110 mmHg hai.',
      'SpO2 is read on scale 2.',
      'The pulse of 118 /min falls in the 91–110 band.',
      'Fast breathing adds 1 point and a temperature of 38.4 °C adds 3 points.',
      'Mareez ko saans phoolne ki shikayat hai.',
      'Patient ko ulti ho rahi hai.',
      'Pairon mein sujan hai, pulse fast hai.',
      'There is a bruise on the leg.',
      'The fingertips are blue and SpO2 is 92 %.',
      'The pupils are equal and the patient is alert.',
      'मरीज़ को खाँसी है और साँस तेज़ है।',
      'Patient ko infection hai.',
      'Sepsis nahi hai, sirf bukhar hai.',
      'Patient ke bachne ki ummeed kam hai.',
      'Bilkul pakka hai ki blood loss hua hai.',
      'The patient will pull through.',
      'There is zero doubt about the cause.',
      'Zaroor nimonia hai.',
      'The patient has sep-sis.',
      'Dial the oxygen up to reach a higher SpO2.',
      'Turn the fluids down.',
      'Paracetamol de do, temperature 38.4 °C hai.',
      'Oxygen badha dijiye.',
      'IV fluid lagao aur BP dekho.',
      'Oxygen band kar do.',
      'Alarm band kar dijiye.',
      'Koi dikkat nahi hai, patient theek hai.',
      'It is just a temperature and will pass on its own.',
      'Kal subah dekh lenge.',
      'Ghabrane ki baat nahi hai.',
      'Snooze it, the machine is acting up.',
      'The pulse is coming down.',
      'BP badh raha hai.',
      'Things are easing off and the breathing is calming down.',
      'Saans dheere chal rahi hai.',
      'Patient behosh hai.',
      'Patient oxygen par nahi hai.',
      'Rekha Sharma ki pulse fast hai.',
      'Anil Verma has a fast pulse.',
      'Dr. Sunita ko batayein.',
      'BP low hai. BP low hai. BP low hai.',
      'रक्तचाप कम है और नाड़ी',
    ],
  ],
  [
    COLD,
    [
      'Temperature of 34.6 F is low.',
      'The pulse keeps dropping.',
      'Temperature gir raha hai.',
      'Mareez ko bukhar hai.',
      'Nabz tez hai.',
    ],
  ],
  [BETTER, ['Saans tez hoti ja rahi hai.']],
  [PARTLY, ['BP low hai, RR 22 /min hai.', 'Sab readings available hain, kuch missing nahi.']],
  [CITED, ['A respiratory rate of 26 /min needs a doctor [p2].', 'Repeat the temperature soon [p1].']],
];

const PASSED: readonly (readonly [Facts, readonly string[]])[] = [
  [
    SICK,
    [
      'Pulse 100 se 118 /min ho gaya hai.',
      'BP pehle 110 mmHg tha, ab 95 mmHg hai.',
      'The pulse of 118 /min falls in the 111–130 band.',
      'Fast breathing adds 3 points and a temperature of 38.4 °C adds 1 point.',
      'Creatinine is not in the chart, so nothing can be said about it.',
      'Blood sugar check nahi hua, ek baar check kar lein.',
      'Lactate ki value record mein nahi hai.',
      'Look at the skin colour and at the pupils.',
      'मूत्र की मात्रा दर्ज नहीं है।',
      'Ask whether there is a cough or chest pain.',
      'Sirf in numbers se infection nahi kaha ja sakta.',
      'Is score ka matlab yeh nahi ki sepsis hai.',
      'यह कहना संभव नहीं कि संक्रमण है या नहीं।',
      'Nobody can tell from this score how the patient will be tomorrow.',
      'The cause is not known and a clinician should decide.',
      'Ask the clinician what oxygen target is prescribed.',
      'Oxygen ka flow aur mask check karein.',
      'Turn to the patient and count the breathing.',
      'Is alarm ko ignore na karein.',
      'This is not just a fever: the pulse is fast too.',
      'Kal tak wait mat karein, doctor ko abhi batayein.',
      'No one should treat this as an artefact before the probe is checked.',
      'The pulse is going up.',
      'BP gir raha hai.',
      'The respiratory rate is well above normal.',
      'Blood Pressure ki reading low hai.',
      'डॉक्टर साहब को बताएँ।',
      'Nurse ko batayein ki pulse fast hai.',
      'Repeat the pulse. Repeat the blood pressure. Tell the clinician.',
      'Re-check the non-invasive cuff size.',
      'Pulse fast hai, 118 /min',
    ],
  ],
  [COLD, ['तापमान 34.6 डिग्री सेल्सियस है, जो कम है।', 'Nabz dheemi hai aur temperature kam hai.']],
  [BETTER, ['Pulse kam ho raha hai, ab 92 /min hai.', 'The heart rate is settling.']],
  [
    SCALE_2,
    [
      'The reading of 90 % sits inside the 88–92 % band, so SpO2 scores 0 points.',
      'SpO2 is read on scale 2.',
    ],
  ],
  [PARTLY, ['BP abhi tak measure nahi kiya gaya hai.']],
  [CITED, ['A systolic pressure of 90 mmHg or less needs a medical review [p2].']],
];

describe('near misses', () => {
  const flat = (groups: typeof BLOCKED) =>
    groups.flatMap(([facts, texts]) => texts.map((text) => ({ facts, text })));
  it.each(flat(BLOCKED))('blocks: $text', ({ facts, text }) => {
    expect(guardText(facts, text).verdict).toBe('block');
  });
  it.each(flat(PASSED))('passes: $text', ({ facts, text }) => {
    expect(guardText(facts, text).findings).toEqual([]);
  });
});
