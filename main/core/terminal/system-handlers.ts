/** The demonstration and the monitors' listener. */
import { readFileSync } from 'node:fs';
import { ok, refused } from '../../../app/contract/outcome.ts';
import type { SystemView } from '../../../app/contract/views.ts';
import type { Demonstration } from '../demonstration/demonstration.ts';
import type { Intake } from '../intake/intake.ts';
import { type Log, reasonOf } from '../log.ts';
import { type Settings, writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';

export interface SystemHandlerPorts {
  readonly demonstration: Demonstration;
  readonly intake: Intake;
  /** The bundled sample. */
  readonly replayFile: string;
  readonly systemView: () => SystemView;
  readonly settings: () => Settings;
  readonly settingsChanged: () => void;
  readonly log: Log;
}

export function systemHandlers(
  ports: SystemHandlerPorts,
): Pick<CommandHandlers, 'demonstration.start' | 'demonstration.stop' | 'intake.configure'> {
  const { demonstration, intake } = ports;
  return {
    'demonstration.start': ({ speed, text }, call) => {
      const table = text ?? readSample(ports);
      if (table === null) return refused('not-found', { what: 'sample' });
      let play = (): void => undefined;
      const started = call.commit(null, { speed, isFile: text !== undefined }, (write, draft) => {
        const ready = demonstration.start(write, draft, table, speed, text !== undefined);
        if (!ready.ok) return ready;
        play = ready.value.play;
        return ok({});
      });
      if (started.ok) play();
      return started;
    },

    'demonstration.stop': (_, call) => {
      let halt = (): void => undefined;
      const stopped = call.commit(null, {}, (write, draft) => {
        const ready = demonstration.stop(write, draft);
        if (!ready.ok) return ready;
        halt = ready.value.halt;
        return ok({});
      });
      if (stopped.ok) halt();
      return stopped;
    },

    'intake.configure': async ({ host, port, safety: wanted }, call) => {
      const safety = wanted ?? ports.settings().mllpSafety;
      const listening = await intake.listen(host, port, safety);
      if (!listening.ok) return listening;
      const address = intake.address();
      const done = call.commit(null, { port: address?.port ?? port }, (write) => {
        writeSettings(write, { mllpHost: host, mllpPort: port, mllpSafety: safety });
        return ok(ports.systemView());
      });
      ports.settingsChanged();
      return done;
    },
  };
}

export function systemQueries({
  settings,
}: Pick<SystemHandlerPorts, 'settings'>): Pick<QueryHandlers, 'intake.safety'> {
  return { 'intake.safety': () => ok(settings().mllpSafety) };
}

function readSample(ports: SystemHandlerPorts): string | null {
  try {
    return readFileSync(ports.replayFile, 'utf8');
  } catch (error) {
    ports.log('error', 'sample-unreadable', { reason: reasonOf(error) });
    return null;
  }
}
