/**
 * `bench -- start`: from the start of the process to the first painted ward with vitals, against an empty
 * Electron window on the same runtime, in turn; then the time from a message's acknowledgement to its rule text
 * on the screen; then memory by process.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron as electron, type Page } from '@playwright/test';
import { connectMonitor, oruMessage } from '../../e2e/monitor.ts';
import { call, setUpWard, snapshot } from '../../e2e/ward-steps.ts';
import type { ElectronRuntime } from '../setup/electron-runtime.ts';
import { ROOT } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { runsAsRoot, stageForUnprivileged, type UnprivilegedStage } from '../setup/unprivileged.ts';
import { memoryByProcess, type ProcessMemory } from './processes.ts';
import { median, pairedRatio, quantile } from './statistics.ts';

const PAIRS = 10;
/** The ward that is painted: the design's own, fourteen beds of which three have an open alert. */
const QUIET_BEDS = 11;
const BEDS_WITH_ALERT = 3;
/** How many alerts are timed from their acknowledgement to their rule text, in a ward of their own. */
const ALERTS = 20;
/** Limits of the product's own requirements. */
const MOST_START_RATIO = 1.6;
const MOST_RULE_TEXT_MS = 200;
const START_LIMIT_MS = 60_000;

export interface StartFigures {
  readonly runtime: string;
  readonly pairs: number;
  readonly startMs: {
    readonly ours: number;
    readonly oursP99: number;
    readonly empty: number;
    readonly emptyP99: number;
  };
  readonly ratio: {
    readonly median: number;
    readonly least: number;
    readonly most: number;
    readonly limit: number;
  };
  readonly ruleTextAfterAckMs: {
    readonly n: number;
    readonly median: number;
    readonly p99: number;
    readonly limit: number;
  };
  readonly memory: readonly ProcessMemory[];
}

export async function benchStart(runtime: ElectronRuntime): Promise<StartFigures> {
  const stage = runsAsRoot ? await stageForUnprivileged() : null;
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-bench-'));
  stage?.give(folder);
  try {
    const executable = stage ? stage.launcher(folder, runtime.executable) : runtime.executable;
    const wardFolder = join(folder, 'ward');
    await inWard(executable, wardFolder, stage, prepareWard);
    const alerts = await inWard(executable, join(folder, 'alerts'), stage, timeAlerts);
    const program = [stage?.root ?? ROOT, '--user-data-dir', wardFolder, '--mllp-port', '0'];
    const empty = [
      join(stage?.root ?? ROOT, 'scripts', 'bench', 'empty-window'),
      '--user-data-dir',
      join(folder, 'empty'),
    ];
    const ours: number[] = [];
    const theirs: number[] = [];
    let memory: ProcessMemory[] = [];
    for (let pair = 0; pair <= PAIRS; pair++) {
      const oursMs = await timeToPaint(executable, program, (pid) => {
        memory = memoryByProcess(pid);
      });
      const emptyMs = await timeToPaint(executable, empty);
      // The first pair warms the disk cache for both.
      if (pair === 0) continue;
      ours.push(oursMs);
      theirs.push(emptyMs);
      say(
        `  pair ${pair}: ${oursMs.toFixed(0)} ms against ${emptyMs.toFixed(0)} ms (${(oursMs / emptyMs).toFixed(2)})`,
      );
    }
    return {
      runtime: `Electron ${runtime.version} (${runtime.kind})`,
      pairs: PAIRS,
      startMs: {
        ours: median(ours),
        oursP99: quantile(ours, 0.99),
        empty: median(theirs),
        emptyP99: quantile(theirs, 0.99),
      },
      ratio: { ...pairedRatio(ours, theirs), limit: MOST_START_RATIO },
      ruleTextAfterAckMs: {
        n: alerts.length,
        median: median(alerts),
        p99: quantile(alerts, 0.99),
        limit: MOST_RULE_TEXT_MS,
      },
      memory,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    stage?.remove();
  }
}

/** Opens the program on a new record, sets its ward up, and does something in it with a monitor. */
async function inWard<T>(
  executable: string,
  folder: string,
  stage: UnprivilegedStage | null,
  work: (page: Page, send: (message: string) => Promise<string>) => Promise<T>,
): Promise<T> {
  const application = await electron.launch({
    executablePath: executable,
    args: [stage?.root ?? ROOT, '--user-data-dir', folder, '--mllp-port', '0'],
    chromiumSandbox: true,
  });
  try {
    const page = await application.firstWindow();
    const port = await setUpWard(page);
    const monitor = await connectMonitor(port);
    const result = await work(page, monitor.send);
    monitor.close();
    return result;
  } finally {
    await application.close();
  }
}

/** Vitals in every bed, and open alerts in some. */
async function prepareWard(page: Page, send: (message: string) => Promise<string>): Promise<void> {
  for (let bed = 1; bed <= QUIET_BEDS; bed++) await send(quietSet(bed));
  for (let bed = 1; bed <= BEDS_WITH_ALERT; bed++) await send(deterioratedSet(bed));
  await expectAlerts(page, BEDS_WITH_ALERT);
}

async function expectAlerts(page: Page, count: number): Promise<void> {
  const { alerts } = await snapshot(page);
  if (alerts.length !== count) throw new Error(`${alerts.length} alerts instead of ${count}`);
}

async function timeAlerts(page: Page, send: (message: string) => Promise<string>): Promise<number[]> {
  const times: number[] = [];
  for (let alert = 1; alert <= ALERTS; alert++) times.push(await ruleTextAfterAck(page, send, alert));
  return times;
}

function quietSet(bed: number): string {
  return oruMessage({
    bed: `B${bed}`,
    patientId: `BENCH${bed}`,
    controlId: `SEED${bed}`,
    rr: 16,
    spo2: 97,
    temp: 36.8,
    sbp: 124,
    dbp: 72,
    hr: 76,
  });
}

function deterioratedSet(bed: number): string {
  return oruMessage({
    bed: `A${bed}`,
    patientId: `ALERT${bed}`,
    controlId: `ALERT${bed}`,
    rr: 26,
    spo2: 91,
    temp: 38.6,
    sbp: 92,
    dbp: 54,
    hr: 121,
  });
}

/** A new patient's first set crosses the band; the page notes the moment at which the rule text has been painted. */
async function ruleTextAfterAck(
  page: Page,
  send: (message: string) => Promise<string>,
  index: number,
): Promise<number> {
  const bed = `A${index}`;
  const painted = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): boolean => {
          const text = [...document.querySelectorAll('[data-rule-text]')].some(
            (element) => element.getAttribute('data-bed') === wanted,
          );
          if (text) requestAnimationFrame(() => setTimeout(() => resolve(Date.now()), 0));
          return text;
        };
        if (look()) return;
        const observer = new MutationObserver(() => {
          if (look()) observer.disconnect();
        });
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          attributes: true,
          characterData: true,
        });
      }),
    bed,
  );
  await send(deterioratedSet(index));
  const acknowledged = Date.now();
  const took = Math.max(0, (await painted) - acknowledged);
  // An owned alert leaves the front of the strip, so that the next one is painted there again.
  for (const alert of (await snapshot(page)).alerts.filter(({ state }) => state === 'active'))
    await call(page, 'commands', 'alert.act', {
      alertId: alert.id,
      expectedVersion: alert.version,
      action: 'reviewed',
      reason: null,
      minutes: null,
    });
  return took;
}

/** Milliseconds from the start of the process to the line that says that its page was painted. */
function timeToPaint(
  executable: string,
  words: readonly string[],
  atPaint?: (pid: number) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(executable, [...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '8' },
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error('nothing was painted within a minute'));
    }, START_LIMIT_MS);
    let elapsed: number | null = null;
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (elapsed !== null || !line.includes('"event":"window-titled"')) return;
      elapsed = performance.now() - started;
      clearTimeout(timer);
      if (child.pid !== undefined) atPaint?.(child.pid);
      child.kill('SIGTERM');
    });
    child.on('error', reject);
    child.on('exit', () => {
      clearTimeout(timer);
      if (elapsed === null) reject(new Error('the program ended before it painted'));
      else resolve(elapsed);
    });
  });
}
