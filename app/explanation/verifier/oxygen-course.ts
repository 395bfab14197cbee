/**
 * Part of the rule `contradiction`: oxygen that is said to have been started or taken off since the set before must
 * have been, by the two sets. Tells nothing where it is a wish or a condition.
 *
 * Holds on oxygen now and on air before: "Oxygen has been started since the last set". Source: verification rules 3
 * and 8 ("presence of oxygen").
 */
import type { Facts } from '../facts.ts';
import { isConditional, isNegated } from './context.ts';
import { remembered } from './remembered.ts';
import { type Span, spansOf, words } from './text.ts';

const WHEN = '(?: (?:now|since|newly|just|recently|meanwhile|already|then|only))*';
const OXYGEN = '(?:supplementary |supplemental |extra |added )?(?:oxygen|o2)';
const STARTED = words(
  `${OXYGEN}${WHEN} (?:has|was|had|is)${WHEN} (?:been )?(?:started|begun|commenced|added|given since|introduced|put on|switched on|turned on|applied|new)|(?:now|newly|meanwhile|since then) (?:on|given|needing|receiving) ${OXYGEN}|${OXYGEN} is new|(?:has|have|was) (?:since )?(?:been )?(?:put|started|placed|gone) on(?:to)? ${OXYGEN}|(?:ऑक्सीजन|oxygen|o2) (?:[\\p{L}\\p{M}]+ ){0,2}?(?:शुरू|चालू|लगाई|लगा) (?:(?:की|हुई|हो|कर|दी|ली|जा) ){0,2}(?:गई|गयी|चुकी|दी|हुई)(?! (?:तो|जाए|जाएगी))`,
);
const STOPPED = words(
  `${OXYGEN}${WHEN} (?:has|was|had)${WHEN} (?:been )?(?:stopped|taken off|removed|discontinued|weaned(?: off)?|withdrawn|turned off|switched off|disconnected)|(?:no longer|not any more) (?:on|given|needing|receiving) ${OXYGEN}|(?:has|have|was) (?:since )?(?:been )?(?:taken|weaned|come|gone) off (?:the )?${OXYGEN}|(?:ऑक्सीजन|oxygen|o2) (?:[\\p{L}\\p{M}]+ ){0,2}?(?:बंद|हट|हटा|हटाई|उतार|निकाल) (?:(?:की|हुई|हो|कर|दी|ली|जा) ){0,2}(?:गई|गयी|चुकी|दी|ली|हुई)(?! (?:तो|जाए|जाएगी))`,
);

/** Every telling of oxygen that was started or stopped, and whether the two sets hold it. */
export const oxygenCourses = remembered(
  (text: string, { vitals, previous }: Facts): readonly (Span & { readonly holds: boolean })[] => {
    const now = vitals.on_oxygen ?? null;
    const before = previous?.vitals.on_oxygen ?? null;
    const told = (pattern: RegExp, from: boolean) =>
      spansOf(text, pattern)
        .filter(({ start, end }) => !isConditional(text, start) && !isNegated(text, start, end))
        .map(({ start, end }) => ({ start, end, holds: before === from && now === !from }));
    return [...told(STARTED, false), ...told(STOPPED, true)];
  },
);
