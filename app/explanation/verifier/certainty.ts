/**
 * Rule `certainty`: no certainty and no prognosis: definitely, confirmed, will die, mortality, "100 %".
 * "Cannot be confirmed" passes. Source: verification rule 7.
 */
import { isNegatedBehind } from './context.ts';
import type { Rule, Violation } from './rule.ts';
import { clauseAround, has, spansOf, words } from './text.ts';

const CERTAIN = words(
  'definite(?:ly)?|certain(?:ly|ty)?|indisputabl[ey]|undeniabl[ey]|unmistakabl[ey]|irrefutabl[ey]|categorical(?:ly)?|absolute(?:ly)?|evidently|it is (?:clear|plain|evident|obvious) that|there is no (?:other|alternative) (?:cause|explanation|reason|answer)|cannot be anything (?:else|but|other)|can only (?:be|mean)|nothing (?:else|other) (?:could|can|than)|leaves? no (?:doubt|room)|settles? (?:it|the (?:matter|question|diagnosis))|(?:एकदम|पूरी तरह|बिल्कुल) (?:तय|पक्का|साफ़|साफ|स्पष्ट|निश्चित)|साबित (?:करत|हो|कर)[\\p{L}\\p{M}]*|undoubted(?:ly)?|without (?:a |any )?doubt|no doubt|zero doubt|not a doubt|beyond (?:any )?doubt|no question|(?:beyond|without) (?:any )?question|obvious(?:ly)?|clearly (?:has|is|shows?|indicates?|work(?:ed|ing|s)|improv\\w+|help\\w*)|(?:treatment|therapy|drugs?|medicines?|fluids?|antibiotics?|dose) (?:has|have|is|are) (?:\\w+ )?(?:work(?:ed|ing)|help(?:ed|ing)|taken effect|kicked in|done (?:its|their) (?:job|work))|surely|for sure|guarantee[ds]?|proves?|proven|proof|confirm(?:s|ed)|conclusive(?:ly)?|unquestionabl[ey]|always|inevitabl[ey]|must be (?:due|caused|from|a|an|suffering)|शत-?प्रतिशत|गारंटी|कोई शक नहीं|बिना (?:किसी )?शक|तय है|(?:सौ|100) फ़ीसदी|निश्चित(?: रूप से)?|पक्का(?! (?:निर्णय|निदान|फ़ैसला|फैसला))|यकीनन|बेशक|निस्संदेह|पुष्टि (?:हुई|हो गई)',
);
const UNCERTAIN_BEFORE = words(
  "not|nothing|neither|hardly|nobody|less|far from|cannot|can't|never|nor|no|un|to be|be|until|if|whether|once|yet|नहीं",
);
const PROGNOSIS = words(
  '(?:only |just )?a (?:matter|question) of (?:hours|minutes|days|time|weeks)|(?:gives?|giving|gave|give) (?:out|way|up)|(?:will|is about to|are about to|going to|would|soon|shortly)(?: soon| shortly| then| eventually| never)? (?:stop|fail|cease|give|arrest|crash|slip|go|lose|end|burn|bleed|die|settle|heal|normali[sz]e|be (?:over|normal|up|walking|eating|off|dead|gone|lost|saved|cured|stable))|(?:will|would|shall) not (?:last|live|see|survive|wake|come back|hold|get better|recover|be able)|won.t (?:last|live|see|wake|hold|recover)|slipping away|days are numbered|(?:on (?:the|his|her) way out|death.s door|point of no return|last legs|final (?:hours|stage)s?)|head(?:ed|ing|s) (?:for|towards?|into) (?:an? |the )?(?:arrest|collapse|death|recovery|icu|failure|crisis|shock|trouble|disaster|home)|(?:home|discharged|better|well|up|back on (?:his|her|their) feet) (?:by|in|within|before) (?:\\w+ )?(?:tomorrow|tonight|morning|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|days?|hours?)|(?:make|makes|making) (?:a|an) (?:\\w+ )?recovery|(?:रुक|बंद|थम|फेल|ठप)(?: हो)? जा(?:एगा|एगी|एँगे|एंगे|येगा|येगी)|(?:ठीक|सामान्य|स्थिर|normal|stable) हो (?:जाएगा|जाएगी|जाएँगे|जाएंगे)|(?:is |are )?(?:going|about|expected|likely|bound|set|due) to (?:\\w+ )?(?:arrest|die|crash|collapse|deteriorate|recover|improve|worsen|survive|be fine|go home|pull through)|imminent(?:ly)?|impending|will be (?:discharged|fine|okay|well|dead|transferred|home|gone|back to normal)|prepare for the worst|(?:hopeless|futile|doomed|terminal)(?:ly)?|beyond (?:help|saving|hope)|(?:hours|days|weeks) (?:to live|left)|end of life|(?:no|little|poor|good|slim|high|low) (?:chance|odds|hope)s?|chances (?:are|of)|odds (?:are|of)|(?:full|good|quick|speedy) recovery|crashing|बचना(?: [^ ]+)? (?:मुश्किल|नामुमकिन|असंभव|कठिन)|बच (?:नहीं|पाएग|नहीं पाएग|पान[ाे]|पाएग[\\p{L}\\p{M}]*)|नहीं बच[\\p{L}\\p{M}]*|उम्मीद (?:नहीं|कम)|छुट्टी (?:मिल|हो)[\\p{L}\\p{M}]*|अंतिम (?:समय|घड़ी)|discharge हो[\\p{L}\\p{M}]*|die[sd]?|dying|deaths?|dead|fatal(?:ity)?|mortality|surviv\\w+|life[- ]threatening|prognos\\w+|life expectancy|outcome|will (?:\\w+ )?(?:deteriorate|recover|improve|worsen|arrest|collapse|happen|die|survive|need|require|be fine|get (?:better|worse))|chance of|hundred per ?cent|pull(?:s|ed|ing)? through|(?:not|won.t) make it|last the night|बचेग[\\p{L}\\p{M}]*|बचने (?:की|के)|मरेग[\\p{L}\\p{M}]*|जान (?:जा|का)[\\p{L}\\p{M}]*|सौ प्रतिशत|मर (?:जाएगा|जाएगी|रहा|रही|सकत[\\p{L}\\p{M}]*)|मृत्यु|मौत|बच (?:जाएगा|जाएगी)',
);
/** "The readings cannot say what will happen" is the opposite of a prognosis. */
const KNOWING_DENIED = words(
  "(?:cannot|can not|can't|do not|does not|nobody can|no one can|not possible to|impossible to|unable to) (?:say|tell|predict|show|know|foresee)|no (?:[\\p{L}]+ ){1,4}can (?:say|tell|show|predict|foresee)|whether",
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
      if (isNegatedBehind(text, start, end)) continue;
      found.push({ rule: 'certainty', start, end, message: 'Nothing here is certain.' });
    }
    for (const { start, end } of spansOf(text, PROGNOSIS))
      if (!has(text.slice(clauseAround(text, start).start, start), KNOWING_DENIED))
        found.push({ rule: 'certainty', start, end, message: 'A prognosis has no source in the facts.' });
    if (facts.vitals.spo2 !== 100 && facts.previous?.vitals.spo2 !== 100)
      for (const { start, end } of spansOf(text, EVERY_PERCENT))
        found.push({ rule: 'certainty', start, end, message: 'A hundred per cent is not in the facts.' });
    return found;
  },
};
