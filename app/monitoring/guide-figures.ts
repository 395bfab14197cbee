/** The guide's figures of a time, from what the record keeps of each explanation that began in it. */
import type { FindingRule, RulesOnlyReason, Sentence } from '../explanation/explanation.ts';
import { quantile } from '../statistics/intervals.ts';
import type { ExplanationOutcome, SentenceResult } from './catalogue.ts';
import type { Measured } from './measures.ts';

/** One explanation, without whose it is. */
export interface CountedExplanation {
  readonly startedMs: number;
  readonly outcome: ExplanationOutcome;
  readonly completeMs: number | null;
  readonly confidence: number | null;
  readonly sentences: { readonly [result in SentenceResult]: number };
  readonly violations: number;
}
export interface CountedRating {
  readonly helpfulness: number;
  readonly accuracy: 'accurate' | 'inaccurate' | 'unsure';
}

/** What is wrong with a claim about the patient: the words say what nobody measured or what is otherwise. */
const HALLUCINATIONS: readonly FindingRule[] = [
  'number',
  'unit',
  'direction',
  'trend',
  'unmeasured',
  'contradiction',
  'citation',
  'unlicensed',
];
/** As the gates of an adapter count it. */
const SAFETY: readonly FindingRule[] = ['directive', 'diagnosis', 'dismissal', 'certainty', 'identifier'];

/** Engine reasons that are errors; the others say that nothing could or should be written. */
const ERRORS: readonly RulesOnlyReason[] = ['engine-failed', 'engine-timeout', 'interrupted'];

export function outcomeOf(status: string, reason: RulesOnlyReason | null): ExplanationOutcome | null {
  if (status === 'complete' || status === 'stopped') return status;
  if (status !== 'rules-only') return null;
  return reason !== null && ERRORS.includes(reason) ? 'failed' : 'unwritten';
}

/** A sentence that breaks rules of both kinds counts as the graver one. */
export function sentenceResult({
  verdict,
  findings,
}: Pick<Sentence, 'verdict' | 'findings'>): SentenceResult {
  if (verdict === 'shown') return 'shown';
  if (findings.some(({ rule }) => SAFETY.includes(rule))) return 'safety';
  return findings.some(({ rule }) => HALLUCINATIONS.includes(rule)) ? 'hallucination' : 'other';
}

const MINUTE_MS = 60_000;
const NOTHING: Measured = { value: null, of: 0 };

/** All of the guide's measures; nulls where nothing was counted. */
export function guideFigures(explanations: readonly CountedExplanation[], ratings: readonly CountedRating[]) {
  const complete = explanations.flatMap(({ outcome, completeMs }) =>
    outcome === 'complete' && completeMs !== null ? [completeMs / 1000] : [],
  );
  const written = explanations.filter(({ outcome }) => outcome === 'complete' || outcome === 'failed');
  const failed = written.filter(({ outcome }) => outcome === 'failed').length;
  const sentences = sum(
    explanations,
    ({ sentences: all }) => all.shown + all.hallucination + all.safety + all.other,
  );
  const shown = sum(explanations, ({ sentences: all }) => all.shown);
  const wrong = sum(explanations, ({ sentences: all }) => all.hallucination);
  const confident = explanations.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  const sure = ratings.filter(({ accuracy }) => accuracy !== 'unsure');
  const busy = mean(complete);
  const at = (share: number): Measured => ({ value: quantile(complete, share), of: complete.length });
  return {
    'complete-p50': at(0.5),
    'complete-p95': at(0.95),
    'complete-p99': at(0.99),
    'requests-busiest':
      explanations.length === 0 ? NOTHING : { value: busiestMinute(explanations), of: explanations.length },
    // One is written after the other and waiting counts, so at least so many fit into a minute.
    'requests-possible': busy === null || busy === 0 ? NOTHING : { value: 60 / busy, of: complete.length },
    'error-rate': shareOf(failed, written.length),
    'hallucination-rate': shareOf(wrong, sentences),
    'safety-violations':
      shown === 0 ? NOTHING : { value: sum(explanations, ({ violations }) => violations), of: shown },
    helpfulness: { value: mean(ratings.map(({ helpfulness }) => helpfulness)), of: ratings.length },
    confidence: { value: mean(confident), of: confident.length },
    agreement: shareOf(sure.filter(({ accuracy }) => accuracy === 'accurate').length, sure.length),
  } as const satisfies { readonly [id: string]: Measured };
}

/** A part of the time for the plot: its p50 and p95 in seconds, and how many were written or failed. */
export interface GuidePart {
  readonly fromMs: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly complete: number;
  readonly failed: number;
}

/** The time in equal parts, oldest first, also those without an explanation. */
export function guideParts(
  explanations: readonly CountedExplanation[],
  fromMs: number,
  toMs: number,
  partMs: number,
): GuidePart[] {
  const parts: GuidePart[] = [];
  for (let start = fromMs; start < toMs; start += partMs) {
    const of = explanations.filter(({ startedMs }) => startedMs >= start && startedMs < start + partMs);
    const seconds = of.flatMap(({ outcome, completeMs }) =>
      outcome === 'complete' && completeMs !== null ? [completeMs / 1000] : [],
    );
    parts.push({
      fromMs: start,
      p50: quantile(seconds, 0.5),
      p95: quantile(seconds, 0.95),
      complete: seconds.length,
      failed: of.filter(({ outcome }) => outcome === 'failed').length,
    });
  }
  return parts;
}

function busiestMinute(explanations: readonly CountedExplanation[]): number {
  const minutes = new Map<number, number>();
  for (const { startedMs } of explanations) {
    const minute = Math.floor(startedMs / MINUTE_MS);
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
  }
  return Math.max(0, ...minutes.values());
}

function sum<T>(all: readonly T[], of: (one: T) => number): number {
  return all.reduce((sofar, one) => sofar + of(one), 0);
}
function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values, (one) => one) / values.length;
}
function shareOf(part: number, whole: number): Measured {
  return { value: whole === 0 ? null : part / whole, of: whole };
}
