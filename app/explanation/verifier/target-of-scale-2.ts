/** Part of the rule `contradiction`: a saturation against the target of scale 2. Source: Royal College of Physicians, NEWS2, 2017. */
import type { Facts } from '../facts.ts';
import { isNegated } from './context.ts';
import { named, type Objection } from './objection.ts';
import { clauseAround, has, words } from './text.ts';

const BELOW_TARGET = words(
  '(?:under|below|beneath|short of|less than|lower than|outside) (?:the |its |his |her |their )?(?:prescribed |scale 2 |saturation |spo2 |target )*(?:range|target)',
);

const ABOVE_TARGET = words(
  '(?:above|over|beyond|more than|higher than|outside) (?:the |its |his |her |their )?(?:prescribed |scale 2 |saturation |spo2 |target )*(?:range|target)',
);

/** Target of scale 2 (%). Source: Royal College of Physicians, NEWS2, 2017. */
const TARGET_2 = { least: 88, most: 92 };

/** "Under the prescribed range" at 90 %: the target of scale 2 holds it. */
export function outsideTarget(text: string, { vitals }: Facts): Objection[] {
  const value = vitals.spo2 ?? null;
  if (vitals.spo2_scale !== 2 || value === null) return [];
  const says = (pattern: RegExp, isTrue: boolean): Objection[] =>
    named(text, pattern)
      .filter(({ start, end }) => isNegated(text, start, end) === isTrue && !isAnySaturation(text, start))
      .map(({ start, end }) => ({
        start,
        end,
        message: `The saturation is ${value} %, the target 88 to 92 %.`,
      }));
  return [
    ...says(BELOW_TARGET, value < TARGET_2.least || (value > TARGET_2.most && has(text, words('outside')))),
    ...says(ABOVE_TARGET, value > TARGET_2.most || (value < TARGET_2.least && has(text, words('outside')))),
  ];
}

/** "A saturation above the target takes …" is the chart's rule. */
function isAnySaturation(text: string, start: number): boolean {
  const clause = clauseAround(text, start);
  return has(text.slice(clause.start, start), words('an?|any|where|when'));
}
