/**
 * Rule `citation`: only passages that were retrieved for this alert may be cited, as [p1]; author and year, URLs,
 * "guideline of 2021" and [3] cannot be resolved. Source: verification rule 10.
 */
import type { Rule, Violation } from './rule.ts';
import { spansOf } from './text.ts';

const OURS = /\[(p\d+)\]/gu;
const FOREIGN: readonly RegExp[] = [
  /\[\d+(?:[,-] ?\d+)*\]/gu,
  /(?:https?:\/\/|www\.)\S+|\b[\w-]+\.(?:com|org|net|gov|edu|in|uk)\b/gu,
  /\([\p{L}' -]+(?: et al\.?)?,? (?:19|20)\d{2}\)|\bet al\b/gu,
  /(?:guidelines?|study|trial|paper|protocol|nice|who|rcp)(?: \w+){0,3} (?:of |from |in |\()?(?:19|20)\d{2}/gu,
  /(?:19|20)\d{2} (?:guidelines?|study|trial|paper|protocol)/gu,
  /\b(?:doi|pmid|isbn)\b/gu,
  /(?:according to|as per|as stated in|based on|recommended by) (?:the )?(?:\w+ ){0,3}(?:guidelines?|study|studies|trial|literature|research|evidence)/gu,
  /(?:studies|research|evidence|literature) (?:show|shows|suggest|suggests|prove|proves|indicate|indicates|have shown|has shown)/gu,
];

export const citationRule: Rule = {
  name: 'citation',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const match of text.matchAll(OURS))
      if (!facts.passages.some(({ id }) => id.toLowerCase() === match[1]))
        found.push({
          rule: 'citation',
          start: match.index,
          end: match.index + match[0].length,
          message: 'No such passage was retrieved for this alert.',
        });
    for (const pattern of FOREIGN)
      for (const { start, end } of spansOf(text, pattern))
        found.push({ rule: 'citation', start, end, message: 'This source cannot be resolved.' });
    return found;
  },
};
