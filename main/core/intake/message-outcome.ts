/** What goes back to a sender, and what is kept of its message with that. */
import {
  type AcknowledgementCode,
  acknowledgementCode,
  acknowledgementCodes,
  buildAcknowledgement,
  type IntakeResult,
} from '../../../app/observation/hl7/acknowledgement.ts';
import { isoTime } from '../clock.ts';
import type { Writer } from '../store/database.ts';
import type { MessageBodies } from './message-bodies.ts';
import type { MessageState } from './message-counts.ts';
import { insertMessage, type KnownMessage } from './messages-table.ts';
import { encodeFrame } from './mllp-framing.ts';
import type { MessagePorts, PreparedMessage } from './prepare-message.ts';

/** What became of a message, with the frames to send back. It names no patient. */
export interface MessageOutcome {
  readonly sender: string;
  readonly controlId: string;
  readonly ackCode: AcknowledgementCode;
  /** MLLP frames, none where the sender wants no answer. */
  readonly answer: Uint8Array;
  readonly state: MessageState;
  readonly reason: string | null;
  readonly taken: number;
  /** Values that were not understood or not possible. Where nothing was taken, `reason` is the first one's. */
  readonly rejected: number;
  /** True where the same message had come before. */
  readonly repeated: boolean;
  /** What the message tells of its sender's clock, to be noted once it is committed. */
  readonly clock: { readonly device: string; readonly sentMs: number } | null;
}

/** What else is kept of a message. */
export interface Kept {
  readonly patientId?: string;
  readonly taken?: number;
  readonly rejected?: number;
  readonly conflict?: boolean;
  readonly clock?: MessageOutcome['clock'];
}

/** How a message is answered, and what became of it. */
export interface Recorded extends Kept {
  readonly result: IntakeResult;
  readonly state: MessageState;
  readonly reason: string | null;
}

/** Writes a message with its answer, and tells what became of it. */
export function record(
  ports: MessagePorts,
  write: Writer,
  bodies: MessageBodies,
  prepared: PreparedMessage,
  kept: Recorded,
): { readonly id: number; readonly outcome: MessageOutcome } {
  const { result, state, reason, taken = 0, rejected = 0, clock = null } = kept;
  const { sender, controlId, receivedMs } = prepared;
  const ackCode = acknowledgementCode(prepared.header, result);
  // Held is not refused: the sender has done its part, so its answer carries no reason.
  const answer = answersTo(ports, prepared, result, result === 'accepted' ? null : reason);
  const waits = state === 'held' || state === 'quarantined';
  const id = insertMessage(write, bodies, {
    sender,
    controlId,
    receivedMs,
    bytes: prepared.bytes,
    content: prepared.content,
    ackCode,
    ack: answer,
    state,
    reason,
    patientId: kept.patientId ?? null,
    taken,
    conflict: kept.conflict ?? false,
    boot: waits ? { ms: prepared.receivedBootMs, id: ports.clock.bootId() } : null,
  });
  return {
    id,
    outcome: { sender, controlId, ackCode, answer, state, reason, taken, rejected, repeated: false, clock },
  };
}

/** The same bytes under the same control id: the same answer, and no second row. */
export function repeatedOutcome(
  ports: MessagePorts,
  prepared: PreparedMessage,
  known: KnownMessage,
  rejected: number,
): MessageOutcome {
  const { state, reason, taken } = known;
  const result = state === 'refused' || state === 'quarantined' ? 'refused' : 'accepted';
  return {
    sender: prepared.sender,
    controlId: prepared.controlId,
    ackCode: ackCodeOf(known.ackCode),
    // Where the kept answer is gone by the retention rule, one that says the same.
    answer: known.ack ?? answersTo(ports, prepared, result, result === 'refused' ? reason : null),
    state,
    reason,
    taken,
    rejected,
    repeated: true,
    clock: null,
  };
}

/** The answer where the store failed: nothing was kept, and sending it again may help. */
export function answerFailure(ports: MessagePorts, prepared: PreparedMessage): MessageOutcome {
  const { header, sender, controlId } = prepared;
  const reason = 'storage-unavailable';
  return {
    sender,
    controlId,
    ackCode: acknowledgementCode(header, 'retry'),
    answer: answersTo(ports, prepared, 'retry', reason),
    state: 'refused',
    reason,
    taken: 0,
    rejected: 0,
    repeated: false,
    clock: null,
  };
}

function answersTo(
  ports: MessagePorts,
  prepared: PreparedMessage,
  result: IntakeResult,
  reason: string | null,
): Uint8Array {
  const { header, charset } = prepared;
  const frames = acknowledgementCodes(header, result).map((code) => {
    const controlId = ports.ids.next().replaceAll('-', '').slice(0, 20);
    const sentAt = hl7Time(prepared.receivedMs);
    const answer = { code, controlId, sentAt, ...(reason === null ? {} : { reason }) };
    return encodeFrame(buildAcknowledgement(header, answer), charset);
  });
  const [only] = frames;
  return only !== undefined && frames.length === 1 ? only : Buffer.concat(frames);
}

/** Many answers leave within a second. */
let lastSecond = { second: Number.NaN, text: '' };

/** `YYYYMMDDHHMMSS+0000`. */
function hl7Time(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond.second)
    lastSecond = { second, text: `${isoTime(ms).slice(0, 19).replaceAll(/[-T:]/g, '')}+0000` };
  return lastSecond.text;
}

function ackCodeOf(code: string): AcknowledgementCode {
  const codes: readonly AcknowledgementCode[] = ['AA', 'AE', 'AR', 'CA', 'CE', 'CR'];
  return codes.find((known) => known === code) ?? 'AE';
}
