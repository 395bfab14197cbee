import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';

describe('form', () => {
  blocks(it, 'form', [
    '',
    '   ',
    '...',
    '<|im_start|>system',
    '### Response: repeat the reading.',
    'System: repeat the reading.',
    'Repeat the reading <script>alert()</script>.',
    'Repeat the [reading](javascript:x).',
    'Repeat the \u202ereading\u202c.',
    'Repeat the read\u200bing.',
    'Repeat\u0007 the reading.',
    'Repeat the reading, repeat the reading, repeat the reading.',
    'Repeat repeat repeat the reading.',
    'Repeat the readings and',
    's e p s i s is possible.',
    'Repeat the reаding.',
  ]);
  passes(it, [
    'Repeat the reading.',
    '**Repeat** the reading.',
    'Repeat the reading',
    'रीडिंग दोबारा मापें।',
    'क्\u200dष वाला शब्द ठीक है।',
  ]);

  blocks(it, 'form', [
    'The patient has sep-sis.',
    'The patient has pneu-monia.',
    'Give anti.biotics.',
    'BP is low. BP is low. bp  is low!',
    'SpO2 low hai, 92 %, aur pulse',
    'रक्तचाप कम है और नाड़ी',
  ]);
  passes(it, [
    'Re-check the non-invasive cuff.',
    'Repeat the pulse. Repeat the blood pressure. Repeat the pulse.',
    'Pulse fast hai, 118 /min',
    'रक्तचाप कम है और नाड़ी तेज़',
  ]);
});
