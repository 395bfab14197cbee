/**
 * Many messages decided about at once: all that are held under one reason and name the same sender, bed and hospital
 * number. A monitor without a hospital number sends one a second, and nobody works those off one by one.
 */
import { ok, refused } from '../../../app/contract/outcome.ts';
import { bedKey } from '../../../app/patient/text.ts';
import { setsOfMessage } from '../intake/patient-sets.ts';
import type { PreparedMessage } from '../intake/prepare-message.ts';
import { type HeldRow, readHeldFrom, readHeldOnce, resolveMessage } from '../intake/waiting-messages.ts';
import type { CommandHandlers } from './calls.ts';
import {
  confirmBedOf,
  isInvented,
  type MessageHandlerPorts,
  onlyDiscard,
  readAgain,
} from './kept-message.ts';

/** Messages that are read again in one call: the core is held for about as many tenths of a millisecond. Ours. */
const AT_ONCE = 200;

export function alikeHandlers(
  ports: MessageHandlerPorts,
): Pick<CommandHandlers, 'message.release-alike' | 'message.discard-alike'> {
  const { sealing, clock } = ports;
  return {
    'message.release-alike': ({ messageId, patientId, after }, call) => {
      const found = alike(ports, messageId, after);
      if (found === null) return refused('not-found', { what: 'message' });
      if (ports.ward.bedOf(patientId) === null || isInvented(ports, patientId))
        return refused('not-found', { what: 'patient' });
      const detail = { patient: patientId, reason: found.reason, ...rangeOf(found.rows) };
      const done = call.commit(String(messageId), detail, (write, draft) => {
        const decision = { state: 'released', by: call.person.id, atMs: clock.wall(), note: null } as const;
        let messages = 0;
        for (const { row, prepared } of found.rows) {
          if (prepared === null || onlyDiscard(prepared) !== null) continue;
          const sets = setsOfMessage(ports, write, prepared, patientId);
          const taken = sets.reduce((sum, set) => sum + Object.keys(set.values).length, 0);
          if (sets.length === 0 || !resolveMessage(write, sealing, row, { ...decision, patientId, taken }))
            continue;
          draft.observe(
            write,
            patientId,
            sets.map((set) => ({ ...set, messageId: row.id })),
          );
          messages += 1;
          if (messages === 1) confirmBedOf(ports, write, draft, row, prepared, patientId);
        }
        return ok({ messages, next: found.next });
      });
      if (done.ok) tellMoved(done.value.messages, 'released');
      return done;
    },

    'message.discard-alike': ({ messageId, reason, after }, call) => {
      const found = alike(ports, messageId, after);
      if (found === null) return refused('not-found', { what: 'message' });
      const detail = { reason: found.reason, ...rangeOf(found.rows) };
      const done = call.commit(String(messageId), detail, (write) => {
        const decision = { by: call.person.id, atMs: clock.wall(), note: reason, patientId: null, taken: 0 };
        const discarded = found.rows.filter(({ row }) =>
          resolveMessage(write, sealing, row, { ...decision, state: 'discarded' }),
        );
        return ok({ messages: discarded.length, next: found.next });
      });
      if (done.ok) tellMoved(done.value.messages, 'discarded');
      return done;
    },
  };

  function tellMoved(count: number, to: 'released' | 'discarded'): void {
    for (let one = 0; one < count; one += 1) ports.messageMoved('held', to);
  }
}

interface Alike {
  readonly reason: string | null;
  readonly rows: readonly { readonly row: HeldRow; readonly prepared: PreparedMessage | null }[];
  /** Where the next call goes on; null where there are no more. */
  readonly next: number | null;
}

/** The next of those that are like a message that is or was held; null where that one never was. */
function alike(ports: MessageHandlerPorts, messageId: number, after: number | null): Alike | null {
  const { read } = ports.store;
  const reference = readHeldOnce(read, messageId);
  if (reference === null) return null;
  const told = toldBy(readAgain(ports, reference));
  if (told === null) return null;
  const held = readHeldFrom(read, reference, after ?? 0, AT_ONCE);
  const rows = held
    .map((row) => ({ row, prepared: readAgain(ports, row) }))
    .filter(({ prepared }) => toldBy(prepared) === told);
  const next = held.length < AT_ONCE ? null : (held.at(-1)?.id ?? null);
  return { reason: reference.reason, rows, next };
}

/** What a message of readings names: bed and hospital number. Null for one about a stay: each of those is its own. */
function toldBy(prepared: PreparedMessage | null): string | null {
  if (prepared === null || !prepared.said.ok) return 'unreadable';
  const { reading, event } = prepared.said;
  const { bed, id } = reading.patient;
  return event === null ? JSON.stringify([bed === null ? null : bedKey(bed), id]) : null;
}

function rangeOf(rows: Alike['rows']): { readonly messages: number; readonly last: number | null } {
  return { messages: rows.length, last: rows.at(-1)?.row.id ?? null };
}
