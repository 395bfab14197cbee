/**
 * Whether Chromium's sandbox can work for this user. It needs user namespaces, or its helper set up by root; some
 * systems (Ubuntu from 23.10, containers) refuse the first, and Electron then ends at once without a word for people.
 */
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetUpError } from './report.ts';

/** Owner root, set-user-id, executable by all: what Chromium insists on. */
const HELPER_MODE = 0o4755;

/** The line with which IT opens the second way where neither is open; null where nothing has to be done. */
export function sandboxLine(executable: string): string | null {
  // Root has no sandbox and is told so elsewhere.
  if (process.platform !== 'linux' || process.getuid?.() === 0) return null;
  // unshare(1) is part of every Debian; where it is missing, Electron itself will tell.
  const tried = spawnSync('unshare', ['--user', 'true'], { stdio: 'ignore' });
  if (tried.error !== undefined || tried.status === 0) return null;
  const helper = join(dirname(executable), 'chrome-sandbox');
  const found = statSync(helper, { throwIfNoEntry: false });
  if (found?.uid === 0 && (found.mode & 0o7777) === HELPER_MODE) return null;
  return `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`;
}

/** Throws with the exact line for IT where neither way is open. */
export function ensureSandbox(executable: string): void {
  const line = sandboxLine(executable);
  if (line === null) return;
  throw new SetUpError(
    `This system gives an ordinary user no user namespaces, so the window's sandbox needs its helper set up by root. Ask IT to run this line, then start again:\n\n  ${line}\n\nWithout a window it works already: npm start -- --headless`,
  );
}
