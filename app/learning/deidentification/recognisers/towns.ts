/**
 * Towns and villages: by the lists, by the endings that only places have, and by the words that say where somebody comes
 * from. Words are looked up, not tried one after another, because the lists hold thousands. Sources: `place-names.ts`,
 * `census-towns.ts`; endings of Indian place names (Census of India, village directory), in common use.
 */
import { foldForIdentifiers } from '../fold.ts';
import { isName } from '../names/given-names.ts';
import { isOrdinaryHindi } from '../names/hindi-words.ts';
import { isKnownWord } from '../names/known-words.ts';
import { type Recogniser, spansOfPattern } from '../span.ts';
import { HINDI_CENSUS_TOWNS, LATIN_CENSUS_TOWNS } from './census-towns.ts';
import { gazetteer } from './gazetteer.ts';
import { ORDINARY_TOWNS, SMALL_TOWNS, TOWNS } from './place-names.ts';

const folded = (text: string): string => foldForIdentifiers(text).text;
/** Shorter names in small letters are too often another word. */
const LEAST_SMALL = 7;
const townsIn = gazetteer([
  ...TOWNS,
  ...SMALL_TOWNS,
  ...LATIN_CENSUS_TOWNS,
  ...HINDI_CENSUS_TOWNS,
  ...LATIN_CENSUS_TOWNS.filter((town) => town.length >= LEAST_SMALL).map((town) => town.toLowerCase()),
]);
const ORDINARY = new Set([...ORDINARY_TOWNS].map(folded));
const DISTRICT_AFTER = /^,?\s+(?:[Dd]istrict|[Dd]istt?\.?|ज़िला|जिला|ज़िले|जिले)(?![\p{L}\p{M}])/u;
/** A disease, a blood group, a book, a name of a city in a term: "Bombay blood group", "Delhi boil". */
const TERM_AFTER =
  /^(?:-type|\s+type|\s+(?:blood\s+group|phenotype|boil|belly|foot|sore|fever|ulcer|motor|criteria|score|scale|declaration|protocol|consensus|guideline|classification|virus|encephalitis|manual|agent|sauna))/iu;

/** The towns of the lists, with "district" where it follows. */
const listed: Recogniser = (text) =>
  townsIn(text).flatMap(({ start, end }) => {
    const after = text.slice(end);
    return TERM_AFTER.test(after)
      ? []
      : [{ start, end: end + (DISTRICT_AFTER.exec(after)?.[0].length ?? 0), kind: 'location' as const }];
  });

/** What only places end in. Shorter stems are other words ("bharpur" is full to the brim). */
const ENDING =
  /(?<![\p{L}\p{M}'-])(?:\p{Lu}\p{Ll}{2,}(?:pur|pura|puram|puri|nagar|ganj|gunj|garh|gadh|abad|wadi|palli|pally|palle|halli|palem|guda|pettai|patnam|pattinam|palayam|palya|kuppam|gaon|gram|khera|kheda|kheri|danga|konda|varam|cheruvu|thalli|kudi|ghat|kheri|tola|kunta|mangalam|nallur|cherry|kottai|dih|bagh|nad|nadu|kulam|kode|wara|valasa|peta)|\p{Ll}{4,}(?:pur|pura|nagar|ganj|garh|abad|gaon|palli|palem|patnam|palayam|puram))(?![\p{L}\p{M}'])/gu;
const NO_ENDING =
  /^(?:bhojpuri|jodhpuri|manipuri|jaipuri|bharpur|bharpura|mashkur|barkhurdar|foreground|background|photogram|diagram|program)$/iu;
const HINDI_ENDING = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])[\p{Script=Devanagari}\p{M}]{3,}(?:पुर|पुरा|पुरम|नगर|गंज|गढ़|आबाद|ाबाद|खेड़ा|टोला|गांव|गाँव|पट्टी)(?![\p{L}\p{M}])`,
  ),
  'gu',
);

/** "from Basirhat", "native of Kodur", "works in Tirur": a capital that nothing else explains. */
const FROM =
  /(?<=(?<![\p{L}])(?:from|native\s+of|resident\s+of|hails\s+from|belongs\s+to|settled\s+in|works?\s+(?:in|at)|working\s+in|farmer\s+in|labourer\s+in|labour\s+in|lives?\s+(?:in|at|near)|living\s+(?:in|at)|stays?\s+(?:in|at)|staying\s+(?:in|at)|village|travelled\s+(?:to|from)|visited|returned\s+from|came\s+from|go(?:es)?\s+to|gone\s+to|back\s+(?:to|from)|of)\s)(?<id>\p{Lu}\p{Ll}{3,}(?:\s(?:\p{Lu}\p{Ll}{2,}))?)(?!\p{L}|\s+(?:Hospital|hospital|unit|team|desk|line|site|port|disease|syndrome|sign)|'s)/gu;
/** "rampura se aaya hai", "kodur ke rehne wale". */
const SE_AAYA =
  /(?<![\p{L}\p{M}])(?<id>\p{L}\p{Ll}{3,})(?=\s+(?:se\s+(?:a+y[aei]|aay[aei]|aye|aae|aaya|refer|reffer|refered|referred|laya|laye|shift)|(?:ke|ka|ki)\s+(?:rehne|rahne|nivasi|niwasi))(?!\p{L}))/gu;
const HINDI_FROM = new RegExp(
  folded(
    String.raw`(?<![\p{L}\p{M}])(?<id>[\p{Script=Devanagari}\p{M}]{3,})(?=\s+(?:से\s+(?:आए|आया|आई|आयी|आये|रेफर|लाए|लाया|लाई|लाकर)|(?:के|का|की)\s+(?:रहने|निवासी|मूल))(?![\p{L}\p{M}]))|(?<=(?<![\p{L}\p{M}])निवासी\s*[:-]?\s*)(?<at>[\p{Script=Devanagari}\p{M}]{3,})`,
  ),
  'gu',
);
/** Where nobody lives: parts of a hospital and of a day, people, ways to come. */
const NOWHERE =
  /^(?:ghar|gaon|gaav|village|shehar|sheher|bahar|andar|wahan|yahan|kahan|door|pass|paas|casualty|emergency|triage|ward|icu|opd|theatre|recovery|hospital|clinic|ambulance|subah|shaam|raat|kal|parso|tab|jab|kab|abhi|pehle|baad|din|dino|month|mahine|hafte|ghante|school|college|jail|office|field|khet|family|attendant|relatives?|doctor|sister|home|market|station|police|labour|delivery|kahin|kitne|jahan|referral|private|sarkari|district|outside|other|same|naam|haath|khoon|muh|mooh|pet|naak|taraf|side|upar|neeche|wapas|direct|lab|pharmacy|bank|room|shift|dusre|doosre|dusri|sadak|road|train|bus|auto|cycle|bike|takleef|taklif|bukhar|dard|chot|dikkat|shikayat|accident|ulti|dast|zeher|zahar|behoshi|fall|injury|referal|local|nearby|aspatal|haspatal|phc|chc|dispensary|davakhane|dawakhane|medical)$/iu;
const STATES =
  /^(?:Andhra|Arunachal|Assam|Bihar|Chhattisgarh|Goa|Gujarat|Haryana|Himachal|Jharkhand|Karnataka|Kerala|Madhya|Maharashtra|Manipur|Meghalaya|Mizoram|Nagaland|Odisha|Orissa|Punjab|Rajasthan|Sikkim|Tamil|Telangana|Tripura|Uttar|Uttarakhand|West|North|South|East|Bengal|India|Indian|Nepal|Bangladesh|Bhutan|Pakistan|China|Dubai|Saudi|Gulf|America|Europe|Africa)$/u;
const HINDI_STATES =
  /^(?:बिहार|राजस्थान|गुजरात|पंजाब|हरियाणा|झारखंड|उत्तराखंड|महाराष्ट्र|मध्यप्रदेश|छत्तीसगढ़|ओडिशा|असम|केरल|कर्नाटक|तेलंगाना|हिमाचल|नेपाल|भारत|बंगाल|गोवा)$/u;
const HINDI_NOWHERE = new Set(
  folded(
    'घर गाँव गांव शहर बाहर अंदर वहाँ वहां यहाँ यहां कहाँ दूर पास इमरजेंसी कैज़ुअल्टी वार्ड आईसीयू ओपीडी अस्पताल क्लिनिक एम्बुलेंस सुबह शाम रात कल परसों तब जब कब अभी पहले बाद दिन दिनों महीने हफ्ते घंटे स्कूल कॉलेज जेल दफ्तर खेत परिवार परिजन डॉक्टर बाज़ार बाजार थाने पुलिस हाथ खून मुंह मुँह पेट नाक तरफ ऊपर नीचे वापस सड़क ट्रेन बस ऑटो लैब निजी सरकारी जिला ज़िला तकलीफ तकलीफ़ बुखार चोट दर्द दिक्कत शिकायत परेशानी दौरे दस्त उल्टी बेहोशी हादसे दुर्घटना मुश्किल आराम ज़हर जहर स्थायी मूल वर्तमान स्थानीय उसी इसी किसी दूसरे',
  ).split(' '),
);

const first = (name: string): string => (/^[\p{L}\p{M}]+/u.exec(name)?.[0] ?? '').toLowerCase();

/** Towns, villages and where somebody comes from. */
export const towns: Recogniser = (text) => [
  ...listed(text),
  ...spansOfPattern(
    text,
    ENDING,
    'location',
    // The ending of an adverb is the ending of a village too ("Kanjirappally").
    ([found]) =>
      !isKnownWord(found.toLowerCase().replace(/pally$/u, 'palli')) &&
      !NO_ENDING.test(found) &&
      !isName(found.toLowerCase()),
  ),
  ...spansOfPattern(
    text,
    HINDI_ENDING,
    'location',
    ([found]) => !isOrdinaryHindi(found) && !HINDI_STATES.test(found),
  ),
  ...spansOfPattern(text, FROM, 'location', ({ groups }) => {
    const words = (groups?.id ?? '').split(/\s/u);
    return words.every((word) => !isKnownWord(word.toLowerCase()) && !STATES.test(word));
  }),
  ...spansOfPattern(
    text,
    SE_AAYA,
    'location',
    ({ groups }) =>
      !NOWHERE.test(groups?.id ?? '') &&
      !isKnownWord(first(groups?.id ?? '')) &&
      !STATES.test(groups?.id ?? ''),
  ),
  ...spansOfPattern(text, HINDI_FROM, 'location', ([found]) => {
    return (
      ORDINARY.has(found) ||
      (!isOrdinaryHindi(found) &&
        !/(?:ने|ना|ें|ों)$/u.test(found) &&
        !HINDI_NOWHERE.has(found) &&
        !HINDI_STATES.test(found))
    );
  }),
];
