/**
 * The log in a folder of the profile, for whoever looks into a trouble later: so many files of so many bytes, the oldest
 * one written over. A disk that takes nothing costs the lines and nothing else; they are on standard error all the same.
 */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

interface LogFilesLimits {
  readonly bytes: number;
  /** With the one that is written to. */
  readonly files: number;
}

/** 8 files of 4 MiB: weeks of a ward in order, and no bad night fills the disk. Ours. */
const LOG_LIMITS: LogFilesLimits = { bytes: 4 * 1024 * 1024, files: 8 };
/** After a write that failed the disk is left alone for so long. Ours. */
const TRY_AGAIN_MS = 10_000;

/** `core.log` is the newest, `core.1.log` the one before it. */
function fileOf(folder: string, place: number): string {
  return join(folder, place === 0 ? 'core.log' : `core.${place}.log`);
}

/** Returns what writes a line. It never throws. */
export function openLogFiles(
  folder: string,
  { bytes: most, files }: LogFilesLimits = LOG_LIMITS,
  now: () => number = () => performance.now(),
): (line: string) => void {
  const newest = fileOf(folder, 0);
  let bytes: number | null = null;
  let notBeforeMs = 0;

  function rotate(): void {
    rmSync(fileOf(folder, files - 1), { force: true });
    for (let place = files - 2; place >= 0; place -= 1) {
      const file = fileOf(folder, place);
      if (statSync(file, { throwIfNoEntry: false }) !== undefined)
        renameSync(file, fileOf(folder, place + 1));
    }
  }

  return (line) => {
    if (now() < notBeforeMs) return;
    try {
      if (bytes === null) {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        bytes = statSync(newest, { throwIfNoEntry: false })?.size ?? 0;
      }
      const length = Buffer.byteLength(line);
      if (bytes > 0 && bytes + length > most) {
        rotate();
        bytes = 0;
      }
      appendFileSync(newest, line, { mode: 0o600 });
      bytes += length;
    } catch {
      // Said nowhere: whoever reads standard error has the line, and the store tells of the disk itself.
      bytes = null;
      notBeforeMs = now() + TRY_AGAIN_MS;
    }
  };
}
