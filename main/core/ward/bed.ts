/** What the ward remembers of one occupied bed between two moments. A bed is a value: a change makes a new one. */
import { type BedAlertState, NO_ALERTS } from '../../../app/alerting/alert.ts';
import type { ObservedValues } from '../../../app/observation/reading.ts';
import type { FeedMode } from '../../../app/observation/readings.ts';
import type { ScoringVitals } from '../../../app/observation/scoring-vitals.ts';
import type { ValidityPolicy } from '../../../app/observation/validity.ts';
import type { Vital } from '../../../app/observation/vital.ts';
import type { NumericParameter } from '../../../app/scoring/chart.ts';
import type { News2Patient } from '../../../app/scoring/news2.ts';
import type { Score, Vitals } from '../../../app/scoring/score.ts';
import type { Signal, SignalInput } from '../../../app/scoring/signals.ts';
import type { Trend } from '../../../app/scoring/trend.ts';
import type { Moment } from '../clock.ts';
import type { MinuteSamples } from './minute-samples.ts';
import type { StoredSet } from './observations-table.ts';
import type { Patient } from './patients-table.ts';
import type { ScoreStep } from './scores-table.ts';

/** The vitals that scored when a set was observed, for telling what changed. */
export interface EarlierVitals {
  readonly observedMs: number;
  readonly vitals: Vitals;
}

/** The trend of a parameter, of the vital that scores for it. */
export type BedTrend = Trend & { readonly vital: SignalInput['vital'] };
export type BedTrends = { readonly [parameter in NumericParameter]?: BedTrend };

export interface Bed {
  readonly patient: Patient;
  readonly bed: string;
  readonly admittedMs: number;
  /** The other bed that the monitor named last for this patient; null where it names this one, or none. */
  readonly toldBed?: string | null;
  /** Only the sets that can still change a reading; the rest is in the store. */
  readonly sets: readonly StoredSet[];
  /** Boot times of the last deliveries from a monitor, for telling a stream from single sets. */
  readonly receipts: readonly number[];
  /** One value a minute of the last hours, for changes over a window and for trends. */
  readonly samples: MinuteSamples;
  /** Vitals that the monitor said last that it cannot measure. */
  readonly unavailable: readonly Vital[];
  readonly observed: ObservedValues;
  readonly scoring: ScoringVitals;
  readonly score: Score;
  /** What is computed beside the score, each with what it rests on. */
  readonly signals: readonly Signal[];
  readonly trends: BedTrends;
  readonly alerts: BedAlertState;
  /** Changes of the score over the last hours, oldest first. */
  readonly steps: readonly ScoreStep[];
  readonly earlier: readonly EarlierVitals[];
  /** The moment of the last evaluation: ages in `observed` count from here. */
  readonly evaluated: Moment;
  /** What a later moment may rest on; null where everything has to be worked out again. */
  readonly footing: Footing | null;
}

/**
 * What was worked out in full, and all that it depended on beside the bed's own sets: while this stays as it was,
 * the bed at a later moment differs from it in ages alone (`footing.ts`).
 */
export interface Footing {
  readonly at: Moment;
  readonly standing: Standing;
  readonly patient: Patient;
  readonly ageYears: number | null;
  readonly validity: ValidityPolicy;
  readonly feed: FeedMode;
  /** What was known of the clock of each source (ms, `EvaluationPorts.clockOffset`). */
  readonly offsets: ReadonlyMap<string, number>;
  /** Less than so many milliseconds after `at` no value changes its state and no sample leaves. */
  readonly steadyForMs: number;
}

/** What of a bed carries ages. */
export type Standing = Pick<Bed, 'observed' | 'scoring' | 'signals'>;

const YEAR_MS = 365.25 * 86_400_000;

export const NO_SCORING: ScoringVitals = { vitals: {}, oldestAgeMs: null, inputs: {}, currentParameters: [] };

/** A bed of which nothing has been observed yet. `score` is the score of no vitals, or why none applies. */
export function emptyBed(
  patient: Patient,
  bed: string,
  admittedMs: number,
  score: Score,
  evaluated: Moment,
): Bed {
  return {
    patient,
    bed,
    admittedMs,
    sets: [],
    receipts: [],
    samples: {},
    unavailable: [],
    observed: {},
    scoring: NO_SCORING,
    score,
    signals: [],
    trends: {},
    alerts: NO_ALERTS,
    steps: [],
    earlier: [],
    evaluated,
    footing: null,
  };
}

/** Whole years at a moment (UTC days); null where the birth date is not known. */
export function ageYears(birthDate: string | null, wallMs: number): number | null {
  if (birthDate === null) return null;
  const born = new Date(`${birthDate}T00:00:00Z`);
  const now = new Date(wallMs);
  if (Number.isNaN(born.getTime()) || born > now) return null;
  const years = now.getUTCFullYear() - born.getUTCFullYear();
  const beforeBirthday =
    now.getUTCMonth() < born.getUTCMonth() ||
    (now.getUTCMonth() === born.getUTCMonth() && now.getUTCDate() < born.getUTCDate());
  return beforeBirthday ? years - 1 : years;
}

/** A patient's age: by the birth date, else as it was estimated, grown by the years since; null where nobody told it. */
export function ageOf(patient: Patient, wallMs: number): number | null {
  const known = ageYears(patient.birthDate, wallMs);
  const estimated = patient.policies?.ageYears ?? null;
  if (known !== null || estimated === null) return known;
  return estimated.years + Math.max(0, Math.floor((wallMs - estimated.sinceMs) / YEAR_MS));
}

/** What decides whether a score applies to the patient at all. */
export function news2Patient(patient: Patient, wallMs: number): News2Patient {
  return { age_years: ageOf(patient, wallMs), pregnant: patient.pregnant };
}
