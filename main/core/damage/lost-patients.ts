/**
 * Acknowledged readings whose patient cannot be read any more are kept under a patient whose identity is lost. The
 * number they stand under is thereby taken: given to somebody else, it would show them as that person's.
 */
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';

const LOST = 'identity lost';
/** Above every number that wards give; greater ones stand in rows that were written over. Ours. */
const MOST_PATIENTS = 10_000_000;
const idText = z.string();

/** Makes a patient for each number that has none. Without keys none can be made: then no patient can be read at all. */
export function keepLostPatients(
  target: Database.Database,
  sealing: Sealing | null,
  numbers: ReadonlySet<number>,
): void {
  if (sealing === null || numbers.size === 0) return;
  const known = target.prepare<[number]>('SELECT patient_id FROM patient_numbers WHERE number = ?').pluck();
  const patient = target.prepare<unknown[]>(
    `INSERT OR IGNORE INTO patients (id, identifier_lookup, identifier_sealed, name_sealed, sex, pregnant, demonstration, created_ms)
     VALUES (?, NULL, ?, ?, 'unknown', 0, 0, 0)`,
  );
  const number = target.prepare<unknown[]>(
    'INSERT OR IGNORE INTO patient_numbers (number, patient_id) VALUES (?, ?)',
  );
  target.transaction(() => {
    for (const lost of numbers) {
      if (!Number.isInteger(lost) || lost < 1 || lost > MOST_PATIENTS) continue;
      if (idText.safeParse(known.get(lost)).success) continue;
      const id = `lost-${lost}`;
      patient.run(
        id,
        sealing.seal('patients.identifier', `${LOST} ${lost}`),
        sealing.seal('patients.name', LOST),
      );
      number.run(lost, id);
    }
  })();
}
