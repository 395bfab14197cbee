/**
 * Trial mode: Ray on this machine, started by the program with the trainer's own interpreter, on loopback and with a
 * token. It outlives the program, as a host's cluster does; what is started is ended by its process id, never by name.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { HostTrouble } from './host-trouble.ts';
import { askRay } from './ray-http.ts';

const startedSchema = z.object({ pid: z.number().int().positive(), port: z.number().int() });

const START_LIMIT_MS = 120_000;
const LOOK_AGAIN_MS = 500;
/** A trial computes on the cores that the ward leaves. Ours. */
const CORES = 2;
/** Ray's object store holds nothing of a training; its least is 75 MiB. */
const OBJECT_STORE_BYTES = 80 * 1024 * 1024;

export interface LocalRay {
  /** The port on which Ray answers; it is started where it is not there. Throws HostTrouble `trial-not-started`. */
  port(python: string, token: string): Promise<number>;
  /** Ends what was started. */
  stop(): Promise<void>;
}

/** @param folder where it is written down what runs, and what Ray says while it starts */
export function createLocalRay(folder: string): LocalRay {
  const note = join(folder, 'ray.json');
  let starting: Promise<number> | null = null;

  async function start(python: string, token: string): Promise<number> {
    const ray = join(dirname(python), process.platform === 'win32' ? 'ray.exe' : 'ray');
    if (!existsSync(ray)) throw new HostTrouble('trial-not-started', ray);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const ports = await freePorts(2);
    const [dashboard = 0, head = 0] = ports;
    const log = openSync(join(folder, 'ray.log'), 'w', 0o600);
    const child = spawn(ray, rayArguments(dashboard, head), {
      detached: true,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        // Jobs run the trainer with `python`.
        PATH: [dirname(python), process.env.PATH].join(delimiter),
        RAY_AUTH_MODE: 'token',
        RAY_AUTH_TOKEN: token,
        RAY_JOB_STOP_WAIT_TIME_S: '600',
        RAY_USAGE_STATS_ENABLED: '0',
      },
    });
    closeSync(log);
    child.unref();
    const failed = new Promise<never>((_, reject) => {
      const refuse = (): void =>
        reject(new HostTrouble('trial-not-started', lastLine(join(folder, 'ray.log'))));
      child.once('error', refuse);
      child.once('exit', refuse);
    });
    failed.catch(() => undefined);
    if (child.pid !== undefined)
      writeFileSync(note, JSON.stringify({ pid: child.pid, port: dashboard }), { mode: 0o600 });
    return Promise.race([failed, answering(dashboard).then(() => dashboard)]);
  }

  return {
    port: async (python, token) => {
      const known = readNote(note);
      if (known !== null && isRunning(known.pid) && (await answers(known.port))) return known.port;
      starting ??= start(python, token).finally(() => {
        starting = null;
      });
      return starting;
    },
    stop: async () => {
      const known = readNote(note);
      // Its id may be another's by now: it is ours where it answers as it did.
      if (known === null || !isRunning(known.pid) || !(await answers(known.port))) return;
      // The one process that `--block` keeps ends all that it began.
      process.kill(known.pid, 'SIGTERM');
      for (let waited = 0; waited < 20_000 && isRunning(known.pid); waited += LOOK_AGAIN_MS)
        await pause(LOOK_AGAIN_MS);
      // Its logs and sockets; another start makes its own.
      rmSync(temporaryFolder(known.port), { recursive: true, force: true });
    },
  };
}

function temporaryFolder(port: number): string {
  return join(tmpdir(), `medobsmind-ray-${port}`);
}

function rayArguments(dashboard: number, head: number): string[] {
  return [
    'start',
    '--head',
    '--block',
    '--disable-usage-stats',
    `--num-cpus=${CORES}`,
    `--object-store-memory=${OBJECT_STORE_BYTES}`,
    `--port=${head}`,
    '--dashboard-host=127.0.0.1',
    `--dashboard-port=${dashboard}`,
    // The sockets in it have names that a longer path would make too long for the system.
    `--temp-dir=${temporaryFolder(dashboard)}`,
  ];
}

async function answering(port: number): Promise<void> {
  for (let waited = 0; waited < START_LIMIT_MS; waited += LOOK_AGAIN_MS) {
    if (await answers(port)) return;
    await pause(LOOK_AGAIN_MS);
  }
  throw new HostTrouble('trial-not-started', 'no answer in time');
}

async function answers(port: number): Promise<boolean> {
  const open = async () => connect({ host: '127.0.0.1', port });
  try {
    const mode = await askRay(open, { method: 'GET', path: '/api/authentication_mode', limitMs: 5000 });
    return mode.status === 200;
  } catch {
    return false; // it does not answer: that is what was asked
  }
}

function readNote(file: string): z.infer<typeof startedSchema> | null {
  try {
    return startedSchema.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? null;
  } catch {
    return null; // nothing was started yet, or its note was cut short: a new one is started
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function lastLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  } catch {
    return ''; // it said nothing
  }
}

/** All are held until all are found, so that no two are the same. */
async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  const ports: number[] = [];
  for (let made = 0; made < count; made += 1) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address === 'object' && address !== null) ports.push(address.port);
    servers.push(server);
  }
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
