/** From what a message says to the sets of a patient, each with the message's own times. */
import { isoTime } from '../clock.ts';
import type { Writer } from '../store/database.ts';
import { findSet, type NewSet } from '../ward/observations-table.ts';
import { messageSets } from './message-sets.ts';
import type { MessagePorts, PreparedMessage, Said } from './prepare-message.ts';

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
  const { unavailable } = said.reading;
  const sets = setsOf(ports, write, prepared, said, patientId).filter((set) => saysSomething(write, set));
  // Told once with the delivery: it is of the monitor, not of one of its moments.
  return unavailable.length === 0 ? sets : sets.map((set, at) => (at === 0 ? { ...set, unavailable } : set));
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
  said: Said,
  patientId: string,
): NewSet[] {
  const { receivedMs, receivedBootMs } = prepared;
  const { taken, withdrawn, ambiguous } = said.reading;
  const receivedAt = isoTime(receivedMs);
  const sensors = ports.feeds?.sensorsOf(write, patientId, said.device);
  const more = { withdrawn, ambiguous, ...(sensors === undefined ? {} : { sensors }) };
  return messageSets(taken, said.device, receivedAt, more).map((set) => ({
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
  }));
}
