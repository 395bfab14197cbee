/**
 * Rule `identifier`: no name, number, bed with number, phone or address of a person; roles are fine.
 * Source: verification rule 11. It reads the original text, because a capital letter tells a name.
 */
import type { Rule, Violation } from './rule.ts';

const TITLED =
  /(?:\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Smt|Shri|Sri|Sister|Nurse|Doctor)\.?|(?:श्री|श्रीमती|डॉ\.?|डॉक्टर|सिस्टर))\s+(?:\p{Lu}[\p{L}'-]+|(?!साहब|को|से|की|का|के|द्वारा)[\p{Script=Devanagari}]{2,})/gu;
const NAMED =
  /\b(?:[Pp]atient|[Nn]amed?|called|मरीज़)\s+(?:is\s+)?(?:named\s+|called\s+)?\p{Lu}[\p{Ll}]+(?:\s+\p{Lu}[\p{Ll}]+)+/gu;
const RECORD =
  /\b(?:MRN|UHID|IPD|OPD|IP\s?No|record\s+(?:no|number)|hospital\s+(?:no|number)|patient\s+(?:id|no|number)|Aadhaar|ABHA|PAN)\b[\s.:#-]*[\w-]*\d[\w/-]*/giu;
const BED = /\b(?:bed|room|ward|बेड|कमरा)\s*(?:no\.?|number|नंबर)?\s*#?\s*\d+\w*/giu;
const LONG_NUMBER = /(?<![\d.])(?:\+?\d[\s-]?){9,14}\d(?!\d)/gu;
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*/gu;
const BIRTH = /\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{2}|\d{4})\b|\b(?:born|DOB|date of birth)\b/giu;

export const identifierRule: Rule = {
  name: 'identifier',
  check({ checked }) {
    const found: Violation[] = [];
    for (const pattern of [TITLED, NAMED, RECORD, BED, LONG_NUMBER, MAIL, BIRTH])
      for (const match of checked.original.matchAll(pattern)) {
        const start = checked.origin.findIndex((offset) => offset >= match.index);
        const last = match.index + match[0].length;
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
