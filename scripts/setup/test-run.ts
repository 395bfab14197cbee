/** One run of the test suite: what was run, what it counted, in the runners' own words. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { z } from 'zod';
import { ROOT } from './paths.ts';
import { say } from './report.ts';

export interface Counted {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

/** Runs a command with its output on ours. Resolves with its exit status; a command that cannot start counts as 127. */
export function runVisibly(
  command: string,
  commandArguments: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a command beside others: what it says is kept together and handed back. A command that cannot start counts as 127. */
export function runApart(
  command: string,
  commandArguments: readonly string[],
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ status: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code) => resolve({ status: code ?? 1, output }));
  });
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Runs a runner and reads its report; a run that failed without a failed test, or left no report, counts as one failure. */
export async function runReporting(
  name: string,
  kind: 'vitest' | 'playwright',
  report: string,
  run: () => Promise<number>,
): Promise<Counted> {
  rmSync(report, { force: true });
  const started = Date.now();
  const status = await run();
  const seconds = (Date.now() - started) / 1000;
  let counts: { passed: number; failed: number; skipped: number };
  try {
    counts = kind === 'vitest' ? readVitest(report) : readPlaywright(report);
  } catch (error) {
    say(`${name}: no readable report (${error instanceof Error ? error.message : String(error)})`);
    return { name, passed: 0, failed: 1, skipped: 0, seconds };
  }
  if (status !== 0 && counts.failed === 0) counts = { ...counts, failed: 1 };
  if (counts.passed + counts.failed === 0) counts = { ...counts, failed: 1 };
  return { name, ...counts, seconds };
}

function readVitest(file: string): { passed: number; failed: number; skipped: number } {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  // A file that could not even be loaded has no tests to fail: it counts as one.
  const failed =
    report.numFailedTests === 0 && report.numFailedTestSuites > 0
      ? report.numFailedTestSuites
      : report.numFailedTests;
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests };
}

function readPlaywright(file: string): { passed: number; failed: number; skipped: number } {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
    skipped: report.stats.skipped,
  };
}
