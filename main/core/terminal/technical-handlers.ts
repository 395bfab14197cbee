/** Technical alerts at a terminal, and the figures of the clinical ones. */
import { ok, refused } from '../../../app/contract/outcome.ts';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/database.ts';
import type { Technical } from '../technical/technical.ts';
import { readBurden } from '../ward/alert-burden.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';

export interface TechnicalHandlerPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly technical: Technical;
}

const DAY_MS = 86_400_000;

export function technicalHandlers({
  technical,
}: TechnicalHandlerPorts): Pick<CommandHandlers, 'technical.acknowledge'> {
  return {
    'technical.acknowledge': ({ id }, call) => {
      const known = technical.open().find((alert) => alert.id === id);
      if (known === undefined) return refused('not-found', { what: 'technical-alert' });
      const audited = call.commit(id, { code: known.code }, () => ok({}));
      if (audited.ok) technical.acknowledge(id, call.person.name);
      return audited;
    },
  };
}

export function technicalQueries({
  technical,
  store,
  clock,
}: TechnicalHandlerPorts): Pick<QueryHandlers, 'technical.list' | 'alert.burden'> {
  return {
    'technical.list': () => ok({ alerts: technical.open() }),
    'alert.burden': ({ days }) => {
      const now = clock.wall();
      return ok(readBurden(store.read, now - days * DAY_MS, now));
    },
  };
}
