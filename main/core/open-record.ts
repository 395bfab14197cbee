/** Opens the ward's record: folder, lock, database and data keys; a damaged one is set aside and salvaged. */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appendAudit, RECORD_RESTORED } from './audit/audit.ts';
import { type Clock, isoTime } from './clock.ts';
import { examineRecord } from './damage/examine.ts';
import { readSalvageNote, type SalvageNote } from './damage/salvage-note.ts';
import { type Salvaged, salvageRecord } from './damage/salvage-record.ts';
import type { FailureReason, StartFailure } from './failure.ts';
import { reasonOf } from './log.ts';
import { LOCK_FILE, RECORD_FILE, WRAPPING_KEY_FILE } from './record-files.ts';
import { ENVELOPES_FILE, readEnvelopesFile } from './sealing/envelopes.ts';
import { type Keyring, openKeys, openSealing } from './sealing/key-envelope.ts';
import { type KeyWrapper, permissionsOnlyWrapper, type SealingKind } from './sealing/key-wrapper.ts';
import { openDatabase, type Store } from './store/database.ts';
import { lockRecord } from './store/record-lock.ts';
import { troubleOf } from './store/trouble.ts';

export { RECORD_FILE } from './record-files.ts';

export interface WardRecord extends Keyring {
  /** Closing it also gives the record's lock back. */
  readonly store: Store;
  /** The copy of the wrapped keys beside the database. */
  readonly envelopesFile: string;
  /** What a salvage at this start or a recent one did; null where the record was sound. */
  readonly salvage: SalvageNote | null;
  /** The ward stands on what it read: from now on a closing program may take the log into the file. */
  accept(): void;
}

export type OpenRecordResult =
  | { readonly ok: true; readonly record: WardRecord }
  | { readonly ok: false; readonly failure: StartFailure };

export interface OpenRecordOptions {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  /** Null: the wrapping key lies in a file of this user, which the screen says. */
  readonly keyWrapper: KeyWrapper | null;
  readonly clock: Clock;
}

/**
 * Opens the record for the one core that writes it; refused with `record-in-use` where another one does, with
 * `unwritable` where the disk takes nothing.
 */
export async function openRecord(options: OpenRecordOptions): Promise<OpenRecordResult> {
  const opened = await openInFolder(options);
  if (opened.ok || opened.failure.reason !== 'unusable' || isWritable(options.userDataDir)) return opened;
  return failed('unwritable', opened.failure.detail);
}

/** A file is made: on a disk that was mounted for reading only, permissions alone say otherwise. */
function isWritable(folder: string): boolean {
  const file = join(folder, `.writable-${process.pid}`);
  try {
    closeSync(openSync(file, 'w', 0o600));
    rmSync(file, { force: true });
    return true;
  } catch {
    return false; // why is in the detail of what was tried before
  }
}

async function openInFolder(options: OpenRecordOptions): Promise<OpenRecordResult> {
  const { userDataDir, nativeBinding } = options;
  try {
    mkdirSync(userDataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failed('unusable', reasonOf(error));
  }
  const locked = lockRecord(join(userDataDir, LOCK_FILE), nativeBinding);
  if (!locked.ok)
    return locked.failure === 'held'
      ? failed('record-in-use', 'another MedObsMind has this record open')
      : failed('unusable', `the record cannot be locked: ${locked.detail}`);
  const { lock } = locked;
  try {
    const opened = await openLocked(options, lock.release);
    if (!opened.ok) lock.release();
    return opened;
  } catch (error) {
    lock.release();
    return failed('unusable', reasonOf(error));
  }
}

async function openLocked(options: OpenRecordOptions, release: () => void): Promise<OpenRecordResult> {
  const { userDataDir, nativeBinding, clock } = options;
  const file = join(userDataDir, RECORD_FILE);
  const envelopesFile = join(userDataDir, ENVELOPES_FILE);
  const weak = permissionsOnlyWrapper(join(userDataDir, WRAPPING_KEY_FILE));
  const wrappers = options.keyWrapper === null ? [weak] : [options.keyWrapper, weak];
  const salvage = (reason: string) => salvageRecord({ userDataDir, nativeBinding, wrappers, clock, reason });

  let salvaged: Salvaged | null = null;
  let note = readSalvageNote(userDataDir);
  let keepOpen: { close(): void } | null = null;
  let reason = note?.stage === 'wanted' || note?.stage === 'first' ? note.reason : null;
  if (reason === null) {
    const existed = existsSync(envelopesFile) && readEnvelopesFile(envelopesFile) !== null;
    // Made with its mode before SQLite does it; log and index files take the mode of the database.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
    const examined = examineRecord(file, nativeBinding, existed);
    if (examined.kind === 'newer-schema')
      return failed('newer-record', `the record is of a newer program (schema ${examined.found})`);
    if (examined.kind === 'unusable') return failed('unusable', examined.detail);
    if (examined.kind === 'damaged') reason = examined.reason;
    else keepOpen = examined.keepOpen;
  }
  for (let attempt = 1; ; attempt++) {
    if (reason !== null) {
      const done = await salvage(reason);
      if (!done.ok) return failed('key-unavailable', done.detail);
      salvaged = done;
      note = done.note;
      chmodSync(file, 0o600);
    }
    const opened = openDatabase({ file, ...(nativeBinding === null ? {} : { nativeBinding }) });
    if (!opened.ok) {
      keepOpen?.close();
      keepOpen = null;
      const { failure } = opened;
      // Damage that only a change brought to light (a migration): once, because a salvaged file must open.
      if (failure.kind === 'damaged' && attempt === 1 && salvaged === null) {
        reason = failure.detail;
        continue;
      }
      return failure.kind === 'newer-schema'
        ? failed('newer-record', `the record is of a newer program (schema ${failure.found})`)
        : failed('unusable', failure.detail);
    }
    const store: Store = {
      ...opened.store,
      close: () => {
        opened.store.close();
        keepOpen?.close();
        release();
      },
    };
    try {
      const keys = await openSealing(store, wrappers, clock.wall, envelopesFile);
      if (!keys.ok) {
        opened.store.close();
        keepOpen?.close();
        keepOpen = null;
        if (salvaged === null && (await copyOpens(envelopesFile, wrappers))) {
          reason = 'the wrapped keys in the record were altered';
          continue;
        }
        return failed('key-unavailable', `the data key (${keys.wrappedBy}) cannot be opened: ${keys.detail}`);
      }
      beginAudit(store, clock, keys.sealing.kind, salvaged);
      const { sealing, wrap, renew } = keys;
      const accept = (): void => {
        keepOpen?.close();
        keepOpen = null;
      };
      return { ok: true, record: { store, sealing, wrap, renew, envelopesFile, salvage: note, accept } };
    } catch (error) {
      opened.store.close();
      keepOpen?.close();
      keepOpen = null;
      if (salvaged !== null || troubleOf(error) !== 'damaged') return failed('unusable', reasonOf(error));
      reason = reasonOf(error);
    }
  }
}

/** True where the copy of the keys opens: then it is the record that is wrong and not the protection. */
async function copyOpens(file: string, wrappers: readonly KeyWrapper[]): Promise<boolean> {
  const envelopes = readEnvelopesFile(file);
  return envelopes !== null && envelopes.length > 0 && (await openKeys(envelopes, wrappers)).ok;
}

/** The chain begins with the record itself and names each start of the program, and what a start had to mend. */
function beginAudit(store: Store, clock: Clock, sealing: SealingKind, salvaged: Salvaged | null): void {
  store.transaction((write) => {
    const at = isoTime(clock.wall());
    if (salvaged !== null) {
      const { note, oldHead } = salvaged;
      appendAudit(write, at, {
        actor: 'system',
        action: RECORD_RESTORED,
        subject: null,
        detail: {
          from: 'salvage',
          file: note.damagedFile,
          headSequence: oldHead?.sequence ?? 0,
          head: oldHead === null ? null : Buffer.from(oldHead.hash).toString('hex'),
          taken: note.taken,
          refused: note.refused,
          gaps: note.gaps,
        },
      });
    }
    appendAudit(write, at, { actor: 'system', action: 'program.start', subject: null, detail: { sealing } });
  });
}

function failed(reason: FailureReason, detail: string): OpenRecordResult {
  return { ok: false, failure: { code: 'storage-unavailable', reason, detail } };
}
