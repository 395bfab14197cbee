/** Bundles the program into `dist/`: one file a process, the screens by Vite. Nothing is done where nothing changed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build as bundle } from 'rolldown';
import { build as buildScreens } from 'vite';
import { DIST_DIR, ROOT } from './paths.ts';
import { step } from './report.ts';

/** What the bundles are made of. */
const SOURCES = [
  'app',
  'main',
  'preload',
  'renderer',
  'vite.config.ts',
  'package-lock.json',
  'scripts/setup/build.ts',
];
/** Loaded from node_modules at run time: the runtime itself, and packages with native parts. */
const EXTERNAL = [
  'electron',
  'better-sqlite3',
  'node-llama-cpp',
  'sqlite-vec',
  'mammoth',
  'ssh2',
  'unpdf',
  'yauzl',
];

const STAMP = join(DIST_DIR, 'build.stamp');

export async function ensureBuild(): Promise<void> {
  const fingerprint = sourcesFingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint) return;
  await step('building the program', async (progress) => {
    // Parts of earlier builds have other names: nothing old stays beside the new.
    rmSync(DIST_DIR, { recursive: true, force: true });
    progress('processes');
    await bundle({
      input: {
        'shell/main': join(ROOT, 'main/shell/main.ts'),
        'core/process': join(ROOT, 'main/core/process.ts'),
        'core/document-worker': join(ROOT, 'main/core/knowledge/document-worker.ts'),
        'core/record-worker': join(ROOT, 'main/core/storage/record-worker.ts'),
        'engine/smoke-load-child': join(ROOT, 'main/engine/smoke-load-child.ts'),
        'engine/isolated-child': join(ROOT, 'main/engine/isolated/isolated-child.ts'),
      },
      platform: 'node',
      external: isExternal,
      output: {
        dir: DIST_DIR,
        format: 'esm',
        entryFileNames: '[name].mjs',
        chunkFileNames: 'shared/[name]-[hash].mjs',
        sourcemap: true,
      },
    });
    progress('preload');
    await bundle({
      input: join(ROOT, 'preload/preload.ts'),
      platform: 'browser',
      external: isExternal,
      output: { file: join(DIST_DIR, 'preload/preload.cjs'), format: 'cjs' },
    });
    progress('screens');
    await buildScreens({ configFile: join(ROOT, 'vite.config.ts'), logLevel: 'error' });
    mkdirSync(DIST_DIR, { recursive: true });
    writeFileSync(STAMP, fingerprint);
  });
}

function isExternal(id: string): boolean {
  return EXTERNAL.some((name) => id === name || id.startsWith(`${name}/`));
}

/** Names, sizes and modification times of all sources: a few milliseconds, and enough to notice a change. */
function sourcesFingerprint(): string {
  const hash = createHash('sha256');
  const visit = (path: string): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat) return;
    if (stat.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  };
  for (const source of SOURCES) visit(join(ROOT, source));
  return hash.digest('hex');
}
