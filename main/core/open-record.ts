/** Opens the ward's record: folder, lock, database and data key. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { appendAudit } from './audit/audit.ts';
import { type Clock, isoTime } from './clock.ts';
import type { FailureReason, StartFailure } from './failure.ts';
import { reasonOf } from './log.ts';
import { openSealing } from './sealing/key-envelope.ts';
import { type KeyWrapper, permissionsOnlyWrapper } from './sealing/key-wrapper.ts';
import type { Sealing } from './sealing/sealing.ts';
import { openDatabase, type Store } from './store/database.ts';
import { lockRecord } from './store/record-lock.ts';

export interface WardRecord {
  /** Closing it also gives the record's lock back. */
  readonly store: Store;
  readonly sealing: Sealing;
}

export type OpenRecordResult =
  | { readonly ok: true; readonly record: WardRecord }
  | { readonly ok: false; readonly failure: StartFailure };

/** The record's file in the user data folder. */
export const RECORD_FILE = 'ward.db';
/** Held by the one core that writes the record. */
const LOCK_FILE = 'ward.lock';
/** Beside the database's folder's other files, never in the database: the weak wrapping key. */
const WRAPPING_KEY_FILE = 'wrapping.key';

/** Opens the record for the one core that writes it; refused with `record-in-use` where another one does. */
export async function openRecord(options: {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  /** Null: the wrapping key lies in a file of this user, which the screen says. */
  readonly keyWrapper: KeyWrapper | null;
  readonly clock: Clock;
}): Promise<OpenRecordResult> {
  const file = join(options.userDataDir, RECORD_FILE);
  try {
    mkdirSync(options.userDataDir, { recursive: true, mode: 0o700 });
    // Made with its mode before SQLite does it; log and index files take the mode of the database.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    return failed('unusable', reasonOf(error));
  }
  const locked = lockRecord(join(options.userDataDir, LOCK_FILE), options.nativeBinding);
  if (!locked.ok)
    return locked.failure === 'held'
      ? failed('record-in-use', 'another MedObsMind has this record open')
      : failed('unusable', `the record cannot be locked: ${locked.detail}`);
  const { lock } = locked;
  const opened = openDatabase({
    file,
    ...(options.nativeBinding === null ? {} : { nativeBinding: options.nativeBinding }),
  });
  if (!opened.ok) {
    lock.release();
    const { failure } = opened;
    return failure.kind === 'newer-schema'
      ? failed(
          'newer-record',
          `the record is of a newer program (schema ${failure.found}, this program knows ${failure.known})`,
        )
      : failed('unusable', failure.detail);
  }
  const store: Store = {
    ...opened.store,
    close: () => {
      opened.store.close();
      lock.release();
    },
  };
  const weak = permissionsOnlyWrapper(join(options.userDataDir, WRAPPING_KEY_FILE));
  try {
    const wrappers = options.keyWrapper === null ? [weak] : [options.keyWrapper, weak];
    const sealing = await openSealing(store, wrappers, options.clock.wall);
    if (!sealing.ok) {
      store.close();
      return failed(
        'key-unavailable',
        `the data key (${sealing.wrappedBy}) cannot be opened: ${sealing.detail}`,
      );
    }
    beginAudit(store, options.clock, sealing.sealing);
    return { ok: true, record: { store, sealing: sealing.sealing } };
  } catch (error) {
    store.close();
    return failed('unusable', reasonOf(error));
  }
}

/** The chain begins with the record itself and names each start of the program. */
function beginAudit(store: Store, clock: Clock, sealing: Sealing): void {
  store.transaction((write) =>
    appendAudit(write, isoTime(clock.wall()), {
      actor: 'system',
      action: 'program.start',
      subject: null,
      detail: { sealing: sealing.kind },
    }),
  );
}

function failed(reason: FailureReason, detail: string): OpenRecordResult {
  return { ok: false, failure: { code: 'storage-unavailable', reason, detail } };
}
