import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { VITALS } from '../../../app/observation/vital.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { openDatabase, openReadOnly } from './database.ts';
import { MIGRATIONS, NEWEST_SCHEMA } from './migrations.ts';
import { readSettings, writeSettings } from './settings.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

test('an empty file gets the newest schema, the write-ahead log and full synchronisation', () => {
  const file = join(folder.path, 'ward.db');
  const store = openTestStore(file);
  const pragma = (name: string) => store.read.one(z.record(z.string(), z.unknown()), `PRAGMA ${name}`);
  expect(pragma('user_version')).toEqual({ user_version: NEWEST_SCHEMA });
  expect(pragma('journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(pragma('synchronous')).toEqual({ synchronous: 2 });
  expect(pragma('foreign_keys')).toEqual({ foreign_keys: 1 });
  store.close();
});

test('every table is STRICT, and every vital has its column', () => {
  const store = openTestStore(join(folder.path, 'ward.db'));
  const tables = store.read.all(
    z.object({ name: z.string(), strict: z.number() }),
    "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
  );
  expect(tables.length).toBeGreaterThan(10);
  expect(tables.filter((table) => table.strict !== 1)).toEqual([]);
  const columns = store.read
    .all(z.object({ name: z.string() }), "SELECT name FROM pragma_table_info('observations')")
    .map((column) => column.name);
  expect(columns).toEqual(expect.arrayContaining([...VITALS]));
  store.close();
});

test('a migration that builds a table anew has its references checked', () => {
  const dropping = MIGRATIONS.filter(({ sql }) => /\bDROP TABLE\b/i.test(sql));
  expect(dropping.map(({ version }) => version)).toEqual(expect.arrayContaining([2, 3, 4]));
  for (const { version, rebuilds } of dropping) expect(rebuilds, `migration ${version}`).toBe(true);
});

test('a database of a newer program is refused and left as it is', () => {
  const file = join(folder.path, 'ward.db');
  openTestStore(file).close();
  const raw = new Database(file);
  raw.pragma(`user_version = ${NEWEST_SCHEMA + 1}`);
  raw.close();
  expect(openDatabase({ file })).toEqual({
    ok: false,
    failure: { kind: 'newer-schema', found: NEWEST_SCHEMA + 1, known: NEWEST_SCHEMA },
  });
  const after = new Database(file);
  expect(after.pragma('user_version', { simple: true })).toBe(NEWEST_SCHEMA + 1);
  after.close();
});

test('what is no database is refused with a reason', () => {
  const opened = openDatabase({ file: join(folder.path, 'no-such-folder', 'ward.db') });
  expect(opened).toMatchObject({ ok: false, failure: { kind: 'unusable' } });
  expect(existsSync(join(folder.path, 'no-such-folder'))).toBe(false);
});

test('a transaction that throws leaves nothing behind, and nothing is written outside one', () => {
  const store = openTestStore(join(folder.path, 'ward.db'));
  expect(() =>
    store.transaction((write) => {
      writeSettings(write, { wardName: 'ICU' });
      throw new Error('half-way');
    }),
  ).toThrow('half-way');
  expect(readSettings(store.read).wardName).toBe('');
  let kept: { run(sql: string): unknown } | null = null;
  store.transaction((write) => {
    kept = write;
  });
  expect(() => kept?.run('DELETE FROM settings')).toThrow('outside a transaction');
  store.transaction((write) => writeSettings(write, { wardName: 'ICU', language: 'hi' }));
  store.close();
  const again = openTestStore(join(folder.path, 'ward.db'));
  expect(readSettings(again.read)).toMatchObject({ wardName: 'ICU', language: 'hi', theme: 'ward-light' });
  again.close();
});

test('a store opened for looking shows what another connection commits, and cannot be written', () => {
  const file = join(folder.path, 'ward.db');
  const store = openTestStore(file);
  const looking = openReadOnly({ file });
  if (!looking.ok) throw new Error(looking.failure.kind);
  store.transaction((write) => write.run("INSERT INTO settings (key, value) VALUES ('one', '1')"));
  const row = z.object({ value: z.string() });
  expect(looking.store.read.one(row, "SELECT value FROM settings WHERE key = 'one'")).toEqual({ value: '1' });
  expect('run' in looking.store.read).toBe(false);
  expect([...looking.store.read.each(row, 'SELECT value FROM settings ORDER BY key')].length).toBeGreaterThan(
    0,
  );
  looking.store.close();
  store.close();
});

test('a file of an older schema is not migrated by somebody who only looks', () => {
  const file = join(folder.path, 'ward.db');
  openTestStore(file).close();
  const raw = new Database(file);
  raw.pragma('user_version = 0');
  raw.close();
  const looking = openReadOnly({ file });
  expect(looking).toEqual({
    ok: false,
    failure: { kind: 'older-schema', found: 0, known: NEWEST_SCHEMA },
  });
});

test('an attempt that throws undoes its own changes and nothing else of its transaction', () => {
  const store = openTestStore(join(folder.path, 'ward.db'));
  store.transaction((write) => {
    write.run("INSERT INTO settings (key, value) VALUES ('kept', '1')");
    expect(() =>
      write.attempt(() => {
        write.run("INSERT INTO settings (key, value) VALUES ('undone', '1')");
        throw new Error('no');
      }),
    ).toThrow('no');
  });
  const keys = store.read.all(
    z.object({ key: z.string() }),
    "SELECT key FROM settings WHERE key IN ('kept', 'undone')",
  );
  expect(keys).toEqual([{ key: 'kept' }]);
  store.close();
});
