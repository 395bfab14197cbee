/**
 * Where somebody is or lives: addresses, PIN codes, towns, hospitals, and wards, rooms and beds with their number.
 * Sources: HIPAA Safe Harbor (45 CFR 164.514: every place smaller than a state), India Post (PIN: six digits, not from 0).
 */
import { foldForIdentifiers } from '../fold.ts';
import { isKnownWord } from '../names/known-words.ts';
import { type IdentifierSpan, type Recogniser, spansOfPattern } from '../span.ts';
import { joinedAddresses } from './address-chain.ts';
import { HOSPITAL_CHAINS, SMALL_TOWNS, TOWNS } from './place-names.ts';
import { wards } from './wards.ts';

const folded = (text: string): string => foldForIdentifiers(text).text;
const END = '(?![\\p{L}\\p{M}])';

const CAPITAL = String.raw`\p{Lu}[\p{L}\p{M}'.&-]*`;
const HOSPITAL_WORD =
  'Hospitals?|HOSPITALS?|Medical College(?: (?:and|&) Hospital)?|Medical Cent(?:re|er)|Nursing Home|NURSING HOME|Clinics?|Polyclinic|Healthcare|Health Cent(?:re|er)|Institute(?: of [\\p{Lu}][\\p{L}]+(?: (?:and|&)? ?[\\p{Lu}][\\p{L}]+)*)?|Diagnostics?|Laborator(?:y|ies)|Labs|Pathology|Dispensary|Maternity Home|Infirmary|Hospice|Multispeciality|Superspeciality|Heart Cent(?:re|er)|Cancer Cent(?:re|er)|Trauma Cent(?:re|er)|Blood Bank|PHC|CHC';
const NAMED_HOSPITAL = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:(?:${CAPITAL}|of|and|&|de|[\p{Lu}])\s+){1,6}(?:${HOSPITAL_WORD})${END}(?:,?\s+(?:of|at)?\s*${CAPITAL})?`,
  'gu',
);
/** Kinds of hospital, which name none. */
const KIND_OF_HOSPITAL =
  /^(?:(?:the|a|an|our|this|that|his|her|another|other|any|local|nearby|outside|private|govt|government|public|district|general|tertiary|referral|referring|rural|civil|base|parent|children'?s|cancer|eye|maternity|mental|teaching|community|primary|secondary|previous|first|same|from|to|in|at|by|and|of|shifted|transferred|referred|discharged|admitted|patient|dr|doctor|for|with|after|before|urban|zonal|state|royal|national|level|care|intensive|multi|super|speciality|specialty)\s+)*(?:hospitals?|clinics?|phc|chc|nursing home|medical college|institute|laborator(?:y|ies)|labs|diagnostics?|pathology|dispensary|blood bank|health cent(?:re|er)|medical cent(?:re|er)|trauma cent(?:re|er)|heart cent(?:re|er)|cancer cent(?:re|er)|hospice|infirmary|healthcare)$/iu;
const LEADING_KIND =
  /^(?:(?:The|A|An|Our|This|That|From|To|In|At|By|And|Of|Shifted|Transferred|Referred|Discharged|Admitted|Patient|For|With|After|Before|Seen|Brought|Came|Old|Was|Came|Records?|Report)\s+)+/u;
const HINDI_HOSPITAL = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:[\p{Script=Devanagari}\p{M}]{2,}\s+){1,3}(?:अस्पताल|हॉस्पिटल|हास्पिटल|मेडिकल\s+कॉलेज|नर्सिंग\s+होम|क्लिनिक|क्लीनिक|चिकित्सालय|आयुर्विज्ञान\s+संस्थान)(?![\p{L}\p{M}])`,
  ),
  'gu',
);
/** Before "अस्पताल" these name none: kinds of hospital, and words of a sentence. */
const HINDI_KIND = new Set(
  folded(
    'यही वही जिनमें जिसमें इसमें उसमें वे ये अपने उनके इनके बगल बाहर सबसे सरकारी निजी प्राइवेट ज़िला जिला स्थानीय बड़े बड़ा छोटे दूसरे दूसरा इस उस हमारे हमारा इसी किसी एक पास के नज़दीकी नजदीकी को से में का की ने और पर तक मरीज़ मरीज उन्हें उसे इन्हें वह यह हैं है था थी लिए बाद पहले कल आज फिर रोगी पुराने नए अन्य भर्ती सिविल जनरल रेफरल शहर गाँव गांव कहा वापस सीधे तुरंत घर रात सुबह लोग वाले वाला अच्छे कौन किस जब तब तो ही भी परिजन परिवार',
  ).split(' '),
);
const GUIDANCE_AFTER =
  /^(?:\s+(?:protocols?|guidelines?|guidance|manual|criteria|score|scale|handbook|textbook|consensus|mission)\b|-\p{Ll})/iu;
const CHAINS = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:${folded(HOSPITAL_CHAINS.join('|'))})(?![\p{L}\p{M}])(?:[\s,-]+(?:${folded(TOWNS.join('|'))})(?![\p{L}\p{M}]))?`,
  'gu',
);

/** "apollo hospital se", "city care clinic": in small letters, where a word before it names one. */
const SMALL_HOSPITAL =
  /(?<![\p{L}\p{M}])(?<id>(?:\p{Ll}{3,}\s+){1,3}(?:hospital|clinic|nursing\s+home|polyclinic|medical\s+college))(?=\s+(?:se|mein|me|ka|ki|ke|ko|from|bheja|wale|pe|par|gaya|gaye|le)(?!\p{L}))/gu;
const NO_SMALL_NAME =
  /^(?:(?:a|an|the|to|from|in|at|of|is|was|and|or|our|his|her|this|that|another|other|any|local|nearby|outside|private|govt|government|public|district|general|civil|same|previous|first|dusre|doosre|dusra|kisi|ek|paas|pas|ke|ki|ka|ko|se|mein|me|sarkari|niji|bade|bada|chhote|apne|hamare|us|is|unke|baad|jab|phir|kal|aaj|patient|mareez|mariz|usko|unko|isko|ye|wo|old|eye|rural|near|tertiary|referral|base|shifted|referred|discharged|brought|came|admitted|transfer(?:red)?|back|big|higher|hospital|direct|seedha|seedhe|gaon|shehar|sheher)\s+)+/u;
/** Health centres carry the place's name behind them. */
const PLACE_BEHIND = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:(?:PHC|CHC|UPHC|Sadar Hospital|Civil Hospital|District Hospital|Govt\.? Hospital|Government Hospital|Medical College|Referral Hospital|Taluk Hospital|Rural Hospital|GH|SDH)\s*,?\s+(?!PHC|CHC|ICU|OPD|Dr|Day|On|In)\p{Lu}[\p{Ll}]{3,}|(?:ज़िला|जिला|सदर|सिविल|राजकीय|सरकारी|संयुक्त)\s+(?:अस्पताल|चिकित्सालय)\s*,?\s+(?:${TOWNS.filter((town) => !/^[A-Z]/u.test(town)).join('|')}))(?![\p{L}\p{M}])`,
  ),
  'gu',
);

function trimmed(text: string, span: IdentifierSpan, lead: RegExp): IdentifierSpan {
  const cut = lead.exec(text.slice(span.start, span.end))?.[0].length ?? 0;
  return { ...span, start: span.start + cut };
}

const hospital: Recogniser = (text) => [
  ...spansOfPattern(text, SMALL_HOSPITAL, 'location').flatMap((span) => {
    const from = trimmed(text, span, NO_SMALL_NAME);
    const named = text.slice(from.start, from.end).split(/\s+/u)[0] ?? '';
    return /^(?:hospital|clinic|nursing|polyclinic|medical)$/u.test(named) ? [] : [from];
  }),
  ...spansOfPattern(
    text,
    PLACE_BEHIND,
    'location',
    ([found]) => !isKnownWord((/\S+$/u.exec(found)?.[0] ?? '').toLowerCase()),
  ),
  ...spansOfPattern(text, NAMED_HOSPITAL, 'location')
    .map((span) => trimmed(text, span, LEADING_KIND))
    .filter(({ start, end }) => {
      const found = text.slice(start, end);
      return !KIND_OF_HOSPITAL.test(found) && !GUIDANCE_AFTER.test(text.slice(end));
    }),
  ...spansOfPattern(text, HINDI_HOSPITAL, 'location').flatMap((span) => {
    const words = text.slice(span.start, span.end).split(/\s+/u);
    const last = words.findLastIndex((word, index) => index < words.length - 1 && HINDI_KIND.has(word));
    const kept = words.slice(last + 1).join(' ');
    return kept.split(' ').length > 1 && !/^(?:मेडिकल कॉलेज|नर्सिंग होम)$/u.test(kept)
      ? [{ ...span, start: span.end - kept.length }]
      : [];
  }),
  ...spansOfPattern(
    text,
    CHAINS,
    'location',
    ({ index, 0: found }) => !GUIDANCE_AFTER.test(text.slice(index + found.length)),
  ),
];

const STREET =
  'Road|Rd|Street|St|Marg|Lane|Nagar|Colony|Layout|Vihar|Enclave|Puram|Bagh|Gali|Mohalla|Chowk|Society|Apartments?|Apts?|Residency|Towers?|Heights|Extension|Extn|Phase|Cross|Main|Avenue|Park|Garden|Gardens|Bazaar|Bazar|Market|Village|Gaon|Gram|Post|Tehsil|Taluka?|Mandal|District|Distt?|Peth|Wadi|Chawl|Pur|Cantt|Path|Circle|Highway|Complex|Villa|Villas|Niwas|Bhavan|Bhawan|Kunj|Ganj|Pally|Palli|Palya|Sarani|Para|Nivas|Estate|Township|Quarters|Basti|Nivaas|Halli';
const STREETS = new RegExp(
  String.raw`(?<![\p{L}\p{M}\d])(?:(?:#\s?)?[A-Z]?-?\d{1,4}[A-Z]?(?:[-/]\d{1,4}[A-Z]?)?,?\s+)?(?<!\d[.,]\d*\s*)(?:(?:${CAPITAL}|\d{1,3}(?:st|nd|rd|th)|[\p{Lu}]\.?)\s+){1,4}(?:${STREET})(?![\p{L}\p{M}])\.?(?:\s+\d{1,3}(?!\d))?`,
  'gu',
);
/** "Right Main", "Dorsal Column": parts of a body and of a form look like streets. */
const NO_STREET =
  /^(?:(?:Left|Right|Blood|Lab|Post|Pre|The|Phase|Main|Green|Red|Clinical|Drug|Air|Airway|Cardiac|Critical|Care|First|Second|Third|Fourth|Stage|Recovery|Acute|Plateau|QRS|QT|ST|Iso|Two|One|Junction|Primary|Heart|Lung|Treatment|Trial|Study|Latent|Active|Febrile|Toxic|Complex|Wide|Narrow|Wall|Ghon|Golgi|Immune|Vitamin|Chest|Patient|In|At|On|Day|Arch|Guard|Vital|Alert)\s+)+\S+$/u;
const HOUSE = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:h\.?\s?no|house(?:\s+(?:no|number))?|flat(?:\s+(?:no|number))?|plot(?:\s+(?:no|number))?|door\s+(?:no|number)|d\.no|shop\s+no|qtr\s*(?:no)?|quarter\s+(?:no|number)|sector|sec|phase|pocket|gali\s+(?:no|number)|gali|lane\s+no|road\s+no|tower\s+no|mohalla\s+no|street\s+no|makaan?\s+(?:no|number)|मकान(?:\s+(?:नंबर|नम्बर|नं|संख्या))?|गली(?:\s+(?:नंबर|नम्बर|नं))?|फ़्लैट|फ्लैट|सेक्टर|प्लॉट|वार्ड)(?![\p{L}\p{M}])(?:\s*(?:no|number|नंबर|नम्बर|नं)\.?)?[\s:.#-]*[A-Z]?[-/]?\d{1,5}(?:[-/]?[A-Z](?!\p{L}))?(?:[-/]\d{1,4}[A-Z]?){0,3}(?![\d%]|\.\d|\s?(?:ml|mg|days?|trial|study))`,
  ),
  'giu',
);
/** "T wave flat 2 mm", "phase 2 trial", "phase 1 of": no address. */
const NO_HOUSE = /^(?:flat|phase|house|sec)\s*\d{1,2}$/iu;
const HINDI_STREET = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:(?!(?:निवासी|पता|मोहल्ला|मुहल्ला|ग्राम|गाँव|गांव|थाना)\s)[\p{Script=Devanagari}\p{M}]{2,}\s+){1,2}(?:रोड|मार्ग|नगर|लाइन्स|पुरम|पुरी|पुरा|टोला|खेड़ा|बाग|कॉलोनी|कालोनी|मोहल्ला|मुहल्ला|गली|चौक|विहार|एन्क्लेव|सोसाइटी|अपार्टमेंट|बाज़ार|बाजार|गंज|बस्ती)(?![\p{L}\p{M}])|(?<![\p{L}\p{M}])(?:गाँव|गांव|ग्राम|ज़िला|जिला|तहसील|मोहल्ला|मुहल्ला|कॉलोनी|थाना|पोस्ट)\s+(?!अस्पताल|में|से|के|का|की|को|है|और|पर|ने|स्तर|हैं|वाले|वाला|जाने|लौट)[\p{Script=Devanagari}\p{M}]{2,}`,
  ),
  'gu',
);
const LATIN_VILLAGE =
  /(?<!\p{L})(?:village|vill|gaon|gram|tehsil|taluka?|mandal|dist(?:rict|t)?|mohalla|post|p\.?o|p\.?s|thana|native\s+(?:of|place)|resident\s+of|r\/o|lives?\s+(?:at|in|near)|living\s+(?:at|in|near)|residing\s+(?:at|in)|hails\s+from|belongs\s+to|address|near|addr|pata|behind|opp(?:osite)?|next\s+to)[\s:.-]+(?<id>\p{Lu}[\p{L}'.-]+(?:[\s,-]+(?:\p{Lu}[\p{L}'.-]+|\d+[A-Z]?))*)/gu;
const NAMED_VILLAGE =
  /(?<!\p{L})(?:[Vv]illage|[Vv]ill\.?|[Gg]aon|[Tt]ehsil|[Tt]aluka?|[Dd]istrict|[Dd]istt?\.?|[Mm]ohalla)\s+(?!Hospital|Magistrate|Health|Medical|Collector|Nurse|Panchayat)\p{Lu}\p{L}+/gu;
/** "B-45, Rohini Sector 7"; "Kothapalli village"; "mohalla qazipura". */
const HOUSE_THEN_SECTOR =
  /(?<![\p{L}\d.,/-])[A-Z]{1,2}[-/ ]?\d{1,4}[A-Z]?,\s*(?:\p{Lu}\p{L}+\s+){0,2}(?:Sector|Sec|Block|Phase|Pocket)[\s-]*[A-Z]?-?\d{1,3}/gu;
const VILLAGE_BEHIND =
  /(?<![\p{L}\p{M}])\p{Lu}\p{Ll}{3,}\s+(?:village|gaon|taluka?|tehsil|mandal|mohalla)(?!\p{L})/gu;
const SMALL_MOHALLA =
  /(?<![\p{L}\p{M}])(?:mohalla|muhalla|gaon|village|tehsil|thana|tola|basti|zila)[\s:]+(?!mein|me|se|ke|ka|ki|ko|hai|wale|health|the|and|life|of|by|in|is)\p{Ll}{4,}/gu;
const COLON_VILLAGE =
  /(?<!\p{L})(?:Village|Vill|PO|P\.O|PS|Post|Tehsil|Dist|District)\.?\s?:\s?\p{Lu}\p{Ll}+/gu;
const NUMBERED_STREET = new RegExp(
  String.raw`(?<![\p{L}\d.,/#-])(?:#\s?)?[A-Z]?-?\d{1,4}(?:[-/]\d{1,4})*[A-Z]?,?\s*(?:(?:Sector|Sec|Block|Phase|Pocket)[\s-]*[A-Z]?-?\d{1,3}|(?:(?:${CAPITAL}|\d{1,3}(?:st|nd|rd|th))\s+){1,4}(?:${STREET}))(?![\p{L}\p{M}])`,
  'gu',
);
const PIN = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:pin\s?(?:code)?|postal\s+code|zip(?:\s+code)?|पिन\s?(?:कोड)?)(?![\p{L}\p{M}])[\s:.#-]*(?:(?:is|no|number|नंबर|है|hai)[\s:.]*)*[1-9]\d{2}\s?\d{2,4}(?!\d)`,
  ),
  'giu',
);
/** Six digits right after a town, a street or a state. */
const PIN_AFTER_PLACE =
  /(?<=(?:\p{Lu}[\p{L}\p{M}.)]+|[\p{Script=Devanagari}][\p{Script=Devanagari}\p{M}]+)\s?[-,]?\s?)(?<![\d.,/])[1-9]\d{2}\s?\d{3}(?![\d]|[.,]\d|\s*(?:\/|cells|ml|cumm|per|copies|lakh|mg|iu|units?|platelets|plt))/gu;
const COUNTED_BEFORE =
  /(?:platelets?|plt|plts|count|wbc|tlc|rbc|cells?|load|copies|iu|units?|dose|ferritin|cpk|ck|ldh|bnp|total|volume|to|from|of|was|is|at|heparin|urokinase|streptokinase|penicillin|colony|about|around|only|than|प्लेटलेट(?:्स)?|rs|inr|cost|bill|rupees|and|now|then|report|aaya|aayi|hai|है)[\s:=.,-]*$/iu;
const TOWN = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:${folded([...TOWNS, ...SMALL_TOWNS].join('|'))})(?![\p{L}\p{M}])(?:,?\s+(?:[Dd]istrict|[Dd]istt?\.?|ज़िला|जिला|ज़िले|जिले)(?![\p{L}\p{M}]))?`,
  'gu',
);
/** A disease, a blood group, a book, a name of a city in a term: "Bombay blood group", "Delhi boil". */
const TERM_AFTER =
  /^(?:-type|\s+type|\s+(?:blood\s+group|phenotype|boil|belly|criteria|score|scale|declaration|protocol|consensus|guideline|classification|virus|encephalitis|manual))/iu;

const address: Recogniser = (text) => {
  const towns = spansOfPattern(
    text,
    TOWN,
    'location',
    ({ index, 0: found }) => !TERM_AFTER.test(text.slice(index + found.length)),
  );
  return joinedAddresses(text, [
    ...spansOfPattern(text, STREETS, 'address', ([found]) => !NO_STREET.test(found)),
    ...spansOfPattern(text, NUMBERED_STREET, 'address'),
    ...spansOfPattern(text, HOUSE, 'address', ([found]) => !NO_HOUSE.test(found)),
    ...spansOfPattern(
      text,
      HINDI_STREET,
      'address',
      ([found]) => !/^(?:इस|उस|एक|के|में|की|का|को|पास)\s/u.test(found),
    ),
    ...spansOfPattern(text, LATIN_VILLAGE, 'address', ({ groups }) => !NO_PLACE.test(groups?.id ?? '')),
    ...[NAMED_VILLAGE, HOUSE_THEN_SECTOR, SMALL_MOHALLA, COLON_VILLAGE].flatMap((pattern) =>
      spansOfPattern(text, pattern, 'address'),
    ),
    ...spansOfPattern(
      text,
      VILLAGE_BEHIND,
      'address',
      ([found]) => !isKnownWord((found.split(/\s/u)[0] ?? '').toLowerCase()),
    ),
    ...spansOfPattern(text, PIN, 'address'),
    ...spansOfPattern(
      text,
      PIN_AFTER_PLACE,
      'address',
      ({ index }) => !COUNTED_BEFORE.test(text.slice(0, index)),
    ),
    ...towns,
  ]);
};
const NO_PLACE =
  /^(?:ICU|HDU|CCU|ED|ER|OT|OPD|Bed|Ward|Nursing|The|A|Unit|MICU|SICU|Casualty|Emergency|CPR|ROSC|Op|CABG|PCI|MI|Operative|ECG|CT|MRI|Left|Right|NEWS)/u;

export const places: readonly Recogniser[] = [wards, hospital, address];
