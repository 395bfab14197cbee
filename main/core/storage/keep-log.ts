/**
 * Takes the record's write-ahead log into its file, on a thread and a connection of its own: inside a commit that
 * would make every message of the group wait for it.
 */
import { closeSync, fdatasyncSync, fstatSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { RECORD_FILE } from '../record-files.ts';

/** Pause between two rounds: short, so that a round has little to do. Ours, as all of these. */
const PAUSE_MS = 250;
/** A shorter log is left alone: each round costs two fsyncs. */
const LEAST_BYTES = 1024 * 1024;
/**
 * The log is given this room at once and written over from then on: an fsync of a file that grows also has to make
 * its new length durable, which takes several times as long as the few pages of a commit. The disk has this room in
 * reserve when it is full.
 */
const ROOM_BYTES = 32 * 1024 * 1024;
const ROOM_SLICE_BYTES = 1024 * 1024;
const ROOM_PAUSE_MS = 10;
/** A log that fills so much of its room is begun anew: commits wait for the few pages that are not taken over yet. */
const LONG_BYTES = 0.75 * ROOM_BYTES;
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
  return statSync(logFile(userDataDir), { throwIfNoEntry: false })?.size ?? 0;
}

function logFile(userDataDir: string): string {
  return `${join(userDataDir, RECORD_FILE)}-wal`;
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
    for (;;) {
      sleep(PAUSE_MS);
      const bytes = logBytes(userDataDir);
      if (bytes < LEAST_BYTES) continue;
      if (bytes < ROOM_BYTES) makeRoom(database, logFile(userDataDir));
      // Nobody waits for this one; it leaves nearly nothing for the next.
      const used = takeOver(database, 'PASSIVE');
      if (bytes > LONGEST_BYTES) takeOver(database, 'TRUNCATE');
      else if (used > LONG_BYTES) takeOver(database, 'RESTART');
    }
  } finally {
    database.close();
  }
}

const takenOver = z.array(z.looseObject({ log: z.number() }));

/** Returns how many bytes of the log are in use. */
function takeOver(database: Database.Database, how: 'PASSIVE' | 'RESTART' | 'TRUNCATE'): number {
  const [row] = takenOver.parse(database.pragma(`wal_checkpoint(${how})`));
  return (row?.log ?? 0) * FRAME_BYTES;
}

/** SQLite, "WAL-mode File Format": a page of the default size and the header before it. */
const FRAME_BYTES = 4096 + 24;

/**
 * Lengthens the log with zeros, which SQLite takes for what an earlier round left behind: no frame begins with them.
 * Each slice is written while this connection holds the lock of writers, so no commit can be adding to the log.
 */
export function makeRoom(database: Database.Database, file: string): void {
  const zeros = new Uint8Array(ROOM_SLICE_BYTES);
  const log = openSync(file, 'r+');
  try {
    for (;;) {
      database.exec('BEGIN IMMEDIATE');
      try {
        const { size } = fstatSync(log);
        if (size >= ROOM_BYTES) return;
        writeSync(log, zeros, 0, Math.min(ROOM_SLICE_BYTES, ROOM_BYTES - size), size);
      } finally {
        database.exec('ROLLBACK');
      }
      fdatasyncSync(log);
      sleep(ROOM_PAUSE_MS);
    }
  } catch {
    // Room is a matter of speed alone: a disk that has none, or a writer that takes long, is met again next time.
  } finally {
    closeSync(log);
  }
}

function sleep(ms: number): void {
  Atomics.wait(SLEEPING, 0, 0, ms);
}
const SLEEPING = new Int32Array(new SharedArrayBuffer(4));
