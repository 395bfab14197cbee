/**
 * The rule text: what the rules know about an alert, in plain words, made by code at once. It needs no model and
 * is the whole explanation wherever there is none.
 */
import { englishExplanation } from '../language/en/explanation.ts';
import { hindiExplanation } from '../language/hi/explanation.ts';
import { qsofa } from '../scoring/derived.ts';
import { isApplicable, NEWS2_PARAMETERS } from '../scoring/score.ts';
import { type Driver, type Facts, measured } from './facts.ts';
import { type Driven, type ExplanationWords, type Rang, spokenTrends } from './words.ts';

/** The words of a language; rule texts, literals and training renderings all take them from here. */
export function explanationWords(language: 'en' | 'hi'): ExplanationWords {
  return language === 'hi' ? hindiExplanation : englishExplanation;
}

/** A driver with what is needed to word it; null where the facts do not hold its reading. */
export function drivenBy(facts: Facts, driver: Driver): Driven | null {
  const { parameter, points } = driver;
  if (parameter === 'oxygen') return { parameter, points };
  if (parameter === 'consciousness') {
    const level = facts.vitals.acvpu;
    return level === null || level === undefined ? null : { parameter, level, points };
  }
  const value = measured(facts, parameter);
  const direction = facts.directions[parameter];
  return value === null || direction === undefined ? null : { parameter, value, direction, points };
}

/** The drivers that can be worded, heaviest first. */
export function drivenList(facts: Facts): readonly Driven[] {
  return facts.drivers.map((driver) => drivenBy(facts, driver)).filter((driven) => driven !== null);
}

/**
 * Words the facts: what rang, score and band, drivers by weight, readings that were not current, change since the
 * last reading, courses over hours, what is missing or cannot be measured, derived values, and what the chart asks
 * for with its times. Paragraph text, sentences separated by one space.
 */
export function ruleText(facts: Facts, language: 'en' | 'hi'): string {
  const words = explanationWords(language);
  if (isApplicable(facts.news2) && facts.missing.length === NEWS2_PARAMETERS.length)
    return words.nothingMeasured();
  const rang = facts.trigger === null ? null : words.trigger(facts.trigger, rangOf(facts));
  const sentences: string[] = [...(rang === null ? [] : [rang]), words.headline(facts.news2)];
  if (facts.assessment !== null) {
    const list = drivenList(facts);
    sentences.push(list.length === 0 ? words.noDrivers() : words.drivers(list));
  }
  if (facts.stale.length > 0 && facts.assessment !== null) sentences.push(words.stale(facts.stale));
  if (facts.previous !== null && facts.changes.length > 0) {
    sentences.push(words.changes(facts.previous.minutes_ago, facts.changes));
    const scoreChange =
      facts.previousNews2 === null ? null : words.scoreChange(facts.previousNews2, facts.news2);
    if (scoreChange !== null) sentences.push(scoreChange);
  }
  const trends = spokenTrends(facts);
  if (trends.length > 0) sentences.push(words.trends(trends));
  if (facts.missing.length > 0 && facts.assessment !== null) sentences.push(words.missing(facts.missing));
  if (facts.unavailable.length > 0) sentences.push(words.unavailable(facts.unavailable));
  // What rang has been told already.
  const { map, shock_index } = facts.derived;
  const derived = words.derived(
    facts.trigger?.rule === 'map-low' ? null : map,
    facts.trigger?.rule === 'shock-index' ? null : shock_index,
  );
  if (derived !== null) sentences.push(derived);
  if (facts.assessment !== null && isApplicable(facts.news2))
    sentences.push(words.response(facts.assessment, facts.news2.complete));
  return sentences.join(' ');
}

/** The readings that a sentence about what rang names beside its value. */
function rangOf(facts: Facts): Rang {
  const { vitals } = facts;
  const red = drivenList(facts).find(({ parameter }) => parameter === facts.trigger?.parameter) ?? null;
  const met = qsofa(vitals).met.flatMap((kind): Rang['met'] => {
    if (kind === 'acvpu') return [{ kind }];
    const value = vitals[kind];
    return value === null || value === undefined ? [] : [{ kind, value }];
  });
  return { red, met, hr: vitals.hr ?? null, sbp: vitals.sbp ?? null };
}
