import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { VITALS } from '../../../app/observation/vital.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { openDatabase } from './database.ts';
import { NEWEST_SCHEMA } from './migrations.ts';
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
