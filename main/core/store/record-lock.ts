/**
 * One core writes a record. The lock is the operating system's own, taken through SQLite on a file beside the
 * record: it ends with the process that holds it, however that process ends, so there is no stale lock to judge.
 * Readers of the record (the toolbox) need no lock.
 */
import Database from 'better-sqlite3';

export interface RecordLock {
  release(): void;
}

export type LockResult =
  | { readonly ok: true; readonly lock: RecordLock }
  | { readonly ok: false; readonly failure: 'held' }
  | { readonly ok: false; readonly failure: 'unusable'; readonly detail: string };

/** A core that is just ending is waited for so long. Ours. */
const WAIT_MS = 1000;

/** Takes the lock in `file`. `held`: another core has it, in this process or another one. */
export function lockRecord(file: string, nativeBinding: string | null): LockResult {
  let database: Database.Database | null = null;
  try {
    database = new Database(file, {
      timeout: WAIT_MS,
      ...(nativeBinding === null ? {} : { nativeBinding }),
    });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))
      return { ok: false, failure: 'held' };
    return {
      ok: false,
      failure: 'unusable',
      detail: error instanceof Error ? error.message : 'unknown error',
    };
  }
  const held = database;
  return { ok: true, lock: { release: () => void held.close() } };
}
