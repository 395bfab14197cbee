/** Everything that has to be there before the program can run, in order; quick where it is there already. */

import { ensureBuild } from './build.ts';
import { hasDisplay } from './display.ts';
import { type ElectronRuntime, ensureElectronRuntime } from './electron-runtime.ts';
import { ensureModel } from './model.ts';
import { sandboxLine } from './sandbox.ts';
import { ensureSqlite, sqliteIsReady } from './sqlite.ts';
import { ensureSystemPackages, type SystemNeed } from './system-packages.ts';

/** For the window: Electron, system libraries, SQLite, the model, the bundles. */
export async function setUpWindow(options: { virtualDisplay: boolean }): Promise<ElectronRuntime> {
  const needs: SystemNeed[] = ['electron'];
  if (options.virtualDisplay && !hasDisplay()) needs.push('display');
  // Electron is unpacked first: that needs nothing of the system, and its sandbox may be a matter for IT as well. Asked
  // for in one line: a person who must go to IT goes once.
  const runtime = await ensureElectronRuntime();
  if (!sqliteIsReady(runtime)) needs.push('compiler');
  await ensureSystemPackages(needs, ['pip'], sandboxLine(runtime.executable));
  await ensureSqlite(runtime);
  await ensureModel({ installPip: true });
  await ensureBuild();
  return runtime;
}

/** For the toolbox and `--headless`: the dependencies are enough, the model is welcome. */
export async function setUpHeadless(): Promise<void> {
  await ensureModel({ installPip: false });
}
