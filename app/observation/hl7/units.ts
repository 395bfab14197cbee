/**
 * The unit of a value on the wire, and its conversion to the unit in which the program keeps that vital.
 * Convert or refuse, never guess: a unit that is not known, or missing where the code does not fix it, refuses
 * the value.
 *
 * Sources: ISO/IEEE 11073-10101 dimension codes (partition 4; on the wire 262144 + code), Philips MDIL (the same
 * codes in hex after `0004-`), UCUM.
 */
import { type NumericVital, VITAL_RANGES } from '../vital.ts';
import { type Fraction, isWithin, parseDecimal, roundedHalfUp, scaled } from './decimal.ts';

export type Unit =
  | 'per-minute'
  /** Per minute, and the sender says of what: settles a code whose number and text disagree. */
  | 'beats-per-minute'
  | 'breaths-per-minute'
  | 'percent'
  | 'fraction'
  | 'celsius'
  | 'fahrenheit'
  | 'mmhg'
  | 'kpa'
  | 'cmh2o'
  | 'litres-per-minute';

export type UnitReading =
  | { readonly kind: 'unit'; readonly unit: Unit }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown' };

/** 11073-10101 dimension codes without their partition. */
const DIMENSIONS: ReadonlyMap<number, Unit> = new Map([
  [512, 'fraction'],
  [544, 'percent'],
  [2720, 'beats-per-minute'],
  [2784, 'breaths-per-minute'],
  [3072, 'litres-per-minute'],
  [3843, 'kpa'],
  [3872, 'mmhg'],
  [3904, 'cmh2o'],
  [4416, 'fahrenheit'],
  [6048, 'celsius'],
  // Not in the standard, but sent for °F by monitors in the field (268160 and 268224 on the wire).
  [6016, 'fahrenheit'],
  [6080, 'fahrenheit'],
]);
const DIMENSION_PARTITION = 262144;

const UNIT_NAMES: { readonly [unit in Unit]: readonly string[] } = {
  'per-minute': ['/min', '1/min', 'min-1', 'min^-1', 'bpm', 'rpm', 'brpm', 'permin', 'x/min'],
  'beats-per-minute': ['{beats}/min', '{beat}/min', 'beats/min', 'beat/min', 'mdc_dim_beat_per_min'],
  'breaths-per-minute': [
    ...['{breaths}/min', '{breath}/min', 'breaths/min', 'breath/min', '{resp}/min', 'resp/min'],
    ...['mdc_dim_resp_per_min', 'mdc_dim_breaths_per_min'],
  ],
  percent: ['%', 'percent', 'mdc_dim_percent', '%{vol}', 'vol%', '{percent}'],
  fraction: ['1', '{fraction}', 'fraction', 'mdc_dim_dimless'],
  celsius: [
    'cel',
    'c',
    '°c',
    'ºc',
    '℃',
    'degc',
    'deg.c',
    'celsius',
    'degreecelsius',
    'degreescelsius',
    'mdc_dim_degc',
  ],
  fahrenheit: [
    ...[
      '[degf]',
      'degf',
      'deg.f',
      'f',
      '°f',
      'ºf',
      '℉',
      'fahrenheit',
      'degreefahrenheit',
      'degreesfahrenheit',
    ],
    'mdc_dim_fahr',
  ],
  mmhg: ['mmhg', 'mm[hg]', 'mdc_dim_mmhg', 'mm(hg)'],
  kpa: ['kpa', 'mdc_dim_kilo_pascal'],
  cmh2o: ['cmh2o', 'cm[h2o]', 'mdc_dim_cm_h2o'],
  'litres-per-minute': [
    'l/min',
    'lpm',
    'litres/min',
    'liters/min',
    'mdc_dim_l_per_min',
    'mdc_dim_x_l_per_min',
  ],
};
const BY_NAME: ReadonlyMap<string, Unit> = new Map(
  Object.entries(UNIT_NAMES).flatMap(([unit, names]) =>
    isUnit(unit) ? names.map((name): [string, Unit] => [name, unit]) : [],
  ),
);

function isUnit(name: string): name is Unit {
  return name in UNIT_NAMES;
}

function unitOfName(name: string): Unit | undefined {
  return BY_NAME.get(name.toLowerCase().replaceAll(/\s+/g, ''));
}

function unitOfCode(code: string): Unit | undefined {
  const mdil = /^0004-([0-9a-f]{4})$/i.exec(code)?.[1];
  if (mdil !== undefined) return DIMENSIONS.get(Number.parseInt(mdil, 16));
  return /^26\d{4}$/.test(code) ? DIMENSIONS.get(Number(code) - DIMENSION_PARTITION) : undefined;
}

/**
 * The unit of OBX-6 from its identifier and its text. The text wins where both are known: senders have been
 * seen to write three different numbers for °F beside the right text.
 */
export function readUnit(code: string, text: string): UnitReading {
  if (code === '' && text === '') return { kind: 'missing' };
  const unit = unitOfName(text) ?? unitOfName(code) ?? unitOfCode(code);
  return unit === undefined ? { kind: 'unknown' } : { kind: 'unit', unit };
}

const ONE: Fraction = { numerator: 1n, denominator: 1n };
const ZERO: Fraction = { numerator: 0n, denominator: 1n };
interface Conversion {
  readonly factor: Fraction;
  readonly offset: Fraction;
}
const AS_IT_IS: Conversion = { factor: ONE, offset: ZERO };
/** °C = (°F − 32) × 5/9 */
const FROM_FAHRENHEIT: Conversion = {
  factor: { numerator: 5n, denominator: 9n },
  offset: { numerator: -160n, denominator: 9n },
};
/** UCUM: 1 mm[Hg] = 133.322 Pa, 1 cm[H2O] = 98.0665 Pa. */
const FROM_KILOPASCAL: Conversion = { factor: { numerator: 1000000n, denominator: 133322n }, offset: ZERO };
const FROM_CM_WATER: Conversion = { factor: { numerator: 980665n, denominator: 1333220n }, offset: ZERO };
const FROM_FRACTION: Conversion = { factor: { numerator: 100n, denominator: 1n }, offset: ZERO };

const PER_MINUTE: ReadonlyMap<Unit, Conversion> = new Map([
  ['per-minute', AS_IT_IS],
  ['beats-per-minute', AS_IT_IS],
  ['breaths-per-minute', AS_IT_IS],
]);
const CONVERSIONS: {
  readonly [kept in (typeof VITAL_RANGES)[NumericVital]['unit']]: ReadonlyMap<Unit, Conversion>;
} = {
  '/min': PER_MINUTE,
  '%': new Map([['percent', AS_IT_IS]]),
  Cel: new Map([
    ['celsius', AS_IT_IS],
    ['fahrenheit', FROM_FAHRENHEIT],
  ]),
  'mm[Hg]': new Map([
    ['mmhg', AS_IT_IS],
    ['kpa', FROM_KILOPASCAL],
    ['cmh2o', FROM_CM_WATER],
  ]),
  'L/min': new Map([['litres-per-minute', AS_IT_IS]]),
};

/** True where a value of this vital can stand in this unit. */
export function fitsUnit(vital: NumericVital, unit: Unit): boolean {
  if (vital === 'fio2' && unit === 'fraction') return true;
  if (unit === 'beats-per-minute' && (vital === 'rr' || vital === 'rr_pleth')) return false;
  if (unit === 'breaths-per-minute' && !(vital === 'rr' || vital === 'rr_pleth')) return false;
  return CONVERSIONS[VITAL_RANGES[vital].unit].has(unit);
}

/** Inspired oxygen as a fraction runs from 0.21 to 1, as a percentage from 21 to 100: the two never overlap. */
function isOxygenFraction(value: Fraction): boolean {
  return value.numerator <= value.denominator && value.numerator * 100n >= 21n * value.denominator;
}

/** A rate or a saturation has one unit in every code system; a pressure or a temperature has not. */
function unitGoesWithoutSaying(vital: NumericVital): boolean {
  const { unit } = VITAL_RANGES[vital];
  return unit === '/min' || unit === '%';
}

function conversionFor(
  vital: NumericVital,
  value: Fraction,
  unit: UnitReading,
  unitFixedByCode: boolean,
): Conversion | 'unit-unknown' | 'unit-missing' | 'unit-unfit' {
  if (unit.kind === 'unknown') return 'unit-unknown';
  const untoldFraction = unit.kind === 'missing' || unit.unit === 'fraction';
  if (vital === 'fio2' && untoldFraction && isOxygenFraction(value)) return FROM_FRACTION;
  if (unit.kind === 'missing')
    return unitFixedByCode || unitGoesWithoutSaying(vital) ? AS_IT_IS : 'unit-missing';
  return CONVERSIONS[VITAL_RANGES[vital].unit].get(unit.unit) ?? 'unit-unfit';
}

const DOT = 0x2e;
const DIGIT_0 = 0x30;

/** A short plain number in tenths: what nearly every monitor sends, and exact without big integers. */
function tenthsOf(text: string, from = 0, end = text.length): number | null {
  const dot = end - from > 2 && text.charCodeAt(end - 2) === DOT;
  const wholeEnd = dot ? end - 2 : end;
  if (wholeEnd - from < 1 || wholeEnd - from > 4) return null;
  let number = 0;
  for (let at = from; at < end; at++) {
    if (dot && at === wholeEnd) continue;
    const digit = text.charCodeAt(at) - DIGIT_0;
    if (digit < 0 || digit > 9) return null;
    number = 10 * number + digit;
  }
  return dot ? number : 10 * number;
}

/** The value of so many tenths of its own unit, rounded half up to what the chart keeps; null where it is implausible. */
function keptTenths(vital: NumericVital, tenths: number): number | null {
  const { least, most, decimals } = VITAL_RANGES[vital];
  if (tenths < least * 10 || tenths > most * 10) return null;
  return decimals === 1 ? tenths / 10 : Math.floor((tenths + 5) / 10);
}

/** True where a plain number of this vital in this unit stands as it is, whatever it is. */
export function isKeptAsItIs(vital: NumericVital, unit: UnitReading, unitFixedByCode: boolean): boolean {
  // Only of inspired oxygen does the unit hang on the value.
  return vital !== 'fio2' && conversionFor(vital, ZERO, unit, unitFixedByCode) === AS_IT_IS;
}

/**
 * The value of a short plain number that stands in a text from one place to another, for a vital that
 * `isKeptAsItIs`; null where it is another kind of number, none, or implausible: `convertValue` tells which.
 */
export function plainValue(vital: NumericVital, text: string, from: number, end: number): number | null {
  const tenths = tenthsOf(text, from, end);
  return tenths === null ? null : keptTenths(vital, tenths);
}

export type Converted =
  | { readonly ok: true; readonly value: number }
  | {
      readonly ok: false;
      readonly reason: 'not-a-number' | 'unit-unknown' | 'unit-missing' | 'unit-unfit' | 'implausible';
    };

/**
 * A value as text, in the program's unit of that vital: converted exactly, checked against `VITAL_RANGES`, and
 * rounded once, half up, to the decimals the chart keeps.
 * `unitFixedByCode` is true where the code system itself fixes the unit (Mindray's local codes).
 */
export function convertValue(
  vital: NumericVital,
  text: string,
  unit: UnitReading,
  unitFixedByCode: boolean,
): Converted {
  const range = VITAL_RANGES[vital];
  const tenths = tenthsOf(text);
  if (tenths !== null && isKeptAsItIs(vital, unit, unitFixedByCode)) {
    const value = keptTenths(vital, tenths);
    return value === null ? { ok: false, reason: 'implausible' } : { ok: true, value };
  }
  const decimal = parseDecimal(text);
  if (decimal === null) return { ok: false, reason: 'not-a-number' };
  const conversion = conversionFor(vital, decimal, unit, unitFixedByCode);
  if (typeof conversion === 'string') return { ok: false, reason: conversion };
  const value = scaled(decimal, conversion.factor, conversion.offset);
  if (!isWithin(value, range.least, range.most)) return { ok: false, reason: 'implausible' };
  return { ok: true, value: roundedHalfUp(value, range.decimals) };
}
