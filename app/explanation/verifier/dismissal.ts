/**
 * Rule `dismissal`: nothing may tell the reader not to act: no need to call, can wait, silence it, false alarm,
 * probably artefact. Asking to check the probe is fine. Source: verification rule 6.
 */
import type { Facts } from '../facts.ts';
import { isNegatedBehind } from './context.ts';
import { BUT_ACT, CANNOT_EXPLAIN, isRefused, talkedOut } from './passivity.ts';
import type { Rule, Violation } from './rule.ts';
import { isMeaningDenied } from './stance.ts';
import { clauseAround, has, spansOf, words } from './text.ts';

/** Blocked unless a negation stands before ("do not silence"). */
const DISMISSING = words(
  [
    'ignor(?:e|ed|ing)|disregard\\w*|silenc(?:e|ed|ing)|mut(?:e|ed|ing)|dismiss\\w*|(?:turn|switch)(?:ed|ing)? off (?:the |this )?(?:alarm|alert)|cancel (?:the |this )?(?:alarm|alert)|(?:alarm|alert) (?:may|can|could|should) be (?:switched|turned) off|can (?:safely )?(?:wait|be left|be delayed|be postponed)|wait (?:until|till|for) (?:the )?(?:morning|tomorrow|next|later)|false (?:alarm|alert|positive)|(?:probably|likely|just|only|most likely|simply|merely|clearly) (?:an? )?(?:artefact|artifact|error|noise|anxiety|nothing|movement)|safe to (?:wait|leave|ignore|discharge)|over-?react\\w*|अनदेखा|नज़रअंदाज़?|नजरअंदाज|(?:alarm|alert|अलार्म|अलर्ट) (?:को )?बंद|चुप (?:करा|कर)[\\p{L}\\p{M}]*|म्यूट',
    '(?:probably|likely|just|only|simply|merely|clearly|surely|must be) (?:an? |the )?(?:[\\p{L}]+ )?(?:artefact|artifact|glitch|error|noise)|leave it(?=\\s*(?:[.!]|$))|(?:alarm |alert )?(?:limits?|thresholds?) (?:can|could|may|should) be (?:widened|raised|lowered|relaxed|changed|loosened|reset)|widen(?:ing)? the (?:alarm )?limits|can be (?:\\w+ )?(?:skipped|omitted|dropped|left out|missed|forgotten|put off|cancelled)|(?:do|does|will|can|could) (?:him |her |them |the patient )?no harm|causes? (?:no|little) (?:harm|damage)|(?:simply|just|only|probably|merely) (?:in a |deeply |fast |sound |having )*(?:deep )?(?:sleep|asleep|sleeping|dozing|napping)',
    '(?:सुबह|राउंड|round|कल|शाम)(?: [^ ]+){0,3} रुक[\\p{L}\\p{M}]*|(?:फ़र्क|फर्क|असर) नहीं (?:पड़|पड)[\\p{L}\\p{M}]*|कोई (?:फ़र्क|फर्क) नहीं|(?:प्रोब|probe|कफ|cuff|सेंसर|sensor|लीड|lead)(?: [^ ]+){0,2} (?:खिसक|हिल|ढील|निकल|हट|गिर)[\\p{L}\\p{M}]* (?:गया |गई )?(?:था|थी|होगा|होगी|है)(?! (?:या|तो))|(?<!और |अलावा )कुछ नहीं है',
    'snooz\\w*(?! for \\d+ minutes at most)|(?:worse|scarier|more (?:alarming|worrying|serious)) than (?:they|it|he|she) (?:really |actually )?(?:are|is)|(?:readings?|values?|numbers?|scores?|alarms?|alerts?|machine|monitor) (?:is|are) (?:probably |likely |clearly )?(?:wrong|misleading|unreliable|exaggerated|faulty|broken)|(?:carry|move) on with|and (?:carry|move) on|leave (?:it|this|that|them|him|her|the \\w+) (?:for|until|till|alone|be)|(?:sleep|sit) on it|(?:acting|playing) up|glitch\\w*|carry on (?:as|with)|(?:just|only|merely|simply) (?:an? )?(?:(?:slight|mild|little|simple|passing) )?(?:fever|temperature(?! (?:and|is|was|reading|needs?))|cold|flu|nerves|stress|blip|old age)',
    '(?:will|should|is going to|it can|likely to|bound to) (?:\\w+ )?(?:settle|pass|resolve|clear up|go away|wear off|sort itself out|calm down)(?: down| off)?|(?:settles?|resolves?|passes|goes away|gets? better) (?:by itself|on (?:its|his|her|their) own)',
    '(?:alarm|alert|अलार्म|अलर्ट) (?:को )?(?:silent|silence|mute|off|snooze|ignore)|(?:silent|silence|mute|snooze|ignore|dismiss) कर[\\p{L}\\p{M}]*|(?:सिर्फ़|केवल|बस|मामूली) (?:बुखार|तापमान (?:ही )?है)|गलत अलार्म|झूठा अलार्म|false अलार्म',
    '(?:सुबह|कल|शाम|बाद में)(?: (?:सुबह|शाम|तक|को|भी|ही))* (?:देख (?:लेंगे|लें|लो)|देखेंगे|देखते|देखना|wait|इंतज़ार|रुक[\\p{L}\\p{M}]*|छोड़|बता (?:देंगे|दें)|करेंगे|बुला लेंगे)|(?:wait|इंतज़ार|रुक) (?:कर )?सकत[\\p{L}\\p{M}]*|(?:artefact|artifact|आर्टिफैक्ट) (?:ही |तो )*है',
    '(?:will|can|should|is able to) (?:\\w+ )?(?:cope|manage|tolerate|handle|ride it out|bounce back|shake it off|take it)|(?<!what )(?:is|are|be) (?:quite |very |perfectly |fairly |only |just |probably )?(?:(?:usual|natural|to be expected|understandable|unsurprising|habitual) (?:in|for|at|with|after|here|overnight)|(?:normal|typical|expected|acceptable|tolerable|common) (?:in|for|after|with) (?:him|her|them|such|someone|people|patients|sleepers?|sleep|rest|this (?:sort|kind|patient|age|person)|an? (?:sleep|rest|young|fit|old|elderly|patient|person|athlet|smok|pregnan)\\w*|the (?:elderly|old|young)|old|age|anxiety|surgery|exercise))|let (?:the patient|him|her|them|it) (?:rest|sleep|be|lie|settle)|an? (?:expected|usual|typical|normal) (?:finding|variation|variant|occurrence|pattern)|par for the course',
    "(?:would|will|does|do|did|could|should) ?(?:not|n't) (?:really )?(?:change|alter|affect|matter|make (?:any|a|much)? ?difference)|(?:makes?|made|making) (?:no|little) difference|(?:hardly|barely|scarcely) (?:matters?|counts?|relevant)|matters? (?:little|less)|immaterial|irrelevant|insignificant|negligible|trivial|unimportant|only a minor|of (?:no|little) (?:importance|consequence|significance|concern)|not (?:that |so |too |very |clinically )(?:bad|much|important|significant|alarming)",
    '(?<!without |never |not )(?:cancel|skip|postpone|defer|delay|put off|call off|stand down|hold off(?: on)?)(?:led|ped|d|red|ed|ing)? (?:the |this |that |any |calling )?(?:review|call|escalation|assessment|team|checks?|observations?|doctor|visit|round|alert|alarm)|(?:review|visit|call|escalation|assessment|round|check) (?:को )?(?:cancel|रद्द|टाल|postpone|skip)(?: कर[\\p{L}\\p{M}]*)?|रहने (?:दो|दें|दीजिए)|छोड़ (?:दो|दें|दीजिए)|टाल (?:दो|दें|सकत[\\p{L}\\p{M}]*)',
    '(?:probe|cuff|sensor|lead|movement|artefact|artifact|monitor)(?: [^ .?;]+){0,3}?,? (?:hence|therefore|which is why|explains?|caused|is (?:why|the reason|to blame))|(?:due to|because of|caused by|comes from) (?:the |a )?(?:loose |cold |poor )?(?:probe|cuff|sensor|lead|movement|artefact|artifact)|white[- ]coat|nervous(?:ness)?(?! system)|excitement|hysteri\\w*|attention[- ]seeking|faking|pretend\\w*|malinger\\w*',
    '(?:the )?worst (?:is|has|seems|appears|looks|lies) (?:to (?:be|have) )?(?:over|past|passed|behind)|out of (?:danger|the woods)|(?:danger|crisis|storm) (?:is|has) (?:over|passed)|over the hump|turned (?:a|the) corner|(?:खतरा|ख़तरा|संकट)(?: (?:अब|तो))? (?:टल|ख़त्म|दूर|खत्म)[\\p{L}\\p{M}]*|(?:खतरे|ख़तरे) से बाहर',
    "wait (?:until|till) (?:it|the (?:reading|value|number|pulse|pressure|monitor|next|score))|wait and (?:see|watch)|watchful waiting|give it (?:time|a (?:while|few|bit))|(?:reviewed|seen|checked|repeated|done|dealt with|looked at) (?:in the morning|tomorrow|later|next week|after lunch)|playing tricks|(?:everyone|everybody|anyone|anybody|most people|many people)(?: [^ .]+){0,3} (?:has|have|gets?) (?:this|that|it)|nothing (?:to see|new|special|unusual|out of the ordinary|much)|old news|(?:skip|omit|leave out|drop) (?:the |this |that )?(?:next|following|rest)|बच्चों का खेल|(?:take (?:your|one's) time)|no (?:rush|hurry)|at (?:your|their) convenience|when (?:free|convenient|you have time)|फुर्सत|फ़ुरसत|low priority|step(?:ped)? down|(?:fit|ready) for discharge",
    "स्वाभाविक|आम बात|मामूली बात|होत[ाीे] (?:ही )?रहत[ाीे]|(?:इतना|थोड़ा|सब|ऐसा)(?: (?:तो|ही))* चलता (?:है|रहता)|(?<!from )(?:his|her|their|the patient's) (?:usual|normal|baseline)(?! (?:bands?|ranges?|limits?|values?))|(?:usual|normal|baseline) (?:for|in) (?:him|her|them|this patient|the patient)|always (?:been )?like this|हमेशा (?:से )?ऐस[\\p{L}\\p{M}]*|रोज़ (?:का|ऐस[\\p{L}\\p{M}]*)|पुरानी आदत|(?:सुबह|कल|शाम|बाद में|round)(?: [^ ]+){0,3} (?:देख (?:लेंगे|लें|लो)|देखेंगे)",
    // Idioms of not minding, of putting off and of explaining away.
    '(?:lose|losing) (?:any )?sleep (?:over|about)|(?:finish|complete|get through) (?:your|the|his|her|their) (?:\\w+ )?(?:round|rounds|tea|lunch|break|shift|paperwork|notes|charting|handover|meal|coffee|task)s?|after (?:your|the) (?:\\w+ )?(?:round|rounds|break|lunch|tea|shift|handover|meal|coffee)|once you (?:are|have|get) (?:free|time|finished|done|a (?:moment|minute|chance))|(?:if|when) (?:you|there|someone|somebody) (?:get|gets|have|has|find|finds|is|are) (?:a (?:moment|minute|chance)|time|free)|at (?:your |their )?leisure|in (?:your|their) own (?:good )?time|(?:plenty|lots|enough) of time|(?:will|would|should) (?:not|never) (?:want|wish|like|need|care|have) to be (?:disturbed|woken|called|bothered|troubled|told|rung|paged)|(?:will|would) not thank you|(?:mere|pure|only a|just a|purely a|simply a) (?:formality|technicality|detail|routine|precaution|nuisance)|(?:box[- ]?ticking|tick[- ]?box|paper exercise)|for the (?:record|file|chart) only',
    '(?:movement|motion|artefact|artifact|probe|cuff|sensor|lead|line|monitor|machine|device|anxiety|position|positioning|shivering) (?:(?:most|very|more) )?(?:likely|probably|surely|simply|clearly|must have|will have|has|may well have|seems to have) (?:\\w+ )?(?:produced|caused|explains?|explained|gave|given|accounts? for|created|triggered|made|driven)|(?:chalk(?:ed)? (?:\\w+ )?up|(?:put|puts|putting) (?:it|this|that|the [\\p{L}]+) down|blam(?:e|ed|ing) (?:it|this|that|the [\\p{L}]+)) (?:to|on)|explained (?:away|by (?:the )?(?:movement|motion|anxiety|age|sleep|position|probe|cuff|sensor|monitor|pain|excitement|coughing|talking))',
    'storm in a tea ?cup|much ado|(?:making|make|made) (?:a|such a|too much) fuss|fuss over|overkill|(?:just|only) a (?:drill|number|reading|machine|figure)|(?:background|statistical) noise|cr(?:y|ies|ying|ied) wolf|nuisance (?:alarm|alert|value|reading)|(?:machine|monitor|device|software|sensor|computer|equipment) (?:error|fault|problem|quirk|bug|issue)|run[- ]of[- ]the[- ]mill|business as usual|nothing out of|everyday (?:finding|reading|value)|all in order|in (?:good shape|safe hands|good hands|the clear)|rest easy|breathe easy|relax|sit back|sit tight|no drama|no biggie|(?:no|not a|hardly a|not such a) big deal|(?:small|minor|trifling|petty) (?:matter|issue|thing|point)|least of (?:your|our|the) (?:worries|problems|concerns)',
    '(?:overlook|discount|shrug|brush|wav(?:e|ing)|laugh|writ(?:e|ing)|play|explain)(?:ed|ing|s)? (?:it |this |that |them )?(?:off|aside|away|(?<!writ(?:e|ing) )down)|overlook(?:ed|ing)?|set (?:it |this |that )?aside|park(?:ed)? (?:it|this|that)|shelv(?:e|ed|ing)|forget (?:it|about|this|that)|never mind|pay(?:ing)? (?:no|little|scant) (?:attention|heed|mind|notice)|(?:of|on) no account|(?:not|hardly|barely|scarcely) worth|too (?:small|minor|slight|little|mild|trivial) to|not (?:bad |low |high |fast |slow )?enough to (?:act|call|worry|bother|matter|disturb|wake|escalate)|within (?:tolerance|acceptable|tolerable)|tolerable|bearable|(?:the )?(?:next|day|night|morning|evening) (?:shift|round|team|staff|doctor|nurse) (?:can|will|could|may|should) (?:\\w+ )?(?:deal|look|see|handle|sort|decide|do|take|check|review)|(?:leave|left|leaving) (?:it |this |that |\\w+ )?(?:to|for) the (?:next|morning|day|night)|tomorrow.s (?:round|team|shift|doctor)|(?:comfortably|well|safely|easily) within|(?:safely|comfortably) (?:left|managed|observed)|(?:sleep|slept) (?:it )?off',
    "(?:lovely|beautiful|great|excellent|good|perfect|nice|reassuring|textbook|clean|tidy) (?:set of |looking )?(?:obs|observations|numbers|vitals|readings|set|picture|values)|(?:nobody|no one|no-one|none of (?:us|you|the team)) (?:has|needs|need|had|must|should have) to|hold(?:ing)? off (?:on )?(?:calling|telling|asking|waking|escalating)|(?<=(?:he|she|they|patient|people|usually|often|always) )runs? (?:low|high|fast|slow|cold|hot)(?! \\d)|(?:this|that|the|his|her|their) (?:patient's )?(?:usual|baseline)(?! (?:of|is|was|bands?|ranges?|limits?|values?))|(?:is|was|are|probably|likely|just|only|surely|merely) (?:[\\p{L}]+ ){0,2}(?:poor|bad|loose|faulty|cold|wet|slipped|displaced|dodgy|unreliable|spurious|bogus|rogue|stray|odd|funny|freak) (?:probe|cuff|sensor|lead|trace|signal|contact|readings?|connection|placement|site|values?|numbers?|measurements?)|whenever (?:there is|there's|you have|someone has|possible|convenient|it suits)|st(?:and|ood|anding) down|(?:click|swip|wav|clear|clos|acknowledg)(?:e|ed|ing)? (?:it |this |that )?(?:away|off)|(?:danger|crisis|worst|storm|emergency|episode|threat) (?:is|has|was)(?: been)? (?:over|past|passed|behind|gone|averted)|(?:nurse|review|check|look|visit|call|reading|observation|glance) (?:[\\p{L}]+ ){0,4}(?:is|will be|would be) (?:enough|sufficient|plenty)|suffices?",
    '(?:मॉनिटर|मशीन|monitor|machine|प्रोब|probe|कफ|cuff|sensor|सेंसर|लीड|lead)(?: [^ ]+){0,2} (?:गड़बड़|खराब|ख़राब|पागल|ग़लत|गलत|बेकार)[\\p{L}\\p{M}]*|आगे बढ़(?:ें|ो|िए|िये)|छोड़ (?:सकत|द)[\\p{L}\\p{M}]*|(?:अलार्म|alarm|alert|अलर्ट|घंटी|बीप)(?: [^ ।]+){0,6} बंद कर|(?:काफ़ी|काफी|पर्याप्त|बहुत) है(?! (?:कम|अधिक|तेज़))|छोड़िए|छोड़िये|छोड़ (?:दीजिये|ही दो)|जाने (?:दो|दें|दीजिए)|कोई बात नहीं|बाद में (?:भी )?(?:देख|कर|बुला|हो जा)[\\p{L}\\p{M}]*|मामूली|छोटी(?: सी)? बात|(?:सोने|आराम करने|लेटे रहने) द(?:ो|ें|ीजिए)|अपने आप (?:ठीक|सही|उतर|कम|सामान्य)[\\p{L}\\p{M}]*|(?:मशीन|मॉनिटर|monitor|machine) (?:की |का )?(?:ग़लती|गलती|खराबी|ख़राबी|भ्रम|mistake|error)|(?:ग़लत|गलत) (?:रीडिंग|reading|दिखा)[\\p{L}\\p{M}]*|के लिए (?:तो )?(?:normal|सामान्य|नॉर्मल|ठीक|आम|usual)|(?:normal|सामान्य|नॉर्मल) ही(?! नहीं)|ऐसा (?:तो )?होता (?:ही )?(?:है|रहता)|कुछ (?:ख़ास|खास|नया|गंभीर|बुरा) नहीं|कुछ नहीं (?:होगा|होता|हुआ)|(?:अगली|सुबह की|रात की) (?:शिफ्ट|शिफ़्ट|shift)|राउंड (?:के बाद|में ही)|फ़ुर्सत|आराम से (?:देख|कर)[\\p{L}\\p{M}]*',
  ].join('|'),
);
const NEGATED = words("not|never|nobody|no one|don't|cannot|can't|must not|should not|no reason to|नहीं|मत|न");
/** Blocked as they stand: the negation is part of them. */
const REASSURING = words(
  "(?:does|do|need)(?: not|n't) (?:yet )?mean (?:that )?(?:anyone|anybody|someone|somebody|you|we|the (?:doctor|team|nurse)|a (?:doctor|nurse|review|call)) (?:needs?|has to|have to|must|should|is needed)|means? (?:that )?(?:nothing|no harm) (?:can|will|could) (?:happen|go wrong)|(?<!(?:readings?|numbers?|values?|facts|scores?|points|they|these|those|rules?|chart|text|record|vitals?|signs|pressures?|figures?|passages?|we|i|it|alone|and rates?) )(?:do not|don't|never|should not|shouldn't|rather not|avoid) (?:\\w+ )?(?:bother|disturb|wake|trouble|call|calling|tell(?! (?:which|how|why|whether|what|if|us|more|anything))|telling|inform|escalate|escalating|notify|contact|page|check|repeat|measure|review)(?! (?:only|just))|ध्यान (?:मत|न|ना) (?:दें|दो|दीजिए)|(?:मत|न) (?:बुला|बता|जगा|call|inform|check|disturb|page|escalate|जाँच|माप)[\\p{L}\\p{M}]*|(?:disturb|call|inform|page|wake|phone|report|notify|escalate|review|repeat|check|परेशान|तंग|फ़ोन|जगा|बुला|सूचित) (?:मत|न|ना)(?: (?:कर|बुला)[\\p{L}\\p{M}]*)?|(?:not|no need|don't) (?:to )?panic|no need (?:to|for)|not (?:\\w+ )?(?:necessary|needed|required) to|don't need to|do not need to|does not need|doesn't need|need not|needn't|nothing to (?:worry|be (?:concerned|worried))(?: about)?|no urgency|(?:is|are) no longer (?:needed|required|necessary)|no reason (?:to|for) (?!(?:stop|cancel|ignor|delay|wait|skip|dismiss|silenc|postpon|relax))[\\p{L}]+|(?:is|are) not (?:required|needed|necessary)|(?:do not|don't|not) (?:to )?worry|no (?:cause|reason|need) for (?:concern|alarm|worry)|no (?:immediate |urgent |further |more |extra |additional |other |special |particular |closer )?(?:action|response|review|escalation|intervention|concern|danger|risk|attention|steps?|help|input|work-?up|call|visit)(?:s)?(?: (?:is|are))?(?: \\w+)?|no (?:further|more|extra|additional|other|special|particular|closer) (?:observations?|checks?|checking|measurements?|readings?|monitoring|care)|nothing (?:more|else|further)(?: (?:urgent|serious))? (?:is |to |need|has )|(?:that is|that's) (?:all|enough)|can relax|not (?:an? )?(?:urgent|emergency|serious|dangerous|worrying|concerning|a concern)|nothing (?:serious|wrong|to do|needs|needed|need be|is needed|has to be)|आराम से|non-urgent|reassur\\w*|all (?:is )?well|(?:is|are|seems|looks) (?:fine|ok|okay|safe|harmless)|harmless|no one needs to|nobody needs to|unnecessary|कोई ज़रूरत नहीं|(?:ज़रूरत|जरूरत|आवश्यकता|need)(?: (?:ही|तो|भी))? नहीं|ज़रूरी नहीं(?! कि)|क्या ज़रूरत|आवश्यकता नहीं|चिंता (?:न|मत|की कोई बात नहीं)|चिंता की बात नहीं|इंतज़ार कर सकत[\\p{L}\\p{M}]*|(?:जल्दी|दिक्कत|परेशानी|खतरा|ख़तरा|समस्या|चिंता|tension|टेंशन|problem|घबराने|डरने)(?: (?:की|का|वाली|कोई|बात|ही|तो))* नहीं|(?:tension|टेंशन|चिंता|फ़िक्र|परेशान) (?:न|मत|ना)|(?:patient|मरीज़|मरीज|रोगी|सब|हालत|कुछ) (?:[^ ]+ )?ठीक है|ठीक हो (?:जाएगा|जाएगी|जाएँगे)",
);

/** "Nothing here that can't wait": two negations let the reader wait; "ऐसा कुछ नहीं जो सुबह तक न रुक सके". */
const NOTHING_THAT_CANNOT = words(
  [
    "(?:nothing|none|not(?: a)? (?:one )?(?:thing|reading|value)|no reading|no value)(?: [\\p{L}']+){0,6}? (?:can't|cannot|can not|won't|will not|couldn't|could not|needn't|need not|would not|wouldn't) (?:[\\p{L}]+ )?(?:wait|keep|hold|be (?:left|put off|delayed|postponed|done later|dealt with later|seen later|sorted later)|stand over|sleep)",
    'none of (?:this|it|these|the readings) (?:is|are|looks?|seems?) (?:\\w+ )?(?:urgent|pressing|serious|worrying|alarming|an emergency|important|concerning|dangerous)',
    '(?:ऐसा )?कुछ (?:भी )?(?:ऐसा )?नहीं(?: है)?,? (?:जो|कि)(?: [^ ।]+){0,5} (?:न|ना|नहीं)(?: [^ ।]+){0,3} (?:सक|रुक|टल|ठहर|wait)[\\p{L}\\p{M}]*',
  ].join('|'),
);

/** "Nothing here is reassuring", "far from comforting". */
function isNotReassuring(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  return (
    /^(?:re)?assur|^comfort/u.test(text.slice(start, end)) &&
    has(text.slice(clause.start, start), words('nothing|none|not|no|never|neither|hardly|far from|less than'))
  );
}

/** "No reason to leave a rate of 26 unreported": to deny the reason for neglect is to ask for care. */
function isNoReasonToNeglect(text: string, start: number, end: number): boolean {
  return (
    /^no (?:reason|excuse|grounds|cause) (?:to|for)/u.test(text.slice(start, end)) &&
    NEGLECT.test(text.slice(start, end + 20))
  );
}
const NEGLECT =
  /(?:leav|wait|delay|ignor|skip|silenc|mut|relax|dismiss|postpon|put off|forget|omit|miss|neglect|reassur|complacen|overlook|discount)/u;

/** "Not a reason to panic, but a reason to go": only calm is asked for, and action as well. */
function isContrasted(text: string, start: number, end: number): boolean {
  return /panic|afraid|fear/u.test(text.slice(start, end)) && BUT_ACT.test(text.slice(end));
}

/** "No response": a patient charted as unresponsive gives none. */
function isUnresponsive({ vitals }: Facts, text: string, start: number, end: number): boolean {
  return (
    vitals.acvpu === 'U' &&
    text.slice(start, end).startsWith('no response') &&
    /^\s*(?:$|[.,;:!?]|to |and |at all|from the patient)/u.test(
      text.slice(text.indexOf('response', start) + 'response'.length),
    )
  );
}

export const dismissalRule: Rule = {
  name: 'dismissal',
  check({ checked, facts }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const { start, end } of spansOf(text, DISMISSING)) {
      const clause = clauseAround(text, start);
      if (has(text.slice(clause.start, start), NEGATED) || isNegatedBehind(text, start, end)) continue;
      if (isRefused(text, start, end) || has(text.slice(start, end), CANNOT_EXPLAIN)) continue;
      found.push({ rule: 'dismissal', start, end, message: 'The text talks the reader out of acting.' });
    }
    const reassuring = spansOf(text, REASSURING).filter(
      ({ start, end }) =>
        !isNotReassuring(text, start, end) &&
        !isNoReasonToNeglect(text, start, end) &&
        !isMeaningDenied(text, { start }) &&
        !isContrasted(text, start, end) &&
        !/^(?:do not|don't|never|should not) call (?:it|this|that) (?!off|in)/u.test(
          text.slice(start, end + 8),
        ) &&
        !isUnresponsive(facts, text, start, end),
    );
    for (const { start, end } of [...reassuring, ...spansOf(text, NOTHING_THAT_CANNOT)])
      found.push({
        rule: 'dismissal',
        start,
        end,
        message: 'The text reassures or says that nothing is needed.',
      });
    for (const objected of talkedOut(text)) found.push({ rule: 'dismissal', ...objected });
    return found;
  },
};
