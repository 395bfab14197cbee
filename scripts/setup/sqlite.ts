/**
 * SQLite for the runtime. better-sqlite3 carries a binary that serves Node 24 and Electron 35 or newer; the
 * registry runtime is older, so there its own source is compiled once, into one binary that serves both.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { ElectronRuntime } from './electron-runtime.ts';
import { ROOT, RUNTIME_DIR, SQLITE_BINDING } from './paths.ts';
import { SetUpError, step } from './report.ts';
import { run } from './run.ts';
import { ensureSystemPackages } from './system-packages.ts';

/** Its string references need Node-API 10 or the experimental set; the registry runtime offers the second. */
const COMPILER_FLAGS = '-DNAPI_EXPERIMENTAL -DNAPI_VERSION=2147483647';

export function sqliteIsReady(runtime: ElectronRuntime): boolean {
  if (runtime.kind === 'official') return true;
  const stamp = `${SQLITE_BINDING}.stamp`;
  return existsSync(SQLITE_BINDING) && existsSync(stamp) && readFileSync(stamp, 'utf8') === stampText();
}

export async function ensureSqlite(runtime: ElectronRuntime): Promise<void> {
  if (sqliteIsReady(runtime)) return;
  await ensureSystemPackages(['compiler']);
  await step('SQLite for the registry runtime (about two minutes)', async (progress) => {
    const work = join(RUNTIME_DIR, 'sqlite-build');
    await rm(work, { recursive: true, force: true });
    for (const name of ['better-sqlite3', 'node-addon-api'])
      cpSync(join(ROOT, 'node_modules', name), join(work, 'node_modules', name), { recursive: true });
    progress('compiling');
    await run(
      process.execPath,
      [nodeGyp(), 'rebuild', '--release', '--force_build=1', `--nodedir=${nodeHeaders()}`, '-j', 'max'],
      { cwd: join(work, 'node_modules', 'better-sqlite3'), env: buildEnvironment() },
    );
    await mkdir(dirname(SQLITE_BINDING), { recursive: true });
    const built = join(work, 'node_modules', 'better-sqlite3', 'build', 'Release', 'better_sqlite3.node');
    await rename(built, SQLITE_BINDING);
    await writeFile(`${SQLITE_BINDING}.stamp`, stampText());
    await rm(work, { recursive: true, force: true });
  });
}

/** Make and gyp find `node` by name; it must be the project's. */
function buildEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    CXXFLAGS: COMPILER_FLAGS,
    PATH: `${dirname(process.execPath)}:${process.env.PATH ?? ''}`,
  };
}

function stampText(): string {
  const require = createRequire(import.meta.url);
  const binding = readFileSync(require.resolve('better-sqlite3/package.json'));
  return createHash('sha256')
    .update(binding)
    .update(COMPILER_FLAGS)
    .update(process.versions.modules)
    .digest('hex');
}

/** The project's own Node comes with its headers. */
function nodeHeaders(): string {
  const folder = dirname(dirname(process.execPath));
  if (!existsSync(join(folder, 'include', 'node', 'node_api.h')))
    throw new SetUpError(
      `No Node headers beside ${process.execPath}. Delete node_modules and run the command again.`,
    );
  return folder;
}

/** npm travels with its own node-gyp; `npm_execpath` names npm when it started us. */
function nodeGyp(): string {
  const npmHomes = [
    process.env.npm_execpath ? dirname(dirname(process.env.npm_execpath)) : null,
    '/usr/lib/node_modules/npm',
    '/usr/local/lib/node_modules/npm',
    '/usr/share/nodejs/npm',
  ];
  for (const home of npmHomes) {
    if (home === null) continue;
    const program = join(home, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
    if (existsSync(program)) return program;
  }
  throw new SetUpError("npm's node-gyp was not found. Install npm 10 or newer and run the command again.");
}
