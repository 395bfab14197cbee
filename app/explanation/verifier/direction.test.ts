import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

const SLOW = completeFacts({
  vitals: { rr: 5, spo2: 97, on_oxygen: false, temp_c: 38.9, sbp: 120, dbp: 70, hr: 72, acvpu: 'A' },
});

describe('direction', () => {
  blocks(it, 'direction', [
    'The temperature is low.',
    'The patient is cold and should be warmed.',
    'The blood pressure is high.',
    'The heart is beating slowly.',
    'The breathing is normal.',
    'The SpO2 is within the normal range.',
    'The respiratory rate is not high.',
    'Bradycardia is present.',
    'There is hypertension.',
    'तापमान कम है।',
  ]);
  blocks(
    it,
    'direction',
    [
      'The patient is working hard to breathe.',
      'The temperature is low.',
      'The patient is not getting enough oxygen.',
    ],
    SLOW,
  );
  passes(it, [
    'The temperature is high.',
    'There is a fever.',
    'Low blood pressure and a fast heart rate.',
    'The blood pressure is lower than normal.',
    'Tachycardia with hypotension.',
    'The patient is not cold.',
    'Check whether the temperature is low.',
    'The oxygen saturation is low compared to the normal range.',
    'रक्तचाप कम है।',
  ]);
  passes(it, ['The breathing is slow.', 'The patient has a fever.', 'The heart rate is normal.'], SLOW);

  const QUIET = completeFacts({ vitals: { rr: 16, spo2: 90 } });
  blocks(
    it,
    'direction',
    ['The patient may have trouble breathing.', 'The patient is not breathing properly.'],
    QUIET,
  );
  passes(it, ['The patient is not getting enough oxygen.'], QUIET);

  blocks(it, 'direction', [
    'Dil ki dhadkan dheemi hai.',
    'Khoon ka dabav zyada hai.',
    'Mareez thanda hai.',
    'नाड़ी धीरे चल रही है।',
  ]);
  passes(it, [
    'Dil ki dhadkan tez hai.',
    'Mareez ko bukhar hai.',
    'The temperature is well above normal.',
    'Not only the pulse is fast.',
    'तेज़ नाड़ी का मतलब चिकित्सक बताएँगे।',
  ]);
});
