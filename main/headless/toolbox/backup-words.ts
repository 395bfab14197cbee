/** Why a backup was not made or not brought back, for whoever reads the toolbox's answer: what happened, what to do. */
import type { BackupResult } from '../../core/backup/make-backup.ts';
import type { RestoreResult } from '../../core/backup/restore.ts';
import type { LineError } from './json-lines.ts';

type NotMade = Extract<BackupResult, { ok: false }>;
type NotRestored = Extract<RestoreResult, { ok: false }>;

/** `record` and `out`: the files that were asked for. */
export function notMade({ problem, detail }: NotMade, record: string, out: string): LineError {
  const words: Readonly<Record<NotMade['problem'], string>> = {
    'no-recovery-key': `${record} has no recovery key, so nobody could open its backup on another machine. Make the key in the window first (System, Recovery key).`,
    'file-exists': `${out} is there already and is not written over. Name a file that is not there.`,
    'record-unreadable': `${record} cannot be read: ${detail}. No backup was made.`,
    'not-written': `${out} could not be written: ${detail}. Is its folder there, writable, and is there room for a copy of the record? Nothing was left of it.`,
    'not-verified': `The copy of ${record} failed its check: ${detail}. No backup was made; the record may be damaged.`,
  };
  return { code: problem, message: words[problem] };
}

/** `bundle`, `folder` and `keyFile`: what was named on the command line. */
export function notRestored(
  { problem, detail }: NotRestored,
  { bundle, folder, keyFile }: { readonly bundle: string; readonly folder: string; readonly keyFile: string },
): LineError {
  const words: Readonly<Record<NotRestored['problem'], string>> = {
    'folder-not-empty': `${folder} is not empty. A record is only restored into an empty folder, or one that is not there yet.`,
    'not-a-backup': `${bundle} cannot be restored: ${detail}.`,
    'newer-record': `${bundle} was made by a newer program: ${detail}. Restore it with that version or a later one.`,
    'key-wrong': `${keyFile} does not open ${bundle}: ${detail}.`,
    'not-sound': `${bundle} was not restored, and nothing was left in ${folder}: ${detail}.`,
  };
  return { code: problem, message: words[problem] };
}
