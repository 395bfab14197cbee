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
/** More patients than a ward admits in its life. Ours. */
const RESERVED = 100_000;
const idText = z.string();
const sealedRow = z.object({
  identifier_sealed: z.instanceof(Uint8Array),
  name_sealed: z.instanceof(Uint8Array),
});

/**
 * Makes a patient for each number that has none. `sealing` null: the ward is at work and the keys are with it; the
 * sealed words of a lost patient that it made at its start are then used again. Where there are none (no keys at the
 * start: then no patient can be read at all) nothing is made.
 */
export function keepLostPatients(
  target: Database.Database,
  sealing: Sealing | null,
  numbers: ReadonlySet<number>,
): void {
  const known = target.prepare<[number]>('SELECT patient_id FROM patient_numbers WHERE number = ?').pluck();
  const lost = [...numbers].filter(
    (number) =>
      Number.isInteger(number) &&
      number >= 1 &&
      number <= MOST_PATIENTS &&
      !idText.safeParse(known.get(number)).success,
  );
  if (lost.length === 0) return;
  const made = sealing === null ? wordsMadeBefore(target) : null;
  if (sealing === null && made === null) return;
  target
    .transaction(() => {
      for (const number of lost) {
        const words = made ?? sealedWords(sealing, ` ${number}`);
        if (words !== null) insertLost(target, number, words);
      }
    })
    .immediate();
}

/**
 * Takes a number above all that may stand in rows not looked at yet, so that the ward gives none of those to anybody;
 * their patients are made when the rows are taken out.
 */
export function reserveNumbers(
  target: Database.Database,
  sealing: Sealing | null,
  seen: ReadonlySet<number>,
): void {
  const words = sealedWords(sealing, '');
  if (words === null) return;
  const given = z
    .number()
    .nullable()
    .parse(target.prepare('SELECT max(number) FROM patient_numbers').pluck().get());
  let highest = given ?? 0;
  for (const number of seen) if (number <= MOST_PATIENTS) highest = Math.max(highest, number);
  target.transaction(() => insertLost(target, highest + RESERVED, words)).immediate();
}

interface SealedWords {
  readonly identifier: Uint8Array;
  readonly name: Uint8Array;
}

function sealedWords(sealing: Sealing | null, which: string): SealedWords | null {
  if (sealing === null) return null;
  return {
    identifier: sealing.seal('patients.identifier', `${LOST}${which}`),
    name: sealing.seal('patients.name', LOST),
  };
}

/** A seal is bound to its column and not to its row, so what was sealed for one lost patient says the same of another. */
function wordsMadeBefore(target: Database.Database): SealedWords | null {
  const row = sealedRow.safeParse(
    target
      .prepare(
        "SELECT identifier_sealed, name_sealed FROM patients WHERE id LIKE 'lost-%' ORDER BY rowid DESC LIMIT 1",
      )
      .get(),
  );
  return row.success ? { identifier: row.data.identifier_sealed, name: row.data.name_sealed } : null;
}

function insertLost(target: Database.Database, number: number, words: SealedWords): void {
  const id = `lost-${number}`;
  target
    .prepare<unknown[]>(
      `INSERT OR IGNORE INTO patients (id, identifier_lookup, identifier_sealed, name_sealed, sex, pregnant, demonstration, created_ms)
       VALUES (?, NULL, ?, ?, 'unknown', 0, 0, 0)`,
    )
    .run(id, words.identifier, words.name);
  target
    .prepare<unknown[]>('INSERT OR IGNORE INTO patient_numbers (number, patient_id) VALUES (?, ?)')
    .run(number, id);
}
