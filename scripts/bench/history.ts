/**
 * `bench -- history`: a ward's 30 days and what looking at them costs while its monitors go on sending. The calls go
 * through a terminal's channel into a whole core; the load comes from a process of its own. Beside it, in the same run,
 * the first day of the same sets in the long format (`history-peer.ts`): its size does not depend on its length.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { packedHistorySchema } from '../../app/contract/packed-history.ts';
import { type Clock, randomIds, systemClock } from '../../main/core/clock.ts';
import { createCore } from '../../main/core/core.ts';
import { RECORD_FILE } from '../../main/core/open-record.ts';
import { openReadOnly, type Reader } from '../../main/core/store/database.ts';
import { newestId } from '../../main/core/ward/observations-table.ts';
import { openHeadlessEngine } from '../../main/headless/engine.ts';
import { REPORTS_DIR, ROOT } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { measureLongFormat, type PeerFigures } from './history-peer.ts';
import { ALL_ROWS, BEDS, EVERY_MS, openHistoryRecord, patientOf } from './history-record.ts';
import { connectTerminal } from './history-terminal.ts';
import { quantile } from './statistics.ts';

export interface HistoryOptions {
  readonly rows: number;
  readonly folder: string;
  /** Messages a second while the calls are measured. */
  readonly rate: number;
  /** Calls of each kind. */
  readonly calls: number;
  /** Sets that the peer is made of: a day of the whole ward, its size does not depend on its length. */
  readonly peerRows: number;
}

/** A message each second from every bed: five times the rate of the record. */
const USUAL_RATE = BEDS;
const USUAL_CALLS = 300;

/** A day of the whole ward. */
const USUAL_PEER_ROWS = BEDS * ((24 * 3_600_000) / EVERY_MS);

/** Reads `--rows`, `--rate`, `--calls`, `--peer-rows`; null where one of them is no number that can be used. */
export function historyOptions(words: readonly string[]): HistoryOptions | null {
  const number = (name: string, usual: number): number => {
    const at = words.indexOf(`--${name}`);
    return at === -1 ? usual : Number(words[at + 1]);
  };
  const rows = number('rows', ALL_ROWS);
  const rate = number('rate', USUAL_RATE);
  const calls = number('calls', USUAL_CALLS);
  const peerRows = number('peer-rows', USUAL_PEER_ROWS);
  const usable = [rows, rate, calls, peerRows].every((value) => Number.isInteger(value) && value > 0);
  return usable ? { rows, rate, calls, peerRows, folder: join(REPORTS_DIR, 'history', String(rows)) } : null;
}

export interface Times {
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly mostMs: number;
  readonly n: number;
}

export interface HistoryFigures {
  readonly rows: number;
  readonly beds: number;
  readonly bytesARow: {
    /** Observations with their indices, minute summaries and scores. */
    readonly all: number;
    readonly observations: number;
    readonly summaries: number;
    readonly scores: number;
  };
  readonly peer: PeerFigures;
  /** Ours (all of it) over the peer's: at most 1/3. */
  readonly ratio: number;
  readonly trend24h: Times;
  readonly trendRows: number;
  readonly snapshot: Times;
  readonly load: {
    readonly sent: number;
    readonly answered: number;
    readonly refused: number;
    readonly rate: number;
  };
  readonly startMs: number;
}

/** Between two calls the core does its other work, as between two looks of a person. */
const PAUSE_MS = 25;

export async function benchHistory(options: HistoryOptions): Promise<HistoryFigures> {
  const { folder, rows, calls, rate } = options;
  const record = await openHistoryRecord(folder, rows);
  const endMs = newestReceipt(record.store.read);
  const before = newestId(record.store.read);
  record.store.close();
  const file = join(folder, RECORD_FILE);
  const bytesARow = sizes(file, rows);
  say(`  record: ${(statSync(file).size / 1e6).toFixed(0)} MB`);
  const peer = measureLongFormat(join(folder, 'long-format.db'), Math.min(rows, options.peerRows));
  say(`  long format: ${peer.values} values measured`);

  const offsetMs = endMs + 10_000 - Date.now();
  const began = performance.now();
  const created = await createCore({
    userDataDir: folder,
    clock: shifted(offsetMs),
    ids: randomIds(),
    engine: openHeadlessEngine({
      root: ROOT,
      model: null,
      adapterFile: null,
      threads: null,
      // No model: what is measured has none.
      safeMode: true,
      recordDirectory: null,
      smokeLoadFirst: false,
      fault: null,
    }),
    keyWrapper: null,
    nativeBinding: null,
    mllp: { host: null, port: 0 },
    resourcesDir: join(ROOT, 'resources'),
    modelsDir: join(ROOT, 'models'),
    replay: null,
    program: { version: '0.0.0-bench', runtime: 'Node' },
    log: () => undefined,
  });
  if (!created.ok) throw new Error(`the core did not start: ${created.failure.detail}`);
  const startMs = performance.now() - began;
  const { core } = created;
  say(`  ward started in ${startMs.toFixed(0)} ms`);
  try {
    const load = await startLoad(core.address()?.port ?? 0, rate, offsetMs);
    const terminal = connectTerminal(core);
    // The ward has heard of every bed before anything is measured.
    await pause((2 * 1000 * BEDS) / rate + 1000);
    const trends: number[] = [];
    const snapshots: number[] = [];
    let lastTrend: unknown = null;
    for (let call = 0; call < calls; call++) {
      const patientId = patientOf((call * 37) % BEDS);
      const trend = await timed(() => terminal.query('bed.history', { patientId, hours: 24 }));
      trends.push(trend.ms);
      lastTrend = trend.value;
      await pause(PAUSE_MS);
      const snapshot = await timed(() => terminal.query('ward.snapshot', {}));
      snapshots.push(snapshot.ms);
      await pause(PAUSE_MS);
    }
    // What a terminal makes of an answer is another process's work: once, and after the measurement.
    const trendRows = z.object({ rows: packedHistorySchema }).parse(lastTrend).rows.length;
    const loaded = await load.stop();
    const taken = newestIdOf(file) - before;
    if (taken < loaded.answered)
      throw new Error(`${loaded.answered} messages were acknowledged and ${taken} sets taken: no such load`);
    return {
      rows,
      beds: BEDS,
      bytesARow,
      peer,
      ratio: bytesARow.all / peer.bytesARow,
      trend24h: timesOf(trends),
      trendRows,
      snapshot: timesOf(snapshots),
      load: loaded,
      startMs,
    };
  } finally {
    await core.close();
  }
}

/** The number of the newest set in the file of a core that is running. */
function newestIdOf(file: string): number {
  const opened = openReadOnly({ file });
  if (!opened.ok) throw new Error(`the record cannot be read: ${opened.failure.kind}`);
  try {
    return newestId(opened.store.read);
  } finally {
    opened.store.close();
  }
}

const receiptRow = z.object({ ms: z.number() });

/** When the newest set of the record was received (wall ms): an earlier measurement leaves its own at the end. */
function newestReceipt(read: Reader): number {
  const newest = read.one(
    receiptRow,
    'SELECT observed_ms + received_delta AS ms FROM observations ORDER BY id DESC LIMIT 1',
  );
  if (newest === null) throw new Error('the record is empty');
  return newest.ms;
}

const sizeRow = z.object({ name: z.string(), bytes: z.number() });

/** Bytes of each table with its indices, by SQLite's own account of its pages. */
function sizes(file: string, rows: number): HistoryFigures['bytesARow'] {
  const opened = openReadOnly({ file });
  if (!opened.ok) throw new Error(`the record cannot be read: ${opened.failure.kind}`);
  try {
    const { read } = opened.store;
    const of = (prefix: string): number => tableBytes(read, prefix) / rows;
    const observations = of('observations');
    const summaries = of('minute_summaries');
    const scores = of('scores');
    return { all: observations + summaries + scores, observations, summaries, scores };
  } finally {
    opened.store.close();
  }
}

function tableBytes(read: Reader, table: string): number {
  const found = read.all(
    sizeRow,
    `SELECT s.name, sum(s.pgsize) AS bytes FROM dbstat s JOIN sqlite_schema m ON m.name = s.name
     WHERE m.tbl_name = ? AND s.aggregate = TRUE GROUP BY s.name`,
    table,
  );
  return found.reduce((sum, one) => sum + one.bytes, 0);
}

/** The machine's clocks with the wall moved to the end of the record. */
function shifted(offsetMs: number): Clock {
  const clock = systemClock();
  return { ...clock, wall: () => clock.wall() + offsetMs };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

function timesOf(samples: readonly number[]): Times {
  return {
    medianMs: quantile(samples, 0.5),
    p99Ms: quantile(samples, 0.99),
    mostMs: Math.max(...samples),
    n: samples.length,
  };
}

const loadReport = z.object({
  sent: z.number(),
  answered: z.number(),
  refused: z.number(),
  seconds: z.number(),
});

interface Load {
  stop(): Promise<HistoryFigures['load']>;
}

async function startLoad(port: number, rate: number, offsetMs: number): Promise<Load> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'history-load.ts'), [
    String(port),
    String(rate),
    String(offsetMs),
  ]);
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      child.once('message', resolve);
      child.once('exit', (code) => reject(new Error(`the load ended with ${code}`)));
    });
  await next();
  return {
    stop: async () => {
      const report = next();
      child.send('stop');
      const { sent, answered, refused, seconds } = loadReport.parse(await report);
      return { sent, answered, refused, rate: sent / seconds };
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The figures in words, a line each. */
export function historyLines(figures: HistoryFigures): string[] {
  const { bytesARow, peer, trend24h: trend, snapshot, load } = figures;
  const ms = (value: number): string => value.toFixed(1);
  return [
    `${figures.rows} rows of ${figures.beds} beds; ward started on them in ${figures.startMs.toFixed(0)} ms`,
    `while ${load.rate.toFixed(0)} messages a second came in (${load.sent} sent, ${load.answered} acknowledged, ${load.refused} refused):`,
    `  24-hour trend of a bed (${figures.trendRows} rows): median ${ms(trend.medianMs)} ms, p99 ${ms(trend.p99Ms)} ms, most ${ms(trend.mostMs)} ms (n ${trend.n}), limit 30 ms`,
    `  ward snapshot: median ${ms(snapshot.medianMs)} ms, p99 ${ms(snapshot.p99Ms)} ms, most ${ms(snapshot.mostMs)} ms (n ${snapshot.n}), limit 10 ms`,
    `bytes a row: ${ms(bytesARow.all)} (observations and indices ${ms(bytesARow.observations)}, minute summaries ${ms(bytesARow.summaries)}, scores ${ms(bytesARow.scores)})`,
    `long-format SQLite, ${peer.rows} of the same sets as ${peer.values} values: ${ms(peer.bytesARow)} bytes a set, 24-hour trend p99 ${ms(peer.trendP99Ms)} ms without load`,
    `ratio ${figures.ratio.toFixed(3)}, limit 0.333`,
  ];
}
