import { describe, it } from 'vitest';
import { blocks, passes } from '../explanation-fixtures.ts';

describe('dismissal', () => {
  blocks(it, 'dismissal', [
    'Ignore the NEWS2 alert',
    'No need to call the doctor.',
    'It is not necessary to call.',
    'This can wait.',
    'Silence the alarm.',
    'This is a false alarm.',
    'It is probably an artefact.',
    'There is nothing to worry about.',
    'No action is needed.',
    'The patient is fine.',
    'अलार्म को अनदेखा करें।',
    'चिंता की कोई बात नहीं।',
  ]);
  passes(it, [
    'Do not silence the alarm.',
    'Do not ignore this alert.',
    'The alert should not be ignored.',
    'Check the probe, because a loose probe can give a low reading.',
    'This cannot wait.',
    'अलार्म को अनदेखा न करें।',
  ]);

  blocks(it, 'dismissal', [
    'It is only a fever.',
    'It will settle by itself.',
    'Do not call the doctor.',
    'Leave it for the day team.',
    'Tension mat lo.',
    'Alarm band kar do.',
    'Subah tak wait kar sakte hain.',
    'Doctor ko mat bulao.',
    'Yeh artefact hi hai.',
  ]);
  passes(it, [
    'This is not just a fever.',
    'Do not wait until the morning.',
    'Alarm silence mat karein.',
    'Is alert ko false alarm mat samjhein.',
    'Subah tak wait mat karein.',
  ]);
});
