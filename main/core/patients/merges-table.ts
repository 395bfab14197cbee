/** The SQL of `patient_merges`: which records turned out to be of one patient. */
import { z } from 'zod';
import type { Reader, Writer } from '../store/database.ts';

const keptRow = z.object({ kept: z.string() });
const absorbedRow = z.object({ absorbed: z.string() });

/** The kept record must not be an absorbed one itself: resolve it first. */
export function insertMerge(
  write: Writer,
  merge: {
    readonly kept: string;
    readonly absorbed: string;
    readonly atMs: number;
    readonly by: string | null;
  },
): void {
  write.run(
    'INSERT INTO patient_merges (kept, absorbed, at_ms, by) VALUES (?, ?, ?, ?)',
    merge.kept,
    merge.absorbed,
    merge.atMs,
    merge.by,
  );
}

/** The record that stands for a patient today: itself, or the one that it was merged into. */
export function standingPatient(read: Reader, patientId: string): string {
  let standing = patientId;
  // A kept record can be absorbed later in its turn; it can never come round, since each is absorbed once.
  for (;;) {
    const row = read.one(keptRow, 'SELECT kept FROM patient_merges WHERE absorbed = ?', standing);
    if (row === null) return standing;
    standing = row.kept;
  }
}

/** The patient and every record that was merged into theirs. */
export function allRecordsOf(read: Reader, patientId: string): string[] {
  const found = [patientId];
  for (const one of found)
    for (const { absorbed } of read.all(
      absorbedRow,
      'SELECT absorbed FROM patient_merges WHERE kept = ? ORDER BY id',
      one,
    ))
      found.push(absorbed);
  return found;
}
