/**
 * Messages that wait for a person. What is released is read again from its sealed bytes, as it came and with the time at
 * which it came; the answer that its sender got stays what it was.
 */
import type { MessageShown, WaitingMessage } from '../../../app/contract/calls/messages.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { bedKey } from '../../../app/patient/text.ts';
import { appendAudit } from '../audit/audit.ts';
import { type Clock, type Ids, isoTime, type Moment, momentOf } from '../clock.ts';
import type { Feeds } from '../feeds/feeds.ts';
import { isKeptEntry, readKeptEntry } from '../fhir/entry.ts';
import type { MessageState } from '../intake/message-counts.ts';
import { readMessageBytes } from '../intake/messages-table.ts';
import { setsOfMessage } from '../intake/patient-sets.ts';
import { isProduction, type PreparedMessage, prepareMessage } from '../intake/prepare-message.ts';
import {
  readWaiting,
  readWaitingMessage,
  resolveMessage,
  type WaitingRow,
} from '../intake/waiting-messages.ts';
import { applyEvent } from '../patients/patient-events.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { findPatientByIdentifier } from '../ward/patients-table.ts';
import type { Ward } from '../ward/ward.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';

export interface MessageHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly ward: Ward;
  readonly feeds: Feeds;
  /** A message has gone from one state to another. */
  readonly messageMoved: (from: MessageState, to: MessageState) => void;
}

/** A list that is longer is worked off from the newest. Ours. */
const MOST_SHOWN = 200;

export function messageHandlers(
  ports: MessageHandlerPorts,
): Pick<CommandHandlers, 'message.release' | 'message.discard'> {
  const { sealing, clock } = ports;
  return {
    'message.release': ({ messageId, expectedVersion, patientId }, call) => {
      const seen = waiting(ports, messageId, expectedVersion);
      if (!seen.ok) return seen;
      const { row } = seen.value;
      const prepared = readAgain(ports, row);
      if (prepared === null || onlyDiscard(prepared) !== null || !prepared.said.ok)
        return refused('not-allowed-now', { reason: 'nothing-to-release' });
      const { event } = prepared.said;
      if (event === null && patientId === null)
        return refused('not-allowed-now', { reason: 'needs-patient' });
      const detail = { patient: patientId, reason: row.reason };
      const released = call.commit(String(messageId), detail, (write, draft) => {
        const decision = { state: 'released', by: call.person.id, atMs: clock.wall(), note: null } as const;
        if (event !== null) {
          const now = { ...ports, wallMs: clock.wall() };
          const done = applyEvent(now, write, draft, event, call.person.id);
          if (done.kind === 'held') return refused('not-allowed-now', { reason: done.reason });
          const resolved = { ...decision, patientId: done.patientId, taken: 0 };
          if (!resolveMessage(write, sealing, row, resolved)) return refused('changed-meanwhile');
          return ok({ taken: 0 });
        }
        if (patientId === null || draft.bedOf(patientId) === null || isInvented(ports, patientId))
          return refused('not-found', { what: 'patient' });
        const sets = setsOfMessage(ports, write, prepared, patientId);
        const taken = sets.reduce((sum, set) => sum + Object.keys(set.values).length, 0);
        if (sets.length === 0) return refused('not-allowed-now', { reason: 'nothing-to-release' });
        if (!resolveMessage(write, sealing, row, { ...decision, patientId, taken }))
          return refused('changed-meanwhile');
        draft.observe(
          write,
          patientId,
          sets.map((set) => ({ ...set, messageId })),
        );
        return ok({ taken });
      });
      if (released.ok) ports.messageMoved(row.state, 'released');
      return released;
    },

    'message.discard': ({ messageId, expectedVersion, reason }, call) => {
      const seen = waiting(ports, messageId, expectedVersion);
      if (!seen.ok) return seen;
      const { row } = seen.value;
      const discarded = call.commit(String(messageId), { reason: row.reason }, (write) => {
        const decision = { by: call.person.id, atMs: clock.wall(), note: reason, patientId: null, taken: 0 };
        return resolveMessage(write, sealing, row, { ...decision, state: 'discarded' })
          ? ok({})
          : refused('changed-meanwhile');
      });
      if (discarded.ok) ports.messageMoved(row.state, 'discarded');
      return discarded;
    },
  };
}

export function messageQueries(
  ports: MessageHandlerPorts,
): Pick<QueryHandlers, 'messages.waiting' | 'message.show'> {
  return {
    'messages.waiting': () => ok({ messages: readWaiting(ports.store.read, MOST_SHOWN).map(waitingView) }),

    'message.show': ({ messageId }, { session }) => {
      const row = readWaitingMessage(ports.store.read, messageId);
      if (row === null) return refused('not-found', { what: 'message' });
      const actor = session.person()?.id;
      if (actor === undefined) return refused('not-signed-in');
      ports.store.transaction((write) =>
        appendAudit(write, isoTime(ports.clock.wall()), {
          actor,
          action: 'message.show',
          subject: String(messageId),
          detail: {},
        }),
      );
      return ok(shown(ports, row));
    },
  };
}

function waiting(
  ports: MessageHandlerPorts,
  messageId: number,
  version: number,
): Outcome<{ readonly row: WaitingRow }> {
  const row = readWaitingMessage(ports.store.read, messageId);
  // Somebody else has decided: the list shows what is left.
  if (row === null || row.version !== version) return refused('changed-meanwhile');
  return ok({ row });
}

/** The message as it was understood when it came; null where its bytes are no longer kept. */
function readAgain(ports: MessageHandlerPorts, row: WaitingRow): PreparedMessage | null {
  const bytes = readMessageBytes(ports.store.read, ports.sealing, row.id);
  if (bytes === null) return null;
  const receipt = receiptOf(ports, row);
  return isKeptEntry(bytes)
    ? readKeptEntry(ports.sealing, bytes, receipt)
    : prepareMessage(ports, bytes, receipt);
}

/** The moment of receipt on this start's boot clock: of an earlier start, the wall time since takes its place. */
function receiptOf(ports: MessageHandlerPorts, row: WaitingRow): Moment {
  const now = momentOf(ports.clock);
  const { received_ms: wallMs, received_boot_ms: bootMs, boot_id: bootId } = row;
  const same = bootId !== null && bootId === ports.clock.bootId() && bootMs !== null && bootMs <= now.bootMs;
  return { ...now, wallMs, bootMs: same ? bootMs : now.bootMs - Math.max(0, now.wallMs - wallMs) };
}

function waitingView(row: WaitingRow): WaitingMessage {
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    receivedAt: isoTime(row.received_ms),
    sender: row.sender,
    controlId: row.control_id,
    reason: row.reason,
  };
}

function shown(ports: MessageHandlerPorts, row: WaitingRow): MessageShown {
  const prepared = readAgain(ports, row);
  const unread = {
    type: null,
    name: null,
    identifier: null,
    birthDate: null,
    bed: null,
    values: [],
    likely: null,
    onlyDiscard: prepared === null ? 'no-longer-kept' : onlyDiscard(prepared),
  };
  if (prepared === null || !prepared.said.ok) return { ...waitingView(row), ...unread };
  const { reading } = prepared.said;
  const { id: identifier, name, birthDate, bed } = reading.patient;
  return {
    ...waitingView(row),
    ...unread,
    type: reading.messageType,
    name,
    identifier,
    birthDate,
    bed,
    values: reading.taken.map(({ vital, value, observedAt }) => ({ vital, value, observedAt })),
    likely: likelyPatient(ports, row, reading.patient),
  };
}

/** Why a message can only be discarded, as a code; null where it can be released. */
function onlyDiscard({ said }: PreparedMessage): string | null {
  if (!said.ok) return said.fault;
  const { reading, event } = said;
  if (reading.refusal !== null) return reading.refusal;
  if (!isProduction(reading)) return 'not-production';
  return event === null && reading.taken.length === 0 && reading.withdrawn.length === 0
    ? 'no-readings'
    : null;
}

/** Whom the message may be of: the owner of its number, or where it has none, who is in the bed that it names. */
function likelyPatient(
  ports: MessageHandlerPorts,
  row: WaitingRow,
  told: { readonly id: string | null; readonly bed: string | null },
): string | null {
  // Under a number whose owner has another name and birth date, nobody is likely.
  if (row.reason === 'identity-differs') return null;
  if (told.id !== null) {
    const owner = findPatientByIdentifier(ports.store.read, ports.sealing, told.id);
    return owner !== null && ports.ward.bedOf(owner.id) !== null ? owner.id : null;
  }
  const { bed } = told;
  if (bed === null) return null;
  const there = ports.ward
    .beds()
    .find((one) => !one.patient.demonstration && bedKey(one.bed) === bedKey(bed));
  return there?.patient.id ?? null;
}

/** Nothing real may land on the sample's invented patient. */
function isInvented(ports: MessageHandlerPorts, patientId: string): boolean {
  return ports.ward.bedOf(patientId)?.patient.demonstration === true;
}
