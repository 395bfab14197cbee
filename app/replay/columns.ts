/** The columns of a table of vitals: by which of their usual names they are recognised, or as a site maps them. */
import { VITALS, type Vital } from '../observation/vital.ts';

/** What a column may hold beside a vital in the program's own unit. */
export const OTHER_FIELDS = [
  'seconds',
  'time',
  'patient',
  /** At the beginning of the table; under 16 no NEWS2 applies. */
  'age_years',
  /** One value a row: which vital it is, the value, and whether the chart marks it as an error. */
  'vital',
  'value',
  'error',
  'temp_f',
  'o2_device',
  'loc',
  'gcs_total',
  'gcs_eye',
  'gcs_verbal',
  'gcs_motor',
] as const;
export type TableField = (typeof OTHER_FIELDS)[number] | Vital;

export const TABLE_FIELDS: readonly TableField[] = [...OTHER_FIELDS, ...VITALS];

/** Usual names, in lower case with underscores; of two columns for one field the earlier name counts. */
const ALIASES: { readonly [field in TableField]?: readonly string[] } = {
  seconds: ['seconds', 'second', 'elapsed_seconds'],
  time: ['time', 'charttime', 'timestamp', 'datetime', 'date_time', 'observed_at', 'at', 'effective'],
  patient: ['icustay_id', 'stay_id', 'patient', 'patient_id', 'subject_id', 'mrn', 'id'],
  age_years: ['age_years', 'age', 'age_years_at_icu_in'],
  vital: ['vital', 'parameter'],
  value: ['value'],
  error: ['error'],
  temp_f: ['temp_f', 'temperature_f', 'temp_fahrenheit'],
  temp_c: ['temp_c', 'temperature_c', 'temp_celsius', 'temperature_celsius'],
  hr: ['hr', 'heart_rate', 'heartrate'],
  pulse: ['pulse', 'pulse_rate', 'pr'],
  rr: ['rr', 'resp_rate', 'respiratory_rate', 'respiration_rate', 'resprate'],
  spo2: ['spo2', 'sao2_pleth', 'o2_saturation', 'oxygen_saturation'],
  sbp: ['sbp', 'systolic', 'systolic_bp', 'sys_bp', 'bp_systolic'],
  dbp: ['dbp', 'diastolic', 'diastolic_bp', 'dia_bp', 'bp_diastolic'],
  map: ['map', 'mbp', 'mean_bp', 'mean_arterial_pressure'],
  on_oxygen: ['on_oxygen', 'oxygen', 'supplemental_oxygen'],
  acvpu: ['acvpu', 'avpu', 'consciousness'],
  o2_device: ['o2_device', 'oxygen_device', 'o2_delivery_device'],
  o2_flow: ['o2_flow', 'oxygen_flow'],
  fio2: ['fio2', 'inspired_oxygen'],
  loc: ['loc', 'level_of_consciousness'],
  gcs_total: ['gcs_total', 'gcs'],
};

/** A column of the table and what it holds; null: it is not read. */
export interface Column {
  readonly name: string;
  readonly field: TableField | null;
}

export type ColumnMap = ReadonlyMap<string, TableField | null>;

function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
}

export function isTableField(name: string): name is TableField {
  return TABLE_FIELDS.some((field) => field === name);
}

/**
 * What each column holds. A mapped column is what the mapping says, every other one is recognised by its name; a
 * field that two columns could be is the mapped one's, else the one of the more usual name.
 */
export function columnsOf(header: readonly string[], mapping: ColumnMap = new Map()): Column[] {
  const taken = new Map<TableField, number>();
  const mapped = new Map([...mapping].map(([name, field]) => [keyOf(name), field]));
  header.forEach((name, index) => {
    const field = mapped.get(keyOf(name));
    if (field !== undefined && field !== null && !taken.has(field)) taken.set(field, index);
  });
  for (const field of TABLE_FIELDS) {
    if (taken.has(field)) continue;
    for (const alias of ALIASES[field] ?? [field]) {
      const index = header.findIndex((name) => keyOf(name) === alias && !mapped.has(alias));
      if (index === -1) continue;
      taken.set(field, index);
      break;
    }
  }
  const fieldAt = new Map([...taken].map(([field, index]) => [index, field]));
  return header.map((name, index) => ({ name, field: fieldAt.get(index) ?? null }));
}

/** Names of a mapping that no column of the table has, as they were written. */
export function columnsNotIn(header: readonly string[], mapping: ColumnMap): string[] {
  const there = new Set(header.map(keyOf));
  return [...mapping.keys()].filter((name) => !there.has(keyOf(name)));
}
