/**
 * The readings are made from sets that are grouped once. The plain way, which looks through every set for every
 * vital, stands here as what it must agree with.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundDecimals } from '../scoring/chart.ts';
import { type Candidate, settle } from './conflict.ts';
import type { ObservedValue, ObservedValues } from './reading.ts';
import { type AgedSet, bySource, latestOf, latestValues, type ReadingOptions } from './readings.ts';
import { DEFAULT_VALIDITY_POLICY, type Measured, validityLimits } from './validity.ts';
import { NUMERIC_VITALS, type NumericVital, VITAL_RANGES, VITALS, type Vital } from './vital.ts';

/** A streamed vital scores by the median of this time, of at least so many samples (clinical reference). */
const MEDIAN_WINDOW_MS = 60_000;
const MEDIAN_LEAST_SAMPLES = 3;

const NOW_AND_THEN: ReadonlySet<Vital> = new Set<Vital>([
  'temp_c',
  'sbp',
  'dbp',
  'map',
  'o2_flow',
  'fio2',
  'on_oxygen',
  'acvpu',
]);
const UNSPECIFIED_PRESSURES: ReadonlySet<Vital> = new Set<Vital>(['sbp', 'dbp', 'map']);
const CUFF_PRESSURES: ReadonlySet<Vital> = new Set<Vital>(['sbp_nibp', 'dbp_nibp', 'map_nibp']);

interface Sample {
  readonly set: AgedSet;
  readonly value: number | boolean | string;
  readonly ageMs: number;
}

/** The samples of one vital by source, each newest first. */
function samplesBySource(sets: readonly AgedSet[], vital: Vital): Sample[][] {
  const sources = new Map<string, Sample[]>();
  for (const set of sets) {
    const value = set.values[vital];
    if (value === undefined) continue;
    const key = JSON.stringify([set.source.kind, set.source.name]);
    const samples = sources.get(key) ?? [];
    samples.push({ set, value, ageMs: Math.max(0, set.ageMs) });
    sources.set(key, samples);
  }
  return [...sources.values()].map((samples) => samples.sort((a, b) => a.ageMs - b.ageMs));
}

/** How the newest of a source's samples was measured. */
function measuredBy(vital: Vital, newest: Sample, inLastMinute: number, options: ReadingOptions): Measured {
  const charted: Measured = { mode: 'charted', monitoring: options.monitoring };
  const intervalMinutes = options.cuffIntervalMinutes?.('sbp_nibp', newest.set.source) ?? null;
  const cuff: Measured = { mode: 'cuff', intervalMinutes };
  if (newest.set.source.kind === 'hand' || options.feed === 'charted') return charted;
  if (CUFF_PRESSURES.has(vital)) return cuff;
  if (!NOW_AND_THEN.has(vital) || inLastMinute >= MEDIAN_LEAST_SAMPLES) return { mode: 'streamed' };
  return UNSPECIFIED_PRESSURES.has(vital) ? cuff : charted;
}

/** The median of a non-empty list; of an even number of values the mean of the middle two. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

function isNumeric(vital: Vital): vital is NumericVital {
  return NUMERIC_VITALS.some((numeric) => numeric === vital);
}

/** What a streamed number scores by, rounded to the vital's resolution. */
function scoringValue(vital: NumericVital, lastMinute: readonly Sample[]): ObservedValue['scoring'] {
  const values = lastMinute.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const [last] = values;
  if (last === undefined) return undefined;
  if (values.length < MEDIAN_LEAST_SAMPLES) return { value: last, by: 'last', samples: values.length };
  // The mean of two decimals may lie a binary hair below its half; six decimals are finer than any device.
  const value = roundDecimals(Number(median(values).toFixed(6)), VITAL_RANGES[vital].decimals);
  return { value, by: 'median', samples: values.length };
}

/** The newest value of a vital from one source, whose samples are given newest first. */
function newestOf(vital: Vital, samples: readonly Sample[], options: ReadingOptions): Candidate[] {
  const [newest] = samples;
  if (newest === undefined) return [];
  const lastMinute = samples.filter(({ ageMs }) => ageMs - newest.ageMs <= MEDIAN_WINDOW_MS);
  const measured = measuredBy(vital, newest, lastMinute.length, options);
  const scoring =
    measured.mode === 'streamed' && isNumeric(vital) ? scoringValue(vital, lastMinute) : undefined;
  const { source, observedAt, ambiguous } = newest.set;
  const observed: ObservedValue = {
    value: newest.value,
    observedAt,
    ageMs: newest.ageMs,
    ...validityLimits(measured, options.policy),
    source: { kind: source.kind, mode: measured.mode, name: source.name },
    ambiguous: ambiguous?.includes(vital) ?? false,
    ...(scoring === undefined ? {} : { scoring }),
  };
  return [{ vital, observed }];
}

/**
 * The newest value of each vital, as it was measured (a cuff and an arterial pressure stay two vitals; which one
 * scores is decided by `vitalsForScoring`, because that changes as values grow old).
 *
 * Sources that contradict each other about one vital give the worse value, marked ambiguous (`settle`).
 *
 * @param sets sets of one patient in any order, all that may still count.
 */
function latestSlowly(sets: readonly AgedSet[], options: ReadingOptions): ObservedValues {
  const conflict = {
    elapsedMs: 0,
    withinMs: options.policy.conflictMinutes * 60_000,
    spo2Scale: options.spo2Scale ?? 1,
  };
  const latest: { [vital in Vital]?: ObservedValue } = {};
  for (const vital of VITALS) {
    const candidates = samplesBySource(sets, vital)
      .flatMap((samples) => newestOf(vital, samples, options))
      .sort(
        ({ observed: a }, { observed: b }) =>
          a.ageMs - b.ageMs || (a.source.kind + a.source.name < b.source.kind + b.source.name ? -1 : 1),
      );
    const settled = settle(candidates, conflict);
    if (settled !== undefined) latest[vital] = settled.observed;
  }
  return latest;
}

const source = fc.constantFrom(
  { kind: 'monitor' as const, name: 'M1' },
  { kind: 'monitor' as const, name: 'M1 · 0.1.2' },
  { kind: 'hand' as const, name: 'M1' },
);
const values = fc.record(
  {
    hr: fc.integer({ min: 30, max: 200 }),
    pulse: fc.integer({ min: 30, max: 200 }),
    spo2: fc.integer({ min: 70, max: 100 }),
    temp_c: fc.integer({ min: 340, max: 410 }).map((tenths) => tenths / 10),
    sbp: fc.integer({ min: 60, max: 220 }),
    sbp_nibp: fc.integer({ min: 60, max: 220 }),
    acvpu: fc.constantFrom('A' as const, 'V' as const),
    on_oxygen: fc.boolean(),
  },
  { requiredKeys: [] },
);
const set: fc.Arbitrary<AgedSet> = fc.record({
  observedAt: fc.constant('2026-09-12T12:00:00Z'),
  // A stream's seconds and a charted round's hours.
  ageMs: fc.oneof(
    fc.integer({ min: -2_000, max: 180_000 }),
    fc.integer({ min: 0, max: 200 }).map((minutes) => minutes * 60_000),
  ),
  source,
  values,
});
const options: fc.Arbitrary<ReadingOptions> = fc
  .tuple(
    fc.constantFrom('streamed' as const, 'charted' as const),
    fc.constantFrom('12h' as const, '1h' as const, null),
    fc.constantFrom(1 as const, 2 as const),
    fc.constantFrom(null, 10),
  )
  .map(([feed, monitoring, spo2Scale, minutes]) => ({
    policy: DEFAULT_VALIDITY_POLICY,
    feed,
    monitoring,
    spo2Scale,
    cuffIntervalMinutes: () => minutes,
  }));

describe('readings from sets that are grouped once', () => {
  it('are those of looking through every set for every vital', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 40 }), options, (sets, how) => {
        expect(latestValues(sets, how)).toEqual(latestSlowly(sets, how));
        const grouped = bySource(sets);
        expect(latestOf(grouped, how).observed).toEqual(latestSlowly(sets, how));
      }),
      { numRuns: 300 },
    );
  });
});
