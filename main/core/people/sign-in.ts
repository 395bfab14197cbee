/** Signing in with a PIN, and the lock-out that makes guessing one hopeless. It is in the store: a restart does not forgive. */
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { appendAudit } from '../audit/audit.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { readPeople, readPinAccount, writeLockOut } from './people-table.ts';
import { hashPin, pinMatches } from './pin.ts';

/** Wrong PINs in a row before the first lock-out. Ours; a site's policy later. */
export const WRONG_PINS_ALLOWED = 5;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 15 * 60_000;

/** How long a person is locked out after so many wrong PINs in a row: 30 s after the fifth, doubling, 15 min at most. */
export function lockOutMs(wrongPins: number): number {
  if (wrongPins < WRONG_PINS_ALLOWED) return 0;
  return Math.min(LONGEST_LOCK_MS, FIRST_LOCK_MS * 2 ** (wrongPins - WRONG_PINS_ALLOWED));
}

/**
 * Signs a person in. An attempt counts as wrong before the PIN is compared and is forgiven afterwards, so that
 * many attempts at once, or a crash between, never buy a free guess. An unknown person reads like a wrong PIN.
 */
export async function signIn(
  ports: { readonly store: Store; readonly sealing: Sealing; readonly clock: Clock },
  personId: string,
  pin: string,
): Promise<Outcome<PersonView>> {
  const { store, sealing, clock } = ports;
  const pepper = sealing.derive('pin');
  const account = readPinAccount(store.read, personId);
  if (account === null) {
    await hashPin(pin, pepper);
    audit('unknown-person');
    return refused('wrong-pin');
  }
  const now = clock.wall();
  // A wall clock that was set back must not lock anybody out for longer than the policy says.
  const lockedForMs = Math.min(account.lockedUntilMs - now, LONGEST_LOCK_MS);
  if (lockedForMs > 0) {
    audit('locked-out');
    return refused('locked-out', { seconds: Math.ceil(lockedForMs / 1000) });
  }
  const wrongPins = account.wrongPins + 1;
  const lockMs = lockOutMs(wrongPins);
  store.transaction((write) => writeLockOut(write, personId, wrongPins, lockMs === 0 ? 0 : now + lockMs));
  if (!(await pinMatches(pin, account.pin, pepper))) {
    audit('wrong-pin');
    return lockMs > 0
      ? refused('locked-out', { seconds: Math.ceil(lockMs / 1000) })
      : refused('wrong-pin', { left: WRONG_PINS_ALLOWED - wrongPins });
  }
  store.transaction((write) => writeLockOut(write, personId, 0, 0));
  const person = readPeople(store.read, sealing).find((known) => known.id === personId);
  return person === undefined ? refused('not-found') : ok(person);

  function audit(problem: string): void {
    store.transaction((write) =>
      appendAudit(write, isoTime(clock.wall()), {
        actor: account === null ? 'nobody' : personId,
        action: 'session.sign-in-refused',
        subject: account === null ? null : personId,
        detail: { problem },
      }),
    );
  }
}
