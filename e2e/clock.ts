/**
 * The time of day of the core alone, moved by a file: what a corrected clock does is shown without touching the
 * machine's. It is given to the core from outside, by the
 * file that starts it; the program has no switch for it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type Program } from './program.ts';
import { snapshot } from './ward-steps.ts';

export interface CoreClock {
  /** Moves the core's time of day to so many milliseconds from the machine's. */
  set(offsetMs: number): void;
}

/** Starts the core of a running program again, under a clock that can be moved. */
export async function giveCoreAClock(
  { electron, page, userDataDir }: Program,
  offsetMs: number,
): Promise<CoreClock> {
  const offset = join(userDataDir, 'clock-offset');
  const patched = join(userDataDir, 'core-with-a-clock.cjs');
  const set = (ms: number) => writeFileSync(offset, String(ms), { mode: 0o644 });
  set(offsetMs);
  const core = await electron.evaluate(({ app }) => app.getAppPath());
  writeFileSync(
    patched,
    `const { readFileSync } = require('node:fs');
     const real = Date.now.bind(Date);
     const Real = Date;
     const now = () => real() + (Number(readFileSync(${JSON.stringify(offset)}, 'utf8')) || 0);
     globalThis.Date = class extends Real {
       constructor(...given) { given.length === 0 ? super(now()) : super(...given); }
       static now() { return now(); }
     };
     import(${JSON.stringify(pathToFileURL(join(core, 'dist', 'core', 'process.mjs')).href)});`,
    { mode: 0o644 },
  );
  await electron.evaluate(({ app, utilityProcess }, file) => {
    const fork = utilityProcess.fork.bind(utilityProcess);
    utilityProcess.fork = (module, words, options) =>
      fork(options?.serviceName === 'MedObsMind core' ? file : module, words, options);
    const running = app
      .getAppMetrics()
      .find((metric) => metric.type === 'Utility' && metric.name === 'MedObsMind core');
    if (running === undefined) throw new Error('no core runs here');
    process.kill(running.pid, 'SIGKILL');
  }, patched);
  await expect
    .poll(
      () =>
        snapshot(page).then(
          ({ system }) => system.intake.listening,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true);
  return { set };
}
