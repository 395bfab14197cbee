/**
 * The bytes of a commit's messages and answers, in one block that is compressed and sealed once: message and answer
 * of one monitor are much like the next one's, and a block of many is both smaller and cheaper than each alone.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import { addToCount, type MessageState } from './message-counts.ts';

/** Where a message stands: its block, and in it the message with its answer right behind. */
export interface BodyPlace {
  readonly body: number;
  readonly offset: number;
  readonly length: number;
  readonly ackLength: number;
}

/** The block of the commit under way. */
export interface MessageBodies {
  /** Counts a message and takes it with its answer into the block. The bytes are not copied until the block is written. */
  keep(write: Writer, state: MessageState, bytes: Uint8Array, ack: Uint8Array): BodyPlace;
  /** The answer kept at a place of this block; null where the place is in another one. */
  ackAt(place: BodyPlace): Uint8Array | null;
  /** Writes the block and the counts; called once, last in the transaction. Nothing is written where nothing was kept. */
  write(write: Writer): void;
}

const nextRow = z.object({ next: z.number().int() });
/** Lowest but one: a flood is compressed while it waits, and this one is within a tenth of the default's size. */
const COMPRESSION = 2;

export function createMessageBodies(sealing: Sealing, receivedMs: number): MessageBodies {
  const pieces: Uint8Array[] = [];
  const counts = new Map<MessageState, number>();
  const acks = new Map<number, Uint8Array>();
  let length = 0;
  let number: number | null = null;
  return {
    keep: (write, state, bytes, ack) => {
      counts.set(state, (counts.get(state) ?? 0) + 1);
      number ??= nextNumber(write);
      const offset = length;
      pieces.push(bytes, ack);
      acks.set(offset, ack);
      length += bytes.length + ack.length;
      return { body: number, offset, length: bytes.length, ackLength: ack.length };
    },
    ackAt: (place) => (place.body === number ? (acks.get(place.offset) ?? null) : null),
    write: (write) => {
      if (number === null) return;
      for (const [state, more] of counts) addToCount(write, state, more);
      const packed = deflateRawSync(Buffer.concat(pieces, length), { level: COMPRESSION });
      const sealed = sealing.seal('messages.raw', packed);
      write.run(
        'INSERT INTO message_bodies (id, received_ms, sealed) VALUES (?, ?, ?)',
        number,
        receivedMs,
        sealed,
      );
      write.run(
        'INSERT INTO body_numbers (one, last) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET last = excluded.last',
        number,
      );
    },
  };
}

/**
 * Above every number that was given: the retention rule may have removed the newest block, and a salvage may not have
 * come to the blocks yet, while messages go on naming them. Blocks and messages are asked for where the mark is lost.
 */
function nextNumber(write: Writer): number {
  const next = write.one(
    nextRow,
    `SELECT 1 + max(
       coalesce((SELECT last FROM body_numbers), 0),
       coalesce((SELECT max(id) FROM message_bodies), 0),
       coalesce((SELECT body FROM messages WHERE body IS NOT NULL ORDER BY id DESC LIMIT 1), 0)) AS next`,
  );
  return next?.next ?? 1;
}

const sealedRow = z.object({ sealed: z.instanceof(Uint8Array) });

/** A message and its answer; null where the retention rule has removed the block. */
export function readBody(
  read: Reader,
  sealing: Sealing,
  place: BodyPlace,
): { readonly bytes: Uint8Array; readonly ack: Uint8Array } | null {
  const row = read.one(sealedRow, 'SELECT sealed FROM message_bodies WHERE id = ?', place.body);
  if (row === null) return null;
  const block = inflateRawSync(sealing.open('messages.raw', row.sealed));
  const end = place.offset + place.length;
  return { bytes: block.subarray(place.offset, end), ack: block.subarray(end, end + place.ackLength) };
}
