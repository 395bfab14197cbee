/** Hindi words of the screens. Latin digits; units, scores' names and people's names are not translated. */
import type { ScreenWords } from '../screen-words.ts';
import { alarm } from './alarm.ts';
import { alert } from './alert.ts';
import { basis } from './basis.ts';
import { calibration, engine, serving } from './engine.ts';
import { entry } from './entry.ts';
import { exchange } from './exchange.ts';
import { feeds } from './feeds.ts';
import { common, demo, frame, signIn } from './frame.ts';
import { handover } from './handover.ts';
import { imports } from './imports.ts';
import { knowledge } from './knowledge.ts';
import { learning } from './learning.ts';
import { messages } from './messages.ts';
import { models } from './models.ts';
import { monitoring } from './monitoring.ts';
import { patients } from './patients.ts';
import { policy } from './policy.ts';
import { read } from './read.ts';
import { review } from './review.ts';
import { storage } from './storage.ts';
import { firstRun, system } from './system.ts';
import { burden, technical } from './technical.ts';
import { trainer } from './trainer.ts';
import { training } from './training.ts';
import { bed, ward } from './ward.ts';

export const hindi: ScreenWords = {
  common,
  frame,
  signIn,
  ward,
  bed,
  basis,
  alert,
  alarm,
  entry,
  storage,
  system,
  patients,
  messages,
  firstRun,
  demo,
  read,
  technical,
  burden,
  policy,
  feeds,
  imports,
  knowledge,
  learning,
  handover,
  engine,
  serving,
  calibration,
  training,
  trainer,
  models,
  review,
  exchange,
  monitoring,
};
