/**
 * Takes the record's write-ahead log into its file, on a thread and a connection of its own: inside a commit that
 * would make every message of the group wait for it.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { RECORD_FILE } from '../record-files.ts';

/** Pause between two rounds: short, so that a round has little to do. Ours, as all of these. */
const PAUSE_MS = 250;
/** A shorter log is left alone: each round costs two fsyncs. */
const LEAST_BYTES = 1024 * 1024;
/** A log of this length is begun anew: commits wait for the few pages that are not taken over yet. */
const LONG_BYTES = 64 * 1024 * 1024;
/** A log that has grown beyond this (somebody read for long) is cut as well. */
const LONGEST_BYTES = 256 * 1024 * 1024;
/** So long a round waits for a reader while commits wait for it; then it tries again the next time. */
const WAIT_MS = 50;

export interface LogPlace {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
}

/** The length of the record's log; 0 where there is none. */
export function logBytes(userDataDir: string): number {
  return statSync(`${join(userDataDir, RECORD_FILE)}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

/** Goes on until its thread is ended. Throws where the disk takes nothing or the file is damaged. */
export function keepLog({ userDataDir, nativeBinding }: LogPlace): never {
  const database = new Database(join(userDataDir, RECORD_FILE), {
    fileMustExist: true,
    timeout: WAIT_MS,
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
  try {
    database.pragma('synchronous = FULL');
    database.pragma('trusted_schema = OFF');
    const sleeping = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      Atomics.wait(sleeping, 0, 0, PAUSE_MS);
      const bytes = logBytes(userDataDir);
      if (bytes < LEAST_BYTES) continue;
      // Nobody waits for this one; it leaves nearly nothing for the next.
      database.pragma('wal_checkpoint(PASSIVE)');
      if (bytes > LONGEST_BYTES) database.pragma('wal_checkpoint(TRUNCATE)');
      else if (bytes > LONG_BYTES) database.pragma('wal_checkpoint(RESTART)');
    }
  } finally {
    database.close();
  }
}
