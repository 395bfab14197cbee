/**
 * Rule `certainty`: no certainty and no prognosis: definitely, confirmed, will die, mortality, "100 %".
 * "Cannot be confirmed" passes. Source: verification rule 7.
 */
import type { Rule, Violation } from './rule.ts';
import { clauseAround, has, spansOf, words } from './text.ts';

const CERTAIN = words(
  'definite(?:ly)?|certain(?:ly|ty)?|undoubted(?:ly)?|without (?:a |any )?doubt|no doubt|beyond doubt|obvious(?:ly)?|clearly (?:has|is|shows?|indicates?)|surely|for sure|guarantee[ds]?|proves?|proven|proof|confirm(?:s|ed)|conclusive(?:ly)?|unquestionabl[ey]|always|inevitabl[ey]|must be (?:due|caused|from|a|an|suffering)|निश्चित(?: रूप से)?|पक्का|यकीनन|बेशक|निस्संदेह|पुष्टि (?:हुई|हो गई)',
);
const UNCERTAIN_BEFORE = words("not|cannot|can't|never|nor|no|un|to be|be|until|if|whether|once|yet|नहीं");
const PROGNOSIS = words(
  'die[sd]?|dying|deaths?|dead|fatal(?:ity)?|mortality|surviv\\w+|life[- ]threatening|prognos\\w+|life expectancy|outcome|will (?:\\w+ )?(?:deteriorate|recover|improve|worsen|arrest|collapse|happen|die|survive|need|require|be fine|get (?:better|worse))|chance of|hundred percent|मर (?:जाएगा|जाएगी|सकत[\\p{L}\\p{M}]*)|मृत्यु|मौत|बच (?:जाएगा|जाएगी)',
);
const EVERY_PERCENT = /100 ?(?:%|percent|प्रतिशत)(?! (?:oxygen|o2))/gu;

export const certaintyRule: Rule = {
  name: 'certainty',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const { start, end } of spansOf(text, CERTAIN)) {
      const clause = clauseAround(text, start);
      if (has(text.slice(clause.start, start).split(' ').slice(-4).join(' '), UNCERTAIN_BEFORE)) continue;
      found.push({ rule: 'certainty', start, end, message: 'Nothing here is certain.' });
    }
    for (const { start, end } of spansOf(text, PROGNOSIS))
      found.push({ rule: 'certainty', start, end, message: 'A prognosis has no source in the facts.' });
    if (facts.vitals.spo2 !== 100 && facts.previous?.vitals.spo2 !== 100)
      for (const { start, end } of spansOf(text, EVERY_PERCENT))
        found.push({ rule: 'certainty', start, end, message: 'A hundred per cent is not in the facts.' });
    return found;
  },
};
