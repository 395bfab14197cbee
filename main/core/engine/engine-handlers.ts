/** What biomedical IT may choose of the engine. The server's key is sealed here and told to nobody but the engine. */
import type { EngineSettingsView } from '../../../app/contract/calls/engine.ts';
import type { ChosenEngine, EnginePort } from '../../../app/contract/engine.ts';
import type { EngineChoice } from '../../../app/contract/engine-choice.ts';
import { ok } from '../../../app/contract/outcome.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { type EngineSettings, type Settings, writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';

export interface EngineHandlerPorts {
  readonly engine: EnginePort | ChosenEngine;
  readonly sealing: Sealing;
  readonly settings: () => Settings;
  readonly settingsChanged: () => void;
}

const PLACE = 'settings.engine_key';

/** Tells the engine what is set. An engine that cannot be chosen (a test's) is left as it is. */
export function chooseEngine(
  { engine, sealing }: Pick<EngineHandlerPorts, 'engine' | 'sealing'>,
  { adapter, server }: EngineSettings,
): void {
  if (!('choose' in engine)) return;
  engine.choose({ adapter, server: server === null ? null : opened(server) });

  function opened({ sealedKey, ...rest }: NonNullable<EngineSettings['server']>): EngineChoice['server'] {
    const key = sealedKey === null ? null : sealing.openText(PLACE, Buffer.from(sealedKey, 'base64'));
    return { ...rest, key };
  }
}

function viewOf({ adapter, server }: EngineSettings): EngineSettingsView {
  if (server === null) return { adapter, server };
  const { sealedKey, ...rest } = server;
  return { adapter, server: { ...rest, hasKey: sealedKey !== null } };
}

export function engineHandlers(ports: EngineHandlerPorts): Pick<CommandHandlers, 'engine.configure'> {
  return {
    'engine.configure': ({ adapter, server }, call) => {
      const before = ports.settings().engine;
      let settings: EngineSettings = { adapter, server: null };
      if (server !== null) {
        const { key, ...rest } = server;
        // A key goes to the server that it was given for, and to no other.
        const kept = before.server?.url === rest.url ? before.server.sealedKey : null;
        const sealed = typeof key === 'string' ? Buffer.from(ports.sealing.seal(PLACE, key)) : null;
        const sealedKey = key === undefined ? kept : (sealed?.toString('base64') ?? null);
        settings = { adapter, server: { ...rest, sealedKey } };
      }
      const detail = { adapter, url: server?.url ?? null, model: server?.model ?? null };
      const done = call.commit(null, detail, (write) => {
        writeSettings(write, { engine: settings });
        return ok(viewOf(settings));
      });
      if (!done.ok) return done;
      ports.settingsChanged();
      chooseEngine(ports, settings);
      return done;
    },
  };
}

export function engineQueries({ settings }: EngineHandlerPorts): Pick<QueryHandlers, 'engine.settings'> {
  return { 'engine.settings': () => ok(viewOf(settings().engine)) };
}
