/** The SQL of `people`. Names are sealed; PINs are hashes. */
import { z } from 'zod';
import { ROLES, type Role } from '../../../app/access/access.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import type { PinHash } from './pin.ts';

const personRow = z.object({ id: z.string(), name_sealed: z.instanceof(Uint8Array), role: z.enum(ROLES) });

const accountRow = z.object({
  pin_salt: z.instanceof(Uint8Array),
  pin_hash: z.instanceof(Uint8Array),
  wrong_pins: z.number().int(),
  locked_until_ms: z.number().int(),
});

export interface PinAccount {
  readonly pin: PinHash;
  readonly wrongPins: number;
  readonly lockedUntilMs: number;
}

export function insertPerson(
  write: Writer,
  sealing: Sealing,
  person: {
    readonly id: string;
    readonly name: string;
    readonly role: Role;
    readonly pin: PinHash;
    readonly at: number;
  },
): void {
  write.run(
    'INSERT INTO people (id, name_sealed, role, pin_salt, pin_hash, created_ms) VALUES (?, ?, ?, ?, ?, ?)',
    person.id,
    sealing.seal('people.name', person.name),
    person.role,
    person.pin.salt,
    person.pin.hash,
    person.at,
  );
}

/** Everybody, in the order they were added. */
export function readPeople(read: Reader, sealing: Sealing): PersonView[] {
  return read
    .all(personRow, 'SELECT id, name_sealed, role FROM people ORDER BY created_ms, rowid')
    .map((row) => ({ id: row.id, name: sealing.openText('people.name', row.name_sealed), role: row.role }));
}

export function readPinAccount(read: Reader, personId: string): PinAccount | null {
  const row = read.one(
    accountRow,
    'SELECT pin_salt, pin_hash, wrong_pins, locked_until_ms FROM people WHERE id = ?',
    personId,
  );
  if (row === null) return null;
  return {
    pin: { salt: row.pin_salt, hash: row.pin_hash },
    wrongPins: row.wrong_pins,
    lockedUntilMs: row.locked_until_ms,
  };
}

export function writeLockOut(
  write: Writer,
  personId: string,
  wrongPins: number,
  lockedUntilMs: number,
): void {
  write.run(
    'UPDATE people SET wrong_pins = ?, locked_until_ms = ? WHERE id = ?',
    wrongPins,
    lockedUntilMs,
    personId,
  );
}
