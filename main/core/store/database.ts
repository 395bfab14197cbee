/**
 * Opens the store: one SQLite file, write-ahead log, synchronous=FULL (an acknowledged value survives a power
 * cut), foreign keys, STRICT tables. Readers and writers are different types, so that code that only looks
 * cannot write; every row passes its schema on the way out.
 */
import Database from 'better-sqlite3';
import { z } from 'zod';
import { createLogSync, LogNotDurable, type LogSync, type SyncFile } from './log-sync.ts';
import { MIGRATIONS, NEWEST_SCHEMA } from './migrations.ts';
import { troubleOf } from './trouble.ts';

export type SqlValue = string | number | bigint | null | Uint8Array;

declare const reads: unique symbol;
declare const writes: unique symbol;

/** May look. */
export interface Reader {
  readonly [reads]: true;
  /** Every row of the query, each checked against `row`. Throws where a row does not fit: the file is damaged. */
  all<T>(row: z.ZodType<T>, sql: string, ...parameters: readonly SqlValue[]): T[];
  /** Every row as a list of its columns in order: for many wide rows, where an object a row takes longest. */
  lists(sql: string, ...parameters: readonly SqlValue[]): readonly (readonly unknown[])[];
  /** The rows one by one, for what is too long to be held at once. Nothing else may run on the store meanwhile. */
  each<T>(row: z.ZodType<T>, sql: string, ...parameters: readonly SqlValue[]): Iterable<T>;
  /** The first row, or null. */
  one<T>(row: z.ZodType<T>, sql: string, ...parameters: readonly SqlValue[]): T | null;
}

/** May look and change; changes stand only inside `transaction`. */
export interface Writer extends Reader {
  readonly [writes]: true;
  /** Runs one statement; returns the rows it changed and the row id it gave. Throws outside a transaction. */
  run(sql: string, ...parameters: readonly SqlValue[]): { readonly changes: number; readonly rowId: number };
  /** Does `work` so that where it throws only its own changes are undone, and throws on. */
  attempt<T>(work: () => T): T;
  /** False where SQLite itself has given up the transaction (a full disk): nothing can be added to it any more. */
  isOpen(): boolean;
}

export interface Store {
  readonly read: Reader;
  /** Runs `work` in one transaction: all of it is durable when this returns, or none of it when it throws. */
  transaction<T>(work: (write: Writer) => T): T;
  /**
   * As `transaction`, but nobody waits for the disk: all of it stands in the log when this returns and outlives the
   * process; a power cut it outlives once `durable` says so. Nobody may be told that it is safe before that.
   */
  commitAhead<T>(work: (write: Writer) => T): T;
  /** Resolves when everything that is committed by now is durable; rejects where the disk could not make it so. */
  durable(): Promise<void>;
  /**
   * Who takes the write-ahead log into the file: the commits, each time it has grown by 1000 pages (so it is at
   * first), or somebody else, and then no commit waits for that.
   */
  takeLog(where: 'in-commits' | 'elsewhere'): void;
  close(): void;
}

/** A store that only looks: nothing in it can be changed by whoever holds this. */
export interface ReadOnlyStore {
  readonly read: Reader;
  close(): void;
}

export type OpenFailure =
  | { readonly kind: 'newer-schema'; readonly found: number; readonly known: number }
  /** The file's content is no database that SQLite can read, in part or at all. */
  | { readonly kind: 'damaged'; readonly detail: string }
  | { readonly kind: 'unusable'; readonly detail: string };

export type OpenResult =
  | { readonly ok: true; readonly store: Store }
  | { readonly ok: false; readonly failure: OpenFailure };

/**
 * Opens (and where needed migrates) the database in `file`. A file written by a newer program is left as it is
 * and refused: guessing at its meaning could lose what it holds.
 */
export function openDatabase(options: {
  readonly file: string;
  /** Path of a native build of better-sqlite3; absent: the package's own prebuild for this platform. */
  readonly nativeBinding?: string | undefined;
  /** Makes a file durable; absent: the system's own. */
  readonly sync?: SyncFile;
}): OpenResult {
  let database: Database.Database;
  try {
    database = new Database(
      options.file,
      options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding },
    );
  } catch (error) {
    return unusable(error);
  }
  try {
    const found = schemaVersion(database);
    if (found > NEWEST_SCHEMA) {
      database.close();
      return { ok: false, failure: { kind: 'newer-schema', found, known: NEWEST_SCHEMA } };
    }
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('trusted_schema = OFF');
    migrate(database, found);
  } catch (error) {
    database.close();
    return unusable(error);
  }
  return { ok: true, store: storeOf(database, createLogSync(`${options.file}-wal`, options.sync)) };
}

export type OpenReadOnlyResult =
  | { readonly ok: true; readonly store: ReadOnlyStore }
  | {
      readonly ok: false;
      readonly failure:
        | OpenFailure
        | { readonly kind: 'older-schema'; readonly found: number; readonly known: number };
    };

/**
 * Opens the database in `file` for looking only, beside a core that is writing it. It is never migrated: a file of
 * another schema, older or newer, is refused.
 */
export function openReadOnly(options: {
  readonly file: string;
  readonly nativeBinding?: string | undefined;
}): OpenReadOnlyResult {
  let database: Database.Database;
  try {
    database = new Database(options.file, {
      readonly: true,
      fileMustExist: true,
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    });
  } catch (error) {
    return unusable(error);
  }
  try {
    const found = schemaVersion(database);
    if (found !== NEWEST_SCHEMA) {
      database.close();
      const kind = found > NEWEST_SCHEMA ? 'newer-schema' : 'older-schema';
      return { ok: false, failure: { kind, found, known: NEWEST_SCHEMA } };
    }
    database.pragma('trusted_schema = OFF');
  } catch (error) {
    database.close();
    return unusable(error);
  }
  return { ok: true, store: { read: readerOf(database), close: () => database.close() } };
}

/**
 * Each migration is one transaction together with its number, so a crash leaves the version before it. Where
 * it rebuilds tables foreign keys are checked at its end and not on the way, so that a table to which others refer can be built anew (SQLite, "Making
 * Other Kinds Of Table Schema Changes"); inside a transaction the switch would do nothing.
 */
function migrate(database: Database.Database, found: number): void {
  database.pragma('foreign_keys = OFF');
  for (const migration of MIGRATIONS) {
    if (migration.version <= found) continue;
    database.transaction(() => {
      database.exec(migration.sql);
      const broken: unknown = migration.rebuilds === true ? database.pragma('foreign_key_check') : [];
      if (Array.isArray(broken) && broken.length > 0)
        throw new Error(`migration ${migration.version} breaks ${broken.length} references`);
      database.pragma(`user_version = ${migration.version}`);
    })();
  }
  database.pragma('foreign_keys = ON');
}

function schemaVersion(database: Database.Database): number {
  const version: unknown = database.pragma('user_version', { simple: true });
  if (typeof version !== 'number') throw new Error('user_version is not a number');
  return version;
}

function unusable(error: unknown): { readonly ok: false; readonly failure: OpenFailure } {
  return {
    ok: false,
    failure: {
      kind: troubleOf(error) === 'damaged' ? 'damaged' : 'unusable',
      detail: error instanceof Error ? error.message : 'unknown error',
    },
  };
}

/** SQLite's own default. */
const PAGES_OF_LOG = 1000;

/** Reads with statements that are prepared once. */
function readerOf(database: Database.Database): Reader {
  const statement = preparing((sql) => database.prepare<unknown[]>(sql));
  const listStatement = preparing((sql) => database.prepare<unknown[], unknown[]>(sql).raw(true));
  return brandReader({
    all: <T>(row: z.ZodType<T>, sql: string, ...parameters: readonly SqlValue[]): T[] =>
      statement(sql)
        .all(...parameters)
        .map((found) => row.parse(found)),
    lists: (sql, ...parameters) => listStatement(sql).all(...parameters),
    // A statement of its own: one that is being walked through cannot run a second time.
    each: function* <T>(row: z.ZodType<T>, sql: string, ...parameters: readonly SqlValue[]): Iterable<T> {
      for (const found of database.prepare<unknown[]>(sql).iterate(...parameters)) yield row.parse(found);
    },
    one: <T>(row: z.ZodType<T>, sql: string, ...parameters: readonly SqlValue[]): T | null => {
      const found = statement(sql).get(...parameters);
      return found === undefined ? null : row.parse(found);
    },
  });
}

function writerOf(database: Database.Database, read: Reader): Writer {
  const statement = preparing((sql) => database.prepare<unknown[]>(sql));
  return brandWriter({
    ...read,
    run: (sql, ...parameters) => {
      if (!database.inTransaction) throw new Error('a change outside a transaction');
      const result = statement(sql).run(...parameters);
      return { changes: result.changes, rowId: Number(result.lastInsertRowid) };
    },
    // A savepoint of its own: the innermost of this name is the one that is released or gone back to.
    attempt: <T>(work: () => T): T => {
      if (!database.inTransaction) throw new Error('an attempt outside a transaction');
      statement('SAVEPOINT attempt').run();
      try {
        const value = work();
        statement('RELEASE attempt').run();
        return value;
      } catch (error) {
        if (database.inTransaction) {
          statement('ROLLBACK TO attempt').run();
          statement('RELEASE attempt').run();
        }
        throw error;
      }
    },
    isOpen: () => database.inTransaction,
  });
}

/** Each text is prepared once. */
function preparing<T>(prepare: (sql: string) => T): (sql: string) => T {
  const prepared = new Map<string, T>();
  return (sql) => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = prepare(sql);
    prepared.set(sql, fresh);
    return fresh;
  };
}

function storeOf(database: Database.Database, log: LogSync): Store {
  const read = readerOf(database);
  const writer = writerOf(database, read);
  // Made once: a commit is made some hundred times a second, and each of these is four functions.
  const inTransaction = database.transaction((work: (write: Writer) => unknown) => work(writer));
  const commit = <T>(work: (write: Writer) => T): T => {
    let value: { readonly of: T } | null = null;
    inTransaction.immediate((write) => {
      value = { of: work(write) };
    });
    return given(value);
  };
  let commitWaits = true;
  /** SQLite makes a commit durable itself at FULL; at NORMAL it still makes the log durable before it takes it over. */
  const letCommitWait = (wait: boolean): void => {
    if (commitWaits === wait) return;
    database.pragma(`synchronous = ${wait ? 'FULL' : 'NORMAL'}`);
    commitWaits = wait;
  };
  /**
   * What the disk did not make durable when it was asked may be lost although the file still shows it. So nothing is
   * added to such a log before all of it has been taken into the file, and that is durable.
   */
  const mend = (): void => {
    if (!log.hasFailed()) return;
    letCommitWait(true);
    // One that waits for nobody: a reader that is looking at an older state of the log is soon done.
    const [row] = checkpointRows.parse(database.pragma('wal_checkpoint(PASSIVE)'));
    if (row === undefined || row.busy !== 0 || row.checkpointed < row.log) throw new LogNotDurable();
    log.mended();
  };
  return {
    read,
    transaction: (work) => {
      mend();
      letCommitWait(true);
      return commit(work);
    },
    commitAhead: (work) => {
      mend();
      letCommitWait(!log.isTrusted());
      const value = commit(work);
      if (!commitWaits) log.grew();
      return value;
    },
    durable: log.durable,
    takeLog: (where) =>
      void database.pragma(`wal_autocheckpoint = ${where === 'elsewhere' ? 0 : PAGES_OF_LOG}`),
    close: () => {
      database.close();
      log.close();
    },
  };
}

const checkpointRows = z.array(z.object({ busy: z.number(), log: z.number(), checkpointed: z.number() }));

function given<T>(value: { readonly of: T } | null): T {
  if (value === null) throw new Error('a transaction that did nothing');
  return value.of;
}

// The brands exist for the compiler only; these two functions are the only places that give them out.
function brandReader(reader: Omit<Reader, typeof reads>): Reader {
  return reader as Reader;
}
function brandWriter(writer: Omit<Writer, typeof reads | typeof writes>): Writer {
  return writer as Writer;
}

/** Why a record cannot be opened, in one line of English: for logs and the toolbox. */
export function failureText(failure: Extract<OpenReadOnlyResult, { ok: false }>['failure']): string {
  switch (failure.kind) {
    case 'newer-schema':
    case 'older-schema':
      return `its schema is ${failure.found}, this program knows ${failure.known}`;
    case 'damaged':
      return `it is damaged (${failure.detail})`;
    case 'unusable':
      return failure.detail;
  }
}
