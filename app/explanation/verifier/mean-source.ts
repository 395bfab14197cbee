/** Part of the rule `contradiction`: where a mean pressure comes from. Source: verification rule 8. */
import type { Facts } from '../facts.ts';
import { isNegated } from './context.ts';
import { named, type Objection } from './objection.ts';
import { words } from './text.ts';

const MEASURED_MEAN = words(
  "(?:monitor'?s|device'?s|machine'?s|arterial line'?s)(?: own)? mean|(?:directly |invasively )?measured mean|own mean|(?:arterial line|a-line|art line|transducer|invasive (?:line|pressure|monitoring)) (?:shows?|gives?|reads?|tells?|records?|puts?)|(?:monitor|device|line|machine) (?:itself )?(?:measured|reads?|took) the mean|mean (?:[\\p{L}]+ ){0,3}(?:measured|read) (?:directly|by the (?:monitor|line|device))|मॉनिटर का (?:अपना )?(?:औसत|mean|map)",
);

/** A mean pressure that was computed from two pressures is nobody's own reading. */
export function meanSource(text: string, { trigger, derived }: Facts): Objection[] {
  const computed = trigger?.mean?.measured === false || (trigger?.mean == null && derived.map !== null);
  if (!computed) return [];
  return named(text, MEASURED_MEAN)
    .filter(({ start, end }) => !isNegated(text, start, end))
    .map(({ start, end }) => ({ start, end, message: 'The mean pressure was computed from two pressures.' }));
}
