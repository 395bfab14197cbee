/** Setting up, signing in and out, and adding people. */
import { mayGive } from '../../../app/access/access.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import { type AuditEntry, appendAudit } from '../audit/audit.ts';
import { type Clock, isoTime } from '../clock.ts';
import type { People } from '../people/people.ts';
import { signIn } from '../people/sign-in.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store, Writer } from '../store/database.ts';
import { writeSettings } from '../store/settings.ts';
import type { CommandHandlers } from './calls.ts';

export interface PeopleHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly people: People;
  /** Tells the terminals who there is. */
  readonly peopleChanged: () => void;
  /** Settings were written: reads them again and tells the terminals. */
  readonly settingsChanged: () => void;
}

export function peopleHandlers(
  ports: PeopleHandlerPorts,
): Pick<
  CommandHandlers,
  'ward.set-up' | 'session.sign-in' | 'session.lock' | 'person.add' | 'terminal.prefer'
> {
  const { store, people, clock } = ports;
  const audit = (write: Writer, entry: AuditEntry): void => appendAudit(write, isoTime(clock.wall()), entry);

  return {
    'ward.set-up': async ({ wardName, language, administrator }, { session }) => {
      if (people.list().length > 0) return refused('already-set-up');
      const pin = await people.hash(administrator.pin);
      // Checked again inside: two terminals may have come this far.
      const added = store.transaction((write) => {
        const first = people.addFirst(write, { name: administrator.name, pin }, clock.wall());
        if (!first.ok) return first;
        writeSettings(write, { wardName, language });
        audit(write, {
          actor: first.value.id,
          action: 'ward.set-up',
          subject: first.value.id,
          detail: { language },
        });
        return first;
      });
      if (!added.ok) return added;
      people.refresh();
      session.signedIn(added.value);
      ports.peopleChanged();
      ports.settingsChanged();
      return ok({ person: added.value });
    },

    'session.sign-in': async ({ personId, pin }, { session }) => {
      if (people.list().length === 0) return refused('not-set-up');
      const signed = await signIn(ports, personId, pin);
      if (!signed.ok) return signed;
      store.transaction((write) =>
        audit(write, { actor: personId, action: 'session.sign-in', subject: personId, detail: {} }),
      );
      session.signedIn(signed.value);
      return ok({ person: signed.value });
    },

    'session.lock': (_, { session }) => {
      const person = session.person();
      // First of all: whoever walks away is signed out, whatever the disk does with the entry about it.
      session.signedOut();
      if (person !== null)
        store.transaction((write) =>
          audit(write, { actor: person.id, action: 'session.lock', subject: person.id, detail: {} }),
        );
      return ok({ person: null });
    },

    'terminal.prefer': ({ language, theme }, { session }) => {
      const chosen = {
        ...(language === undefined ? {} : { language }),
        ...(theme === undefined ? {} : { theme }),
      };
      store.transaction((write) => {
        writeSettings(write, chosen);
        const actor = session.person()?.id ?? 'nobody';
        audit(write, { actor, action: 'terminal.prefer', subject: null, detail: chosen });
      });
      ports.settingsChanged();
      return ok({});
    },

    'person.add': async ({ name, role, pin }, call) => {
      if (!mayGive(call.person.role, role)) return refused('not-permitted', { permission: 'manage-people' });
      const hash = await people.hash(pin);
      const added = call.commit(null, { role }, (write) =>
        people.add(write, { name, role, pin: hash }, clock.wall()),
      );
      people.refresh();
      ports.peopleChanged();
      return added;
    },
  };
}
