/** Every recogniser; the first kind of a stretch that several claim is the one that is told. */
import { people } from '../names/people.ts';
import type { Recogniser } from '../span.ts';
import { contact } from './contact.ts';
import { dates } from './dates.ts';
import { nationalIds } from './national-ids.ts';
import { places } from './places.ts';
import { records } from './records.ts';

export const RECOGNISERS: readonly Recogniser[] = [
  ...contact.slice(0, 3),
  ...nationalIds,
  ...dates,
  ...contact.slice(3),
  ...records,
  ...places,
  ...people,
];
