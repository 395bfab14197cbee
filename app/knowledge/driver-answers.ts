/**
 * What an alert asks the library for: the answers that cards are filed under, from the facts alone, each with how much
 * it counts. A filter by driver, and not by words: facts hold no words.
 */
import type { AlertRule } from '../alerting/alert.ts';
import type { Facts } from '../explanation/facts.ts';
import { isNumericParameter } from '../explanation/facts.ts';

/** An answer (`card.ts`) and its weight: the points of its driver. */
export interface AskedAnswer {
  readonly answer: string;
  readonly weight: number;
}

/** What rang comes before every driver, whose points are at most 3. Ours. */
const TRIGGER_WEIGHT = 4;
/** What these rang for, the drivers tell better: a card on the score itself says nothing of this patient. */
const OF_THE_SCORE: readonly AlertRule[] = ['news2-high', 'news2-medium', 'news2-rise', 'single-red'];
/** A pattern over several readings says as much as a driver of two points. Ours. */
const PATTERN_WEIGHT = 2;
/** A course, and what is missing, are told beside what scores. Ours. */
const ASIDE_WEIGHT = 1;

/** The answers that these facts ask for, the weightiest first; each once. */
export function askedAnswers(facts: Facts): readonly AskedAnswer[] {
  const asked = new Map<string, number>();
  const ask = (answer: string, weight: number): void => {
    asked.set(answer, Math.max(asked.get(answer) ?? 0, weight));
  };
  const rule = facts.trigger?.rule ?? null;
  if (rule !== null && !OF_THE_SCORE.includes(rule)) ask(`rule ${rule}`, TRIGGER_WEIGHT);
  for (const { parameter, points } of facts.drivers) {
    if (parameter === 'oxygen') ask('oxygen on', points);
    else if (parameter === 'consciousness') ask('consciousness altered', points);
    else {
      const direction = facts.directions[parameter];
      if (direction === 'low' || direction === 'high') ask(`${parameter} ${direction}`, points);
    }
  }
  if (facts.pattern !== 'none') ask(`pattern ${facts.pattern}`, PATTERN_WEIGHT);
  for (const { parameter, direction } of facts.trends)
    if (direction !== 'steady') ask(`${parameter} ${direction}`, ASIDE_WEIGHT);
  for (const parameter of facts.missing)
    ask(`${parameter} missing`, isNumericParameter(parameter) ? ASIDE_WEIGHT : ASIDE_WEIGHT / 2);
  return [...asked]
    .map(([answer, weight]) => ({ answer, weight }))
    .sort((one, other) => other.weight - one.weight);
}

/** What an answer is about: its vital; rules and patterns are about several. */
function vitalOf(answer: string): string | null {
  const [vital = ''] = answer.split(' ');
  return vital === 'rule' || vital === 'pattern' || vital === 'any' ? null : vital;
}

/**
 * How well a card's answers meet what is asked. What a card names first it is chiefly about; and a card that answers one
 * vital comes before one on a disease that touches many, because facts tell readings and no disease.
 */
export function driverFit(asked: readonly AskedAnswer[], answers: readonly string[]): number {
  const vitals = answers.map(vitalOf).filter((vital) => vital !== null);
  const focus = (answer: string): number => {
    const vital = vitalOf(answer);
    if (vitals.length === 0 || vital === null) return 1 / answers.length;
    return vitals.filter((other) => other === vital).length / vitals.length;
  };
  return asked.reduce((best, { answer, weight }) => {
    const place = answers.indexOf(answer);
    return place < 0 ? best : Math.max(best, (weight * focus(answer)) / (1 + place * PLACE_DISCOUNT));
  }, 0);
}

/** How well a card's answers meet the readings of a question: here a disease is asked for as often as a vital. */
export function questionFit(asked: readonly AskedAnswer[], answers: readonly string[]): number {
  return asked.reduce((sum, { answer, weight }) => {
    const place = answers.indexOf(answer);
    return place < 0 ? sum : sum + weight / (1 + place * PLACE_DISCOUNT);
  }, 0);
}

/** Ours. */
const PLACE_DISCOUNT = 0.3;
