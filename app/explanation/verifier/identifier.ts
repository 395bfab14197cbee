/**
 * Rule `identifier`: no name, number, bed with number, phone or address of a person; roles are fine.
 * Source: verification rule 11. It reads the original text, because a capital letter tells a name.
 */
import { isClinicalTerm } from './clinical-term.ts';
import { devanagariOf } from './roman-hindi.ts';
import type { Rule, Violation } from './rule.ts';
import { isApproved } from './vocabulary.ts';

const TITLED =
  /(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Smt|Shri|Sri|Sister|Nurse|Doctor)\.?|(?<![\p{L}\p{M}])(?:श्री|श्रीमती|सुश्री|कुमारी|डॉ\.?|डा\.?|डॉक्टर|सिस्टर|प्रो\.?))\s+(?:\p{Lu}[\p{L}'-]+|(?!करेंगे|करेंगी|करेगा|देखेंगे|बताएँगे|बताएंगे|साहब|साहिब|जी|मैडम|इंचार्ज|प्रभारी|टीम|तय|निर्णय|फ़ैसला|फैसला|विचार|सोच|राय|सलाह|समीक्षा|मरीज़|मरीज|यह|इस|इसे|अभी|तुरंत|जल्दी|सब|खुद|अपने|बुला|बता|पूछ|देख|आ|आए|आएँ|जाँच|दोबारा|के|कब|क्या|न|नहीं|तो|जो|जब|चाह|सकत|वहाँ|यहाँ|मौजूद|उपलब्ध|और|या|को|से|ने|की|का|के|पर|में|है|हैं|तक|भी|ही|द्वारा|[\p{Script=Devanagari}]*(?:ें|एँ|एं|ओ|ना|कर|इए)(?![\p{L}\p{M}]))[\p{Script=Devanagari}]{2,})/gu;
const NAMED =
  /\b(?:[Pp]atient|[Nn]amed?|called|मरीज़)\s+(?:is\s+)?(?:named\s+|called\s+)?\p{Lu}[\p{Ll}]+(?:\s+\p{Lu}[\p{Ll}]+)+/gu;
/** Surnames and forms of address that end a Hindi name, before whose it is: "सुनीता देवी की नाड़ी". */
const HINDI_NAME = new RegExp(
  `(?<![\\p{L}\\p{M}])[\\p{Script=Devanagari}]{2,} (?:${'देवी|कुमार|कुमारी|सिंह|शर्मा|वर्मा|गुप्ता|यादव|पटेल|ख़ान|खान|बेगम|बाई|प्रसाद|रानी|बानो|अली|अहमद|हुसैन|मिश्रा|तिवारी|पांडे|पाण्डेय|चौधरी|जोशी|नायर|रेड्डी|राव|घोष|बनर्जी|मुखर्जी|चटर्जी|अग्रवाल|जैन|ठाकुर|चौहान|राठौर|मीणा|कौर|मेहता|शाह|देसाई|पाटिल|कुलकर्णी|अय्यर|पिल्लई|मेनन|त्रिपाठी|दुबे|शुक्ला|श्रीवास्तव|सक्सेना|कपूर|खन्ना|मल्होत्रा|अरोड़ा|भट्ट'.normalize('NFC')})(?![\\p{L}\\p{M}])`,
  'gu',
);
const HINDI_GIVEN = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${'सुनीता|अनीता|गीता|सीता|राधा|रेखा|सुनील|अनिल|राजेश|रमेश|सुरेश|महेश|दिनेश|मोहन|सोहन|राहुल|अमित|विजय|संजय|अजय|प्रिया|नेहा|फ़ातिमा|आयशा|आशा|उषा|कविता|पूजा|रवि|अर्जुन|कमला|सावित्री|पार्वती|सरिता|रोहित|विक्रम|अरविंद|नरेश|मुकेश|राकेश|संतोष|प्रकाश|कृष्णा|लता|फरीदा|मोहम्मद|अब्दुल|इमरान|सलमान|लक्ष्मी|सरोज|मीना|शांति|रामू|श्याम|गणेश|दीपक|मनोज|विनोद|अशोक'.normalize('NFC')})(?: जी)?(?= (?:की|का|के|को|ने)(?![\\p{L}\\p{M}]))`,
  'gu',
);
/** "R. Banerjee", "A.K. Singh". */
const INITIALLED = /(?<![\p{L}\p{M}.])(?:\p{Lu}\. ?){1,3}\p{Lu}\p{Ll}{2,}/gu;
/** "Sharma uncle", "Meena didi", "Verma ji". */
const KIN =
  /(?<![\p{L}\p{M}])\p{Lu}\p{Ll}{2,} (?:uncle|aunty|auntie|ji|jee|bhai|bhaiya|bhaiyya|didi|sahab|saheb|saab|sahib|madam|amma|appa|babu|bibi|begum|devi|bai|anna|akka|chacha|chachi|mausi|dada|dadi|nana|nani)(?![\p{L}\p{M}])/gu;
/** Names of the country's people that are no English word: at the beginning of a sentence a capital tells nothing. */
const KNOWN_NAME =
  /(?<![\p{L}\p{M}])(?:Sharma|Verma|Gupta|Singh|Kumar|Kumari|Yadav|Patel|Khan|Prasad|Mishra|Tiwari|Pandey|Chaudhary|Chowdhury|Joshi|Nair|Reddy|Rao|Ghosh|Banerjee|Mukherjee|Chatterjee|Agarwal|Aggarwal|Jain|Thakur|Chauhan|Rathore|Meena|Kaur|Mehta|Shah|Desai|Patil|Kulkarni|Iyer|Iyengar|Pillai|Menon|Tripathi|Dubey|Shukla|Srivastava|Saxena|Kapoor|Khanna|Malhotra|Arora|Bhatt|Das|Dutta|Bose|Sen|Roy|Naidu|Hegde|Shetty|Kamble|Jadhav|Pawar|Shinde|Gaikwad|Ansari|Sheikh|Qureshi|Siddiqui|Hussain|Ahmed|Ahmad|Ali|Begum|Fernandes|D'Souza|Sunita|Anita|Geeta|Sita|Radha|Rekha|Sunil|Anil|Rajesh|Ramesh|Suresh|Mahesh|Dinesh|Mohan|Rahul|Amit|Vijay|Sanjay|Ajay|Priya|Neha|Fatima|Ayesha|Mohammed|Mohammad|Abdul|Imran|Salman|Lakshmi|Saroj|Shanti|Ganesh|Deepak|Manoj|Vinod|Ashok|Kavita|Pooja|Ravi|Arjun|Asha|Usha|Kamla|Savitri|Parvati|Sarita|Rani|Rohit|Vikram|Arvind|Naresh|Mukesh|Rakesh|Santosh|Prakash|Krishna|Venkatesh|Murugan|Selvam|Lata|Farida|Zainab)(?![\p{L}\p{M}])/gu;
/** A courtesy word behind a name: "Sharma uncle", "Meena aunty", "रमेश भैया". */
const COURTESY =
  /(?<![\p{L}\p{M}])(?!(?:[Dd]octor|[Nn]urse|[Ss]ister|[Mm]atron|[Tt]he|[Tt]his|[Pp]atient|[Oo]ur|[Yy]our|[Aa]nd|[Oo]r)(?![\p{L}]))\p{Lu}[\p{Ll}]{2,} (?:uncle|aunty|auntie|ji|sahab|sahib|saab|bhai|bhaiya|behen|didi|amma|baba|chacha|chachi|dada|dadi|nana|nani|mausi|tai|kaka|kaki|anna|akka|garu|babu|begum|bibi|devi|madam|ma'am|sir|bhabhi|beta)(?![\p{L}])|(?<![\p{L}\p{M}])(?!(?:डॉक्टर|नर्स|सिस्टर|मरीज़|मरीज|रोगी|और|या|यह|वह|इस|उस|की|के|का|को|ने|से|में|है|पर|तो|एक)(?![\p{L}\p{M}]))[\p{Script=Devanagari}]{2,} (?:अंकल|आंटी|भैया|भाई साहब|चाचा|चाची|मौसी|दीदी|अम्मा|बाबू जी|बाबूजी|ताई|काका|काकी|दादी|दादा|नानी|भाभी)(?![\p{L}\p{M}])/gu;
/** "आशा जी की": whoever is so addressed, but for the roles of a ward. */
const HINDI_HONOURED =
  /(?<![\p{L}\p{M}])(?!डॉक्टर|डाक्टर|नर्स|सिस्टर|मैडम|सर |मरीज़|मरीज|माता|पिता)[\p{Script=Devanagari}]{2,} जी(?= (?:की|का|के|को|ने)(?![\p{L}\p{M}]))/gu;
const RECORD =
  /\b(?:MRN|UHID|IPD|OPD|IP\s?No|record\s+(?:no|number)|hospital\s+(?:no|number)|patient\s+(?:id|no|number)|Aadhaar|ABHA|PAN)\b[\s.:#-]*[\w-]*\d[\w/-]*/giu;
const BED = /\b(?:bed|room|ward|बेड|कमरा)\s*(?:no\.?|number|नंबर)?\s*#?\s*\d+\w*/giu;
const LONG_NUMBER = /(?<![\d.])(?:\+?\d[\s-]?){9,14}\d(?!\d)/gu;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*/gu;
const BIRTH = /\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})\b|\b(?:born|DOB|date of birth)\b/giu;

/** Capitalised words that are neither approved words nor clinical terms, and yet name nobody. */
const NO_NAME = new Set(
  'glasgow coma scale national early warning score royal college physicians emergency department critical intensive care outreach unit consultant registrar resident intern matron physician surgeon duty sister mr mrs ms dr prof acvpu avpu sbar map icu hdu news please kindly also note summary explanation assessment recommendation background english hindi monday tuesday wednesday thursday friday saturday sunday celsius passage passages card sentence text entry chart policy limit threshold site hospital medicine facts data series cuff lead electrode screen device line graph pregnancy trend venturi ringer tension high low red amber green zone arterial mean index diastolic temp bp hr rr temperature'.split(
    ' ',
  ),
);

function couldBeName(word: string): boolean {
  const small = word.toLowerCase();
  if (/(?:ment|tion|sion|ness|ity|ance|ence|ship|ing|able|ous|ical)$/.test(small)) return false;
  if (NO_NAME.has(small) || isApproved(small) || devanagariOf(small) !== null) return false;
  return !isClinicalTerm(small) && !isApproved(small.replace(/(?:ing|ed|es|ly|s|d)$/, ''));
}

const CAPITALISED = /(?<![\p{L}\p{M}])\p{Lu}\p{Ll}{2,}(?:\s\p{Lu}\p{Ll}{2,})*/gu;
/** "Kavita ka temperature": Roman Hindi marks whose it is. */
const OWNER_MARK = /^\s(?:ka|ki|ke|ko|ne|ji)\b/u;

/** A sentence begins here: the first word's capital says nothing. */
const SENTENCE_START = /(?:^|[.!?:।]\s*|\n\s*)$/u;

/**
 * Two capitalised words that nothing else explains; or one within a sentence, or before "ka", "ki", "ke", "ko", "ne",
 * "ji".
 */
function namesByCapitals(original: string): { index: number; text: string }[] {
  return [...original.matchAll(CAPITALISED)].flatMap((match) => {
    const run = match[0].split(/\s/);
    const unknown = run.map(couldBeName);
    const two = unknown.some((is, index) => is && unknown[index + 1] === true);
    const owner = unknown.at(-1) === true && OWNER_MARK.test(original.slice(match.index + match[0].length));
    const within = unknown.some(
      (is, position) => is && (position > 0 || !SENTENCE_START.test(original.slice(0, match.index))),
    );
    return two || owner || within ? [{ index: match.index, text: match[0] }] : [];
  });
}

export const identifierRule: Rule = {
  name: 'identifier',
  check({ checked }) {
    const found: Violation[] = [];
    const matches = [
      HINDI_HONOURED,
      TITLED,
      COURTESY,
      NAMED,
      INITIALLED,
      KIN,
      KNOWN_NAME,
      HINDI_NAME,
      HINDI_GIVEN,
      RECORD,
      BED,
      LONG_NUMBER,
      MAIL,
      BIRTH,
    ].flatMap((pattern) =>
      [...checked.original.matchAll(pattern)].map(({ index, 0: text }) => ({ index, text })),
    );
    for (const { index, text } of [...matches, ...namesByCapitals(checked.original)]) {
      const start = checked.origin.findIndex((offset) => offset >= index);
      const last = index + text.length;
      const end = checked.origin.findIndex((offset) => offset >= last);
      found.push({
        rule: 'identifier',
        start: Math.max(0, start),
        end: end < 0 ? checked.text.length : end,
        message: 'A person, a record or a place can be recognised.',
      });
    }
    return found;
  },
};
