/**
 * One bed at one moment: readings with their age, the score, and what the alert rules make of it. Pure: the
 * same bed, sets and moment give the same result, and nothing is written here.
 */
import type { AlertTransition } from '../../../app/alerting/alert.ts';
import type { AlertPolicy } from '../../../app/alerting/policy.ts';
import { rulesUnder16 } from '../../../app/alerting/rules.ts';
import { type BedInput, evaluateBed, type ParameterSource } from '../../../app/alerting/transition.ts';
import type { ObservedValues } from '../../../app/observation/reading.ts';
import {
  type AgedSet,
  bySource,
  deliveriesOf,
  type FeedMode,
  feedMode,
  isOwnDelivery,
  latestOf,
  MEDIAN_WINDOW_MS,
  type SourceSets,
  STREAMED_WINDOW_MS,
} from '../../../app/observation/readings.ts';
import { type ScoringVitals, vitalsForScoring } from '../../../app/observation/scoring-vitals.ts';
import type { ValidityPolicy } from '../../../app/observation/validity.ts';
import { VITALS, type Vital } from '../../../app/observation/vital.ts';
import { monitoringOf, scoreNews2 } from '../../../app/scoring/news2.ts';
import { NEWS2_PARAMETERS, type News2Parameter } from '../../../app/scoring/score.ts';
import { signalsOf } from '../../../app/scoring/signals.ts';
import type { Moment } from '../clock.ts';
import { isoTime } from '../clock.ts';
import { type Bed, type EarlierVitals, news2Patient } from './bed.ts';
import { standingLater } from './footing.ts';
import {
  cuffMinutes,
  earlierOf,
  isSampled,
  type MinuteSample,
  untilSampleLeaves,
  withoutOld,
  withSamples,
} from './minute-samples.ts';
import type { StoredSet } from './observations-table.ts';
import { sameScore, withStep } from './score-steps.ts';
import { type AgeOf, trendsAt, untilTrendsCount } from './trends.ts';

export { SCORE_HISTORY_MS } from './score-steps.ts';

export interface WardPolicy {
  readonly validity: ValidityPolicy;
  readonly alerts: AlertPolicy;
}

export interface EvaluationPorts {
  readonly policy: WardPolicy;
  /** Milliseconds by which a source's clock is behind ours (negative: ahead); 0 while it is not known. */
  readonly clockOffset: (sourceName: string) => number;
  /** How a source delivers, where the site has said so; null or left out: told from its deliveries. */
  readonly feedModeOf?: (sourceName: string) => FeedMode | null;
  readonly newId: () => string;
  /** Nobody looks at the trends: they are left as they are. */
  readonly withoutTrends?: boolean;
}

export interface Evaluated {
  readonly bed: Bed;
  readonly transitions: readonly AlertTransition[];
  /** True where the score is another one than before. */
  readonly scoreChanged: boolean;
}

/** Deliveries remembered for telling a stream from single sets. */
const RECEIPTS_KEPT = 16;
/** Earlier vitals: at most one a minute, for as long as a charted value can be valid. Ours. */
const EARLIER_EVERY_MS = 60_000;
export const EARLIER_KEPT_MS = 4 * 3_600_000;

/** A set of the store with its age now. */
interface Aged extends AgedSet {
  readonly stored: StoredSet;
}

/** The bed after new sets of its patient, at a moment. No sets: only time has passed. */
export function evaluate(
  ports: EvaluationPorts,
  before: Bed,
  newSets: readonly StoredSet[],
  now: Moment,
): Evaluated {
  const assessed = newSets.length === 0 ? bedAt(ports, before, now) : assess(ports, before, newSets, now);
  const { observed, scoring, score, signals } = assessed;
  const isEmpty = assessed.sets.length === 0;
  const { state, transitions } = evaluateBed(
    before.alerts,
    {
      at: isoTime(now.wallMs),
      clock: { bootMs: now.bootMs, bootId: now.bootId ?? null },
      // An empty bed has nothing to say: not even that something is missing.
      score: isEmpty ? null : score,
      signals,
      mode: feedOf(ports, assessed),
      sources: sourcesOf(observed, scoring),
      currentParameters: scoring.currentParameters,
      corrected: correctedBy(before.sets, newSets),
      newId: ports.newId,
    },
    ports.policy.alerts,
  );
  const scoreChanged = !isEmpty && !sameScore(before.steps.at(-1)?.score, score);
  const steps = scoreChanged ? withStep(before.steps, { atMs: now.wallMs, score }, now.wallMs) : before.steps;
  return { bed: { ...assessed, alerts: state, steps }, transitions, scoreChanged };
}

/** The bed as it stands at a moment, its alerts and its step line left as they are. Nothing has arrived since. */
export function bedAt(ports: EvaluationPorts, bed: Bed, now: Moment): Bed {
  const current = {
    validity: ports.policy.validity,
    feed: feedOf(ports, bed),
    clockOffset: ports.clockOffset,
  };
  const later = standingLater(bed, current, now);
  return later === null ? assess(ports, bed, [], now) : { ...bed, ...later, evaluated: now };
}

/** Everything but alerts and step line, worked out from the sets. */
function assess(ports: EvaluationPorts, before: Bed, newSets: readonly StoredSet[], now: Moment): Bed {
  const known = knownSets(before.sets, newSets);
  const receipts = receiptsWith(before, newSets);
  const feed = feedOf(ports, { ...before, sets: known, receipts });
  const { patient } = before;
  const { validity } = ports.policy;
  const { ageOf, offsets, isAhead } = agesAt(ports, now);
  const sampleAge = (sample: MinuteSample) => ageOf(sample.receivedBootMs, sample.observedMs, sample.name);
  const samples = withoutOld(withSamples(before.samples, newSets), sampleAge);

  const aged = known.map((stored): Aged => agedSet(stored, ageOf));
  const sources = bySource(aged);
  const { observed, steadyForMs } = latestOf(sources, {
    policy: validity,
    feed,
    monitoring: monitoringOf(before.score),
    spo2Scale: patient.spo2Scale,
    cuffIntervalMinutes: (vital, source) => cuffMinutes(samples, vital, source),
  });
  const scoring = vitalsForScoring(observed, 0, {
    spo2Scale: patient.spo2Scale,
    conflictMinutes: validity.conflictMinutes,
  });
  const adult = news2Patient(patient, now.wallMs);
  const score = scoreNews2(scoring.vitals, adult);
  const signals = signalsOf({
    observed,
    scoring,
    score,
    patient: adult,
    under16: rulesUnder16(ports.policy.alerts),
    earlier: (vital, withinMs) => (isSampled(vital) ? earlierOf(vital, samples, withinMs, sampleAge) : []),
  });
  const bed: Bed = {
    ...before,
    sets: newSets.length === 0 ? before.sets : setsToKeep(sources),
    receipts,
    samples,
    unavailable: unavailableAfter(before.unavailable, newSets),
    observed,
    scoring,
    score,
    signals,
    earlier: newSets.length === 0 ? before.earlier : withEarlier(before, newSets),
    evaluated: now,
    // Charted values are due by the score before: while that asks for something else, the limits move once more.
    footing:
      monitoringOf(before.score) !== monitoringOf(score) || isAhead()
        ? null
        : {
            at: now,
            standing: { observed, scoring, signals },
            patient,
            ageYears: adult.age_years ?? null,
            validity,
            feed,
            offsets,
            steadyForMs: Math.min(
              steadyForMs,
              untilSampleLeaves(samples, sampleAge),
              untilTrendsCount(patient.id, now),
            ),
          },
  };
  // No rule rests on a trend, and they are most of the work of an evaluation: a replay of a week does without.
  const trends = ports.withoutTrends === true ? before.trends : trendsAt(before, bed, newSets, ageOf);
  return { ...bed, trends };
}

/**
 * The sets that can still change a reading, whatever the clock does next. Age is the larger of the age by receipt,
 * which no jump touches, and the age by the set's own stamp, which every jump moves alike. So a set is of no more use
 * exactly where another of its source was both received and observed more than the median's minute after it.
 */
function setsToKeep(sources: readonly SourceSets<Aged>[]): readonly StoredSet[] {
  const kept: StoredSet[] = [];
  for (const { given, counts } of sources) {
    const keeps = new Uint8Array(given.length);
    let isWhole = false;
    for (const [vital, count] of counts) {
      // Vitals that every set has need the same sets: worked out for the first of them.
      if (count === given.length && isWhole) continue;
      if (count === given.length) isWhole = true;
      markNeeded(given, count === given.length ? null : vital, keeps);
    }
    for (const [index, { stored }] of given.entries()) if (keeps[index] === 1) kept.push(stored);
  }
  return sources.length > 1 ? kept.sort(latestObservedFirst) : kept;
}

/** Marks the sets (latest observed first) that a vital still needs; null: a vital that all of them have. */
function markNeeded(sets: readonly Aged[], vital: Vital | null, keeps: Uint8Array): void {
  let later = 0;
  let lastReceived = Number.NEGATIVE_INFINITY;
  for (const [index, { stored }] of sets.entries()) {
    if (vital !== null && stored.values[vital] === undefined) continue;
    for (; ; later++) {
      const other = sets[later]?.stored;
      if (other === undefined || other.observedMs <= stored.observedMs + MEDIAN_WINDOW_MS) break;
      if (vital === null || other.values[vital] !== undefined)
        lastReceived = Math.max(lastReceived, other.receivedBootMs);
    }
    if (lastReceived <= stored.receivedBootMs + MEDIAN_WINDOW_MS) keeps[index] = 1;
  }
}

/** A demonstration plays a table: its rows are single sets however fast it plays. */
export function feedOf(
  { feedModeOf }: Pick<EvaluationPorts, 'feedModeOf'>,
  { patient, receipts, sets }: Pick<Bed, 'patient' | 'receipts' | 'sets'>,
): FeedMode {
  if (patient.demonstration) return feedMode(receipts, 'charted');
  const monitor = sets.find(({ source }) => source.kind === 'monitor');
  return feedMode(receipts, monitor === undefined ? null : (feedModeOf?.(monitor.source.name) ?? null));
}

/**
 * Every set that may still count, newest first: where two are equally old to our clock, the one that was observed
 * later counts. A set takes the place of the one it supersedes: same moment, same source.
 */
function knownSets(sets: readonly StoredSet[], newSets: readonly StoredSet[]): readonly StoredSet[] {
  if (newSets.length === 0) return sets;
  const kept = sets.filter((set) => !newSets.some((other) => isSameSlot(set, other)));
  return [...kept, ...newSets].sort(latestObservedFirst);
}

function latestObservedFirst(a: StoredSet, b: StoredSet): number {
  return b.observedMs - a.observedMs || b.id - a.id;
}

function isSameSlot(a: StoredSet, b: StoredSet): boolean {
  return a.observedMs === b.observedMs && a.source.kind === b.source.kind && a.source.name === b.source.name;
}

/** Deliveries and not sets: one message may bring dozens of sets, and one round several messages. */
function receiptsWith(before: Bed, newSets: readonly StoredSet[]): readonly number[] {
  const received = newSets.flatMap((set) => {
    if (set.source.kind !== 'monitor') return [];
    const at = set.receivedBootMs;
    const recent = before.sets.filter(
      (earlier) =>
        earlier.source.kind === 'monitor' &&
        earlier.receivedBootMs < at &&
        earlier.receivedBootMs >= at - STREAMED_WINDOW_MS,
    );
    return isOwnDelivery(
      set.values,
      recent.map(({ values }) => values),
    )
      ? [at]
      : [];
  });
  return received.length === 0
    ? before.receipts
    : deliveriesOf([...before.receipts, ...received]).slice(-RECEIPTS_KEPT);
}

/**
 * The age is the larger of the age by receipt (boot time, which no clock jump touches) and the age by its own
 * stamp, corrected by what is known of that source's clock.
 */
function agesAt(ports: EvaluationPorts, now: Moment) {
  // A bed has few sources and many samples: each clock is asked once a moment.
  const offsets = new Map<string, number>();
  let ahead = false;
  const ageOf: AgeOf = (receivedBootMs, observedMs, sourceName) => {
    let offset = offsets.get(sourceName);
    if (offset === undefined) {
      offset = ports.clockOffset(sourceName);
      offsets.set(sourceName, offset);
    }
    const ageMs = Math.max(now.bootMs - receivedBootMs, now.wallMs - (observedMs + offset));
    ahead ||= ageMs < 0;
    return Math.max(0, ageMs);
  };
  /** Whether a value asked about lies ahead of now: its age is nothing for a while and grows only then. */
  const isAhead = (): boolean => ahead;
  return { ageOf, offsets, isAhead };
}

function agedSet(stored: StoredSet, ageOf: AgeOf): Aged {
  return {
    stored,
    observedAt: stored.observedAt,
    ageMs: ageOf(stored.receivedBootMs, stored.observedMs, stored.source.name),
    source: stored.source,
    values: stored.values,
    ...(stored.ambiguous === undefined ? {} : { ambiguous: stored.ambiguous }),
  };
}

/**
 * What the monitor said last that it cannot measure. A value of the same delivery or of a later one ends it; the
 * value before it stays as it is and grows old.
 */
function unavailableAfter(before: Bed['unavailable'], newSets: readonly StoredSet[]): Bed['unavailable'] {
  const told = newSets.flatMap((set) => set.unavailable ?? []);
  if (newSets.length === 0 || (before.length === 0 && told.length === 0)) return before;
  const measured = (vital: Vital) => newSets.some((set) => set.values[vital] !== undefined);
  return VITALS.filter((vital) => (told.includes(vital) || before.includes(vital)) && !measured(vital));
}

/** Of each parameter that scores: as what it was measured, and whether a monitor's stream brought it. */
function sourcesOf(observed: ObservedValues, scoring: ScoringVitals): NonNullable<BedInput['sources']> {
  const sources: { [parameter in News2Parameter]?: ParameterSource } = {};
  for (const parameter of NEWS2_PARAMETERS) {
    const vital = scoring.inputs[parameter]?.vital;
    if (vital === undefined) continue;
    sources[parameter] = { vital, streamed: observed[vital]?.source.mode !== 'charted' };
  }
  return sources;
}

/** Vitals whose value of the same moment and source is another one now, or none. */
function correctedBy(before: readonly StoredSet[], newSets: readonly StoredSet[]): Vital[] {
  if (newSets.length === 0) return [];
  const corrected = new Set<Vital>();
  for (const set of newSets) {
    const old = before.find((other) => isSameSlot(other, set));
    // The value may be long out of memory: then the draft has told whether an open alert rang on it.
    for (const vital of set.changed ?? []) corrected.add(vital);
    if (old === undefined) continue;
    for (const vital of VITALS)
      if (old.values[vital] !== undefined && old.values[vital] !== set.values[vital]) corrected.add(vital);
  }
  return [...corrected];
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
