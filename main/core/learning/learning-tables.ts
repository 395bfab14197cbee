/** The SQL of the learning tables, and of what they draw on. */
import { z } from 'zod';
import type { GivenOpinion } from '../../../app/review/teaching.ts';
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
});
export type TaughtText = z.infer<typeof ratedRow>;

/** Finished explanations of patients who consent about which somebody said something, in the order of the record. */
export function readTaughtTexts(read: Reader): readonly TaughtText[] {
  return read.all(
    ratedRow,
    `SELECT s.random_id, e.id AS explanation_id, e.language, e.depth, e.facts, e.attempt
     FROM explanations e
     JOIN alerts a ON a.id = e.alert_id
     JOIN patients p ON p.id = a.patient_id
     JOIN learning_subjects s ON s.patient_id = p.id
     WHERE e.status = 'complete' AND ${CONSENTING}
       AND (e.id IN (SELECT explanation_id FROM ratings) OR e.id IN (SELECT explanation_id FROM review_acts)
         OR e.id IN (SELECT other_id FROM review_acts))
     ORDER BY e.rowid`,
  );
}

const opinionRow = z.object({
  act: z.string().nullable(),
  explanation_id: z.string(),
  person_id: z.string(),
  at_ms: z.number(),
  helpfulness: z.number(),
  accuracy: z.enum(['accurate', 'inaccurate', 'unsure']),
  settles: z.number(),
});

/** What people said of explanations at the bed and at the review desk, and did not take back. */
export function readOpinions(read: Reader): readonly GivenOpinion[] {
  return read
    .all(
      opinionRow,
      `SELECT NULL AS act, explanation_id, person_id, at_ms, helpfulness, accuracy, 0 AS settles FROM ratings
       UNION ALL SELECT id, explanation_id, person_id, at_ms, helpfulness, accuracy, kind = 'settlement' FROM review_acts
         WHERE kind IN ('rating', 'repeat', 'settlement') AND id NOT IN (SELECT act_id FROM review_withdrawals)
       ORDER BY at_ms, explanation_id, person_id`,
    )
    .map(({ act, explanation_id, person_id, at_ms, helpfulness, accuracy, settles }) => ({
      act,
      explanationId: explanation_id,
      personId: person_id,
      atMs: at_ms,
      helpfulness,
      accuracy,
      settles: settles === 1,
    }));
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

/** @param acts of the review desk that are in it */
export function insertDataSet(
  write: Writer,
  kept: KeptDataSet,
  randomIds: readonly string[],
  acts: readonly string[],
): void {
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
  for (const act of acts)
    write.run('INSERT INTO learning_data_set_reviews (data_set_id, act_id) VALUES (?, ?)', kept.id, act);
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

/** Why a data set may not leave any more: a patient withdrew, or somebody took back what they had said; null: it may. */
export function whyItStays(read: Reader, dataSetId: string): 'consent-withdrawn' | 'review-withdrawn' | null {
  if (countWithdrawn(read, dataSetId) > 0) return 'consent-withdrawn';
  const takenBack = read.one(
    z.object({ one: z.number() }),
    `SELECT 1 AS one FROM learning_data_set_reviews d JOIN review_withdrawals w ON w.act_id = d.act_id
     WHERE d.data_set_id = ?`,
    dataSetId,
  );
  return takenBack === null ? null : 'review-withdrawn';
}
