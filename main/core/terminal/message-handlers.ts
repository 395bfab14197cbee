/**
 * Messages that wait for a person. What is released is read again from its sealed bytes, as it came and with the time at
 * which it came; the answer that its sender got stays what it was.
 */
import type { MessageContent, MessageShown, WaitingMessage } from '../../../app/contract/calls/messages.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { bedKey } from '../../../app/patient/text.ts';
import { appendAudit } from '../audit/audit.ts';
import { isoTime } from '../clock.ts';
import { setsOfMessage } from '../intake/patient-sets.ts';
import type { PreparedMessage } from '../intake/prepare-message.ts';
import {
  readFirstUnderControlId,
  readWaiting,
  readWaitingMessage,
  resolveMessage,
  type WaitingRow,
} from '../intake/waiting-messages.ts';
import { applyEvent } from '../patients/patient-events.ts';
import { findPatientByIdentifier } from '../ward/patients-table.ts';
import { alikeHandlers } from './alike-messages.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';
import {
  confirmBedOf,
  isInvented,
  type MessageHandlerPorts,
  onlyDiscard,
  readAgain,
} from './kept-message.ts';

/** A list that is longer is worked off from the newest. Ours. */
const MOST_SHOWN = 200;

export function messageHandlers(
  ports: MessageHandlerPorts,
): Pick<
  CommandHandlers,
  'message.release' | 'message.discard' | 'message.release-alike' | 'message.discard-alike'
> {
  const { sealing, clock } = ports;
  return {
    ...alikeHandlers(ports),
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
        confirmBedOf(ports, write, draft, row, prepared, patientId);
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
    'messages.waiting': () =>
      ok({
        messages: readWaiting(ports.store.read, MOST_SHOWN).map(waitingView),
        keptDays: ports.keptDays(),
      }),

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
  return {
    ...waitingView(row),
    ...contentOf(ports, prepared),
    earlier: earlierOf(ports, row),
    likely: prepared?.said.ok === true ? likelyPatient(ports, row, prepared.said.reading.patient) : null,
    onlyDiscard: prepared === null ? 'no-longer-kept' : onlyDiscard(prepared),
  };
}

function contentOf(ports: MessageHandlerPorts, prepared: PreparedMessage | null): MessageContent {
  const unread = { type: null, name: null, identifier: null, birthDate: null, bed: null, values: [] };
  if (prepared === null || !prepared.said.ok) return { ...unread, absorbed: null };
  const { reading, event } = prepared.said;
  const { id: identifier, name, birthDate, bed } = reading.patient;
  const values = reading.taken.map(({ vital, value, observedAt }) => ({ vital, value, observedAt }));
  const absorbed = event?.absorbed == null ? null : ownerOf(ports, event.absorbed);
  return { type: reading.messageType, name, identifier, birthDate, bed, values, absorbed };
}

/** Who has a number here. A merge cannot be taken back, so both of its people are shown. */
function ownerOf(ports: MessageHandlerPorts, identifier: string): NonNullable<MessageContent['absorbed']> {
  const owner = findPatientByIdentifier(ports.store.read, ports.sealing, identifier);
  if (owner === null) return { identifier, name: null, birthDate: null, bed: null };
  const { name, birthDate } = owner;
  return { identifier, name, birthDate, bed: ports.ward.bedOf(owner.id)?.bed ?? null };
}

/** Of two messages under one control id a person sees both: which of them is right is not in either alone. */
function earlierOf(ports: MessageHandlerPorts, row: WaitingRow): MessageShown['earlier'] {
  if (row.reason !== 'control-id-reused') return null;
  const first = readFirstUnderControlId(ports.store.read, row);
  const prepared = first === null ? null : readAgain(ports, first);
  if (first === null || prepared === null) return null;
  return { ...contentOf(ports, prepared), receivedAt: isoTime(first.received_ms) };
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
