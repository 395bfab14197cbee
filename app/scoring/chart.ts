/**
 * The NEWS2 chart: which points a value has, and the limits of the band that it lies in.
 * Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017, chart 1.
 *
 * A scale lists only where each band starts. A band ends where the next one starts, so no value, however fine,
 * can fall between two bands and score 0 by accident.
 */
import { VITAL_RANGES, type VitalRange } from '../observation/vital.ts';
import type { News2Parameter } from './score.ts';

export type Points = 0 | 1 | 2 | 3;
export type Direction = 'low' | 'normal' | 'high';
/** The parameters that carry a number; oxygen and consciousness have no band. */
export type NumericParameter = Exclude<News2Parameter, 'oxygen' | 'consciousness'>;

/** The band that a value lies in. `null` for a limit means that the band is open on that side. */
export interface ChartBand {
  readonly least: number | null;
  readonly most: number | null;
  readonly points: Points;
  readonly direction: Direction;
}

interface BandStart {
  /** Least value of the band; null for the lowest band. */
  readonly from: number | null;
  readonly points: Points;
  readonly direction: Direction;
}

/** What the points of an oxygen saturation depend on besides its value. */
export interface SaturationContext {
  /** Scale 2 is for a prescribed target of 88–92 %; everybody else is on scale 1. */
  readonly scale?: 1 | 2 | null | undefined;
  readonly onOxygen?: boolean | null | undefined;
}

function band(from: number | null, points: Points, direction: Direction): BandStart {
  return { from, points, direction };
}

const RESPIRATION: readonly BandStart[] = [
  band(null, 3, 'low'),
  band(9, 1, 'low'),
  band(12, 0, 'normal'),
  band(21, 2, 'high'),
  band(25, 3, 'high'),
];
const SATURATION_1: readonly BandStart[] = [
  band(null, 3, 'low'),
  band(92, 2, 'low'),
  band(94, 1, 'low'),
  band(96, 0, 'normal'),
];
const SATURATION_2_ON_AIR: readonly BandStart[] = [
  band(null, 3, 'low'),
  band(84, 2, 'low'),
  band(86, 1, 'low'),
  band(88, 0, 'normal'),
];
/** Above the prescribed target on oxygen is too much oxygen; on air it is a good lung and scores 0. */
const SATURATION_2_ON_OXYGEN: readonly BandStart[] = [
  ...SATURATION_2_ON_AIR,
  band(93, 1, 'high'),
  band(95, 2, 'high'),
  band(97, 3, 'high'),
];
/** Least saturation (%) at which scale 2 cannot be read without knowing about oxygen. */
const SATURATION_2_NEEDS_OXYGEN = 93;
const SYSTOLIC: readonly BandStart[] = [
  band(null, 3, 'low'),
  band(91, 2, 'low'),
  band(101, 1, 'low'),
  band(111, 0, 'normal'),
  band(220, 3, 'high'),
];
const PULSE: readonly BandStart[] = [
  band(null, 3, 'low'),
  band(41, 1, 'low'),
  band(51, 0, 'normal'),
  band(91, 1, 'high'),
  band(111, 2, 'high'),
  band(131, 3, 'high'),
];
const TEMPERATURE: readonly BandStart[] = [
  band(null, 3, 'low'),
  band(35.1, 1, 'low'),
  band(36.1, 0, 'normal'),
  band(38.1, 1, 'high'),
  band(39.1, 2, 'high'),
];

/** Plausible range and resolution of each parameter's vital; the resolution is the chart's (1, and 0.1 °C). */
const RANGE_OF_PARAMETER: { readonly [parameter in NumericParameter]: VitalRange } = {
  rr: VITAL_RANGES.rr,
  spo2: VITAL_RANGES.spo2,
  sbp: VITAL_RANGES.sbp,
  hr: VITAL_RANGES.hr,
  temp: VITAL_RANGES.temp_c,
};

/** Rounds a decimal number, half upwards, in decimal arithmetic (35.05 is 35.1, whatever its binary form). */
export function roundDecimals(value: number, decimals: 0 | 1): number {
  // A number so small or so great that it is written with an exponent has no half to lose.
  if (String(value).includes('e')) return Number(value.toFixed(decimals));
  return Number(`${Math.round(Number(`${value}e${decimals}`))}e-${decimals}`);
}

/**
 * A value at the chart's resolution: whole numbers, and one decimal for a temperature. Halves go up, as in
 * ordinary rounding: 8.5/min is 9 (1 point), 35.05 °C is 35.1 (1 point), 38.05 °C is 38.1 (1 point).
 */
export function roundToChart(parameter: NumericParameter, value: number): number {
  return roundDecimals(value, RANGE_OF_PARAMETER[parameter].decimals);
}

/** Whether a value is a number that a living adult can have; anything else is not scored. */
export function isPlausible(parameter: NumericParameter, value: number): boolean {
  const { least, most } = RANGE_OF_PARAMETER[parameter];
  return Number.isFinite(value) && value >= least && value <= most;
}

function saturationScale(value: number, context: SaturationContext): readonly BandStart[] | null {
  if (context.scale !== 2) return SATURATION_1;
  if (value < SATURATION_2_NEEDS_OXYGEN)
    return context.onOxygen === true ? SATURATION_2_ON_OXYGEN : SATURATION_2_ON_AIR;
  if (context.onOxygen === undefined || context.onOxygen === null) return null;
  return context.onOxygen ? SATURATION_2_ON_OXYGEN : SATURATION_2_ON_AIR;
}

function scaleOf(parameter: NumericParameter, value: number, context: SaturationContext) {
  switch (parameter) {
    case 'rr':
      return RESPIRATION;
    case 'spo2':
      return saturationScale(value, context);
    case 'sbp':
      return SYSTOLIC;
    case 'hr':
      return PULSE;
    case 'temp':
      return TEMPERATURE;
  }
}

/**
 * The chart's band that a value lies in, with its limits at the chart's resolution.
 *
 * @param parameter `rr` and `hr` in /min, `spo2` in %, `sbp` in mmHg, `temp` in °C.
 * @param context only read for `spo2`.
 * @returns null where no band can be told: the value is not plausible, or it is a saturation of 93 % or more on
 * scale 2 and nobody has said whether the patient is on oxygen.
 */
export function chartBand(
  parameter: NumericParameter,
  value: number,
  context: SaturationContext = {},
): ChartBand | null {
  if (!isPlausible(parameter, value)) return null;
  const rounded = roundToChart(parameter, value);
  const scale = scaleOf(parameter, rounded, context);
  if (scale === null) return null;
  const index = scale.findLastIndex(({ from }) => from === null || rounded >= from);
  const found = scale[index];
  if (found === undefined) return null;
  const next = scale[index + 1]?.from;
  const { decimals } = RANGE_OF_PARAMETER[parameter];
  const step = decimals === 1 ? 0.1 : 1;
  return {
    least: found.from,
    most: next === undefined || next === null ? null : roundDecimals(next - step, decimals),
    points: found.points,
    direction: found.direction,
  };
}
