/** Composes the holes of an explanation from a grammar, by driver, direction, severity and what else scores. */

import type { ExplanationDepth } from '../../explanation/explanation.ts';
import type { Facts } from '../../explanation/facts.ts';
import { type PlannedSentence, planSentences } from '../../explanation/plan.ts';
import { drivenList } from '../../explanation/rule-text.ts';
import type { Driven } from '../../explanation/words.ts';
import type { Chance } from '../random.ts';
import { ENGLISH } from './english.ts';
import { type Grammar, STATES, type State } from './grammar-shape.ts';
import { HINDI } from './hindi.ts';

function stateOf(driven: Driven): State | null {
  const name =
    driven.parameter === 'oxygen'
      ? 'oxygen on'
      : driven.parameter === 'consciousness'
        ? `consciousness ${driven.level}`
        : `${driven.parameter} ${driven.direction}`;
  return STATES.find((state) => state === name) ?? null;
}

/** Share of summaries that name a reading. */
const BESIDE_SHARE = 0.45;
const MOST_DRAWS = 10;
/** Longest hole in words: a hole has 28 tokens in a driver's sentence and 40 in a closing one. */
const MOST_WORDS = { driver: 19, closing: 27 } as const;

/**
 * What stands in each hole of these facts' plan, in its order; null where some reading has no words. Nothing is verified
 * here: `accepts` does, text by text.
 */
export function composeHoles(
  facts: Facts,
  language: 'en' | 'hi',
  depth: ExplanationDepth,
  chance: Chance,
  accepts: (planned: PlannedSentence, hole: string) => boolean,
): string[] | null {
  const grammar = language === 'hi' ? HINDI : ENGLISH;
  const list = drivenList(facts);
  const holes: string[] = [];
  for (const planned of planSentences(facts, language, depth)) {
    const { kind, about, step } = planned;
    if (step === null) continue;
    const driven = list.find(({ parameter }) => parameter === about);
    const draw = (): string | null =>
      kind === 'driver'
        ? driven === undefined
          ? null
          : driverText(grammar, driven, chance)
        : closingText(kind, grammar, facts, chance);
    const hole = drawn(draw, (text) => {
      const most = kind === 'driver' ? MOST_WORDS.driver : MOST_WORDS.closing;
      return text.split(' ').length <= most && accepts(planned, ` ${text}${grammar.stop}`);
    });
    if (hole === null) return null;
    holes.push(` ${hole}${grammar.stop}`);
  }
  return holes;
}

function closingText(
  kind: PlannedSentence['kind'],
  grammar: Grammar,
  facts: Facts,
  chance: Chance,
): string | null {
  if (kind === 'summary') return summaryText(grammar, facts, chance);
  if (kind === 'consider')
    return chance.pick(grammar.considerations[facts.pattern]) + chance.pick(grammar.considerationTails);
  if (kind === 'weigh') return chance.pick(grammar.weighed) + chance.pick(grammar.weighedTails);
  return kind === 'check' ? checkText(grammar, drivenList(facts), chance) : null;
}

/** The first draw that is accepted; null where none of several is. */
function drawn(draw: () => string | null, accepted: (text: string) => boolean): string | null {
  for (let times = 0; times < MOST_DRAWS; times++) {
    const text = draw();
    if (text !== null && accepted(text)) return text;
  }
  return null;
}

function driverText(grammar: Grammar, driven: Driven, chance: Chance): string | null {
  const state = stateOf(driven);
  if (state === null) return null;
  const { clauses, tails } = grammar.readings[state];
  const points = driven.points >= 3 ? 3 : driven.points === 2 ? 2 : 1;
  const clause = chance
    .pick(clauses)
    .replace('{more}', chance.pick(grammar.degrees[points]))
    .replace('{than}', chance.pick(grammar.than));
  return clause + (chance.is(0.2) || tails.length === 0 ? '' : chance.pick(tails));
}

function summaryText(grammar: Grammar, facts: Facts, chance: Chance): string {
  const text = chance.pick(grammar.summaries[facts.pattern]);
  if (facts.pattern === 'none') return text;
  // What two readings have to do with each other is said here: a driver's sentence is about one reading.
  const others = drivenList(facts).flatMap((driven) => {
    const state = stateOf(driven);
    const texts = state === null ? undefined : grammar.beside[state];
    return texts === undefined ? [] : [texts];
  });
  if (others.length > 0 && chance.is(BESIDE_SHARE)) return text + chance.pick(chance.pick(others));
  const urgent = facts.assessment?.response === 'emergency' && chance.is(0.4);
  return text + chance.pick(urgent ? grammar.urgentTails : grammar.summaryTails);
}

function checkText(grammar: Grammar, list: readonly Driven[], chance: Chance): string {
  const asked = list.length === 0 ? (['none'] as const) : list.slice(0, 3).map(({ parameter }) => parameter);
  const start = chance.whole(0, asked.length - 1);
  const first = asked[start] ?? 'none';
  const second = asked.length > 1 ? asked[(start + 1) % asked.length] : chance.is(0.5) ? 'none' : undefined;
  const parts = [chance.pick(grammar.checks[first])];
  const added = second === undefined ? null : chance.pick(grammar.checks[second]);
  if (added !== null && !parts.includes(added)) parts.push(added);
  return `${parts.join(grammar.and)} ${chance.pick(grammar.closings)}`;
}
