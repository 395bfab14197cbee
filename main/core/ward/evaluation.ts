/**
 * One bed at one moment: readings with their age, the score, and what the alert rules make of it. Pure: the
 * same bed, sets and moment give the same result, and nothing is written here.
 */
import type { AlertTransition } from '../../../app/alerting/alert.ts';
import type { AlertPolicy } from '../../../app/alerting/rules.ts';
import { evaluateBed } from '../../../app/alerting/transition.ts';
import {
  type AgedSet,
  deliveriesOf,
  type FeedMode,
  feedMode,
  latestValues,
  setsStillNeeded,
} from '../../../app/observation/readings.ts';
import { vitalsForScoring } from '../../../app/observation/scoring-vitals.ts';
import type { ValidityPolicy } from '../../../app/observation/validity.ts';
import { monitoringOf, scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Score } from '../../../app/scoring/score.ts';
import type { Moment } from '../clock.ts';
import { isoTime } from '../clock.ts';
import { type Bed, type EarlierVitals, news2Patient } from './bed.ts';
import type { StoredSet } from './observations-table.ts';

export interface WardPolicy {
  readonly validity: ValidityPolicy;
  readonly alerts: AlertPolicy;
}

export interface EvaluationPorts {
  readonly policy: WardPolicy;
  /** Milliseconds by which a source's clock is behind ours (negative: ahead); 0 while it is not known. */
  readonly clockOffset: (sourceName: string) => number;
  readonly newId: () => string;
}

export interface Evaluated {
  readonly bed: Bed;
  readonly transitions: readonly AlertTransition[];
  /** True where the score is another one than before. */
  readonly scoreChanged: boolean;
}

/** Deliveries remembered for telling a stream from single sets. */
const RECEIPTS_KEPT = 16;
/** The step line of a bed shows this long (contract: 12 hours). */
export const SCORE_HISTORY_MS = 12 * 3_600_000;
/** Earlier vitals: at most one a minute, for as long as a charted value can be valid. Ours. */
const EARLIER_EVERY_MS = 60_000;
export const EARLIER_KEPT_MS = 4 * 3_600_000;

/** The bed after new sets of its patient, at a moment. No sets: only time has passed. */
export function evaluate(
  ports: EvaluationPorts,
  before: Bed,
  newSets: readonly StoredSet[],
  now: Moment,
): Evaluated {
  const replaced = new Set(newSets.map(slot));
  // Newest first: where two sets are equally old to our clock, the one that was observed later counts.
  const known = [...before.sets.filter((set) => !replaced.has(slot(set))), ...newSets].sort(
    (a, b) => b.observedMs - a.observedMs || b.id - a.id,
  );
  // Deliveries and not sets: one message may bring dozens of sets.
  const receipts = deliveriesOf([
    ...before.receipts,
    ...newSets.filter((set) => set.source.kind === 'monitor').map((set) => set.receivedBootMs),
  ]).slice(-RECEIPTS_KEPT);
  const feed = feedOf(before, receipts);
  const { patient } = before;

  const aged = new Map<AgedSet, StoredSet>(known.map((set) => [agedSet(ports, set, now), set]));
  const ages = [...aged.keys()];
  const observed = latestValues(ages, {
    policy: ports.policy.validity,
    feed,
    monitoring: monitoringOf(before.score),
    spo2Scale: patient.spo2Scale,
  });
  const scoring = vitalsForScoring(observed, 0, {
    spo2Scale: patient.spo2Scale,
    conflictMinutes: ports.policy.validity.conflictMinutes,
  });
  const score = scoreNews2(scoring.vitals, news2Patient(patient, now.wallMs));
  const at = isoTime(now.wallMs);
  const { state, transitions } = evaluateBed(
    before.alerts,
    {
      at,
      // An empty bed has nothing to say: not even that something is missing.
      score: known.length === 0 ? null : score,
      mode: newSets.some((set) => set.source.kind === 'hand') ? 'charted' : feed,
      currentParameters: scoring.currentParameters,
      newId: ports.newId,
    },
    ports.policy.alerts,
  );
  const scoreChanged = known.length > 0 && !sameScore(before.steps.at(-1)?.score, score);
  const stillNeeded = setsStillNeeded(ages).flatMap((set) => aged.get(set) ?? []);
  return {
    bed: {
      ...before,
      sets: stillNeeded,
      receipts,
      observed,
      scoring,
      score,
      alerts: state,
      steps: scoreChanged ? [...recentSteps(before, now), { atMs: now.wallMs, score }] : before.steps,
      earlier: newSets.length === 0 ? before.earlier : withEarlier(before, newSets),
      evaluated: now,
    },
    transitions,
    scoreChanged,
  };
}

/** A demonstration plays a table: its rows are single sets however fast it plays. */
export function feedOf(bed: Bed, receipts: readonly number[] = bed.receipts): FeedMode {
  return feedMode(receipts, bed.patient.demonstration ? 'charted' : null);
}

/** A set takes the place of the one it supersedes: same moment, same source. */
function slot(set: StoredSet): string {
  return JSON.stringify([set.observedMs, set.source.kind, set.source.name]);
}

/**
 * The age is the larger of the age by receipt (boot time, which no clock jump touches) and the age by its own
 * stamp, corrected by what is known of that source's clock.
 */
function agedSet(ports: EvaluationPorts, set: StoredSet, now: Moment): AgedSet {
  const byReceipt = now.bootMs - set.receivedBootMs;
  const byStamp = now.wallMs - (set.observedMs + ports.clockOffset(set.source.name));
  return {
    observedAt: set.observedAt,
    ageMs: Math.max(0, byReceipt, byStamp),
    source: set.source,
    values: set.values,
  };
}

/** The steps of the last hours, with the one that was in force when they began. */
function recentSteps(bed: Bed, now: Moment): Bed['steps'] {
  const from = now.wallMs - SCORE_HISTORY_MS;
  const firstInside = bed.steps.findIndex((step) => step.atMs >= from);
  if (firstInside === -1) return bed.steps.slice(-1);
  return bed.steps.slice(Math.max(0, firstInside - 1));
}

/** Remembers what scored until now, before the new sets, at most once a minute. */
function withEarlier(before: Bed, newSets: readonly StoredSet[]): readonly EarlierVitals[] {
  const newestMs = Math.max(...newSets.map((set) => set.observedMs));
  const lastMs = before.sets.reduce((most, set) => Math.max(most, set.observedMs), Number.NEGATIVE_INFINITY);
  const last = before.earlier.at(-1);
  if (lastMs === Number.NEGATIVE_INFINITY) return before.earlier;
  if (last !== undefined && lastMs - last.observedMs < EARLIER_EVERY_MS) return before.earlier;
  const kept = before.earlier.filter((one) => newestMs - one.observedMs <= EARLIER_KEPT_MS);
  return [...kept, { observedMs: lastMs, vitals: before.scoring.vitals }];
}

/** Scores are plain JSON with a fixed order of fields. */
function sameScore(a: Score | undefined, b: Score): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}
