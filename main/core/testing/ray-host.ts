/** A real Ray on loopback with token authentication, for tests. Needs the trainer's Python environment. */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ssh-host.ts';

/** What `ray start` says when the node stands. */
const STANDS = 'Ray runtime started';
const STARTS = 4;
const ROOT = join(import.meta.dirname, '..', '..', '..');

/** The interpreter of the trainer's environment; null where nobody made one. */
export function trainerPython(): string | null {
  const python = process.env.MEDOBSMIND_TRAINER_PYTHON ?? join(ROOT, '.runtime', 'trainer', 'bin', 'python');
  return existsSync(join(dirname(python), 'ray')) ? python : null;
}

export interface RayHost {
  readonly port: number;
  readonly token: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param folder for its sockets and logs: a short path, and removed by whoever made it */
export async function startRayHost(folder: string, python: string): Promise<RayHost> {
  const port = await freePort();
  const head = await freePort();
  const token = 'token-of-a-test-0123456789';
  let stopNow = async (): Promise<void> => undefined;
  const start = async (): Promise<void> => {
    // It gives its own processes half a minute and ends where a busy machine takes longer: then it is begun again.
    for (let tries = 0; tries < STARTS; tries += 1) if (await startOnce()) return;
    throw new Error(`Ray did not start; see ${folder}/ray.log`);
  };
  /** Whether it stands; false where it has ended while it was starting. */
  const startOnce = async (): Promise<boolean> => {
    const logFile = join(folder, 'ray.log');
    const log = openSync(logFile, 'w');
    const ray = spawn(
      join(dirname(python), 'ray'),
      [
        'start',
        '--head',
        '--block',
        '--disable-usage-stats',
        '--num-cpus=2',
        '--object-store-memory=80000000',
        `--port=${head}`,
        '--dashboard-host=127.0.0.1',
        `--dashboard-port=${port}`,
        `--temp-dir=${folder}`,
      ],
      {
        stdio: ['ignore', log, log],
        env: {
          ...process.env,
          PATH: [dirname(python), process.env.PATH].join(delimiter),
          RAY_AUTH_MODE: 'token',
          RAY_AUTH_TOKEN: token,
        },
      },
    );
    closeSync(log);
    let running = true;
    const ended = new Promise<void>((resolve) =>
      ray.once('exit', () => {
        running = false;
        resolve();
      }),
    );
    stopNow = async () => {
      if (running) ray.kill('SIGTERM');
      await ended;
    };
    // Its dashboard answers before the node stands.
    for (let tries = 0; tries < 480 && running; tries += 1) {
      if (readFileSync(logFile, 'utf8').includes(STANDS)) {
        const answer = await fetch(`http://127.0.0.1:${port}/api/authentication_mode`).catch(() => null);
        if (answer?.ok === true) return true;
      }
      await pause(500);
    }
    await stopNow();
    return false;
  };
  await start();
  return { port, token, start, stop: () => stopNow() };
}
