/** The columns of a table of vitals: by which of their usual names they are recognised, or as a site maps them. */
import { readUnit, type UnitReading } from '../observation/hl7/units.ts';
import { NUMERIC_VITALS, VITALS, type Vital } from '../observation/vital.ts';

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

/** Names that say which vital it is only together with a unit: a bare temperature may be in either scale. */
const ALIASES_WITH_UNIT: { readonly [field in TableField]?: readonly string[] } = {
  temp_c: ['temp', 'temperature', 'body_temp', 'body_temperature'],
};

/** Vitals whose unit may stand in the heading, "SpO2 (%)". Of a time in brackets there is a zone, which is no unit. */
const WITH_UNIT: ReadonlySet<TableField> = new Set<TableField>([...NUMERIC_VITALS, 'temp_f']);

/** A column of the table and what it holds; null: it is not read. */
export interface Column {
  readonly name: string;
  readonly field: TableField | null;
  /** Of its heading; absent: none is told, and the values are in the unit that goes with the field. */
  readonly unit?: UnitReading;
}

export type ColumnMap = ReadonlyMap<string, TableField | null>;

function keyOf(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_');
}

/**
 * A heading in front of its brackets, and the unit within them. Null where there is none that is known: "Temp (oral)" or
 * "BP (left arm)" has to be mapped by a person.
 */
function unitOfHeading(name: string): { readonly key: string; readonly unit: UnitReading } | null {
  const [, front, within] = /^([^([]+)[([](.+)[)\]]\s*$/.exec(name) ?? [];
  if (front === undefined || within === undefined) return null;
  const unit = readUnit(within.trim(), '');
  return unit.kind === 'unit' ? { key: keyOf(front), unit } : null;
}

export function isTableField(name: string): name is TableField {
  return TABLE_FIELDS.some((field) => field === name);
}

/**
 * What each column holds. A mapped column is what the mapping says, every other one is recognised by its name; a
 * field that two columns could be is the mapped one's, else the one of the more usual name. A vital's heading may have its
 * unit in brackets: its values are converted from it, or refused.
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
  const headings = header.map(unitOfHeading);
  const used = new Set(taken.values());
  for (const field of WITH_UNIT) {
    if (taken.has(field)) continue;
    const index = [...(ALIASES[field] ?? [field]), ...(ALIASES_WITH_UNIT[field] ?? [])]
      .map((alias) =>
        headings.findIndex(
          (one, at) => one?.key === alias && !used.has(at) && !mapped.has(keyOf(header[at] ?? '')),
        ),
      )
      .find((at) => at !== -1);
    if (index === undefined) continue;
    taken.set(field, index);
    used.add(index);
  }
  const fieldAt = new Map([...taken].map(([field, index]) => [index, field]));
  return header.map((name, index) => {
    const field = fieldAt.get(index) ?? null;
    const unit = field !== null && WITH_UNIT.has(field) ? headings[index]?.unit : undefined;
    return unit === undefined ? { name, field } : { name, field, unit };
  });
}

/** Names of a mapping that no column of the table has, as they were written. */
export function columnsNotIn(header: readonly string[], mapping: ColumnMap): string[] {
  const there = new Set(header.map(keyOf));
  return [...mapping.keys()].filter((name) => !there.has(keyOf(name)));
}
