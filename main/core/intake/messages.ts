/**
 * From a frame's bytes to an acknowledgement: decode, parse, read, commit, and only then answer. The same bytes
 * under the same control id get the same answer and no second row; other bytes under it are quarantined.
 */
import {
  type AcknowledgementCode,
  acknowledgementCode,
  acknowledgementCodes,
  buildAcknowledgement,
  type IntakeResult,
} from '../../../app/observation/hl7/acknowledgement.ts';
import { type Message, parseMessage, type Segment, valueAt } from '../../../app/observation/hl7/message.ts';
import { type OruReading, readOru } from '../../../app/observation/hl7/oru.ts';
import { readTime, type SiteZone, withSiteZone } from '../../../app/observation/hl7/time.ts';
import { type AuditEntry, appendAudit } from '../audit/audit.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import type { NewSet } from '../ward/observations-table.ts';
import { decodeHl7Bytes } from './hl7-charset.ts';
import { messageSets } from './message-sets.ts';
import { findMessage, insertMessage, type MessageState } from './messages-table.ts';
import { encodeFrame } from './mllp-framing.ts';
import type { SourceClocks } from './source-clock.ts';
import { whose } from './whose.ts';

export interface MessagePorts {
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sourceClocks: SourceClocks;
}

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
}

/** Why a frame never became a message. */
export type FrameFault = 'too-large' | 'unfinished' | 'not-mllp';

/** The site's zone is this machine's: with summer time, at the local time of the stamp. */
export const machineZone: SiteZone = (localIso) => -new Date(localIso).getTimezoneOffset();

/** The work of one message inside a transaction. Throws only where the store fails; nothing is kept then. */
export function takeMessage(
  ports: MessagePorts,
  bytes: Uint8Array,
  receivedMs: number,
): (write: Writer, draft: WardDraft) => MessageOutcome {
  const decoded = decodeHl7Bytes(bytes);
  const charset = decoded.charset === 'iso-8859-1' ? 'iso-8859-1' : 'utf-8';
  const parsed = parseMessage(decoded.text);
  const receivedAt = isoTime(receivedMs);

  return (write, draft) => {
    const header = parsed.ok ? parsed.message.header : parsed.header;
    const answers = answersTo(ports, header, charset, receivedMs);
    const keep = (result: IntakeResult, state: MessageState, reason: string | null, more: Kept = {}) =>
      record(ports, write, { bytes, header, receivedMs, answers, result, state, reason, ...more });

    if (!parsed.ok) return keep('refused', 'refused', parsed.fault).outcome;
    const { message } = parsed;
    const reading = readOru(message, { receivedAt, siteZone: machineZone });
    const names = namesOf(message.header);
    const known = findMessage(write, ports.sealing, names.sender, names.controlId, bytes, receivedMs);
    if (known !== null) {
      // Refused for good: sent again as it is, it would be refused again.
      if (!known.sameBytes)
        return keep('refused', 'refused', 'control-id-reused', { conflict: true }).outcome;
      return {
        ...names,
        ackCode: ackCodeOf(known.ackCode),
        answer: known.ack,
        state: known.state,
        reason: known.reason,
        taken: known.taken,
        rejected: reading.rejected.length,
        repeated: true,
      };
    }
    const { length: rejected } = reading.rejected;
    if (reading.refusal !== null) return keep('refused', 'refused', reading.refusal).outcome;
    if (!isProduction(reading)) return keep('accepted', 'held', 'not-production', { rejected }).outcome;
    noteClock(ports, message, receivedMs);
    if (reading.held) return keep('accepted', 'held', reading.reason, { rejected }).outcome;
    if (reading.taken.length === 0) {
      const why = reading.rejected[0]?.reason ?? 'no-readings';
      return keep('accepted', 'accepted', why, { rejected }).outcome;
    }

    const patient = whose(ports, write, draft, reading.patient);
    if (patient.kind === 'held') return keep('accepted', 'held', patient.reason, { rejected }).outcome;
    const patientId = patient.kind === 'patient' ? patient.patientId : patient.patient.id;
    if (patient.kind === 'admit') {
      draft.admit(write, patient.patient, patient.bed, patient.known);
      audit(ports, write, {
        actor: 'system',
        action: 'patient.admit',
        subject: patientId,
        detail: { by: 'feed' },
      });
    }
    const taken = reading.taken.length;
    const { id, outcome } = keep('accepted', 'accepted', null, { patientId, taken, rejected });
    draft.observe(write, patientId, setsOf(ports, message.header, reading, patientId, receivedMs, id));
    return outcome;
  };
}

/** The work for a frame that never became a message: it is kept, and answered where that can help its sender. */
export function refuseFrame(
  ports: MessagePorts,
  bytes: Uint8Array,
  fault: FrameFault,
  receivedMs: number,
): (write: Writer) => MessageOutcome {
  const parsed = parseMessage(decodeHl7Bytes(bytes).text);
  const header = parsed.ok ? parsed.message.header : parsed.header;
  // A half frame may come whole the next time; one that is too large, or no frame at all, will not.
  const result = fault === 'unfinished' ? 'retry' : 'refused';
  return (write) => {
    const answers = answersTo(ports, header, 'utf-8', receivedMs);
    return record(ports, write, {
      bytes,
      header,
      receivedMs,
      answers,
      result,
      state: 'refused',
      reason: fault,
    }).outcome;
  };
}

/** The answer where the store failed: nothing was kept, and sending it again may help. */
export function answerFailure(ports: MessagePorts, bytes: Uint8Array, receivedMs: number): MessageOutcome {
  const parsed = parseMessage(decodeHl7Bytes(bytes).text);
  const header = parsed.ok ? parsed.message.header : parsed.header;
  const reason = 'storage-unavailable';
  return {
    ...namesOf(header),
    ackCode: acknowledgementCode(header, 'retry'),
    answer: answersTo(ports, header, 'utf-8', receivedMs)('retry', reason),
    state: 'refused',
    reason,
    taken: 0,
    rejected: 0,
    repeated: false,
  };
}

interface Kept {
  readonly patientId?: string;
  readonly taken?: number;
  readonly rejected?: number;
  readonly conflict?: boolean;
}

type Answers = (result: IntakeResult, reason: string | null) => Uint8Array;

interface Recorded extends Kept {
  readonly bytes: Uint8Array;
  readonly header: Segment | null;
  readonly receivedMs: number;
  readonly answers: Answers;
  readonly result: IntakeResult;
  readonly state: MessageState;
  readonly reason: string | null;
}

/** Writes a message with its answer, and tells what became of it. */
function record(
  ports: MessagePorts,
  write: Writer,
  message: Recorded,
): { readonly id: number; readonly outcome: MessageOutcome } {
  const { header, result, state, reason, taken = 0, rejected = 0 } = message;
  const ackCode = acknowledgementCode(header, result);
  // Held is not refused: the sender has done its part, so its answer carries no reason.
  const answer = message.answers(result, state === 'refused' ? reason : null);
  const names = namesOf(header);
  const id = insertMessage(write, ports.sealing, {
    ...names,
    receivedMs: message.receivedMs,
    bytes: message.bytes,
    ackCode,
    ack: answer,
    state,
    reason,
    patientId: message.patientId ?? null,
    taken,
    conflict: message.conflict ?? false,
  });
  return { id, outcome: { ...names, ackCode, answer, state, reason, taken, rejected, repeated: false } };
}

function answersTo(
  ports: MessagePorts,
  header: Segment | null,
  charset: 'utf-8' | 'iso-8859-1',
  receivedMs: number,
): Answers {
  return (result, reason) =>
    Buffer.concat(
      acknowledgementCodes(header, result).map((code) => {
        const controlId = ports.ids.next().replaceAll('-', '').slice(0, 20);
        const sentAt = hl7Time(receivedMs);
        const answer = { code, controlId, sentAt, ...(reason === null ? {} : { reason }) };
        return encodeFrame(buildAcknowledgement(header, answer), charset);
      }),
    );
}

function setsOf(
  ports: MessagePorts,
  header: Segment,
  reading: OruReading,
  patientId: string,
  receivedMs: number,
  messageId: number,
): NewSet[] {
  const receivedAt = isoTime(receivedMs);
  const receivedBootMs = ports.clock.boot();
  return messageSets(reading.taken, deviceOf(header), receivedAt).map((set) => ({
    patientId,
    observedAt: set.observedAt,
    observedMs: Date.parse(set.observedAt),
    receivedAt,
    receivedMs,
    receivedBootMs,
    bootId: ports.clock.bootId(),
    source: { kind: 'monitor', name: set.sourceName },
    values: set.values,
    messageId,
    enteredBy: null,
  }));
}

/** MSH-11: training and debugging messages never become a patient's readings; where it is left out, it is production. */
function isProduction({ processingId }: OruReading): boolean {
  return ['', 'P'].includes(processingId.trim().toUpperCase());
}

/** MSH-7 tells how far the sender's clock is from ours; a stamp without seconds or zone tells too little. */
function noteClock(ports: MessagePorts, message: Message, receivedMs: number): void {
  const stamp = valueAt(message.header, 7) ?? '';
  if (!/^\d{14}/.test(stamp)) return;
  const sent = readTime(stamp);
  if (sent.kind !== 'time') return;
  const sentMs = Date.parse(withSiteZone(sent.iso, machineZone));
  ports.sourceClocks.note(deviceOf(message.header), sentMs, receivedMs);
}

function audit(ports: MessagePorts, write: Writer, entry: AuditEntry): void {
  appendAudit(write, isoTime(ports.clock.wall()), entry);
}

/** `YYYYMMDDHHMMSS+0000`. */
function hl7Time(ms: number): string {
  return `${isoTime(ms).slice(0, 19).replaceAll(/[-T:]/g, '')}+0000`;
}

const LONGEST_NAME = 64;

function namesOf(header: Segment | null): { readonly sender: string; readonly controlId: string } {
  return {
    sender: header === null ? '' : senderOf(header),
    controlId: header === null ? '' : controlIdOf(header),
  };
}

function senderOf(header: Segment): string {
  return [valueAt(header, 3) ?? '', valueAt(header, 4) ?? ''].join('|').slice(0, 2 * LONGEST_NAME);
}

function controlIdOf(header: Segment): string {
  return (valueAt(header, 10) ?? '').slice(0, 256);
}

/** The name a reading's source is shown by. */
function deviceOf(header: Segment): string {
  return (valueAt(header, 3) || valueAt(header, 4) || 'monitor').slice(0, LONGEST_NAME);
}

function ackCodeOf(code: string): AcknowledgementCode {
  const codes: readonly AcknowledgementCode[] = ['AA', 'AE', 'AR', 'CA', 'CE', 'CR'];
  return codes.find((known) => known === code) ?? 'AE';
}
