/**
 * Rule `citation`: only passages that were retrieved for this alert may be cited, as [p1]; author and year, URLs,
 * "guideline of 2021" and [3] cannot be resolved. Source: verification rule 10.
 */

import { numberClaims } from './claims.ts';
import { isCheck, isNegated } from './context.ts';
import type { Rule, Violation } from './rule.ts';
import { checkedText, clauseAround, has, type Span, spansOf, words } from './text.ts';
import { subjectsNamed, vitalsNamed } from './vitals-named.ts';

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

/** Numbers and vitals that a text speaks of. */
function holdings(text: string): ReadonlySet<string | number> {
  const vitals = subjectsNamed(text)
    .filter(({ kind }) => kind !== 'points')
    .map(({ vital }) => vital);
  const claims = numberClaims(text);
  const numbers = claims.flatMap(({ value }) => (value === null ? [] : [value]));
  // "95 %" speaks of the saturation without its name.
  const implied = claims.flatMap(({ unit }) =>
    unit === 'percent' ? ['spo2'] : unit === 'celsius' ? ['temp'] : [],
  );
  return new Set([...vitals, ...implied, ...numbers]);
}

/** Whether the cited passages hold one number or vital of the sentence; a sentence without any claims neither. */
function isHeld(text: string, passages: readonly string[]): boolean {
  const claimed = holdings(text);
  if (claimed.size === 0) return true;
  return passages.some((passage) => {
    const held = holdings(checkedText(passage).text);
    return [...claimed].some((claim) => held.has(claim));
  });
}

/** Who is to come and what is to be done: a passage licenses only the people and procedures that it names. */
const DEMANDED = words(
  '(?:consultants?|intensivists?|surgeons?|specialists?|registrars?|an(?:a)?esthetists?|cardiologists?|neurologists?|nephrologists?|icu|critical[ -]care|senior|arterial lines?|central lines?|catheters?|ventilat\\w*|intubat\\w*|dialysis|surgery|x-?rays?|ct|mri|ultrasound|echo\\w*|cultures?|blood gas(?:es)?|transfusion|imaging|ecg)',
);
/** A target, range or limit that is told with a citation is the passage's own, number by number. */
const AIMED = words(
  'targets?|aim(?:s|ed)?(?: for| at)?|goals?|range|between|limits?|thresholds?|लक्ष्य|टारगेट|सीमा',
);
function notItsNumber(text: string, passages: readonly string[]): Span[] {
  if (!has(text, AIMED)) return [];
  const held = new Set(passages.flatMap((passage) => numberClaims(passage).map(({ value }) => value)));
  const claims = numberClaims(text);
  return claims.filter(({ value, end }, index) => {
    const next = claims[index + 1];
    const last = claims[index - 1];
    const joined = (from: number, to: number): boolean =>
      /^ ?(?:%|-|to|से|and|और) ?$/u.test(text.slice(from, to));
    const isRange =
      (next !== undefined && joined(end, next.start)) ||
      (last !== undefined && joined(last.end, claims[index]?.start ?? 0));
    return isRange && value !== null && !held.has(value);
  });
}

/** The first letters of a term are what its forms share. */
const STEM_LETTERS = 6;

function notInPassage(text: string, passages: string): Span[] {
  return spansOf(text, DEMANDED).filter(
    ({ start, end, text: term }) =>
      !passages.includes(term.slice(0, STEM_LETTERS)) &&
      !isCheck(text, start, end) &&
      !isNegated(text, start, end),
  );
}

const REPEATED = words(
  'repeat(?:ed|ing)?|measur(?:e|ed|ing)|re-?check(?:ed|ing)?|re-?measur(?:e|ed|ing)|record(?:ed|ing)?|monitor(?:ed|ing)?|take|दोहरा[\\p{L}\\p{M}]*|दोबारा (?:माप|जाँच|देख|नाप|ले)[\\p{L}\\p{M}]*',
);
/** "Repeat the temperature … [p2]" of a passage that has the rate and the saturation repeated. */
function otherReading(text: string, passages: string): Span[] {
  const held = new Set<string>(vitalsNamed(passages).map(({ vital }) => vital));
  if (held.size === 0 || !has(text, REPEATED) || !has(passages, REPEATED)) return [];
  if (has(passages, words('observations|vital signs|vitals|full set|parameters'))) return [];
  return vitalsNamed(text).filter(({ vital, start }) => {
    const clause = clauseAround(text, start);
    return vital !== 'news2' && !held.has(vital) && has(text.slice(clause.start, clause.end), REPEATED);
  });
}

/** Works and bodies by name; the chart's own source is none of them. Small words are told by their capitals. */
const SOURCES = words(
  "uptodate|up-to-date topic|medscape|wikipedia|webmd|harrison(?:'s)?|davidson(?:'s)?|oxford handbook|bmj|lancet|nejm|jama|cochrane|surviving sepsis(?: campaign)?|icmr|mohfw|aiims|pubmed|google|chatgpt|textbooks?|journals?|literature|american heart association|british thoracic society|world health organi[sz]ation|resuscitation council|european society",
);
const SOURCES_BY_CAPITALS =
  /(?<![\p{L}])(?:NICE|WHO|AHA|BTS|ESC|SCCM|ESICM|CDC|NHS|FDA|ISCCM|IMA|ATLS|ACLS|BLS)(?![\p{L}])/gu;

/** Opposites: what a passage says one way licenses no order the other way. */
const OPPOSITES: readonly (readonly [RegExp, RegExp])[] = [
  [
    words('increas\\w+|rais(?:e|ed|ing)|turn\\w* up|escalat\\w+|more|बढ़[\\p{L}\\p{M}]*'),
    words('reduc\\w+|decreas\\w+|lower(?:ed|ing)?|turn\\w* down|wean\\w*|less|घटा[\\p{L}\\p{M}]*|कम'),
  ],
  [
    words('above|over|exceed\\w*|more than|higher than|से ऊपर|से (?:अधिक|ज़्यादा)'),
    words('below|under|less than|lower than|से नीचे|से कम'),
  ],
  [words('before|prior to|से पहले'), words('after|following|के बाद')],
  [words('give|start|begin|apply|दें|शुरू'), words('stop|withhold|avoid|remove|बंद|रोक[\\p{L}\\p{M}]*')],
];
/** Words of an order whose opposite alone the passage holds. */
function oppositeOf(text: string, passages: string): Span[] {
  return OPPOSITES.flatMap(([one, other]) =>
    [[one, other] as const, [other, one] as const].flatMap(([said, opposite]) =>
      !has(passages, said) && has(passages, opposite) && !has(text, opposite)
        ? spansOf(text, said).filter(({ start, end }) => !isNegated(text, start, end))
        : [],
    ),
  );
}

/** A source without a year is as unresolvable, unless the sentence cites a passage for it. */
const UNNAMED =
  /(?:guidelines?|protocols?|literature|textbooks?) (?:states?|says?|recommends?|advises?|suggests?|requires?|tells?)(?![\p{L}])/gu;

const ORDERING = words(
  'give|start|stop|begin|increase|reduce|raise|lower|turn|take|call|measure|wean|avoid|apply|should|must|need(?:s|ed)?|दें|लें|करें|बढ़[\\p{L}\\p{M}]*|घटा[\\p{L}\\p{M}]*|कर[\\p{L}\\p{M}]*',
);

export const citationRule: Rule = {
  name: 'citation',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const { start, end } of spansOf(text, SOURCES))
      found.push({ rule: 'citation', start, end, message: 'This source cannot be resolved.' });
    // A text in capitals throughout tells nothing by them.
    if (/\p{Ll}/u.test(checked.original))
      for (const match of checked.original.matchAll(SOURCES_BY_CAPITALS)) {
        const start = Math.max(
          0,
          checked.origin.findIndex((offset) => offset >= match.index),
        );
        found.push({
          rule: 'citation',
          start,
          end: start + match[0].length,
          message: 'This source cannot be resolved.',
        });
      }
    for (const match of text.matchAll(OURS))
      if (!facts.passages.some(({ id }) => id.toLowerCase() === match[1]))
        found.push({
          rule: 'citation',
          start: match.index,
          end: match.index + match[0].length,
          message: 'No such passage was retrieved for this alert.',
        });
    const cited = facts.passages.filter(({ id }) => text.includes(`[${id.toLowerCase()}]`));
    if (
      cited.length > 0 &&
      !isHeld(
        text,
        cited.map((passage) => passage.text),
      )
    )
      for (const { start, end } of spansOf(text, OURS))
        found.push({ rule: 'citation', start, end, message: 'The cited passage does not speak of this.' });
    if (cited.length > 0)
      for (const { start, end } of notItsNumber(
        text,
        cited.map((passage) => checkedText(passage.text).text),
      ))
        found.push({ rule: 'citation', start, end, message: 'The cited passage has other numbers.' });
    if (cited.length > 0)
      for (const { start, end } of notInPassage(
        text,
        cited.map((passage) => passage.text.toLowerCase()).join(' '),
      ))
        found.push({ rule: 'citation', start, end, message: 'The cited passage does not say this.' });
    const held = cited.map((passage) => passage.text.toLowerCase()).join(' ');
    for (const { start, end } of otherReading(text, held))
      found.push({ rule: 'citation', start, end, message: 'The cited passage speaks of another reading.' });
    if (cited.length > 0 && has(text, ORDERING))
      for (const { start, end } of oppositeOf(text, held))
        found.push({ rule: 'citation', start, end, message: 'The cited passage says the opposite.' });
    for (const pattern of cited.length > 0 ? FOREIGN : [...FOREIGN, UNNAMED])
      for (const { start, end } of spansOf(text, pattern))
        found.push({ rule: 'citation', start, end, message: 'This source cannot be resolved.' });
    return found;
  },
};
