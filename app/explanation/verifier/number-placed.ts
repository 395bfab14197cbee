/** Part of the rule `number`: whether the words round a number allow it as a current or previous reading, a limit, a change, a time. */
import type { NumberClaim } from './claims.ts';
import type { Licence } from './licences.ts';
import { has, sentenceAround, words } from './text.ts';

/** "comes from a pulse of 84" tells what a value is made of, "from 84 to 96" what it was before. */
export const MADE_FROM = words(
  '(?:com(?:es?|ing)|came|deriv\\w*|computed|calculated|made(?: up)?|results?|arises?|known|told|judged|seen|inferred) from',
);

const AGAINST = 'against|compared (?:with|to)|versus|vs|instead of|की तुलना में|के मुकाबले';

const PREVIOUS = words(
  `from|${AGAINST}|previous(?:ly)?|earlier|before|was|were|last|prior|ago|(?:hours?|minutes?) back|had been|initially|पहले|था|थी|पिछल(?:ा|ी|े)`,
);

const STRONGLY_PREVIOUS = words(`from|${AGAINST}|previous(?:ly)?|earlier|पहले|पिछल(?:ा|ी|े)`);

const NOW = words('to|now|currently|is|are|at present|अब|है|बढ़कर|घटकर');

export const COMPARISON = words(
  'above|over|below|under|more than|less than|greater than|at least|at most|higher than|lower than|exceed(?:s|ing)?|between|limits?(?: of)?|<|>|≤|≥|under|beneath|past|exceeded|threshold(?: of| is)?|(?:begins?|starts?|ends?) (?:at|with)|target(?: of| is)?|cut-?off(?: of| is)?|up to|from|या (?:उससे |इससे )?(?:अधिक|कम|ऊपर|नीचे|ज़्यादा)|से (?:अधिक|कम|ऊपर|नीचे)|सीमा|लक्ष्य|टारगेट|limit',
);

const COMPARISON_AFTER =
  /^\s?(?:(?!target|limit|threshold|सीमा|लक्ष्य|टारगेट)\S+ )?(?:(?:or|and) (?:more|less|fewer|above|below|over|under|higher|lower|up|down)(?!\p{L})|(?:site |policy )?(?:limit|threshold|cut-?off|mark)(?!\p{L})|और (?:अधिक|ज़्यादा|कम|ऊपर|नीचे)|(?:की|का)(?: [\p{L}\p{M}]+)? (?:सीमा|लक्ष्य|limit|threshold|target|टारगेट)|(?:से|के) (?:अधिक|ज़्यादा|कम|ऊपर|नीचे)|या (?:उससे |इससे |उस से )?(?:अधिक|ज़्यादा|कम|ऊपर|नीचे)|की सीमा|का लक्ष्य)/u;

/** "26/min an hour ago" tells of the reading before, whatever verb it has. */
const EARLIER_AFTER =
  /^(?:\s?[^\s,;]+){0,4}?\s?(?:ago|back(?! (?:to|in|at|from))|earlier|previously|beforehand|before(?=\s*(?:$|[.,;:)\d]|and |now))|पहले)(?![\p{L}\p{M}])/u;

/** The time between two readings is no time limit: "within 1 hour" is the chart's to say. */
const PASSED = words('in|over|during|past|last|since|for|after|पिछले');

/** A time in which something changed: "risen from 82 to 106 within 100 minutes", "100 मिनट में बढ़कर". */
const CHANGED = words(
  'worse(?:ned)?|deteriorated|improved|moved|बिगड़[\\p{L}\\p{M}]*|सुधर[\\p{L}\\p{M}]*|बदल[\\p{L}\\p{M}]*|lost|gained|shed|rise|fall|drop|increase|decrease|from|rose|risen|rising|fell|fallen|falling|dropped|went|gone|changed?|climbed|increased|decreased|बढ़[\\p{L}\\p{M}]*|गिर[\\p{L}\\p{M}]*|घट[\\p{L}\\p{M}]*|हुआ|हुई|गया|गई|गयी|गए|आ(?:या|ई|ए|यी)|पहुँच[\\p{L}\\p{M}]*',
);

const WITHIN = words('within');

const TIME_AFTER_HINDI = /^\s?(?:में|के (?:अंदर|भीतर))(?![\p{L}\p{M}])/u;

export const AGE_AFTER = /^\s?(?:old|out of date|पुरान[ाीे])(?![\p{L}\p{M}])/u;

/** "(माप 61 मिनट पहले)": the Hindi rule text tells a stale reading's age so. */
const MEASURED_AGO = /^\s?(?:पहले|ago)(?![\p{L}\p{M}])/u;

/** "22 to 26", "110 से 95": the first number is the earlier one. */
const TO_AFTER = /^\s?(?:to|→|->|से)\s?\d/u;

const BY = words(
  'by|(?:rise|fall|drop|increase|decrease|change|gain|loss) in (?:[\\p{L}\\p{N}]+ ){1,3}of|change of|difference of|drop of|fall of|rise of|increase of|decrease of|higher|lower|more|less',
);

/** Whether the words round a number allow the licence to be used there. */
export function stands(licence: Licence, claim: NumberClaim, text: string): boolean {
  const sentence = sentenceAround(text, claim.start);
  const before = text.slice(sentence.start, claim.start);
  const close = before.replaceAll(MADE_FROM, 'of').split(' ').slice(-5).join(' ');
  const after = text.slice(claim.unitEnd, sentence.end);
  const marker = (pattern: RegExp) => Math.max(-1, ...[...close.matchAll(pattern)].map(({ index }) => index));
  // "94 % against 96 %, pulse 118": what stands before a comma belongs to the vital there.
  const last = close.slice(close.lastIndexOf(',') + 1);
  const own = (pattern: RegExp) => Math.max(-1, ...[...last.matchAll(pattern)].map(({ index }) => index));
  switch (licence.as) {
    case 'limit':
      return has(close, COMPARISON) || /[<>≤≥]=? ?$/u.test(before) || COMPARISON_AFTER.test(after);
    case 'change':
      return (
        has(close, BY) ||
        (has(close, CHANGED) && !/(?:to|from|at) $/u.test(before)) ||
        /^[\p{L}\p{M}\p{N} ]{0,20}?(?:बढ़|घट|गिर)(?:[ाीे]|ी है|े हैं)(?![\p{L}\p{M}])/u.test(
          after.normalize('NFKC'),
        ) ||
        /^\s?(?:(?:below|above|under|over) (?:the |its )?(?:site )?(?:limit|threshold)|higher|lower|more|less|faster|slower|warmer|cooler|से|बढ़|घट|गिर|कम|अधिक|ज़्यादा)/u.test(
          after,
        )
      );
    case 'previous':
      return (
        EARLIER_AFTER.test(after) ||
        /(?<!\p{L})(?:after|following)(?: a reading of)? $/u.test(before) ||
        /^\s?then(?![\p{L}])/u.test(after) ||
        marker(PREVIOUS) > marker(NOW) ||
        TO_AFTER.test(after) ||
        /^\s?(?:था|थी|से|पहले)/u.test(after)
      );
    case 'elapsed':
      return (
        EARLIER_AFTER.test(after) ||
        has(close, PASSED) ||
        /^\s?से(?![\p{L}\p{M}])/u.test(after) ||
        ((has(close, WITHIN) || TIME_AFTER_HINDI.test(after)) &&
          has(text.slice(sentence.start, sentence.end), CHANGED))
      );
    case 'age':
      return AGE_AFTER.test(after) || MEASURED_AGO.test(after);
    case 'current':
      return licence.vital === null || (own(STRONGLY_PREVIOUS) <= own(NOW) && !EARLIER_AFTER.test(after));
  }
}
