/** Drugs, treatments and procedures: named so that an order can be told from a reading. */
import { words } from './text.ts';

/** Common names and the endings by which generic names are formed (International Nonproprietary Names stems). */
export const DRUGS = words(
  [
    'antibiotics?|broad[- ]spectrum(?: cover)?|(?:antibiotic|antimicrobial|gram[- ](?:negative|positive)) cover(?:age)?|antimicrobials?|antivirals?|antipyretics?|painkillers?|analgesi[ac]s?|opioids?|opiates?|diuretics?|steroids?|vasopressors?|pressors?|inotropes?|sedatives?|sedation|bronchodilators?|nebuli[sz]ers?|anticoagulants?|insulin|medications?|medicines?|drugs?|tablets?|injections?',
    'paracetamol|acetaminophen|aspirin|morphine|fentanyl|naloxone|adrenaline|epinephrine|noradrenaline|norepinephrine|dopamine|dobutamine|vasopressin|atropine|amiodarone|digoxin|adenosine|furosemide|frusemide|lasix|salbutamol|ipratropium|hydrocortisone|dexamethasone|heparin|enoxaparin|warfarin|propofol|ketamine|midazolam|potassium chloride|magnesium|calcium gluconate|tazobactam|vancomycin|gentamicin|meropenem',
    '\\w{3,}(?:cillin|mycin|micin|floxacin|cycline|penem|conazole|prazole|olol|sartan|statin|dipine|profen|caine|azepam|azolam|curium|uronium|semide|parin|solone|terol)',
    'haloperidol|mannitol|dextrose|ors|tranexamic(?: acid)?|oxytocin|levetiracetam|flumazenil|(?:sodium )?bicarbonate|cef\\w{4,}|piperacillin|augmentin|crocin|dolo|pantop\\w*|deriphyllin|avil|pralidoxime|anti-?(?:snake )?venom|asv|nitroglycerin|glyceryl trinitrate|gtn|ntg|labetalol|clonidine|tramadol|diclofenac|ibuprofen|clopidogrel|ticagrelor|antiemetics?|anxiolytics?|antihypertensives?|antiarrhythmics?|beta[- ]?blockers?|laxatives?|antipsychotics?|antidotes?',
    '\\w{3,}(?:idol|apine|setron|gliptin|gliflozin|formin|oxacin|tidine|thiazide|phylline|stigmine|oxone|codone|morphone|oxicam|barbital|xaban|gatran|teplase|pressin|dazole|lukast|bactam|triaxone|taxime)',
    '(?:नॉर|नोर)?[ -]?ए(?:ड|पि|पी)[\\p{L}\\p{M}]*(?:लिन|लीन|फ्रिन|फ़्रिन)|[\\p{L}\\p{M}]{2,}(?:डिपिन|डिपीन|सिलिन|माइसिन|मायसिन|फ्लॉक्सासिन|प्राज़ोल|प्राजोल|ओलोल|लोलोल|सार्टन|स्टैटिन|ज़ेपाम|जेपाम|ज़ोलाम|जोलाम|फेनाक|प्रोफेन|सेमाइड|सोलोन|पेनेम|डोपामिन)|डोपामिन|डोपामीन|नैलो?क्सोन|हैलोपेरिडॉल|एट्रोपि?न|(?:नॉर)?एड्रि?[नेै]ली?न|फ्यूरोसेमाइड|लैसिक्स|सालबुटामोल|सेफ्?ट्रि?[\\p{L}\\p{M}]*|हाइड्रोकॉर्टिसोन|डेक्सामेथासोन|हेपारिन|एस्पिरिन|एमियोडैरोन|लेबेटालोल|मिडाज़ोलम|डायजे?पाम|क्रोसिन|डोलो|औषधि|एंटीबायोटिक(?:्स)?|दवा(?:ई|एँ|एं|ओं)?|पैरासिटामोल|इंजेक्शन|इंसुलिन|गोली|मॉर्फिन|स्टेरॉयड',
  ].join('|'),
);

/** What an order may be about besides a drug. */
export const TREATMENTS = words(
  'supplemental oxygen|oxygen therapy|high[- ]flow(?: oxygen)?|(?:nasal )?prongs?|nasal (?:cannulae?|specs)|venturi(?: mask)?|non-?rebreath\\w*|nrbm|hfn[co]|ns|rl|dns|ringer\\w*|hartmann\\w*|bottle|transfusion|pacing|pacemaker|द्रव|आईवी|मास्क|प्रॉन्ग[\\p{L}\\p{M}]*|बोतल|नेबुलाइज़?[\\p{L}\\p{M}]*|oxygen|(?<!sp )o2|fluids?(?! (?:loss|overload|balance|status|shifts?|chart|in the))|iv|intravenous|saline|crystalloids?|colloids?|blood products?|blood(?! (?:pressure|flow|circulation|oxygen|supply|loss|tests?|gas|gases|cultures?|sugar|vessels?|volume|counts?))|plasma|drips?|infusion pumps?|ventilation|niv|cpap|bipap|mask|central line|arterial line|line|cannula|catheter|tube|chest drain|cpr|compressions|shock(?! index)|dialysis|surgery|treatment|therapy|warm(?:ed|ing)? blankets?|बाइपैप|बाईपैप|बीपैप|सीपैप|एनआईवी|हाई[- ]फ्लो|ओ2|वेंटिलेशन|डायलिसिस|कंबल|ऑक्सीजन|तरल|फ्लूइड|सलाइन|ड्रिप|खून|रक्त चढ़ा[\\p{L}\\p{M}]*|वेंटिलेटर|कैथेटर|इलाज|उपचार',
);
