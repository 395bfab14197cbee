/** What biomedical IT may ask of the FHIR server. */
import { ok } from '../../../app/contract/outcome.ts';
import type { Clock } from '../clock.ts';
import { hashOfToken, newToken } from '../http/access-token.ts';
import { type Settings, writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import type { FhirServer } from './fhir-server.ts';

export interface FhirHandlerPorts {
  readonly fhir: FhirServer;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly settingsChanged: () => void;
}

export function fhirHandlers(ports: FhirHandlerPorts): Pick<CommandHandlers, 'fhir.configure'> {
  const { fhir, clock } = ports;
  return {
    'fhir.configure': async ({ on, port, newToken: renew }, call) => {
      const before = ports.settings().fhir;
      const token = renew || (on && before.token === null) ? newToken() : null;
      const applied = await fhir.apply({ on, port });
      if (!applied.ok) return applied;
      const settings = {
        on,
        // Of "any free port" the one that was found: senders are configured with it.
        port: on ? fhir.view().port : port,
        token: token === null ? before.token : { hash: hashOfToken(token), madeMs: clock.wall() },
      };
      // The token itself is no part of the commit: what is committed is kept.
      const detail = { on, port: settings.port, newToken: token !== null };
      const done = call.commit(null, detail, (write) => {
        writeSettings(write, { fhir: settings });
        return ok({ token: null, fhir: fhir.view() });
      });
      if (!done.ok) {
        await fhir.apply(before);
        return done;
      }
      ports.settingsChanged();
      return ok({ token, fhir: fhir.view() });
    },
  };
}

export function fhirQueries({ fhir }: FhirHandlerPorts): Pick<QueryHandlers, 'fhir.state'> {
  return { 'fhir.state': () => ok(fhir.view()) };
}
