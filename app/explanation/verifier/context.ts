/** Small words that turn a claim round: negation, condition, checking. Shared by several rules. */
import { clauseAround, has, sentenceAround, words } from './text.ts';

const NEGATION = words(
  "not(?! (?:just|only|merely|simply))|no|never|nobody|neither|nor|without|rather than|instead of|isn't|aren't|wasn't|doesn't|don't|cannot|can't|nothing|none|नहीं|न|ना|मत|बिना",
);
/** A condition or a look-out is no claim: "watch for a falling pressure", "if the rate rises". */
const CONDITION = words(
  'if|whether|in case|unless|should (?=the|his|her|their|it|this|a)|watch(?:ing)?(?: out)? for|look(?:ing)?(?: out)? for|check(?:ing)? for|observ(?:e|ing) for|monitor(?:ing)? for|alert to|be aware of|keep an eye (?:out )?(?:for|on)|any|अगर|यदि|क्या|तो नहीं',
);
/** Asking for a measurement, or saying that there is none. */
const CHECKING = words(
  'consider|keep (?:an eye|a (?:close )?watch) on|verify|confirm (?:that|whether|by)|make sure|ensure|find out|enquire|inquire|note (?:whether|if)|obtain|clarify|check(?:ing)?|recheck|re-check|measur(?:e|ing)|re-?measure|repeat|assess|look(?: at| for)?|ask(?: about)?|count|watch(?: for)?|record|feel|obtain|get|monitor|observe|not (?:been )?(?:measured|recorded|available|known|done|taken)|(?:is|are|was|were|as)? ?(?:missing|unknown|unavailable)|no (?:reading|value|measurement)|(?:does|do|did|can|could) ?not (?:show|read|measure|display|pick up)|if|whether|जाँच(?:ें|ो|ना)?|जांच(?:ें|ो|ना)?|माप(?:ें|ो|ना)|मापा नहीं|नहीं मापा(?: गया)?|देखें|पूछें|अनुपस्थित|अज्ञात|क्या',
);

/** Whether a negation stands close before (or, in Hindi, after) the span, in its clause. */
export function isNegated(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  // "Do not assume that fast breathing is usual": what is not assumed is the usual, and not the breathing.
  const before = text
    .slice(clause.start, start)
    .replaceAll(THINKING_DENIED, '')
    .replaceAll(NEGLECT_DENIED, '');
  const close = before.split(' ').slice(-5).join(' ');
  // "Neither the pulse nor the temperature is high or low": it reaches to the end of its clause.
  return (
    has(close, NEGATION) ||
    (has(before, NEITHER) && !has(before, SUBORDINATE)) ||
    isNegatedBehind(text, start, end)
  );
}

const SUBORDINATE = words('why|how|that|whether|because|what|since|as|than');
/** They reach to the end of their clause. */
const NEITHER = words('neither|none|nothing|nobody|no one|not one');
/** "Do not ignore the high pressure" says that it is high. */
const NEGLECT_DENIED =
  /(?:(?:do|does|did|should|must|may|can)(?: not|n't)|never|cannot|can't|not(?: to)?|no (?:reason|need) to) (?:[\p{L}]+ly )?(?:ignore|overlook|disregard|dismiss|neglect|forget|discount|underestimate|skip|miss|delay|leave|silence|mute|play down|pass over|brush aside)(?![\p{L}])/gu;
const THINKING_DENIED =
  /(?:(?:do|does|did|should|must|may|can)(?: not|n't)|never|cannot|can't) (?:assume|think|believe|suppose|conclude|expect|presume)(?: that)?/gu;

const NEGATION_BEHIND = words('नहीं|मत|न|ना');
/** Hindi negates behind: "कम नहीं है", "silence मत करें". Whole words, or मतलब would read as मत. */
export function isNegatedBehind(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  const after = text.slice(end, clause.end).trimStart().split(' ').slice(0, 3).join(' ');
  return has(after, NEGATION_BEHIND);
}

/** "Has the probe slipped?" asks; "why is it falling?" presupposes. */
const ASKS = /^\s*(?:has|have|had|is|are|was|were|does|do|did|can|could|may|might|should)(?![\p{L}])/u;

/** Hindi sets the condition behind: "बुखार हो तो", "suspect ho to", "दिखने पर", "हो या नहीं". */
const CONDITION_BEHIND =
  /^(?! ?(?:है|हैं|था|थी)(?![\p{L}\p{M}]))(?:(?! (?:है|हैं|था|थी)(?![\p{L}\p{M}]))[^.;।!?,]){0,40}?(?<![\p{L}\p{M}])(?:(?:हो|हों|लगे|लगें|दिखे|दिखें|मिले|रहे|जाए|आए|बढ़े|गिरे|घटे|करे) (?:तो|या (?:न|ना|नहीं))(?![\p{L}\p{M}])|(?:होने|दिखने|मिलने|आने|रहने|बढ़ने|गिरने|घटने) पर(?![\p{L}\p{M}]))/u;
const CONDITIONAL_BEHIND = new RegExp(CONDITION_BEHIND.source.normalize('NFKC'), 'u');

/** Whether the sentence asks: "Does the patient have pain?". */
function isAsked(text: string, start: number): boolean {
  const sentence = sentenceAround(text, start);
  const asked = text.slice(sentence.start, sentence.end);
  return text[sentence.end] === '?' && (ASKS.test(asked) || BARE_QUESTION.test(asked));
}
/** "Temp?", "And the pulse?": a name with a question mark tells nothing. */
const BARE_QUESTION =
  /^\s*(?:(?:and|what about|how about|और) )?(?:(?:the|his|her|its) )?[\p{L}\p{M}0-9]+(?: (?:rate|pressure|saturation))?\s*$/u;

export function isConditional(text: string, start: number): boolean {
  const sentence = sentenceAround(text, start);
  if (text[sentence.end] === '?' && ASKS.test(text.slice(sentence.start, sentence.end))) return true;
  const clause = clauseAround(text, start);
  return has(text.slice(clause.start, start), CONDITION) || isConditionalBehind(text, start);
}

/** Whether Hindi words behind an offset make a condition of its clause. */
export function isConditionalBehind(text: string, start: number): boolean {
  const sentence = sentenceAround(text, start);
  const word = /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice(start, sentence.end))?.[0].length ?? 0;
  return CONDITIONAL_BEHIND.test(text.slice(start + word, sentence.end));
}

const STATE_AFTER = words('is|are|was|were|has|have|looks?|seems?|shows?|है|हैं|था|थी');
const LIST_ONLY = /^[^.;:!?।]*(?:,| and| or| और| या)[^,;:]{0,24}$/u;
const ABSENT =
  'measured|recorded|available|known|checked|assessed|tested|charted|documented|done|taken|noted|listed|given|showing|reading|displayed|picking up|in (?:the|this|these|our) (?:\\w+ )?(?:record|chart|facts|notes|set|data|readings)|part of the (?:record|chart|facts|set)';
const NOT_THERE_AFTER = words(
  `(?:is|are|was|were|has|have|been|can|could)? ?(?:(?:not be|cannot be) (?:read|measured|obtained|told|known|seen)|not (?:yet )?(?:been )?(?:${ABSENT})|missing|unknown|absent from)|अनुपस्थित|अज्ञात|जाँचें|जांचें|मापें|दोबारा मापें`,
);
/** Verbs of measuring and recording; with a negation they say "not there", with "करें" they ask. */
const MEASURING =
  'measured?|record(?:ed)?|check(?:ed)?|test(?:ed)?|available|assess(?:ed)?|repeat|माप[\\p{L}\\p{M}]*|नाप[\\p{L}\\p{M}]*|दर्ज|लिख[\\p{L}\\p{M}]*|उपलब्ध|मालूम|पता|ज्ञात|(?:record|chart|set|list|data|facts|readings|सेट|सूची|रीडिंग|मापों|इनमें|इसमें|रिकॉर्ड|चार्ट) में|यहाँ|इनमें|इसमें|जाँच|जांच|चेक';
const NOT_THERE_HINDI = words(
  `(?:जानकारी|सूचना|रिकॉर्ड|डेटा|data|record|information|entry|reading|रीडिंग|माप)(?: [^ ]+){0,2} नहीं|(?:की|का|के|कोई)? ?(?:जानकारी|सूचना|रीडिंग|रिकॉर्ड|डेटा|डाटा|आँकड़े|data|reading|record|information|value|मान)(?: (?:यहाँ|इसमें|अभी|में))* (?:नहीं|उपलब्ध नहीं|missing|ग़ायब|गायब)|(?:missing|गायब|ग़ायब|अज्ञात|अनुपस्थित|unknown) (?:है|हैं)|की कमी (?=है.{0,20}(?:रिकॉर्ड|डेटा))|(?:${MEASURING})(?: [^ ]+){0,2} नहीं|नहीं (?:है )?(?:${MEASURING})|नहीं (?:हुआ|हुई|किया|की|लिया|ली) (?:गया|गई|है)|नहीं (?:दिखा|दिख|आ|मिल|पढ़|ले|बता|माप)(?: पा)? रह[ाीे]|नहीं (?:आया|आई|आए|मिला|मिली|मिले|दिखा|दिखी)`,
);
const ASKED_HINDI = words(
  `(?:पर|par|का|की) (?:नज़र|नजर|ध्यान|निगाह|ख़्याल|ख्याल|nazar) (?:बनाए |जमाए )?(?:रख|दें|दीजिए|दो|rakh)[\\p{L}\\p{M}]*|के लिए (?:देख|जाँच|पूछ|सतर्क)[\\p{L}\\p{M}]*|(?:का |की )?पता (?:कर|लगा)[\\p{L}\\p{M}]*|नोट (?:कर)[\\p{L}\\p{M}]*|(?:नज़र|ध्यान|निगाह) (?:रख|दें|दो|दीजिए)[\\p{L}\\p{M}]*|(?:${MEASURING}) (?:कर[\\p{L}\\p{M}]*|कीजिए|लें|लो|लीजिए|दें)|देखें|देख लें|देखो|पूछ[\\p{L}\\p{M}]*|मापें|नापें|मापना|जाँचें|जांचें|गिनें`,
);
const STATED_HINDI = words('है|हैं|था|थी');

/** "Whether there is a headache", "सिरदर्द है या नहीं": the question itself. */
/** "White cell count: not measured". */
const NOT_THERE_LISTED = /^ ?: ?(?:not |missing|unknown|none|नहीं)/u;
/** "An ECG is worth considering": asked for. */
const WORTH_ASKING =
  /^ (?:is|are|may be|might be|would be|could be) (?:worth (?:considering|asking|checking|doing|having)|wanted|to be considered|considered|something to (?:ask|consider|check))/u;
/** "How much urine there was": कितना stands behind. */
const HOW_MUCH = /^(?: [^ ,;]+)? (?:कितन[ाीे]|कब|कैस[ाीे]|क्या)(?![\p{L}\p{M}])/u;
const OPEN_QUESTION = /^(?: [^ ,;]+){0,3} (?:है|हैं|हुआ|हुई|थी|था|हो रहा|हो रही) या नहीं/u;

/** "पेशाब … नहीं मापा", "lactate check करें": Hindi says it behind, before any other statement of the clause. */
function isCheckedBehind(after: string): boolean {
  const at = [NOT_THERE_HINDI, ASKED_HINDI].map((pattern) => after.search(pattern)).filter((at) => at >= 0);
  return at.length > 0 && !has(after.slice(0, Math.min(...at)), STATED_HINDI);
}

const HINDI_LIST = /^[^.;।!?]{0,60}$/u;
/** "उनींदापन, सिरदर्द या लाली पर नज़र रखें": the verb at the end of a Hindi list is each item's. */
function isListCheckedBehind(after: string): boolean {
  const at = [NOT_THERE_HINDI, ASKED_HINDI].map((pattern) => after.search(pattern)).filter((at) => at >= 0);
  if (at.length === 0) return false;
  const list = after.slice(0, Math.min(...at));
  return HINDI_LIST.test(list) && !/\d/u.test(list) && !has(list, LISTED_STATEMENT);
}
const LISTED_STATEMENT = words(
  'है|हैं|था|थी|थे|हुआ|हुई|is|are|was|were|has|have|कम|अधिक|ज़्यादा|तेज़|सामान्य|low|high|normal|fast|slow',
);

/**
 * Whether something is asked for or said to be missing: in its clause ("check the lactate"), in a list that a
 * check began ("check lactate and blood cultures"), or behind it ("lactate was not measured").
 */
export function isCheck(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  const before = text.slice(clause.start, start);
  const after = text.slice(end, clause.end);
  if (has(before, CHECKING) || has(after, NOT_THERE_AFTER) || isCheckedBehind(after)) return true;
  const behind = text.slice(end);
  if (
    OPEN_QUESTION.test(behind) ||
    HOW_MUCH.test(behind) ||
    isAsked(text, start) ||
    NOT_THERE_LISTED.test(behind) ||
    WORTH_ASKING.test(behind)
  )
    return true;
  if (
    isConditionalBehind(text, start) ||
    isListCheckedBehind(text.slice(end, sentenceAround(text, start).end))
  )
    return true;
  if (
    /(?<!\p{L})no $/u.test(before) &&
    /^ (?:results?|readings?|values?|measurements?|(?:is|are|was|were) (?:available|recorded|known|charted|documented|given|held|there)|in (?:the|this|these))/u.test(
      after,
    )
  )
    return true;
  const sentence = text.slice(sentenceAround(text, start).start, start);
  return !has(after, STATE_AFTER) && has(sentence, CHECKING) && LIST_ONLY.test(sentence);
}
