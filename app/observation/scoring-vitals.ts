/** Which readings go into a score: only what is current or stale but still valid, and which source of each. */
import { NEWS2_PARAMETERS, type News2Parameter, type Vitals } from '../scoring/score.ts';
import { type Candidate, type ConflictOptions, settle } from './conflict.ts';
import { type ObservedValue, type ObservedValues, readingAt } from './reading.ts';
import { DEFAULT_VALIDITY_POLICY } from './validity.ts';
import { ACVPU, type NumericVital, type Vital } from './vital.ts';

/** Where one parameter of a score comes from. */
export interface ScoringInput {
  /** As it was measured: `pulse` where no heart rate scored, `sbp_art` where the arterial line did. */
  readonly vital: Vital;
  readonly state: 'current' | 'stale';
  readonly ageMs: number;
  /** Sources contradicted each other; this is the worse one. */
  readonly ambiguous: boolean;
  /** `median` of a minute, the `last` value of a stream with too few samples, or a `single` measurement. */
  readonly by: 'median' | 'last' | 'single';
}

export interface ScoringVitals {
  /** What `scoreNews2` takes; missing is null. */
  readonly vitals: Vitals;
  /** Age in ms of the oldest value among the inputs; null where there is none. */
  readonly oldestAgeMs: number | null;
  readonly inputs: { readonly [parameter in News2Parameter]?: ScoringInput };
  /** Parameters whose value is current, not stale. */
  readonly currentParameters: readonly News2Parameter[];
}

export interface ScoringOptions {
  readonly spo2Scale?: 1 | 2;
  readonly conflictMinutes?: number;
}

/** Order in which sources of the same thing are preferred while they agree (clinical reference; ours). */
const PULSE_SOURCES = ['hr', 'pulse_art', 'pulse'] as const satisfies readonly NumericVital[];
const RESPIRATION_SOURCES = ['rr', 'rr_pleth'] as const satisfies readonly NumericVital[];
const SYSTOLIC_SOURCES = ['sbp_art', 'sbp', 'sbp_nibp'] as const satisfies readonly NumericVital[];

/** The diastolic pressure belongs to the systolic one of the same site. */
const DIASTOLIC_OF: { readonly [systolic in Vital]?: NumericVital } = {
  sbp: 'dbp',
  sbp_art: 'dbp_art',
  sbp_nibp: 'dbp_nibp',
};

/** The least oxygen fraction (%) that anybody prescribes; below it an analyser's error may look like oxygen. Ours. */
const LEAST_PRESCRIBED_FIO2 = 24;

function candidatesOf(observed: ObservedValues, vitals: readonly Vital[]): Candidate[] {
  return vitals.flatMap((vital) => {
    const value = observed[vital];
    return value === undefined ? [] : [{ vital, observed: value }];
  });
}

/**
 * What tells whether the patient breathes extra oxygen: the entry itself, a flow above 0, or a fraction that
 * somebody set. A flow of 0 or a fraction near that of air tells nothing, because oxygen may come another way.
 */
function oxygenCandidates(observed: ObservedValues): Candidate[] {
  const given = (vital: 'o2_flow' | 'fio2', least: number): Candidate[] =>
    candidatesOf(observed, [vital]).flatMap(({ observed: { scoring, ...one } }) => {
      const amount = scoring?.value ?? one.value;
      return typeof amount === 'number' && amount >= least
        ? [{ vital, observed: { ...one, value: true } }]
        : [];
    });
  return [
    ...candidatesOf(observed, ['on_oxygen']),
    ...given('o2_flow', Number.MIN_VALUE),
    ...given('fio2', LEAST_PRESCRIBED_FIO2),
  ];
}

interface Chosen {
  readonly value: ObservedValue['value'];
  readonly input: ScoringInput;
}

/** The value among the candidates that scores, or null where all of them are missing. */
function choose(candidates: readonly Candidate[], conflict: ConflictOptions): Chosen | null {
  const settled = settle(candidates, conflict);
  if (settled === undefined) return null;
  const reading = readingAt(settled.observed, conflict.elapsedMs);
  if (reading.state === 'missing') return null;
  const { vital, observed } = settled;
  return {
    value: observed.scoring?.value ?? observed.value,
    input: {
      vital,
      state: reading.state,
      ageMs: reading.ageMs,
      ambiguous: observed.ambiguous,
      by: observed.scoring?.by ?? 'single',
    },
  };
}

function asNumber(chosen: Chosen | null): number | null {
  return typeof chosen?.value === 'number' ? chosen.value : null;
}

/**
 * The vitals that score, `elapsedMs` milliseconds after the observed values were made.
 *
 * Of heart rate and pulse, of respiration by two methods, and of arterial and cuff pressure, the first current
 * one in the preferred order scores; where simultaneous current ones score differently, the worse one does,
 * marked ambiguous. A missing or expired value is null and never a number.
 */
export function vitalsForScoring(
  observed: ObservedValues,
  elapsedMs = 0,
  options: ScoringOptions = {},
): ScoringVitals {
  const spo2Scale = options.spo2Scale ?? 1;
  const conflictMinutes = options.conflictMinutes ?? DEFAULT_VALIDITY_POLICY.conflictMinutes;
  const conflict: ConflictOptions = { elapsedMs, withinMs: conflictMinutes * 60_000, spo2Scale };
  const from = (vitals: readonly Vital[]) => choose(candidatesOf(observed, vitals), conflict);

  const chosen: { readonly [parameter in News2Parameter]: Chosen | null } = {
    rr: from(RESPIRATION_SOURCES),
    spo2: from(['spo2']),
    oxygen: choose(oxygenCandidates(observed), conflict),
    sbp: from(SYSTOLIC_SOURCES),
    hr: from(PULSE_SOURCES),
    consciousness: from(['acvpu']),
    temp: from(['temp_c']),
  };
  const diastolic = DIASTOLIC_OF[chosen.sbp?.input.vital ?? 'sbp'];
  const oxygen = chosen.oxygen?.value;
  const vitals: Vitals = {
    rr: asNumber(chosen.rr),
    spo2: asNumber(chosen.spo2),
    spo2_scale: spo2Scale,
    on_oxygen: typeof oxygen === 'boolean' ? oxygen : null,
    temp_c: asNumber(chosen.temp),
    sbp: asNumber(chosen.sbp),
    dbp: diastolic === undefined ? null : asNumber(from([diastolic])),
    hr: asNumber(chosen.hr),
    acvpu: ACVPU.find((level) => level === chosen.consciousness?.value) ?? null,
  };

  const inputs: { [parameter in News2Parameter]?: ScoringInput } = {};
  const currentParameters: News2Parameter[] = [];
  let oldestAgeMs: number | null = null;
  for (const parameter of NEWS2_PARAMETERS) {
    const one = chosen[parameter];
    if (one === null) continue;
    inputs[parameter] = one.input;
    if (one.input.state === 'current') currentParameters.push(parameter);
    oldestAgeMs = Math.max(oldestAgeMs ?? 0, one.input.ageMs);
  }
  return { vitals, oldestAgeMs, inputs, currentParameters };
}

/** What each parameter can be measured as. */
const VITALS_OF_PARAMETER: { readonly [parameter in News2Parameter]: readonly Vital[] } = {
  rr: RESPIRATION_SOURCES,
  spo2: ['spo2'],
  oxygen: ['on_oxygen'],
  sbp: SYSTOLIC_SOURCES,
  hr: PULSE_SOURCES,
  consciousness: ['acvpu'],
  temp: ['temp_c'],
};

/**
 * The parameters that cannot be measured now, by what the monitor said last: its sensor is the one that scores, or
 * nothing scores and the sensor is one that could. A cuff's pressure is not lost with the arterial line.
 */
export function unavailableParameters(
  inputs: ScoringVitals['inputs'],
  unavailable: readonly Vital[],
): News2Parameter[] {
  return NEWS2_PARAMETERS.filter((parameter) => {
    const scores = inputs[parameter]?.vital;
    const concerned = scores === undefined ? VITALS_OF_PARAMETER[parameter] : [scores];
    return concerned.some((vital) => unavailable.includes(vital));
  });
}
