/** A real Ray on loopback with token authentication, for tests. Needs the trainer's Python environment. */
import { spawn } from 'node:child_process';
import { existsSync, openSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './ssh-host.ts';

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
    const log = openSync(join(folder, 'ray.log'), 'a');
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
    const ended = new Promise<void>((resolve) => ray.once('exit', () => resolve()));
    stopNow = async () => {
      ray.kill('SIGTERM');
      await ended;
    };
    for (let tries = 0; tries < 240; tries += 1) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/authentication_mode`).catch(() => null);
      if (answer?.ok === true) return;
      await pause(500);
    }
    throw new Error(`Ray did not start; see ${folder}/ray.log`);
  };
  await start();
  return { port, token, start, stop: () => stopNow() };
}
