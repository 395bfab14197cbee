/** One run of the test suite: what was run, what it counted, in the runners' own words. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { z } from 'zod';
import { ROOT } from './paths.ts';
import { say } from './report.ts';

export interface Counted {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Where tests were skipped, with their number. */
  readonly skippedIn: readonly string[];
  /** Which tests failed, each with the beginning of its reason: what scrolled by hours ago is told again at the end. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** Runners at work. They end with the suite: a suite that is stopped must not leave them computing. */
const atWork = new Set<ChildProcess>();
/** A runner that is asked to end has so long to end its workers and windows in order. */
const GRACE_MS = 10_000;
/** Each runner leads a group of its own, so that its workers can be found when it is gone. Windows has no such groups. */
const LEADS_GROUP = process.platform !== 'win32';

let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (isStopping) {
      // Asked a second time: nobody wants to wait for the order.
      for (const child of atWork) endGroup(child);
      process.exit(1);
    }
    isStopping = true;
    void Promise.all([...atWork].map((child) => endInOrder(child, signal))).finally(() => process.exit(1));
  });

/** The runner first, which knows how to end what it has started; then whatever it has left behind. */
async function endInOrder(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, GRACE_MS))]);
  endGroup(child);
}

function endGroup(child: ChildProcess): void {
  try {
    if (LEADS_GROUP && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch (error) {
    // Nobody of it is left, which is what was wanted.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function keepTrack(child: ChildProcess): void {
  atWork.add(child);
  child.once('exit', () => atWork.delete(child));
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
      detached: LEADS_GROUP,
    });
    keepTrack(child);
    child.on('error', () => resolve(127));
    // A suite that is being stopped begins with nothing new.
    child.on('exit', (code) => {
      if (!isStopping) resolve(code ?? 1);
    });
  });
}

/** Runs a command beside others: what it says is kept together and handed back. A command that cannot start counts as 127. */
export function runApart(
  command: string,
  commandArguments: readonly string[],
): Promise<{ readonly status: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: LEADS_GROUP,
    });
    keepTrack(child);
    let output = '';
    const keep = (chunk: string): void => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.on('error', (error) => resolve({ status: 127, output: `${command}: ${error.message}\n` }));
    child.on('close', (code) => {
      if (!isStopping) resolve({ status: code ?? 1, output });
    });
  });
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numFailedTestSuites: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});
/** Playwright's suites stand within each other: a file, its groups, their tests. */
const playwrightSuite = z.object({
  file: z.string(),
  specs: z.array(
    z.object({
      title: z.string(),
      ok: z.boolean(),
      tests: z.array(
        z.object({ results: z.array(z.object({ error: z.object({ message: z.string() }).optional() })) }),
      ),
    }),
  ),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});
type PlaywrightSuite = z.infer<typeof playwrightSuite>;
const playwrightReport = z.object({
  suites: z.array(playwrightSuite),
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Runs a runner and reads its report; a run that failed without a failed test, or left no report, counts as one failure. */
export async function runReporting(
  name: string,
  kind: keyof typeof READERS,
  report: string,
  run: () => Promise<number>,
): Promise<Counted> {
  rmSync(report, { force: true });
  const started = Date.now();
  const status = await run();
  const seconds = (Date.now() - started) / 1000;
  let counts: Counts;
  try {
    counts = READERS[kind](report);
  } catch (error) {
    say(`${name}: no readable report (${error instanceof Error ? error.message : String(error)})`);
    return { name, passed: 0, failed: 1, skipped: 0, skippedIn: [], failures: [], seconds };
  }
  if (status !== 0 && counts.failed === 0) counts = { ...counts, failed: 1 };
  if (counts.passed + counts.failed === 0) counts = { ...counts, failed: 1 };
  return { name, ...counts, seconds };
}

const READERS = { vitest: readVitest, playwright: readPlaywright, pytest: readPytest };

type Counts = Pick<Counted, 'passed' | 'failed' | 'skipped' | 'skippedIn' | 'failures'>;

/** Lines of a reason that are told at the end: what was expected and what came. */
const REASON_LINES = 12;

const beginning = (reason: string): string =>
  reason
    .split('\n')
    .slice(0, REASON_LINES)
    .map((line) => `     ${line}`)
    .join('\n');

function readVitest(file: string): Counts {
  const report = vitestReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  // A file that could not even be loaded has no tests to fail: it counts as one.
  const failed =
    report.numFailedTests === 0 && report.numFailedTestSuites > 0
      ? report.numFailedTestSuites
      : report.numFailedTests;
  const skippedIn = report.testResults.flatMap(({ name, assertionResults }) => {
    const skipped = assertionResults.filter(
      ({ status }) => status === 'pending' || status === 'skipped',
    ).length;
    return skipped === 0 ? [] : [`${relative(ROOT, name)} (${skipped} of ${assertionResults.length})`];
  });
  const failures = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const file = relative(ROOT, name);
    if (assertionResults.length === 0 && message !== '') return [`${file}\n${beginning(message)}`];
    return assertionResults
      .filter(({ status }) => status === 'failed')
      .map(
        ({ fullName, failureMessages }) => `${file} › ${fullName}\n${beginning(failureMessages.join('\n'))}`,
      );
  });
  return { passed: report.numPassedTests, failed, skipped: report.numPendingTests, skippedIn, failures };
}

function readPlaywright(file: string): Counts {
  const report = playwrightReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  return {
    passed: report.stats.expected,
    failed: report.stats.unexpected + report.stats.flaky + report.errors.length,
    skipped: report.stats.skipped,
    skippedIn: [],
    failures: report.suites.flatMap(failuresOf),
  };
}

function failuresOf(suite: PlaywrightSuite): readonly string[] {
  return [
    ...suite.specs
      .filter(({ ok }) => !ok)
      .map(({ title, tests }) => {
        const reasons = tests.flatMap(({ results }) => results.flatMap(({ error }) => error?.message ?? []));
        return `${suite.file} › ${title}\n${beginning(reasons.join('\n'))}`;
      }),
    ...(suite.suites ?? []).flatMap(failuresOf),
  ];
}

/** JUnit's form, as pytest writes it: the sums stand at the beginning, a failed test holds its reason. */
function readPytest(file: string): Counts {
  const report = readFileSync(file, 'utf8');
  const sum = (name: string): number => {
    const found = new RegExp(`<testsuite [^>]*\\b${name}="(\\d+)"`, 'u').exec(report)?.[1];
    if (found === undefined) throw new Error(`the report tells no ${name}`);
    return Number(found);
  };
  const skipped = sum('skipped');
  const failed = sum('failures') + sum('errors');
  const told = /<testcase classname="([^"]*)" name="([^"]*)"[^>]*>\s*<(?:failure|error) message="([^"]*)"/gu;
  return {
    passed: sum('tests') - failed - skipped,
    failed,
    skipped,
    skippedIn: skipped === 0 ? [] : [`resources/trainer/tests (${skipped} of ${sum('tests')})`],
    failures: [...report.matchAll(told)].map(
      ([, where = '', name = '', reason = '']) =>
        `${where} › ${name}\n${beginning(reason.replaceAll('&#10;', '\n'))}`,
    ),
  };
}
