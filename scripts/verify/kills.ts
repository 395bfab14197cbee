/**
 * `verify -- kills`: the headless program under load is killed (SIGKILL) at a random moment after an
 * acknowledgement; then the record is read: everything acknowledged must be there, once.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PARENT_VARIABLE } from '../../app/contract/parent.ts';
import { oruMessage } from '../../e2e/monitor.ts';
import { RECORD_FILE } from '../../main/core/open-record.ts';
import { openDatabase } from '../../main/core/store/database.ts';
import { loadUntilKilled } from '../../main/core/testing/load-until-killed.ts';
import { readCommitted } from '../../main/core/ward/observations-table.ts';
import { sqliteBindingOf } from '../../main/headless/engine.ts';
import { ROOT } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { upperBound } from './bound.ts';
import { openProgress } from './progress-file.ts';

/** The kill comes between the first acknowledgement and this much later. */
const LONGEST_LOAD_MS = 250;
/** The start is not what is looked at here: a machine with much else to do may take long. */
const START_LIMIT_MS = 120_000;

export async function verifyKills(count: number, restart: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-kills-'));
  const { progress, save } = openProgress('kills', restart);
  let acknowledged: string[] = [];
  try {
    for (; progress.done < count; progress.done++) {
      const program = await startHeadless(folder);
      acknowledged = await sendUntilKilled(program, progress.done);
      progress.failures.push(...missingOrDoubled(folder, acknowledged));
      progress.counts.acknowledged = (progress.counts.acknowledged ?? 0) + acknowledged.length;
      if (progress.done % 10 === 9) {
        save();
        say(`  ${progress.done + 1} of ${count}`);
      }
    }
    save();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { acknowledged: all = 0 } = progress.counts;
  for (const failure of progress.failures.slice(0, 20)) say(`  FAILED ${failure}`);
  say(
    `kills ${progress.done}, acknowledged messages ${all}, lost or doubled ${progress.failures.length}, upper 95 % bound of the rate a kill ${(100 * upperBound(progress.failures.length, progress.done)).toFixed(3)} %`,
  );
  return progress.failures.length === 0 ? 0 : 1;
}

interface Started {
  readonly process: ChildProcess;
  readonly port: number;
}

function startHeadless(folder: string): Promise<Started> {
  const script = join(ROOT, 'main', 'headless', 'headless.ts');
  const child = spawn(
    process.execPath,
    [script, '--user-data-dir', folder, '--mllp-port', '0', '--safe-mode'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      // A verification that is stopped leaves no program behind.
      env: { ...process.env, [PARENT_VARIABLE]: String(process.pid) },
    },
  );
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('the program did not start in time'));
    }, START_LIMIT_MS);
    createInterface({ input: child.stderr }).on('line', (line) => {
      const port = /"event":"headless-started".*"port":(\d+)/.exec(line)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve({ process: child, port: Number(port) });
    });
    child.on('exit', (code) => reject(new Error(`the program ended with ${code}`)));
  });
}

const CONNECTIONS = 16;
const IN_FLIGHT = 4;

/** Loads the program over several connections; returns the control ids that were answered AA before the kill. */
async function sendUntilKilled(program: Started, round: number): Promise<string[]> {
  const gone = new Promise<void>((resolve) => program.process.once('exit', () => resolve()));
  const acknowledged = await loadUntilKilled({
    port: program.port,
    connections: CONNECTIONS,
    inFlight: IN_FLIGHT,
    message: (connection, index) => {
      const controlId = `K${round}-${connection}-${index}`;
      const values = { rr: 14 + (index % 10), spo2: 97, sbp: 120, dbp: 70, hr: 80 };
      const text = oruMessage({
        bed: `B${connection}`,
        patientId: `KILL${connection}`,
        controlId,
        // No two of a bed are of one moment: each must have a row of its own.
        at: new Date(Date.now() - 60_000 + index * 1000),
        ...values,
      });
      return { controlId, text };
    },
    onFirst: () => setTimeout(() => program.process.kill('SIGKILL'), Math.random() * LONGEST_LOAD_MS),
  });
  await gone;
  return acknowledged;
}

function missingOrDoubled(folder: string, acknowledged: readonly string[]): string[] {
  const nativeBinding = sqliteBindingOf(ROOT);
  const opened = openDatabase({
    file: join(folder, RECORD_FILE),
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
  if (!opened.ok) return [`the record cannot be opened: ${JSON.stringify(opened.failure)}`];
  const rows = new Map<string, number>();
  for (const { controlId } of readCommitted(opened.store.read, 0))
    if (controlId !== null) rows.set(controlId, (rows.get(controlId) ?? 0) + 1);
  opened.store.close();
  return acknowledged.filter((id) => rows.get(id) !== 1).map((id) => `${id}: ${rows.get(id) ?? 0} rows`);
}
