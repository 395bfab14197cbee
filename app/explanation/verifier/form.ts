/**
 * Rule `form`: role tokens, template headings, active markup, hidden or direction-changing characters, loops,
 * truncated or empty text. Plain emphasis passes. Source: verification rule 12.
 */

import { isClinicalTerm } from './clinical-term.ts';
import type { Rule, Violation } from './rule.ts';
import { has, type Span, spansOf, words } from './text.ts';

/** Looked for in the folded text. */
const MARKUP: readonly (readonly [RegExp, string])[] = [
  [
    /<\|[^|>\n]*\|?>|<\/?s>|\[\/?inst\]|<<\/?sys>>|<(?:start|end)_of_turn>|<\/?(?:think|system|user|assistant)>/gu,
    'A role token.',
  ],
  [/^ ?#{1,6} ?\S[^\n]*|\n ?#{1,6} ?\S[^\n]*/gu, 'A template heading.'],
  [
    /(?:^|\n) ?(?:system|user|assistant|human|instruction|input|response|ai|prompt|output) ?:/gu,
    'A role heading.',
  ],
  [/<\/?[a-z][^>\n]*>|<!--|&(?:#\d+|#x[\da-f]+|[a-z]+);/gu, 'Markup.'],
  [
    /!?\[[^\]\n]*\]\([^)\n]*\)|(?:javascript|data|vbscript|file):\S|```|\{\{|\$\{/gu,
    'An active link or code.',
  ],
];
/** Looked for in the original, because folding removes them. Joiners are letters' business in Devanagari. */
const HIDDEN =
  /(?!\n)\p{Cc}|(?![\u200c\u200d])\p{Cf}|\p{Cs}|\ufffd|(?<!\p{Script=Devanagari})[\u200c\u200d]|[\u200c\u200d](?!\p{Script=Devanagari})/gu;
/** Letters of two alphabets in one word: a Cyrillic а in "sepsis" must not hide it. */
const MIXED =
  /(?=[\p{L}]*\p{Script=Latin})(?=[\p{L}]*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}])(?!µ|μ)[\p{L}]{2,}/gu;
/** "s e p s i s" and "s.e.p.s.i.s": nobody writes so in a ward, so it can only hide something. */
const SPELLED = /(?<![\p{L}\p{M}])(?:[\p{L}][ ._*-]){3,}[\p{L}](?![\p{L}\p{M}])/gu;
const SAME_CHARACTER = /(\S)\1{5,}/gu;
const SAME_WORD = /(?<![\p{L}])([\p{L}\p{M}]+)(?:[ ,]+\1){2,}(?![\p{L}\p{M}])/gu;
const SAME_PHRASE = /((?:[\p{L}\p{M}']+[ ,]+){2,}[\p{L}\p{M}']+)(?:[ ,.]+(?:and |which )?\1){1,}/gu;
const END_MARK = /[.!?।…]["')\]]*\s*$/u;
/** No sentence ends so. */
const HANGING =
  /(?:[,;:(-]|(?<![\p{L}])(?:a|an|the|and|or|but|of|to|with|for|from|by|at|in|on|is|are|was|were|which|that|because|may|और|या|का|की|के|में|से|कि))\s*$/u;

/** "sep-sis", "pneu·monia", "sep-\nsis": a mark inside a clinical word can only hide it. */
const BROKEN = /(?<![\p{L}\p{M}])[\p{L}\p{M}]+(?:[-._*~/|·]\s?[\p{L}\p{M}]+)+(?![\p{L}\p{M}])/gu;

function brokenWords(text: string): Span[] {
  return spansOf(text, BROKEN).filter(({ text: word }) => {
    const joined = word.replaceAll(/[^\p{L}\p{M}]/gu, '');
    return (
      isClinicalTerm(joined) && !isClinicalTerm(word) && !word.split(/[^\p{L}\p{M}]+/u).some(isClinicalTerm)
    );
  });
}

const HINDI_VERB = words('है|हैं|था|थी|थे|हो|हुआ|हुई|होगा|होगी');
/** What a Hindi or mixed clause ends with where it is complete: a verb, a number, or a word of state. */
const COMPLETE_TAIL = new RegExp(
  /\p{N}|(?<![\p{L}\p{M}])(?:low|high|fast|slow|normal|raised|missing|कम|अधिक|ज़्यादा|तेज़|धीम[ाीे]|सामान्य|नहीं|ठीक|गर्म|ठंड[ाीे])(?![\p{L}\p{M}])|[\p{L}\p{M}]*(?:ें|एँ|एं|ओ|इए|ना|कर|दो|लो)\s*$/u.source.normalize(
    'NFKC',
  ),
  'u',
);
const HINDI_CONJUNCTION = /(?<![\p{L}\p{M}])(?:और|तथा|या|लेकिन|परंतु|क्योंकि|इसलिए|and|but)(?![\p{L}\p{M}])/u;

/** "रक्तचाप कम है और नाड़ी": a Hindi verb stands last, so a clause without one behind a conjunction breaks off. */
function breaksOffInHindi(text: string): boolean {
  if (END_MARK.test(text) || !has(text, HINDI_VERB)) return false;
  const tail = text.split(HINDI_CONJUNCTION).slice(1).at(-1);
  // "SpO2" ends in a digit and is no number.
  const bare = tail?.replaceAll(/sp ?o2|news ?2/gu, 'x').normalize('NFKC');
  return bare !== undefined && !has(bare, HINDI_VERB) && !COMPLETE_TAIL.test(bare);
}

export const formRule: Rule = {
  name: 'form',
  check({ checked, ending }) {
    const { text, original } = checked;
    const found: Violation[] = [];
    const add = (start: number, end: number, message: string) =>
      found.push({ rule: 'form', start, end, message });
    if (!/[\p{L}\p{N}]/u.test(text)) add(0, text.length, 'There is no text.');
    for (const [pattern, message] of MARKUP)
      for (const { start, end } of spansOf(text, pattern)) add(start, end, message);
    for (const match of original.matchAll(HIDDEN)) {
      const start = checked.origin.findIndex((offset) => offset >= match.index);
      add(Math.max(0, start), Math.max(0, start), 'A hidden, control or direction-changing character.');
    }
    for (const { start, end } of spansOf(text, MIXED))
      add(start, end, 'Letters of two alphabets in one word.');
    for (const { start, end } of spansOf(text, SPELLED)) add(start, end, 'A word spelled apart.');
    for (const pattern of [SAME_CHARACTER, SAME_WORD, SAME_PHRASE])
      for (const { start, end } of spansOf(text, pattern)) add(start, end, 'The text repeats itself.');
    for (const { start, end } of brokenWords(text)) add(start, end, 'A mark inside a word.');
    const broken =
      ending === 'strict'
        ? !END_MARK.test(text)
        : ending === 'lenient' && (HANGING.test(text) || breaksOffInHindi(text));
    if (text.trim() !== '' && broken) add(text.length, text.length, 'The text breaks off.');
    return found;
  },
};
