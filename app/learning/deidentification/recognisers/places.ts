/**
 * Where somebody is or lives: addresses, PIN codes, towns, hospitals, and wards, rooms and beds with their number.
 * Sources: HIPAA Safe Harbor (45 CFR 164.514: every place smaller than a state), India Post (PIN: six digits, not from 0).
 */
import { foldForIdentifiers } from '../fold.ts';
import { isKnownWord } from '../names/known-words.ts';
import { type Recogniser, spansOfPattern } from '../span.ts';
import { joinedAddresses } from './address-chain.ts';
import { hospital } from './hospitals.ts';
import { towns } from './towns.ts';
import { wards } from './wards.ts';

const folded = (text: string): string => foldForIdentifiers(text).text;

const CAPITAL = String.raw`\p{Lu}[\p{L}\p{M}'.&-]*`;
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
    String.raw`(?<![\p{L}\p{M}])(?:(?!(?:निवासी|पता|मोहल्ला|मुहल्ला|ग्राम|गाँव|गांव|थाना)\s)[\p{Script=Devanagari}\p{M}]{2,}\s+){1,2}(?:रोड|मार्ग|नगर|लाइन्स|पुरम|पुरी|पुरा|टोला|खेड़ा|बाग|कॉलोनी|कालोनी|मोहल्ला|मुहल्ला|गली|चौक|विहार|एन्क्लेव|सोसाइटी|अपार्टमेंट|बाज़ार|बाजार|गंज|मंडी|बस्ती)(?![\p{L}\p{M}])|(?<![\p{L}\p{M}])(?:गाँव|गांव|(?<!\d\s)ग्राम|ज़िला|जिला|तहसील|तालुका|मंडल|प्रखंड|प्रखण्ड|ब्लॉक|पंचायत|कस्बा|मोहल्ला|मुहल्ला|टोला|कॉलोनी|थाना|पोस्ट|डाकघर|डाकखाना|चौकी|तह\.|जि\.|पो\.)\s*[:-]?\s+(?!अस्पताल|में|से|के|का|की|को|है|और|पर|ने|स्तर|ऑफिस|मॉर्टम|ऑपरेटिव|ऑप|हर|प्रति|रोज़|रोज|सुबह|शाम|दिन|प्रधान|हैं|वाले|वाला|जाने|लौट)[\p{Script=Devanagari}\p{M}]{2,}`,
  ),
  'gu',
);
const LATIN_VILLAGE =
  /(?<!\p{L})(?:village|vill|gaon|gram|tehsil|taluka?|mandal|dist(?:rict|t)?|mohalla|post|p\.?o|p\.?s|thana|native\s+(?:of|place)|resident\s+of|r\/o|lives?\s+(?:at|in|near)|living\s+(?:at|in|near)|residing\s+(?:at|in)|hails\s+from|belongs\s+to|address|[Nn]ear|addr|pata|[Bb]ehind|[Oo]pp(?:osite)?|[Nn]ext\s+to|block)[\s:.-]+(?<id>\p{Lu}[\p{L}'.-]+(?:[\s,-]+(?:\p{Lu}[\p{L}'.-]+|\d+[A-Z]?))*)/gu;
const NAMED_VILLAGE =
  /(?<!\p{L})(?:[Vv]illage|[Vv]ill\.?|[Gg]aon|[Tt]ehsil|[Tt]aluka?|[Dd]istrict|[Dd]istt?\.?|[Mm]ohalla)\s+(?!Hospital|Magistrate|Health|Medical|Collector|Nurse|Panchayat)\p{Lu}\p{L}+/gu;
/** "B-45, Rohini Sector 7"; "Kothapalli village"; "mohalla qazipura". */
const HOUSE_THEN_SECTOR =
  /(?<![\p{L}\d.,/-])[A-Z]{1,2}[-/ ]?\d{1,4}[A-Z]?,\s*(?:\p{Lu}\p{L}+\s+){0,2}(?:Sector|Sec|Block|Phase|Pocket)[\s-]*[A-Z]?-?\d{1,3}/gu;
const VILLAGE_BEHIND =
  /(?<![\p{L}\p{M}])\p{Lu}\p{Ll}{3,}\s+(?:village|gaon|taluka?|tehsil|mandal|mohalla)(?!\p{L})/gu;
const SMALL_MOHALLA =
  /(?<![\p{L}\p{M}])(?:mohalla|muhalla|gaon|village|tehsil|thana|tola|basti|zila)[\s:]+(?!mein|me|se|ke|ka|ki|ko|hai|wale|health|the|and|life|of|by|in|is)\p{Ll}{4,}/gu;
/** "Kanjirappally PO", "Manjeri P.O." */
const POST_BEHIND =
  /(?<![\p{L}\p{M}])(?:\p{Lu}\p{L}+\s(?:House|Veedu|Illam|Bhavan|Nivas|Villa|Mandiram|Manzil),?\s)?\p{Lu}\p{Ll}{4,},?\s(?:PO|P\.O\.?)(?![\p{L}\p{M}])(?!\s*(?:intake|feed|fluid|diet|med|tab|\d))/gu;
const COLON_VILLAGE =
  /(?<!\p{L})(?:Village|Vill|PO|P\.O|PS|Post|Tehsil|Dist|District)\.?\s?:\s?\p{Lu}\p{Ll}+/gu;
/** "tonk road", "shastri nagar mohalla" in small letters, behind a word that is no other. */
const SMALL_STREET =
  /(?<![\p{L}\p{M}])(?<id>(?:\p{Ll}{3,}\s(?:kothi|haveli|bhawan|bhavan|niwas),?\s+)?(?<name>\p{Ll}{3,})\s(?:road|nagar|colony|mohalla|gali|marg|chowk|bazaa?r|vihar|enclave|ganj|basti|tola|society|apartments?|layout|puram|peth|wadi|chawl|nivas|niwas|bhawan)(?:\s+(?:gali\s+)?(?:no\.?\s*)?\d{1,3}(?!\d))?)(?!\p{L})/gu;
const NO_SMALL_STREET =
  /^(?:the|main|same|this|that|near|his|her|our|ring|cross|service|by|on|in|at|off|ek|us|is|apni|apne|poori|puri|bagal|wali|wale|kis|har|pass|paas|tang|gandi)$/u;
/** All of an address that is called one, to the end of its sentence. */
const CALLED_ADDRESS = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?:(?:full\s+|home\s+|permanent\s+|present\s+|postal\s+|residential\s+)?(?:address|addr|add)(?:\s+is)?\s*[:=-]|pata\s*:|(?:पता|निवास)\s*[:-]|(?:resident\s+of|residing\s+at|r\/o)\s*:?\s+(?=(?:h\.?\s?no|house|flat|plot|door|d\.no|vill|village|gali|mohalla|#|\d{1,4}[-/,A-Z ])))\s*(?<id>[\p{L}\d#][^\n;।()]{3,160}?)(?=\s*(?:[\n;।()]|$|\.(?:\s+\p{Lu}\p{Ll}+\s\p{Ll}|\s*$)|,?\s*(?:ph|phone|mob|mobile|contact|aged?|occ|मो|मोबाइल|फ़ोन|फोन)(?![\p{L}\p{M}])|,\s+(?:\p{Ll}+\s){2}|\s+(?:not|is|was|has|hai|है|given|verified|noted|me|mein|में)\s))`,
  ),
  'giu',
);
const NUMBERED_STREET = new RegExp(
  String.raw`(?<![\p{L}\d.,/#-])(?:#\s?)?[A-Z]?-?\d{1,4}(?:[-/]\d{1,4})*(?:[-/]?[A-Z])?,?\s*(?:(?:Sector|Sec|Block|Phase|Pocket)[\s-]*[A-Z]?-?\d{1,3}|(?:(?:${CAPITAL}|\d{1,3}(?:st|nd|rd|th))\s+){1,4}(?:${STREET}))(?![\p{L}\p{M}])`,
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
const wordBefore = (text: string): string =>
  (/(?<word>[\p{L}\p{M}]+)[\s.,)-]*$/u.exec(text)?.groups?.word ?? '').toLowerCase();

const address: Recogniser = (text) => {
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
    ...spansOfPattern(
      text,
      SMALL_STREET,
      'address',
      ({ groups }) => !NO_SMALL_STREET.test(groups?.name ?? '') && !isKnownWord(groups?.name ?? ''),
    ),
    ...spansOfPattern(text, CALLED_ADDRESS, 'address', ({ groups }) =>
      /[\p{Lu}\d,]|\p{Script=Devanagari}/u.test(groups?.id ?? ''),
    ),
    ...spansOfPattern(
      text,
      POST_BEHIND,
      'address',
      ([found]) => !isKnownWord(wordBefore(found.replace(/,?\s\S+$/u, '')).replace(/pally$/u, 'palli')),
    ),
    ...spansOfPattern(text, PIN, 'address'),
    ...spansOfPattern(text, PIN_AFTER_PLACE, 'address', ({ index }) => {
      const before = text.slice(Math.max(0, index - 80), index);
      return !COUNTED_BEFORE.test(before) && !isKnownWord(wordBefore(before));
    }),
    ...towns(text),
  ]);
};
const NO_PLACE =
  /^(?:ICU|HDU|CCU|ED|ER|OT|OPD|Bed|Ward|Nursing|The|A|Unit|MICU|SICU|Casualty|Emergency|CPR|ROSC|Op|CABG|PCI|MI|Operative|ECG|CT|MRI|Left|Right|NEWS)/u;

export const places: readonly Recogniser[] = [wards, hospital, address];
