/** The SQL of messages that wait for a person, and of what was decided about them. */
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import { addToCount } from './message-counts.ts';

const keptRow = z.object({
  id: z.number().int(),
  received_ms: z.number(),
  received_boot_ms: z.number().nullable(),
  boot_id: z.string().nullable(),
});
/** What it takes to read a message again as it was understood when it came. */
export type KeptRow = z.infer<typeof keptRow>;

const waitingRow = keptRow.extend({
  version: z.number().int(),
  state: z.enum(['held', 'quarantined']),
  sender: z.string(),
  control_id: z.string(),
  reason: z.string().nullable(),
});
export type WaitingRow = z.infer<typeof waitingRow>;
const COLUMNS = 'id, version, state, received_ms, received_boot_ms, boot_id, sender, control_id, reason';

/** The newest first. */
export function readWaiting(read: Reader, most: number): WaitingRow[] {
  return read.all(
    waitingRow,
    `SELECT ${COLUMNS} FROM messages WHERE state IN ('held', 'quarantined') ORDER BY id DESC LIMIT ?`,
    most,
  );
}

/** Null where there is no such message, or it waits no longer. */
export function readWaitingMessage(read: Reader, id: number): WaitingRow | null {
  return read.one(
    waitingRow,
    `SELECT ${COLUMNS} FROM messages WHERE id = ? AND state IN ('held', 'quarantined')`,
    id,
  );
}

/** The newest message before this one that its sender sent under the same control id and that reuses none itself. */
export function readFirstUnderControlId(read: Reader, row: WaitingRow): KeptRow | null {
  return read.one(
    keptRow,
    `SELECT id, received_ms, received_boot_ms, boot_id FROM messages
     WHERE sender = ? AND control_id = ? AND id < ? AND NOT conflict ORDER BY id DESC LIMIT 1`,
    row.sender,
    row.control_id,
    row.id,
  );
}

export type HeldRow = WaitingRow & { readonly state: 'held' };
const heldRow = waitingRow.extend({ state: z.literal('held') });

/** A message that is held, or was until somebody decided about it; null for any other. */
export function readHeldOnce(read: Reader, id: number): WaitingRow | null {
  const columns = COLUMNS.replace('state', "'held' AS state");
  return read.one(
    waitingRow,
    `SELECT ${columns} FROM messages WHERE id = ? AND state IN ('held', 'released', 'discarded')`,
    id,
  );
}

/** Those that are held of the same sender and under the same reason, after a number, the oldest first. */
export function readHeldFrom(read: Reader, like: WaitingRow, after: number, most: number): HeldRow[] {
  return read.all(
    heldRow,
    `SELECT ${COLUMNS} FROM messages WHERE state IN ('held', 'quarantined') AND state = 'held'
       AND sender = ? AND reason IS ? AND id > ? ORDER BY id LIMIT ?`,
    like.sender,
    like.reason,
    after,
    most,
  );
}

/** Those that were received before a moment (wall ms) and that nobody has decided about, the oldest first. */
export function readUndecided(read: Reader, beforeMs: number, most: number): WaitingRow[] {
  return read.all(
    waitingRow,
    `SELECT ${COLUMNS} FROM messages WHERE state IN ('held', 'quarantined') AND received_ms < ? ORDER BY id LIMIT ?`,
    beforeMs,
    most,
  );
}

const anyRow = z.object({ waits: z.literal(1) });

/** Whether a message of a patient is held for a reason, received at or after a moment (wall ms). */
export function isWaitingOf(read: Reader, patientId: string, reason: string, fromMs: number): boolean {
  return (
    read.one(
      anyRow,
      `SELECT 1 AS waits FROM messages
       WHERE state = 'held' AND patient_id = ? AND reason = ? AND received_ms >= ? LIMIT 1`,
      patientId,
      reason,
      fromMs,
    ) !== null
  );
}

export interface Decision {
  readonly state: 'released' | 'discarded';
  /** Null: the rule for keeping records. */
  readonly by: string | null;
  readonly atMs: number;
  readonly note: string | null;
  readonly patientId: string | null;
  readonly taken: number;
}

/** Writes what a person decided. False where the message is no longer as they saw it: nothing is written then. */
export function resolveMessage(
  write: Writer,
  sealing: Sealing,
  seen: { readonly id: number; readonly version: number; readonly state: 'held' | 'quarantined' },
  decision: Decision,
): boolean {
  const { state, by, atMs, note, patientId, taken } = decision;
  const { changes } = write.run(
    `UPDATE messages SET state = ?, version = version + 1, resolved_by = ?, resolved_ms = ?, note_sealed = ?,
       patient_id = coalesce(?, patient_id), taken = ?
     WHERE id = ? AND version = ? AND state = ?`,
    state,
    by,
    atMs,
    note === null ? null : sealing.seal('messages.note', note),
    patientId,
    taken,
    seen.id,
    seen.version,
    seen.state,
  );
  if (changes === 0) return false;
  addToCount(write, seen.state, -1);
  addToCount(write, state, 1);
  return true;
}
