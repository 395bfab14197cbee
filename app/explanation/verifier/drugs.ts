/** Drugs, treatments and procedures: named so that an order can be told from a reading. */
import { words } from './text.ts';

/** Common names and the endings by which generic names are formed (International Nonproprietary Names stems). */
export const DRUGS = words(
  [
    'antibiotics?|antimicrobials?|antivirals?|antipyretics?|painkillers?|analgesi[ac]s?|opioids?|opiates?|diuretics?|steroids?|vasopressors?|pressors?|inotropes?|sedatives?|sedation|bronchodilators?|nebuli[sz]ers?|anticoagulants?|insulin|medications?|medicines?|drugs?|tablets?|injections?',
    'paracetamol|acetaminophen|aspirin|morphine|fentanyl|naloxone|adrenaline|epinephrine|noradrenaline|norepinephrine|dopamine|dobutamine|vasopressin|atropine|amiodarone|digoxin|adenosine|furosemide|frusemide|lasix|salbutamol|ipratropium|hydrocortisone|dexamethasone|heparin|enoxaparin|warfarin|propofol|ketamine|midazolam|potassium chloride|magnesium|calcium gluconate|tazobactam|vancomycin|gentamicin|meropenem',
    '\\w{3,}(?:cillin|mycin|micin|floxacin|cycline|penem|conazole|prazole|olol|sartan|statin|dipine|profen|caine|azepam|azolam|curium|uronium|semide|parin|solone|terol)',
    'एंटीबायोटिक(?:्स)?|दवा(?:ई|एँ|एं|ओं)?|पैरासिटामोल|इंजेक्शन|इंसुलिन|गोली|मॉर्फिन|स्टेरॉयड',
  ].join('|'),
);

/** What an order may be about besides a drug. */
export const TREATMENTS = words(
  'supplemental oxygen|oxygen therapy|high[- ]flow(?: oxygen)?|oxygen|(?<!sp )o2|fluids?|iv|intravenous|saline|crystalloids?|colloids?|blood products?|blood|plasma|drips?|infusion pumps?|ventilation|niv|cpap|bipap|mask|central line|arterial line|line|cannula|catheter|tube|chest drain|cpr|compressions|shock|dialysis|surgery|treatment|therapy|warm(?:ed|ing)? blankets?|ऑक्सीजन|तरल|फ्लूइड|सलाइन|ड्रिप|खून|रक्त चढ़ा[\\p{L}\\p{M}]*|वेंटिलेटर|कैथेटर|इलाज|उपचार',
);
