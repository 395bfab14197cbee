/**
 * What may leave a workstation: an allow-list of fields, relative times and bands of age. What is not named here does not
 * leave, whatever a later version adds to the record. Sources: HIPAA Safe Harbor (45 CFR 164.514), DPDP Act 2023.
 */
import type { FactsInput } from '../../explanation/explanation.ts';

/** Ages as they leave: nobody of 90 or more can be told apart (Safe Harbor), and a decade is enough for the rest. */
export function ageBand(years: number | null): string {
  if (years === null || !Number.isFinite(years) || years < 0) return 'unknown';
  if (years >= 90) return '90+';
  const decade = Math.floor(years / 10) * 10;
  return `${decade}-${decade + 9}`;
}

/** Whole minutes since the first of the moments: no clock and no date leaves. */
export function relativeMinutes(moments: readonly number[]): number[] {
  const first = moments.reduce((least, moment) => Math.min(least, moment), Number.POSITIVE_INFINITY);
  return moments.map((moment) => Math.round((moment - first) / 60_000));
}

/** Facts with what identifies nobody: readings, score, courses. Policy, passages and what rang stay here. */
export function allowedFacts({
  vitals,
  previous,
  news2,
  stale,
  trends,
  unavailable,
}: FactsInput): FactsInput {
  const { rr, spo2, spo2_scale, on_oxygen, temp_c, sbp, dbp, hr, acvpu } = vitals;
  const readings = { rr, spo2, spo2_scale, on_oxygen, temp_c, sbp, dbp, hr, acvpu };
  return {
    vitals: readings,
    previous:
      previous === null || previous === undefined
        ? null
        : {
            vitals: allowedFacts({ vitals: previous.vitals }).vitals,
            minutes_ago: Math.round(previous.minutes_ago),
          },
    ...(news2 === undefined ? {} : { news2 }),
    ...(stale === undefined ? {} : { stale }),
    ...(trends === undefined ? {} : { trends }),
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}
