/**
 * The vitals this program knows, with their unit and the range outside which a value cannot be physiology.
 *
 * A pressure that tells its site is its own vital (`sbp_art`, `sbp_nibp`): an arterial line and a cuff measure
 * different things at different times. Which of them scores is decided in `readings.ts`, never by storage order.
 */

/** Vitals that carry a number. The order is the order of columns in the store and of rows in exports. */
export const NUMERIC_VITALS = [
  'hr',
  'pulse',
  'pulse_art',
  'rr',
  'rr_pleth',
  'spo2',
  'temp_c',
  'sbp',
  'dbp',
  'map',
  'sbp_art',
  'dbp_art',
  'map_art',
  'sbp_nibp',
  'dbp_nibp',
  'map_nibp',
  'o2_flow',
  'fio2',
  'etco2',
  'cvp',
] as const;
export type NumericVital = (typeof NUMERIC_VITALS)[number];

/** Consciousness on the NEWS2 chart: Alert, new Confusion, Voice, Pain, Unresponsive. */
export const ACVPU = ['A', 'C', 'V', 'P', 'U'] as const;
export type Acvpu = (typeof ACVPU)[number];

/** Every vital, with the type of its value. */
export type VitalValues = { [vital in NumericVital]?: number } & { on_oxygen?: boolean; acvpu?: Acvpu };
export type Vital = keyof VitalValues;
export const VITALS: readonly Vital[] = [...NUMERIC_VITALS, 'on_oxygen', 'acvpu'];

export interface VitalRange {
  /** UCUM unit in which the program stores and computes the vital. */
  readonly unit: '/min' | '%' | 'Cel' | 'mm[Hg]' | 'L/min';
  /** Least value that can be physiology; anything below is refused with a reason. */
  readonly least: number;
  readonly most: number;
  /** Decimals a chart keeps; a value is rounded to them once, on the way in. */
  readonly decimals: 0 | 1;
}

/**
 * Unit, plausibility and resolution of each numeric vital.
 * Source of the limits: ours, wider than any living adult's value and narrower than every device sentinel of
 * the clinical reference (−999, −100, −1, 8388607); a rate or a saturation of 0 is a lost signal, not a reading.
 */
export const VITAL_RANGES: { readonly [vital in NumericVital]: VitalRange } = {
  hr: { unit: '/min', least: 10, most: 300, decimals: 0 },
  pulse: { unit: '/min', least: 10, most: 300, decimals: 0 },
  pulse_art: { unit: '/min', least: 10, most: 300, decimals: 0 },
  rr: { unit: '/min', least: 1, most: 90, decimals: 0 },
  rr_pleth: { unit: '/min', least: 1, most: 90, decimals: 0 },
  spo2: { unit: '%', least: 30, most: 100, decimals: 0 },
  temp_c: { unit: 'Cel', least: 20, most: 45, decimals: 1 },
  sbp: { unit: 'mm[Hg]', least: 20, most: 320, decimals: 0 },
  dbp: { unit: 'mm[Hg]', least: 5, most: 220, decimals: 0 },
  map: { unit: 'mm[Hg]', least: 10, most: 260, decimals: 0 },
  sbp_art: { unit: 'mm[Hg]', least: 20, most: 320, decimals: 0 },
  dbp_art: { unit: 'mm[Hg]', least: 5, most: 220, decimals: 0 },
  map_art: { unit: 'mm[Hg]', least: 10, most: 260, decimals: 0 },
  sbp_nibp: { unit: 'mm[Hg]', least: 20, most: 320, decimals: 0 },
  dbp_nibp: { unit: 'mm[Hg]', least: 5, most: 220, decimals: 0 },
  map_nibp: { unit: 'mm[Hg]', least: 10, most: 260, decimals: 0 },
  o2_flow: { unit: 'L/min', least: 0, most: 80, decimals: 1 },
  fio2: { unit: '%', least: 21, most: 100, decimals: 0 },
  etco2: { unit: 'mm[Hg]', least: 1, most: 150, decimals: 0 },
  cvp: { unit: 'mm[Hg]', least: -10, most: 60, decimals: 0 },
};
