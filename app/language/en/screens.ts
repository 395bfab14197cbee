/** English words of the screens. Their shape is the dictionary's type: every other language must have each of them. */
import { alert } from './alert.ts';
import { entry } from './entry.ts';
import { common, demo, frame, signIn } from './frame.ts';
import { read } from './read.ts';
import { firstRun, system } from './system.ts';
import { bed, ward } from './ward.ts';

export const english = { common, frame, signIn, ward, bed, alert, entry, system, firstRun, demo, read };
