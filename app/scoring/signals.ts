/**
 * Signals: what code computes from a bed's readings beside NEWS2, each with what it rests on. An alert rule holds
 * a signal against its site's threshold; a screen shows it with its inputs, their source and their age.
 *
 * As in NEWS2 a missing value never counts as a normal one. A signal is then `incomplete`, with the bound that
 * is certain where there is one, and says what is missing.
 */
import { type ObservedValue, type ObservedValues, readingAt } from '../observation/reading.ts';
import type { ScoringInput, ScoringVitals } from '../observation/scoring-vitals.ts';
import type { NumericVital, Vital } from '../observation/vital.ts';
import { meanArterialPressure, type QsofaCriterion, qsofa, shockIndex } from './derived.ts';
import { NEWS2_LEAST_AGE_YEARS, type News2Patient } from './news2.ts';
import {
  isApplicable,
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
} from './score.ts';
import { changeInWindow, type EarlierSample, HR_RISE_WINDOW, SPO2_FALL_WINDOW } from './signal-window.ts';

/** The alert rules that rest on a signal; the names are those of the alert rules. */
export const SIGNAL_RULES = [
  'single-red',
  'map-low',
  'qsofa',
  'spo2-fall',
  'hr-rise',
  'shock-index',
] as const;
export type SignalRule = (typeof SIGNAL_RULES)[number];

export const SIGNAL_NOT_APPLICABLE_REASONS = ['under-16', 'pregnant'] as const;
export type SignalNotApplicableReason = (typeof SIGNAL_NOT_APPLICABLE_REASONS)[number];

/** One value that a signal rests on. */
export interface SignalInput {
  /** As it was measured: `sbp_art` where the arterial line counted. */
  readonly vital: Vital;
  readonly value: ObservedValue['value'];
  readonly source: ObservedValue['source'];
  readonly state: 'current' | 'stale';
  readonly ageMs: number;
  /** `median` of a minute, the `last` value of a stream with too few samples, or a `single` measurement. */
  readonly by: ScoringInput['by'];
  /** Sources contradicted each other; this is the worse one. */
  readonly ambiguous: boolean;
}

interface Rests {
  readonly rule: SignalRule;
  /** What it rests on now. Empty where nothing of it is known. */
  readonly inputs: readonly SignalInput[];
  /** Age (ms) of the oldest of `inputs`; null where there is none. */
  readonly oldestAgeMs: number | null;
  /** True where every input is current; false as soon as one is stale or missing. */
  readonly current: boolean;
  /**
   * For a change over a window: the earlier value that it is counted from. Null where there is none, and for
   * every other rule.
   */
  readonly comparedWith: EarlierSample | null;
}

/**
 * A computed value with everything that it rests on.
 *
 * Units of `value` and `atLeast`: `map-low` mmHg; `qsofa` criteria met; `spo2-fall` percentage points;
 * `hr-rise` per minute; `shock-index` the ratio; `single-red` the number of parameters that score 3.
 */
export type Signal =
  | (Rests & {
      readonly state: 'complete';
      readonly value: number;
      /** `map-low`: the monitor measured it, or it was computed from the two pressures of one site. */
      readonly measured?: boolean;
    })
  | (Rests & {
      readonly state: 'incomplete';
      /** What is certain all the same; null where nothing is (a pressure of which one half is missing). */
      readonly atLeast: number | null;
      /** Vitals that are missing; empty where only the time before now is not covered by readings. */
      readonly missing: readonly Vital[];
    })
  | {
      readonly rule: SignalRule;
      readonly state: 'not-applicable';
      readonly reason: SignalNotApplicableReason;
    };

export interface SignalContext {
  readonly observed: ObservedValues;
  /** Milliseconds since the observed values were made. */
  readonly elapsedMs?: number;
  /** What scores of `observed` at the same moment. */
  readonly scoring: ScoringVitals;
  /** The NEWS2 score of `scoring`. */
  readonly score: Score;
  readonly patient: News2Patient;
  /** Rules for which the site gives a limit of its own for patients under 16. */
  readonly under16?: readonly SignalRule[];
  /** Real samples of a vital that are not older than so many milliseconds now, in any order. */
  readonly earlier: (vital: Vital, withinMs: number) => readonly EarlierSample[];
}

/** The value that the signal tells: complete, or the bound that is certain; null where there is none. */
export function leastOf(signal: Signal): number | null {
  switch (signal.state) {
    case 'complete':
      return signal.value;
    case 'incomplete':
      return signal.atLeast;
    case 'not-applicable':
      return null;
  }
}

function rests(rule: SignalRule, inputs: readonly SignalInput[], missing: readonly Vital[] = []): Rests {
  return {
    rule,
    inputs,
    oldestAgeMs: inputs.reduce<number | null>((most, { ageMs }) => Math.max(most ?? 0, ageMs), null),
    current: inputs.length > 0 && missing.length === 0 && inputs.every(({ state }) => state === 'current'),
    comparedWith: null,
  };
}

function incomplete(
  rule: SignalRule,
  inputs: readonly SignalInput[],
  missing: readonly Vital[],
  atLeast: number | null = null,
): Extract<Signal, { state: 'incomplete' }> {
  return { ...rests(rule, inputs, missing), state: 'incomplete', atLeast, missing };
}

/** One observed value as an input; null where it is missing or too old. */
function inputOf(context: SignalContext, vital: Vital): SignalInput | null {
  const observed = context.observed[vital];
  const reading = readingAt(observed, context.elapsedMs);
  if (observed === undefined || reading.state === 'missing') return null;
  return {
    vital,
    value: observed.scoring?.value ?? observed.value,
    source: observed.source,
    state: reading.state,
    ageMs: reading.ageMs,
    by: observed.scoring?.by ?? 'single',
    ambiguous: observed.ambiguous,
  };
}

/** The input that scores for a parameter of NEWS2; null where the parameter is missing. */
function scoringInput(context: SignalContext, parameter: News2Parameter): SignalInput | null {
  const input = context.scoring.inputs[parameter];
  const observed = input === undefined ? undefined : context.observed[input.vital];
  if (input === undefined || observed === undefined) return null;
  return {
    ...input,
    value: context.scoring.vitals[VITAL_OF_PARAMETER[parameter]] ?? observed.value,
    source: observed.source,
  };
}

function present(inputs: readonly (SignalInput | null)[]): SignalInput[] {
  return inputs.flatMap((input) => input ?? []);
}

/** How many parameters of NEWS2 score 3. */
function singleRed(context: SignalContext): Signal {
  const { score } = context;
  if (!isApplicable(score)) return { rule: 'single-red', state: 'not-applicable', reason: score.reason };
  const reds = score.red_parameters;
  // A red parameter rests on itself; that there is none rests on all of them.
  const inputs = present(
    (reds.length > 0 ? reds : NEWS2_PARAMETERS).map((one) => scoringInput(context, one)),
  );
  if (score.complete) return { ...rests('single-red', inputs), state: 'complete', value: reds.length };
  return incomplete('single-red', inputs, score.missing, reds.length);
}

function isChild({ age_years }: News2Patient): boolean {
  return age_years !== null && age_years !== undefined && age_years < NEWS2_LEAST_AGE_YEARS;
}

const PARAMETER_OF_CRITERION = { rr: 'rr', sbp: 'sbp', acvpu: 'consciousness' } as const satisfies Record<
  QsofaCriterion,
  News2Parameter
>;

/**
 * How many of the three criteria of qSOFA are met. It was derived in adults (Singer et al., JAMA 2016;315:801),
 * so under 16 it does not apply: a healthy child breathes faster than its threshold.
 */
function qsofaSignal(context: SignalContext): Signal {
  if (isChild(context.patient)) return { rule: 'qsofa', state: 'not-applicable', reason: 'under-16' };
  const result = qsofa(context.scoring.vitals);
  const inputs = present(
    Object.values(PARAMETER_OF_CRITERION).map((parameter) => scoringInput(context, parameter)),
  );
  if (result.complete) return { ...rests('qsofa', inputs), state: 'complete', value: result.total };
  return incomplete('qsofa', inputs, result.missing, result.min_total);
}

/** Measured mean pressures in the order in which they are preferred, and the pairs of one site to compute one from. */
const MEASURED_MEAN = ['map_art', 'map', 'map_nibp'] as const satisfies readonly NumericVital[];
const PRESSURE_PAIRS = [
  ['sbp_art', 'dbp_art'],
  ['sbp', 'dbp'],
  ['sbp_nibp', 'dbp_nibp'],
] as const satisfies readonly (readonly [NumericVital, NumericVital])[];
/** Two pressures are one measurement when they come from one source within this time. Ours. */
const ONE_MEASUREMENT_MS = 60_000;

interface MeanPressure {
  readonly value: number;
  readonly inputs: readonly SignalInput[];
  readonly measured: boolean;
}

function meanOfPair(systolic: SignalInput | null, diastolic: SignalInput | null): MeanPressure | null {
  if (systolic === null || diastolic === null || !isOneMeasurement(systolic, diastolic)) return null;
  if (typeof systolic.value !== 'number' || typeof diastolic.value !== 'number') return null;
  const value = meanArterialPressure(systolic.value, diastolic.value);
  return value === null ? null : { value, inputs: [systolic, diastolic], measured: false };
}

function isOneMeasurement(a: SignalInput, b: SignalInput): boolean {
  return (
    a.source.kind === b.source.kind &&
    a.source.name === b.source.name &&
    Math.abs(a.ageMs - b.ageMs) <= ONE_MEASUREMENT_MS
  );
}

/**
 * The mean arterial pressure: the measured one where it is current, else the one computed from a current pair of
 * one site, else either of them that is stale. Among several the preferred site counts.
 */
function mapSignal(context: SignalContext): Signal {
  const measured = MEASURED_MEAN.flatMap((vital): MeanPressure[] => {
    const input = inputOf(context, vital);
    if (input === null || typeof input.value !== 'number') return [];
    return [{ value: input.value, inputs: [input], measured: true }];
  });
  const computed = PRESSURE_PAIRS.flatMap(
    ([systolic, diastolic]) => meanOfPair(inputOf(context, systolic), inputOf(context, diastolic)) ?? [],
  );
  const means = [...measured, ...computed];
  const isCurrent = ({ inputs }: MeanPressure) => inputs.every(({ state }) => state === 'current');
  const mean = means.find(isCurrent) ?? means[0];
  if (mean !== undefined) {
    const { inputs, value } = mean;
    return { ...rests('map-low', inputs), state: 'complete', value, measured: mean.measured };
  }
  const sbp = scoringInput(context, 'sbp');
  // The systolic pressure is there and its diastolic one is not, or neither is.
  return incomplete('map-low', present([sbp]), sbp === null ? ['sbp', 'dbp'] : ['dbp']);
}

/** Heart rate over systolic pressure. */
function shockIndexSignal(context: SignalContext): Signal {
  const hr = scoringInput(context, 'hr');
  const sbp = scoringInput(context, 'sbp');
  const inputs = present([hr, sbp]);
  const value = shockIndex(asNumber(hr), asNumber(sbp));
  if (value !== null) return { ...rests('shock-index', inputs), state: 'complete', value };
  return incomplete('shock-index', inputs, [
    ...(hr === null ? ['hr' as const] : []),
    ...(sbp === null ? ['sbp' as const] : []),
  ]);
}

function asNumber(input: SignalInput | null): number | null {
  return typeof input?.value === 'number' ? input.value : null;
}

/** A change against the extreme of a window: incomplete where readings do not cover the window. */
function changeSignal(
  context: SignalContext,
  rule: 'spo2-fall' | 'hr-rise',
  parameter: 'spo2' | 'hr',
): Signal {
  const now = scoringInput(context, parameter);
  const value = asNumber(now);
  if (now === null || value === null) return incomplete(rule, [], [parameter]);
  const window = rule === 'spo2-fall' ? SPO2_FALL_WINDOW : HR_RISE_WINDOW;
  // Like with like: the pulse of an oximeter is not held against the heart rate of the electrodes.
  const like = context.earlier(now.vital, now.ageMs + window.windowMs);
  const change = changeInWindow(window, { value, ageMs: now.ageMs }, like);
  const { comparedWith } = change;
  if (change.covered) return { ...rests(rule, [now]), comparedWith, state: 'complete', value: change.amount };
  return { ...incomplete(rule, [now], [], change.amount), comparedWith };
}

/**
 * A signal whose limit is an adult's: a healthy child's mean pressure is lower and heart rate higher. Under 16 it
 * does not apply unless the site gives a limit of its own.
 */
function ofAdults(
  context: SignalContext,
  rule: 'map-low' | 'shock-index',
  signal: (context: SignalContext) => Signal,
): Signal {
  if (isChild(context.patient) && context.under16?.includes(rule) !== true)
    return { rule, state: 'not-applicable', reason: 'under-16' };
  return signal(context);
}

/** Every signal of a bed at one moment, one for each rule, in the order of `SIGNAL_RULES`. */
export function signalsOf(context: SignalContext): Signal[] {
  return [
    singleRed(context),
    ofAdults(context, 'map-low', mapSignal),
    qsofaSignal(context),
    changeSignal(context, 'spo2-fall', 'spo2'),
    changeSignal(context, 'hr-rise', 'hr'),
    ofAdults(context, 'shock-index', shockIndexSignal),
  ];
}
