/**
 * From a frame's bytes to an acknowledgement: decode, parse and read (`prepareMessage`), commit in a group
 * (`commitMessage`), and only then answer. The same bytes under the same control id get the same answer and no second
 * row; other bytes under it are quarantined.
 */
import {
  type AcknowledgementCode,
  acknowledgementCode,
  acknowledgementCodes,
  buildAcknowledgement,
  type IntakeResult,
} from '../../../app/observation/hl7/acknowledgement.ts';
import { type AdtEvent, readAdt } from '../../../app/observation/hl7/adt.ts';
import {
  type MessageFault,
  parseMessage,
  type Segment,
  valueAt,
} from '../../../app/observation/hl7/message.ts';
import { type OruReading, readOru } from '../../../app/observation/hl7/oru.ts';
import { readTime, type SiteZone, withSiteZone } from '../../../app/observation/hl7/time.ts';
import { type AuditEntry, appendAudit } from '../audit/audit.ts';
import { type Clock, type Ids, isoTime, type Moment } from '../clock.ts';
import type { Feeds } from '../feeds/feeds.ts';
import { applyEvent } from '../patients/patient-events.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findSet, type NewSet } from '../ward/observations-table.ts';
import { decodeHl7Bytes } from './hl7-charset.ts';
import type { MessageBodies } from './message-bodies.ts';
import type { MessageState } from './message-counts.ts';
import { messageSets } from './message-sets.ts';
import { contentLookup, findMessage, insertMessage, type KnownMessage } from './messages-table.ts';
import { encodeFrame } from './mllp-framing.ts';
import { whose } from './whose.ts';

export interface MessagePorts {
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  /** How each sender is to be read; left out, by the message itself and this machine's zone. */
  readonly feeds?: Pick<Feeds, 'readingOf' | 'sensorsOf'>;
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
  /** What the message tells of its sender's clock, to be noted once it is committed. */
  readonly clock: { readonly device: string; readonly sentMs: number } | null;
}

/** Why a frame never became a message. */
export type FrameFault = 'too-large' | 'unfinished' | 'not-mllp';

/** The site's zone is this machine's: with summer time, at the local time of the stamp. */
export const machineZone: SiteZone = (localIso) => -new Date(localIso).getTimezoneOffset();

/** A message as far as it can be worked out before its transaction: nothing of it depends on the ward. */
export interface PreparedMessage {
  readonly bytes: Uint8Array;
  readonly receivedMs: number;
  readonly receivedBootMs: number;
  /** Of the first MSH, where one can be read. */
  readonly header: Segment | null;
  readonly sender: string;
  readonly controlId: string;
  /** Keyed fingerprint of the bytes. */
  readonly content: Uint8Array;
  readonly charset: 'utf-8' | 'iso-8859-1';
  /** What the message says, or why it is no message (a parser's fault or a frame's). */
  readonly said:
    | {
        readonly ok: true;
        readonly reading: OruReading;
        /** What it tells of a patient's stay, where it is such a message. */
        readonly event: AdtEvent | null;
        readonly device: string;
        readonly sentMs: number | null;
      }
    | { readonly ok: false; readonly fault: MessageFault | FrameFault };
}

/** Decodes, parses and reads a frame's bytes. Never throws for anything a sender can write. */
export function prepareMessage(ports: MessagePorts, bytes: Uint8Array, received: Moment): PreparedMessage {
  let decoded = decodeHl7Bytes(bytes);
  let parsed = parseMessage(decoded.text);
  const sender = parsed.ok ? parsed.message.header : parsed.header;
  const feed = sender === null ? undefined : ports.feeds?.readingOf(deviceOf(sender));
  if (feed !== undefined && feed.charset !== null) {
    // Only the message tells whose it is, and only then is it known which letters its bytes are.
    decoded = decodeHl7Bytes(bytes, feed.charset);
    parsed = parseMessage(decoded.text);
  }
  const header = parsed.ok ? parsed.message.header : parsed.header;
  const zone = feed?.siteZone ?? machineZone;
  return {
    ...frameParts(ports, bytes, received, header),
    charset: decoded.charset === 'iso-8859-1' ? 'iso-8859-1' : 'utf-8',
    said: parsed.ok
      ? {
          ok: true,
          reading: readOru(parsed.message, {
            receivedAt: isoTime(received.wallMs),
            siteZone: zone,
            ...(feed === undefined || feed.siteCodes === null ? {} : { siteCodes: feed.siteCodes }),
          }),
          event: readAdt(parsed.message),
          device: deviceOf(parsed.message.header),
          sentMs: sentMsOf(parsed.message.header, zone),
        }
      : { ok: false, fault: parsed.fault },
  };
}

/** A frame that never became a message: it is kept, and answered where that can help its sender. */
export function prepareFrame(
  ports: MessagePorts,
  bytes: Uint8Array,
  fault: FrameFault,
  received: Moment,
): PreparedMessage {
  const parsed = parseMessage(decodeHl7Bytes(bytes).text);
  const header = parsed.ok ? parsed.message.header : parsed.header;
  return { ...frameParts(ports, bytes, received, header), charset: 'utf-8', said: { ok: false, fault } };
}

/** The work of one message inside a transaction. Throws only where the store fails; nothing is kept then. */
export function commitMessage(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  bodies: MessageBodies,
  prepared: PreparedMessage,
): MessageOutcome {
  const { said, sender, controlId } = prepared;
  const keep = (result: IntakeResult, state: MessageState, reason: string | null, more: Kept = {}) =>
    record(ports, write, bodies, prepared, { result, state, reason, ...more });

  if (!said.ok) {
    // A half frame may come whole the next time; one that is too large, or no frame at all, will not.
    return keep(said.fault === 'unfinished' ? 'retry' : 'refused', 'refused', said.fault).outcome;
  }
  const { reading } = said;
  const rejected = reading.rejected.length;
  const known = findMessage(
    write,
    ports.sealing,
    bodies,
    sender,
    controlId,
    prepared.content,
    prepared.receivedMs,
  );
  if (known !== null) {
    // Refused for good: sent again as it is, it would be refused again. A person looks into it.
    if (!known.sameBytes)
      return keep('refused', 'quarantined', 'control-id-reused', { conflict: true }).outcome;
    return repeatedOutcome(ports, prepared, known, rejected);
  }
  if (reading.refusal !== null) return keep('refused', 'refused', reading.refusal).outcome;
  if (!isProduction(reading)) return keep('accepted', 'held', 'not-production', { rejected }).outcome;
  const clock = said.sentMs === null ? null : { device: said.device, sentMs: said.sentMs };
  if (reading.held) return keep('accepted', 'held', reading.reason, { rejected, clock }).outcome;
  if (said.event !== null) {
    const done = applyEvent({ ...ports, wallMs: prepared.receivedMs }, write, draft, said.event, null);
    if (done.kind === 'held') return keep('accepted', 'held', done.reason, { clock }).outcome;
    const { patientId, reason } = done;
    const action = `patient.${said.event.kind}`;
    audit(ports, write, { actor: 'system', action, subject: patientId, detail: { by: 'feed', reason } });
    return keep('accepted', 'accepted', reason, { patientId, clock }).outcome;
  }
  if (reading.taken.length === 0 && reading.withdrawn.length === 0) {
    const why = reading.rejected[0]?.reason ?? 'no-readings';
    return keep('accepted', 'accepted', why, { rejected, clock }).outcome;
  }

  const patient = whose(ports, write, draft, reading.patient, prepared.receivedMs);
  if (patient.kind === 'held') return keep('accepted', 'held', patient.reason, { rejected, clock }).outcome;
  const patientId = patient.kind === 'patient' ? patient.patientId : patient.patient.id;
  const nothingToDelete = () =>
    keep('accepted', 'accepted', 'nothing-to-delete', { rejected, clock }).outcome;
  if (patient.kind === 'patient') noteToldBed(ports, write, draft, patientId, patient.toldBed);
  if (patient.kind === 'admit' && reading.taken.length === 0) return nothingToDelete();
  if (patient.kind === 'admit') {
    draft.admit(write, patient.patient, patient.bed, patient.known);
    audit(ports, write, {
      actor: 'system',
      action: 'patient.admit',
      subject: patientId,
      detail: { by: 'feed' },
    });
  }
  const sets = setsOf(ports, write, prepared, said, patientId).filter((set) => saysSomething(write, set));
  if (sets.length === 0) return nothingToDelete();
  const taken = reading.taken.length;
  const { id, outcome } = keep('accepted', 'accepted', null, { patientId, taken, rejected, clock });
  draft.observe(
    write,
    patientId,
    sets.map((set) => ({ ...set, messageId: id })),
  );
  return outcome;
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

function frameParts(ports: MessagePorts, bytes: Uint8Array, received: Moment, header: Segment | null) {
  return {
    bytes,
    receivedMs: received.wallMs,
    receivedBootMs: received.bootMs,
    header,
    ...namesOf(header),
    content: contentLookup(ports.sealing, bytes),
  };
}

/** The same bytes under the same control id: the same answer, and no second row. */
function repeatedOutcome(
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

interface Kept {
  readonly patientId?: string;
  readonly taken?: number;
  readonly rejected?: number;
  readonly conflict?: boolean;
  readonly clock?: MessageOutcome['clock'];
}

interface Recorded extends Kept {
  readonly result: IntakeResult;
  readonly state: MessageState;
  readonly reason: string | null;
}

/** Writes a message with its answer, and tells what became of it. */
function record(
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

/** A monitor that names another bed is told of once, in the audit, and shown at the bed until it names this one again. */
function noteToldBed(
  ports: MessagePorts,
  write: Writer,
  draft: WardDraft,
  patientId: string,
  toldBed: string | null,
): void {
  const before = draft.bedOf(patientId)?.toldBed ?? null;
  if (before === toldBed) return;
  draft.noteToldBed(patientId, toldBed);
  if (toldBed !== null)
    audit(ports, write, {
      actor: 'system',
      action: 'patient.other-bed',
      subject: patientId,
      detail: { by: 'feed' },
    });
}

/**
 * The sets of a message that a person has said the patient of, each with the message's own times. Empty where it brings
 * nothing that could be a reading.
 */
export function setsOfMessage(
  ports: MessagePorts,
  write: Writer,
  prepared: PreparedMessage,
  patientId: string,
): NewSet[] {
  const { said } = prepared;
  if (!said.ok || said.reading.refusal !== null) return [];
  return setsOf(ports, write, prepared, said, patientId).filter((set) => saysSomething(write, set));
}

/** A deletion of what was never told changes nothing, and a row without a value would say nothing. */
function saysSomething(write: Writer, set: NewSet): boolean {
  if (Object.keys(set.values).length > 0) return true;
  const before = findSet(write, set);
  return before !== null && (set.withdraws ?? []).some((vital) => before.values[vital] !== undefined);
}

function setsOf(
  ports: MessagePorts,
  write: Writer,
  prepared: PreparedMessage,
  said: Extract<PreparedMessage['said'], { ok: true }>,
  patientId: string,
): NewSet[] {
  const { receivedMs, receivedBootMs } = prepared;
  const { taken, withdrawn, ambiguous, unavailable } = said.reading;
  const receivedAt = isoTime(receivedMs);
  const sensors = ports.feeds?.sensorsOf(write, patientId, said.device);
  const more = { withdrawn, ambiguous, ...(sensors === undefined ? {} : { sensors }) };
  return messageSets(taken, said.device, receivedAt, more).map((set, index) => ({
    patientId,
    observedAt: set.observedAt,
    observedMs: Date.parse(set.observedAt),
    receivedAt,
    receivedMs,
    receivedBootMs,
    bootId: ports.clock.bootId(),
    source: { kind: 'monitor', name: set.sourceName },
    values: set.values,
    messageId: null,
    enteredBy: null,
    corrects: set.corrects,
    withdraws: set.withdraws,
    ...(set.ambiguous.length === 0 ? {} : { ambiguous: set.ambiguous }),
    // Told once with the delivery: it is of the monitor, not of one of its moments.
    ...(index > 0 || unavailable.length === 0 ? {} : { unavailable }),
  }));
}

/** MSH-11: training and debugging messages never become a patient's readings; where it is left out, it is production. */
export function isProduction({ processingId }: OruReading): boolean {
  return ['', 'P'].includes(processingId.trim().toUpperCase());
}

/**
 * When the sender says that it sent the message (wall ms): it tells how far its clock is from ours. A stamp without
 * seconds, or of a time that never was, tells too little.
 */
function sentMsOf(header: Segment, zone: SiteZone): number | null {
  const stamp = valueAt(header, 7) ?? '';
  if (!/^\d{14}/.test(stamp)) return null;
  const sent = readTime(stamp);
  const iso = sent.kind === 'time' ? withSiteZone(sent.iso, zone) : null;
  return iso === null ? null : Date.parse(iso);
}

function audit(ports: MessagePorts, write: Writer, entry: AuditEntry): void {
  appendAudit(write, isoTime(ports.clock.wall()), entry);
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
