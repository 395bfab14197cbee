/** The SQL of `patients` and `stays`. Who a patient is stands sealed; a keyed fingerprint finds a known identifier. */
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

export const SEXES = ['F', 'M', 'X', 'unknown'] as const;
export type Sex = (typeof SEXES)[number];

export interface Patient {
  readonly id: string;
  readonly name: string;
  readonly identifier: string;
  /** ISO date; null where nobody told it. */
  readonly birthDate: string | null;
  readonly sex: Sex;
  readonly pregnant: boolean;
  readonly spo2Scale: 1 | 2;
  readonly demonstration: boolean;
}

/** A patient in a bed now. */
export interface Stay {
  readonly patient: Patient;
  readonly bed: string;
  readonly admittedMs: number;
}

const blob = z.instanceof(Uint8Array);
const patientRow = z.object({
  id: z.string(),
  name_sealed: blob,
  identifier_sealed: blob,
  birth_date_sealed: blob.nullable(),
  sex: z.enum(SEXES),
  pregnant: z.number(),
  spo2_scale: z.union([z.literal(1), z.literal(2)]),
  demonstration: z.number(),
});
const stayRow = patientRow.extend({ bed: z.string(), admitted_ms: z.number() });

const PATIENT_COLUMNS =
  'p.id, p.name_sealed, p.identifier_sealed, p.birth_date_sealed, p.sex, p.pregnant, p.spo2_scale, p.demonstration';

export function insertPatient(write: Writer, sealing: Sealing, patient: Patient, at: number): void {
  write.run(
    `INSERT INTO patients (id, identifier_lookup, identifier_sealed, name_sealed, birth_date_sealed, sex, pregnant,
       spo2_scale, demonstration, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    patient.id,
    // A demonstration is never found by an identifier: nothing real may land on it.
    patient.demonstration ? null : identifierLookup(sealing, patient.identifier),
    sealing.seal('patients.identifier', patient.identifier),
    sealing.seal('patients.name', patient.name),
    patient.birthDate === null ? null : sealing.seal('patients.birth_date', patient.birthDate),
    patient.sex,
    Number(patient.pregnant),
    patient.spo2Scale,
    Number(patient.demonstration),
    at,
  );
}

/** The particulars of a patient who is admitted again, as told now. */
export function updatePatient(write: Writer, sealing: Sealing, patient: Patient): void {
  write.run(
    'UPDATE patients SET name_sealed = ?, birth_date_sealed = ?, sex = ?, pregnant = ? WHERE id = ?',
    sealing.seal('patients.name', patient.name),
    patient.birthDate === null ? null : sealing.seal('patients.birth_date', patient.birthDate),
    patient.sex,
    Number(patient.pregnant),
    patient.id,
  );
}

export function findPatientByIdentifier(read: Reader, sealing: Sealing, identifier: string): Patient | null {
  const row = read.one(
    patientRow,
    `SELECT ${PATIENT_COLUMNS} FROM patients p WHERE p.identifier_lookup = ?`,
    identifierLookup(sealing, identifier),
  );
  return row === null ? null : patientOf(row, sealing);
}

export function openStay(
  write: Writer,
  stay: { patientId: string; bed: string; demonstration: boolean; at: number },
): void {
  write.run(
    'INSERT INTO stays (patient_id, bed, demonstration, admitted_ms) VALUES (?, ?, ?, ?)',
    stay.patientId,
    stay.bed,
    Number(stay.demonstration),
    stay.at,
  );
}

export function endStay(write: Writer, patientId: string, at: number): void {
  write.run('UPDATE stays SET left_ms = ? WHERE patient_id = ? AND left_ms IS NULL', at, patientId);
}

/** Everybody who is in a bed, in the order of admission. */
export function readOpenStays(read: Reader, sealing: Sealing): Stay[] {
  return read
    .all(
      stayRow,
      `SELECT ${PATIENT_COLUMNS}, s.bed, s.admitted_ms FROM stays s JOIN patients p ON p.id = s.patient_id
       WHERE s.left_ms IS NULL ORDER BY s.id`,
    )
    .map((row) => ({ patient: patientOf(row, sealing), bed: row.bed, admittedMs: row.admitted_ms }));
}

export function readPatient(read: Reader, sealing: Sealing, patientId: string): Patient | null {
  const row = read.one(patientRow, `SELECT ${PATIENT_COLUMNS} FROM patients p WHERE p.id = ?`, patientId);
  return row === null ? null : patientOf(row, sealing);
}

function identifierLookup(sealing: Sealing, identifier: string): Uint8Array {
  return sealing.lookup('patients.identifier', identifier.trim().toUpperCase());
}

function patientOf(row: z.infer<typeof patientRow>, sealing: Sealing): Patient {
  return {
    id: row.id,
    name: sealing.openText('patients.name', row.name_sealed),
    identifier: sealing.openText('patients.identifier', row.identifier_sealed),
    birthDate:
      row.birth_date_sealed === null ? null : sealing.openText('patients.birth_date', row.birth_date_sealed),
    sex: row.sex,
    pregnant: row.pregnant === 1,
    spo2Scale: row.spo2_scale,
    demonstration: row.demonstration === 1,
  };
}
