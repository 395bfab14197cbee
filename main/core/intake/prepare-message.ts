/**
 * What can be worked out of a frame's bytes before its transaction: decoded, parsed and read. Nothing of it depends on
 * the ward, and nothing that a sender can write makes it throw.
 */

import { isAscii } from 'node:buffer';
import { type AdtEvent, readAdt } from '../../../app/observation/hl7/adt.ts';
import {
  type MessageFault,
  parseMessage,
  type Segment,
  valueAt,
} from '../../../app/observation/hl7/message.ts';
import { type OruReading, type ReadingOptions, readOru } from '../../../app/observation/hl7/oru.ts';
import { readTime, type SiteZone, withSiteZone } from '../../../app/observation/hl7/time.ts';
import { type Clock, type Ids, isoTime, type Moment } from '../clock.ts';
import type { FeedReading, Feeds } from '../feeds/feeds.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { decodeHl7Bytes } from './hl7-charset.ts';
import type { Likenesses } from './likenesses.ts';
import { machineZone } from './machine-zone.ts';
import { contentLookup } from './messages-table.ts';

export interface MessagePorts {
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  /** How each sender is to be read; left out, by the message itself and this machine's zone. */
  readonly feeds?: Pick<Feeds, 'readingOf' | 'sensorsOf'>;
  /** Whether a sender (MSH-3|MSH-4) may send; left out, anybody may. */
  readonly maySend?: (sender: string) => boolean;
  /** Messages that were read before; left out, each is read in full. */
  readonly likenesses?: Likenesses;
}

/** Why a frame never became a message. */
export type FrameFault = 'too-large' | 'unfinished' | 'not-mllp' | 'sender-not-allowed';

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
  readonly said: Said | { readonly ok: false; readonly fault: MessageFault | FrameFault };
}

/** What a message says. */
export interface Said {
  readonly ok: true;
  readonly reading: OruReading;
  /** What it tells of a patient's stay, where it is such a message. */
  readonly event: AdtEvent | null;
  readonly device: string;
  readonly sentMs: number | null;
}

/** Decodes, parses and reads a frame's bytes. Never throws for anything a sender can write. */
export function prepareMessage(ports: MessagePorts, bytes: Uint8Array, received: Moment): PreparedMessage {
  return preparedByLikeness(ports, bytes, received) ?? preparedInFull(ports, bytes, received);
}

function preparedByLikeness(
  ports: MessagePorts,
  bytes: Uint8Array,
  received: Moment,
): PreparedMessage | null {
  // Letters of ASCII are the same in every character set that is read here.
  if (ports.likenesses === undefined || !isAscii(bytes)) return null;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const receivedAt = isoTime(received.wallMs);
  const found = ports.likenesses.read(text, ({ device }) =>
    optionsOf(ports.feeds?.readingOf(device), receivedAt),
  );
  if (found === null || ports.maySend?.(found.from.sender) === false) return null;
  const { header, reading, from } = found;
  return {
    ...frameParts(ports, bytes, received),
    header,
    sender: from.sender,
    controlId: reading.controlId.slice(0, LONGEST_CONTROL_ID),
    charset: from.charset,
    said: {
      ok: true,
      reading,
      event: null,
      device: from.device,
      sentMs: sentMsOf(header, zoneOf(ports.feeds?.readingOf(from.device))),
    },
  };
}

function preparedInFull(ports: MessagePorts, bytes: Uint8Array, received: Moment): PreparedMessage {
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
  if (header !== null && ports.maySend?.(senderOf(header)) === false)
    return prepareFrame(ports, bytes, 'sender-not-allowed', received);
  const charset = decoded.charset === 'iso-8859-1' ? 'iso-8859-1' : 'utf-8';
  const common = { ...frameParts(ports, bytes, received), header, ...namesOf(header), charset } as const;
  if (!parsed.ok) return { ...common, said: { ok: false, fault: parsed.fault } };
  const { message } = parsed;
  const options = optionsOf(feed, isoTime(received.wallMs));
  const reading = readOru(message, options);
  const event = readAdt(message);
  const device = deviceOf(message.header);
  if (event === null && isAscii(bytes))
    ports.likenesses?.learn(decoded.text, message, reading, options, {
      sender: common.sender,
      device,
      charset,
    });
  const sentMs = sentMsOf(message.header, zoneOf(feed));
  return { ...common, said: { ok: true, reading, event, device, sentMs } };
}

function optionsOf(feed: FeedReading | undefined, receivedAt: string): ReadingOptions {
  const siteZone = zoneOf(feed);
  return feed === undefined || feed.siteCodes === null
    ? { receivedAt, siteZone }
    : { receivedAt, siteZone, siteCodes: feed.siteCodes };
}

function zoneOf(feed: FeedReading | undefined): SiteZone {
  return feed?.siteZone ?? machineZone;
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
  const said = { ok: false, fault } as const;
  return { ...frameParts(ports, bytes, received), header, ...namesOf(header), charset: 'utf-8', said };
}

function frameParts(ports: MessagePorts, bytes: Uint8Array, received: Moment) {
  return {
    bytes,
    receivedMs: received.wallMs,
    receivedBootMs: received.bootMs,
    content: contentLookup(ports.sealing, bytes),
  };
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

const LONGEST_NAME = 64;
const LONGEST_CONTROL_ID = 256;

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
  return (valueAt(header, 10) ?? '').slice(0, LONGEST_CONTROL_ID);
}

/** The name a reading's source is shown by. */
function deviceOf(header: Segment): string {
  return (valueAt(header, 3) || valueAt(header, 4) || 'monitor').slice(0, LONGEST_NAME);
}
