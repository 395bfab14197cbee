/** The parent's side of the ward's process: starting it, terminals on it, ending it in order and killing it. */
import { fork } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { openTerminal, type TestTerminal } from '../../../main/core/testing/running-core.ts';
import { isWardLine, lineOf } from './ward-lines.ts';

const CHILD = join(import.meta.dirname, 'ward-child.ts');

export interface Ward {
  /** A new terminal; nobody is signed in at it. */
  terminal(): TestTerminal;
  /** SIGKILL, as a power cut would have it. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
  /** Rejects when the process ends unasked. */
  readonly gone: Promise<never>;
}

/** @param logFile what it says goes there, behind what stands in it */
export async function startWard(
  userDataDir: string,
  gates: 'whole' | 'tiny',
  logFile: string,
): Promise<Ward> {
  const log = openSync(logFile, 'a');
  const child = fork(CHILD, [userDataDir, gates], {
    stdio: ['ignore', log, log, 'ipc'],
    serialization: 'advanced',
  });
  closeSync(log);
  let asked = false;
  const exited = new Promise<string>((resolve) =>
    child.once('exit', (code, signal) => resolve(signal ?? String(code))),
  );
  const gone = exited.then((how): Promise<never> => {
    if (asked) return new Promise(() => undefined);
    throw new Error(`the ward's process ended by itself (${how}); see ${logFile}`);
  });
  gone.catch(() => undefined);
  await Promise.race([new Promise<void>((resolve) => child.once('message', () => resolve())), gone]);

  const listeners = new Map<number, (message: unknown) => void>();
  child.on('message', (line) => {
    if (isWardLine(line)) listeners.get(line.terminal)?.(line.message);
  });
  let terminals = 0;
  return {
    gone,
    terminal() {
      const number = ++terminals;
      return openTerminal((channel) => {
        listeners.set(number, channel.send);
        channel.onMessage((message) => {
          if (child.connected) child.send(lineOf(number, message));
        });
      });
    },
    async kill() {
      asked = true;
      child.kill('SIGKILL');
      await exited;
    },
    async close() {
      asked = true;
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
