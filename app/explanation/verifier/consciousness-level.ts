/** Part of the rule `contradiction`: the level of consciousness must be the charted one, in words or as its letter. Source: ACVPU. */
import type { Acvpu } from '../../observation/vital.ts';
import type { Facts } from '../facts.ts';
import { isCheck, isNegated } from './context.ts';
import { named, type Objection } from './objection.ts';
import { EARLIER_PLAINLY } from './oxygen-presence.ts';
import type { SentenceUnderTest } from './rule.ts';
import { clauseAround, has, words } from './text.ts';

export const LEVELS: readonly (readonly [readonly Acvpu[], RegExp])[] = [
  [
    ['A'],
    words(
      'consciousness (?:is|was|remains|looks|seems) (?:normal|full|intact|clear|fine|good)|(?:is|remains|was|and|awake,?|fully|patient) alert(?! to| for)|awake|fully conscious|lucid|coherent|clear[- ]headed|clear in (?:his|her|their|the) mind|(?:talks?|speaks?|converses?|chats?) (?:normally|clearly|sensibly|properly)|answers? (?:questions )?(?:normally|clearly|sensibly|properly)|orient(?:ed|ated)|सजग|सचेत|होश में',
    ),
  ],
  [['C'], words('(?:new(?:ly)? |acutely )?confus(?:ed?|ion)|muddled|भ्रम(?:ित)?')],
  [
    ['V', 'P', 'U'],
    words(
      '(?:altered|clouded|disturbed|abnormal) (?:mentation|mental (?:state|status)|sensorium)|obtunded|stupor\\w*|foggy|not (?:making sense|himself|herself|themselves)|drows\\w+|unconscious(?:ness)?|(?:reduced|lowered|decreased|altered|impaired|low|loss of|losing) (?:level of )?conscious(?:ness)?|not (?:fully )?(?:awake|conscious)|conscious(?:ness)?(?: level)? (?:is|was|looks|seems) (?:now )?(?:reduced|lowered|impaired|depressed|clouded|altered|abnormal|poor|low|down|falling)|बेहोश',
    ),
  ],
  [['C', 'V', 'P', 'U'], words('not (?:fully )?alert')],
  [['V', 'P'], words('rous(?:able|es)|wakes (?:up )?to')],
  [['U'], words('unresponsive|no response|not respond\\w*|कोई प्रतिक्रिया नहीं')],
  [
    ['V'],
    words(
      'respon(?:ds?|ding|sive) (?:only )?to (?:voice|speech|sound|calling)|(?:voice|आवाज़|पुकारने)(?: (?:ही|भी))? (?:पर|par|से|सुनकर) (?:ही |भी )?(?:प्रतिक्रिया|respond|जवाब|आँख)[\\p{L}\\p{M}]*',
    ),
  ],
  [
    ['P'],
    words(
      'respon(?:ds?|ding|sive) (?:only )?to pain|(?:pain|दर्द)(?: (?:ही|भी|देने))? (?:पर|par|से) (?:ही |भी )?(?:प्रतिक्रिया|respond|जवाब|आँख)[\\p{L}\\p{M}]*',
    ),
  ],
];

/** Reduced consciousness in general words also fits new confusion. */
const FITS = new Map<Acvpu, readonly Acvpu[]>([['C', ['C', 'V', 'P', 'U']]]);

/** "With V on the consciousness scale", "ACVPU is V": a capital in the original, or "a" is an article. */
const LETTER_BEFORE =
  /(?<![\p{L}\p{M}])([acvpu])(?= on (?:the )?(?:acvpu|avpu|consciousness)| \(acvpu\)| \(avpu\))/gu;

const LETTER_AFTER =
  /(?<![\p{L}\p{M}])(?:a[cv]?vpu|consciousness|level of consciousness|conscious level|चेतना)(?: (?:level|scale|is|was|of|at|का|स्तर|अब|now))*[ :=]*(?<letter>[acvpu])(?![\p{L}\p{M}'])/gu;

export function levelLetters({ checked, facts }: SentenceUnderTest): Objection[] {
  const { text, original, origin } = checked;
  const charted = [facts.vitals.acvpu, facts.previous?.vitals.acvpu].map((level) => level?.toLowerCase());
  return [...text.matchAll(LETTER_BEFORE), ...text.matchAll(LETTER_AFTER)]
    .map((match) => {
      const letter = match.groups?.letter ?? match[1] ?? '';
      const end = match.index + match[0].length;
      return { start: end - letter.length, end, letter };
    })
    .filter(
      ({ start, letter }) =>
        original[origin[start] ?? 0] === letter.toUpperCase() && !charted.includes(letter),
    )
    .map(({ start, end }) => ({ start, end, message: 'The charted level of consciousness is another.' }));
}

/** "Half an hour ago the patient was alert": the level of the set before. */
function wasLevel(text: string, start: number, { previous }: Facts, levels: readonly Acvpu[]): boolean {
  const before = previous?.vitals.acvpu ?? null;
  const clause = clauseAround(text, start);
  const within = text.slice(clause.start, clause.end);
  return (
    before !== null &&
    levels.includes(before) &&
    has(within, EARLIER_PLAINLY) &&
    has(within, words('was|were|had been|था|थी'))
  );
}

export function consciousness(text: string, facts: Facts): Objection[] {
  const level = facts.vitals.acvpu ?? null;
  const objections: Objection[] = [];
  for (const [levels, pattern] of LEVELS)
    for (const span of named(text, pattern)) {
      if (isCheck(text, span.start, span.end)) continue;
      const denied = isNegated(text, span.start, span.end);
      const fitting = levels.flatMap((one) => FITS.get(one) ?? [one]);
      const message = 'The charted level of consciousness does not say this.';
      if (wasLevel(text, span.start, facts, fitting)) continue;
      if (level === null || fitting.includes(level) === denied) objections.push({ ...span, message });
    }
  return objections;
}
