/**
 * Where in a hospital somebody lies: wards, rooms and beds with their number or letter, in words or in the short forms
 * of a handover ("W5 B11", "ICU-2 B-07"). Source: HIPAA Safe Harbor (45 CFR 164.514), as local practice writes it.
 */
import { foldForIdentifiers } from '../fold.ts';
import { type Recogniser, spansOfPattern } from '../span.ts';

const folded = (text: string): string => foldForIdentifiers(text).text;
const EDGE = '(?<![\\p{L}\\p{M}\\d])';
const END = '(?![\\p{L}\\p{M}])';
const UNIT = '(?:[mscpntrg]?icu|iccu|i?ccu|hdu|nicu|picu|sicu|आईसीयू|एचडीयू|सीसीयू)';
const AREA = `(?:beds?|bd|bistar|palang|ward|wd|room|rm|cabin|cubicle|bay|cot|cradle|floor|block|ot|theatre|unit|wing|bldg|building|${UNIT}|बेड|बिस्तर|पलंग|वार्ड|कमरा|कमरे|रूम|केबिन|ब्लॉक|मंज़िल|मंजिल)`;
const MARK = String.raw`(?:\s*(?:no|num|number|nos|#|nambar|नंबर|नम्बर|नं|संख्या|सं|क्रमांक)(?:\.|(?![\p{L}\p{M}])))?[ :.#/-]*`;
const NUMBER = String.raw`(?:[A-Z]{0,2}[-/]?\d{1,4}(?!\d)(?:[-/]?[A-Z](?!\p{L}))?(?:[-/][A-Z]?\d{1,3}(?!\d)[A-Z]?(?!\p{L}))?|[A-Z][-/]\d{1,3})`;
/** A bed's short form after its ward's: "ICU-2 B-07". */
const SHORT_BED = String.raw`(?:b|bd|bed|बेड)[-/ ]?\d{1,3}(?![\d\p{L}])`;
const WARD = `(?:(?:[a-z]{3,}\\s+(?=(?:[a-z]{3,}\\s+)?ward,?\\s+b)|general|female|male|medical|surgical|private|semi-?private|isolation|geriatric|paediatric|pediatric|maternity|labou?r|stroke|burns?|cardiac|neuro|ortho|emergency|ward,?|[mfgps][mso]?w|${UNIT})\\s+)*`;
const ONE = `${AREA}${MARK}(?:${UNIT}[-/])?${NUMBER}`;
const AFTER = String.raw`(?![\d%°]|[.,]\d|:\d)`;
const PLACE_WITH_NUMBER = new RegExp(
  folded(`${EDGE}${WARD}${ONE}${AFTER}(?:[ ,/-]{1,3}(?:${ONE}|${SHORT_BED})${AFTER})*`),
  'giu',
);
/** "bed 30 degrees", "ICU 3 days", "ward 2 hourly", "unit 500 ml": counts and no places. */
const COUNT_AFTER =
  /^ *-? *(?:deg|°|min|hours?\b|hrs?\b(?![ :=-]*\d)|hourly|hrly|days?\b|weeks?\b|months?\b|times|x\b|ml\b|mg\b|mcg\b|units?\b|patients?\b(?! *(?:ka|ki|ke|ko|se|is|has))|beds\b|nurses?\b|din\b|दिन|घंटे|ghante|hafte|%|per\b|\/|cm\b|mm\b|kg\b|points?|डिग्री|मरीज़ों|मरीजों)/iu;
const IN_WORDS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|aath|nau|das|gyarah|barah|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|दस|ग्यारह|बारह|तेरह|चौदह|पंद्रह|सोलह|सत्रह|अठारह|उन्नीस|बीस';
const SPELT = new RegExp(
  folded(
    String.raw`${EDGE}(?:bed|ward|room|cabin|bistar|बेड|बिस्तर|वार्ड|कमरा|रूम)\s*(?:no|num|number|#|nambar|नंबर|नम्बर|नं|संख्या)\.?[ :-]*(?:${IN_WORDS})${END}`,
  ),
  'giu',
);
const LETTERED = new RegExp(
  String.raw`${EDGE}(?:[Bb]ed|[Ww]ard|[Bb]lock|[Ww]ing|[Bb]ay|[Rr]oom|BED|WARD|ROOM)\s+(?:no\.?\s*)?(?:[A-Z](?:[-/]?\d{1,3})?|[IVX]{2,4})(?![\p{L}\p{M}'-])`,
  'gu',
);
const BED_AFTER = new RegExp(
  folded(
    String.raw`(?<!\d)\d{1,3}(?:st|nd|rd|th)\s+(?:floor|bed|cross)|(?<!\d)\d{1,3}\s*(?:नंबर|नम्बर|number|nambar|no\.?)\s+(?:बेड|bed|बिस्तर|bistar|वार्ड|ward|कमरा|kamra|कमरे)`,
  ),
  'giu',
);
/** Ward and bed, or unit and bed, by their letters alone. */
const SHORT_FORM = new RegExp(
  folded(
    String.raw`${EDGE}(?:w(?:d|ard)?[-/]?\d{1,3}[A-Z]?[ ,/-]{1,2}b(?:d|ed)?[-/]?\d{1,3}|${UNIT}[ /-]{1,2}b(?:d|ed)?[-/ ]?\d{1,3})(?![\d\p{L}]|\.\d)`,
  ),
  'giu',
);
/** The patient called by the bed: "B-12 wale", "12 number wali". */
const CALLED_BY_BED = new RegExp(
  folded(
    String.raw`${EDGE}(?:(?:b|w)[-/]?\d{1,3}|\d{1,3}\s*(?:no|number|नंबर|नम्बर)|(?:no|number|नंबर|नम्बर)\s*\d{1,3})(?=\s+(?:wale|wala|wali|वाले|वाला|वाली)${END})`,
  ),
  'giu',
);

export const wards: Recogniser = (text) => [
  ...spansOfPattern(text, PLACE_WITH_NUMBER, 'location', ({ index, 0: found }) => {
    // A unit of blood, an operation's count: "unit 1", "OT 2" need a mark or nothing after them.
    return !COUNT_AFTER.test(text.slice(index + found.length)) && !/^(?:unit|ot)\s+\d$/iu.test(found);
  }),
  ...[SPELT, LETTERED, BED_AFTER, SHORT_FORM, CALLED_BY_BED].flatMap((pattern) =>
    spansOfPattern(text, pattern, 'location'),
  ),
];
