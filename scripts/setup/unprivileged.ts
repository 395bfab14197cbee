/**
 * Running the program as an unprivileged user when the developer is root: Chromium's sandbox is off for root, and
 * a test with the sandbox off would test another program than the ward's.
 */
import {
  accessSync,
  chownSync,
  constants,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from './paths.ts';
import { run } from './run.ts';

/** `nobody`: on every Unix, owns nothing, may do nothing. */
const NOBODY = 65534;

export interface UnprivilegedStage {
  /** The program's folder as the unprivileged user can read it. */
  readonly root: string;
  /** Puts a launcher in `folder` that starts `executable` as that user; its home is `folder`. */
  launcher(folder: string, executable: string): string;
  /** Hands a folder to that user, who may then write in it; what is in it stays whose it is. */
  give(folder: string): void;
  remove(): void;
}

export const runsAsRoot = process.getuid?.() === 0;

/**
 * A view of the checkout for an unprivileged user. Where the checkout lies below a private folder (root's home)
 * what the program needs is hard-linked to a public temporary folder.
 */
export async function stageForUnprivileged(): Promise<UnprivilegedStage> {
  const reachable = publiclyReachable(ROOT);
  const root = reachable ? ROOT : mkdtempSync(join(tmpdir(), 'medobsmind-stage-'));
  if (!reachable) await copyProgram(root);
  return {
    root,
    launcher(folder, executable) {
      const file = join(folder, 'launch.sh');
      writeFileSync(
        file,
        `#!/bin/sh\nexport HOME='${folder}' XDG_RUNTIME_DIR='${folder}'\nexec setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups '${executable.replace(ROOT, root)}' "$@"\n`,
        { mode: 0o755 },
      );
      return file;
    },
    give: (folder) => chownSync(folder, NOBODY, NOBODY),
    remove() {
      if (!reachable) rmSync(root, { recursive: true, force: true });
    },
  };
}

function publiclyReachable(path: string): boolean {
  const openToAll = (folder: string): boolean => (statSync(folder).mode & 0o005) === 0o005;
  for (let folder = path; ; folder = dirname(folder)) {
    if (!openToAll(folder)) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Hard links cost neither time nor disk; across file systems `cp` copies. */
async function copyProgram(root: string): Promise<void> {
  mkdirSync(root, { recursive: true, mode: 0o755 });
  for (const name of ['dist', 'node_modules', '.runtime', 'models', 'resources', 'package.json']) {
    const source = join(ROOT, name);
    try {
      accessSync(source, constants.R_OK);
    } catch {
      continue;
    }
    try {
      await run('cp', ['-al', source, join(root, name)]);
    } catch {
      rmSync(join(root, name), { recursive: true, force: true });
      cpSync(source, join(root, name), { recursive: true });
    }
  }
  await run('chmod', ['755', root]);
}
