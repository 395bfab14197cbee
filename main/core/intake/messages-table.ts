/** The SQL of `messages`: every message that came, what was answered and what became of it. The bytes are sealed. */
import { inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import { type BodyPlace, type MessageBodies, readBody } from './message-bodies.ts';
import { MESSAGE_STATES, type MessageState } from './message-counts.ts';

export interface MessageRecord {
  readonly receivedMs: number;
  /** MSH-3 and MSH-4. */
  readonly sender: string;
  readonly controlId: string;
  readonly bytes: Uint8Array;
  /** `contentLookup` of the bytes. */
  readonly content: Uint8Array;
  readonly ackCode: string;
  readonly ack: Uint8Array;
  readonly state: MessageState;
  /** Code of why it is held or refused. */
  readonly reason: string | null;
  readonly patientId: string | null;
  readonly taken: number;
  readonly conflict: boolean;
  /** For a message that waits for a person: boot time of its receipt, and the machine's start it counts from. */
  readonly boot: { readonly ms: number; readonly id: string | null } | null;
}

const blob = z.instanceof(Uint8Array);
const bodyColumns = z.object({
  body: z.number().int().nullable(),
  body_offset: z.number().int().nullable(),
  body_length: z.number().int().nullable(),
  ack_length: z.number().int().nullable(),
  raw_sealed: blob.nullable(),
  ack_sealed: blob.nullable(),
});
const BODY_COLUMNS = 'body, body_offset, body_length, ack_length, raw_sealed, ack_sealed';
const knownRow = bodyColumns.extend({
  content_lookup: blob,
  ack_code: z.string(),
  state: z.enum(MESSAGE_STATES),
  reason: z.string().nullable(),
  taken: z.number(),
});

const anyRow = z.object({ known: z.literal(1) });

/** A control id names its message for so long; a gateway that starts its counter again uses it anew. Ours. */
const CONTROL_ID_MS = 24 * 3_600_000;

/** An earlier message with the same sender and control id. */
export interface KnownMessage {
  readonly sameBytes: boolean;
  /** Null where the bytes are no longer kept. */
  readonly ack: Uint8Array | null;
  readonly ackCode: string;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly taken: number;
}

/** The keyed fingerprint by which a message is known again. */
export function contentLookup(sealing: Sealing, bytes: Uint8Array): Uint8Array {
  return sealing.lookup('messages.content', bytes);
}

/** Inserts a message with its answer and returns its id, which its observations refer to. */
export function insertMessage(write: Writer, bodies: MessageBodies, message: MessageRecord): number {
  const place = bodies.keep(write, message.state, message.bytes, message.ack);
  // Nearly every message is taken as it is: a NULL that is bound costs as much as a value.
  if (message.boot === null && message.reason === null && !message.conflict)
    return write.run(
      `INSERT INTO messages (received_ms, sender, control_id, content_lookup, body, body_offset, body_length, ack_length,
         ack_code, state, patient_id, taken)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.receivedMs,
      message.sender,
      message.controlId,
      message.content,
      place.body,
      place.offset,
      place.length,
      place.ackLength,
      message.ackCode,
      message.state,
      message.patientId,
      message.taken,
    ).rowId;
  return write.run(
    `INSERT INTO messages (received_ms, received_boot_ms, boot_id, sender, control_id, content_lookup, body, body_offset,
       body_length, ack_length, ack_code, state, reason, patient_id, taken, conflict)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    message.receivedMs,
    message.boot?.ms ?? null,
    message.boot?.id ?? null,
    message.sender,
    message.controlId,
    message.content,
    place.body,
    place.offset,
    place.length,
    place.ackLength,
    message.ackCode,
    message.state,
    message.reason,
    message.patientId,
    message.taken,
    Number(message.conflict),
  ).rowId;
}

/**
 * What is known under this sender and control id: the same bytes if they ever came before, else the first message
 * with other bytes in the day before `receivedMs`, else null. `content`: `contentLookup` of the bytes.
 */
export function findMessage(
  read: Reader,
  sealing: Sealing,
  bodies: MessageBodies,
  sender: string,
  controlId: string,
  content: Uint8Array,
  receivedMs: number,
): KnownMessage | null {
  // Nearly always there is none: the index alone tells, without a sort.
  if (
    read.one(
      anyRow,
      'SELECT 1 AS known FROM messages WHERE control_id = ? AND sender = ? LIMIT 1',
      controlId,
      sender,
    ) === null
  )
    return null;
  const row = read.one(
    knownRow,
    `SELECT content_lookup, ack_code, state, reason, taken, ${BODY_COLUMNS} FROM messages
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
    ack: ackInGroup(bodies, row) ?? bytesOf(read, sealing, row)?.ack ?? null,
    ackCode: row.ack_code,
    state: row.state,
    reason: row.reason,
    taken: row.taken,
  };
}

/** A message of this very commit: its block is not written yet. */
function ackInGroup(bodies: MessageBodies, row: z.infer<typeof bodyColumns>): Uint8Array | null {
  const place = placeOf(row);
  return place === null ? null : bodies.ackAt(place);
}

/** The bytes of a message as they came; null where there is no such message, or its bytes are no longer kept. */
export function readMessageBytes(read: Reader, sealing: Sealing, id: number): Uint8Array | null {
  const row = read.one(bodyColumns, `SELECT ${BODY_COLUMNS} FROM messages WHERE id = ?`, id);
  return row === null ? null : (bytesOf(read, sealing, row)?.bytes ?? null);
}

function bytesOf(
  read: Reader,
  sealing: Sealing,
  row: z.infer<typeof bodyColumns>,
): { readonly bytes: Uint8Array; readonly ack: Uint8Array } | null {
  const place = placeOf(row);
  if (place !== null) return readBody(read, sealing, place);
  if (row.raw_sealed === null || row.ack_sealed === null) return null;
  return {
    bytes: inflateRawSync(sealing.open('messages.raw', row.raw_sealed)),
    ack: sealing.open('messages.ack', row.ack_sealed),
  };
}

function placeOf(row: z.infer<typeof bodyColumns>): BodyPlace | null {
  const { body, body_offset: offset, body_length: length, ack_length: ackLength } = row;
  if (body === null || offset === null || length === null || ackLength === null) return null;
  return { body, offset, length, ackLength };
}
