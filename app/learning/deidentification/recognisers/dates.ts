/**
 * Full dates, day with month, month with year, and ages of 90 and over. A year alone and relative times stay. Source:
 * HIPAA Safe Harbor (45 CFR 164.514): all elements of dates but the year, all ages over 89.
 */
import { type IdentifierSpan, type Recogniser, spansOfPattern } from '../span.ts';

const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const MONTH_NUMBER = '(?:0?[1-9]|1[0-2])';
const YEAR = '(?:19|20)\\d{2}';
const CLOCK = String.raw`(?:(?:T|,?\s+(?:at\s+)?)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}|[ap]\.?m\.?|hrs))?)?`;
const NUMERIC = [
  String.raw`(?<![\d.,/-])${DAY}\s?([/.-])\s?${MONTH_NUMBER}\s?\1\s?(?:${YEAR}|\d{2})${CLOCK}(?![\d/]|[.-]\d)`,
  String.raw`(?<![\d.,/-])${MONTH_NUMBER}([/-])${DAY}\1(?:${YEAR}|\d{2})${CLOCK}(?![\d/]|[.-]\d)`,
  String.raw`(?<![\d.,/-])(?:0[1-9]|[12]\d|3[01])\s(?:0[1-9]|1[0-2])\s${YEAR}(?![\d/]|[.-]\d)`,
  String.raw`(?<![\d.,/-])${YEAR}([/.-])${MONTH_NUMBER}\1${DAY}${CLOCK}(?![\d/]|[.-]\d)`,
  String.raw`(?<![\d.,/\p{L}-])(?<!\p{L}\d)(?:${YEAR}-(?:0[1-9]|1[0-2])|${MONTH_NUMBER}\s?[/-]\s?${YEAR})(?![\d/]|[.-]\d)`,
  String.raw`(?<![\d.,/-])${YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:T?[0-2]\d[0-5]\d(?:[0-5]\d)?)?(?![\d/]|[.-]\d)`,
].map((source) => new RegExp(source, 'giu'));

/** Names that are no other word; the short ones and "may" and "march" need more beside them. */
const MONTH =
  'january|february|april|june|july|august|september|october|november|december|janvari|janwari|janwary|februry|feburary|febuary|farvari|farwari|aprail|joon|julai|agast|agust|augst|setember|septembar|sitambar|sitamber|sitmbar|octobar|aktubar|aktoobar|novembar|novmber|navambar|decembar|disambar|disamber|जनवरी|फ़रवरी|फरवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|अगसत|सितंबर|सितम्बर|सितमबर|अक्टूबर|अक्तूबर|नवंबर|नवम्बर|नवमबर|दिसंबर|दिसम्बर|दिसमबर'.normalize(
    'NFKC',
  );
const SHORT = 'jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|march';
const ANY_MONTH = `(?:${MONTH}|${SHORT})`;
const ORDINAL = '(?:st|nd|rd|th)?';
const WORD_END = '(?![\\p{L}\\p{M}])';
const YEAR_AFTER = String.raw`(?:${YEAR}|'\s?\d{2})`;
const DAY_WORD =
  'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)(?:[\\s-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|one|two|three|four|five|six|seven|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|pehli|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|aath|nau|das|gyarah|barah|baarah|terah|chaudah|pandrah|solah|satrah|atharah|unnis|bees|ikkis|bais|teis|chaubis|pachees|pachis|chhabbis|sattais|atthais|untees|tees|ikattis|पहली|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|पन्द्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस|इक्कीस|बाईस|तेईस|चौबीस|पच्चीस|छब्बीस|सत्ताईस|अट्ठाईस|उनतीस|तीस|इकतीस'.normalize(
    'NFKC',
  );
const NAMED = [
  // 12 March 2024, 12th of March, 12-Mar-24
  String.raw`(?<![\d.,/\p{L}])(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?(?:the\s)?${DAY}${ORDINAL}\s?(?:of\s|[-./,]\s?)?${ANY_MONTH}${WORD_END}(?:\.?,?\s?[-/]?\s?(?:${YEAR_AFTER}|(?<=[-/])\d{2}))?${CLOCK}(?!\d)`,
  // March 12, 2024
  String.raw`(?<![\p{L}\p{M}])${ANY_MONTH}\.?[\s-]${DAY}${ORDINAL}${WORD_END}(?:,?\s?${YEAR})?${CLOCK}(?![\d/:%]|[.-]\d)`,
  // March 2024, Mar '24, Mar-24
  String.raw`(?<![\p{L}\p{M}])${ANY_MONTH}${WORD_END}\.?(?:,?\s?(?:of\s)?[-/]?\s?${YEAR_AFTER}|[-/]\d{2})(?!\d)`,
  // 2024 March, 2024 में मार्च
  String.raw`(?<!\d)${YEAR}\s?[-/,]?\s?(?:के\s|ke\s|में\s)?${ANY_MONTH}${WORD_END}(?:[\s-]${DAY}(?!\d))?`,
].map((source) => new RegExp(source, 'giu'));
/** Days in words: "fifth of March", "पाँच मार्च", "pachees december". */
const DAY_IN_WORDS = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:${DAY_WORD})\s+(?:of\s+|tarikh\s+|तारीख\s+)?(?:${MONTH}|jan|feb|mar(?:ch)?|apr|jun|jul|aug|sept?|oct|nov|dec)${WORD_END}(?:,?\s+(?:${YEAR}|(?:twenty|two\s+thousand|do\s+hazaar|दो\s+हज़ार|दो\s+हजार)(?:[\s-]+(?:and\s+)?(?:${DAY_WORD}))*))?`,
  'giu',
);
/** "12 tarikh", "12 तारीख नवंबर", "nov ki 12 tarikh", "the 14th of this month": days that no month need follow. */
const DAY_OF_MONTH = new RegExp(
  String.raw`(?<![\p{L}\p{M}\d.,/])(?:${ANY_MONTH}\s+(?:ki|ke|की|के|me|mein|में)\s+)?${DAY}${ORDINAL}\s*(?:tarikh|tareekh|tareek|तारीख|तारीख़)${WORD_END}(?:\s+${ANY_MONTH}${WORD_END})?(?:\s+${YEAR})?|(?<=(?:on|from|since|till?|until)\s+(?:the\s+)?)${DAY}(?:st|nd|rd|th)(?=\s+(?:of\s+)?(?:this|last|next)\s+month|\s*(?:[,;)]|\.(?:\s|$)|$))(?:\s+(?:of\s+)?(?:this|last|next)\s+month)?`.normalize(
    'NFKC',
  ),
  'giu',
);
const FESTIVAL =
  /(?<!\p{L})(?:diwali|deepavali|holi|dussehra|eid|christmas|onam|pongal|navratri|durga puja|ganesh chaturthi|raksha bandhan|independence day|republic day|new year'?s?(?: eve| day)?|दिवाली|दीवाली|होली|ईद|दशहरा)\s+(?:of\s+)?(?:19|20)\d{2}(?!\d)/giu;
/** Day and month alone look like a pressure, a score or a dose; something must say that it is a day. */
const LABELLED_DAY =
  /(?<!\p{L})(?:on|dated?|dt|since|from|till?|until|d\.?o\.?[abde]|doa|adm|seen|due|next|last|dos|admitted|admission|d\/c|w\.?e\.?f\.?|extubated|intubated|trach(?:eostomy)?|discharged?|born|birth|visit|follow-?up|review|surgery|operated|तारीख|तारीख़|दिनांक|tarikh|tareekh|ko bharti)[\s:.-]+(?<id>(?:0?[1-9]|[12]\d|3[01])[/-](?:0?[1-9]|1[0-2])|(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2]))(?![\d/%]|[.-]\d|\s?(?:mm|mg|ml|kg|l\b|of|score|on|times|days?|hrs?|hours?|hourly|min|weeks?|months?|years?|yrs?|din|ghante|mahine|hafte|doses?|vials?|units?))/giu;
const ANY_DAY =
  /(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01])[/-](?:0?[1-9]|1[0-2])(?![\d/%-]|\.\d|\s?(?:mm|mg|ml|kg|l\b|of|score|times|days?|hrs?|hours?|hourly|min|weeks?|months?|years?|yrs?|din|ghante|mahine|hafte|doses?|vials?|units?))/gu;
const SCORED =
  /(?:pain|score|gcs|vas|nrs|rass|power|bp|pressure|apgar|sats?|temp|i:?e|ratio|fio2|level|news2?|rate|bipap|niv|ipap|cpap|ps|settings?|power|murmur|grade)\D{0,14}$/iu;

const MONTH_WORD = /\p{L}[\p{L}\p{M}]*(?<!st|nd|rd|th|of|at)/giu;
const WHOLE_MONTH = new RegExp(`^${ANY_MONTH}$`, 'iu');
const SHORT_MONTH = new RegExp(`^(?:${SHORT})$`, 'iu');
const DATED = /(?:19|20)\d{2}|'\d{2}|\d[-/.]\p{L}+[-/.]\d|\d(?:st|nd|rd|th)\b/iu;
const BARE_DAY_AND_MONTH = /^\d{1,2}\s?(?:march|jan|feb|apr|jun|jul|aug|sept?|oct|nov|dec)$/iu;

/** "may 5 be…", "march 3": a month only where it is written as one. */
function isMonth(found: string): boolean {
  const month = [...found.matchAll(MONTH_WORD)].map(([text]) => text).find((text) => WHOLE_MONTH.test(text));
  return (
    month === undefined ||
    !SHORT_MONTH.test(month) ||
    DATED.test(found) ||
    /^\p{Lu}/u.test(month) ||
    BARE_DAY_AND_MONTH.test(found.trim())
  );
}

const UNIT_AFTER = /^\s?(?:ml|mg|mcg|mmhg|mm\b|%|°|units?|\/min|bpm|kg|l\b|times|hours?|hrs?\b)/iu;

/** Once one day is told as one ("adm 6/11"), every other of its form is one too ("trach 15/11"). */
function days(text: string): IdentifierSpan[] {
  const scored = ({ index }: RegExpExecArray) => SCORED.test(text.slice(Math.max(0, index - 40), index));
  const told = spansOfPattern(text, LABELLED_DAY, 'date', (match) => !scored(match));
  return told.length === 0
    ? []
    : [...told, ...spansOfPattern(text, ANY_DAY, 'date', (match) => !scored(match))];
}

const date: Recogniser = (text) => {
  const free = ({ index, 0: found }: RegExpExecArray) => !UNIT_AFTER.test(text.slice(index + found.length));
  return [
    ...NUMERIC.flatMap((pattern) => spansOfPattern(text, pattern, 'date', free)),
    ...NAMED.flatMap((pattern) =>
      spansOfPattern(text, pattern, 'date', (match) => isMonth(match[0]) && free(match)),
    ),
    ...[DAY_IN_WORDS, DAY_OF_MONTH, FESTIVAL].flatMap((pattern) => spansOfPattern(text, pattern, 'date')),
    ...days(text),
  ];
};

/** Nobody is older (oldest verified age 122); a greater number is no age. */
const OLD = '(?:9\\d|1[01]\\d|12[0-2])';
const YEARS =
  "(?:years?|yrs?|yr|y\\s?\\/?\\s?o|year'?s|y(?=s+old)|वर्ष(?:ीय)?|साल|बरस|saal|sal|baras|varsh|yo)";
const TENS = 'ninety|nabbe|नब्बे';
const HINDI_NINETIES =
  'बयानवे|तिरानवे|चौरानवे|पचानवे|पंचानवे|छियानवे|सत्तानवे|अट्ठानवे|अठानवे|निन्यानवे|इक्यानवे|ikyanve|bayanve|tiranve|chauranve|pachanve|chhiyanve|sattanve|atthanve|ninyanve|बानवे|बानबे|इक्यानबे|तिरानबे|चौरानबे|पंचानबे|पिचानवे|छियानबे|सत्तानबे|अट्ठानबे|अठानबे|निन्यानबे|निन्नानवे|baanve|banve|baanbe|chhiyanbe|pachaanve|pichanve|ninyanbe|ninnanve';
const ONES = 'one|two|three|four|five|six|seven|eight|nine';
const AGES = [
  String.raw`(?<![\d.,/])${OLD}\+?[\s-]*${YEARS}(?![\p{L}\p{M}])(?:[\s-]*(?:old|of\s+age|की\s+उम्र|ki\s+(?:umar|umra|age)|का|की|के|ka|ki|ke)(?![\p{L}\p{M}]))?`,
  String.raw`(?<!\p{L})(?:aged?|age\s+is|उम्र|आयु|umar|umra|ayu|turned|turning)(?![\p{L}\p{M}])(?:\s*(?:of|is|[:=/-]|sex|in|years?|yrs?|about|around|nearly|almost|above|over|approx\.?|लगभग|करीब|kareeb|है|hai|ki|की))*\s*(?<id>${OLD}\+?)(?![\d%]|[./:]\d|\s?(?:%|mm|months?|days?|hours?|min))`,
  String.raw`(?<![\d.,/])${OLD}\s?(?:y(?:rs?|ears?)?)?[\s/,-]{0,2}(?:M|F|male|female|man|woman|lady|gentleman|पुरुष|महिला|स्त्री)(?![\p{L}\p{M}\d])`,
  String.raw`(?<![\p{L}\p{M}])(?:(?:${TENS})(?:[\s-](?:${ONES}))?|(?:a|one)?\s?hundred(?:\s(?:and\s)?(?:${ONES}))?)[\s-]*${YEARS}(?![\p{L}\p{M}])(?:[\s-]*old)?`,
  String.raw`(?<![\p{L}\p{M}])(?:nonagenarian|centenarian|(?:early|mid|late)[\s-](?:nineties|90s)|in (?:his|her|their) (?:nineties|90s))(?![\p{L}\p{M}])`,
  String.raw`(?<![\p{L}\p{M}])(?:${HINDI_NINETIES}|${TENS}|सौ|sau)\s+(?:${YEARS})(?![\p{L}\p{M}])`,
  String.raw`(?<![\p{L}\d])[MF]\s?\/\s?${OLD}(?![\d./%])`,
  String.raw`(?<![\d.,/])(?:a\s+)?${OLD}\s?y(?:o|rs?)?(?![\p{L}\p{M}])`,
  String.raw`(?<=(?:lady|man|woman|gentleman|patient|pt|grandmother|grandfather)\s(?:of|aged|is|now)\s)${OLD}(?![\d/%]|[.,]\d)`,
  // "dadi 92 ki hain", "दादाजी 95 के हैं"
  String.raw`(?<=(?:dada|dadi|nana|nani|naani|daadi|daada|baba|amma|ammi|maa|mataji|pitaji|patient|pt|mareez|mariz|buzurg|grandfather|grandmother|दादा|दादी|नाना|नानी|बाबा|अम्मा|माँ|मां|माताजी|पिताजी|बुज़ुर्ग|बुजुर्ग|मरीज़|मरीज)(?:\s?(?:ji|जी))?\s+)${OLD}(?=\s+(?:ki|ke|ka|की|के|का)\s+(?:hain?|ho|thi|the|tha|हैं|है|हो|थी|थे|था)(?![\p{L}\p{M}]))`,
  String.raw`(?<=(?:turned|turning|nearing|touching|crossed|almost|nearly|she\s+is|he\s+is|patient\s+is)\s)(?:(?:${TENS})(?:[\s-](?:${ONES}))?|a\s+hundred)(?![\p{L}\p{M}]|\s+(?:per|percent|degrees?|ml|mg))`,
  String.raw`(?<![\d.,/\p{L}])${OLD}\s?(?:varshiya|varshiy|saala|साला|वर्षीया|वर्षिय|बरसी)(?![\p{L}\p{M}])`,
  String.raw`(?<!\d)${OLD}(?:th|st|nd|rd)\s+(?:birthday|year)`,
  String.raw`(?<!\p{L})(?:${TENS})-?\s?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\s+birthday`,
  String.raw`(?<![\p{L}\p{M}])(?:उम्र|आयु|umar|umra|aged?|ayu)[\s:]*(?:लगभग\s|करीब\s|kareeb\s|about\s|around\s|nearly\s|almost\s|above\s|over\s)?(?:(?:${TENS})[\s-](?:${ONES})|${TENS}|सौ|sau|(?:a|one\s)?hundred(?:\s(?:and\s)?(?:${ONES}))?|${HINDI_NINETIES})(?![\p{L}\p{M}])`,
].map((source) => new RegExp(source, 'giu'));
/** A stretch of time and no age: "for 95 years", "95 years ago", "pack years". */
const AGO = /^\s*(?:bhar|भर|tak|तक|ago|back|pack|of\s+(?:data|experience|follow)|survival|pehle|पहले)/iu;

const age: Recogniser = (text) =>
  AGES.flatMap((pattern) =>
    spansOfPattern(
      text,
      pattern,
      'age-over-89',
      ({ index, 0: found }) => !AGO.test(text.slice(index + found.length)),
    ),
  );

export const dates: readonly Recogniser[] = [date, age];

/** For the trainer, which looks for the same shapes (`trainer-patterns.test.ts`). */
export const DATE_PATTERNS = {
  NUMERIC,
  NAMED,
  DAY_IN_WORDS,
  DAY_OF_MONTH,
  FESTIVAL,
  LABELLED_DAY,
  ANY_DAY,
  SCORED,
  UNIT_AFTER,
  MONTH_WORD,
  WHOLE_MONTH,
  SHORT_MONTH,
  DATED,
  BARE_DAY_AND_MONTH,
  AGES,
  AGO,
};
