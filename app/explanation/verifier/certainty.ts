/**
 * Rule `certainty`: no certainty and no prognosis: definitely, confirmed, will die, mortality, "100 %".
 * "Cannot be confirmed" passes. Source: verification rule 7.
 */
import { isConditional, isNegatedBehind } from './context.ts';
import type { Rule, Violation } from './rule.ts';
import { isMeaningDenied, isToldUnknown } from './stance.ts';
import { clauseAround, has, type Span, spansOf, words } from './text.ts';

const CERTAIN = words(
  'definite(?:ly)?|(?:%|per ?cent|quite|very|absolutely|perfectly|completely|is|are|am) sure(?! (?:to|whether|if))|confirm (?:हो|है|हुआ|हुई)[\\p{L}\\p{M}]*|certain(?:ly|ty)?|indisputabl[ey]|undeniabl[ey]|unmistakabl[ey]|irrefutabl[ey]|categorical(?:ly)?|absolute(?:ly)?|evidently|it is (?:clear|plain|evident|obvious) that|there is no (?:other|alternative) (?:cause|explanation|reason|answer)|cannot be anything (?:else|but|other)|can only (?:be|mean)|nothing (?:else|other) (?:could|can|than)|leaves? no (?:doubt|room)|settles? (?:it|the (?:matter|question|diagnosis))|(?:एकदम|पूरी तरह|बिल्कुल) (?:तय|पक्का|साफ़|साफ|स्पष्ट|निश्चित)|साबित (?:करत|हो|कर)[\\p{L}\\p{M}]*|undoubted(?:ly)?|without (?:a |any )?doubt|no doubt|zero doubt|not a doubt|beyond (?:any )?doubt|no question|(?:beyond|without) (?:any )?question|obvious(?:ly)?|clearly (?:has|is|shows?|indicates?|work(?:ed|ing|s)|improv\\w+|help\\w*)|(?:treatment|therapy|drugs?|medicines?|fluids?|antibiotics?|dose) (?:has|have|is|are) (?:\\w+ )?(?:work(?:ed|ing)|help(?:ed|ing)|taken effect|kicked in|done (?:its|their) (?:job|work))|surely|for sure|guarantee[ds]?|proves?|proven|proof|confirm(?:s|ed)|conclusive(?:ly)?|unquestionabl[ey]|always|inevitabl[ey]|must be (?:due|caused|from|a|an|suffering)|शत-?प्रतिशत|गारंटी|कोई शक नहीं|बिना (?:किसी )?शक|तय है|(?:सौ|100) फ़ीसदी|निश्चित(?: रूप से)?|पक्का(?! (?:निर्णय|निदान|फ़ैसला|फैसला))|यकीनन|बेशक|निस्संदेह|पुष्टि (?:हुई|हो गई)',
);
const UNCERTAIN_BEFORE = words(
  "not|nothing|neither|hardly|nobody|less|far from|cannot|can't|never|nor|no|un|to be|be|until|if|whether|once|yet|नहीं",
);
const PROGNOSIS = words(
  '(?:only |just )?a (?:matter|question) of (?:hours|minutes|days|time|weeks)|(?:gives?|giving|gave|give) (?:out|way|up)|(?:will|is about to|are about to|going to|would|soon|shortly)(?: soon| shortly| then| eventually| never)? (?:stop|fail|cease|give|arrest|crash|slip|go|lose|end|burn|bleed|die|settle|heal|normali[sz]e|be (?:over|normal|up|walking|eating|off|dead|gone|lost|saved|cured|stable))|(?:will|would|shall) not (?:last|live|see|survive|wake|come back|hold|get better|recover|be able)|won.t (?:last|live|see|wake|hold|recover)|slipping away|days are numbered|(?:on (?:the|his|her) way out|death.s door|point of no return|last legs|final (?:hours|stage)s?)|head(?:ed|ing|s) (?:for|towards?|into) (?:an? |the )?(?:arrest|collapse|death|recovery|icu|failure|crisis|shock|trouble|disaster|home)|(?:home|discharged|better|well|up|back on (?:his|her|their) feet) (?:by|in|within|before) (?:\\w+ )?(?:tomorrow|tonight|morning|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|week|days?|hours?)|(?:make|makes|making) (?:a|an) (?:\\w+ )?recovery|(?:रुक|बंद|थम|फेल|ठप)(?: हो)? जा(?:एगा|एगी|एँगे|एंगे|येगा|येगी)|(?:ठीक|सामान्य|स्थिर|normal|stable) हो (?:जाएगा|जाएगी|जाएँगे|जाएंगे)|(?:is |are )?(?:going|about|expected|likely|bound|set|due) to (?:\\w+ )?(?:arrest|die|crash|collapse|deteriorate|recover|improve|worsen|survive|be fine|go home|pull through)|imminent(?:ly)?|impending|will be (?:discharged|fine|okay|well|dead|transferred|home|gone|back to normal)|prepare for the worst|(?:hopeless|futile|doomed|terminal)(?:ly)?|beyond (?:help|saving|hope)|(?:hours|days|weeks) (?:to live|left)|end of life|(?:no|little|poor|good|slim|high|low) (?:chance|odds|hope)s?|chances (?:are|of)|odds (?:are|of)|(?:full|good|quick|speedy) recovery|crashing|बचना(?: [^ ]+)? (?:मुश्किल|नामुमकिन|असंभव|कठिन)|बच (?:नहीं|पाएग|नहीं पाएग|पान[ाे]|पाएग[\\p{L}\\p{M}]*)|नहीं बच[\\p{L}\\p{M}]*|उम्मीद (?:नहीं|कम)|छुट्टी (?:मिल|हो)[\\p{L}\\p{M}]*|अंतिम (?:समय|घड़ी)|discharge हो[\\p{L}\\p{M}]*|die[sd]?|dying|deaths?|dead|fatal(?:ity)?|mortality|surviv\\w+|life[- ]threatening|prognos\\w+|life expectancy|outcome|will (?:\\w+ )?(?:deteriorate|recover|improve|worsen|arrest|collapse|happen|die|survive|need|require|be fine|get (?:better|worse))|chance of|hundred per ?cent|pull(?:s|ed|ing)? through|(?:not|won.t) make it|last the night|बचेग[\\p{L}\\p{M}]*|बचने (?:की|के)|मरेग[\\p{L}\\p{M}]*|जान (?:जा|का)[\\p{L}\\p{M}]*|सौ प्रतिशत|मर (?:जाएगा|जाएगी|रहा|रही|सकत[\\p{L}\\p{M}]*)|मृत्यु|मौत|बच (?:जाएगा|जाएगी)',
);
/** "The readings cannot say what will happen" is the opposite of a prognosis. */
const KNOWING_DENIED = words(
  "(?:cannot|can not|can't|do not|does not|nobody can|no one can|not possible to|impossible to|unable to) (?:say|tell|predict|show|know|foresee|foretell|promise|reveal|decide|determine)|no (?:[\\p{L}]+ ){1,4}can (?:say|tell|show|predict|foresee)|whether",
);
/** "No prognosis can be drawn", "the outcome cannot be predicted": the word is named to be denied. */
const FORETELLING = /^(?:prognos\p{L}+|outcome|mortality|life expectancy)$/u;
const FORETELLING_DENIED = words(
  "(?:do|does|did|can|could|may|should|must)(?: not|n't)|cannot|can't|unable to|no basis for|nothing|never|without|too (?:little|few) [\\p{L} ]{0,20}for|(?:is|are) (?:no|not)(?: an?| the)?|नहीं",
);
const FORETELLING_OPEN =
  /^(?:s|es)? (?:(?:cannot|can not|can't|could not|must not|should not) be |(?:is|are|remains?) (?:not (?:known|told|given|part|in)|unknown|open|uncertain|beyond))/u;
const NONE_TO_TELL =
  /^(?:s|es)?(?: of [\p{L} ]{1,30}?)? (?:can|could|is|are|may|should)(?: to)?(?: be)? (?:drawn|made|given|told|possible|said|read|derived|stated|inferred|available|known|offered|intended|implied)(?!\p{L})/u;
function isForetellingDenied(
  text: string,
  { start, end, text: term }: Span & { readonly text: string },
): boolean {
  if (!FORETELLING.test(term)) return false;
  const clause = clauseAround(text, start);
  const after = text.slice(end, clause.end);
  const before = text.slice(clause.start, start);
  if (FORETELLING_OPEN.test(after)) return true;
  if (/(?<!\p{L})no (?:[\p{L}]+ )?$/u.test(before)) return NONE_TO_TELL.test(after);
  // "The prognosis is not good" tells one; "the readings do not allow a prognosis" does not.
  return has(before, FORETELLING_DENIED) && !/^ (?:is|looks|seems|remains) /u.test(after);
}
const EVERY_PERCENT = /100 ?(?:%|percent|प्रतिशत)(?! (?:oxygen|o2))/gu;

/** More ways of being sure. */
const SURE = words(
  "absolutely|undeniabl[ey]|indisputabl[ey]|unmistakabl[ey]|irrefutabl[ey]|incontrovertibl[ey]|(?:only|just) one (?:explanation|cause|reason|possibility|answer)|no other (?:explanation|cause|reason|possibility|answer)|(?:cannot|can't|could not|couldn't) be (?:anything|nothing) (?:else|but)|can only (?:be|mean|come|point)|has to be|have to be|must (?:be|have|mean) (?!checked|measured|reviewed|repeated|assessed|seen|told|called|informed|recorded|read|looked|counted|compared|monitored|watched|treated|done|made|given|followed|judged|confirmed|complete|taken|in place|at least|repeat)|nothing else (?:could|can|explains|would)|evident(?:ly)?|plainly|patently|manifestly|decidedly|positively|categorical(?:ly)?|clear[- ]cut|clear case|(?:text ?book|classic(?:al)?) (?:\\p{L}+ )?(?:case|picture|presentation|sign|example|of|for)|pathognomonic|bound to|safe bet|leaves no|speaks for itself|(?:sure|tell-?tale|unfailing|certain) sign|hallmark|settle[sd]? (?:it|the (?:matter|question|diagnosis))|it is (?:known|established|settled|clear|plain|evident|obvious) that|without question|without fail|make no mistake|rest assured|mark my words|we know that|indubitabl[ey]|demonstrabl[ey]|it follows that he|infallibl[ey]|beyond (?:dispute|question|argument)|every time|invariabl[ey]|साफ़ है कि|साफ है कि|स्पष्ट है कि|ज़ाहिर है|जाहिर है|यक़ीन[\\p{L}\\p{M}]*|यकीन[\\p{L}\\p{M}]*|पक्की बात|दावे (?:के साथ|से)|(?:सिद्ध|साबित|प्रमाणित) (?:हो|कर|है)[\\p{L}\\p{M}]*|ज़रूर ही|अवश्य ही|निश्चय ही|निश्चित (?:ही|तौर)|शर्तिया|सौ फ़?ीसदी|इसमें (?:कोई )?(?:शक|संदेह) नहीं|कोई (?:शक|संदेह) नहीं|ही हो सकत[ाीे] है",
);
/** The future of a patient or a vital is nobody's to tell; what clinicians and checks do next is. */
const FUTURE = words(
  "(?:will|shall|won't|is going to|are going to|[\\p{L}]+'ll)(?! (?:be (?:told|asked|informed|measured|repeated|checked|recorded|reviewed|called)|help|show|tell|decide|judge|review|assess|advise))|(?:would|could|may|might|can) (?:soon|shortly|eventually|ultimately|before long|within (?:hours|minutes|days|the (?:hour|day))) [\\p{L}]+",
);
const FUTURE_HINDI = /[\p{L}\p{M}]*(?:ेग[ाी]|ेंग[ेी]|एग[ाी]|एंगे|एँगे|ोग[ाी]|ओगे)(?![\p{L}\p{M}])/gu;
const FUTURE_DEVANAGARI = new RegExp(FUTURE_HINDI.source.normalize('NFKC'), 'gu');
/** Whoever acts next, and what a check shows. */
const ACTS_NEXT = words(
  'clinicians?|doctors?|physicians?|nurses?|teams?|staff|registrar|consultant|specialist|someone|chart|score|policy|repeat\\w*|recheck\\w*|measur\\w+|check\\w*|review|assessment|reading again|second reading|next (?:reading|set)|what|which|whether|how|who|when|डॉक्टर|चिकित्सक|नर्स|टीम|स्टाफ़?|doctor|clinician|nurse|team|क्या|कौन|कैसे|कब|दोबारा|जाँच|जांच|माप|मापन[ाे]|समीक्षा|review|check|repeat',
);
const FUTURE_ALLOWED_HINDI =
  /(?:(?:न[ाीे]|उचित|ठीक|बेहतर|अच्छ[ाी]|सही|ज़रूरी|उपयोगी) (?:ही |नहीं )?हो[\p{L}\p{M}]*|(?:पता|मदद|सहायता|जानकारी|तय|निर्णय|फ़ैसला|स्पष्ट)(?: [\p{L}\p{M}]+)? [\p{L}\p{M}]*)$/u;
const DOOMED = words(
  "(?:only |just |merely )?a (?:matter|question) of (?:time|hours|minutes|days|moments)|(?:gives?|giving|gave) (?:out|up(?! on checking))|running out|out of time|borrowed time|last legs|touch and go|numbered|death'?s door|not (?:have )?long(?! (?:ago|enough))|slipping away|fading|downhill|downward spiral|death spiral|point of no return|no way (?:back|out)|past (?:saving|help|hope)|turn for the|full recovery|on the way out|heading (?:for|towards?|into)|on course (?:for|to)|on track (?:for|to)|destined|doom\\w*|sealed|bleak|grim|outlook|prospects?|promising|likelihood of (?:death|dying|recovery|survival|arrest|deterioration|improvement|collapse)|risk of (?:death|dying|arrest)|odds|tonight'?s|see(?:ing)? (?:out )?the (?:night|morning|day|week)|pass away|passing away|expire[ds]?|perish\\w*|succumb\\w*|come (?:round|through|out of)|bounce back|back on (?:his|her|their) feet|walk out|turn (?:a|the) corner|get over (?:it|this)|never (?:wake|recover|leave)|beyond (?:repair|rescue|recovery|recall)|(?:heart|breathing|pulse|lungs|kidneys|organs|he|she|patient|body|pressure) (?:is|are) (?:about to|going to|failing|shutting|stopping|giving|on the (?:verge|brink|edge|point))|(?:on the )?(?:verge|brink) of|shut(?:s|ting)? down|(?:the )?end is|soon (?:be|stop|fail|crash|die|collapse|arrest|normal|better|well|fine|worse)|by (?:tonight|tomorrow|morning|the (?:evening|morning|end))|in the (?:coming|next few) (?:hours|days|minutes)|within (?:hours|days|a few \\p{L}+)|recover(?:y|s|ing)? (?:soon|fully|completely|is|within)|आख़िरी|आखिरी|अंतिम|गिनती के|हाथ से निकल|बच(?:ना|ने|त[ाीे]|े|ें|ेगा|ेगी|ाना|ाया)|दम तोड़[\\p{L}\\p{M}]*|जान (?:को|ख़तरे|खतरे|चली|निकल)|प्राण|चल बस[\\p{L}\\p{M}]*|गुज़र (?:जा|ग)[\\p{L}\\p{M}]*|(?:ठीक|चंगा|स्वस्थ|अच्छा|अच्छी) हो(?:कर| जा)[\\p{L}\\p{M}]*|घर जा (?:सक|पा)[\\p{L}\\p{M}]*|रुक जा[\\p{L}\\p{M}]*|बंद हो (?:जा|सक|रह)[\\p{L}\\p{M}]*|फेल हो[\\p{L}\\p{M}]*",
);

/** Spans that tell the future of the patient. */
function foretold(text: string): Span[] {
  const told = (pattern: RegExp) =>
    spansOf(text, pattern).filter(({ start }) => {
      const clause = clauseAround(text, start);
      const before = text.slice(clause.start, start);
      return (
        !has(before, ACTS_NEXT) &&
        !has(text.slice(clause.start, clause.end), KNOWING_DENIED) &&
        !isConditional(text, start)
      );
    });
  return [
    ...told(FUTURE),
    ...told(FUTURE_DEVANAGARI).filter(
      ({ start, end }) => !FUTURE_ALLOWED.test(text.slice(clauseAround(text, start).start, end)),
    ),
    ...spansOf(text, DOOMED).filter(
      ({ start, end }) =>
        !isConditional(text, start) &&
        !isNegatedBehind(text, start, end) &&
        !has(text.slice(clauseAround(text, start).start, start), KNOWING_DENIED),
    ),
  ];
}
const FUTURE_ALLOWED = new RegExp(FUTURE_ALLOWED_HINDI.source.normalize('NFKC'), 'u');

export const certaintyRule: Rule = {
  name: 'certainty',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const { start, end } of [...spansOf(text, CERTAIN), ...spansOf(text, SURE)]) {
      const clause = clauseAround(text, start);
      if (has(text.slice(clause.start, start).split(' ').slice(-4).join(' '), UNCERTAIN_BEFORE)) continue;
      if (isNegatedBehind(text, start, end) || isToldUnknown(text, start)) continue;
      if (
        isMeaningDenied(text, { start }) ||
        /^ (?:nothing|no|neither|nobody)(?!\p{L})/u.test(text.slice(end))
      )
        continue;
      if (/(?:न तो|न|neither) $/u.test(text.slice(0, start))) continue;
      if (/^ (?:considered|thought of|looked for|asked about|kept in mind)/u.test(text.slice(end))) continue;
      found.push({ rule: 'certainty', start, end, message: 'Nothing here is certain.' });
    }
    for (const { start, end } of foretold(text))
      found.push({ rule: 'certainty', start, end, message: 'What will happen has no source in the facts.' });
    for (const { start, end, text: term } of spansOf(text, PROGNOSIS))
      if (
        !isForetellingDenied(text, { start, end, text: term }) &&
        !isToldUnknown(text, start) &&
        !isMeaningDenied(text, { start }) &&
        !/(?<!\p{L})(?:not|nothing(?: of)?|never) (?:how|when|whether|what|if|who)(?: \p{L}+){0,4} $/u.test(
          text.slice(0, start),
        ) &&
        !has(text.slice(clauseAround(text, start).start, start), KNOWING_DENIED)
      )
        found.push({ rule: 'certainty', start, end, message: 'A prognosis has no source in the facts.' });
    if (facts.vitals.spo2 !== 100 && facts.previous?.vitals.spo2 !== 100)
      for (const { start, end } of spansOf(text, EVERY_PERCENT))
        found.push({ rule: 'certainty', start, end, message: 'A hundred per cent is not in the facts.' });
    return found;
  },
};
