/**
 * How a person is reached: phones, mail, web and network addresses. Sources: Department of Telecommunications, National
 * Numbering Plan (mobiles: ten digits from 6 on; area codes of two to four digits after 0), RFC 5322, RFC 3986.
 */
import { type Recogniser, spansOfPattern } from '../span.ts';

const MOBILE =
  /(?<![\d.,]|\d[-/])(?:\(?\+?\s?91\)?[\s./-]*\(?|0091[\s-]*|\(?0[\s-]?)?[6-9](?:\d{4}\/\d{5}|\d{4}\)[\s-]*\d{5}|(?:[\s.-]{0,2}\d){9})(?![\d]|[.,]\d|-\d)/gu;
const LANDLINE =
  /(?<![\d.,/-])(?:\+?91[\s-]*)?(?:\(0\d{2,4}\)|0\d{2,4})[\s./-]*\d{3,4}[\s-]?\d{3,4}(?![\d/]|[.,]\d)/gu;
const TOLL_FREE = /(?<![\d.])1[89]00[\s-]?\d{2,3}[\s-]?\d{3,4}(?!\d)/gu;
const ABROAD = /\+\d(?:[\s().-]{0,2}\d){7,14}(?!\d)/gu;
const LABEL =
  'ph|phone|telephone|tel|mob|mobile|cell|contact|whats\\s?app|call(?:ed)?|helpline|extension|extn?|landline|fax|intercom|pager|फ़ोन|फोन|मोबाइल|मोबाईल|मो|संपर्क|सम्पर्क|व्हाट्सएप|फ़ैक्स';
const LABELLED = new RegExp(
  String.raw`(?<!\p{L})(?:${LABEL})(?!\p{L})(?:\s*(?:no|num|number|nos|नंबर|नम्बर|नं|is|on|at|him|her|me|us|hai|है|पर|par|ka|का|kar|karo|करें))*\.?[\s:.#=()+-]*(?<id>\+?\d(?:[\s().-]{0,2}\d){3,14})(?!\d)`,
  'giu',
);
const COUNT_AFTER = /^\s*(?:ml|mg|mmhg|mcg|times|%|°|\/min|bpm|hours?|min)/iu;
/** A clock or a count after "call": "call at 10.30", "called 2 times". */
const NO_PHONE = /^\d{1,2}[.:]\d{2}$/u;

const DIGIT_WORD =
  'zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|shunya|ek|do|teen|char|chaar|paanch|panch|chhe|che|saat|sat|aath|nau|शून्य|एक|दो|तीन|चार|पाँच|पांच|छह|छः|सात|आठ|नौ|डबल';
const SPOKEN = new RegExp(
  String.raw`(?<![\p{L}\p{M}])(?:${DIGIT_WORD})(?:[\s,-]+(?:${DIGIT_WORD})){6,}(?![\p{L}\p{M}])`,
  'giu',
);

/** Readings in a row: pairs of digits are a phone only where the text speaks of one. */
const IN_PAIRS = /^(?:\d\d ){4}\d\d$|^(?:\d ){9}\d$/u;
const SPEAKS_OF_PHONE = new RegExp(String.raw`(?<!\p{L})(?:${LABEL})(?!\p{L})`, 'iu');

/** Ten single digits in a text that speaks of a number. */
const SPEAKS_OF_NUMBER = /^(?:\d ){9}\d[\s\S]*(?<!\p{L})(?:number|nambar|no|नंबर|नम्बर)(?!\p{L})/iu;

const phone: Recogniser = (text) => [
  ...spansOfPattern(
    text,
    MOBILE,
    'phone',
    ([found]) => !IN_PAIRS.test(found) || SPEAKS_OF_PHONE.test(text) || SPEAKS_OF_NUMBER.test(found + text),
  ),
  ...[LANDLINE, TOLL_FREE, ABROAD, SPOKEN].flatMap((pattern) => spansOfPattern(text, pattern, 'phone')),
  ...spansOfPattern(
    text,
    LABELLED,
    'phone',
    ({ groups, index, 0: found }) =>
      !NO_PHONE.test(groups?.id ?? '') && !COUNT_AFTER.test(text.slice(index + found.length)),
  ),
];

const MAIL = /[\p{L}\d][\p{L}\d._%+-]*\s?@\s?[\p{L}\d-]+(?:\s?\.\s?[\p{L}][\p{L}\d-]+)+/gu;
/** Payment addresses have a bank's handle in place of a domain. */
const PAYMENT = /[\p{L}\d][\p{L}\d._-]*@[a-z]{2,}(?![\p{L}\d.])/giu;
const SPELT =
  /[\p{L}\d][\p{L}\d._-]*\s*(?:[[({]\s*at\s*[\])}]|\s+at(?:\s+the\s+rate)?\s+)\s*[\p{L}\d-]+(?:\s*(?:[[({]\s*dot\s*[\])}]|\s+dot\s+|\.)\s*(?:com|in|org|net|co|edu|gov|nic|ac))+(?!\p{L})/giu;

const email: Recogniser = (text) =>
  [MAIL, PAYMENT, SPELT].flatMap((pattern) => spansOfPattern(text, pattern, 'email'));

const URL = /(?:\b[a-z][a-z+.-]{1,9}:\/\/|\bwww\.)[^\s<>"'()|।]+/giu;
const DOMAIN =
  /(?<![@\p{L}\d.-])(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?:com|org|net|info|edu|io|app|health|care|hospital|dev|me|ly|(?:co|gov|nic|org|ac|edu|net|res)\.in|in(?=\/|\s*$)|local|lan|internal)(?::\d+)?(?:\/[^\s<>"'()|।]*)?(?![\p{L}\d])/giu;
const TRAILING = /[.,;:!?)\]]+$/u;

const url: Recogniser = (text) =>
  [URL, DOMAIN].flatMap((pattern) =>
    spansOfPattern(text, pattern, 'url').map(({ start, end, kind }) => ({
      start,
      end: end - (TRAILING.exec(text.slice(start, end))?.[0].length ?? 0),
      kind,
    })),
  );

const IP4 =
  /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{2,5}|\/\d{1,2})?(?!\.?\d)/gu;
const IP6 =
  /(?<![\p{L}\d:])(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,6}(?::[\da-f]{1,4}){1,6}|(?:[\da-f]{1,4}:){2,7}:|::(?:[\da-f]{1,4}:){1,5}[\da-f]{1,4})(?![\p{L}\d:])/giu;

const ip: Recogniser = (text) => [IP4, IP6].flatMap((pattern) => spansOfPattern(text, pattern, 'ip'));

export const contact: readonly Recogniser[] = [email, url, ip, phone];

/** For the trainer, which looks for the same shapes (`trainer-patterns.test.ts`). */
export const CONTACT_PATTERNS = {
  MOBILE,
  IN_PAIRS,
  SPEAKS_OF_PHONE,
  SPEAKS_OF_NUMBER,
  LANDLINE,
  TOLL_FREE,
  ABROAD,
  SPOKEN,
  LABELLED,
  NO_PHONE,
  COUNT_AFTER,
  MAIL,
  PAYMENT,
  SPELT,
  URL,
  DOMAIN,
  TRAILING,
  IP4,
  IP6,
};
