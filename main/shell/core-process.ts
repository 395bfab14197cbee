/** Keeps the core running: starts it, hands it its ports, and starts it again when it dies. */
import { join } from 'node:path';
import { MessageChannelMain, type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import {
  type MessageFromCoreProcess,
  type MessageToCore,
  messageFromCoreProcessSchema,
} from '../../app/contract/core-process.ts';
import type { Keystore } from './keystore.ts';
import type { Log } from './log.ts';

export interface CoreProcess {
  /** A new line to the core for one terminal. */
  terminalPort(): MessagePortMain;
  stop(): Promise<void>;
  readonly pid: number | undefined;
}

export interface CoreProcessOptions {
  readonly distDir: string;
  readonly configuration: Omit<Extract<MessageToCore, { kind: 'configure' }>, 'kind' | 'keystore'>;
  readonly keystore: Keystore | null;
  readonly log: Log;
  /** Called with the shell's end of the engine line of every core that is started. */
  readonly onEngineLine: (port: MessagePortMain) => void;
  /** The core is gone and a new one is being started: old lines are dead. */
  readonly onRestart: () => void;
  readonly onStarted: (mllp: { host: string; port: number } | null) => void;
  readonly onFailed: (code: string, detail: string) => void;
}

/** A core that dies is back at once; one that keeps dying waits longer each time, at most this long. */
const LONGEST_PAUSE_MS = 2000;
/** A core that ran this long was well; its next death is a new matter. */
const WELL_AFTER_MS = 60_000;
const STOP_LIMIT_MS = 5000;

export function startCoreProcess(options: CoreProcessOptions): CoreProcess {
  let stopping = false;
  let deaths = 0;
  let child = launch();

  function launch(): UtilityProcess {
    const started = Date.now();
    const core = utilityProcess.fork(join(options.distDir, 'core', 'process.mjs'), [], {
      serviceName: 'MedObsMind core',
      stdio: 'inherit',
    });
    core.on('message', (message: unknown) => void receive(core, message));
    core.on('exit', (code) => {
      if (stopping) return;
      deaths = Date.now() - started > WELL_AFTER_MS ? 1 : deaths + 1;
      options.log('core-died', { code, deaths });
      setTimeout(
        () => {
          if (stopping) return;
          child = launch();
          options.onRestart();
        },
        deaths === 1 ? 0 : Math.min(LONGEST_PAUSE_MS, 100 * 2 ** deaths),
      );
    });
    send(core, { kind: 'configure', keystore: options.keystore !== null, ...options.configuration });
    const engine = new MessageChannelMain();
    send(core, { kind: 'engine' }, [engine.port1]);
    options.onEngineLine(engine.port2);
    return core;
  }

  async function receive(core: UtilityProcess, data: unknown): Promise<void> {
    const message = messageFromCoreProcessSchema.safeParse(data);
    if (!message.success) {
      options.log('core-message-refused', {});
      return;
    }
    await handle(core, message.data);
  }

  async function handle(core: UtilityProcess, message: MessageFromCoreProcess): Promise<void> {
    if (message.kind === 'started') options.onStarted(message.mllp);
    else if (message.kind === 'failed') options.onFailed(message.code, message.detail);
    else if (message.kind === 'keystore') {
      const bytes = await (options.keystore?.[message.operation](message.bytes) ?? null);
      send(core, { kind: 'keystore-answer', id: message.id, bytes });
    }
  }

  return {
    get pid() {
      return child.pid;
    },
    terminalPort() {
      const line = new MessageChannelMain();
      send(child, { kind: 'terminal' }, [line.port1]);
      return line.port2;
    },
    async stop() {
      stopping = true;
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      send(child, { kind: 'stop' });
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS))]);
      child.kill();
    },
  };
}

function send(core: UtilityProcess, message: MessageToCore, ports: MessagePortMain[] = []): void {
  core.postMessage(message, ports);
}
