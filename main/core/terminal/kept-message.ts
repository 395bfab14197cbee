/** A message that waits, read again from its sealed bytes: as it came, with the time at which it came. */
import { type Clock, type Ids, type Moment, momentOf } from '../clock.ts';
import type { Feeds } from '../feeds/feeds.ts';
import { isKeptEntry, readKeptEntry } from '../fhir/entry.ts';
import { confirmBed } from '../intake/confirmed-beds.ts';
import type { MessageState } from '../intake/message-counts.ts';
import { readMessageBytes } from '../intake/messages-table.ts';
import { isProduction, type PreparedMessage, prepareMessage } from '../intake/prepare-message.ts';
import type { KeptRow, WaitingRow } from '../intake/waiting-messages.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { findPatientByIdentifier } from '../ward/patients-table.ts';
import type { Ward } from '../ward/ward.ts';

export interface MessageHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ward: Ward;
  readonly feeds: Feeds;
  /** A message has gone from one state to another. */
  readonly messageMoved: (from: MessageState, to: MessageState) => void;
  /** Days after which what nobody has decided about is discarded. */
  readonly keptDays: () => number;
}

/** The message as it was understood when it came; null where its bytes are no longer kept. */
export function readAgain(ports: MessageHandlerPorts, row: KeptRow): PreparedMessage | null {
  const bytes = readMessageBytes(ports.store.read, ports.sealing, row.id);
  if (bytes === null) return null;
  const receipt = receiptOf(ports, row);
  return isKeptEntry(bytes)
    ? readKeptEntry(ports.sealing, bytes, receipt)
    : prepareMessage(ports, bytes, receipt);
}

/** The moment of receipt on this start's boot clock: of an earlier start, the wall time since takes its place. */
function receiptOf(ports: MessageHandlerPorts, row: KeptRow): Moment {
  const now = momentOf(ports.clock);
  const { received_ms: wallMs, received_boot_ms: bootMs, boot_id: bootId } = row;
  const same = bootId !== null && bootId === ports.clock.bootId() && bootMs !== null && bootMs <= now.bootMs;
  return { ...now, wallMs, bootMs: same ? bootMs : now.bootMs - Math.max(0, now.wallMs - wallMs) };
}

/** Why a message can only be discarded, as a code; null where it can be released. */
export function onlyDiscard({ said }: PreparedMessage): string | null {
  if (!said.ok) return said.fault;
  const { reading, event } = said;
  if (reading.refusal !== null) return reading.refusal;
  if (!isProduction(reading)) return 'not-production';
  return event === null && reading.taken.length === 0 && reading.withdrawn.length === 0
    ? 'no-readings'
    : null;
}

/** Nothing real may land on the sample's invented patient. */
export function isInvented(ports: MessageHandlerPorts, patientId: string): boolean {
  return ports.ward.bedOf(patientId)?.patient.demonstration === true;
}

/**
 * A message of a patient that named another bed was released to that very patient: what its monitor sends from there is
 * theirs from now on, and no longer waits.
 */
export function confirmBedOf(
  { store, sealing, clock }: MessageHandlerPorts,
  write: Writer,
  draft: WardDraft,
  { reason }: Pick<WaitingRow, 'reason'>,
  { said }: PreparedMessage,
  patientId: string,
): void {
  if (reason !== 'bed-differs' || !said.ok) return;
  const { id, bed } = said.reading.patient;
  if (id === null || bed === null) return;
  if (findPatientByIdentifier(store.read, sealing, id)?.id !== patientId) return;
  confirmBed(write, draft, patientId, bed, clock.wall());
  draft.noteToldBed(patientId, bed);
}
