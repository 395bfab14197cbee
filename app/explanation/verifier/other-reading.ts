/** Part of the rule `contradiction`: a driver sentence keeps to its own reading and its own body system. Source: verification rules 2 and 8. */
import { isNumericParameter } from '../facts.ts';
import { LEVELS } from './consciousness-level.ts';
import { isCheck } from './context.ts';
import type { Objection } from './objection.ts';
import type { SentenceUnderTest } from './rule.ts';
import { spansOf, words } from './text.ts';
import { vitalsNamed } from './vitals-named.ts';

const NO_POINTS = words('(?:scores?|has|have|gets?|adds?) (?:no|zero) points|does not score|do not score');

/** A driver sentence speaks of its own vital: another one's state under its number misleads. */
export function otherVital(under: SentenceUnderTest): Objection[] {
  const { about, hole, checked } = under;
  if (about === null || hole === null) return [];
  const objections: Objection[] = spansOf(checked.text, NO_POINTS).map((span) => ({
    ...span,
    message: 'This reading scores.',
  }));
  const family =
    about === 'oxygen' || about === 'spo2' || about === 'rr'
      ? BREATHING
      : isNumericParameter(about)
        ? [about]
        : [];
  for (const mention of vitalsNamed(checked.text)) {
    if (mention.start < hole.start || mention.vital === 'news2') continue;
    const own = about === 'rr' || about === 'spo2' ? mention.vital === about : family.includes(mention.vital);
    if (!own) objections.push({ ...mention, message: 'The sentence is about another reading.' });
  }
  // A level of consciousness under another reading's number misleads in the same way.
  if (about !== 'consciousness')
    for (const span of LEVELS.flatMap(([, pattern]) => spansOf(checked.text, pattern)))
      if (span.start >= hole.start)
        objections.push({ ...span, message: 'The sentence is about another reading.' });
  return objections;
}

/** A body system may be named as affected only where one of its readings scores. */
const SYSTEMS: readonly (readonly [readonly string[], RegExp])[] = [
  [['sbp', 'hr'], words('circulation|circulatory|blood flow|blood supply|रक्त[ -]?संचार|संचार')],
  [['rr', 'spo2', 'oxygen'], words('lungs?|airways?|respiratory system|breathing system|फेफड़\\p{M}*')],
  [['consciousness'], words('brain|mind|mental state|nervous system|मस्तिष्क|दिमाग')],
];

export function otherSystem(under: SentenceUnderTest): Objection[] {
  const { hole, checked, facts } = under;
  if (hole === null) return [];
  const scoring = facts.drivers.map(({ parameter }): string => parameter);
  return SYSTEMS.filter(([parameters]) => !parameters.some((parameter) => scoring.includes(parameter)))
    .flatMap(([, pattern]) => spansOf(checked.text, pattern))
    .filter(({ start, end }) => start >= hole.start && !isCheck(checked.text, start, end))
    .map((span) => ({ ...span, message: 'No reading of this body system scores.' }));
}

const BREATHING: readonly string[] = ['rr', 'spo2'];
