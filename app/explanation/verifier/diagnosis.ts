/**
 * Rule `diagnosis`: a disease may be named as a possibility, never as a fact and never as excluded. Fever,
 * tachycardia and hypoxaemia describe readings and are the direction rule's. Source: verification rule 4.
 */
import { unlicensedCauses } from './cause.ts';
import { isConditionalBehind } from './context.ts';
import { isNoneRecorded } from './none-recorded.ts';
import type { Rule, Violation } from './rule.ts';
import { isAskedFor, isHeldPossible, isToldUnknown } from './stance.ts';
import { clauseAround, has, sentenceAround, spansOf, words } from './text.ts';

export const DISEASES = words(
  [
    'sepsis|septic(?:a?emia)?|septic shock|infections?|infected|pneumonia|bronchitis|uti|urosepsis|meningitis|peritonitis|abscess|cellulitis|covid(?:-19)?|influenza|flu|malaria|dengue|tuberculosis|tb|virus|viral|bacteri\\w+',
    'ha?emorrhag\\w+|internal bleeding|blood loss|stroke|heart (?:attack|failure|disease|block)|cardiac (?:arrest|failure|tamponade)|myocardial infarction|infarct\\w*|mi|acs|angina|pulmonary (?:embolism|o?edema)|embol\\w+|thrombos\\w+|dvt|cardiogenic|hypovol(?:a?emia|a?emic)|anaphyla\\w+|(?:circulatory )?shock(?! index)',
    'narcosis|(?!(?:diagn|progn|cyan|acid|alkal|hypn)osis)\\w{3,}osis|\\w{3,}itis|\\w+opath(?:y|ies)|\\w*thyroid\\w*|myxo?edema|thyro(?:id storm|toxic\\w*)|(?:hemi|para|quadri|tetra)?plegi[ac]|(?:hemi)?paresis|paralys(?:is|ed)|addison\\w*|adrenal (?:crisis|insufficiency|failure)|ph(?:a)?eochromocytoma|tamponade|(?:atrial|ventricular) (?:fibrillation|flutter|tachycardia)|af|svt|vt|vf|sick sinus|cushing\\w*|raised (?:intracranial|icp)\\w*|vasovagal|syncope|concussion|(?:head|spinal|brain) injury|heat ?stroke|heat exhaustion|\\w*leptospir\\w*|typhoid|typhus|chikungunya|snake ?bite|envenom\\w*|organophosph\\w*|intoxicat\\w*|(?:opioid |drug )?toxicity|perforat\\w*|(?:bowel|airway) obstruction|ileus|ischa?emi[ac]|gangrene|rupture[ds]?|dissection|aneurysm|panic (?:attack|disorder)|psychosis|(?:hypo|hyper)(?:glyc|kal|natr|calc|vol)a?emi[ac]|ura?emi[ac]|leuka?emi[ac]|(?:pre-?)?eclampsia|internal bleed\\w*|gi bleed\\w*|bleed(?:ing)? (?:out|inside|internally)|croup|effusion|collapsed lung|aspiration|fluid overload|volume (?:depletion|overload)|serotonin|neuroleptic|(?:drug|allergic) reaction|contusion|fractures?',
    '(?:kidneys?|lungs?|heart|liver|organs?) (?:is |are |has |have )?(?:failing|failed|damage|strain|trouble|problem)|fill(?:s|ed|ing)? (?:up )?with (?:fluid|water|blood|pus|mucus)|inflam\\w+|bronchospasm|exacerbation|germs?|under-?filled|over-?filled|volume[- ]deplet\\w+|retain(?:s|er|ing)? (?:co2|carbon dioxide)|(?:co2|carbon dioxide) retainer|ब्लॉक|वायरल|microb\\w+|fung(?:al|us|i)|parasit\\w+|scorpion\\w*|snake\\w*|venom\\w*|ha?ematoma|coagulopath\\w*|gastroenter\\w*|cholera|tetanus|hiv|ccf|chf|lvf|ihd|ckd|cva|tia|sirs|mods|decompensat\\w*|malignan\\w*|metasta\\w*|bacter(?:a?emia|ial)|crisis|(?:blood |a )?clots?(?:ted|ting)?|(?:fluid|water|blood|air|pus) (?:in|on|around|inside) (?:the |his |her |their )?(?:lungs?|heart|chest|brain|belly|abdomen)|(?:heart|lungs?|kidneys?|liver|brain|bowel|gut|organs?|circulation|pump) (?:(?:is|are|has|have) )?(?:failing|failed|shutting down|giving up|damage[d]?|trouble|problems?|disease|condition|swelling|haemorrhage|tumou?r)|failing (?:heart|lungs?|kidneys?|liver|organs?)|(?:blocked|narrowed|torn|burst) (?:airway|artery|vessel|lung|bowel|tube)|(?:blood|chest|wound|urine|urinary|line|bladder|kidney|lung|skin|throat|brain) (?:infection|poisoning)|germs?|post-?ictal|convuls\\w+|relaps\\w+|metasta\\w+|malignan\\w+|autoimmune|खून (?:बह|निकल|रिस)[\\p{L}\\p{M}]*|superbug|internal injur\\w*|(?:heart|cardiac) (?:arrhythmia|tamponade|event|problem)|(?:high|low) (?:sugar|potassium|sodium) (?:state|crisis)|hypertensive (?:crisis|emergency)|thyroid storm|alcohol withdrawal|seizure disorder|(?:खून|रक्त) का थक्का|थक्का|(?:सीने|छाती|पेट|फेफड़[\\p{L}\\p{M}]*) (?:का|में|की) (?:संक्रमण|infection|इन्फेक्शन|पानी|सूजन)|(?:दिल|हृदय|heart) (?:की|का) (?:बीमारी|दौरा|failure|फेल)|ब्लड क्लॉट|क्लॉट|respiratory (?:failure|distress|arrest|depression)|copd|asthma|ards|pneumothorax|lung disease|organ (?:failure|dysfunction)|(?:kidney|renal|liver|hepatic) (?:failure|injury|disease)|aki|ketoacidosis|dka|overdose|poison\\w*|withdrawal|dehydrat\\w*|cancer|tumou?r|dementia|epilepsy|syndrome|disease|disorder',
    'सेप्सिस|निमोनिया|इन्फेक्शन|इंफेक्शन|न्यूमोनिया|संक्रमण|दिल का दौरा|हार्ट अटैक|स्ट्रोक|रक्तस्राव|अस्थमा|दमा|टीबी|मलेरिया|डेंगू|कैंसर|पक्षाघात|लकवा|मस्तिष्काघात|हृदय(?:ाघात| विफलता| रोग)|(?:किडनी|गुर्द[ाे]|लिवर|जिगर) (?:फेल|खराब|विफल)[\\p{L}\\p{M}]*|पीलिया|टा[यइ]?फ[ाॉ]इड|टाइफॉयड|चिकनगुनिया|(?:एट्रियल )?फिब्रिलेशन|अतालता|(?:हाइपो|हाइपर)?थायराय?ॉ?[इि]?ड[\\p{L}\\p{M}]*|डायबिटीज़?|निर्जलीकरण|डिहाइड्रेशन|विषाक्त[\\p{L}\\p{M}]*|ज़हर|ओवरडोज़?|साँप के काट[\\p{L}\\p{M}]*|हीट ?स्ट्रोक|लू लग[\\p{L}\\p{M}]*|एनीमिया|खून की कमी|रक्ताल्पता|(?:फेफड़ों|फेफड़े) में पानी|एम्बोलि[\\p{L}\\p{M}]*|मेनिन्जाइटिस|दिमागी बुखार|न्यूमोथोरैक्स|सीओपीडी|हेमरेज|हैमरेज|ब्लीडिंग|(?:अंदरूनी|आंतरिक) (?:रक्तस्राव|खून)[\\p{L}\\p{M}]*|मिर्गी|सेप्टिक|आघात|(?<!मरीज़ |रोगी )रोग|(?<!तीव्र )बीमारी|शॉक(?! इंडेक्स)|(?:खून|ख़ून|रक्त)(?: का)? थक्क[ाेों]*|थक्क[ाेों]*|रुकावट|(?:फेल|फ़ेल|विफल)(?: हो)?|गाँठ|गांठ|अल्सर|पथरी|बैक्टीरिया[\\p{L}\\p{M}]*|जीवाणु|विषाणु|कीटाणु|वायर[लस]|फंगल|फफूंद|फ़?्लू|जुकाम|हैज़?ा|टिटनेस|एड्स|रिएक्शन|अटैक|एनाफाइ?लैक्सिस|एनाफ़िलेक्सिस|साँप|सांप|बिच्छू|ज़?हरीला|दिमाग़?ी? (?:चोट|सूजन)|(?:फेफड़|दिल|किडनी|लिवर|गुर्द)[\\p{L}\\p{M}]* (?:में|की|का) (?:पानी|सूजन|खराबी|ख़राबी|समस्या|बीमारी|चोट)|दस्त|हर्निया|ट्यूमर|(?:अंदर|भीतर) (?:खून|ख़ून)[\\p{L}\\p{M} ]*|सेप्टिसीमिया|सेप्टिक|टॉक्सिक|विषैल[ाी]',
  ].join('|'),
);

/** A hedge before the disease, in its clause. */
const HEDGE_BEFORE = words(
  "may|might|could|possibl[ey]|possibility of|perhaps|suggest(?:s|ive)? (?:a |of |the )?possib\\w+|suggest(?:s|ive)?|consider(?:ing|ation)?|(?:think|thinking|thought) (?:of|about)|question of|concern(?:s|ed)? (?:for|about|of)|risk of|at risk|suspicion of|suspect(?:ed)?|screen(?:ing)? for|such as|for example|(?:does|do|did|need|would)(?: not|n't) (?:necessarily |by (?:itself|themselves) |on (?:its|their) own |alone |yet |in itself )?(?:mean|diagnose|prove|tell|show|say|establish|confirm|identify|make|amount to|equal|point to|reveal|indicate|imply|name|settle|decide)|not (?:a |the )?(?:diagnosis|proof|evidence|sign) of|no proof of|not the same as|no diagnosis|may not be|not necessarily|potential(?:ly)?|conceivabl[ey]|can (?:be|have|come|arise|stem|result|also|mean|indicate|signal|point|happen|occur|accompany|follow|go with|be seen)|among (?:the )?(?:possible|several|many|other)|one of (?:the |several |many )?(?:possible |many |several )?(?:causes|reasons|explanations|things)|likelihood of|chance of|worr(?:y|ied|ies) about|thought (?:of|to)|seen (?:in|with)|occurs? (?:in|with)|causes? (?:include|range|such)|include|differential|tested for|evaluate for|assess(?:ed)? for|at risk of|no diagnosis|may not be|whether|if|cannot (?:be )?(?:confirm|exclude|tell|rule out)\\w*|can not (?:confirm|exclude|tell)|ask about|look for|signs? of|संभव|संभावित|शायद|सकत[ाीे]|आशंका|संदेह|क्या|(?:मतलब|अर्थ) (?:यह |ये |ऐसा )?(?:बिल्कुल )?नहीं(?: है)?|कहना (?:संभव |मुमकिन )?नहीं|(?:पक्का|तय|साबित|स्पष्ट|confirm(?:ed)?|पता|मालूम|कहा|कह)(?: [^ ]+)? नहीं|नहीं (?:कहा|कह|बता|पता|मालूम)[\\p{L}\\p{M}]*",
);
const HEDGE_AFTER = words(
  '(?:may|might|could) (?:well |also |still )?(?:be (?:present|there|behind|at work|the (?:cause|reason)|a (?:cause|reason|factor)|responsible|developing|starting|involved|playing|part of)|lie behind|explain|account for|play a (?:part|role)|underlie|have (?:caused|led)|sit behind)|cannot be (?:confirmed|excluded|ruled out|diagnosed|told)|can not be (?:confirmed|excluded)|(?:is|are|remains?) (?:only )?(?:one |another |a )?(?:possible|possibility|another|a possibility|not confirmed|unconfirmed|uncertain)|(?:should|could|may|might|can|has to|needs to) be (?:considered|thought of|kept in mind|weighed|looked for|one|among)|among (?:them|these|others|many|several|the)|(?:is|are) (?:only )?(?:one of|among)|(?:clinicians?|doctors?|team) (?:may|might|could|should|can|will) (?:\\p{L}+ )?(?:consider|think|exclude|look|weigh|judge|decide)|(?:is|are) (?:a |one )?(?:consideration|thought|worry|concern|question)|not (?:shown|told|proved|proven|established|certain|known|clear|confirmed)|needs? (?:to be )?(?:confirm|exclu|test|a clinician)\\p{L}*|suspect(?:ed)? (?:हो|होने)|(?<!नहीं )हो (?:भी )?सकत(?:ा|ी|े)|(?<!नहीं )संभव|(?:is|are|was|were) (?:only )?suspected|can neither be|(?:has|have|is|was) not (?:yet )?(?:been )?(?:confirmed|shown|proven|proved|established|tested|looked for)|can (?:show|look|cause|give|produce|lead|bring|make|raise|lower)|(?:has|have|needs?|ought|must) (?:to )?be (?:considered|thought of|asked about|looked for|kept in mind)|(?:is|are) (?:among|one of) (?:the |several |many )?(?:possible|possibilities|causes|explanations|things)|(?:is|are)? ?possible|(?:is|are) worth (?:considering|thinking|asking)|न तो (?:सिद्ध|साबित)|नकार[ाे] (?:नहीं )?जा|can(?:not| not) (?:\\w+ ){0,3}(?:shown?|said|told|excluded|confirmed|ruled out|known)|के बारे में (?:सोच|विचार|पूछ|बात)[\\p{L}\\p{M}]*|suspect (?:हो|है|हुआ|कर)[\\p{L}\\p{M}]*|(?:का|की) (?:suspicion|possibility|risk|ख़तरा|खतरा|डर)|जैसे कारण|का शक|की (?:आशंका|संभावना)|का संदेह|की पुष्टि नहीं|(?:confirm(?:ed)?|पक्का|साबित|तय|निश्चित|कहा|कह|बताया|पता|मालूम|diagnose)(?: [^ ]+)? नहीं|नहीं (?:कहा|कह|बताया|बता|confirm(?:ed)?) (?:जा )?(?:हो )?सक[\\p{L}\\p{M}]*|है या नहीं',
);
const EXCLUDED = words('no|without|not|rul(?:ed|es) out|free of|excludes?|नहीं है|बिना');
const MEANING_DENIED = words(
  "(?:मतलब|अर्थ) (?:यह |ये |ऐसा )?(?:बिल्कुल )?नहीं(?: है)?|कह(?:ना|ा) (?:संभव |जा सकता )?नहीं|(?:does|do|did|need|would)(?: not|n't) (?:necessarily |by (?:itself|themselves) |on (?:its|their) own |alone |yet |in itself )?(?:mean|diagnose|prove|tell|show|say|establish|confirm|identify|make (?:it|this)|amount to|equal|point to|reveal|indicate|imply|name|settle|decide)|न तो|no diagnosis|not necessarily|cannot|can't|can not|could not|not (?:been )?confirmed|not (?:a |the )?(?:diagnosis|proof|evidence|sign) of|no proof of|(?:rather than|not the same as|short of)",
);
/** "When sepsis is suspected": a condition reaches no further than its own clause. */
const WHEN = words('when|where|once|whenever|जब');
/** A possibility that is closed is a disease excluded, however it is said. */
const CLOSED = words(
  '(?:संभावना|आशंका|शक|संदेह|possibility|suspicion)(?: [^ ]+){0,2}? (?:खारिज(?! नहीं)|ख़त्म|समाप्त|नहीं(?: है|$)|excluded|dismissed|ruled out|closed|zero)|off the table',
);
const DIAGNOSE = words(
  'diagnos(?:e|es|ed|ing)(?! by| whether)|diagnosis (?:is|of)|the diagnosis|निदान(?: है| करें)?',
);
/** "this septic patient", "a septic patient": hedges elsewhere do not change what the patient is called. */
const CALLED =
  /(?:this|the|our|a|an|these) (?:septic|infected|asthmatic|diabetic|copd|shocked|pneumonia|sepsis) (?:patient|man|woman|lady|gentleman|person)/gu;

/** Whether something is told as a possibility: a hedge before it in its sentence, or behind it in its clause. */
export function isHedged(text: string, start: number): boolean {
  const sentence = sentenceAround(text, start);
  const clause = clauseAround(text, start);
  return (
    has(text.slice(sentence.start, start), HEDGE_BEFORE) || has(text.slice(start, clause.end), HEDGE_AFTER)
  );
}

/** "Neither confirm nor exclude sepsis". */
const NEITHER_WAY = words(
  "(?:neither|not|cannot|can't|nor) (?:\\p{L}+ )?(?:confirm|prove|show|establish|make|support|mean|diagnose|suggest|rule in|include)\\p{L}*(?: \\p{L}+)? (?:n?or) (?:\\p{L}+ )?(?:exclude|rule out|disprove|refute|deny|dismiss)\\p{L}*|neither (?:exclude|rule out|confirm)\\p{L}*",
);

/** "The source of the sepsis is unclear": that there is one is told. */
const PRESUPPOSED = /(?<!\p{L})(?:the|this|his|her|their) (?:\p{L}+ )?$/u;

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
        !has(text.slice(end, clause.end), words('नहीं')) &&
        !has(
          text.slice(clause.start, start),
          words(
            'not|no|cannot|never|without|only a|neither|nor|nothing|clinician|clinicians|doctor|doctors|team|rather than|instead of',
          ),
        ) &&
        !/^(?:[^.;।]{0,12}?)(?:नहीं|is for|rests with|belongs to|remains)(?![\p{L}\p{M}])/u.test(
          text.slice(end),
        ) &&
        !/^ (?:तो )?(?:डॉक्टर|चिकित्सक|टीम)(?![\p{L}\p{M}])/u.test(text.slice(end)) &&
        !/^ (?:is|remains) (?:\p{L}+ ){0,3}(?:clinician|doctor|team)/u.test(text.slice(end)) &&
        !/(?:चिकित्सक|डॉक्टर|टीम|doctor)(?: [\p{L}\p{M}]+)? $/u.test(text.slice(clause.start, start))
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
      const denied = has(before, MEANING_DENIED) || has(before, NEITHER_WAY) || has(after, HEDGE_AFTER);
      if (isNoneRecorded(text, start)) continue;
      if (has(after, CLOSED)) add(start, end, 'A disease is excluded as a fact.');
      else if (has(close, EXCLUDED) && !denied) add(start, end, 'A disease is excluded as a fact.');
      else if (has(after, words('ruled out|excluded|नहीं(?: है|$)|नहीं (?:हो सक|लग)[\\p{L}\\p{M}]*')) && !denied)
        add(start, end, 'A disease is excluded as a fact.');
      else if (
        !has(before, HEDGE_BEFORE) &&
        !has(after, HEDGE_AFTER) &&
        !/^ (?:क्या|कौन)(?![\p{L}\p{M}])/u.test(text.slice(end)) &&
        !isConditionalBehind(text, start) &&
        !isHeldPossible(text, start) &&
        !has(before, NEITHER_WAY) &&
        !(isToldUnknown(text, start) && !PRESUPPOSED.test(text.slice(0, start))) &&
        !isAskedFor(text, start) &&
        !has(text.slice(clause.start, start), WHEN)
      )
        add(start, end, 'A disease is named as a fact.');
    }
    for (const { start, end } of unlicensedCauses(text)) add(start, end, 'A cause that nothing licenses.');
    return found;
  },
};
