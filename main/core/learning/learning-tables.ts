/** The SQL of the learning tables, and of what they draw on. */
import { z } from 'zod';
import type { Reader, Writer } from '../store/database.ts';

/** A random name for a patient; the map stays in the record. */
export function giveRandomId(write: Writer, patientId: string, randomId: string, nowMs: number): void {
  write.run(
    'INSERT OR IGNORE INTO learning_subjects (patient_id, random_id, made_ms) VALUES (?, ?, ?)',
    patientId,
    randomId,
    nowMs,
  );
}

export function insertConsent(
  write: Writer,
  patientId: string,
  act: 'given' | 'withdrawn',
  nowMs: number,
  by: string,
): void {
  write.run(
    'INSERT INTO learning_consents (patient_id, act, at_ms, by) VALUES (?, ?, ?, ?)',
    patientId,
    act,
    nowMs,
    by,
  );
}

/** What was last recorded of a patient's consent; null: nothing. */
export function readConsent(
  read: Reader,
  patientId: string,
): { readonly act: 'given' | 'withdrawn'; readonly at_ms: number; readonly by: string } | null {
  return read.one(
    z.object({ act: z.enum(['given', 'withdrawn']), at_ms: z.number(), by: z.string() }),
    'SELECT act, at_ms, by FROM learning_consents WHERE patient_id = ? ORDER BY number DESC LIMIT 1',
    patientId,
  );
}

const CONSENTING = `(SELECT c.act FROM learning_consents c WHERE c.patient_id = p.id ORDER BY c.number DESC LIMIT 1) = 'given'`;

const ratedRow = z.object({
  random_id: z.string(),
  explanation_id: z.string(),
  language: z.enum(['en', 'hi']),
  depth: z.enum(['bedside', 'doctor', 'education']),
  facts: z.string(),
  attempt: z.number(),
  helpfulness: z.number(),
  accuracy: z.enum(['accurate', 'inaccurate', 'unsure']),
});

/** The last rating of each person of each finished explanation of patients who consent, in the order of the record. */
export function readRated(read: Reader): z.infer<typeof ratedRow>[] {
  return read.all(
    ratedRow,
    `SELECT s.random_id, r.explanation_id, e.language, e.depth, e.facts, e.attempt, r.helpfulness, r.accuracy
     FROM ratings r
     JOIN explanations e ON e.id = r.explanation_id
     JOIN alerts a ON a.id = e.alert_id
     JOIN patients p ON p.id = a.patient_id
     JOIN learning_subjects s ON s.patient_id = p.id
     WHERE e.status = 'complete' AND ${CONSENTING}
       AND r.id = (SELECT max(l.id) FROM ratings l WHERE l.explanation_id = r.explanation_id AND l.person_id = r.person_id)
     ORDER BY r.id`,
  );
}

/** The shown sentences of an attempt, as they were written down. */
export function readShown(read: Reader, explanationId: string, attempt: number): string[] {
  return read
    .all(
      z.object({ sentence: z.string() }),
      'SELECT sentence FROM sentences WHERE explanation_id = ? AND attempt = ? ORDER BY position',
      explanationId,
      attempt,
    )
    .map(({ sentence }) => sentence);
}

export interface KeptDataSet {
  readonly id: string;
  readonly builtMs: number;
  readonly builtBy: string;
  readonly sha256: string;
  readonly manifest: string;
}

export function insertDataSet(write: Writer, kept: KeptDataSet, randomIds: readonly string[]): void {
  write.run(
    'INSERT INTO learning_data_sets (id, built_ms, built_by, sha256, manifest) VALUES (?, ?, ?, ?, ?)',
    kept.id,
    kept.builtMs,
    kept.builtBy,
    kept.sha256,
    kept.manifest,
  );
  for (const randomId of randomIds)
    write.run(
      'INSERT INTO learning_data_set_subjects (data_set_id, random_id) VALUES (?, ?)',
      kept.id,
      randomId,
    );
}

/** Newest first. */
export function readDataSets(read: Reader): KeptDataSet[] {
  return read
    .all(
      z.object({
        id: z.string(),
        built_ms: z.number(),
        built_by: z.string(),
        sha256: z.string(),
        manifest: z.string(),
      }),
      'SELECT id, built_ms, built_by, sha256, manifest FROM learning_data_sets ORDER BY built_ms DESC, id',
    )
    .map(({ id, built_ms, built_by, sha256, manifest }) => ({
      id,
      builtMs: built_ms,
      builtBy: built_by,
      sha256,
      manifest,
    }));
}

export function insertDataSetAct(
  write: Writer,
  dataSetId: string,
  act: 'approved' | 'exported',
  nowMs: number,
  by: string,
): void {
  write.run(
    'INSERT INTO learning_data_set_acts (data_set_id, act, at_ms, by) VALUES (?, ?, ?, ?)',
    dataSetId,
    act,
    nowMs,
    by,
  );
}

export function readApproval(read: Reader, dataSetId: string): { atMs: number; by: string } | null {
  const row = read.one(
    z.object({ at_ms: z.number(), by: z.string() }),
    "SELECT at_ms, by FROM learning_data_set_acts WHERE data_set_id = ? AND act = 'approved' ORDER BY number LIMIT 1",
    dataSetId,
  );
  return row === null ? null : { atMs: row.at_ms, by: row.by };
}

/** How many patients of a data set no longer consent. */
export function countWithdrawn(read: Reader, dataSetId: string): number {
  const row = read.one(
    z.object({ withdrawn: z.number() }),
    `SELECT count(*) AS withdrawn FROM learning_data_set_subjects d
     JOIN learning_subjects s ON s.random_id = d.random_id JOIN patients p ON p.id = s.patient_id
     WHERE d.data_set_id = ? AND NOT ${CONSENTING}`,
    dataSetId,
  );
  return row?.withdrawn ?? 0;
}

/** A patient of the record, or null. */
export function knowsPatient(read: Reader, patientId: string): boolean {
  return read.one(z.object({ id: z.string() }), 'SELECT id FROM patients WHERE id = ?', patientId) !== null;
}
