/**
 * India's national numbers: Aadhaar, ABHA, PAN, passport, driving and medical licences, voter card, insurance.
 * Sources: UIDAI (twelve digits, first 2 to 9, Verhoeff), National Health Authority (ABHA number of fourteen digits,
 * address @abdm), Income Tax Department (PAN: five letters, four digits, a letter), Motor Vehicles Act forms.
 */
import { type Recogniser, spansOfPattern } from '../span.ts';
import { verhoeffHolds } from './verhoeff.ts';

/** Between a label and its number. */
const TO_ID = String.raw`(?:\s*(?:card|number|num|no|id|address|कार्ड|नंबर|नम्बर|संख्या|सं|पता|hai|है|is|was|as|ka|का|नं|last|ending|in|digits))*\.?[\s:.#=()-]*`;
const PHRASE = 'giu';
const LABELLED_AADHAAR = new RegExp(
  String.raw`(?<![\p{L}])(?:a+dh?a+r|aadh?ar|adhaa?r|aadha+r|uidai|uid|आधार)${TO_ID}(?<id>[\dXx*](?:[\s./-]{0,3}[\dXx*]){3,19})(?![\p{L}\d])`,
  PHRASE,
);
const GROUPED_AADHAAR = /(?<![\d.,/-])(?:[2-9]\d{3}([\s-]?)\d{4}\1\d{4})(?![\d/]|[.,]\d|-\d)/gu;
const MASKED = /(?<![\p{L}\d])(?:[Xx*]{4}[\s-]?){1,2}\d{4}(?!\d)/gu;

/** The text speaks of an Aadhaar: then any run of about its length is one, mistyped or not. */
const SPOKEN_OF = /(?<!\p{L})(?:a+dh?a+r|aadh?ar|adhaa?r|aadha+r|uidai|uid)(?!\p{L})|आधार(?!\p{M})/iu;
const ABOUT_ITS_LENGTH =
  /(?<![\p{L}\d.,/-])(?:\d{4}[\s./-]{1,3}\d{3,4}[\s./-]{1,3}\d{2,5}|\d{10,14})(?![\d/]|[.,]\d|-\d)/gu;

const aadhaar: Recogniser = (text) => [
  ...(SPOKEN_OF.test(text) ? spansOfPattern(text, ABOUT_ITS_LENGTH, 'aadhaar') : []),
  ...spansOfPattern(text, LABELLED_AADHAAR, 'aadhaar', ([, ...groups]) => /\d.*\d/u.test(groups.join(''))),
  ...spansOfPattern(text, GROUPED_AADHAAR, 'aadhaar', (match) => {
    const digits = match[0].replace(/\D/gu, '');
    return verhoeffHolds(digits);
  }),
  ...spansOfPattern(text, MASKED, 'aadhaar'),
];

const LABELLED_ABHA = new RegExp(
  String.raw`(?<![\p{L}])(?:abha|abdm|health\s?id|phr|ndhm|आभा|आयुष्मान\s+भारत\s+हेल्थ|हेल्थ\s+आईडी)${TO_ID}(?<id>\d(?:[\s./-]{0,3}\d){7,17}|[\p{L}\d._-]*\d[\p{L}\d._-]{3,})`,
  PHRASE,
);
const ABHA_NUMBER = /(?<![\d./-])(?:\d{2}[\s-]\d{4}[\s-]\d{4}[\s-]\d{4}|\d{14})(?![\d/]|[.,-]\d)/gu;
const ABHA_ADDRESS = /[\p{L}\d][\p{L}\d._-]*\s?@\s?(?:abdm|sbx|ndhm|phr)(?![\p{L}\d])/giu;

const abha: Recogniser = (text) =>
  [LABELLED_ABHA, ABHA_NUMBER, ABHA_ADDRESS].flatMap((pattern) => spansOfPattern(text, pattern, 'abha'));

const LABELLED_PAN = new RegExp(
  String.raw`(?<![\p{L}])(?:pan|पैन|permanent\s+account)(?!\p{L})${TO_ID}(?<id>(?=[\p{L}\s-]*\d)[a-z]{2,6}[\s-]?\d{2,5}[\s-]?[a-z]{0,3})(?![\p{L}\d])`,
  PHRASE,
);
/** The fourth letter tells what kind of holder it is; the marks between are a writer's. */
const PAN = /(?<![\p{L}\d])[a-z]{3}[abcfghljpt][a-z][\s-]?\d{4}[\s-]?[a-z](?![\p{L}\d])/giu;

const pan: Recogniser = (text) => [
  ...spansOfPattern(text, LABELLED_PAN, 'pan'),
  // A word before a number and a unit ("about 1200 m") is no PAN: it is written without spaces, or in capitals.
  ...spansOfPattern(text, PAN, 'pan', ([found]) => !/\s/u.test(found) || found === found.toUpperCase()),
];

const CODE = String.raw`(?<id>(?:\p{Lu}{1,5}\s(?=\d))?(?=[\p{L}/\s-]{0,12}\d)[\p{L}\d]+(?:[/-][\p{L}\d]+|\s\d+)*)(?!\p{L})`;
const LICENCE = new RegExp(
  String.raw`(?<![\p{L}])(?:passport|पासपोर्ट|driving\s+licen[cs]e|driver'?s?\s+licen[cs]e|dl\s+no|dl(?=\s*[:#-]?\s*[a-z]{2}[\s-]?\d{2}[a-z]?[\s/-]?\d{4})|licen[cs]e\s+(?:no|number)|लाइसेंस|voter\s*(?:id)?(?:\s+card)?|epic(?=\s+(?:no|card|number))|वोटर|ration\s+card|राशन|(?:kmc|mci|dmc|nmc|tnmc|mmc|medical\s+council|council)\s+reg[a-z]*|(?:kmc|mci|dmc|nmc|tnmc|mmc)(?=\s*(?:no|[-/#:])))${TO_ID}${CODE}`,
  PHRASE,
);
const PASSPORT = /(?<![\p{L}\d])[A-PR-WY]\s?[1-9]\d{6}(?![\p{L}\d])/gu;
const DRIVING = /(?<![\p{L}\d])[A-Z]{2}[\s-]?\d{2}[\s/-]?(?:19|20)\d{2}[\s-]?\d{7}(?!\d)/gu;
const VOTER = /(?<![\p{L}\d])[A-Z]{3}\/?\d{7}(?!\d)/gu;

const licence: Recogniser = (text) => [
  ...spansOfPattern(text, LICENCE, 'licence', ({ groups }) => /\d{2}/u.test(groups?.id ?? '')),
  ...[PASSPORT, DRIVING, VOTER].flatMap((pattern) => spansOfPattern(text, pattern, 'licence')),
];

const INSURANCE = new RegExp(
  String.raw`(?<![\p{L}])(?:insurance(?:\s+policy)?|policy|बीमा|पॉलिसी|pm-?jay|ayushman(?:\s+bharat)?|आयुष्मान(?:\s+भारत)?|esic?|cghs|echs|tpa|claim|(?:health|ehs|cmchis|swasthya\s?sathi|chiranjeevi)\s+card|scheme\s+(?:no|id)|pre-?auth(?:orisation|orization)?|mediclaim|member|beneficiary|bpl|rsby|arogya\s?sri|golden\s+card)(?!\p{L})${TO_ID}${CODE}`,
  PHRASE,
);

const insurance: Recogniser = (text) =>
  spansOfPattern(text, INSURANCE, 'insurance', ({ groups }) =>
    /(?:\d\D*){4}|\p{L}(?:\D*\d){3}/u.test(groups?.id ?? ''),
  );

export const nationalIds: readonly Recogniser[] = [aadhaar, abha, pan, licence, insurance];

/** For the trainer, which looks for the same shapes (`trainer-patterns.test.ts`). */
export const NATIONAL_PATTERNS = {
  SPOKEN_OF,
  ABOUT_ITS_LENGTH,
  LABELLED_AADHAAR,
  GROUPED_AADHAAR,
  MASKED,
  LABELLED_ABHA,
  ABHA_NUMBER,
  ABHA_ADDRESS,
  LABELLED_PAN,
  PAN,
  LICENCE,
  PASSPORT,
  DRIVING,
  VOTER,
  INSURANCE,
};
