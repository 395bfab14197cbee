/** Small words that turn a claim round: negation, condition, checking. Shared by several rules. */
import { clauseAround, has, sentenceAround, words } from './text.ts';

const NEGATION = words(
  "not|no|never|neither|nor|without|isn't|aren't|wasn't|doesn't|don't|cannot|can't|nothing|none|नहीं|न|ना|मत|बिना",
);
/** A condition or a look-out is no claim: "watch for a falling pressure", "if the rate rises". */
const CONDITION = words(
  'if|whether|in case|unless|watch(?:ing)? for|look(?:ing)? for|check(?:ing)? for|alert to|be aware of|any|अगर|यदि|क्या|तो नहीं',
);
/** Asking for a measurement, or saying that there is none. */
const CHECKING = words(
  'consider|check(?:ing)?|recheck|re-check|measur(?:e|ing)|re-?measure|repeat|assess|look(?: at| for)?|ask(?: about)?|count|watch(?: for)?|record|feel|obtain|get|monitor|observe|not (?:been )?(?:measured|recorded|available|known|done|taken)|(?:is|are|was|were|as)? ?(?:missing|unknown|unavailable)|no (?:reading|value|measurement)|if|whether|जाँच(?:ें|ो|ना)?|जांच(?:ें|ो|ना)?|माप(?:ें|ो|ना)|मापा नहीं|नहीं मापा(?: गया)?|देखें|पूछें|अनुपस्थित|अज्ञात|क्या',
);

/** Whether a negation stands close before (or, in Hindi, after) the span, in its clause. */
export function isNegated(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  const before = text.slice(clause.start, start).split(' ').slice(-5).join(' ');
  if (has(before, NEGATION)) return true;
  return has(text.slice(end, Math.min(clause.end, end + 12)), words('नहीं|मत|न'));
}

export function isConditional(text: string, start: number): boolean {
  const clause = clauseAround(text, start);
  return has(text.slice(clause.start, start), CONDITION);
}

const STATE_AFTER = words('is|are|was|were|has|have|looks?|seems?|shows?|है|हैं|था|थी');
const LIST_ONLY = /^[^.;:!?।]*(?:,| and| or| और| या)[^,;:]{0,24}$/u;
const NOT_THERE_AFTER = words(
  '(?:is|are|was|were)? ?(?:not (?:been )?(?:measured|recorded|available|known)|missing|unknown)|नहीं मापा(?: गया)?|अनुपस्थित|अज्ञात|जाँचें|जांचें|मापें|दोबारा मापें',
);

/**
 * Whether something is asked for or said to be missing: in its clause ("check the lactate"), in a list that a
 * check began ("check lactate and blood cultures"), or behind it ("lactate was not measured").
 */
export function isCheck(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  const before = text.slice(clause.start, start);
  const after = text.slice(end, clause.end);
  if (has(before, CHECKING) || has(after, NOT_THERE_AFTER)) return true;
  if (/(?<!\p{L})no $/u.test(before) && /^ (?:results?|readings?|values?|measurements?)/u.test(after))
    return true;
  const sentence = text.slice(sentenceAround(text, start).start, start);
  return !has(after, STATE_AFTER) && has(sentence, CHECKING) && LIST_ONLY.test(sentence);
}
