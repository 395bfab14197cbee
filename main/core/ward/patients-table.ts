/** The SQL of `patients` and `stays`. Who a patient is stands sealed; a keyed fingerprint finds a known identifier. */
import { z } from 'zod';
import { NO_POLICIES, type PatientPolicies } from '../../../app/patient/policies.ts';
import { cleanMark } from '../../../app/patient/text.ts';
import { standingPatient } from '../patients/merges-table.ts';
import { standingPolicies } from '../patients/policies-table.ts';
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
  /** What was decided for them; left out: nothing. */
  readonly policies?: PatientPolicies;
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

/** A patient's particulars as they are known now. */
export function updatePatient(write: Writer, sealing: Sealing, patient: Patient): void {
  write.run(
    `UPDATE patients SET name_sealed = ?, birth_date_sealed = ?, sex = ?, pregnant = ?, spo2_scale = ?
     WHERE id = ?`,
    sealing.seal('patients.name', patient.name),
    patient.birthDate === null ? null : sealing.seal('patients.birth_date', patient.birthDate),
    patient.sex,
    Number(patient.pregnant),
    patient.spo2Scale,
    patient.id,
  );
}

/** Who is known by an identifier: the record that stands today, also where another one was merged into it. */
export function findPatientByIdentifier(read: Reader, sealing: Sealing, identifier: string): Patient | null {
  const row = read.one(
    patientRow,
    `SELECT ${PATIENT_COLUMNS} FROM patients p WHERE p.identifier_lookup = ?`,
    identifierLookup(sealing, identifier),
  );
  if (row === null) return null;
  const standing = standingPatient(read, row.id);
  return standing === row.id ? patientOf(read, row, sealing) : readPatient(read, sealing, standing);
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

/** Who ended a stay, and (sealed, `stays.left_note`) why although something was unanswered. */
export interface Leaving {
  readonly by: string | null;
  readonly noteSealed: Uint8Array | null;
}

export function endStay(write: Writer, patientId: string, at: number, leaving?: Leaving): void {
  write.run(
    'UPDATE stays SET left_ms = ?, left_by = ?, left_note_sealed = ? WHERE patient_id = ? AND left_ms IS NULL',
    at,
    leaving?.by ?? null,
    leaving?.noteSealed ?? null,
    patientId,
  );
}

const pastStayRow = z.object({ bed: z.string(), admitted_ms: z.number(), left_ms: z.number().nullable() });

/** Every stay of some records, the newest first. */
export function readStays(read: Reader, patientIds: readonly string[]): z.infer<typeof pastStayRow>[] {
  return read.all(
    pastStayRow,
    'SELECT bed, admitted_ms, left_ms FROM stays WHERE patient_id IN (SELECT value FROM json_each(?)) ORDER BY id DESC',
    JSON.stringify(patientIds),
  );
}

const bedRow = z.object({ bed: z.string() });

/** The names of every bed that somebody was ever in here. */
export function readBedNames(read: Reader): string[] {
  return read.all(bedRow, 'SELECT DISTINCT bed FROM stays WHERE demonstration = 0').map(({ bed }) => bed);
}

/** Real patients, those seen last first; a record that was merged into another is left out. */
export function readLatestPatients(read: Reader, sealing: Sealing, most: number): Patient[] {
  return read
    .all(
      patientRow,
      `SELECT ${PATIENT_COLUMNS} FROM patients p
       WHERE p.demonstration = 0 AND NOT EXISTS (SELECT 1 FROM patient_merges m WHERE m.absorbed = p.id)
       ORDER BY (SELECT max(s.id) FROM stays s WHERE s.patient_id = p.id) DESC, p.created_ms DESC LIMIT ?`,
      most,
    )
    .map((row) => patientOf(read, row, sealing));
}

/** Everybody who is in a bed, in the order of admission. */
export function readOpenStays(read: Reader, sealing: Sealing): Stay[] {
  return read
    .all(
      stayRow,
      `SELECT ${PATIENT_COLUMNS}, s.bed, s.admitted_ms FROM stays s JOIN patients p ON p.id = s.patient_id
       WHERE s.left_ms IS NULL ORDER BY s.id`,
    )
    .map((row) => ({ patient: patientOf(read, row, sealing), bed: row.bed, admittedMs: row.admitted_ms }));
}

export function readPatient(read: Reader, sealing: Sealing, patientId: string): Patient | null {
  const row = read.one(patientRow, `SELECT ${PATIENT_COLUMNS} FROM patients p WHERE p.id = ?`, patientId);
  return row === null ? null : patientOf(read, row, sealing);
}

function identifierLookup(sealing: Sealing, identifier: string): Uint8Array {
  return sealing.lookup('patients.identifier', cleanMark(identifier).toUpperCase());
}

function patientOf(read: Reader, row: z.infer<typeof patientRow>, sealing: Sealing): Patient {
  const policies = standingPolicies(read, sealing, row.id);
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
    ...(policies === NO_POLICIES ? {} : { policies }),
  };
}
