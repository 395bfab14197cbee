/**
 * `bench -- intake`: messages a second with an acknowledgement after the commit, at 1, 16 and 64 connections, of this
 * program and of two peers that insert each message at the same durability; the latency at a fixed rate; and the limit
 * of one core that parses with `Hl7Message` and inserts in groups. Server, load generator and peers each have a process
 * of their own and take turns; the databases lie on a real disk.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { sqliteBindingOf } from '../../main/headless/engine.ts';
import { ROOT, RUNTIME_DIR } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { pythonPeer } from './python-peer.ts';
import { median, pairedRatio } from './statistics.ts';

const CONNECTIONS = [1, 16, 64] as const;
const PAIRS = 5;
/** Beds are admitted and feeds are known as streams before anything is measured; peers need less until they are warm. */
const WARM_UP_SECONDS = 2.5;
const PEER_WARM_UP_SECONDS = 1.5;
/** Short turns and many of them: whatever else the machine does meets all contenders. All in all under six minutes. */
const SECONDS = 2;
const RATE = 2000;
const RATE_SECONDS = 60;
/** Limits of the product's own requirements. */
export const LEAST_RATIO = 3;
export const MOST_ACK_P99_MS = 50;
export const MOST_BELOW_LIMIT = 2;
const START_LIMIT_MS = 30_000;
const TMPFS = 0x01021994;

const resultSchema = z.object({
  sent: z.number(),
  accepted: z.number(),
  otherwise: z.number(),
  unanswered: z.number(),
  perSecond: z.number(),
  latencyMs: z.object({
    p50: z.number().nullable(),
    p99: z.number().nullable(),
    p999: z.number().nullable(),
    most: z.number().nullable(),
  }),
});
export type LoadResult = z.infer<typeof resultSchema>;

interface Contender {
  readonly name: string;
  readonly warmUpSeconds: number;
  /** Program and arguments of a server on a database in this folder. */
  readonly command: (folder: string) => readonly [string, ...string[]];
  /** The port out of a line that the server says; null where the line says something else. */
  readonly port: (line: string) => number | null;
}

export interface IntakeFigures {
  readonly disk: string;
  /** Type of the filesystem as the system numbers it (statfs), in hexadecimal, with its name where it is a usual one. */
  readonly filesystem: string;
  readonly absent: readonly string[];
  readonly throughput: readonly {
    readonly connections: number;
    readonly pairs: number;
    readonly perSecond: Readonly<Record<string, number>>;
    /** Processor time of the server a message (µs, all threads, user and system); absent where the system does not tell. */
    readonly cpuMicroseconds: Readonly<Record<string, number>>;
    /** Ours against the better peer of each pair. */
    readonly ratio: { readonly median: number; readonly least: number; readonly most: number };
  }[];
  readonly atRate: { readonly perSecond: number; readonly seconds: number; readonly result: LoadResult };
  readonly limitPerSecond: number;
}

const binding = sqliteBindingOf(ROOT);
const native = binding === null ? [] : [binding];
const numberLine = (line: string): number | null => (/^\d+$/.test(line) ? Number(line) : null);

const OURS: Contender = {
  name: 'MedObsMind',
  warmUpSeconds: WARM_UP_SECONDS,
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
const MEDPLUM: Contender = {
  name: '@medplum/hl7',
  warmUpSeconds: PEER_WARM_UP_SECONDS,
  command: (folder) => [
    process.execPath,
    join(import.meta.dirname, 'peers', 'medplum-server.ts'),
    join(folder, 'peer.db'),
    ...native,
  ],
  port: numberLine,
};
const pythonContender = (python: string): Contender => ({
  name: 'Python hl7',
  warmUpSeconds: PEER_WARM_UP_SECONDS,
  command: (folder) => [python, join(import.meta.dirname, 'peers', 'hl7_server.py'), join(folder, 'peer.db')],
  port: numberLine,
});

export async function benchIntake(quick: boolean): Promise<IntakeFigures> {
  const folder = mkdtempSync(join(RUNTIME_DIR, 'bench-intake-'));
  try {
    const absent: string[] = [];
    if (statfsSync(folder).type === TMPFS)
      throw new Error(`${folder} is in memory: a commit costs nothing there`);
    const peers = [MEDPLUM];
    const python = await pythonPeer();
    if (python === null) absent.push('Python hl7');
    else peers.push(pythonContender(python));
    const throughput = [];
    for (const connections of CONNECTIONS)
      throughput.push(await compare(folder, peers, connections, quick ? 1 : PAIRS));
    const atRate = await withServer(OURS, folder, async ({ port }) => {
      await load(port, 64, WARM_UP_SECONDS, RATE / 2);
      return load(port, 64, quick ? 10 : RATE_SECONDS, RATE);
    });
    say(`  ${RATE} a second: p99 ${atRate.latencyMs.p99?.toFixed(1)} ms, ${atRate.unanswered} unanswered`);
    const limit = await lineOf([
      process.execPath,
      join(import.meta.dirname, 'peers', 'limit.ts'),
      join(folder, 'limit.db'),
      String(SECONDS),
      ...native,
    ]);
    return {
      disk: folder,
      filesystem: filesystemOf(folder),
      absent,
      throughput,
      atRate: { perSecond: RATE, seconds: quick ? 10 : RATE_SECONDS, result: atRate },
      limitPerSecond: Number(limit),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(
  folder: string,
  peers: readonly Contender[],
  connections: number,
  pairs: number,
): Promise<IntakeFigures['throughput'][number]> {
  const ours: number[] = [];
  const better: number[] = [];
  const all = new Map<string, number[]>();
  const cpu = new Map<string, number[]>();
  for (let pair = 1; pair <= pairs; pair++) {
    const rates = new Map<string, number>();
    for (const contender of [OURS, ...peers]) {
      const { perSecond, microseconds } = await withServer(contender, folder, async ({ port, pid }) => {
        await load(port, connections, contender.warmUpSeconds, null);
        const before = cpuMsOf(pid);
        const loaded = await load(port, connections, SECONDS, null);
        const after = cpuMsOf(pid);
        const known = before !== null && after !== null && loaded.accepted > 0;
        const microseconds = known ? ((after - before) * 1000) / loaded.accepted : null;
        return { perSecond: loaded.perSecond, microseconds };
      });
      if (microseconds !== null) cpu.set(contender.name, [...(cpu.get(contender.name) ?? []), microseconds]);
      rates.set(contender.name, perSecond);
      all.set(contender.name, [...(all.get(contender.name) ?? []), perSecond]);
    }
    ours.push(rates.get(OURS.name) ?? 0);
    better.push(Math.max(...peers.map(({ name }) => rates.get(name) ?? 0)));
    const told = [...rates].map(([name, rate]) => `${name} ${rate.toFixed(0)}/s`).join(', ');
    say(`  ${connections} connections, pair ${pair}: ${told}`);
  }
  const perSecond = Object.fromEntries([...all].map(([name, rates]) => [name, median(rates)]));
  const cpuMicroseconds = Object.fromEntries([...cpu].map(([name, each]) => [name, median(each)]));
  return { connections, pairs, perSecond, cpuMicroseconds, ratio: pairedRatio(ours, better) };
}

/** /proc counts processor time in hundredths of a second. */
const TICK_MS = 10;

/** User and system time of a process so far (ms); null where the system does not tell. */
function cpuMsOf(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

const FILESYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x794c7630, 'overlay'],
  [0x2fc12fc1, 'zfs'],
  [0x6969, 'nfs'],
  [0x01021997, '9p'],
]);

function filesystemOf(folder: string): string {
  const { type } = statfsSync(folder);
  return `${FILESYSTEMS.get(type) ?? 'filesystem'} (0x${type.toString(16)})`;
}

let runs = 0;

/** Starts a server on a new database, and ends it. */
async function withServer<T>(
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

async function load(
  port: number,
  connections: number,
  seconds: number,
  perSecond: number | null,
): Promise<LoadResult> {
  runs += 1;
  const plan = JSON.stringify({ port, connections, seconds, perSecond, run: `r${runs}` });
  const line = await lineOf([process.execPath, join(import.meta.dirname, 'load-generator.ts'), plan]);
  const result = resultSchema.parse(JSON.parse(line));
  if (result.otherwise > 0) throw new Error(`${result.otherwise} messages were not accepted`);
  return result;
}

/** What a program says before it ends; fails where it ends badly. */
function lineOf(command: readonly [string, ...string[]]): Promise<string> {
  const [program, ...words] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(text.trim()) : reject(new Error(`${words[0]} ended with ${code}`)),
    );
  });
}

/** The figures as lines for a person. */
export function intakeLines(figures: IntakeFigures): string[] {
  const { atRate, limitPerSecond, throughput } = figures;
  const { latencyMs } = atRate.result;
  const most = throughput.at(-1);
  const reached =
    most === undefined ? Number.NaN : limitPerSecond / (most.perSecond[OURS.name] ?? Number.NaN);
  return [
    `database on ${figures.filesystem} at ${figures.disk}`,
    ...figures.absent.map((name) => `${name} is absent: not installed here`),
    ...throughput.map(({ connections, pairs, perSecond, cpuMicroseconds, ratio }) => {
      const rates = Object.entries(perSecond).map(([name, rate]) => `${name} ${rate.toFixed(0)}/s`);
      const against = `${ratio.median.toFixed(2)} times the better peer (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})`;
      const cpu = Object.entries(cpuMicroseconds).map(([name, each]) => `${name} ${each.toFixed(0)} µs`);
      const spent = cpu.length === 0 ? '' : `; processor a message: ${cpu.join(', ')}`;
      return `${connections} connections, ${pairs} in turn: ${rates.join(', ')}; ${against}${spent}`;
    }),
    `limit at 64 connections: at least ${LEAST_RATIO} times the better peer`,
    `${atRate.perSecond} a second for ${atRate.seconds} s: ACK p50 ${latencyMs.p50?.toFixed(1)} ms, p99 ${latencyMs.p99?.toFixed(1)} ms, worst ${latencyMs.most?.toFixed(1)} ms, unanswered ${atRate.result.unanswered}; limit p99 ${MOST_ACK_P99_MS} ms`,
    `one core with Hl7Message and grouped inserts: ${limitPerSecond.toFixed(0)}/s, ${reached.toFixed(2)} times ours; limit ${MOST_BELOW_LIMIT}`,
  ];
}
