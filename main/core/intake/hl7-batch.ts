/**
 * A batch on the wire (FHS/BHS … BTS/FTS): each message in it is a message of its own, with its own bytes, its own
 * outcome and its own acknowledgement, so that a bad one costs only itself. The envelope belongs to none of them,
 * and no batch is acknowledged as a whole: what counts is that every message in it was.
 */
import { splitBatch } from '../../../app/observation/hl7/message.ts';

export interface BatchOfMessages {
  /** The bytes of each message, as they stood between the envelope's segments. */
  readonly messages: readonly Uint8Array[];
  /** How many messages BTS-1 announces, null where it says nothing. A difference means that some are lost. */
  readonly announced: number | null;
}

/** Messages taken out of one frame. A frame is at most 1 MiB; this many have 64 bytes each. Ours. */
export const MOST_IN_A_BATCH = 16_384;

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;

/** The messages of a frame that a file or batch header opens; null for a frame that holds one plain message. */
export function batchOf(frame: Uint8Array): BatchOfMessages | null {
  // Segment names and line ends are ASCII in every set that MSH-18 can name, so bytes stand for letters here.
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (!isEnvelope(bytes)) return null;
  const starts: number[] = [];
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; at = afterLine(bytes, at)) {
    const name = segmentAt(bytes, at);
    if (name === null) continue;
    if (ends.length < starts.length) ends.push(at);
    if (name === 'MSH' && starts.length < MOST_IN_A_BATCH) starts.push(at);
  }
  if (starts.length === 0) return null;
  if (ends.length < starts.length) ends.push(bytes.length);
  return {
    messages: starts.map((start, index) => frame.subarray(start, ends[index])),
    announced: splitBatch(bytes.toString('latin1')).announced,
  };
}

/** The name of a segment that bounds messages, at the beginning of a line. */
function segmentAt(bytes: Buffer, at: number): string | null {
  const name = bytes.toString('latin1', at, at + 3);
  const next = bytes.toString('latin1', at + 3, at + 4);
  return /^(?:FHS|BHS|MSH|BTS|FTS)$/.test(name) && !/^[A-Za-z0-9]$/.test(next) ? name : null;
}

/** Whether the first line that is not blank opens a file or a batch; a byte order mark is passed over. */
function isEnvelope(bytes: Buffer): boolean {
  const start = bytes.findIndex((byte) => byte > SPACE && byte < 0x80);
  const name = start < 0 ? null : segmentAt(bytes, start);
  return name === 'FHS' || name === 'BHS';
}

/** Where the next line begins. */
function afterLine(bytes: Buffer, at: number): number {
  let end = at;
  while (end < bytes.length && bytes[end] !== CR && bytes[end] !== LF) end++;
  return end + 1;
}
