/**
 * The SQL of `observations` and `scores`. A row is never changed: more values of the same moment and source, or
 * a correction, are a new row that supersedes the one before.
 */
import { z } from 'zod';
import { type ObservationSet, SOURCE_KINDS } from '../../../app/observation/observation.ts';
import { type Score, scoreSchema } from '../../../app/scoring/score.ts';
import type { Reader, Writer } from '../store/database.ts';
import {
  VITAL_COLUMN_NAMES,
  VITAL_PLACEHOLDERS,
  vitalColumnValues,
  vitalsOfRow,
} from '../store/vital-columns.ts';

/** A committed set with what its age is counted from. */
export interface StoredSet extends ObservationSet {
  readonly id: number;
  readonly observedMs: number;
  readonly receivedMs: number;
  /** Boot time of the receipt; comparable while `bootId` is the machine's. */
  readonly receivedBootMs: number;
  readonly bootId: string | null;
  readonly committedMs: number;
}

/** A set that is to be committed; the ward stamps it with the time of its commit. */
export interface NewSet extends Omit<StoredSet, 'id' | 'committedMs'> {
  readonly messageId: number | null;
  readonly enteredBy: string | null;
}

const setRow = z
  .looseObject({
    id: z.number().int(),
    patient_id: z.string(),
    observed_at: z.string(),
    observed_ms: z.number().int(),
    received_ms: z.number().int(),
    received_boot_ms: z.number().int(),
    boot_id: z.string().nullable(),
    committed_ms: z.number().int(),
    source_kind: z.enum(SOURCE_KINDS),
    source_name: z.string(),
  })
  .transform(
    (row): StoredSet => ({
      id: row.id,
      patientId: row.patient_id,
      observedAt: row.observed_at,
      observedMs: row.observed_ms,
      receivedAt: new Date(row.received_ms).toISOString(),
      receivedMs: row.received_ms,
      receivedBootMs: row.received_boot_ms,
      bootId: row.boot_id,
      committedMs: row.committed_ms,
      source: { kind: row.source_kind, name: row.source_name },
      values: vitalsOfRow(row),
    }),
  );

const COLUMNS = `o.id, o.patient_id, o.observed_at, o.observed_ms, o.received_ms, o.received_boot_ms, o.boot_id,
  o.committed_ms, o.source_kind, o.source_name, ${VITAL_COLUMN_NAMES.split(', ')
    .map((name) => `o.${name}`)
    .join(', ')}`;
const IN_FORCE = 'NOT EXISTS (SELECT 1 FROM observations n WHERE n.supersedes = o.id)';

/**
 * Appends a set and returns the row as it stands. Where the patient already has one of this moment and source,
 * the new row supersedes it and carries the values of both, the new ones first. Every message that was taken has
 * its row, so that what was acknowledged can be found.
 */
export function appendSet(write: Writer, set: NewSet, committedMs: number): StoredSet {
  const before = write.one(
    setRow,
    `SELECT ${COLUMNS} FROM observations o WHERE o.patient_id = ? AND o.observed_ms = ? AND o.source_kind = ?
       AND o.source_name = ? AND ${IN_FORCE}`,
    set.patientId,
    set.observedMs,
    set.source.kind,
    set.source.name,
  );
  const values = before === null ? set.values : { ...before.values, ...set.values };
  const { rowId } = write.run(
    `INSERT INTO observations (patient_id, observed_at, observed_ms, received_ms, received_boot_ms, boot_id,
       committed_ms, source_kind, source_name, message_id, entered_by, supersedes, ${VITAL_COLUMN_NAMES})
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${VITAL_PLACEHOLDERS})`,
    set.patientId,
    set.observedAt,
    set.observedMs,
    set.receivedMs,
    set.receivedBootMs,
    set.bootId,
    committedMs,
    set.source.kind,
    set.source.name,
    set.messageId,
    set.enteredBy,
    before?.id ?? null,
    ...vitalColumnValues(values),
  );
  const { messageId: _, enteredBy: __, ...stored } = set;
  return { ...stored, id: rowId, committedMs, values };
}

/** The sets in force of a patient observed from one moment to another (wall ms, both included), oldest first. */
export function readSetsBetween(read: Reader, patientId: string, fromMs: number, toMs: number): StoredSet[] {
  return read.all(
    setRow,
    `SELECT ${COLUMNS} FROM observations o WHERE o.patient_id = ? AND o.observed_ms BETWEEN ? AND ?
     AND ${IN_FORCE} ORDER BY o.observed_ms, o.id`,
    patientId,
    fromMs,
    toMs,
  );
}

const countRow = z.object({ n: z.number() });

/**
 * The sets in force for a plot, oldest first: all of them up to `most`, beyond that the last set of a monitor in
 * each of `most` equal stretches, and every hand entry.
 */
export function readHistorySets(
  read: Reader,
  patientId: string,
  fromMs: number,
  toMs: number,
  most: number,
): StoredSet[] {
  const span = [patientId, fromMs, toMs] as const;
  const where = 'patient_id = ? AND observed_ms BETWEEN ? AND ?';
  const count = read.one(countRow, `SELECT count(*) AS n FROM observations WHERE ${where}`, ...span);
  if ((count?.n ?? 0) <= most) return readSetsBetween(read, ...span);
  return read.all(
    setRow,
    `SELECT ${COLUMNS} FROM observations o WHERE o.id IN (
       SELECT max(id) FROM observations WHERE ${where} AND source_kind = 'monitor'
       GROUP BY source_name, observed_ms / CAST(? AS INTEGER)
       UNION ALL SELECT id FROM observations WHERE ${where} AND source_kind <> 'monitor')
     AND ${IN_FORCE} ORDER BY o.observed_ms, o.id`,
    ...span,
    Math.max(1, Math.ceil((toMs - fromMs) / most)),
    ...span,
  );
}

const exportRow = z.object({
  id: z.number().int(),
  patient_id: z.string(),
  bed: z.string().nullable(),
  control_id: z.string().nullable(),
  committed_ms: z.number().int(),
  superseded: z.number(),
});

export interface CommittedSet {
  readonly set: StoredSet;
  readonly committedMs: number;
  /** MSH-10 of the message it came with. */
  readonly controlId: string | null;
  /** True where a later row stands in its place. */
  readonly superseded: boolean;
}

/** Everything committed since `sinceMs`, in the order of the commits, for the toolbox. */
export function readCommitted(read: Reader, sinceMs: number): CommittedSet[] {
  return read
    .all(
      setRow.and(exportRow.omit({ patient_id: true, bed: true, id: true })),
      `SELECT ${COLUMNS}, m.control_id, (NOT ${IN_FORCE}) AS superseded FROM observations o
     LEFT JOIN messages m ON m.id = o.message_id WHERE o.committed_ms >= ? ORDER BY o.id`,
      sinceMs,
    )
    .map((row) => ({
      set: row,
      committedMs: row.committed_ms,
      controlId: row.control_id,
      superseded: row.superseded === 1,
    }));
}

/** A score at the moment it became the patient's. */
export interface ScoreStep {
  readonly atMs: number;
  readonly score: Score;
}

const scoreRow = z
  .object({ at_ms: z.number().int(), score: z.string() })
  .transform((row): ScoreStep => ({ atMs: row.at_ms, score: scoreSchema.parse(JSON.parse(row.score)) }));

export function appendScore(write: Writer, patientId: string, step: ScoreStep): void {
  write.run(
    'INSERT INTO scores (patient_id, at_ms, score) VALUES (?, ?, ?)',
    patientId,
    step.atMs,
    JSON.stringify(step.score),
  );
}

/** The patient's scores since `sinceMs` with the one in force then, oldest first. */
export function readScores(read: Reader, patientId: string, sinceMs: number): ScoreStep[] {
  return read.all(
    scoreRow,
    `SELECT at_ms, score FROM scores WHERE patient_id = ? AND id >= coalesce(
       (SELECT max(id) FROM scores WHERE patient_id = ? AND at_ms < ?), 0) ORDER BY id`,
    patientId,
    patientId,
    sinceMs,
  );
}
