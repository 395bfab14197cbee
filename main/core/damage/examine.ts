/**
 * Looks at the record's file before anything writes to it. A newer schema, a lock and a disk that refuses are never
 * taken for damage: the file is then left as it is.
 */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { MIGRATIONS, NEWEST_SCHEMA } from '../store/migrations.ts';
import { troubleOf } from '../store/trouble.ts';

export type Examined =
  /** `keepOpen` holds the file open for reading: while it does, closing a writer takes no foreign log into it. */
  | { readonly kind: 'sound'; readonly keepOpen: { close(): void } | null }
  | { readonly kind: 'newer-schema'; readonly found: number }
  | { readonly kind: 'damaged'; readonly reason: string }
  | { readonly kind: 'unusable'; readonly detail: string };

/** Numbers of schemas stay small; a greater one is a header that was written over. */
const MOST_LIKELY_SCHEMA = 1000;
const NO_BINDING = {};

/** @param existed whether the ward had a record here before (its keys stand beside it) */
export function examineRecord(file: string, nativeBinding: string | null, existed: boolean): Examined {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0)
    return existed ? { kind: 'damaged', reason: 'the file is empty' } : { kind: 'sound', keepOpen: null };
  let database: Database.Database | null = null;
  try {
    database = new Database(file, {
      readonly: true,
      ...(nativeBinding === null ? NO_BINDING : { nativeBinding }),
    });
    const found = database.pragma('user_version', { simple: true });
    if (typeof found !== 'number') throw new Error('user_version is not a number');
    if (
      found > NEWEST_SCHEMA &&
      found < MOST_LIKELY_SCHEMA &&
      schemaText(database) !== freshSchema(nativeBinding)
    ) {
      database.close();
      return { kind: 'newer-schema', found };
    }
    const drift = driftOf(database, found, nativeBinding);
    if (drift !== null) {
      database.close();
      return { kind: 'damaged', reason: drift };
    }
    readEssentials(database);
    return { kind: 'sound', keepOpen: database };
  } catch (error) {
    database?.close();
    const detail = error instanceof Error ? error.message : 'unknown error';
    return troubleOf(error) === 'damaged' || isNoDatabase(error)
      ? { kind: 'damaged', reason: detail }
      : { kind: 'unusable', detail };
  }
}

/** What the ward needs to start, each row once. Throws where it cannot be read. */
function readEssentials(database: Database.Database): void {
  const version = database.pragma('user_version', { simple: true });
  if (version === 0) return;
  for (const table of ['settings', 'key_envelope', 'people', 'patients', 'stays', 'alert_state'])
    for (const _ of database.prepare(`SELECT * FROM ${table}`).iterate());
  for (const _ of database.prepare('SELECT * FROM alerts WHERE open = 1').iterate());
  database.prepare('SELECT * FROM audit ORDER BY sequence DESC LIMIT 1').get();
}

/** A schema that is not the one its number stands for; null where it is. */
function driftOf(database: Database.Database, found: number, nativeBinding: string | null): string | null {
  if (found === NEWEST_SCHEMA)
    return schemaText(database) === freshSchema(nativeBinding)
      ? null
      : 'the schema is not the one of its number';
  if (found === 0) return schemaText(database) === '' ? null : 'the schema has lost its number';
  return MIGRATIONS.some(({ version }) => version === found)
    ? null
    : `the schema has a number that is none (${found})`;
}

function schemaText(database: Database.Database): string {
  return database
    .prepare(
      "SELECT coalesce(group_concat(type || ' ' || name || ' ' || coalesce(sql, ''), char(10)), '') FROM (SELECT * FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name)",
    )
    .pluck()
    .all()
    .join('');
}

let fresh: string | null = null;
/** The schema as the migrations make it, from an empty database in memory; once a run. */
function freshSchema(nativeBinding: string | null): string {
  if (fresh !== null) return fresh;
  const memory = new Database(':memory:', nativeBinding === null ? NO_BINDING : { nativeBinding });
  try {
    for (const { sql } of MIGRATIONS) memory.exec(sql);
    fresh = schemaText(memory);
    return fresh;
  } finally {
    memory.close();
  }
}

/** SQLite says it so where the first bytes are not its own. */
function isNoDatabase(error: unknown): boolean {
  return error instanceof Error && /malformed|not a database|no such (table|column)/.test(error.message);
}
