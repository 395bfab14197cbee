/**
 * The loops part of `bench -- intake`: how late the shell's and the renderer's event loops are while messages arrive
 * at a fixed rate and explanations are written one after the other, and with neither, in the same window.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { connectMonitor, oruMessage } from '../../e2e/monitor.ts';
import { setUpWard, snapshot } from '../../e2e/ward-steps.ts';
import type { ElectronRuntime } from '../setup/electron-runtime.ts';
import { ROOT } from '../setup/paths.ts';
import { runsAsRoot, stageForUnprivileged } from '../setup/unprivileged.ts';
import { type LoadResult, load } from './intake-load.ts';
import { quantile } from './statistics.ts';

const PER_SECOND = 500;
const CONNECTIONS = 64;
/** The product's own aim for both loops. */
const AIM_LOOP_P99_MS = 20;
const WARM_UP_SECONDS = 3;
const ENGINE_LIMIT_MS = 60_000;
/** A new patient deteriorates as often, so that an explanation is always being written. */
const ALERT_EVERY_MS = 2_000;

interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

export interface LoopFigures {
  readonly runtime: string;
  readonly perSecond: number;
  readonly seconds: number;
  /** What the engine was while it was measured: `ready` where explanations were written by the model. */
  readonly engine: string;
  readonly explained: number;
  readonly load: LoadResult;
  /** Milliseconds by which a loop came later to what was due. */
  readonly quiet: { readonly shell: LoopDelay; readonly renderer: LoopDelay };
  readonly busy: { readonly shell: LoopDelay; readonly renderer: LoopDelay };
}

export async function benchLoops(runtime: ElectronRuntime, seconds: number): Promise<LoopFigures> {
  const stage = runsAsRoot ? await stageForUnprivileged() : null;
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-bench-'));
  stage?.give(folder);
  const executable = stage ? stage.launcher(folder, runtime.executable) : runtime.executable;
  const application = await electron.launch({
    executablePath: executable,
    args: [stage?.root ?? ROOT, '--user-data-dir', join(folder, 'ward'), '--mllp-port', '0'],
    chromiumSandbox: true,
  });
  try {
    const page = await application.firstWindow();
    const port = await setUpWard(page);
    const engine = await engineState(page);
    await load(port, CONNECTIONS, WARM_UP_SECONDS, PER_SECOND);
    const quiet = await delays(application, page, seconds);
    const deteriorating = deteriorate(port, seconds);
    const [busy, result] = await Promise.all([
      delays(application, page, seconds),
      load(port, CONNECTIONS, seconds, PER_SECOND),
    ]);
    const explained = await deteriorating;
    return {
      runtime: `Electron ${runtime.version} (${runtime.kind})`,
      perSecond: PER_SECOND,
      seconds,
      engine,
      explained,
      load: result,
      quiet,
      busy,
    };
  } finally {
    await application.close();
    rmSync(folder, { recursive: true, force: true });
    stage?.remove();
  }
}

/** Waits until the engine has come up, or has said that it will not. */
async function engineState(page: Page): Promise<string> {
  const until = performance.now() + ENGINE_LIMIT_MS;
  for (;;) {
    const { state } = (await snapshot(page)).system.engine;
    if (state !== 'starting' || performance.now() > until) return state;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** New patients one after the other whose first set crosses the band; returns how many. */
async function deteriorate(port: number, seconds: number): Promise<number> {
  const monitor = await connectMonitor(port);
  const until = performance.now() + seconds * 1000;
  let patients = 0;
  for (; performance.now() < until; patients++) {
    const [bed, patientId] = [`X${patients}`, `LOOP${patients}`];
    const vitals = { rr: 26, spo2: 91, temp: 38.6, sbp: 92, dbp: 54, hr: 121 };
    await monitor.send(oruMessage({ bed, patientId, controlId: patientId, ...vitals }));
    await new Promise((resolve) => setTimeout(resolve, ALERT_EVERY_MS));
  }
  monitor.close();
  return patients;
}

async function delays(application: ElectronApplication, page: Page, seconds: number) {
  const [shell, renderer] = await Promise.all([
    application.evaluate(lateness, seconds),
    page.evaluate(lateness, seconds),
  ]);
  return { shell: figuresOf(shell), renderer: figuresOf(renderer) };
}

/**
 * Runs in the loop that is looked at, so it stands alone: how late (ms) each timer of 10 ms came. The seconds are the
 * last argument; the shell is given Electron before them.
 */
function lateness(...given: readonly unknown[]): Promise<number[]> {
  const everyMs = 10;
  const endsAt = performance.now() + Number(given.at(-1)) * 1000;
  const late: number[] = [];
  return new Promise((resolve) => {
    const look = (due: number): void => {
      setTimeout(() => {
        const now = performance.now();
        late.push(now - due);
        if (now < endsAt) look(now + everyMs);
        else resolve(late);
      }, everyMs);
    };
    look(performance.now() + everyMs);
  });
}

function figuresOf(late: readonly number[]): LoopDelay {
  return { p50: quantile(late, 0.5), p99: quantile(late, 0.99), most: quantile(late, 1) };
}

/** The figures as lines for a person. */
export function loopLines({ engine, explained, load: { latencyMs }, ...figures }: LoopFigures): string[] {
  const line = (name: string, { shell, renderer }: LoopFigures['busy']): string =>
    `${name}: shell p50 ${shell.p50.toFixed(1)}, p99 ${shell.p99.toFixed(1)}, worst ${shell.most.toFixed(1)} ms; renderer p50 ${renderer.p50.toFixed(1)}, p99 ${renderer.p99.toFixed(1)}, worst ${renderer.most.toFixed(1)} ms`;
  return [
    `loops in ${figures.runtime}, ${figures.seconds} s each; ${figures.perSecond} a second (ACK p99 ${latencyMs.p99?.toFixed(1)} ms) and ${explained} alerts to explain (engine ${engine})`,
    line('  with neither', figures.quiet),
    line('  with both', figures.busy),
    `  aim p99 ${AIM_LOOP_P99_MS} ms`,
  ];
}
