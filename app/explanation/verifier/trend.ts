/**
 * Rule `trend`: rising, falling, worsening, improving need two readings and must agree with them. State words
 * (raised, low) are the direction rule's. Source: verification rule 3.
 */

import { leastTotal } from '../../scoring/score.ts';
import { type Facts, isNumericParameter } from '../facts.ts';
import { type SpokenTrend, spokenTrends } from '../words.ts';
import { isConditional, isNegated } from './context.ts';
import { coordinated } from './coordinated.ts';
import { coursesOfAll } from './course-of-all.ts';
import { echoedVitals } from './echo.ts';
import { mayGrow } from './lower-bound.ts';
import type { Rule, Violation } from './rule.ts';
import { isToldUnknown } from './stance.ts';
import { clauseAround, has, sentenceAround, spansOf, words } from './text.ts';
import { isMeasured, type Mention, type NamedVital, subjectAt, vitalsImplied } from './vitals-named.ts';

type Trend = 'up' | 'down' | 'worse' | 'better' | 'steady' | 'course';

const TRENDS: readonly (readonly [Trend, RegExp])[] = [
  [
    'up',
    words(
      '(?:is|are|was|were)(?: all| both| also| now)* up(?=\\s*(?:[.,;!।]|$)|(?: (?:and|but|while|on the|from|since|compared|by|again|too|as well|against|\\d))(?!\\p{L}))|ऊपर (?:आ|चढ़) (?:ग|चुक)[\\p{L}\\p{M}]*|looking up|grown|grew|rising|rises?|rose|risen|increas(?:ing|es)|(?:has|have|had) (?:been )?increased|climb\\w*|(?:go|going|goes|went|gone|gets?|getting|creep\\w*|crept|edg\\w*|drift\\w*|head\\w*|inch\\w*|mov(?:es|ed|ing)|com(?:es?|ing)|came) up(?:wards?)?|pick(?:s|ed|ing) up|(?:higher|faster|quicker|hotter|warmer|more rapid) (?:than|compared (?:with|to)) (?:(?:in|at|on|it was|they were|the|his|her) )*(?:previous|last|earlier|before|prior|first)|upward(?:s)?|uptick|uptrend|on the (?:rise|up|increase)|escalating|burgeon\\w*|(?<!(?:dioxide|co2|acid|fluid|waste) )build(?:s|ing)? up|(?:बढ़|चढ़) (?:के|कर)|ऊपर (?:आ|चढ़|की ओर जा) रह[\\p{L}\\p{M}]*|(?:बढ़|चढ़)[ाीे] (?:है|हैं)|shoot\\w* up|spik(?:es|ed|ing)|surg(?:es|ed|ing)|jump(?:s|ed|ing)|mount(?:s|ed|ing)|balloon(?:s|ed|ing)|escalated|leap(?:s|t|ed|ing)|heighten(?:s|ing)|rocket(?:s|ed|ing)|perk\\w* up|up from|(?:now|is|are|was|were|gone) up to|soar\\w*|(?:getting|becom(?:es?|ing)|became|grow(?:s|n|ing)|goes|got(?:ten)?|turn(?:s|ed|ing)) (?:\\w+ )?(?:faster|higher|hotter|warmer|quicker|more rapid)|quicken\\w*|shot up|ramp\\w* up|चढ़ (?:रह|ग|चुक)[\\p{L}\\p{M}]*|चढ़त[ाीे]|बढ़त[ाीे]|बढ़ने लग[\\p{L}\\p{M}]*|accelerat\\w*|speeding up|बढ़ रह(?:ा|ी|े)|बढ़ ?कर|बढ़ ग(?:या|ई|यी|ए)|बढ़ता|बढ़ती|बढ़ चुक[\\p{L}\\p{M}]*|ऊपर जा रह[\\p{L}\\p{M}]*|(?:अधिक|ज़्यादा|ज्यादा|तेज़|तेज|गर्म|high|fast) (?:हो(?:कर| कर| ग[\\p{L}\\p{M}]*| रह[\\p{L}\\p{M}]*)|होत[\\p{L}\\p{M}]* (?:जा|ग)[\\p{L}\\p{M}]*)',
    ),
  ],
  [
    'down',
    words(
      '(?:is|are|was|were)(?: all| both| also| now)* down(?=\\s*(?:[.,;!।]|$)|(?: (?:and|but|while|on the|from|since|compared|by|again|too|as well|against|\\d))(?!\\p{L}))|नीचे (?:आ|चल|उतर) (?:ग|चुक)[\\p{L}\\p{M}]*|slowed(?! (?:rate|pulse|breathing))|(?:has|have|had) (?:\\p{L}+ )?(?:calmed|quietened|softened|slackened|eased)(?! down)|(?:lower|slower|cooler|colder|less) (?:than|compared (?:with|to)) (?:(?:in|at|on|it was|they were|the|his|her) )*(?:previous|last|earlier|before|prior|first)|downward(?:s)?|downtrend|on the (?:decline|wane|way down)|dwindl\\w*|fad(?:es|ed|ing)|wan(?:es|ed|ing)|(?:घट|गिर|उतर) (?:के|कर)|(?:घट|गिर)[ाीे] (?:है|हैं)|(?:fever|temperature) (?:has |is |just )*(?:broke|broken|breaking|gone(?! (?:up|down|from|to))|lifted|lifting)|wan(?:es|ed|ing)|dwindl\\w*|shr[aiu]nk\\w*|falling|falls?(?! (?:in|within|into|inside|under|outside|between|short|below|beneath|above|beyond|well|just|on|to the|outside) ?)|fell|fallen|dropp\\w*|drops?|decreas(?:ing|es)|(?:has|have|had) (?:been )?(?:decreased|reduced)|declin\\w*|(?:go|going|goes|went|gone|com(?:es?|ing)|came|creep\\w*|crept|edg\\w*|drift\\w*|head\\w*|inch\\w*|mov(?:es|ed|ing)|slow\\w*|cool\\w*|calm(?:s|ed|ing)) down(?:wards?)?|down from|sag(?:s|ged|ging)?|nosediv\\w*|reced(?:es|ed|ing)|retreat\\w*|lessen(?:s|ed|ing)|diminish(?:es|ing)|weaken(?:s|ed|ing)|soften(?:s|ed|ing)|trail\\w* off|peter\\w* out|slacken\\w*|(?:is|are) breaking|has broken|(?:now|is|are|was|were|gone) down to|sink(?:s|ing)|sank|sunk|slid|slid(?:es|ing)|slipp(?:ed|ing)|dip(?:s|ped|ping)|tumbl\\w*|plung\\w*|slump\\w*|plummet\\w*|(?:getting|becom(?:es?|ing)|became|grow(?:s|n|ing)|got(?:ten)?|turn(?:s|ed|ing)) (?:\\w+ )?(?:slower|lower|colder|cooler|less)|ebb\\w*|(?:ta(?:il|per)|wear|level)(?:s|ed|ing)? off|abat\\w*|उतर(?: रह| ग| चुक|त|ने)[\\p{L}\\p{M}]*|घटत[ाीे]|गिरत[ाीे]|गिरने लग[\\p{L}\\p{M}]*|घटने लग[\\p{L}\\p{M}]*|slowing|घट रह(?:ा|ी|े)|घट ?कर|घट ग(?:या|ई|यी|ए)|गिर रह(?:ा|ी|े)|गिर ?कर|गिर ग(?:या|ई|यी|ए)|गिरता|गिरती|घटता|घटती|नीचे (?:जा|आ) रह[\\p{L}\\p{M}]*|(?:कम|धीम[ाीे]|ठंड[ाीे]|low|slow) (?:हो(?:कर| कर| ग[\\p{L}\\p{M}]*| रह[\\p{L}\\p{M}]*)|होत[\\p{L}\\p{M}]* (?:जा|ग)[\\p{L}\\p{M}]*)',
    ),
  ],
  [
    'worse',
    words(
      'worsen\\w*|(?:wrong|bad) (?:way|direction)|downhill|go(?:es|ing|ne)? south|from bad to worse|spiral\\w*|(?:los(?:es|ing)|lost) ground|tiring|flagging|slipping|deteriorat\\w*|(?:getting|becoming|got|become) (?:\\w+ )?(?:worse|sicker|weaker|unwell|unstable)|worse|बिगड़[\\p{L}\\p{M}]*|(?:खराब|गंभीर) हो(?:त[ाीे])? (?:जा )?(?:रह|ग|चुक)[\\p{L}\\p{M}]*|बिगड़ रह(?:ा|ी|े)',
    ),
  ],
  [
    'better',
    words(
      'improv\\w*|(?:सँभल|संभल|सम्भल)[\\p{L}\\p{M}]*|right (?:way|direction)|(?:come|comes|came|coming) (?:right|round|good)|(?:control|काबू|क़ाबू|नियंत्रण) (?:में|mein) आ[\\p{L}\\p{M}]*|gain(?:s|ed|ing) ground|rall(?:y|ied|ies|ying)|bounc(?:es|ed|ing) back|mend(?:s|ed|ing)|resolv(?:es|ed|ing)|normali[sz](?:es|ed|ing)|recover\\w*|(?:getting|becoming|got|become) (?:\\w+ )?better|better|stabili[sz]\\w*|(?:settling|settled|settles)(?! (?:which|what|the|it|this|that|anything|nothing))|eas(?:es|ed|ing)(?: off)?|subsid\\w*|wear(?:s|ing) off|on the mend|return(?:s|ed|ing) to (?:the |its |his |her )?(?:normal|baseline)|back (?:to|at|in) (?:the |its |his |her )?(?:normal|baseline|range)|सुधर[\\p{L}\\p{M}]*|(?:ठीक|अच्छ[ाीे]|stable) हो(?:त[ाीे])? (?:जा )?(?:रह|ग|चुक)[\\p{L}\\p{M}]*|सुधार|बेहतर',
    ),
  ],
  [
    'steady',
    words(
      "unchanged|(?:did|has|have|does|do)(?: not|n't) (?:moved?|chang(?:e|ed)|budged?|shift(?:ed)?|alter(?:ed)?|stir(?:red)?)(?! (?:the|our|this|that|only))|stay(?:s|ed) (?:where (?:it|they) (?:is|was|were)|put|level|flat)|h[eo]ld(?:s|ing)? (?:its|their|his|her)? ?(?:ground|own|steady|firm)|plateau\\w*|(?:same|identical) (?:as|to) (?:before|earlier|last|the (?:last|previous|earlier))|constant|static|stable|steady|h[eo]ld(?:s|ing)? (?:its|their|his|her)? ?(?:ground|own|steady|firm)|plateau\\w*|level(?:s|led|ling)? out|(?:same|identical) (?:as|to) (?:before|earlier|last|the (?:last|previous|earlier))|no different|constant|static|जस का तस|no change|not changed|स्थिर",
    ),
  ],
  [
    'course',
    words(
      'remain(?:s|ed|ing)?(?! (?:possible|open|unknown|unclear|uncertain|conceivable|to be|for the|a possibility|likely|with the|up to))|keeps \\w+ing|still(?! (?:to be|to come|missing|unknown|not|needs?|needed|asks?|scores?|gives?|takes?|adds?|lies|stands?|within|in the|applies|apply|counts?|requires?|required|calls? for|has to|have to|must|should|waits?|awaited|outstanding|means?))|ever since|as time (?:goes|went) (?:on|by)|hour by hour|minute by minute|day by day|bit by bit|little by little|steadily|slowly but surely|persist\\w*|continu(?:es|ed|ing) to|no longer(?! (?:current|recent|valid|fresh|reliable|up to date))|for the (?:last|past) [\\p{L}\\p{N}]+|(?:over|in|within|during) the (?:last|past) (?:few )?(?!(?:set|reading|score|row|column|line)s?(?!\\p{L}))[\\p{L}\\p{N}]+|over time|overnight|trend(?:s|ing)?|progressive(?:ly)?|gradual(?:ly)?|sudden(?:ly)?|recently|since (?:the )?(?:last|previous|earlier|yesterday)|पिछले [\\p{L}\\p{M}\\p{N}]+ (?:घंटे|घंटों|मिनट)|लगातार',
    ),
  ],
];
/** Times of day and long spans without a number: no fact holds them. */
const UNPLACED = words(
  '(?:on|at|since|from) (?:admission|arrival|hand-?over|surgery|breakfast|lunch)|tonight|last (?:week|shift|month)|day (?:before|after)|far cry|night and day|used to be|once was|भर्ती (?:के समय|से|होने)|रातों-?रात|this (?:morning|afternoon|evening)|last (?:night|evening)|earlier (?:today|this)|yesterday|(?:a|two|three|several|some) days? ago|the other day|so far today|all along|throughout (?:the )?(?:day|night|shift|morning)|since (?:the )?(?:morning|yesterday|last night|admission|this afternoon|dawn|midnight)|all (?:day|night|morning|evening)|for (?:hours|days|ages|(?:quite )?(?:a|some) (?:while|time))|(?:सुबह|शाम|रात|कल|दोपहर|कई घंटों?|कई दिनों?|काफ़ी देर|बहुत देर) से|(?:रात|दिन) भर',
);
/** "Slower than an hour ago": a course, told by comparing. */
const COMPARED_WITH_BEFORE =
  '(?: [\\p{L}]+)?,? than (?:(?:at|in|on|during) )?(?:(?:the|its|his|her|an?|half an) )?(?:before|earlier|previous(?:ly)?|last|hour|reading before|it was|they were|\\d+ (?:minutes?|hours?) (?:ago|before|earlier))';
const UP_SINCE = words(`(?:higher|faster|hotter|warmer|quicker|greater|more)${COMPARED_WITH_BEFORE}`);
const DOWN_SINCE = words(`(?:lower|slower|cooler|colder|less|smaller|weaker)${COMPARED_WITH_BEFORE}`);
const NOTHING_CHANGED = words(
  '(?:nothing|little|not much|no reading) (?:is |has been |looks? )?(?:different|new)(?: from| since| to| compared)|(?:much|about|exactly|just|more or less|almost)? ?the same as (?:an hour|half an hour|\\d+ minutes|the previous|the last|before|earlier|last time)|(?:the )?same (?:picture|state|situation|numbers|readings|values|condition) as (?:before|earlier|an hour|last|the (?:last|previous))|(?:numbers|readings|values|vitals|figures) (?:have |has )?(?:hardly|barely|scarcely|not) (?:changed|moved|shifted|altered)|(?:little|no|hardly any|barely any) (?:real )?(?:change|difference|movement) (?:from|since|to|compared)|(?:पिछली बार|पहले|पिछले घंटे|पिछली रीडिंग) (?:जैस[ाीे]|के समान|वाली)(?: ही)? (?:हालत|स्थिति|रीडिंग|माप|है|हैं)|(?:nothing|no reading|none of the readings|not much|little) (?:has |have )?(?:changed|moved|altered|shifted)|(?:all|the|these) (?:readings|vitals|numbers|values) (?:are|were|remain|stay(?:ed)?) (?:the same|as (?:before|they were)|identical)|कुछ (?:भी )?नहीं बदला',
);
/** "for an hour", "घंटे भर से": the facts must reach as far back. */
const AN_HOUR = words('for (?:the (?:last|past) )?(?:an |the )?hour|(?:एक )?घंटे (?:भर )?से');
const MINUTES_AN_HOUR = 60;

function reachesAnHour({ previous, trends, trigger }: Facts): boolean {
  const spans = [
    previous?.minutes_ago ?? 0,
    trigger?.held_minutes ?? 0,
    ...trends.map(({ window_minutes }) => window_minutes),
  ];
  return Math.max(...spans) >= MINUTES_AN_HOUR;
}

/** "No trend can be told", "trend नहीं बता सकते": the opposite of a claim. */
const TELLING_DENIED = words(
  "(?:cannot|can't|can not|could not|not possible to|nobody can|no one can|impossible to) (?:be )?(?:said?|say|tell|told|judge[d]?|show|shown|know|known|see|seen|assess(?:ed)?)|नहीं (?:बता|कह|कहा|बताया|पता|मालूम|दिख)[\\p{L}\\p{M}]*|(?:पता|मालूम|कह[ाना]*|बता[याना]*|दिख|तय|समझ)(?: [^ ]+)? नहीं|(?:no|not a) trend|(?:no|without a) (?:second|previous|earlier) reading",
);
/** A device slips or settles without any vital doing so. */
const DEVICE_BEFORE = words(
  '(?:probe|cuff|sensor|lead|mask|electrode|cable|clip|प्रोब|कफ)(?: (?:has|may|might|have|is))?$',
);

/** "since the reading 60 minutes ago: …" is the program's own list of changes, checked number by number. */
const MONITORING_AFTER = /^ ?(?:monitoring|observation|निगरानी)/u;

function scoreTrend(facts: Facts): 'worse' | 'better' | 'steady' | null {
  if (facts.previousNews2 === null) return null;
  const before = leastTotal(facts.previousNews2);
  const now = leastTotal(facts.news2);
  if (before === null || now === null) return null;
  const complete =
    'complete' in facts.news2 &&
    facts.news2.complete &&
    'complete' in facts.previousNews2 &&
    facts.previousNews2.complete;
  if (!complete) return null;
  return now > before ? 'worse' : now < before ? 'better' : 'steady';
}

function judge(facts: Facts, claimed: Trend, vital: NamedVital | null): string | null {
  if (facts.previous === null) return 'There is only one reading: no trend can be told.';
  if (claimed === 'course') return null;
  if (claimed === 'worse' || claimed === 'better' || vital === null || vital === 'news2') {
    const actual = scoreTrend(facts);
    const wanted = claimed === 'up' ? 'worse' : claimed === 'down' ? 'better' : claimed;
    return actual === wanted ? null : 'The two scores do not show this.';
  }
  const change = facts.changes.find(({ parameter }) => parameter === vital);
  if (change === undefined) return 'This vital has no two readings.';
  const actual = { rising: 'up', falling: 'down', unchanged: 'steady' }[change.trend];
  return actual === claimed ? null : `The reading is ${change.trend}.`;
}

/** "lower than in the previous set" is said of every vital that stands before it. */
const COMPARED = / (?:than|compared)(?![\p{L}])/u;

function comparedBefore(mentions: readonly Mention[], text: string, start: number): NamedVital[] {
  const sentence = sentenceAround(text, start);
  const from = Math.max(sentence.start, text.lastIndexOf(' but ', start), text.lastIndexOf(' while ', start));
  return mentions.filter((one) => one.start >= from && one.end <= start).map(({ vital }) => vital);
}

/** "Pulse, breathing and temperature have all come down": of each, where only auxiliaries stand between. */
function joined(
  mentions: readonly Mention[],
  text: string,
  vital: NamedVital | null,
  start: number,
): readonly NamedVital[] {
  if (vital === null) return [];
  const last = mentions.findLast(({ end }) => end <= start);
  const isBehind = last !== undefined && AUXILIARIES.test(text.slice(last.end, start));
  return isBehind ? coordinated(mentions, text, vital, start) : [vital];
}
const AUXILIARIES = new RegExp(
  /^,?(?: (?:is|are|was|were|has|have|had|all|both|each|also|now|been|since|together|दोनों|तीनों|सभी|भी|अब))* $/u.source.normalize(
    'NFKC',
  ),
  'u',
);

function judgeAll(
  facts: Facts,
  claimed: Trend,
  vitals: readonly NamedVital[],
  nearest: NamedVital | null,
): string | null {
  const said = vitals.length > 0 ? vitals : [nearest];
  for (const vital of said) {
    const message = judge(facts, claimed, vital);
    if (message !== null) return message;
  }
  return null;
}

/** "… over 4 hours", "… in 8 minutes": a course over a stated time, and not since the reading before. */
function isTimed(clause: string): boolean {
  return /(?:over|in|for|within|during)(?: the (?:last|past))?(?: a window of)? \d+(?:\.\d+)? (?:hours?|minutes?)(?!\p{L})|\d+(?:\.\d+)? (?:घंट(?:े|ों)|मिनट(?:ों)?|minutes?|hours?) (?:में|से)/u.test(
    clause,
  );
}

/** Whether the facts hold that course: a trend, or the change that rang. */
function isKnown(
  { trigger }: Facts,
  courses: readonly SpokenTrend[],
  claimed: Trend,
  vital: NamedVital | null,
): boolean {
  if (claimed !== 'up' && claimed !== 'down' && claimed !== 'course') return false;
  const goes = (direction: 'rising' | 'falling') =>
    claimed === 'course' || claimed === (direction === 'rising' ? 'up' : 'down');
  if (trigger?.rule === 'spo2-fall' && vital === 'spo2' && goes('falling')) return true;
  if (trigger?.rule === 'hr-rise' && vital === 'hr' && goes('rising')) return true;
  return courses.some(({ parameter, direction }) => parameter === vital && goes(direction));
}

/** "Rewarm gradually [p1]": how the cited passage says it is done. */
function isQuoted({ passages }: Facts, text: string, term: string): boolean {
  return passages.some(
    ({ id, text: passage }) => text.includes(`[${id.toLowerCase()}]`) && passage.toLowerCase().includes(term),
  );
}

const ONLY_CHANGED =
  /(?<!\p{L})(?:only|nothing but|just) (?:the |a |its )?[\p{L}\p{N} ]{2,50}? (?:has|have) (?:changed|moved|shifted|altered|worsened|got worse)/gu;
/** "Only the pulse has changed": false where another reading has as well. */
function changedAlone(text: string, { changes }: Facts): Violation[] {
  return spansOf(text, ONLY_CHANGED).flatMap(({ start, end }): Violation[] => {
    const said = vitalsImplied(text.slice(start, end)).map(({ vital }) => vital);
    const others = changes.filter(
      ({ parameter, trend }) => trend !== 'unchanged' && !said.some((vital) => vital === parameter),
    );
    return said.length > 0 && others.length > 0
      ? [{ rule: 'trend', start, end, message: 'Another reading has changed as well.' }]
      : [];
  });
}

export const trendRule: Rule = {
  name: 'trend',
  check({ checked, facts, about }) {
    const { text } = checked;
    const mentions = vitalsImplied(text);
    const courses = spokenTrends(facts);
    const subject = about !== null && isNumericParameter(about) ? about : null;
    const found: Violation[] = [];
    const ofAll = coursesOfAll(text, facts);
    const isOfAll = (at: number) => ofAll.some(({ start, end }) => at >= start && at < end);
    for (const { start, end, holds } of ofAll)
      if (!holds) found.push({ rule: 'trend', start, end, message: 'Not every reading went that way.' });
    for (const [claimed, pattern] of TRENDS)
      for (const { start, end } of spansOf(text, pattern)) {
        if (isOfAll(start)) continue;
        if (isConditional(text, start) || MONITORING_AFTER.test(text.slice(end))) continue;
        const vital = subjectAt(mentions, start, clauseAround(text, start), subject);
        const clause = clauseAround(text, start);
        if (isTimed(text.slice(clause.start, clause.end)) && isKnown(facts, courses, claimed, vital))
          continue;
        if (has(text.slice(clause.start, clause.end), TELLING_DENIED) || isToldUnknown(text, start)) continue;
        if (mayGrow(facts, text, start) && (vital === null || vital === 'news2' || !isMeasured(facts, vital)))
          continue;
        if (isQuoted(facts, text, text.slice(start, end))) continue;
        // "Better to call once too often" compares what to do.
        if (
          claimed === 'better' &&
          /^ (?:to|safe|be safe) (?:call|ask|check|look|repeat|go|tell|measure|be)(?!\p{L})/u.test(
            text.slice(end),
          )
        )
          continue;
        if (facts.trigger?.rule === 'news2-rise' && claimed === 'up' && (vital === null || vital === 'news2'))
          continue;
        if (has(text.slice(clause.start, start).trimEnd(), DEVICE_BEFORE)) continue;
        if (
          (claimed === 'better' || claimed === 'worse') &&
          facts.previous !== null &&
          isNegated(text, start, end)
        )
          continue;
        const echoed = echoedVitals(mentions, text, end);
        const message = COMPARED.test(text.slice(start, end))
          ? judgeAll(facts, claimed, comparedBefore(mentions, text, start), vital)
          : judgeAll(facts, claimed, [...joined(mentions, text, vital, start), ...echoed], vital);
        if (message !== null) found.push({ rule: 'trend', start, end, message });
      }
    for (const { start, end } of spansOf(text, UNPLACED))
      if (!isConditional(text, start))
        found.push({ rule: 'trend', start, end, message: 'No reading tells how long.' });
    for (const [claimed, pattern] of [
      ['up', UP_SINCE],
      ['down', DOWN_SINCE],
    ] as const)
      for (const { start, end } of spansOf(text, pattern)) {
        const vital = subjectAt(mentions, start, clauseAround(text, start), subject);
        const message = isConditional(text, start) ? null : judge(facts, claimed, vital);
        if (message !== null) found.push({ rule: 'trend', start, end, message });
      }
    if (facts.previous === null || facts.changes.some(({ trend }) => trend !== 'unchanged'))
      for (const { start, end } of spansOf(text, NOTHING_CHANGED))
        if (!isConditional(text, start) && !isOfAll(start))
          found.push({ rule: 'trend', start, end, message: 'The two sets of readings do not show this.' });
    found.push(...changedAlone(text, facts));
    if (!reachesAnHour(facts))
      for (const { start, end } of spansOf(text, AN_HOUR))
        found.push({ rule: 'trend', start, end, message: 'The readings do not reach back an hour.' });
    return found;
  },
};
