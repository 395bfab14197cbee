/**
 * Part of the rule `dismissal`: what talks a reader out of acting, by kind of claim and not by phrase. Denied need,
 * permission to delay, what is made small, comfort, a device that is blamed. Source: verification rule 6.
 */
import { isCheck, isConditional, isNegatedBehind } from './context.ts';
import { isMeaningDenied } from './stance.ts';
import { clauseAround, has, type Span, sentenceAround, spansOf, words } from './text.ts';

/** What a reader does about an alert. */
const ACTING =
  'review\\w*|calls?|called|calling|observ\\w+|obs|check\\w*|action|act(?:ed|ing)?|attention|escalat\\w+|inform\\w*|repeat\\w*|re-?check\\w*|re-?assess\\w*|assess\\w*|tell(?:ing)?|told|phon\\w+|ring(?:ing)?|contact\\w*|notif\\w+|pag(?:e|ed|ing)|bleep\\w*|bother\\w*|disturb\\w*|visit\\w*|monitor\\w*|look(?:ed|ing)?|measur\\w+|doctors?|clinicians?|team|help|response|respond\\w*|intervention|intervene|steps|input|concern\\w*|worr\\w+|alarm\\w*|alert\\w*|panic|fuss|hurry|rush|urgency|anyone|anybody|anything|further|more|follow[- ]?up|investigat\\w+|watch\\w*|wak(?:e|ing)|come|coming|attend\\w*|involve\\w*|report\\w*|mention\\w*|document\\w*|evaluat\\w+|vigilance|measurements?|steps?|done|stir|trouble|staff|senior';
/** Words that say a thing is called for. */
const NEEDING =
  'need(?:s|ed|ing)?|requir(?:e|es|ed|ement|ing)|necessary|necessity|warrant(?:s|ed)?|merit(?:s|ed)?|justif(?:y|ies|ied)|call(?:s|ed)? for|demand(?:s|ed)?|deserv(?:e|es|ed)|worth|(?:reason|cause|grounds|point|sense|use|value|benefit) (?:to|for|in|of)|indicated|obliged|have to|has to|must|asked (?:for|of)|useful';
const DENIAL =
  "no|not|never|nothing|nobody|none|hardly|barely|scarcely|without|neither|nor|little|zero|n't|isn't|aren't|doesn't|don't|didn't|wasn't|wouldn't|shouldn't|needn't|cannot|can't";
/** Doing less: to deny the need for it is to ask for care ("not a reason to stop looking"). */
const DOING_LESS = words(
  'cancel\\w*|reduc\\w*|low score|stop\\w*|skip\\w*|wait\\w*|delay\\w*|ignor\\w*|silenc\\w*|omit\\w*|forget\\w*|avoid\\w*|postpon\\w*|relax\\w*|leav\\w+|dismiss\\w*|reassur\\w*|assum\\w+|conclu\\w+|diagnos\\w*|treat\\w*|confirm\\w*|prov\\w+|rely|relying|trust\\w*|less|instead|alone|by itself|on its own|only|enough|mean|drug|dose|fluid|medicine',
);
const DENIED_NEED = words(
  `(?:${DENIAL}) (?:[\\p{L}-]+ ){0,4}?(?:${NEEDING}) (?:[\\p{L}-]+ ){0,3}?(?:${ACTING})|(?:${DENIAL}) (?:[\\p{L}-]+ ){0,2}?(?:${ACTING}) (?:[\\p{L}-]+ ){0,4}?(?:${NEEDING})|(?:${ACTING}) (?:[\\p{L}-]+ ){0,2}?(?:is|are|was|were|seems?|would be|will be|be) (?:[\\p{L}]+ ){0,1}?(?:not|never|hardly|scarcely|un)(?: |-)?(?:[\\p{L}]+ ){0,2}?(?:needed|required|necessary|warranted|justified|called for|indicated|merited|worthwhile|urgent|a priority)|(?:unwarranted|unjustified|uncalled for|superfluous|redundant|pointless|needless(?:ly)?|unneeded|overkill|excessive to|waste of (?:time|effort)|over the top|over-?cautious)`,
);
const DENIED_NEED_HINDI = words(
  '(?:ज़रूरत|जरूरत|आवश्यकता|ज़रूरी|जरूरी|आवश्यक|अनिवार्य|need|required?|necessary|zaruri|फ़ायदा|फायदा|मतलब की बात|जल्दबाज़ी|हड़बड़ी)(?: [\\p{L}\\p{M}]+){0,2} (?:नहीं|न|मत|ना)(?! (?:कि|तो))|(?:बेकार|फ़िज़ूल|फिजूल|व्यर्थ|गैर-?ज़रूरी|अनावश्यक)|क्या (?:ज़रूरत|फ़ायदा|फायदा)|किसी को (?:[\\p{L}\\p{M}]+ ){0,2}(?:नहीं|मत|न)',
);

/** Leave to do something else first, or nothing: for whoever reads ("you may finish your round"). */
const LEAVE = words(
  '(?:you|one|we|nurses?|staff|the nurse|the team|everyone|anyone|the ward|the doctor|the clinician) (?:may|can|could|might|should|is free to|are free to) (?:just |simply |safely |now |well |always |comfortably |first )*(?:finish|wait|continue|carry|go|leave|rest|relax|proceed|move|take|postpone|delay|skip|sleep|turn (?:to|your)|focus|concentrate|attend to (?:other|the other)|complete|do (?:the|your|other|it)|come|see to|deal|let|stop|ignore|forget|hold|sit|keep (?:going|doing)|get (?:on|back)|return|stay|save|put|prioriti[sz]e|have|enjoy|breathe|spare)',
);
const ERRAND =
  'rounds?|lunch|tea|dinner|breakfast|breaks?|meals?|shift|hand-?over|morning|night|evening|afternoon|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|coffee|paper-?work|chores?|(?:other|remaining) (?:patients?|beds?|tasks?|work)|rest of the|visiting|bath|medication round|dawn|daylight|later|next (?:round|shift|visit|week|day|hour|time)|free|convenient|quiet(?:er)?|chance|spare moment|time (?:permits|allows)|suits|possible';
const CARE =
  'told|called|look\\w*|check\\w*|see|seen|review\\w*|call\\w*|act|attend\\w*|come|go|visit\\w*|dealt with|handled|done|repeat\\w*|measur\\w+|tell|inform\\w*|report\\w*|mention\\w*|escalat\\w+|discuss\\w*|rais(?:e|ed)|sorted|assess\\w*|addressed|kept|left|wait\\w*|hold|brought up|noted|tackled|picked up|follow\\w*|response|recheck\\w*';
const LATER = words(
  `(?:${CARE}) (?:[\\p{L}'-]+ ){0,4}?(?:after|once|until|till|when|whenever|at|in|on|during|by|for|over|to) (?:[\\p{L}']+ ){0,3}?(?:${ERRAND})|(?:finish|complete|do) (?:your|the|his|her|their|own|other) (?:[\\p{L}']+ )?(?:${ERRAND}|work|tasks?|notes|writing)|(?:after|once) (?:[\\p{L}']+ ){0,3}?(?:${ERRAND}),? (?:is|will be|would be|is quite|seems) (?:fine|soon enough|early enough|enough|ok|okay|acceptable|adequate)|(?:soon|early|good) enough|at leisure|leisurely|in (?:your|their|its) own time|in good time|sometime|some time (?:today|later|tomorrow)|whenever|back burner|on hold|can keep|will keep|bide|sit tight|hold fire|hang on|stand by and|give it (?:another|some|an)|see how (?:it|things|he|she|they) (?:goes?|develops?|pans? out|settles?)|let (?:things|nature|it) (?:[\\p{L}]+ )?(?:run|take|play|be|go|settle|lie|ride)|not (?:straight away|right away|right now|yet|now|tonight|immediately|at once)(?! (?:known|measured|recorded|available|confirmed|been|certain|clear|enough|normal|settled|stable|a diagnosis|the))`,
);
const LATER_HINDI = words(
  '(?:बाद में|अगली (?:पारी|शिफ़्ट|शिफ्ट|बार|ड्यूटी)|अगले (?:राउंड|दिन|चक्कर|shift|round)|next (?:shift|round|duty)|(?:राउंड|खाने|चाय|लंच|नाश्ते|ड्यूटी|शिफ़्ट|शिफ्ट|round|lunch|tea|duty|shift|break|handover|काम) के बाद|कल(?: सुबह)?|सुबह|रात को|फुरसत|फ़ुर्सत|जब समय मिले|जब (?:time|टाइम) मिले|थोड़ी देर (?:बाद|में|रुक|ठहर))(?: (?:तक|को|भी|ही|में|पर|से))*(?: [\\p{L}\\p{M}]+){0,3} (?:देख|कर|बता|बुला|जाँच|जांच|माप|रुक|रुकें|छोड़|टाल|call|check|review|repeat|inform|wait|इंतज़ार|हो|लें|लो|चल|काफ़ी|ठीक)[\\p{L}\\p{M}]*|(?:अगली (?:पारी|शिफ़्ट|शिफ्ट|बार)|next shift|कल|सुबह)(?: [\\p{L}\\p{M}]+){0,1} (?:पर|के लिए|तक) (?:टाल|छोड़|रख)[\\p{L}\\p{M}]*|(?:रुक|ठहर)(?:ें|ो|िए| जा[\\p{L}\\p{M}]*| सकत[\\p{L}\\p{M}]*)',
);

/** What makes an alert small. */
const SMALL = words(
  'nothing (?:to (?!the (?:total|score|sum)|it(?! home)|compare|measure|tell|show|report(?! home))[\\p{L}]+|much|major|unusual|remarkable|really|too|very|terribly|alarming|worrying|sinister|dramatic|significant|critical|dangerous|untoward|abnormal|amiss|more than|about this(?! (?:should|must|may|can|ought)(?: be)? (?:wait|left|delayed|put off|taken lightly|ignored|dismissed|postponed))|of note|that (?:needs|calls|requires|matters|cannot))|(?:minor|trivial|petty|insignificant|inconsequential|benign|innocent|innocuous|transient|temporary|momentary|passing|short-lived|self-limit\\w+|physiological|incidental|cosmetic|academic|harmless|routine|ordinary|everyday|run-of-the-mill|forgivable|normal|natural|usual|small|little|tiny) (?:[\\p{L}]+ )?(?:matter|thing|issue|deviation|blip|problem|finding|variation|variant|concern|fluctuation|wobble|upset|glitch|hiccup|nuisance|event|quirk|detail|point of no)|(?:is|are|looks?|seems?|remains?|appears?) (?:quite |very |perfectly |entirely |completely |just |only |probably |likely |merely |all |rather |almost certainly )*(?:benign|innocent|innocuous|transient|temporary|momentary|self-limit\\w+|physiological|incidental|trivial|minor|unremarkable|tolerable|bearable|manageable|forgivable|excusable|unexciting|routine|commonplace|ordinary|everyday|under control|in hand|in good (?:shape|hands|health|condition)|doing (?:well|fine|great|ok|okay|nicely)|well|good|great|alright|all right|not (?:bad|much|serious))(?! (?:measured|below|above|within|over|under|enough|to (?:know|check|ask|look|repeat|measure)|recorded|known|lit|practice|(?:[\\p{L}]+ )?reason))|(?:rest|sleep) (?:easy|assured|soundly)|lose sleep|(?:up|awake) (?:at|all) night|blow over|get on with (?:other|the other|your|their|his|her)|relax(?:ed)?|stay calm|keep calm|calm down|take it easy|no (?:big )?(?:deal|drama|issue|problem|harm|fuss|bother|worries|threat|emergency|crisis|hurry|rush|trouble|red flags?|alarm bells?|big thing)|storm in a tea ?cup|end of the world|much ado|over nothing|cry(?:ing)? wolf|over-?think\\w*|over-?stat\\w+|exaggerat\\w+|overrat\\w+|over-?call\\w*|overly (?:sensitive|cautious)|too (?:sensitive|cautious|jumpy)|over-?sensitive|business as usual|nuisance|formality|(?:more|other) (?:pressing|important|urgent) (?:things|matters|patients|tasks|work)|lowest? (?:on|in) (?:the|your) (?:list|priorit\\w+)|not worth|pay (?:it )?no (?:attention|heed|mind)|take (?:it |this |that |them )?(?:lightly|with a pinch)|shrug\\w*|brush\\w* (?:off|aside)|wave\\w* (?:off|away)|overlook\\w*|play\\w* down|turn a blind eye|look the other way|pass over|discount(?:ed)?|let (?:it |this |that )?(?:slide|pass|go)|forget (?:about|it|this)|under the carpet|doubt\\w* if it matters|good news|encouraging|comforting|happily|thankfully|fortunately|luckily|no news',
);
const SMALL_HINDI = words(
  '(?:छोटी|मामूली|साधारण|आम|रोज़ की|हल्की)(?:-| )?(?:सी |सा )?(?:बात|चीज़|दिक्कत|समस्या|गड़बड़ी|गड़बड़)|कोई (?:बड़ी|ख़ास|खास|गंभीर|विशेष|नई|चिंताजनक)? ?(?:बात|समस्या|दिक्कत|परेशानी|ख़तरा|खतरा|चिंता|जल्दी|टेंशन|tension|problem|issue|risk) नहीं|(?:फ़र्क|फर्क|असर|अंतर) नहीं पड़[\\p{L}\\p{M}]*|(?:घबराएँ|घबराएं|घबराइए|घबराओ|डरें|डरिए|डरो|परेशान हों|परेशान हो|चिंतित हों|फ़िक्र करें|फिक्र करें|चिंता करें|tension लें|टेंशन लें) (?:नहीं|मत|न)|(?:न|मत|ना) (?:घबरा|डर|परेशान|चिंत|फ़िक्र|फिक्र|tension|टेंशन)[\\p{L}\\p{M}]*|(?:घबरा|डर|फ़िक्र|फिक्र|हड़बड़ा)[\\p{L}\\p{M}]*(?: [\\p{L}\\p{M}]+){0,2} (?:नहीं|न|मत)|निश्चिंत|बेफ़िक्र|बेफिक्र|इत्मीनान|तसल्ली|हल्के में(?! (?:न|नहीं|मत))|आराम कर(?:ने दें|ें|ो|िए)|सोने (?:दें|दो|दीजिए)|(?:सब|हालत|मरीज़|मरीज|रोगी|स्थिति|सारा|बाकी सब)(?: [\\p{L}\\p{M}]+){0,2} (?:ठीक|बढ़िया|अच्छ[ाीे]|सही|दुरुस्त|काबू में|नियंत्रण में|theek|fine|okay|ok|stable|स्थिर)(?: (?:ही|ठाक))* (?:है|हैं|लग)|अपने ?-?आप (?:ठीक|उतर|सुधर|कम|शांत|सामान्य)[\\p{L}\\p{M}]*|खुद (?:ही )?(?:ठीक|उतर|सुधर|शांत)[\\p{L}\\p{M}]*|कुछ (?:भी )?नहीं हो(?:गा|ता|ने)[\\p{L}\\p{M}]*|होने (?:दो|दें|दीजिए)|(?:काम )?चल (?:जाएगा|जायेगा)|(?<!पता )चलेगा|भूल (?:जाएँ|जाएं|जाओ|जाइए)|(?:माफ़|माफ) कर|इमरजेंसी नहीं|गंभीर नहीं|serious नहीं|urgent नहीं|खतरनाक नहीं',
);

/** Things that can mislead a monitor. */
const DEVICE =
  'movements?|motion|moving(?! (?:in )?(?:the |a )?(?:wrong|right|same|opposite|good|bad) (?:way|direction))|wriggl\\w*|fidget\\w*|artefacts?|artifacts?|probe|cuff|sensor|lead|leads|wires?|cables?|electrodes?|clip|monitor|machine|device|equipment|nail (?:polish|varnish)|cold (?:fingers?|hands?)|contact|signal|interference|calibration|battery|thermometer|wrong (?:cuff|size)|probe position|misplac\\w+|slipp\\w+|loose\\w*|typing|typo|data entry|प्रोब|कफ|सेंसर|मशीन|मॉनिटर|थर्मामीटर|तार|लीड|डिवाइस|उपकरण|हिलने(?:-डुलने)?|हरकत|हिलना|आर्टिफैक्ट|आर्टिफ़ैक्ट|नेल पॉलिश';
const BLAMED = words(
  `(?:${DEVICE}) (?:[\\p{L}]+ ){0,4}?(?:produced?|produces|caus(?:ed|es|ing)|made|makes|making|gave|gives|giving|explains?|explained|accounts?(?:ed)? for|responsible|behind|to blame|blame|created|generated|led to|is why|reason|culprit|at fault|faulty|broken|defective|lying|wrong|misread\\w*|exaggerat\\w*|inflat\\w*|skew\\w*|distort\\w*|fool\\w*|mislead\\w*|misled|mistak\\w+|tricked|confused by|hence|therefore)|(?:blame|faulty?|because of|due to|caused by|owing to|thanks to|down to|product of|result of|stems? from|put down to|attribut\\w+ to|explained by|reflects?|simply|merely|just|only|probably|surely|clearly|likely|mostly|obviously|certainly|must be|has to be|is) (?:an? |the |some |his |her |their )?(?:[\\p{L}]+ )?(?:movements?|motion|artefact\\w*|artifact\\w*|probe|cuff|sensor|lead|cable|nail (?:polish|varnish)|cold (?:fingers?|hands?)|interference|calibration|miscalibrat\\w*|battery|misplac\\w+|poor contact|poor signal|loose \\p{L}+|measurement error|equipment|technical)(?! (?:off|on|in|at|of|by|check|reading|placed|position|site|is|was|fits?|size|that|with|readings?))|(?:number|numbers|reading|readings|value|values|figure|figures|alarm|alert|score|it|this) (?:is|are|was|were|must be|has to be|looks?|seems?|appears?|can(?:not| not|'t) be) (?:not |n't |hardly |probably |surely |clearly |likely |almost certainly |most likely |just |simply )*(?:real|right|true|correct|genuine|believ\\w+|trust\\w*|credible|accurate|plausible|spurious|bogus|phantom|erroneous|fake|false|wrong|an error|a mistake|noise|artefact\\w*|artifact\\w*|faulty|misleading|off|a typo|a fluke|exaggerated)|(?:do not|don't|cannot|can't|never|hard to|difficult to) (?:really )?(?:believe|trust|rely on)|disbelieve|spurious|bogus|phantom|fluke|erroneous\\w*|malfunction\\w*|technical (?:fault|error|problem|glitch)|equipment (?:fault|failure|problem)|instrument error|misread(?:ing|s)?|mis-?measured`,
);
const BLAMED_HINDI = words(
  '(?:प्रोब|कफ|सेंसर|मशीन|मॉनिटर|थर्मामीटर|तार|लीड|डिवाइस|उपकरण|हिलने(?:-डुलने)?|हरकत|आर्टिफ़?ैक्ट|नेल पॉलिश|probe|cuff|sensor|machine|monitor|movement|artefact|artifact|lead|thermometer)(?: [\\p{L}\\p{M}]+){0,4} (?:की वजह|की गलती|की ग़लती|की गड़बड़ी|के कारण|का दोष|का नतीजा|वजह है|कारण है|खराब है|ख़राब है|गड़बड़ है|गलत (?:है|बता|दिखा|पढ़)|ग़लत (?:है|बता|दिखा|पढ़)|झूठ|wrong|galat|faulty)[\\p{L}\\p{M}]*|(?:रीडिंग|अलार्म|अलर्ट|नंबर|मान|संख्या|reading|alarm|alert|number|value)(?: [\\p{L}\\p{M}]+){0,2} (?:गलत|ग़लत|झूठ[ाीे]|नकली|फ़र्ज़ी|बेकार|असली नहीं|सही नहीं|सच नहीं|भरोसे)',
);
/** "A loose probe can lower the reading", "if the probe slipped": no conclusion. */
const POSSIBLE = words(
  'may|might|can|could|possibl[ey]|perhaps|if|whether|check\\w*|make sure|unless|rule out|sometimes|without|never|not|consider|when|where|हो सकत[ाीे]|शायद|क्या|जाँच[\\p{L}\\p{M}]*|जांच[\\p{L}\\p{M}]*|मानकर|मानने|समझकर|यदि|अगर|कहीं|सकत[ाीे]|कि नहीं|या नहीं|मिलाएँ|मिलाएं',
);
const DENYING = words(
  "not|never|don't|do not|cannot|can't|must not|should not|no reason to|without|rather than|instead of|नहीं|मत|न",
);

/** Whoever is called is said to mind it: a negation is part of the claim. */
const MINDING = words(
  'i (?:would|think|believe|suspect|feel|am|do|guess|reckon|see)|(?:alert|alarm|case|matter) (?:can|may|could|should|is to|might) (?:now |safely |simply |just )?be (?:closed|cleared|ended|reset|dropped|filed|shelved|parked|put)|(?:typical|usual|natural|common|ordinary) (?:for|in|of|at|among) (?:somebody|someone|a person|people|many|most|patients|his|her|their|this|that|such)|(?:want|like|wish|expect|love|appreciate|thank you|care)(?:s|ed)? (?:to be |being |you for |for )?(?:disturbed|bothered|called|woken|paged|interrupted|calling|waking)|(?:disturb|bother|annoy|pester|trouble|interrupt|burden)(?:s|ing|ed)? (?:the |a |any |his |her )?(?:doctors?|clinicians?|team|registrar|consultant|senior|anyone|anybody|staff)',
);

interface Objected extends Span {
  readonly message: string;
}

/** "Waiting until the morning is not an option"; "सुबह तक न रुकें": the negation stands behind or within. */
const NO_OPTION =
  /^(?:[^.;,]{0,30})? (?:is|would be|are) (?:not (?:an option|safe|advisable|acceptable|right|enough|wise|allowed)|no option|unsafe|unwise|out of the question|dangerous)(?!\p{L})|^(?: (?:the|this|an?) \p{L}+)? (?:does|would|will)(?: not|n't) help(?!\p{L})/u;
const WITHIN_HINDI = / (?:न|ना|मत|नहीं) (?:रुक|ठहर|छोड़|टाल|wait)/u;
export function isRefused(text: string, start: number, end: number): boolean {
  return NO_OPTION.test(text.slice(end)) || WITHIN_HINDI.test(` ${text.slice(start, end)}`);
}

function isTurnedRound(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start);
  const before = text.slice(clause.start, start).split(' ').slice(-6).join(' ');
  const denied =
    /(?:^| )(?:should|must|can|may|do|does|will|shall)(?: ?not|n't) |(?:cannot|can't) | (?:न|मत|नहीं) /u;
  return (
    has(before, DENYING) ||
    denied.test(text.slice(start, end)) ||
    isNegatedBehind(text, start, end) ||
    isRefused(text, start, end) ||
    isConditional(text, start)
  );
}

/** "An artefact would not explain all six" blames nothing; "the probe is not at fault, the cuff is" blames the cuff. */
export const CANNOT_EXPLAIN = words(
  "(?:(?:would|could|does|did|do|can|may|will)(?: not|n't)|cannot|can't|never|hardly) (?:alone |fully |by itself )?(?:explain|account for|cause|produce|make)",
);

/** "Not a reason to panic, but a reason to go": what the sentence goes on to ask for. */
export const BUT_ACT =
  /^[^.;।,]{0,24}, but (?!no |not |nothing |never )(?![^.;।]*(?:tomorrow|later|morning|next|round|when|free|shift|कल|बाद))[^.;।]{0,40}?(?:reasons? (?:to|for)|go |call|act|look|see |check|tell|inform|review|now|must|should|needs?)/u;

/** Every span that talks the reader out of acting. */
export function talkedOut(text: string): Objected[] {
  const found: Objected[] = [];
  const add = (span: Span, message: string) => found.push({ start: span.start, end: span.end, message });
  for (const span of [...spansOf(text, DENIED_NEED), ...spansOf(text, DENIED_NEED_HINDI)]) {
    const sentence = sentenceAround(text, span.start);
    const reach = text.slice(span.start, Math.min(sentence.end, span.end + 30));
    if (
      !has(reach, DOING_LESS) &&
      !isConditional(text, span.start) &&
      !(/panic|afraid|fear/u.test(text.slice(span.start, span.end)) && BUT_ACT.test(text.slice(span.end)))
    )
      add(span, 'The text says that nothing is needed.');
  }
  for (const span of spansOf(text, MINDING)) add(span, 'The text talks the reader out of calling.');
  for (const pattern of [LEAVE, LATER, LATER_HINDI, SMALL, SMALL_HINDI])
    for (const span of spansOf(text, pattern))
      if (!isTurnedRound(text, span.start, span.end) && !isMeaningDenied(text, span))
        add(span, 'The text lets the reader wait or makes the alert small.');
  for (const span of [...spansOf(text, BLAMED), ...spansOf(text, BLAMED_HINDI)]) {
    const clause = clauseAround(text, span.start);
    const within = text.slice(clause.start, clause.end);
    if (has(text.slice(span.start, span.end), CANNOT_EXPLAIN)) continue;
    if (!has(within, POSSIBLE) && !isCheck(text, span.start, span.end) && !isConditional(text, span.start))
      add(span, 'A device or movement is given as the conclusion.');
  }
  return found;
}
