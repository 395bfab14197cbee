/** Numbers that a text claims: digits of any script, number words, multiples, each with the unit behind it. */
import { remembered } from './remembered.ts';
import { type Span, spansOf, words } from './text.ts';
import { subjectsNamed } from './vitals-named.ts';

export type ClaimUnit =
  | 'percent'
  | 'per-minute'
  | 'mmHg'
  | 'celsius'
  | 'points'
  | 'minutes'
  | 'hours'
  | 'other'
  | null;

export interface NumberClaim extends Span {
  /** Null for a vague number that no fact can hold: "twice", "in the 90s". */
  readonly value: number | null;
  readonly unit: ClaimUnit;
  /** End of the unit, or of the number where there is none. */
  readonly unitEnd: number;
}

/** Digits that are part of a name and no claim. */
const NAMES_WITH_DIGITS = words('sp ?o2|o2|co2|et ?co2|fi ?o2|pa?co2|pao2|sao2|news ?2|\\[p\\d+\\]');
const CITATION = /\[p\d+\]/gu;
const LIST_ORDINAL = /(?:^|\n)\s*\d{1,2}[.)]\s/gu;

function unit(alternatives: string): RegExp {
  return new RegExp(`^\\s?-?(?:${alternatives.normalize('NFKC')})(?![\\p{L}\\p{M}])`, 'u');
}

const PER_HOUR = unit(
  '\\/ ?h(?:ou)?r?|(?:per|an|each|every) hour(?! (?:ago|before|earlier|or))|प्रति घंटा|प्रति घंटे|हर घंटे',
);

/** Units that no vital has come first: "°F" must not be read as "°", nor "per hour" as an hour. */
const UNITS: readonly (readonly [ClaimUnit, RegExp])[] = [
  [
    'other',
    unit(
      '(?:° ?|degrees? |deg )(?!c)\\p{L}|(?:° ?|degrees? |deg |डिग्री )?(?:fahrenheit|kelvin|rankine|फ़?[ाै]रे?न?हा[इई]ट|केल्विन)|(?:\\/ ?|per |an? (?![\\p{L}]+ (?:ago|back|before|earlier|later))|प्रति |बीट प्रति |बार प्रति )(?:h(?:ou)?r?|sec(?:ond)?|s|day|घंटा|घंटे|सेकंड|दिन)',
    ),
  ],
  [
    'per-minute',
    unit(
      '\\/ ?min(?:ute)?|times (?:a|per|each|every) min(?:ute)?|बार प्रति मिनट|(?:breaths?|beats?)(?: ?(?:\\/|per|a|each|every) ?min(?:ute)?)?|per min(?:ute)?|a minute|bpm|प्रति मिनट',
    ),
  ],
  ['percent', /^\s?-?(?:percentage points?|%(?: points?)?|percent|per cent|प्रतिशत(?: अंक)?|फ़?ीसदी)/u],
  ['mmHg', unit('mm ?hg')],
  ['celsius', unit('° ?c?|degrees?(?: c(?:elsius|entigrade)?)?|celsius|c|(?:डिग्री )?सेल्सियस|डिग्री')],
  ['points', unit('points?|अंक(?:ों)?')],
  ['minutes', unit('minutes?|mins?|मिनट(?:ों)?')],
  ['hours', unit('hours?|hrs?|h|hourly|घंटे|घंटा|घंटों')],
  [
    'other',
    unit(
      '(?:m|µ|μ)?mol ?\\/ ?l|m?eq ?\\/ ?l|[mµμ]?g ?\\/ ?d?l|readings?|रीडिंग|mg|mcg|µg|μg|g|kg|ml|l|litres?|liters?|l\\/min|units?|iu|mmol|meq|cm|mm|days?|weeks?|months?|years?|seconds?|times|fold|f|k|k?pa|psi|bar|cm ?h ?2 ?o|torr|hz|rpm|joules?|watts?|volts?|metres?|meters?|inch(?:es)?|pounds?|दिन|वर्ष|साल|गुना|बार|सेकंड',
    ),
  ],
];

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ENGLISH = new Map<string, number>([
  ...SMALL.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, (index + 2) * 10] as const),
  ['fourty', 40],
]);
/** Hindi numbers are irregular up to a hundred. एक (also "a") and दो (also "give") count only with a unit. */
const HINDI_TEXT =
  'शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे सौ';
const HINDI = new Map<string, number>([
  ...HINDI_TEXT.normalize('NFKC')
    .split(' ')
    .map((word, value) => [word, value] as const),
  ['पांच'.normalize('NFKC'), 5],
  ['छः'.normalize('NFKC'), 6],
]);
const NEEDS_UNIT = new Set(['one', 'एक', 'दो']);

const NUMBER_WORD = [...ENGLISH.keys()].join('|');
const NUMBER_WORDS = words(
  `(?:${NUMBER_WORD}|hundred|thousand)(?:(?:[ -]| and )(?:${NUMBER_WORD}|hundred|thousand))*(?: point(?: (?:${SMALL.join('|')}))+)?`,
);
const HINDI_NUMBER = [...HINDI.keys()].sort((one, other) => other.length - one.length).join('|');
/** Also "दो सौ चौबीस" and "सैंतीस दशमलव आठ". */
const HINDI_WORDS = words(
  `(?:(?:${HINDI_NUMBER}) )?(?:${HINDI_NUMBER})(?: (?:${HINDI_NUMBER}))?(?: (?:दशमलव|पॉइंट|point)(?: (?:${HINDI_NUMBER}))+)?`,
);

/** Hundreds multiply what stands before and add what follows; any other run of words is no number that can be read. */
function hindiValue(phrase: string): number | null {
  const [whole = '', fraction] = phrase.split(/ (?:दशमलव|पॉइंट|point) /u);
  let total = 0;
  let hundreds = false;
  for (const word of whole.split(' ')) {
    const value = HINDI.get(word) ?? 0;
    if (value === 100) {
      total = Math.max(1, total) * 100;
      hundreds = true;
    } else if (total > 0 && !hundreds) return null;
    else total += value;
  }
  const decimals = fraction
    ?.split(' ')
    .map((word) => HINDI.get(word) ?? 0)
    .join('');
  return Number(`${total}${decimals === undefined ? '' : `.${decimals}`}`);
}
const VAGUE = words(
  "\\d{1,2}0'?s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties|twice|thrice|half(?! an hour)|halved|double[ds]?(?![ -]?check)|doubling|triple[ds]?|quadrupl\\w*|quintupl\\w*|quarter|(?:a|an|one|two|three|four|by a) (?:third|fifth|sixth|seventh|eighth|tenth|quarter)s?|tenfold|manifold|many times|several times|half as|dozens?|scores of|a couple of|hundreds|thousands|(?:two|three|four|five|ten)fold|one[ -](?:third|half|quarter)|two[ -]thirds|आधा(?! घंटा)|आधी|आधे(?! घंटे)|दोगुना|दोगुनी|दुगुना|तिगुना|डेढ़|ढाई|सवा|दर्जन",
);
/**
 * Roman numerals of two letters and more. C, D and M count from three letters: "ml", "dl", "cc" and "mm" are units.
 * "IV" is the vein, not four.
 */
const ROMAN = words(
  '(?!(?:iv|mix)\\b)(?=[ivxl]{2}\\b|[ivxlcdm]{3,}\\b)m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})',
);
/** Times told as a number and a part: "two and a half hours", "डेढ़ घंटा", "an hour and 15 minutes". */
const MIXED_TIMES: readonly (readonly [RegExp, (match: readonly string[]) => number])[] = [
  [words('(?:an? |one |1 )hour and a half|(?:one|1) and a half hours?|डेढ़ (?:घंटे|घंटा|घंटों)'), () => 90],
  [words('(?:an? |one |1 )hour and a quarter|(?:one|1) and a quarter hours?|सवा (?:घंटे|घंटा)'), () => 75],
  [words('ढाई (?:घंटे|घंटा|घंटों)'), () => 150],
  [words('three[ -]quarters of an hour|पौन[ाे]? (?:घंटे|घंटा)'), () => 45],
  [words('(?:a )?quarter of an hour'), () => 15],
  [
    words(`(${SMALL.join('|')}|\\d{1,2}) and a half hours?|(?:साढ़े) (\\d{1,2}) (?:घंटे|घंटों)`),
    ([, english, hindi]) => hourOf(english ?? hindi ?? '') * 60 + 30,
  ],
  [
    words(`(${SMALL.join('|')}|an|\\d{1,2}) (?:hours?|h) (?:and )?(\\d{1,2}|[a-z-]+) (?:minutes?|min)`),
    ([, hours, minutes]) => hourOf(hours ?? '') * 60 + minutesOf(minutes ?? ''),
  ],
];
function hourOf(word: string): number {
  if (word === 'an') return 1;
  return /^\d/.test(word) ? Number(word) : SMALL.indexOf(word);
}
function minutesOf(word: string): number {
  return /^\d/.test(word) ? Number(word) : englishValue(word);
}

/** Hours told without a number: each is one hour, or half of one. */
const SPOKEN_TIMES: readonly (readonly [RegExp, number, ClaimUnit])[] = [
  [words('half an hour|thirty minutes|आधे घंटे|आधा घंटा'), 30, 'minutes'],
  [
    words(
      '(?<!\\d )an hour|every hour|each hour|(?:within|in|inside) the (?:next )?hour(?! ago)|(?<!\\d ?)(?<!(?:mm ?hg|%|° ?c|\\/ ?min|points?|beats|breaths) ?)per hour|(?<!\\d[ -])hourly|within the hour|हर घंटे|प्रति घंटे',
    ),
    1,
    'hours',
  ],
];

function englishValue(phrase: string): number {
  const [whole = '', fraction] = phrase.split(' point ');
  let total = 0;
  let part = 0;
  for (const word of whole.split(/[ -]+/)) {
    if (word === 'hundred') part = Math.max(1, part) * 100;
    else if (word === 'thousand') {
      total += Math.max(1, part) * 1000;
      part = 0;
    } else part += ENGLISH.get(word) ?? 0;
  }
  const decimals = fraction
    ?.split(' ')
    .map((word) => SMALL.indexOf(word))
    .join('');
  return Number(`${total + part}${decimals === undefined ? '' : `.${decimals}`}`);
}

function digitsValue(digits: string): number {
  if (/^\d{1,3}(?:,\d{3})+$/.test(digits)) return Number(digits.replaceAll(',', ''));
  return Number(digits.replace(',', '.'));
}

function unitAfter(text: string, end: number): { unit: ClaimUnit; unitEnd: number } {
  const rest = text.slice(end, end + 40);
  for (const [unit, pattern] of UNITS) {
    const match = pattern.exec(rest);
    if (match === null) continue;
    // "18 mmHg per hour" is a slope, no pressure.
    const slope = unit === 'minutes' || unit === 'hours' ? null : PER_HOUR.exec(rest.slice(match[0].length));
    if (slope !== null) return { unit: 'other', unitEnd: end + match[0].length + slope[0].length };
    return { unit, unitEnd: end + match[0].length };
  }
  return { unit: null, unitEnd: end };
}

/** Text of the same length in which names with digits, citations and list ordinals are blank. */
function masked(text: string): string {
  let result = text;
  for (const pattern of [CITATION, NAMES_WITH_DIGITS, LIST_ORDINAL])
    for (const { start, end } of spansOf(result, pattern))
      result = result.slice(0, start) + ' '.repeat(end - start) + result.slice(end);
  return result;
}

/** "One for the pulse": a share of the points; elsewhere "one" counts nothing. */
function isShare(text: string, end: number): boolean {
  const before = /^ (?:for|from) (?:the |its )?/u.exec(text.slice(end))?.[0];
  return before !== undefined && subjectsNamed(text).some(({ start }) => start === end + before.length);
}

/** Every number that a text claims, in order. */
export const numberClaims = remembered((text: string): readonly NumberClaim[] => {
  const readable = masked(text);
  const claims: NumberClaim[] = [];
  const add = (span: Span, value: number | null, unit?: ClaimUnit) => {
    if (claims.some((other) => span.start < other.end && other.start < span.end)) return;
    const behind = unit === undefined ? unitAfter(readable, span.end) : { unit, unitEnd: span.end };
    claims.push({ start: span.start, end: span.end, value, ...behind });
  };
  for (const [pattern, minutes] of MIXED_TIMES)
    for (const match of readable.matchAll(pattern)) {
      const value = minutes(match);
      const span = { start: match.index, end: match.index + match[0].length };
      if (Number.isFinite(value) && value > 0) add(span, value, 'minutes');
    }
  for (const span of spansOf(readable, VAGUE)) add(span, null);
  for (const [pattern, value, unit] of SPOKEN_TIMES)
    for (const span of spansOf(readable, pattern)) add(span, value, unit);
  for (const span of spansOf(readable, /\d+(?:[.,]\d+)*/gu)) add(span, digitsValue(span.text));
  for (const span of spansOf(readable, NUMBER_WORDS))
    if (!NEEDS_UNIT.has(span.text) || unitAfter(readable, span.end).unit !== null || isShare(text, span.end))
      add(span, englishValue(span.text));
  for (const span of spansOf(readable, HINDI_WORDS))
    if (!NEEDS_UNIT.has(span.text) || unitAfter(readable, span.end).unit !== null)
      add(span, hindiValue(span.text));
  for (const span of spansOf(readable, ROMAN)) add(span, null);
  // Fractions, superscripts and other number signs that are no decimal digits (½, Ⅳ, ①).
  for (const span of spansOf(readable, /[\p{Nl}\p{No}]+/gu)) add(span, null);
  return claims.sort((one, other) => one.start - other.start);
});
