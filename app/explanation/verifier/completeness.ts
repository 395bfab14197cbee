/** Part of the rule `contradiction`: what is there, what is missing, and that there is an alert. Source: verification rule 8. */
import type { Facts } from '../facts.ts';
import { coordinated } from './coordinated.ts';
import { countedStatements } from './count-of-parameters.ts';
import { named, type Objection } from './objection.ts';
import { clauseAround, has, sentenceAround, words } from './text.ts';
import { isMeasured, vitalsNamed } from './vitals-named.ts';

const ALL_NORMAL = words(
  "(?:all|every|each|both|the|these|other|his|her|patient's)(?: of the| the)? (?:\\w+ )?(?:readings?|vitals?|vital signs|signs|observations|parameters|values)(?: \\w+)? (?:is|are|were|was|look|seem) (?:all )?(?:normal|fine|good|stable|within|in range|unremarkable|reassuring|ok(?:ay)?)|(?:patient|he|she|condition) (?:is|remains|looks|seems|appears) (?:stable|well|fine|normal|healthy)|(?:everything|all) (?:is|are|looks|seems) (?:normal|fine|good|stable)|no abnormal\\w*|nothing (?:is )?abnormal|सब (?:कुछ )?सामान्य|सभी [\\p{L}\\p{M}]+ सामान्य",
);

const COMPLETE = words(
  '(?:nothing|no \\w+) (?:is |are )?missing|(?:not a single|not one|none of the) (?:readings?|vitals?|values?|parameters?) (?:is|are|was|were)? ?(?:missing|absent|lacking)|nothing (?:is |was )?(?:absent|lacking|left out|omitted)|every (?:vital|reading|parameter|value)(?: sign)? (?:is|was|has been) (?:there|in|present|recorded|measured|available|taken)|all (?:\\w+ )?(?:readings|vitals|vital signs|parameters|values) (?:were|are|have been) (?:measured|available|recorded|present)|(?:कोई|एक) (?:भी )?(?:reading|रीडिंग|माप|value|vital)(?: [^ ]+)? (?:missing|छूटी|छूटा|बाकी|बाक़ी|अनुपस्थित|गायब) नहीं|(?:nothing|none) (?:is |was )?(?:left out|outstanding|lacking|absent)|full set (?:of|is|was)|score is complete|score complete(?! नहीं)|(?<!no |not a |without a )complete (?:score|set)|कुछ (?:भी )?(?:missing|छूटा|बाकी|बाक़ी) नहीं|(?:सब|सभी|सारे) (?:[^ ]+ )?(?:available|measured|measure|recorded|उपलब्ध|मापे|दर्ज) (?:है|हैं|हो|गए|कर)[\\p{L}\\p{M}]*',
);

const INCOMPLETE = words(
  '(?:score|set|total|chart) (?:is )?(?:still )?(?:incomplete|partial|a lower bound|only a lower bound)|incomplete (?:score|set)|it is incomplete|यह अधूरा है|(?:स्कोर|सेट) (?:अभी )?अधूरा है',
);

const NO_ALERT = words(
  'no alert|there is no alarm|not an alert|does not (?:need|require) (?:an alert|escalation)',
);

export function completeness(text: string, facts: Facts): Objection[] {
  const objections: Objection[] = [];
  const counted = countedStatements(text, facts);
  const all = (pattern: RegExp, message: string) => {
    for (const span of named(text, pattern)) objections.push({ ...span, message });
  };
  if (facts.drivers.length > 0 || facts.missing.length > 0)
    for (const span of named(text, ALL_NORMAL))
      if (!counted.some(({ start, end, holds }) => holds && start < span.end && span.start < end))
        objections.push({ ...span, message: 'Some reading scores or is missing.' });
  for (const { start, end, holds } of counted)
    if (!holds) objections.push({ start, end, message: 'Another number of parameters does this.' });
  if (facts.missing.length > 0) all(COMPLETE, 'Some reading is missing.');
  else all(INCOMPLETE, 'The score is complete.');
  all(NO_ALERT, 'There is an alert.');
  for (const span of toldAsGaps(text, facts)) objections.push(span);
  for (const span of named(
    text,
    words(
      '(?:is|are|was|were|as) (?:not (?:been )?(?:measured|recorded|available)|missing|unknown)|has not been (?:measured|recorded)|not (?:measured|taken|recorded)|(?:was|were) (?:not|never) (?:measured|taken|recorded|checked)|never (?:measured|taken|recorded|checked)|नहीं (?:मापा|मापी|लिया|ली|लिए|दर्ज) (?:गया|गई|गयी|हुआ|हुई|है)',
    ),
  )) {
    const mention = vitalsNamed(text).findLast(({ end }) => end <= span.start);
    // "What is behind the slow breathing is unknown": the cause is, and not the reading.
    if (
      has(
        text.slice(clauseAround(text, span.start).start, span.start),
        words('what|why|cause|reason|explanation|source'),
      )
    )
      continue;
    // A missing list names what is missing behind the words; only a vital right before them is contradicted.
    if (mention !== undefined && span.start - mention.end <= 2 && isMeasured(facts, mention.vital))
      objections.push({ ...span, message: 'This reading is there.' });
  }
  return objections;
}

/** Words that call what stands before them a gap in the set. */
const GAP = words(
  '(?:is|are|was|were) (?:left )?(?:blank|empty|omitted|skipped|(?:the|a|one of the) (?:two |three |only )*gaps?)|(?:has|have) no entry',
);
/** A list behind them: "दो मान बाकी हैं: साँस और SpO2". */
const GAPS_LISTED = words('(?:बाकी|बाक़ी) (?:है|हैं)|(?:missing|gaps|not measured|lacking)(?: are)?');

/** Readings that are called a gap, though the facts hold them. */
function toldAsGaps(text: string, facts: Facts): Objection[] {
  const mentions = vitalsNamed(text);
  const message = 'This reading is there.';
  const before = named(text, GAP).filter(({ start }) => {
    const last = mentions.findLast(({ end }) => end <= start);
    return (
      last !== undefined &&
      start - last.end <= 2 &&
      coordinated(mentions, text, last.vital, start).some((vital) => isMeasured(facts, vital))
    );
  });
  const behind = named(text, GAPS_LISTED).filter(({ end }) => {
    if (!/^ ?:/u.test(text.slice(end))) return false;
    const sentence = sentenceAround(text, end);
    const listed = mentions.filter(({ start }) => start >= end && start < sentence.end);
    return (
      !/\d/u.test(text.slice(end + 1, sentence.end).replace(/(?:sp ?o2|o2)/gu, '')) &&
      listed.some(({ vital }) => isMeasured(facts, vital))
    );
  });
  return [...before, ...behind].map(({ start, end }) => ({ start, end, message }));
}
