/** The trends of a bed's numbers over the last four hours. Policy of their windows: ours. */
import type { NumericParameter } from '../../../app/scoring/chart.ts';
import { trendOf } from '../../../app/scoring/trend.ts';
import type { Moment } from '../clock.ts';
import type { Bed, BedTrend, BedTrends } from './bed.ts';
import { isSampled, SAMPLES_KEPT_MS, type SampledVital } from './minute-samples.ts';
import type { StoredSet } from './observations-table.ts';

/** The age (ms) of what was received at a boot time and stamped by a source, at one moment. */
export type AgeOf = (receivedBootMs: number, observedMs: number, sourceName: string) => number;

export const TREND_WINDOW_MS = SAMPLES_KEPT_MS;
/** An hourly round with its grace of 15 min leaves no gap. Ours. */
const TREND_GAP_MS = 75 * 60_000;
/** The change per hour that counts as one: above what a resting patient's readings wander by. Ours. */
const LEAST_PER_HOUR: { readonly [parameter in NumericParameter]: number } = {
  rr: 1,
  spo2: 0.75,
  sbp: 4,
  hr: 4,
  temp: 0.2,
};
const PARAMETERS = ['rr', 'spo2', 'sbp', 'hr', 'temp'] as const satisfies readonly NumericParameter[];
/** Where nothing scores the trend tells of the vital that is preferred. */
const PREFERRED: { readonly [parameter in NumericParameter]: readonly SampledVital[] } = {
  rr: ['rr', 'rr_pleth'],
  spo2: ['spo2'],
  sbp: ['sbp_art', 'sbp', 'sbp_nibp'],
  hr: ['hr', 'pulse_art', 'pulse'],
  temp: ['temp_c'],
};
const MINUTE_MS = 60_000;

/**
 * The trends of a bed at its evaluation. They are counted anew once a minute and with each single set: between two
 * seconds of a stream no trend changes.
 */
export function trendsAt(before: Bed, bed: Bed, newSets: readonly StoredSet[], ageOf: AgeOf): BedTrends {
  const { id } = bed.patient;
  const isNewMinute = minuteOfTrends(id, before.evaluated) !== minuteOfTrends(id, bed.evaluated);
  const isSingle = newSets.some((set) => set.source.kind !== 'monitor') || hasNewCuff(before, bed);
  const isFirst = newSets.length > 0 && Object.keys(before.trends).length === 0;
  if (!isNewMinute && !isSingle && !isFirst) return before.trends;
  const trends: { [parameter in NumericParameter]?: BedTrend } = {};
  for (const parameter of PARAMETERS) {
    const vital = vitalOf(bed, parameter);
    if (vital === null) continue;
    const readings = (bed.samples[vital] ?? []).map(({ receivedBootMs, observedMs, name, value }) => ({
      // Counted back from now, so that no clock is mixed with another.
      atMs: 0 - ageOf(receivedBootMs, observedMs, name),
      value,
    }));
    const window = {
      toMs: 0,
      windowMs: TREND_WINDOW_MS,
      leastPerHour: LEAST_PER_HOUR[parameter],
      gapMs: TREND_GAP_MS,
    };
    trends[parameter] = { ...trendOf(readings, window), vital };
  }
  return trends;
}

/** Many monitors repeat the last cuff pressure in every message: its minute says whether it is another one. */
function hasNewCuff(before: Bed, bed: Bed): boolean {
  const cuff = bed.samples.sbp_nibp?.at(-1);
  return cuff !== undefined && cuff.minute !== before.samples.sbp_nibp?.at(-1)?.minute;
}

/** Milliseconds until the trends of a patient are counted anew. */
export function untilTrendsCount(patientId: string, now: Moment): number {
  return MINUTE_MS - ((now.bootMs + phaseOf(patientId)) % MINUTE_MS);
}

function minuteOfTrends(patientId: string, { bootMs }: Moment): number {
  return Math.floor((bootMs + phaseOf(patientId)) / MINUTE_MS);
}

/** Not all beds in the same moment: a whole ward's trends would hold up what arrives meanwhile. */
function phaseOf(patientId: string): number {
  let mixed = 0;
  for (let index = 0; index < patientId.length; index++)
    mixed = (mixed * 31 + patientId.charCodeAt(index)) | 0;
  return Math.abs(mixed) % MINUTE_MS;
}

function vitalOf(bed: Bed, parameter: NumericParameter): SampledVital | null {
  const scored = bed.scoring.inputs[parameter]?.vital;
  if (scored !== undefined && isSampled(scored)) return scored;
  return PREFERRED[parameter].find((vital) => (bed.samples[vital]?.length ?? 0) > 0) ?? null;
}
