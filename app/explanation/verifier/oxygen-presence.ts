/** Part of the rule `contradiction`: whether the patient is on oxygen, now or at the set before. Source: verification rule 8. */
import type { Facts } from '../facts.ts';
import { isCheck, isNegated } from './context.ts';
import { named, type Objection } from './objection.ts';
import { oxygenCourses } from './oxygen-course.ts';
import { clauseAround, has, type Span, words } from './text.ts';

const ON_OXYGEN = words(
  '(?:on|receiving|given|getting|using|with) (?:(?!enough|more|less|sufficient|little)\\w+ )?(?:supplementary |supplemental |extra |additional |added )?oxygen(?! (?:saturation|level))|(?:supplementary|supplemental|added) oxygen|oxygen (?:therapy|mask|support)|(?:oxygen|o2) (?:is|was) (?:already |currently |now |still )*(?:being )?(?:given|running|flowing|in use|connected|supplied|delivered)|(?:breathing|despite) (?:extra |supplemental |added )?oxygen|extra oxygen|(?:oxygen|o2|ऑक्सीजन) (?:पर|par|pe)|(?:oxygen|o2) (?:दी जा रही|चल रही|लगी)|ऑक्सीजन (?:चल रही|लगी)|ऑक्सीजन दी जा रही',
);

const ON_AIR = words(
  '(?:on|breathing|in) (?:room |ambient )?air|room air|(?<!(?:left|go|be) )without (?:any |supplementary |supplemental |extra |additional |added )*oxygen(?! saturation)|off (?:the |all )?(?:supplementary |supplemental |extra )?oxygen|(?:कमरे की )?हवा (?:में|ले)|not on oxygen|no (?:supplementary |supplemental |extra |additional |added )?oxygen(?! (?:saturation|level|reading))|(?:oxygen|o2|ऑक्सीजन)(?: (?:भी|अभी))? नहीं (?:दी|चल|लग|मिल|ली|ले|है)[\\p{L}\\p{M}]*|हवा पर|(?:room )?air (?:पर|par|pe)|बिना (?:किसी )?(?:oxygen|o2|ऑक्सीजन)|(?:oxygen|o2) (?:is|stays|remains) (?:off|not on|stopped)(?!\\p{L})|(?:oxygen|o2) (?:has been|was) (?:taken off|removed|disconnected|switched off)',
);

const EARLIER = words('earlier|before|previously|was|had been|until|last|previous|पहले|था|थी|पिछल[ाीे]');

export const EARLIER_PLAINLY = words(
  'earlier|before|previous(?:ly)?|until|last|ago|had been|prior|then|पहले|पिछल[ाीे]|तब',
);

const NOW_APART = words('now|currently|since|no longer|today|has been|have been|started|stopped|अब|अभी');

/** "Earlier the patient was on oxygen": of the reading before, as it was charted. */
function wasOn(text: string, start: number, { previous }: Facts, oxygen: boolean): boolean {
  const { start: from, end } = clauseAround(text, start);
  if ((previous?.vitals.on_oxygen ?? null) !== oxygen) return false;
  // "The saturation was taken on air" is told of the reading in force; an "earlier" or a "now" sets it apart.
  return has(text.slice(from, end), EARLIER) && (has(text, EARLIER_PLAINLY) || has(text, NOW_APART));
}

/** "means something different with oxygen than on air" tells of neither. */
function isCompared(text: string): boolean {
  return (
    has(text, ON_OXYGEN) &&
    has(text, ON_AIR) &&
    has(text, words('than|differ\\w*|whether|either|or|versus|compared|या|अलग'))
  );
}

export function oxygen(text: string, facts: Facts): Objection[] {
  const courses = oxygenCourses(text, facts);
  const isCourse = ({ start, end }: Span) => courses.some((one) => start < one.end && one.start < end);
  const on = facts.vitals.on_oxygen ?? null;
  const objections: Objection[] = [];
  for (const span of named(text, ON_OXYGEN)) {
    const denied = isNegated(text, span.start, span.end);
    if (isCourse(span)) continue;
    if (isCheck(text, span.start, span.end) || isCompared(text) || wasOn(text, span.start, facts, true))
      continue;
    if (on === null || on === denied)
      objections.push({
        ...span,
        message:
          on === null
            ? 'Nobody has said whether oxygen is given.'
            : denied
              ? 'The patient is on oxygen.'
              : 'The patient is on air.',
      });
  }
  for (const span of named(text, ON_AIR))
    if (
      on !== false &&
      !isCourse(span) &&
      !isCheck(text, span.start, span.end) &&
      !isCompared(text) &&
      !wasOn(text, span.start, facts, false)
    )
      objections.push({
        ...span,
        message: on === null ? 'Nobody has said whether oxygen is given.' : 'The patient is on oxygen.',
      });
  return objections;
}
