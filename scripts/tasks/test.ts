/** `npm test`: set-up, checks, unit and integration tests, end-to-end tests; then the sum of what the runners reported. */
import { join } from 'node:path';
import { runChecks } from '../setup/checks.ts';
import { hasDisplay, startVirtualDisplay } from '../setup/display.ts';
import { REPORTS_DIR, ROOT, TRAINER_DIR } from '../setup/paths.ts';
import { SetUpError, say } from '../setup/report.ts';
import { setUpHeadless, setUpWindow } from '../setup/set-up.ts';
import { type Counted, runReporting, runVisibly } from '../setup/test-run.ts';
import { TRAINER_SET_UP, trainerPython } from '../setup/trainer-environment.ts';

const full = process.argv.includes('--full');
/** The mark of the journeys that only `npm run test:full` walks: `test('…', { tag: '@full' }, …)`. */
const FULL_ONLY = '@full';
const results: Counted[] = [];
/** Suites that could not run here, with the reason. They count as failed: what was not run was not shown. */
const notRun: { name: string; reason: string }[] = [];

let runtime: Awaited<ReturnType<typeof setUpWindow>> | null = null;
try {
  runtime = await setUpWindow({ virtualDisplay: true });
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  say(`\n${error.message}`);
  notRun.push({
    name: 'end-to-end tests (Playwright)',
    reason: `${error.message.split('\n', 1)[0]} (the line for IT stands at the beginning)`,
  });
  // The window needs what is missing; the model does not, and its tests are worth running.
  await setUpHeadless();
}

for (const { name, passed, seconds } of await runChecks(({ name, passed }) =>
  say(`${passed ? 'ok  ' : 'FAIL'} ${name}`),
))
  results.push({ name, passed: 0, failed: passed ? 0 : 1, skipped: 0, skippedIn: [], failures: [], seconds });

results.push(
  await runReporting('unit and integration tests (vitest)', 'vitest', join(REPORTS_DIR, 'unit.json'), () =>
    runVisibly(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run'], {
      ...process.env,
      ...(full ? { MEDOBSMIND_FULL: '1' } : {}),
    }),
  ),
);
const python = trainerPython();
if (python !== null) results.push(await runTrainerTests(python));
if (runtime !== null) results.push(await runEndToEnd());

say('');
for (const result of results)
  say(
    `${result.failed === 0 ? 'ok  ' : 'FAIL'} ${result.name}: ${result.passed > 0 || result.failed > 0 ? `${result.passed} passed, ${result.failed} failed${result.skipped > 0 ? `, ${result.skipped} skipped` : ''}, ` : ''}${result.seconds.toFixed(0)} s`,
  );
for (const where of results.flatMap(({ skippedIn }) => skippedIn)) say(`skip ${where}`);
for (const failure of results.flatMap(({ failures }) => failures)) say(`FAIL ${failure}`);
if (python === null)
  say(`skip trainer's tests (pytest): there is no Python environment here. To have one: ${TRAINER_SET_UP}`);
for (const suite of notRun) say(`FAIL ${suite.name}: not run, ${suite.reason}`);
if (runtime !== null) say(`Runtime of the end-to-end tests: Electron ${runtime.version} (${runtime.kind})`);
const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0) + notRun.length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;

function runTrainerTests(python: string): Promise<Counted> {
  const report = join(REPORTS_DIR, 'trainer.xml');
  return runReporting("trainer's tests (pytest)", 'pytest', report, () =>
    runVisibly(python, ['-m', 'pytest', '--rootdir', TRAINER_DIR, TRAINER_DIR, `--junitxml=${report}`]),
  );
}

async function runEndToEnd(): Promise<Counted> {
  const display = hasDisplay() ? null : await startVirtualDisplay();
  try {
    return await runReporting(
      'end-to-end tests (Playwright)',
      'playwright',
      join(REPORTS_DIR, 'e2e.json'),
      () =>
        runVisibly(
          process.execPath,
          [
            join(ROOT, 'node_modules/@playwright/test/cli.js'),
            'test',
            ...(full ? [] : ['--grep-invert', FULL_ONLY]),
          ],
          {
            ...process.env,
            ...(full ? { MEDOBSMIND_FULL: '1' } : {}),
            ...(display ? { DISPLAY: display.name } : {}),
          },
        ),
    );
  } finally {
    display?.stop();
  }
}
