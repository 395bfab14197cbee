/** What terminals may ask of imports. */
import { ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { EMPTY_ACCOUNT } from '../../../app/import/row.ts';
import { siteZone } from '../../../app/observation/hl7/site-zone.ts';
import { type Clock, isoTime } from '../clock.ts';
import { machineZone } from '../intake/machine-zone.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import type { Ward } from '../ward/ward.ts';
import type { Imports } from './imports.ts';
import { insertImport, readImports } from './imports-table.ts';

export interface ImportHandlerPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ward: Ward;
  readonly imports: Imports;
  readonly people: () => readonly PersonView[];
}

/** Imports that are listed. Ours. */
const MOST_LISTED = 50;

export function importHandlers(
  ports: ImportHandlerPorts,
): Pick<CommandHandlers, 'import.open' | 'import.try' | 'import.commit' | 'import.close'> {
  const { imports, clock, sealing } = ports;
  return {
    'import.open': ({ name, text }) => {
      const opened = imports.open(name, text);
      if (opened === 'too-many') return refused('busy');
      return typeof opened === 'string' ? refused('file-unreadable', { reason: opened }) : ok(opened);
    },

    'import.try': ({ importId, columns, zone, patientId, decimals }, { person }) => {
      const rule = zone === null ? machineZone : siteZone(zone);
      if (rule === null) return refused('invalid-request', { field: 'zone' });
      const bed = patientId === null ? null : ports.ward.bedOf(patientId);
      if (patientId !== null && (bed === null || bed.patient.demonstration))
        return refused('not-found', { what: 'patient' });
      const map = new Map(columns.map(({ name, field }) => [name, field]));
      const problem = imports.attempt(
        importId,
        { columns: map, zone: rule, patientId, mark: decimals },
        person.id,
      );
      if (problem === null) return ok({});
      if (problem === 'not-found') return refused('not-found', { what: 'import' });
      return problem === 'busy' ? refused('busy') : refused('file-unreadable', { reason: problem });
    },

    'import.commit': ({ importId }, call) => {
      const ready = imports.ready(importId);
      if (ready === 'not-found') return refused('not-found', { what: 'import' });
      if (ready === 'not-tried') return refused('not-allowed-now', { reason: 'import-not-tried' });
      const begun = call.commit(importId, { kind: ready.kind }, (write) => {
        insertImport(write, sealing, {
          id: importId,
          ...ready,
          startedMs: clock.wall(),
          startedBy: call.person.id,
          state: 'running',
          account: EMPTY_ACCOUNT,
        });
        return ok({});
      });
      if (begun.ok) imports.commit(importId, call.person.id);
      return begun;
    },

    'import.close': ({ importId }) => {
      imports.close(importId);
      return ok({});
    },
  };
}

export function importQueries(
  ports: ImportHandlerPorts,
): Pick<QueryHandlers, 'import.state' | 'import.list'> {
  return {
    'import.state': ({ importId }) => {
      const state = ports.imports.state(importId);
      return state === null ? refused('not-found', { what: 'import' }) : ok(state);
    },
    'import.list': () =>
      ok(
        readImports(ports.store.read, ports.sealing, MOST_LISTED).map(
          ({ id, kind, name, startedMs, startedBy, state, account }) => ({
            id,
            kind,
            name,
            startedAt: isoTime(startedMs),
            startedBy: ports.people().find((person) => person.id === startedBy)?.name ?? startedBy,
            // Of an earlier start of the program: nothing goes on with it.
            state: state === 'running' && ports.imports.state(id) === null ? ('interrupted' as const) : state,
            account,
          }),
        ),
      ),
  };
}
