/**
 * Rule `unlicensed`: the closed world of holes. Every word that the model wrote must be in the approved
 * vocabulary or in a passage that the sentence cites; an unknown word is withheld, clinical or not, because
 * nothing here can tell. Source: verification, "the approach is closed-world".
 */
import type { Rule, Violation } from './rule.ts';
import { spansOf } from './text.ts';
import { isApproved } from './vocabulary.ts';

/** A citation is the program's own mark and no word. */
const CITATION = /\[p\d+\]/gu;
const WORD = /[\p{L}\p{M}]+(?:['-][\p{L}\p{M}]+)*/gu;

export const unlicensedRule: Rule = {
  name: 'unlicensed',
  check({ checked, hole, facts }) {
    if (hole === null) return [];
    const { text } = checked;
    const cited = facts.passages.filter(({ id }) => text.includes(`[${id.toLowerCase()}]`));
    const licensed = new Set(cited.flatMap((passage) => passage.text.toLowerCase().match(WORD) ?? []));
    const citations = spansOf(text, CITATION);
    return spansOf(text, WORD)
      .filter(({ start, end }) => !citations.some((mark) => start > mark.start && end < mark.end))
      .filter(({ start, end }) => start >= hole.start && end <= hole.end)
      .filter(({ text: word }) => !licensed.has(word))
      .filter(({ text: word }) => !isApproved(word) && !word.split('-').every(isApproved))
      .map(
        ({ start, end, text: word }): Violation => ({
          rule: 'unlicensed',
          start,
          end,
          message: `"${word}" is not in the approved vocabulary.`,
        }),
      );
  },
};
