/**
 * `bench -- intake`: messages a second with an acknowledgement after the commit, at 1, 16 and 64 connections, of this
 * program and of two peers that insert each message at the same durability; the latency at a fixed rate; and the limit
 * of one core that parses with `Hl7Message` and inserts in groups. Server, load generator and peers each have a process
 * of their own and take turns; the databases lie on a real disk.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_DIR } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { type Contender, cpuMsOf, MEDPLUM, native, OURS, pythonContender, withServer } from './contenders.ts';
import { type LoadResult, lineOf, load } from './intake-load.ts';
import { type LoopFigures, loopLines } from './loops.ts';
import { pythonPeer } from './python-peer.ts';
import { median, pairedRatio } from './statistics.ts';

const CONNECTIONS = [1, 16, 64] as const;
const PAIRS = 5;
/**
 * Before anything is measured: a server runs for months, so its code is warm, and it is warm from many connections
 * whatever is measured afterwards. The same for all contenders.
 */
const WARM_UP_SECONDS = 2.5;
const WARM_UP_CONNECTIONS = 64;
/** Short turns and many of them: whatever else the machine does meets all contenders. All in all under seven minutes. */
const SECONDS = 2;
const RATE = 2000;
const RATE_SECONDS = 60;
const LIMIT_SECONDS = 4;
const LOOP_SECONDS = 30;
/** Limits of the product's own requirements. */
const LEAST_RATIO = 3;
const MOST_ACK_P99_MS = 50;
const MOST_BELOW_LIMIT = 2;
const TMPFS = 0x01021994;

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
  /** Null: not measured in this run, as with the two below. */
  readonly atRate: {
    readonly perSecond: number;
    readonly seconds: number;
    readonly result: LoadResult;
  } | null;
  readonly limitPerSecond: number | null;
  readonly loops: LoopFigures | null;
}

/** What can be measured by itself. */
export const INTAKE_PARTS = ['throughput', 'rate', 'limit', 'loops'] as const;
export type IntakePart = (typeof INTAKE_PARTS)[number];

export interface IntakeOptions {
  readonly quick: boolean;
  readonly parts: readonly IntakePart[];
  /** Only these numbers of connections. */
  readonly connections: readonly number[];
  /** The window's part: it needs a display and an Electron that is set up. */
  readonly loops: (seconds: number) => Promise<LoopFigures>;
}

/** The options of the command's words; null where one of them means nothing. */
export function intakeOptions(words: readonly string[]): Omit<IntakeOptions, 'loops'> | null {
  const listOf = (option: string): string[] | null => {
    const at = words.indexOf(option);
    return at < 0 ? null : (words[at + 1] ?? '').split(',');
  };
  const named = listOf('--only') ?? [...INTAKE_PARTS];
  const parts = INTAKE_PARTS.filter((part) => named.includes(part));
  const connections = (listOf('--connections') ?? CONNECTIONS.map(String)).map(Number);
  const isCount = (count: number) => Number.isInteger(count) && count >= 1 && count <= 64;
  if (parts.length !== named.length || !connections.every(isCount)) return null;
  return { quick: words.includes('--quick'), parts, connections };
}

export async function benchIntake({ quick, parts, ...options }: IntakeOptions): Promise<IntakeFigures> {
  const folder = mkdtempSync(join(RUNTIME_DIR, 'bench-intake-'));
  const has = (part: IntakePart): boolean => parts.includes(part);
  try {
    const absent: string[] = [];
    if (statfsSync(folder).type === TMPFS)
      throw new Error(`${folder} is in memory: a commit costs nothing there`);
    const throughput = [];
    if (has('throughput')) {
      const peers = [MEDPLUM];
      const python = await pythonPeer();
      if (python === null) absent.push('Python hl7');
      else peers.push(pythonContender(python));
      for (const connections of options.connections)
        throughput.push(await compare(folder, peers, connections, quick ? 1 : PAIRS));
    }
    return {
      disk: folder,
      filesystem: filesystemOf(folder),
      absent,
      throughput,
      atRate: has('rate') ? await atRate(folder, quick ? 10 : RATE_SECONDS) : null,
      limitPerSecond: has('limit') ? await limitOf(folder) : null,
      loops: has('loops') ? await options.loops(quick ? 10 : LOOP_SECONDS) : null,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function atRate(folder: string, seconds: number): Promise<NonNullable<IntakeFigures['atRate']>> {
  const result = await withServer(OURS, folder, async ({ port }) => {
    await load(port, WARM_UP_CONNECTIONS, WARM_UP_SECONDS, RATE / 2);
    return load(port, 64, seconds, RATE);
  });
  say(`  ${RATE} a second: p99 ${result.latencyMs.p99?.toFixed(1)} ms, ${result.unanswered} unanswered`);
  return { perSecond: RATE, seconds, result };
}

/** Messages a second of the limit line. */
async function limitOf(folder: string): Promise<number> {
  const program = join(import.meta.dirname, 'peers', 'limit.ts');
  const words = [join(folder, 'limit.db'), String(LIMIT_SECONDS), ...native];
  return Number(await lineOf([process.execPath, program, ...words]));
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
        await load(port, WARM_UP_CONNECTIONS, WARM_UP_SECONDS, null);
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

/** The figures as lines for a person. */
export function intakeLines(figures: IntakeFigures): string[] {
  return [
    `database on ${figures.filesystem} at ${figures.disk}`,
    ...figures.absent.map((name) => `${name} is absent: not installed here`),
    ...figures.throughput.map(throughputLine),
    ...(figures.throughput.length === 0
      ? []
      : [`limit at 64 connections: at least ${LEAST_RATIO} times the better peer`]),
    ...rateLines(figures.atRate),
    ...limitLines(figures),
    ...(figures.loops === null ? [] : loopLines(figures.loops)),
  ];
}

function throughputLine({
  connections,
  pairs,
  perSecond,
  cpuMicroseconds,
  ratio,
}: IntakeFigures['throughput'][number]): string {
  const rates = Object.entries(perSecond).map(([name, rate]) => `${name} ${rate.toFixed(0)}/s`);
  const against = `${ratio.median.toFixed(2)} times the better peer (${ratio.least.toFixed(2)} to ${ratio.most.toFixed(2)})`;
  const cpu = Object.entries(cpuMicroseconds).map(([name, each]) => `${name} ${each.toFixed(0)} µs`);
  const spent = cpu.length === 0 ? '' : `; processor a message: ${cpu.join(', ')}`;
  return `${connections} connections, ${pairs} in turn: ${rates.join(', ')}; ${against}${spent}`;
}

function rateLines(atRate: IntakeFigures['atRate']): string[] {
  if (atRate === null) return [];
  const { latencyMs, unanswered } = atRate.result;
  return [
    `${atRate.perSecond} a second for ${atRate.seconds} s: ACK p50 ${latencyMs.p50?.toFixed(1)} ms, p99 ${latencyMs.p99?.toFixed(1)} ms, worst ${latencyMs.most?.toFixed(1)} ms, unanswered ${unanswered}; limit p99 ${MOST_ACK_P99_MS} ms`,
  ];
}

function limitLines({ limitPerSecond, throughput }: IntakeFigures): string[] {
  if (limitPerSecond === null) return [];
  const ours = throughput.find(({ connections }) => connections === 64)?.perSecond[OURS.name];
  const reached =
    ours === undefined ? '' : `, ${(limitPerSecond / ours).toFixed(2)} times ours; limit ${MOST_BELOW_LIMIT}`;
  return [`one core with Hl7Message and grouped inserts: ${limitPerSecond.toFixed(0)}/s${reached}`];
}
