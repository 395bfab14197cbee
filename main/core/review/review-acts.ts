/** The SQL of the review desk's acts: appended, taken back beside, never changed. Words of people are sealed. */
import { z } from 'zod';
import { PAIR_CHOICES, type PairChoice } from '../../../app/review/pairs.ts';
import { QUEUE_REASONS, type QueueReason } from '../../../app/review/queue.ts';
import { ACCURACIES, type Accuracy } from '../../../app/review/review.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

const ACT_KINDS = ['rating', 'repeat', 'settlement', 'correction', 'choice'] as const;

export interface ReviewAct {
  readonly id: string;
  readonly kind: (typeof ACT_KINDS)[number];
  /** A correction is made on the way: it has the reason of its item. */
  readonly reason: QueueReason;
  readonly explanationId: string;
  readonly otherId: string | null;
  readonly personId: string;
  readonly role: string;
  readonly atMs: number;
  readonly spentMs: number;
  readonly helpfulness: number | null;
  readonly accuracy: Accuracy | null;
  readonly choice: PairChoice | null;
  readonly preferredId: string | null;
  readonly hole: number | null;
}

const actRow = z
  .object({
    id: z.string(),
    kind: z.enum(ACT_KINDS),
    reason: z.enum(QUEUE_REASONS),
    explanation_id: z.string(),
    other_id: z.string().nullable(),
    person_id: z.string(),
    role: z.string(),
    at_ms: z.number(),
    spent_ms: z.number(),
    helpfulness: z.number().nullable(),
    accuracy: z.enum(ACCURACIES).nullable(),
    choice: z.enum(PAIR_CHOICES).nullable(),
    preferred_id: z.string().nullable(),
    hole: z.number().nullable(),
  })
  .transform(
    (row): ReviewAct => ({
      id: row.id,
      kind: row.kind,
      reason: row.reason,
      explanationId: row.explanation_id,
      otherId: row.other_id,
      personId: row.person_id,
      role: row.role,
      atMs: row.at_ms,
      spentMs: row.spent_ms,
      helpfulness: row.helpfulness,
      accuracy: row.accuracy,
      choice: row.choice,
      preferredId: row.preferred_id,
      hole: row.hole,
    }),
  );
const STANDING = 'a.id NOT IN (SELECT act_id FROM review_withdrawals)';
const COLUMNS = `a.id, a.kind, a.reason, a.explanation_id, a.other_id, a.person_id, a.role, a.at_ms, a.spent_ms,
  a.helpfulness, a.accuracy, a.choice, a.preferred_id, a.hole`;

/** @param text a comment or the corrected words; null: there are none */
export function insertAct(write: Writer, sealing: Sealing, act: ReviewAct, text: string | null): void {
  write.run(
    `INSERT INTO review_acts (id, kind, reason, explanation_id, other_id, person_id, role, at_ms, spent_ms, helpfulness,
       accuracy, choice, preferred_id, hole, text_sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    act.id,
    act.kind,
    act.reason,
    act.explanationId,
    act.otherId,
    act.personId,
    act.role,
    act.atMs,
    act.spentMs,
    act.helpfulness,
    act.accuracy,
    act.choice,
    act.preferredId,
    act.hole,
    text === null ? null : sealing.seal('review_acts.text', text),
  );
}

/** Acts that nobody took back, from a time on, in their order. */
export function readActs(read: Reader, sinceMs: number): readonly ReviewAct[] {
  return read.all(
    actRow,
    `SELECT ${COLUMNS} FROM review_acts a WHERE a.at_ms >= ? AND ${STANDING} ORDER BY a.number`,
    sinceMs,
  );
}

/** An act that nobody took back; null where there is none. */
export function readAct(read: Reader, id: string): ReviewAct | null {
  return read.one(actRow, `SELECT ${COLUMNS} FROM review_acts a WHERE a.id = ? AND ${STANDING}`, id);
}

export function insertWithdrawal(write: Writer, actId: string, atMs: number, by: string): void {
  write.run('INSERT INTO review_withdrawals (act_id, at_ms, by) VALUES (?, ?, ?)', actId, atMs, by);
}

/** Whether an act is in a data set that has left: then it cannot be taken back. */
export function hasLeft(read: Reader, actId: string): boolean {
  return (
    read.one(
      z.object({ one: z.number() }),
      `SELECT 1 AS one FROM learning_data_set_reviews d
       JOIN learning_data_set_acts l ON l.data_set_id = d.data_set_id AND l.act = 'exported' WHERE d.act_id = ?`,
      actId,
    ) !== null
  );
}

/** Corrections that stand, with their words, in their order. */
export function readCorrections(
  read: Reader,
  sealing: Sealing,
): readonly {
  readonly act: string;
  readonly explanationId: string;
  readonly personId: string;
  readonly hole: number;
  readonly text: string;
}[] {
  const row = z.object({
    id: z.string(),
    explanation_id: z.string(),
    person_id: z.string(),
    hole: z.number(),
    text_sealed: z.instanceof(Uint8Array),
  });
  return read
    .all(
      row,
      `SELECT a.id, a.explanation_id, a.person_id, a.hole, a.text_sealed FROM review_acts a
       WHERE a.kind = 'correction' AND ${STANDING} ORDER BY a.number`,
    )
    .map(({ id, explanation_id, person_id, hole, text_sealed }) => ({
      act: id,
      explanationId: explanation_id,
      personId: person_id,
      hole,
      text: sealing.openText('review_acts.text', text_sealed),
    }));
}
