/**
 * What a sentence does with what it names: tells it, asks for it, leaves it to a clinician, holds it possible, or says
 * that it cannot be known. Only what is told can be false. One small grammar over lexicons of concepts serves every
 * rule, so that a new wording of asking is learned once.
 *
 * Asked: "Ask which sedatives were given". Left: "Fluids are for the doctor to order". Unknown: "It is too early to
 * speak of sepsis". Possible: "Infection is one thing to look for". Told: "This is sepsis".
 * Source: verification rules 4 ("meaning, not words"), 5 and 9.
 */
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';

const CLINICIAN =
  'doctors?|clinicians?|physicians?|prescribers?|registrars?|consultants?|seniors?|intensivists?|anaesthetists?|medical officers?|medical team|(?:treating|clinical|duty|responsible|emergency|senior) \\p{L}+|team|डॉक्टर[\\p{L}\\p{M}]*|चिकित्सक[\\p{L}\\p{M}]*|टीम|सीनियर|वरिष्ठ';
const DECIDE =
  'decide\\w*|decision|judg\\w+|choose|choice|weigh\\w*|say|settle|determine|work out|sort out|whether|if|तय|निर्णय|फ़ैसल[\\p{L}\\p{M}]*|फैसल[\\p{L}\\p{M}]*|निदान|decide';
/** What is "for the doctor to do" is nobody's order, whatever it is. */
const DO = `${DECIDE}|order|prescribe|call|consider|think|plan|look (?:at|into)|make|take|start|give|stop|change|set|adjust`;
const LEFT = words(
  [
    `(?:for|up to|let|leave \\p{L}+ to) (?:the |a |an )?(?:\\p{L}+ )?(?:${CLINICIAN})(?:'s)?(?: \\p{L}+)? (?:to )?(?:${DO})`,
    `(?:is|are|remains?|stays?|lies?|rests?|falls?|sits?|be) (?:a (?:matter|question|decision|choice|call) )?(?:up to|with|for|in the hands of|left to|down to|made by|ordered by|prescribed by|decided by) (?:the |a |an )?(?:\\p{L}+ )?(?:${CLINICIAN})`,
    `(?:${CLINICIAN})(?:'s)? (?:alone |only |himself |herself )?(?:to|will|can|must|should|has to|have to|decides?|judges?|chooses?|weighs?|makes?) (?:also |then |first |still )?(?:${DECIDE})`,
    `(?:never|not|no|nothing) (?:\\p{L}+ ){0,6}?without (?:a |an |the )?(?:\\p{L}+ )?(?:${CLINICIAN})`,
    '(?:डॉक्टर|चिकित्सक|टीम|doctor|clinician|team) (?:ही |को |से |पर |के |का |की )*(?:[\\p{L}\\p{M}]+ ){0,3}?(?:तय|निर्णय|फ़ैसल[\\p{L}\\p{M}]*|फैसल[\\p{L}\\p{M}]*|पूछ[\\p{L}\\p{M}]*|decide|काम|हाथ|राय)',
    `(?:is|are) (?:a )?(?:matters?|questions?|decisions?|things?) (?:for|of) (?:the |a )?(?:${CLINICIAN})`,
    'whose (?:decision|call|choice|job) (?:it|that|this) is|(?:is|are) not (?:for|up to) (?:this|the) (?:text|note|program|screen|nurse|reader|score|chart)',
  ].join('|'),
);

const KNOWING =
  'tell|tells|told|say|says|said|speak|talk|know|knows|known|judge[d]?|prove[sdn]?|confirm(?:s|ed)?|establish(?:es|ed)?|conclude[ds]?|name[sd]?|mean|means|show|shows|shown|decide[ds]?|settle[ds]?|determine[ds]?|diagnos\\w+|identif\\w+|reveal\\w*|explain\\w*|foresee|foreseen|predict\\w*|forecast\\w*|infer\\w*|read|draw|drawn|certain|sure|clear|clarif\\w+|point to|distinguish|differentiate|separate|pin down|put a name|answer|account for|establish|make out|assume[ds]?|presume[ds]?|jump|amount to|equal|stand for';
/** "Cannot tell", "too early to speak of", "none of this is confirmed", "nobody can say". */
const UNKNOWN = words(
  [
    `(?:cannot|can't|can not|could not|couldn't|can hardly|may not|might not|must not|should not|shouldn't|do not|don't|does not|doesn't|did not|never|not able to|unable to|not possible to|impossible to|hard to|difficult to|no way to|not enough to|too (?:early|soon|little|few) (?:\\p{L}+ )?(?:to|for)|(?:nobody|no one|nothing|none(?: of (?:this|these|it|them|the \\p{L}+))?|no (?:number|reading|score|single|one|set|vital)\\p{L}*(?: \\p{L}+){0,2})(?: (?:here|alone|yet))?(?: (?:can|could|will|is|are|has been|have been))?) (?:be |yet |by (?:itself|themselves) |alone |on (?:its|their) own |necessarily |safely |ever |been |to )*(?:${KNOWING})`,
    `(?:wrong|premature|a mistake|mistaken|unwise|rash|hasty|unsafe|an error|unfair|too far) to (?:\\p{L}+ ){0,2}?(?:${KNOWING}|read|call|see|label|think|suppose|blame)`,
    `(?:no|not a|none|nothing|never) (?:\\p{L}+ ){0,5}?(?:makes?|renders?|gives?|is|are|leaves?) (?:anything |any |this |it |that |a |the )*(?:certain|sure|clear|plain|proof|proven|confirmed|evident|definite)\\p{L}*`,
    `(?:is|are|was|were|remains?|stays?|has|have|been|yet|nothing|still) (?:not|un|yet to be|far from|anything but|to be)(?: |-)?(?:yet |been |be |at all |\\p{L}+ly )*(?:${KNOWING})`,
    "unknown|unclear|uncertain|undetermined|unsettled|unconfirmed|unproven|unproved|undecided|open question|remains? open|anyone's guess|not a diagnosis|no diagnosis|no proof|no evidence (?:yet|here)|only a (?:guess|hypothesis|suspicion|possibility)|not (?:proof|evidence|a sign) of|without (?:\\p{L}+ ){0,2}(?:proof|confirmation|a diagnosis)|far from certain",
    '(?:पता|मालूम|स्पष्ट|साफ़|साफ|तय|सिद्ध|साबित|पक्का|निश्चित|confirm|clear|पुष्ट|पुष्टि|ज़ाहिर|जाहिर)(?: [\\p{L}\\p{M}]+){0,2} (?:नहीं|न)|नहीं (?:कहा|बताया|बता|कह|माना|ठहराया|समझा)(?: जा)?[\\p{L}\\p{M}]*|(?:कह|बता|बोल|मान|समझ)[\\p{L}\\p{M}]*(?: [\\p{L}\\p{M}]+){0,2} (?:जल्दबाज़ी|मुश्किल|कठिन|संभव नहीं)|अज्ञात|अनिश्चित|अस्पष्ट',
  ].join('|'),
);
/** A negation that affirms, or a doubt that is denied. */
const AFFIRMS = words(
  "no (?:doubt|question)|not (?:only|just|merely)|nothing (?:but|else|other)|anything (?:but|else|other)|no other|cannot be (?:denied|doubted|wrong|missed|mistaken)|can't be (?:denied|wrong)|not (?:un(?:clear|certain|known))|beyond|without (?:any )?doubt|except|other than|कोई शक|शक नहीं|के अलावा|के सिवा",
);

const POSSIBLE = words(
  [
    '(?<!(?:the|only|just) )one (?:thing|cause|reason|explanation|possibility|option|candidate|question|idea|concern|worry)(?! (?:is|was|only|explains?)(?!\\p{L}))',
    '(?:among|one of) (?:the |several |many |other |possible |some )*(?:things|causes|reasons|explanations|possibilities|options|candidates|questions|answers)',
    '(?:to be|be|been|worth|worthy of|deserves?|needs?|wants?|merits?|warrants?|has to be|have to be|must be|should be|could be|can be|might be|may be) (?:being )?(?:thought (?:of|about)|thinking (?:of|about)|considered|considering|consideration|a thought|thought|kept in mind|borne in mind|looked for|looking for|looked into|asked about|asking about|on the list|entertained|explored|excluded by|remembered|suspected)',
    '(?:think|thinking|thought|keep|bear|have|put) (?:\\p{L}+ )?(?:of|in mind|about|on the list)|(?:in|on) (?:the )?(?:mind|list of (?:causes|possibilities))|(?:look|looking|search|searching|hunt|screen) for|a possibility|possibilities|conceivabl[ey]|plausibl[ey]|perhaps|possibl[ey]|maybe|may or may not|might or might not',
    'among (?:them|others|these)|या (?:कुछ|कोई) (?:और|दूसर[ाीे])|है या नहीं|है या न[ाी]?|सोच(?:ें|ना|ने|िए|ा)|विचार|ध्यान में रख[\\p{L}\\p{M}]*|याद रख[\\p{L}\\p{M}]*|संभव|संभावना|संभावित|शायद|हो सकत[\\p{L}\\p{M}]*|आशंका',
  ].join('|'),
);

const ASKING = new RegExp(
  /(?:^|[.;!?।:] ?|(?<!\p{L})(?:please|and|then|to|also|or) )(?:please )?(?:ask|enquire|inquire|find out|check|look|see|note|record|write down|jot down|chart|document|enter|log|confirm|clarify|establish|verify|discuss|consider asking|review|examine|inspect|observe|watch|listen|feel|count|measure|re-?measure|repeat|re-?check|assess|test|send|obtain|get|request|search)(?!\p{L})[^.;!?।:]*$/u
    .source,
  'u',
);
const BREAKS_ASKING = words(
  'because|since|as|so|but|while|for|although|though|whereas|he|she|they|patient (?:is|was|has|had|looks|feels)|due to|क्योंकि|लेकिन|पर',
);

/** Whether the words before an offset ask for what stands there, over "which" and lists. */
export function isAskedFor(text: string, start: number): boolean {
  const before = text.slice(sentenceAround(text, start).start, start);
  const asked = ASKING.exec(before);
  return asked !== null && !has(asked[0], BREAKS_ASKING);
}

/** Whether the sentence leaves what it names to whoever treats. */
export function isLeftToClinician(text: string, index: number): boolean {
  const { start, end } = clauseAround(text, index);
  return has(text.slice(start, end), LEFT);
}

/** Whether the sentence says that what stands at an offset cannot be told, or is not told by this. */
export function isToldUnknown(text: string, index: number): boolean {
  const clause = clauseAround(text, index);
  const within = text.slice(clause.start, clause.end);
  return (has(within, UNKNOWN) && !has(within, AFFIRMS)) || isTakenBack(text, index);
}

/** "… rising or falling, nobody can say": the main clause behind takes back what stands before it. */
const TAKEN_BACK = new RegExp(
  `^[^.;।!?]*?, (?:(?:that|this|it|which|यह|ये|इसे|अभी|इससे|so far) )*(?:(?:is|are|was|were) (?:not (?:known|recorded|told|shown|clear|in the)|unknown|unclear|open)|(?:nobody|no one|nothing here|no reading|the readings) (?:can|could|cannot|do not|does not) (?:say|tell|know|show)?|(?:cannot|can't) be (?:said|told|known|judged)|(?:कह|बता|जान|मालूम|पता|दर्ज|लिख|ज्ञात|रिकॉर्ड)[\\p{L}\\p{M}]*(?: [\\p{L}\\p{M}]+){0,2}? (?:नहीं|मुश्किल|कठिन|असंभव|नामुमकिन))`.normalize(
    'NFKC',
  ),
  'u',
);
/** Either of two: what the main clause takes back is a question, and no statement with a comma behind it. */
const EITHER = words('or|whether|या|कि नहीं|ya');

/** Whether the sentence goes on to say that nobody knows which of two it is. */
export function isTakenBack(text: string, index: number): boolean {
  const sentence = sentenceAround(text, index);
  const clause = clauseAround(text, index);
  return (
    has(text.slice(clause.start, clause.end), EITHER) && TAKEN_BACK.test(text.slice(index, sentence.end))
  );
}

/**
 * "Better does not yet mean out of danger", "0 is no promise of rest": a meaning that is denied before its words. A
 * meaning that is denied with "only" or "nothing but" is told.
 */
const MEANING_DENIED = words(
  "(?:does|do|did|would|will|should|can|must)(?: not|n't) (?:yet |necessarily |by (?:itself|themselves) |alone |on (?:its|their) own )*(?:mean|prove|promise|guarantee|foretell|show|say|imply|signify|amount to|make|predict|tell|equal)|(?:is|are) (?:not|no|never|hardly) (?:yet )?(?:an? |the |any )?(?:promise|proof|guarantee|sign|evidence|reason|licence|excuse|all-clear|assurance) (?:of|that|for|to)|nowhere near|far from|not the same as|का (?:मतलब|अर्थ) यह नहीं(?: है)? कि",
);
export function isMeaningDenied(text: string, { start }: Pick<Span, 'start'>): boolean {
  const clause = clauseAround(text, start);
  return (
    spansOf(text, MEANING_DENIED).some((one) => one.start >= clause.start && one.start < start) &&
    !has(text.slice(clause.start, start), words('only|merely|just|nothing but|anything but'))
  );
}

/** Whether the clause holds what stands at an offset only possible. */
export function isHeldPossible(text: string, index: number): boolean {
  const clause = clauseAround(text, index);
  const within = text.slice(clause.start, clause.end);
  if (has(within, POSSIBLE) && !has(within, NOT_POSSIBLE)) return true;
  // "Low sugar, infection and drugs are among …": the verb of a list is each item's.
  const rest = text.slice(index, sentenceAround(text, index).end);
  const isSubject = !has(text.slice(sentenceAround(text, index).start, index), HAS_VERB);
  const list = isSubject ? LIST_THEN_VERB.exec(rest)?.[0] : undefined;
  const said = list === undefined ? '' : rest.slice(list.length);
  const verb = said.slice(0, clauseAround(said, 1).end);
  return (
    (has(verb, POSSIBLE) && !has(verb, NOT_POSSIBLE)) ||
    (FITS_BEFORE.test(text.slice(clause.start, index)) && OTHERS_AS_WELL.test(rest))
  );
}
const HAS_VERB = words('is|are|was|were|has|have|had|shows?|means?|proves?|confirms?');
/** Names, commas and "and" up to the verb of the list. */
const LIST_THEN_VERB =
  /^(?:(?! (?:is|are|was|were|has|have|but|while|so|because) )[\p{L}\p{M}\p{N} ,'-]){1,70}(?= (?:is|are|may|might|could|should be|can) )/u;
/** "These numbers fit an infection, and they fit other things too". */
const FITS_BEFORE =
  /(?<!\p{L})(?:fits?|match(?:es)?|go(?:es)? with|(?:in line|compatible|consistent) with|occurs? in|seen in) (?:(?:an?|the) )?(?:\p{L}+ )?$/u;
const OTHERS_AS_WELL =
  /^[^.;]{0,40}?(?:and|but|or|as well as) (?:also )?(?:\p{L}+ ){0,4}?(?:other|different|further) (?:things?|causes?|explanations?|illness\p{L}*|conditions?|states?|problems?|diseases?)/u;
const NOT_POSSIBLE = words(
  'not possibl[ey]|impossible|no (?:longer )?(?:a )?possibility|not (?:be )?(?:considered|suspected)|only possib\\w+|no other|नहीं|excluded|ruled out|definite\\w*|certain\\w*|sure\\w*|confirmed|proven|most (?:likely|probabl[ey])',
);
