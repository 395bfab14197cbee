/** Classes of sentences that are counted or have a scope, each from both sides: shares, quantities, denials. */
import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';
import { completeFacts } from '../facts.ts';

/** Total 3, all of it the pressure's. */
const RED_PRESSURE = completeFacts({
  vitals: { rr: 16, spo2: 98, on_oxygen: false, temp_c: 36.8, sbp: 226, dbp: 118, hr: 78, acvpu: 'A' },
});
const NO_TEMPERATURE = completeFacts({
  vitals: { rr: 22, spo2: 95, on_oxygen: false, sbp: 118, dbp: 70, hr: 104, acvpu: 'A' },
});

describe('points told as a share of the total', () => {
  passes(it, [
    'Of the 12 points, 3 come from the respiratory rate.',
    'The total is 12, and 2 of those points come from the saturation on oxygen.',
    'Oxygen alone accounts for 2 of the 12 points.',
    'कुल 12 में से 2 अंक ऑक्सीजन के हैं।',
  ]);
  blocks(it, 'number', [
    'Of the 12 points, 2 come from the respiratory rate.',
    'The total is 12, and 3 of those points come from the pulse.',
    'Of the 11 points, 3 come from the respiratory rate.',
    'कुल 12 में से 3 अंक नाड़ी के हैं।',
  ]);
});

describe('what is said of several parameters is counted', () => {
  passes(
    it,
    [
      'Six of the seven parameters score nothing.',
      'Only the systolic pressure scores.',
      'All other readings are normal.',
      'Everything except the pressure is normal.',
      'The pressure is the main driver.',
    ],
    RED_PRESSURE,
  );
  blocks(
    it,
    'contradiction',
    [
      'Nothing in this set scores.',
      'Two readings are in the red.',
      'Only the pulse scores.',
      'Every parameter is in its normal range.',
      'The total is 3, most of it from the pulse.',
    ],
    RED_PRESSURE,
  );
});

describe('the band in force and oxygen, however they are worded', () => {
  passes(it, ['The high-risk band applies.', 'With 12 points, this sits in the high band.']);
  blocks(it, 'contradiction', [
    'The low-risk band applies.',
    'With 12 points, this sits in the medium band.',
    'No supplementary oxygen is in use.',
    'Oxygen nahi chal rahi.',
    'The saturation was taken on room air.',
  ]);
  blocks(it, 'contradiction', ['Oxygen is in use.'], RED_PRESSURE);
});

describe('how far a denial reaches', () => {
  passes(
    it,
    [
      'Please do not ignore the high systolic pressure.',
      'Neither the pulse nor the temperature is high or low.',
      'The readings do not allow a prognosis.',
      'No prognosis can be drawn from a single score.',
      'The cause of the high pressure is uncertain.',
    ],
    RED_PRESSURE,
  );
  blocks(it, 'direction', ['Please do not ignore the low systolic pressure.'], RED_PRESSURE);
  blocks(it, 'direction', ['Both the pressure and the pulse are high.'], RED_PRESSURE);
  blocks(it, 'certainty', ['The prognosis is not good.'], RED_PRESSURE);
  blocks(it, 'dismissal', [
    "Nothing here that can't wait until the morning round.",
    'ऐसा कुछ नहीं जो सुबह तक न रुक सके।',
  ]);
});

describe('limits, units and what is still to be measured', () => {
  passes(
    it,
    [
      "Systolic pressure, at 226 mmHg, is in the chart's top band (220 mmHg and over).",
      'The pressure has passed the 220 mmHg limit.',
    ],
    RED_PRESSURE,
  );
  blocks(it, 'number', ["Systolic pressure is in the chart's top band (200 mmHg and over)."], RED_PRESSURE);
  passes(it, ['The patient is febrile at 38.4 °C with a fast pulse of 118 per minute.']);
  blocks(it, 'number', ['The patient is febrile at 38.4 °C with a fast pulse of 95 per minute.']);
  passes(
    it,
    [
      'Take the temperature so that the score can be completed.',
      'Do not skip the temperature.',
      'The missing temperature could add up to 3 points.',
    ],
    NO_TEMPERATURE,
  );
  blocks(it, 'unmeasured', ['The temperature is normal.'], NO_TEMPERATURE);
});

describe('a set that is told as unchanged, and a score that may grow', () => {
  blocks(it, 'trend', [
    'Nothing is different from an hour ago.',
    'The numbers have hardly moved.',
    'Only the pulse has changed since the last set.',
  ]);
  passes(
    it,
    [
      'The score may be higher once the temperature is known.',
      'Take a temperature so that the set is complete.',
    ],
    NO_TEMPERATURE,
  );
  blocks(it, 'contradiction', ['The set is complete.'], NO_TEMPERATURE);
  passes(it, ['Waiting until the morning is not an option.', 'सुबह तक न रुकें।']);
  blocks(it, 'dismissal', ['Waiting until the morning is fine.', 'सुबह तक रुक सकते हैं।']);
});
