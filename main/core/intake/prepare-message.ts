/**
 * What can be worked out of a frame's bytes before its transaction: decoded, parsed and read. Nothing of it depends on
 * the ward, and nothing that a sender can write makes it throw.
 */

import { type AdtEvent, readAdt } from '../../../app/observation/hl7/adt.ts';
import {
  type MessageFault,
  parseMessage,
  type Segment,
  valueAt,
} from '../../../app/observation/hl7/message.ts';
import { type OruReading, readOru } from '../../../app/observation/hl7/oru.ts';
import { readTime, type SiteZone, withSiteZone } from '../../../app/observation/hl7/time.ts';
import { type Clock, type Ids, isoTime, type Moment } from '../clock.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { decodeHl7Bytes } from './hl7-charset.ts';
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
