/**
 * `npm run lock`: writes the lockfile anew and completes it. A registry mirror that carries one platform only
 * leaves the other platforms' packages out of the lockfile, and `npm ci` then refuses it on every machine. They
 * are entered here by name and version, without an integrity value: where one was never seen none is invented.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ROOT } from '../setup/paths.ts';
import { run } from '../setup/run.ts';

const SYSTEMS: Readonly<Record<string, string>> = { mac: 'darwin', win: 'win32', linuxmusl: 'linux' };
const KNOWN_SYSTEMS = ['darwin', 'win32', 'linux', 'android', 'freebsd', 'openbsd', 'netbsd', 'openharmony'];
const PROCESSORS: Readonly<Record<string, string>> = { armv7l: 'arm', riscv64: 'riscv64' };
const KNOWN_PROCESSORS = ['x64', 'arm64', 'ia32', 'arm', 's390x', 'ppc64', 'loong64', 'wasm32', 'riscv64'];

const entrySchema = z.looseObject({
  dev: z.boolean().optional(),
  optionalDependencies: z.record(z.string(), z.string()).optional(),
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

const work = mkdtempSync(join(tmpdir(), 'medobsmind-lock-'));
try {
  for (const name of ['package.json', '.npmrc']) copyFileSync(join(ROOT, name), join(work, name));
  await run('npm', ['install', '--package-lock-only', '--ignore-scripts', '--loglevel=error'], { cwd: work });
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(work, 'package-lock.json'), 'utf8')));
  for (const [path, entry] of Object.entries(lock.packages))
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lock.packages[`node_modules/${name}`] ?? lock.packages[`${path}/node_modules/${name}`]) continue;
      lock.packages[`node_modules/${name}`] = platformEntry(name, version, entry.dev === true);
    }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(join(ROOT, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** The platform is told by the package's name, as all of these packages spell it. */
function platformEntry(name: string, version: string, dev: boolean): z.infer<typeof entrySchema> {
  const words = (name.split('/').at(-1) ?? '').split('-');
  const system = words.map((word) => SYSTEMS[word] ?? word).find((word) => KNOWN_SYSTEMS.includes(word));
  const processor = words
    .map((word) => PROCESSORS[word] ?? word)
    .find((word) => KNOWN_PROCESSORS.includes(word));
  return {
    version: version.replace(/^[~^]/, ''),
    optional: true,
    ...(dev ? { dev } : {}),
    ...(processor ? { cpu: [processor] } : {}),
    ...(system ? { os: [system] } : {}),
    ...(name.includes('musl') ? { libc: ['musl'] } : {}),
  };
}
