/**
 * The National Early Warning Score 2 of one set of vitals.
 * Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017, charts 1 to 4.
 *
 * A missing parameter never counts as 0. The score is then incomplete and tells its lower bound: the sum of the
 * points that are certain.
 */
import type { Acvpu } from '../observation/vital.ts';
import {
  chartBand,
  isPlausible,
  type NumericParameter,
  type Points,
  type SaturationContext,
} from './chart.ts';
import {
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
  type Vitals,
} from './score.ts';

/** What decides whether the score may be used at all. Unknown (null or absent) means an adult who is not pregnant. */
export interface News2Patient {
  readonly age_years?: number | null | undefined;
  readonly pregnant?: boolean | null | undefined;
}

/** The chart is validated from this age. */
export const NEWS2_LEAST_AGE_YEARS = 16;
/** Totals from which the chart asks for an emergency and for an urgent assessment. */
export const NEWS2_HIGH_TOTAL = 7;
export const NEWS2_MEDIUM_TOTAL = 5;
/** Points at which one parameter alone asks for a review ("red"). */
export const NEWS2_RED_POINTS = 3;

type CompleteScore = Extract<Score, { complete: true }>;
export type Monitoring = CompleteScore['min_monitoring'];
export type Assessment = Pick<CompleteScore, 'risk' | 'min_monitoring' | 'response'>;

const OXYGEN_POINTS = 2;

/** New confusion, voice, pain and unresponsive all score 3; only alert scores 0. */
const CONSCIOUSNESS_POINTS: { readonly [level in Acvpu]: Points } = { A: 0, C: 3, V: 3, P: 3, U: 3 };

/** What the chart asks for at a total: risk, least frequency of observation and kind of response. */
export function assess(total: number, hasRedParameter: boolean): Assessment {
  if (total >= NEWS2_HIGH_TOTAL) return { risk: 'high', min_monitoring: 'continuous', response: 'emergency' };
  if (total >= NEWS2_MEDIUM_TOTAL) return { risk: 'medium', min_monitoring: '1h', response: 'urgent' };
  if (hasRedParameter) return { risk: 'low-medium', min_monitoring: '1h', response: 'urgent-ward-based' };
  return { risk: 'low', min_monitoring: total === 0 ? '12h' : '4-6h', response: 'ward-based' };
}

/**
 * The least frequency of observation that a score asks for; an incomplete one by its lower bound. Null where no
 * score applies.
 */
export function monitoringOf(score: Score): Monitoring | null {
  if ('applicable' in score) return null;
  if (score.complete) return score.min_monitoring;
  return assess(score.min_total, score.red_parameters.length > 0).min_monitoring;
}

/** Points of one parameter; `missing` where it was not measured, `undetermined` where another input decides. */
type Scored = Points | 'missing' | 'undetermined';

function scoreNumber(
  parameter: NumericParameter,
  value: number | null | undefined,
  context: SaturationContext,
): Scored {
  if (value === null || value === undefined || !isPlausible(parameter, value)) return 'missing';
  return chartBand(parameter, value, context)?.points ?? 'undetermined';
}

function scoreParameter(parameter: News2Parameter, vitals: Vitals): Scored {
  const context = { scale: vitals.spo2_scale, onOxygen: vitals.on_oxygen };
  switch (parameter) {
    case 'oxygen':
      if (vitals.on_oxygen === null || vitals.on_oxygen === undefined) return 'missing';
      return vitals.on_oxygen ? OXYGEN_POINTS : 0;
    case 'consciousness':
      if (vitals.acvpu === null || vitals.acvpu === undefined) return 'missing';
      return CONSCIOUSNESS_POINTS[vitals.acvpu];
    default:
      return scoreNumber(parameter, vitals[VITAL_OF_PARAMETER[parameter]], context);
  }
}

/** Why the score must not be used for a patient, or null where it may. */
function notApplicable(patient: News2Patient): 'under-16' | 'pregnant' | null {
  const age = patient.age_years;
  if (age !== null && age !== undefined && age < NEWS2_LEAST_AGE_YEARS) return 'under-16';
  return patient.pregnant === true ? 'pregnant' : null;
}

/**
 * Scores one set of vitals.
 *
 * - Units: /min, %, °C, mmHg. No `spo2_scale` means scale 1. Values are rounded to the chart's resolution first
 *   (`roundToChart`).
 * - A number that is not finite or not plausible counts as missing, so that nothing can score a NaN; callers
 *   that take input from outside refuse such a value first (`readNews2Input`).
 * - Oxygen unknown and a saturation of 93 % or more on scale 2: its points may be 0 to 3, so the lower bound
 *   takes 0, `points` has no entry for it and `undetermined` names it.
 */
export function scoreNews2(vitals: Vitals, patient: News2Patient = {}): Score {
  const reason = notApplicable(patient);
  if (reason !== null) return { applicable: false, reason };

  const points: { [parameter in News2Parameter]?: Points } = {};
  const missing: (typeof VITAL_OF_PARAMETER)[News2Parameter][] = [];
  const undetermined: News2Parameter[] = [];
  let total = 0;
  for (const parameter of NEWS2_PARAMETERS) {
    const scored = scoreParameter(parameter, vitals);
    if (scored === 'missing') missing.push(VITAL_OF_PARAMETER[parameter]);
    else if (scored === 'undetermined') undetermined.push(parameter);
    else {
      points[parameter] = scored;
      total += scored;
    }
  }
  const red_parameters = NEWS2_PARAMETERS.filter((parameter) => points[parameter] === NEWS2_RED_POINTS);

  if (missing.length === 0)
    return { complete: true, total, points, red_parameters, ...assess(total, red_parameters.length > 0) };
  const incomplete = { complete: false as const, min_total: total, missing, points, red_parameters };
  return undetermined.length === 0 ? incomplete : { ...incomplete, undetermined };
}
