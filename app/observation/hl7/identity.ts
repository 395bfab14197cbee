/**
 * Who and where a message is about: PID and PV1. Nothing is guessed: without an identifier in PID-3 the message
 * is held for a person, who is shown the bed and the name that it carried.
 * Names, identifiers and birth dates are the caller's to seal; they never go to a log.
 */
import { isPlaceholder } from '../../patient/identity.ts';
import { cleanMark, cleanName } from '../../patient/text.ts';
import { type Message, type Segment, subcomponentsOf, valueAt, valuesAt } from './message.ts';

export interface Identity {
  /** PID-3.1 of its first repetition that has one. */
  readonly id: string | null;
  /** One readable line from PV1-3. */
  readonly bed: string | null;
  /** "Family, Given" of PID-5; where there is no identifier, also a name that stands in PID-4. */
  readonly name: string | null;
  /** YYYY-MM-DD, null where the message does not tell the whole date. */
  readonly birthDate: string | null;
  readonly sex: 'F' | 'M' | 'O' | null;
}

/** Why a message must be confirmed by a person before its readings count for a patient. */
export const HELD_REASONS = ['no-patient', 'no-patient-id', 'several-patients'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** Longest name and identifier taken; longer ones are left out, not cut: a cut identifier is another one. Ours. */
const LONGEST_NAME = 256;

function limited(text: string): string | null {
  return text === '' || text.length > LONGEST_NAME ? null : text;
}

function idsOf(pid: Segment): readonly string[] {
  return valuesAt(pid, 3)
    .map((id) => cleanMark(id ?? ''))
    .filter((id) => limited(id) !== null && !isPlaceholder(id));
}

function nameOf(pid: Segment): string | null {
  const family = valueAt(pid, 5, 1) ?? '';
  const given = valueAt(pid, 5, 2) ?? '';
  const parts = [family, given].filter((part) => part !== '');
  // "Na" and "Patient" are names of people too, where the other part is one.
  return parts.every(isPlaceholder) ? null : limited(cleanName(parts.join(', ')));
}

/** A name that a gateway put into the alternate identifier: words, and no digit that would make it a number. */
function nameInAlternateId(pid: Segment): string | null {
  const text = valueAt(pid, 4) ?? '';
  return /\p{L}/u.test(text) && !/\d/.test(text) ? limited(cleanName(text)) : null;
}

function birthDateOf(pid: Segment): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})(?:\d|$)/.exec(valueAt(pid, 7) ?? '');
  if (parts === null) return null;
  const iso = `${parts[1]}-${parts[2]}-${parts[3]}`;
  // No month is shorter than 28 days: nearly every date is told to be one without a calendar.
  const [month, day] = [Number(parts[2]), Number(parts[3])];
  if (month >= 1 && month <= 12 && day >= 1 && day <= 28) return iso;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? null : iso;
}

function sexOf(pid: Segment): 'F' | 'M' | 'O' | null {
  const text = valueAt(pid, 8);
  return text === 'F' || text === 'M' || text === 'O' ? text : null;
}

/** A network address that a gateway wrote into the location: dotted, or as one whole number. */
function isAddress(text: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(text) || /^\d{8,10}$/.test(text);
}

/**
 * The bed as one readable line. Point of care, room and bed are joined by "/" where there is a room, else by a
 * space; a bed's subcomponents by "/", up to a network address; the facility follows where it is no address.
 * `^^North&5&1` is "North/5/1"; `EAST^3001^1` is "EAST/3001/1"; `ICU^^5^CITY` is "ICU 5 CITY".
 */
export function bedOf(pv1: Segment): string | null {
  const part = (component: number): string => {
    const subcomponents = subcomponentsOf(pv1, 3, component);
    const address = subcomponents.findIndex(isAddress);
    return subcomponents
      .slice(0, address > 0 ? address : subcomponents.length)
      .filter((text) => text !== '')
      .join('/');
  };
  const [unit, room, bed, facility] = [part(1), part(2), part(3), part(4)];
  const place = [unit, room, bed].filter((text) => text !== '').join(room === '' ? ' ' : '/');
  return limited(
    cleanMark([place, isAddress(facility) ? '' : facility].filter((text) => text !== '').join(' ')),
  );
}

/** The identity that a message carries, and whether a person must confirm it. */
export function readIdentity(message: Message): {
  readonly identity: Identity;
  readonly heldReason: HeldReason | null;
} {
  const pids = message.segments.filter((segment) => segment.name === 'PID');
  const pv1 = message.segments.find((segment) => segment.name === 'PV1');
  const bed = pv1 === undefined ? null : bedOf(pv1);
  const pid = pids[0];
  if (pid === undefined)
    return {
      identity: { id: null, bed, name: null, birthDate: null, sex: null },
      heldReason: 'no-patient',
    };
  const id = idsOf(pid)[0] ?? null;
  const person = { birthDate: birthDateOf(pid), sex: sexOf(pid) };
  // Two patients in one message: no reading can be given to either of them by this program.
  if (pids.some((other) => other !== pid && (idsOf(other)[0] ?? null) !== id))
    return {
      identity: { id: null, bed: null, name: null, birthDate: null, sex: null },
      heldReason: 'several-patients',
    };
  if (id !== null) return { identity: { id, bed, name: nameOf(pid), ...person }, heldReason: null };
  const name = nameOf(pid) ?? nameInAlternateId(pid);
  return { identity: { id: null, bed, name, ...person }, heldReason: 'no-patient-id' };
}
