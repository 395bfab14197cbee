/** Part of the rule `contradiction`: the response must be what the chart asks for at the total. Source: NEWS2 response table. */
import type { Facts } from '../facts.ts';
import { isNegated } from './context.ts';
import { named, type Objection } from './objection.ts';
import { words } from './text.ts';

const EMERGENCY = words('(?<!hypertensive )emergency|आपात[\\p{L}\\p{M}]*');

const URGENT = words('(?<!(?:more|less|how|as) )urgent(?:ly)?|immediate(?:ly)?|तत्काल|तुरंत');

const ROUTINE = words(
  'routine(?:ly)?|ward(?:-based)? (?:care|response)|ward-based|in due course|when convenient|नियमित जाँच',
);

const CONTINUOUS = words('continuous(?:ly)? (?:monitor\\w*|observ\\w*)|continuous|लगातार निगरानी');

export function response(text: string, facts: Facts): Objection[] {
  const { assessment } = facts;
  if (assessment === null) return [];
  const { response: asked, min_monitoring } = assessment;
  const objections: Objection[] = [];
  const object = (pattern: RegExp, message: string) => {
    for (const span of named(text, pattern))
      if (!isNegated(text, span.start, span.end)) objections.push({ ...span, message });
  };
  if (asked !== 'emergency') object(EMERGENCY, 'The chart does not ask for an emergency response.');
  if (asked === 'ward-based') object(URGENT, 'The chart does not ask for an urgent response.');
  if (asked === 'urgent' || asked === 'emergency')
    object(ROUTINE, 'The chart asks for more than routine care.');
  if (min_monitoring !== 'continuous')
    object(CONTINUOUS, 'The chart does not ask for continuous monitoring.');
  return objections;
}

/** "Urgent rather than emergency", "an urgent response": less than the chart asks for. */
const LESSER = words(
  'urgent,? (?:and not|not|rather than|instead of) (?:an? )?emergency|(?:no|not an?) emergency(?! department)',
);

export function lesserResponse(text: string, { assessment }: Facts): Objection[] {
  if (assessment?.response !== 'emergency') return [];
  return named(text, LESSER).map(({ start, end }) => ({
    start,
    end,
    message: 'The chart asks for an emergency response.',
  }));
}
