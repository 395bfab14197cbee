/**
 * The draft of a handover over a shift, as SBAR or SOAP, by code from the record. No identity in it: the sheet says
 * whose it is. What the facts license is checked by the verifier sentence by sentence; the rest tells counts and times
 * of the record. A person's own words stand apart as quotes.
 */
import { ACKNOWLEDGEMENT_ACTIONS, type AlertRecord, OPEN_ALERT_STATES } from '../alerting/alert.ts';
import type { Facts } from '../explanation/facts.ts';
import { drivenList, explanationWords } from '../explanation/rule-text.ts';
import { guardText } from '../explanation/verifier/verifier.ts';
import { spokenTrends } from '../explanation/words.ts';
import { englishHandover } from '../language/en/handover.ts';
import { hindiHandover } from '../language/hi/handover.ts';
import { alertActionText, formatDate, formatTime } from '../language/language.ts';
import type { NumericParameter } from '../scoring/chart.ts';
import {
  isApplicable,
  leastTotal,
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
} from '../scoring/score.ts';
import type { HandoverForm, HandoverSection } from './forms.ts';
import type { HandoverWords } from './words.ts';

/** What the record holds of a patient's shift. */
export interface HandoverRecord {
  /** When it is told, ISO 8601. */
  readonly at: string;
  readonly hours: number;
  /** Of now, ages counted up to now. */
  readonly facts: Facts;
  /** The least and the greatest of each parameter's own vital in the shift. */
  readonly ranges: readonly {
    readonly parameter: NumericParameter;
    readonly low: number;
    readonly high: number;
  }[];
  /** Scores of the shift with the one in force at its start, oldest first. */
  readonly scores: readonly { readonly at: string; readonly score: Score }[];
  /** Fired in the shift, or still open. */
  readonly alerts: readonly AlertRecord[];
  readonly scale2: boolean;
  readonly spinalInjury: boolean;
  readonly baseline: { readonly total: number | null; readonly note: string } | null;
  readonly treatmentLimits: string | null;
}

export interface HandoverSentence {
  readonly text: string;
  /** What a person wrote, in her words; null where the sentence is all. */
  readonly quote: string | null;
}

export interface HandoverDraft {
  readonly sections: readonly {
    readonly section: HandoverSection;
    readonly sentences: readonly HandoverSentence[];
  }[];
  /** Sentences that the verifier did not let pass. */
  readonly withheld: number;
}

/** More than these are counted and not listed: a sheet is read at a bedside. Ours. */
const ALERTS_TOLD = 8;

/** Words the record. Never throws; what is not known is left out or said to be missing. */
export function handoverDraft(
  record: HandoverRecord,
  form: HandoverForm,
  language: 'en' | 'hi',
): HandoverDraft {
  const own = language === 'hi' ? hindiHandover : englishHandover;
  const verified = verifiedBy(record.facts);
  const now = verified.keep(standing(record.facts, language, own));
  const course = verified.keep(courseOf(record.facts, language));
  const gaps = verified.keep(gapsOf(record.facts, language, own));
  const asked = verified.keep(askedFor(record.facts, language));
  const alerts = alertsTold(record, language, own);
  const shift = [...shiftScore(record, language, own), ...rangesTold(record, own)];
  const known = background(record, own);
  const next = [...asked, ...toDo(record, own)];
  const sections: HandoverDraft['sections'] =
    form === 'sbar'
      ? [
          { section: 'situation', sentences: now },
          { section: 'background', sentences: [...known, ...alerts] },
          { section: 'assessment', sentences: [...shift, ...course, ...gaps] },
          { section: 'recommendation', sentences: next },
        ]
      : [
          { section: 'subjective', sentences: [plainly(own.subjective)] },
          { section: 'objective', sentences: [...shift, ...course, ...gaps] },
          { section: 'assessment', sentences: [...now, ...alerts] },
          { section: 'plan', sentences: [...known, ...next] },
        ];
  return { sections, withheld: verified.withheld() };
}

function plainly(text: string, quote: string | null = null): HandoverSentence {
  return { text, quote };
}

/** Lets through what the verifier finds nothing against, and counts the rest. */
function verifiedBy(facts: Facts) {
  let withheld = 0;
  return {
    keep(texts: readonly string[]): HandoverSentence[] {
      const passed = texts.filter((text) => guardText(facts, text).verdict === 'pass');
      withheld += texts.length - passed.length;
      return passed.map((text) => plainly(text));
    },
    withheld: () => withheld,
  };
}

function isStale(facts: Facts, parameter: News2Parameter): boolean {
  return facts.stale.some((reading) => reading.parameter === parameter);
}

/** What stands now. A reading that is no longer current is never among those that are told with their value. */
function standing(facts: Facts, language: 'en' | 'hi', own: HandoverWords): string[] {
  const words = explanationWords(language);
  if (isApplicable(facts.news2) && facts.missing.length === NEWS2_PARAMETERS.length)
    return [words.nothingMeasured()];
  const stale = facts.stale.map(({ parameter }) => parameter);
  const sentences = [words.headline(facts.news2)];
  if (facts.assessment === null) return sentences;
  if (stale.length > 0) sentences.push(own.notCurrent(stale));
  const current = drivenList(facts).filter(({ parameter }) => !isStale(facts, parameter));
  if (current.length > 0) sentences.push(words.drivers(current));
  else if (facts.drivers.length === 0) sentences.push(words.noDrivers());
  return sentences;
}

function courseOf(facts: Facts, language: 'en' | 'hi'): string[] {
  const words = explanationWords(language);
  const current = <T extends { readonly parameter: NumericParameter }>(list: readonly T[]) =>
    list.filter(({ parameter }) => !isStale(facts, parameter));
  const changes = current(facts.changes);
  const trends = spokenTrends({ trends: current(facts.trends) });
  // "Nothing has changed" would say it of the stale readings, too.
  const isToldOfAll =
    changes.length === facts.changes.length || changes.some(({ trend }) => trend !== 'unchanged');
  return [
    ...(facts.previous === null || changes.length === 0 || !isToldOfAll
      ? []
      : [words.changes(facts.previous.minutes_ago, changes)]),
    ...(trends.length === 0 ? [] : [words.trends(trends)]),
  ];
}

function gapsOf(facts: Facts, language: 'en' | 'hi', own: HandoverWords): string[] {
  const words = explanationWords(language);
  return [
    ...(facts.stale.length === 0 ? [] : [own.ages(facts.stale)]),
    ...(facts.missing.length === 0 ? [] : [words.missing(facts.missing)]),
    ...(facts.unavailable.length === 0 ? [] : [words.unavailable(facts.unavailable)]),
  ];
}

function askedFor(facts: Facts, language: 'en' | 'hi'): string[] {
  if (facts.assessment === null || !isApplicable(facts.news2)) return [];
  return [explanationWords(language).response(facts.assessment, facts.news2.complete)];
}

function shiftScore({ scores, hours }: HandoverRecord, language: 'en' | 'hi', own: HandoverWords) {
  let highest: HandoverRecord['scores'][number] | null = null;
  for (const one of scores)
    if (highest === null || (leastTotal(one.score) ?? -1) >= (leastTotal(highest.score) ?? -1)) highest = one;
  if (highest === null) return [plainly(own.noScore)];
  const told = own.highestScore(hours, highest.score, formatTime(language, highest.at));
  return told === null ? [] : [plainly(told)];
}

function rangesTold({ ranges, hours }: HandoverRecord, own: HandoverWords): HandoverSentence[] {
  return ranges.length === 0 ? [] : [plainly(own.range(hours, ranges))];
}

function isOpen({ state }: AlertRecord): boolean {
  return OPEN_ALERT_STATES.includes(state);
}

const DAY_MS = 86_400_000;

/** A time of the last day; before that the date stands with it, or yesterday's would be read as today's. */
function moment(now: string, at: string, language: 'en' | 'hi'): string {
  const time = formatTime(language, at);
  return Date.parse(now) - Date.parse(at) < DAY_MS ? time : `${formatDate(language, at)}, ${time}`;
}

function alertsTold(
  { alerts, hours, at }: HandoverRecord,
  language: 'en' | 'hi',
  own: HandoverWords,
): HandoverSentence[] {
  if (alerts.length === 0) return [plainly(own.noAlerts(hours))];
  const ordered = [...alerts].sort(
    (one, other) =>
      Number(isOpen(other)) - Number(isOpen(one)) || Date.parse(other.firedAt) - Date.parse(one.firedAt),
  );
  const more = ordered.length - ALERTS_TOLD;
  return [
    plainly(own.alerts(hours, alerts.length, alerts.filter(isOpen).length)),
    ...ordered.slice(0, ALERTS_TOLD).map((alert) => {
      const { rule, state, firedAt, lastAction, escalationLevel } = alert;
      const action =
        lastAction === null
          ? null
          : { name: alertActionText(language, lastAction.action), at: moment(at, lastAction.at, language) };
      const told = { rule, state, at: moment(at, firedAt, language), action, level: escalationLevel };
      return plainly(own.alert(told), lastAction?.reason ?? null);
    }),
    ...(more > 0 ? [plainly(own.moreAlerts(more))] : []),
  ];
}

function background(record: HandoverRecord, own: HandoverWords): HandoverSentence[] {
  const { baseline, treatmentLimits } = record;
  return [
    treatmentLimits === null ? plainly(own.noLimits) : plainly(own.limits, treatmentLimits),
    ...(record.scale2 ? [plainly(own.scale2)] : []),
    ...(record.spinalInjury ? [plainly(own.spinalInjury)] : []),
    ...(baseline === null || baseline.total === null ? [] : [plainly(own.baseline(baseline.total))]),
    ...(baseline === null || baseline.note === '' ? [] : [plainly(own.baselineNote, baseline.note)]),
  ];
}

function toDo({ alerts, facts }: HandoverRecord, own: HandoverWords): HandoverSentence[] {
  const open = alerts.filter(isOpen);
  const unanswered = open.filter(
    ({ lastAction }) => !ACKNOWLEDGEMENT_ACTIONS.some((action) => action === lastAction?.action),
  ).length;
  return [
    ...(unanswered > 0 ? [plainly(own.unanswered(unanswered))] : []),
    ...(open.length > 0 && unanswered === 0 ? [plainly(own.answerAll)] : []),
    ...(facts.stale.length + facts.missing.length > 0 ? [plainly(own.measureAgain)] : []),
  ];
}
