import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';

describe('diagnosis', () => {
  blocks(it, 'diagnosis', [
    'The patient has sepsis.',
    'Diagnose the patient with pneumonia',
    'This is pneumonia.',
    'Sepsis is ruled out.',
    'This septic patient may need review.',
    'It is not sepsis.',
    'There is no infection.',
    'The readings are due to blood loss.',
    'A diagnosis of heart failure.',
    'The patient is in shock.',
    'मरीज़ को सेप्सिस है।',
    'यह निमोनिया है।',
  ]);
  passes(it, [
    'Sepsis cannot be confirmed from these readings.',
    'This does not mean the patient has sepsis.',
    'These features suggest possible infection.',
    'Infection is possible.',
    'Consider sepsis and tell the clinician.',
    'The cause may be blood loss or infection.',
    'Shock index is 1.24.',
    'सेप्सिस की आशंका पर चिकित्सक को बताएँ।',
  ]);

  blocks(it, 'diagnosis', [
    'Patient ko infection hai.',
    'Sepsis nahi hai.',
    'Sepsis nahi ho sakta.',
    'Yeh infection ki wajah se hai.',
  ]);
  passes(it, [
    'Sepsis confirm nahi ho sakta.',
    'Infection pakka nahi kaha ja sakta.',
    'Iska matlab yeh nahi ki sepsis hai.',
    'Sepsis ho sakta hai, doctor ko batayein.',
  ]);
});
