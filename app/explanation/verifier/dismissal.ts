/**
 * Rule `dismissal`: nothing may tell the reader not to act: no need to call, can wait, silence it, false alarm,
 * probably artefact. Asking to check the probe is fine. Source: verification rule 6.
 */
import type { Rule, Violation } from './rule.ts';
import { clauseAround, has, spansOf, words } from './text.ts';

/** Blocked unless a negation stands before ("do not silence"). */
const DISMISSING = words(
  'ignor(?:e|ed|ing)|disregard\\w*|silenc(?:e|ed|ing)|mut(?:e|ed|ing)|dismiss\\w*|(?:turn|switch)(?:ed|ing)? off (?:the |this )?(?:alarm|alert)|cancel (?:the |this )?(?:alarm|alert)|(?:alarm|alert) (?:may|can|could|should) be (?:switched|turned) off|can (?:safely )?(?:wait|be left|be delayed|be postponed)|wait (?:until|till|for) (?:the )?(?:morning|tomorrow|next|later)|false (?:alarm|alert|positive)|(?:probably|likely|just|only|most likely|simply|merely|clearly) (?:an? )?(?:artefact|artifact|error|noise|anxiety|nothing|movement)|safe to (?:wait|leave|ignore|discharge)|over-?react\\w*|अनदेखा|नज़रअंदाज़?|नजरअंदाज|(?:अलार्म|अलर्ट) (?:को )?बंद|चुप करा[\\p{L}\\p{M}]*|म्यूट',
);
const NEGATED = words("not|never|don't|cannot|can't|must not|should not|no reason to|नहीं|मत|न");
/** Blocked as they stand: the negation is part of them. */
const REASSURING = words(
  "no need (?:to|for)|not (?:\\w+ )?(?:necessary|needed|required) to|don't need to|do not need to|does not need|doesn't need|need not|needn't|nothing to (?:worry|be (?:concerned|worried))(?: about)?|no urgency|(?:is|are) not (?:required|needed|necessary)|(?:do not|don't|not) (?:to )?worry|no (?:cause|reason|need) for (?:concern|alarm|worry)|no (?:immediate |urgent |further )?(?:action|response|review|escalation|intervention|concern|danger|risk)(?:s)?(?: (?:is|are))?(?: \\w+)?|not (?:an? )?(?:urgent|emergency|serious|dangerous|worrying|concerning|a concern)|nothing (?:serious|wrong|to do)|non-urgent|reassur\\w*|all (?:is )?well|(?:is|are|seems|looks) (?:fine|ok|okay|safe|harmless)|harmless|no one needs to|nobody needs to|unnecessary|कोई ज़रूरत नहीं|ज़रूरत नहीं|जरूरत नहीं|आवश्यकता नहीं|चिंता (?:न|मत|की कोई बात नहीं)|चिंता की बात नहीं|इंतज़ार कर सकत[\\p{L}\\p{M}]*|गलत अलार्म|chinta ki (?:koi )?baat nahi\\p{L}*|z?j?aroo?rat nahi\\p{L}*|ignore kar\\p{L}*|झूठा अलार्म",
);

export const dismissalRule: Rule = {
  name: 'dismissal',
  check({ checked }) {
    const { text } = checked;
    const found: Violation[] = [];
    for (const { start, end } of spansOf(text, DISMISSING)) {
      const clause = clauseAround(text, start);
      const after = text.slice(end, Math.min(clause.end, end + 8));
      if (has(text.slice(clause.start, start), NEGATED) || has(after, words('न|मत|नहीं'))) continue;
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
