/**
 * Facts: everything a text about an alert may speak of, computed by code from the record. No identity in it.
 *
 * Rule text, plan, prompt and verifier all read the same facts, so what may be claimed is decided in one place.
 */
import { type ChartBand, chartBand, type Direction, type NumericParameter } from '../scoring/chart.ts';
import { derive } from '../scoring/derived.ts';
import { type Assessment, assess, type News2Patient, scoreNews2 } from '../scoring/news2.ts';
import {
  isApplicable,
  NEWS2_PARAMETERS,
  type News2Parameter,
  type Score,
  VITAL_OF_PARAMETER,
  type Vitals,
} from '../scoring/score.ts';
import type { FactsInput, FactsPassage, TriggerFacts } from './explanation.ts';

export const NUMERIC_PARAMETERS: readonly NumericParameter[] = ['rr', 'spo2', 'sbp', 'hr', 'temp'];

/** A parameter that scores, with what it scores. */
export interface Driver {
  readonly parameter: News2Parameter;
  readonly points: number;
}

/** A reading that counted though it was no longer current, with its age when the facts were taken. */
export interface StaleReading {
  readonly parameter: News2Parameter;
  readonly minutes_old: number;
}

/** How a number differs from the previous set of vitals. */
export interface Change {
  readonly parameter: NumericParameter;
  readonly from: number;
  readonly to: number;
  /** Size of the difference, at the chart's resolution; its sign is in `trend`. */
  readonly difference: number;
  readonly trend: 'rising' | 'falling' | 'unchanged';
}

/** The body system in which the rules see the points; `several` where more than one system scores. */
export const PATTERNS = [
  'none',
  'breathing',
  'circulation',
  'temperature',
  'consciousness',
  'breathing-circulation',
  'several',
] as const;
export type Pattern = (typeof PATTERNS)[number];

export interface Facts {
  readonly vitals: Vitals;
  readonly previous: { readonly vitals: Vitals; readonly minutes_ago: number } | null;
  readonly news2: Score;
  readonly previousNews2: Score | null;
  readonly derived: { readonly map: number | null; readonly shock_index: number | null };
  readonly policy: Readonly<Record<string, string | number | boolean>>;
  readonly passages: readonly FactsPassage[];
  /** The chart's band of each measured number. */
  readonly bands: { readonly [parameter in NumericParameter]?: ChartBand };
  readonly directions: { readonly [parameter in NumericParameter]?: Direction };
  /** Parameters with points, heaviest first, then in the chart's order. */
  readonly drivers: readonly Driver[];
  /** Parameters that were not measured, in the chart's order. */
  readonly missing: readonly News2Parameter[];
  /** What the chart asks for at the total or its lower bound; null where no score applies. */
  readonly assessment: Assessment | null;
  readonly pattern: Pattern;
  readonly changes: readonly Change[];
  /** Median slopes over a stated window, in the chart's order; only what is known. */
  readonly trends: readonly NonNullable<FactsInput['trends']>[number][];
  /** In the chart's order. */
  readonly stale: readonly StaleReading[];
  /** What made the alert ring; null where the facts belong to none. */
  readonly trigger: TriggerFacts | null;
  /** What the monitor says it cannot measure, in the chart's order. */
  readonly unavailable: readonly News2Parameter[];
}

function readingOf(vitals: Vitals, parameter: NumericParameter): number | null {
  return vitals[VITAL_OF_PARAMETER[parameter]] ?? null;
}

function bandsOf(vitals: Vitals): Facts['bands'] {
  const context = { scale: vitals.spo2_scale, onOxygen: vitals.on_oxygen };
  const bands: { [parameter in NumericParameter]?: ChartBand } = {};
  for (const parameter of NUMERIC_PARAMETERS) {
    const value = readingOf(vitals, parameter);
    const band = value === null ? null : chartBand(parameter, value, context);
    if (band !== null) bands[parameter] = band;
  }
  return bands;
}

function directionsOf(bands: Facts['bands']): Facts['directions'] {
  const directions: { [parameter in NumericParameter]?: Direction } = {};
  for (const parameter of NUMERIC_PARAMETERS) {
    const band = bands[parameter];
    if (band !== undefined) directions[parameter] = band.direction;
  }
  return directions;
}

function driversOf(score: Score): readonly Driver[] {
  if (!isApplicable(score)) return [];
  const { points } = score;
  return NEWS2_PARAMETERS.map((parameter) => ({ parameter, points: points[parameter] ?? 0 }))
    .filter((driver) => driver.points > 0)
    .sort((one, other) => other.points - one.points);
}

function isMeasured(vitals: Vitals, parameter: News2Parameter): boolean {
  const value = vitals[VITAL_OF_PARAMETER[parameter]];
  return value !== null && value !== undefined;
}

function assessmentOf(score: Score): Assessment | null {
  if (!isApplicable(score)) return null;
  const total = score.complete ? score.total : score.min_total;
  return assess(total, score.red_parameters.length > 0);
}

const SYSTEM_OF_PARAMETER = {
  rr: 'breathing',
  spo2: 'breathing',
  oxygen: 'breathing',
  sbp: 'circulation',
  hr: 'circulation',
  consciousness: 'consciousness',
  temp: 'temperature',
} as const satisfies Record<News2Parameter, Pattern>;

function patternOf(drivers: readonly Driver[]): Pattern {
  const systems = new Set(drivers.map(({ parameter }) => SYSTEM_OF_PARAMETER[parameter]));
  const [only] = systems;
  if (only === undefined) return 'none';
  if (systems.size === 1) return only;
  if (systems.size === 2 && systems.has('breathing') && systems.has('circulation'))
    return 'breathing-circulation';
  return 'several';
}

function changesOf(previous: Vitals, current: Vitals): readonly Change[] {
  const changes: Change[] = [];
  for (const parameter of NUMERIC_PARAMETERS) {
    const from = readingOf(previous, parameter);
    const to = readingOf(current, parameter);
    if (from === null || to === null) continue;
    // One decimal is the finest resolution of the chart; it also removes binary noise (38.4 - 37.1).
    const difference = Math.round(Math.abs(to - from) * 10) / 10;
    const trend = difference === 0 ? 'unchanged' : to > from ? 'rising' : 'falling';
    changes.push({ parameter, from, to, difference, trend });
  }
  return changes;
}

/**
 * Completes facts: computes score, derived values, directions, drivers, pattern and changes where the input
 * does not bring them. Units as in `vitalsSchema`. A score that came with the input is kept as it is: an alert's
 * facts are a snapshot.
 */
export function completeFacts(input: FactsInput, patient: News2Patient = {}): Facts {
  const { vitals } = input;
  const news2 = input.news2 ?? scoreNews2(vitals, patient);
  const previous = input.previous ?? null;
  const computed = derive(vitals);
  const trigger = input.trigger ?? null;
  // The value that rang is the one that the text tells, and no second one beside it from another pair of pressures.
  const rang = (rule: TriggerFacts['rule']) => (trigger?.rule === rule ? trigger.value : null);
  const bands = bandsOf(vitals);
  const drivers = driversOf(news2);
  return {
    vitals,
    previous,
    news2,
    previousNews2: previous === null ? null : scoreNews2(previous.vitals, patient),
    derived: {
      map: rang('map-low') ?? input.derived?.map ?? computed.map ?? null,
      shock_index: rang('shock-index') ?? input.derived?.shock_index ?? computed.shock_index ?? null,
    },
    policy: input.policy ?? {},
    passages: input.passages ?? [],
    bands,
    directions: directionsOf(bands),
    drivers,
    missing: NEWS2_PARAMETERS.filter((parameter) => !isMeasured(vitals, parameter)),
    assessment: assessmentOf(news2),
    pattern: patternOf(drivers),
    changes: previous === null ? [] : changesOf(previous.vitals, vitals),
    trends: NUMERIC_PARAMETERS.flatMap(
      (parameter) => input.trends?.find((trend) => trend.parameter === parameter) ?? [],
    ),
    stale: NEWS2_PARAMETERS.flatMap(
      (parameter) => input.stale?.find((reading) => reading.parameter === parameter) ?? [],
    ),
    trigger,
    unavailable: NEWS2_PARAMETERS.filter((parameter) => input.unavailable?.includes(parameter) === true),
  };
}

/** The value of a numeric parameter as the facts hold it, or null where it was not measured. */
export function measured(facts: Facts, parameter: NumericParameter): number | null {
  return readingOf(facts.vitals, parameter);
}

export function isNumericParameter(parameter: News2Parameter): parameter is NumericParameter {
  return parameter !== 'oxygen' && parameter !== 'consciousness';
}
