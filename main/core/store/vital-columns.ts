/** One column a vital, in the order of `app/observation/vital.ts`; the store test holds table and list together. */
import {
  ACVPU,
  type Acvpu,
  NUMERIC_VITALS,
  VITALS,
  type Vital,
  type VitalValues,
} from '../../../app/observation/vital.ts';

export const VITAL_COLUMN_NAMES = VITALS.join(', ');

/** The vitals of a row; NULL is absence. Throws where a column holds something else than the schema allows. */
export function vitalsOfRow(row: { readonly [column: string]: unknown }): VitalValues {
  const values: VitalValues = {};
  for (const vital of NUMERIC_VITALS) {
    const value = row[vital];
    if (value === null) continue;
    if (typeof value !== 'number') throw new Error(`column ${vital} holds no number`);
    values[vital] = value;
  }
  if (row.on_oxygen !== null) values.on_oxygen = row.on_oxygen === 1;
  const acvpu = row.acvpu;
  if (acvpu !== null) values.acvpu = acvpuOf(acvpu);
  return values;
}

/** A level as the column holds it. Throws where it is none. */
export function acvpuOf(value: unknown): Acvpu {
  const level = ACVPU.find((known) => known === value);
  if (level === undefined) throw new Error('column acvpu holds no level');
  return level;
}

/** The values for an INSERT, in the order of `VITAL_COLUMN_NAMES`. */
export function vitalColumnValues(values: VitalValues): (number | string | null)[] {
  return [
    ...NUMERIC_VITALS.map((vital) => values[vital] ?? null),
    values.on_oxygen === undefined ? null : Number(values.on_oxygen),
    values.acvpu ?? null,
  ];
}

/** Vitals as bits, the first vital of the list being bit 0: the order of the columns, held by the store test. */
export function maskOfVitals(vitals: readonly Vital[]): number {
  return vitals.reduce((mask, vital) => mask | (1 << VITALS.indexOf(vital)), 0);
}

export function vitalsOfMask(mask: number): Vital[] {
  return VITALS.filter((_, bit) => (mask & (1 << bit)) !== 0);
}
