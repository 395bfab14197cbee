/**
 * Rule `dismissal`: nothing may tell the reader not to act: no need to call, can wait, silence it, false alarm,
 * probably artefact. Asking to check the probe is fine. Source: verification rule 6.
 */
import { isNegatedBehind } from './context.ts';
import type { Rule, Violation } from './rule.ts';
import { clauseAround, has, spansOf, words } from './text.ts';

/** Blocked unless a negation stands before ("do not silence"). */
const DISMISSING = words(
  [
    'ignor(?:e|ed|ing)|disregard\\w*|silenc(?:e|ed|ing)|mut(?:e|ed|ing)|dismiss\\w*|(?:turn|switch)(?:ed|ing)? off (?:the |this )?(?:alarm|alert)|cancel (?:the |this )?(?:alarm|alert)|(?:alarm|alert) (?:may|can|could|should) be (?:switched|turned) off|can (?:safely )?(?:wait|be left|be delayed|be postponed)|wait (?:until|till|for) (?:the )?(?:morning|tomorrow|next|later)|false (?:alarm|alert|positive)|(?:probably|likely|just|only|most likely|simply|merely|clearly) (?:an? )?(?:artefact|artifact|error|noise|anxiety|nothing|movement)|safe to (?:wait|leave|ignore|discharge)|over-?react\\w*|अनदेखा|नज़रअंदाज़?|नजरअंदाज|(?:alarm|alert|अलार्म|अलर्ट) (?:को )?बंद|चुप (?:करा|कर)[\\p{L}\\p{M}]*|म्यूट',
    'snooz\\w*|(?:worse|scarier|more (?:alarming|worrying|serious)) than (?:they|it|he|she) (?:really |actually )?(?:are|is)|(?:readings?|values?|numbers?|scores?|alarms?|alerts?|machine|monitor) (?:is|are) (?:probably |likely |clearly )?(?:wrong|misleading|unreliable|exaggerated|faulty|broken)|(?:carry|move) on with|and (?:carry|move) on|leave (?:it|this|that|them|him|her|the \\w+) (?:for|until|till|alone|be)|(?:sleep|sit) on it|(?:acting|playing) up|glitch\\w*|carry on (?:as|with)|(?:just|only|merely|simply) (?:an? )?(?:(?:slight|mild|little|simple|passing) )?(?:fever|temperature(?! (?:and|is|was|reading|needs?))|cold|flu|nerves|stress|blip|old age)',
    '(?:will|should|is going to|it can|likely to|bound to) (?:\\w+ )?(?:settle|pass|resolve|clear up|go away|wear off|sort itself out|calm down)(?: down| off)?|(?:settles?|resolves?|passes|goes away|gets? better) (?:by itself|on (?:its|his|her|their) own)',
    '(?:alarm|alert|अलार्म|अलर्ट) (?:को )?(?:silent|silence|mute|off|snooze|ignore)|(?:silent|silence|mute|snooze|ignore|dismiss) कर[\\p{L}\\p{M}]*|(?:सिर्फ़|केवल|बस|मामूली) (?:बुखार|तापमान (?:ही )?है)|गलत अलार्म|झूठा अलार्म|false अलार्म',
    '(?:सुबह|कल|शाम|बाद में)(?: (?:सुबह|शाम|तक|को|भी|ही))* (?:देख (?:लेंगे|लें|लो)|देखेंगे|देखते|देखना|wait|इंतज़ार|रुक[\\p{L}\\p{M}]*|छोड़|बता (?:देंगे|दें)|करेंगे|बुला लेंगे)|(?:wait|इंतज़ार|रुक) (?:कर )?सकत[\\p{L}\\p{M}]*|(?:artefact|artifact|आर्टिफैक्ट) (?:ही |तो )*है',
    '(?:will|can|should|is able to) (?:\\w+ )?(?:cope|manage|tolerate|handle|ride it out|bounce back|shake it off|take it)|(?<!what )(?:is|are|be) (?:quite |very |perfectly |fairly |only |just |probably )?(?:(?:usual|natural|to be expected|understandable|unsurprising|habitual) (?:in|for|at|with|after|here|overnight)|(?:normal|typical|expected|acceptable|tolerable|common) (?:in|for|after|with) (?:him|her|them|such|someone|people|patients|sleepers?|sleep|rest|this (?:sort|kind|patient|age|person)|an? (?:sleep|rest|young|fit|old|elderly|patient|person|athlet|smok|pregnan)\\w*|the (?:elderly|old|young)|old|age|anxiety|surgery|exercise))|let (?:the patient|him|her|them|it) (?:rest|sleep|be|lie|settle)|an? (?:expected|usual|typical|normal) (?:finding|variation|variant|occurrence|pattern)|par for the course',
    "(?:would|will|does|do|did|could|should) ?(?:not|n't) (?:really )?(?:change|alter|affect|matter|make (?:any|a|much)? ?difference)|(?:makes?|made|making) (?:no|little) difference|(?:hardly|barely|scarcely) (?:matters?|counts?|relevant)|matters? (?:little|less)|immaterial|irrelevant|insignificant|negligible|trivial|unimportant|only a minor|of (?:no|little) (?:importance|consequence|significance|concern)|not (?:that |so |too |very |clinically )(?:bad|much|important|significant|alarming)",
    '(?<!without |never |not )(?:cancel|skip|postpone|defer|delay|put off|call off|stand down|hold off(?: on)?)(?:led|ped|d|red|ed|ing)? (?:the |this |that |any |calling )?(?:review|call|escalation|assessment|team|checks?|observations?|doctor|visit|round|alert|alarm)|(?:review|visit|call|escalation|assessment|round|check) (?:को )?(?:cancel|रद्द|टाल|postpone|skip)(?: कर[\\p{L}\\p{M}]*)?|रहने (?:दो|दें|दीजिए)|छोड़ (?:दो|दें|दीजिए)|टाल (?:दो|दें|सकत[\\p{L}\\p{M}]*)',
    '(?:probe|cuff|sensor|lead|movement|artefact|artifact|monitor)(?: [^ .?;]+){0,3}?,? (?:hence|therefore|which is why|explains?|caused|is (?:why|the reason|to blame))|(?:due to|because of|caused by|comes from) (?:the |a )?(?:loose |cold |poor )?(?:probe|cuff|sensor|lead|movement|artefact|artifact)|white[- ]coat|nervous(?:ness)?(?! system)|excitement|hysteri\\w*|attention[- ]seeking|faking|pretend\\w*|malinger\\w*',
    '(?:the )?worst (?:is|has|seems) (?:over|past|passed)|out of (?:danger|the woods)|(?:danger|crisis|storm) (?:is|has) (?:over|passed)|over the hump|turned (?:a|the) corner|(?:खतरा|ख़तरा|संकट)(?: (?:अब|तो))? (?:टल|ख़त्म|दूर|खत्म)[\\p{L}\\p{M}]*|(?:खतरे|ख़तरे) से बाहर',
    "wait (?:until|till) (?:it|the (?:reading|value|number|pulse|pressure|monitor|next|score))|wait and (?:see|watch)|watchful waiting|give it (?:time|a (?:while|few|bit))|(?:reviewed|seen|checked|repeated|done|dealt with|looked at) (?:in the morning|tomorrow|later|next week|after lunch)|playing tricks|(?:everyone|everybody|anyone|anybody|most people|many people)(?: [^ .]+){0,3} (?:has|have|gets?) (?:this|that|it)|nothing (?:to see|new|special|unusual|out of the ordinary|much)|old news|(?:skip|omit|leave out|drop) (?:the |this |that )?(?:next|following|rest)|बच्चों का खेल|(?:take (?:your|one's) time)|no (?:rush|hurry)|at (?:your|their) convenience|when (?:free|convenient|you have time)|फुर्सत|फ़ुरसत|low priority|step(?:ped)? down|(?:fit|ready) for discharge",
    "स्वाभाविक|आम बात|मामूली बात|होत[ाीे] (?:ही )?रहत[ाीे]|(?:इतना|थोड़ा|सब|ऐसा)(?: (?:तो|ही))* चलता (?:है|रहता)|(?<!from )(?:his|her|their|the patient's) (?:usual|normal|baseline)(?! (?:bands?|ranges?|limits?|values?))|(?:usual|normal|baseline) (?:for|in) (?:him|her|them|this patient|the patient)|always (?:been )?like this|हमेशा (?:से )?ऐस[\\p{L}\\p{M}]*|रोज़ (?:का|ऐस[\\p{L}\\p{M}]*)|पुरानी आदत|(?:सुबह|कल|शाम|बाद में|round)(?: [^ ]+){0,3} (?:देख (?:लेंगे|लें|लो)|देखेंगे)",
  ].join('|'),
);
const NEGATED = words("not|never|don't|cannot|can't|must not|should not|no reason to|नहीं|मत|न");
/** Blocked as they stand: the negation is part of them. */
const REASSURING = words(
  "(?:do not|don't|never|should not|shouldn't|rather not|avoid) (?:\\w+ )?(?:bother|disturb|wake|trouble|call|calling|tell(?! (?:which|how|why|whether|what|if|us|more|anything))|telling|inform|escalate|escalating|notify|contact|page|check|repeat|measure|review)(?! (?:only|just))|ध्यान (?:मत|न|ना) (?:दें|दो|दीजिए)|(?:मत|न) (?:बुला|बता|जगा|call|inform|check|disturb|page|escalate|जाँच|माप)[\\p{L}\\p{M}]*|(?:disturb|call|inform|page|wake|phone|report|notify|escalate|review|repeat|check|परेशान|तंग|फ़ोन|जगा|बुला|सूचित) (?:मत|न|ना)(?: (?:कर|बुला)[\\p{L}\\p{M}]*)?|(?:not|no need|don't) (?:to )?panic|no need (?:to|for)|not (?:\\w+ )?(?:necessary|needed|required) to|don't need to|do not need to|does not need|doesn't need|need not|needn't|nothing to (?:worry|be (?:concerned|worried))(?: about)?|no urgency|(?:is|are) not (?:required|needed|necessary)|(?:do not|don't|not) (?:to )?worry|no (?:cause|reason|need) for (?:concern|alarm|worry)|no (?:immediate |urgent |further )?(?:action|response|review|escalation|intervention|concern|danger|risk)(?:s)?(?: (?:is|are))?(?: \\w+)?|not (?:an? )?(?:urgent|emergency|serious|dangerous|worrying|concerning|a concern)|nothing (?:serious|wrong|to do|needs|needed|need be|is needed|has to be)|आराम से|non-urgent|reassur\\w*|all (?:is )?well|(?:is|are|seems|looks) (?:fine|ok|okay|safe|harmless)|harmless|no one needs to|nobody needs to|unnecessary|कोई ज़रूरत नहीं|ज़रूरत नहीं|जरूरत नहीं|आवश्यकता नहीं|चिंता (?:न|मत|की कोई बात नहीं)|चिंता की बात नहीं|इंतज़ार कर सकत[\\p{L}\\p{M}]*|(?:जल्दी|दिक्कत|परेशानी|खतरा|ख़तरा|समस्या|चिंता|tension|टेंशन|problem|घबराने|डरने)(?: (?:की|का|वाली|कोई|बात|ही|तो))* नहीं|(?:tension|टेंशन|चिंता|फ़िक्र|परेशान) (?:न|मत|ना)|(?:patient|मरीज़|मरीज|रोगी|सब|हालत|कुछ) (?:[^ ]+ )?ठीक है|ठीक हो (?:जाएगा|जाएगी|जाएँगे)",
);

export const dismissalRule: Rule = {
  name: 'dismissal',
  check({ checked }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const { start, end } of spansOf(text, DISMISSING)) {
      const clause = clauseAround(text, start);
      if (has(text.slice(clause.start, start), NEGATED) || isNegatedBehind(text, start, end)) continue;
      found.push({ rule: 'dismissal', start, end, message: 'The text talks the reader out of acting.' });
    }
    for (const { start, end } of spansOf(text, REASSURING))
      found.push({
        rule: 'dismissal',
        start,
        end,
        message: 'The text reassures or says that nothing is needed.',
      });
    return found;
  },
};
