/** The ward's people, and the ways to become one of them. */
import type { Role } from '../../../app/access/access.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import type { Ids } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import { insertPerson, readPeople } from './people-table.ts';
import { hashPin, type PinHash } from './pin.ts';

export interface People {
  /** Everybody, in the order they were added. */
  list(): readonly PersonView[];
  /** The slow part of adding somebody; done before the transaction. */
  hash(pin: string): Promise<PinHash>;
  /** Refused where somebody has that name already: two of one name cannot be told apart at the sign-in. */
  add(write: Writer, person: NewPerson, at: number): Outcome<PersonView>;
  /** Adds the first administrator; refused once there is anybody. */
  addFirst(write: Writer, person: Omit<NewPerson, 'role'>, at: number): Outcome<PersonView>;
  /** To be called after a commit that added somebody. */
  refresh(): void;
}

interface NewPerson {
  readonly name: string;
  readonly role: Role;
  readonly pin: PinHash;
}

export function createPeople(store: Store, sealing: Sealing, ids: Ids): People {
  let everybody: readonly PersonView[] = readPeople(store.read, sealing);
  const add = (write: Writer, person: NewPerson, at: number): Outcome<PersonView> => {
    const taken = readPeople(write, sealing).some((known) => sameName(known.name, person.name));
    if (taken) return refused('not-allowed-now', { reason: 'name-taken' });
    const added = { id: ids.next(), name: person.name, role: person.role };
    insertPerson(write, sealing, { ...added, pin: person.pin, at });
    return ok(added);
  };
  return {
    list: () => everybody,
    hash: (pin) => hashPin(pin, sealing.derive('pin')),
    add,
    addFirst: (write, person, at) =>
      readPeople(write, sealing).length > 0
        ? refused('already-set-up')
        : add(write, { ...person, role: 'icu-admin' }, at),
    refresh: () => {
      everybody = readPeople(store.read, sealing);
    },
  };
}

/** Names are the same where a person reads them as the same: case and spaces do not tell people apart. */
function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLocaleLowerCase();
  return plain(one) === plain(other);
}
