/** What biomedical IT may ask of the served interface. */
import { ok } from '../../../app/contract/outcome.ts';
import type { Clock } from '../clock.ts';
import { hashOfToken, newToken } from '../http/access-token.ts';
import { type Settings, writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import type { ServingServer } from './serving-server.ts';

export interface ServingHandlerPorts {
  readonly serving: ServingServer;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly settingsChanged: () => void;
}

export function servingHandlers(ports: ServingHandlerPorts): Pick<CommandHandlers, 'serving.configure'> {
  const { serving, clock } = ports;
  return {
    'serving.configure': async ({ on, port, network, completions, newToken: renew }, call) => {
      const before = ports.settings().serving;
      const token = renew || (on && before.token === null) ? newToken() : null;
      const applied = await serving.apply({ on, port, network });
      if (!applied.ok) return applied;
      const settings = {
        on,
        port: on ? serving.view().port : port,
        network,
        completions,
        token: token === null ? before.token : { hash: hashOfToken(token), madeMs: clock.wall() },
      };
      // The token itself is no part of the commit: what is committed is kept.
      const detail = {
        on,
        port: settings.port,
        host: network?.host ?? null,
        completions,
        newToken: token !== null,
      };
      const done = call.commit(null, detail, (write) => {
        writeSettings(write, { serving: settings });
        return ok({ token: null, serving: serving.view() });
      });
      if (!done.ok) {
        await serving.apply(before);
        return done;
      }
      ports.settingsChanged();
      return ok({ token, serving: serving.view() });
    },
  };
}

export function servingQueries({ serving }: ServingHandlerPorts): Pick<QueryHandlers, 'serving.state'> {
  return { 'serving.state': () => ok(serving.view()) };
}
