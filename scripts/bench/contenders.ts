/** The servers of `bench -- intake`: this program and its peers, each a process of its own on a database of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { sqliteBindingOf } from '../../main/headless/engine.ts';
import { ROOT } from '../setup/paths.ts';

const START_LIMIT_MS = 30_000;

export interface Contender {
  readonly name: string;
  /** Program and arguments of a server on a database in this folder. */
  readonly command: (folder: string) => readonly [string, ...string[]];
  /** The port out of a line that the server says; null where the line says something else. */
  readonly port: (line: string) => number | null;
}

const binding = sqliteBindingOf(ROOT);
/** The native build of SQLite for the peers on Node, where there is one. */
export const native = binding === null ? [] : [binding];
const numberLine = (line: string): number | null => (/^\d+$/.test(line) ? Number(line) : null);

export const OURS: Contender = {
  name: 'MedObsMind',
  command: (folder) => [
    process.execPath,
    join(ROOT, 'main', 'headless', 'headless.ts'),
    ...['--headless', '--user-data-dir', folder, '--mllp-port', '0', '--safe-mode'],
  ],
  port: (line) => {
    if (!line.includes('"event":"headless-started"')) return null;
    return z.object({ port: z.number() }).parse(JSON.parse(line)).port;
  },
};
export const MEDPLUM: Contender = {
  name: '@medplum/hl7',
  command: (folder) => [
    process.execPath,
    join(import.meta.dirname, 'peers', 'medplum-server.ts'),
    join(folder, 'peer.db'),
    ...native,
  ],
  port: numberLine,
};
export const pythonContender = (python: string): Contender => ({
  name: 'Python hl7',
  command: (folder) => [python, join(import.meta.dirname, 'peers', 'hl7_server.py'), join(folder, 'peer.db')],
  port: numberLine,
});

/** Starts a server on a new database, and ends it. */
export async function withServer<T>(
  contender: Contender,
  folder: string,
  work: (server: { readonly port: number; readonly pid: number }) => Promise<T>,
): Promise<T> {
  const own = mkdtempSync(join(folder, 'server-'));
  const [program, ...words] = contender.command(own);
  const server = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    return await work({ port: await portOf(contender, server), pid: server.pid ?? 0 });
  } finally {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.kill('SIGKILL')) await gone;
    rmSync(own, { recursive: true, force: true });
  }
}

function portOf(contender: Contender, server: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${contender.name} did not start`)), START_LIMIT_MS);
    const said: string[] = [];
    for (const stream of [server.stdout, server.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        const port = contender.port(line);
        if (port === null) {
          if (said.length < 20) said.push(line);
          return;
        }
        clearTimeout(timer);
        resolve(port);
      });
    }
    server.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`${contender.name} ended: ${said.join('\n')}`));
    });
  });
}

/** /proc counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** User and system time of a process so far (ms); null where the system does not tell. */
export function cpuMsOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
