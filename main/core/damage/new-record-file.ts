/** The empty database that a salvage fills, and how it takes the damaged one's place. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { RECORD_FILE } from '../record-files.ts';
import { MIGRATIONS, NEWEST_SCHEMA } from '../store/migrations.ts';

export type Binding = { readonly nativeBinding?: string };

/** What SQLite keeps beside a database, and the database. */
export const FILE_SUFFIXES = ['-wal', '-shm', ''] as const;

/** An empty database of a schema. Nothing in it counts until it is renamed, so it is not synced on the way. */
export function newRecordFile(file: string, schema: number, binding: Binding): Database.Database {
  for (const suffix of FILE_SUFFIXES) rmSync(`${file}${suffix}`, { force: true });
  const database = new Database(file, binding);
  database.pragma('journal_mode = MEMORY');
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  for (const { version, sql } of MIGRATIONS) if (version <= schema) database.exec(sql);
  database.pragma(`user_version = ${schema}`);
  return database;
}

/** The schema that the damaged file was of; the newest where it does not tell. */
export function schemaOf(views: readonly Database.Database[]): number {
  for (const view of views) {
    const found = view.pragma('user_version', { simple: true });
    if (MIGRATIONS.some(({ version }) => version === found)) return Number(found);
  }
  return NEWEST_SCHEMA;
}

/** Makes `fresh`, which is closed, durable and then the ward's record. */
export function putInPlace(fresh: string, userDataDir: string): void {
  const handle = openSync(fresh, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  // A log of the old record must not be taken for one of this.
  for (const suffix of FILE_SUFFIXES.filter((one) => one !== ''))
    rmSync(join(userDataDir, `${RECORD_FILE}${suffix}`), { force: true });
  renameSync(fresh, join(userDataDir, RECORD_FILE));
}
