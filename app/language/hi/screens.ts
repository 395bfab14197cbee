/** Hindi words of the screens. Latin digits; units, scores' names and people's names are not translated. */
import type { ScreenWords } from '../screen-words.ts';
import { alert } from './alert.ts';
import { entry } from './entry.ts';
import { common, demo, frame, signIn } from './frame.ts';
import { read } from './read.ts';
import { firstRun, system } from './system.ts';
import { bed, ward } from './ward.ts';

export const hindi: ScreenWords = {
  common,
  frame,
  signIn,
  ward,
  bed,
  alert,
  entry,
  system,
  firstRun,
  demo,
  read,
};
