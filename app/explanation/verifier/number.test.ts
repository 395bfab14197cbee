import { describe, it } from 'vitest';
import { blocks, passes, SICK } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

describe('number and unit', () => {
  blocks(it, 'number', [
    'Respiratory rate is 28/min.',
    'Respiratory rate is twenty-eight breaths per minute.',
    'Respiratory rate XXVII per minute.',
    'The heart rate is lxx per minute.',
    'Heart rate is CXVIII per minute.',
    'Respiratory rate Ⅻ/min.',
    'The heart rate is 26/min.',
    'The rate has doubled.',
    'Half of the readings score.',
    'SpO2 is in the 90s.',
    'SpO2 is ninety-five percent.',
    'Temperature 38.0 is the reading.',
    'The previous respiratory rate was 26/min.',
    'Respiratory rate was 26/min an hour ago.',
    'Respiratory rate is 20/min.',
    'NEWS2 is 11.',
    'The respiratory rate scores 2 points.',
    'Blood pressure is 95/65 mmHg.',
    'Assessment within 60 minutes of the call, or 45 minutes at most.',
    'श्वसन दर २८/min है।',
    'श्वसन दर अट्ठाईस है।',
    'The rate is ٢٨/min.',
    'SpO2 is ½ of normal.',
    'The number is 26.',
    'Review within 1 hour.',
  ]);
  blocks(it, 'unit', ['Temperature is 38.4 %.', 'SpO2 is 92 mmHg.']);
  passes(it, [
    'The respiratory rate is 26/min.',
    'The respiratory rate is 26 breaths per minute.',
    'The respiratory rate is twenty-six breaths per minute.',
    'The respiratory rate is above 24/min.',
    'The temperature is above 38.0 °C.',
    'The respiratory rate rose from 20/min to 26/min in 60 minutes.',
    'The respiratory rate rose by 6/min.',
    'NEWS2 is 12.',
    'Respiratory rate 26/min (3 points).',
    'Blood pressure is 95/60 mmHg.',
    'Shock index is 1.24.',
    'An assessment within 30 minutes is asked for.',
    'SpO2 92 % on oxygen.',
    'One of the readings scores.',
    'श्वसन दर 26/min है।',
    'श्वसन दर २६/min है।',
  ]);
  const cited = completeFacts({
    vitals: SICK.vitals,
    passages: [{ id: 'p1', text: 'Repeat the SpO2 reading after 15 minutes.' }],
  });
  passes(it, ['Repeat the reading after 15 minutes [p1].'], cited);
  blocks(
    it,
    'number',
    ['Repeat the reading after 15 minutes.', 'Repeat the reading after 20 minutes [p1].'],
    cited,
  );

  blocks(it, 'unit', [
    'Temperature is 38.4 °F.',
    'Temperature reads 38.4 Fahrenheit.',
    'Temperature is 38.4 degrees F.',
    'तापमान 38.4 डिग्री फ़ारेनहाइट है।',
    'Pulse 118 per hour hai.',
    'The systolic pressure is 95 cmH2O.',
    'BP 95 pratishat hai.',
  ]);
  passes(it, [
    'Temperature is 38.4 degrees Celsius.',
    'तापमान 38.4 डिग्री सेल्सियस है।',
    'The temperature is 38.4 degrees.',
  ]);
  blocks(it, 'number', [
    'Low blood pressure adds 3 points.',
    'Fever adds 2 points and the fast pulse adds 1 point.',
    'The pulse lies in the 91–130 band.',
    'SpO2 is read on scale 2.',
    'BP pehle 95 mmHg tha.',
    'Pulse 118 se 100 /min ho gaya hai.',
    'The pulse was 118 /min before.',
  ]);
  passes(it, [
    'Low blood pressure adds 2 points, and oxygen adds 2 points.',
    'Fever adds 1 point and the fast pulse adds 2 points.',
    'SpO2 92 % on oxygen scores 2 points.',
    'The pulse lies in the 111–130 band.',
    'SpO2 is read on scale 1.',
    'BP pehle 110 mmHg tha, ab 95 mmHg hai.',
    'Pulse 100 se 118 /min ho gaya hai.',
    'Pulse: 100 /min before, 118 /min now.',
  ]);
});
