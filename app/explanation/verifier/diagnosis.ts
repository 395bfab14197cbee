/**
 * Rule `diagnosis`: a disease may be named as a possibility, never as a fact and never as excluded. Fever,
 * tachycardia and hypoxaemia describe readings and are the direction rule's. Source: verification rule 4.
 */
import type { Rule, Violation } from './rule.ts';
import { clauseAround, has, sentenceAround, spansOf, words } from './text.ts';

export const DISEASES = words(
  [
    'sepsis|septic(?:a?emia)?|septic shock|infections?|infected|pneumonia|bronchitis|uti|urosepsis|meningitis|peritonitis|abscess|cellulitis|covid(?:-19)?|influenza|flu|malaria|dengue|tuberculosis|tb|virus|viral|bacteri\\w+',
    'ha?emorrhag\\w+|internal bleeding|blood loss|stroke|heart (?:attack|failure|disease|block)|cardiac (?:arrest|failure|tamponade)|myocardial infarction|infarct\\w*|mi|acs|angina|pulmonary (?:embolism|o?edema)|embol\\w+|thrombos\\w+|dvt|cardiogenic|hypovol(?:a?emia|a?emic)|anaphyla\\w+|(?:circulatory )?shock(?! index)',
    'respiratory (?:failure|distress|arrest|depression)|copd|asthma|ards|pneumothorax|lung disease|organ (?:failure|dysfunction)|(?:kidney|renal|liver|hepatic) (?:failure|injury|disease)|aki|ketoacidosis|dka|overdose|poison\\w*|withdrawal|dehydrat\\w*|cancer|tumou?r|dementia|epilepsy|syndrome|disease|disorder',
    'सेप्सिस|निमोनिया|इन्फेक्शन|इंफेक्शन|न्यूमोनिया|संक्रमण|दिल का दौरा|हार्ट अटैक|स्ट्रोक|रक्तस्राव|अस्थमा|दमा|टीबी|मलेरिया|डेंगू|कैंसर|रोग|(?<!तीव्र )बीमारी|शॉक(?! इंडेक्स)',
  ].join('|'),
);

/** A hedge before the disease, in its clause. */
const HEDGE_BEFORE = words(
  'may|might|could|possibl[ey]|possibility of|perhaps|suggest(?:s|ive)? (?:a |of |the )?possib\\w+|suggest(?:s|ive)?|consider(?:ing|ation)?|think of|thinking of|concern(?:s|ed)? (?:for|about|of)|risk of|at risk|suspicion of|suspect(?:ed)?|screen(?:ing)? for|such as|for example|does not (?:necessarily )?mean|do not (?:necessarily )?mean|not necessarily|whether|if|cannot (?:be )?(?:confirm|exclude|tell|rule out)\\w*|can not (?:confirm|exclude|tell)|ask about|look for|signs? of|संभव|संभावित|शायद|हो सकता|आशंका|संदेह|क्या|(?:मतलब|अर्थ) (?:यह |ये |ऐसा )?(?:बिल्कुल )?नहीं(?: है)?|कहना (?:संभव |मुमकिन )?नहीं|(?:पक्का|तय|साबित|स्पष्ट|confirm(?:ed)?|पता|मालूम|कहा|कह)(?: [^ ]+)? नहीं|नहीं (?:कहा|कह|बता|पता|मालूम)[\\p{L}\\p{M}]*',
);
const HEDGE_AFTER = words(
  'cannot be (?:confirmed|excluded|ruled out|diagnosed|told)|can not be (?:confirmed|excluded)|(?:is|are|remains?) (?:only )?(?:one )?(?:possible|possibility|a possibility|not confirmed|unconfirmed|uncertain)|(?:should|could|may|might) be considered|(?<!नहीं )हो सकत(?:ा|ी|े)|(?<!नहीं )संभव|की (?:आशंका|संभावना)|का संदेह|की पुष्टि नहीं|(?:confirm(?:ed)?|पक्का|साबित|तय|निश्चित|कहा|कह|बताया|पता|मालूम|diagnose)(?: [^ ]+)? नहीं|नहीं (?:कहा|कह|बताया|बता|confirm(?:ed)?) (?:जा )?(?:हो )?सक[\\p{L}\\p{M}]*|है या नहीं',
);
const EXCLUDED = words('no|without|not|ruled out|free of|excludes?|नहीं है|बिना');
const MEANING_DENIED = words(
  '(?:मतलब|अर्थ) (?:यह |ये |ऐसा )?(?:बिल्कुल )?नहीं(?: है)?|कह(?:ना|ा) (?:संभव |जा सकता )?नहीं|(?:does|do|did) not (?:necessarily )?mean|not necessarily|cannot|can not|not (?:been )?confirmed',
);
const DIAGNOSE = words(
  'diagnos(?:e|es|ed|ing)(?! by| whether)|diagnosis (?:is|of)|the diagnosis|निदान(?: है| करें)?',
);
/** "this septic patient", "a septic patient": hedges elsewhere do not change what the patient is called. */
const CALLED =
  /(?:this|the|our|a|an|these) (?:septic|infected|asthmatic|diabetic|copd|shocked|pneumonia|sepsis) (?:patient|man|woman|lady|gentleman|person)/gu;

export const diagnosisRule: Rule = {
  name: 'diagnosis',
  check({ checked }) {
    const { text } = checked;
    const found: Violation[] = [];
    const add = (start: number, end: number, message: string) =>
      found.push({ rule: 'diagnosis', start, end, message });
    for (const { start, end } of spansOf(text, CALLED))
      add(start, end, 'The patient is called by a disease.');
    for (const { start, end } of spansOf(text, DIAGNOSE)) {
      const clause = clauseAround(text, start);
      if (
        !has(
          text.slice(clause.start, start),
          words('not|no|cannot|never|without|only a|clinician|clinicians|doctor|doctors|team'),
        )
      )
        add(start, end, 'A diagnosis is made or asked for.');
    }
    for (const { start, end } of spansOf(text, DISEASES)) {
      const clause = clauseAround(text, start);
      const sentence = sentenceAround(text, start);
      // A hedge reaches over "and" and commas ("may suggest infection or blood loss, or …"), not over "but".
      const boundary = Math.max(
        sentence.start,
        text.lastIndexOf(' but ', start),
        text.lastIndexOf('लेकिन', start),
      );
      const before = text.slice(Math.max(boundary, 0), start);
      const close = text.slice(clause.start, start).split(' ').slice(-4).join(' ');
      const after = text.slice(end, clause.end);
      const denied = has(before, MEANING_DENIED) || has(after, HEDGE_AFTER);
      if (has(close, EXCLUDED) && !denied) add(start, end, 'A disease is excluded as a fact.');
      else if (has(after, words('ruled out|excluded|नहीं(?: है|$)|नहीं (?:हो सक|लग)[\\p{L}\\p{M}]*')) && !denied)
        add(start, end, 'A disease is excluded as a fact.');
      else if (!has(before, HEDGE_BEFORE) && !has(after, HEDGE_AFTER))
        add(start, end, 'A disease is named as a fact.');
    }
    return found;
  },
};
