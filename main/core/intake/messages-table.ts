/** The SQL of `messages`: every message that came, what was answered and what became of it. The bytes are sealed. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';

export type MessageState = 'accepted' | 'held' | 'refused';

export interface MessageRecord {
  readonly receivedMs: number;
  /** MSH-3 and MSH-4. */
  readonly sender: string;
  readonly controlId: string;
  readonly bytes: Uint8Array;
  readonly ackCode: string;
  readonly ack: Uint8Array;
  readonly state: MessageState;
  /** Code of why it is held or refused. */
  readonly reason: string | null;
  readonly patientId: string | null;
  readonly taken: number;
  readonly conflict: boolean;
}

const blob = z.instanceof(Uint8Array);
const knownRow = z.object({
  content_lookup: blob,
  ack_code: z.string(),
  ack_sealed: blob,
  state: z.enum(['accepted', 'held', 'refused']),
  reason: z.string().nullable(),
  taken: z.number(),
});

/** A control id names its message for so long; a gateway that starts its counter again uses it anew. Ours. */
const CONTROL_ID_MS = 24 * 3_600_000;

/** An earlier message with the same sender and control id. */
export interface KnownMessage {
  readonly sameBytes: boolean;
  readonly ack: Uint8Array;
  readonly ackCode: string;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly taken: number;
}

/** Inserts a message with its answer and returns its id, which its observations refer to. */
export function insertMessage(write: Writer, sealing: Sealing, message: MessageRecord): number {
  return write.run(
    `INSERT INTO messages (received_ms, sender, control_id, content_lookup, raw_sealed, ack_code, ack_sealed, state,
       reason, patient_id, taken, conflict) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.receivedMs,
    message.sender,
    message.controlId,
    sealing.lookup('messages.content', message.bytes),
    sealing.seal('messages.raw', deflateRawSync(message.bytes)),
    message.ackCode,
    sealing.seal('messages.ack', message.ack),
    message.state,
    message.reason,
    message.patientId,
    message.taken,
    Number(message.conflict),
  ).rowId;
}

/**
 * What is known under this sender and control id: the same bytes if they ever came before, else the first message
 * with other bytes in the day before `receivedMs`, else null.
 */
export function findMessage(
  read: Reader,
  sealing: Sealing,
  sender: string,
  controlId: string,
  bytes: Uint8Array,
  receivedMs: number,
): KnownMessage | null {
  const content = sealing.lookup('messages.content', bytes);
  const row = read.one(
    knownRow,
    `SELECT content_lookup, ack_code, ack_sealed, state, reason, taken FROM messages
     WHERE control_id = ? AND sender = ? AND (content_lookup = ? OR received_ms >= ?)
     ORDER BY content_lookup = ? DESC, id LIMIT 1`,
    controlId,
    sender,
    content,
    receivedMs - CONTROL_ID_MS,
    content,
  );
  if (row === null) return null;
  return {
    sameBytes: Buffer.compare(row.content_lookup, content) === 0,
    ack: sealing.open('messages.ack', row.ack_sealed),
    ackCode: row.ack_code,
    state: row.state,
    reason: row.reason,
    taken: row.taken,
  };
}

const countRow = z.object({ state: z.enum(['accepted', 'held', 'refused']), n: z.number() });

export function countMessages(read: Reader): { readonly [state in MessageState]: number } {
  const counts = { accepted: 0, held: 0, refused: 0 };
  for (const row of read.all(countRow, 'SELECT state, count(*) AS n FROM messages GROUP BY state')) {
    counts[row.state] = row.n;
  }
  return counts;
}

const rawRow = z.object({ raw_sealed: blob });

/** The bytes of a message as they came; null where there is no such message. */
export function readMessageBytes(read: Reader, sealing: Sealing, id: number): Uint8Array | null {
  const row = read.one(rawRow, 'SELECT raw_sealed FROM messages WHERE id = ?', id);
  return row === null ? null : inflateRawSync(sealing.open('messages.raw', row.raw_sealed));
}
