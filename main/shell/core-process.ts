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
import { createRestartPauses } from './restart-pause.ts';

export interface CoreProcess {
  /** A new line to the core for one terminal. */
  terminalPort(): MessagePortMain;
  stop(): Promise<void>;
  readonly pid: number | undefined;
}

export interface CoreProcessOptions {
  readonly distDir: string;
  readonly configuration: Omit<Extract<MessageToCore, { kind: 'configure' }>, 'kind' | 'keystore'>;
  /** Opened once the core is starting: asking the system for its keystore may take as long as the core does. */
  readonly openKeystore: () => Keystore | null;
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
const STOP_LIMIT_MS = 5000;

export function startCoreProcess(options: CoreProcessOptions): CoreProcess {
  let stopping = false;
  const pauses = createRestartPauses(LONGEST_PAUSE_MS, performance.now());
  let keystore: Keystore | null = null;
  let child = launch();

  function launch(): UtilityProcess {
    const core = utilityProcess.fork(join(options.distDir, 'core', 'process.mjs'), [], {
      serviceName: 'MedObsMind core',
      stdio: 'inherit',
    });
    core.on('message', (message: unknown) => void receive(core, message));
    core.on('exit', (code) => {
      if (stopping) return;
      const pause = pauses.died(performance.now());
      options.log('core-died', { code, deaths: pauses.deaths });
      setTimeout(() => {
        if (stopping) return;
        child = launch();
        options.onRestart();
      }, pause);
    });
    // Its end follows and is dealt with above; an event of this name that nobody hears would end the shell.
    core.on('error', (type, location) => options.log('core-error', { type, location }));
    keystore ??= options.openKeystore();
    send(core, { kind: 'configure', keystore: keystore !== null, ...options.configuration });
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
      const bytes = await (keystore?.[message.operation](message.bytes) ?? null);
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
      // Between a death and the next start there is nothing to wait for.
      if (child.pid === undefined) return;
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
