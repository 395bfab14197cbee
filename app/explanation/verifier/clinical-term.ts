/** Which words are clinical terms that some rule judges: no name of a person, and not to be hidden in a text. */
import { DISEASES } from './diagnosis.ts';
import { DRUGS, TREATMENTS } from './drugs.ts';
import { has } from './text.ts';
import { namesUnmeasured } from './unmeasured.ts';
import { vitalsNamed } from './vitals-named.ts';

/** Whether a word in small letters is, or contains as a whole word, a term that a rule judges. */
export function isClinicalTerm(word: string): boolean {
  return (
    has(word, DISEASES) ||
    has(word, DRUGS) ||
    has(word, TREATMENTS) ||
    namesUnmeasured(word) ||
    vitalsNamed(word).length > 0
  );
}
