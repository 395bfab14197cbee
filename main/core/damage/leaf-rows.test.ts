/** Rows read page by page are the rows that SQLite gives, from the file and from its log. */
import { copyFileSync, mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { freePages, openDamagedPages } from './damaged-pages.ts';
import { leafRows } from './leaf-rows.ts';

const VALUES = [
  null,
  0,
  1,
  -1,
  127,
  -129,
  40_000,
  -9_000_000,
  2_000_000_000,
  1_795_000_000_000,
  -(2 ** 50),
  36.6,
];
let folder: string;
let file: string;
let rows: readonly (readonly unknown[])[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-leaves-'));
  const source = join(folder, 'source.db');
  const database = new Database(source);
  database.pragma('page_size = 4096');
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  database.exec('CREATE TABLE kept (id INTEGER PRIMARY KEY, n, text TEXT, bytes BLOB)');
  const insert = database.prepare('INSERT INTO kept VALUES (?, ?, ?, ?)');
  for (let id = 1; id <= 600; id++) {
    // Some rows need overflow pages, one more than a hundred of them.
    const length = id === 300 ? 500_000 : id % 50 === 0 ? 9_000 : id % 90;
    insert.run(id * 7, VALUES[id % VALUES.length], 'ü'.repeat(id % 40), Buffer.alloc(length, id));
    if (id === 400) database.pragma('wal_checkpoint(TRUNCATE)');
  }
  rows = database
    .prepare('SELECT id, n, text, bytes FROM kept ORDER BY id')
    .raw()
    .all()
    .map((row) => z.array(z.unknown()).parse(row));
  file = join(folder, 'copy.db');
  copyFileSync(source, file);
  copyFileSync(`${source}-wal`, `${file}-wal`);
  database.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function readAll(withLog: boolean): unknown[][] {
  const pages = openDamagedPages(file, withLog);
  const found: unknown[][] = [];
  for (let page = 2; page <= pages.count; page++)
    for (const { rowId, values } of leafRows(pages, page)) found.push([rowId, ...values.slice(1)]);
  pages.close();
  return found.sort((a, b) => Number(a[0]) - Number(b[0]));
}

test('with its log every row is found once, with its values', () => {
  expect(readAll(true)).toEqual(rows);
});

test('without its log the rows of the last checkpoint are found', () => {
  const found = readAll(false);
  expect(found.length).toBeGreaterThanOrEqual(400);
  expect(found.slice(0, 399)).toEqual(rows.slice(0, 399));
});

test('a page that was cut gives the rows that are whole, and nothing is read behind the end', () => {
  const pages = openDamagedPages(file, false);
  const before = pages.count;
  pages.close();
  truncateSync(file, (before - 3) * 4096 + 100);
  const found = readAll(false);
  expect(found.length).toBeGreaterThan(0);
  const known = new Map(rows.map((row) => [row[0], row]));
  for (const row of found) expect(row).toEqual(known.get(row[0]));
});

test('the list of free pages is followed', () => {
  const other = join(folder, 'freed.db');
  const database = new Database(other);
  database.exec(
    'CREATE TABLE gone (id INTEGER PRIMARY KEY, bytes BLOB); CREATE TABLE kept (id INTEGER PRIMARY KEY)',
  );
  const insert = database.prepare('INSERT INTO gone (bytes) VALUES (?)');
  for (let row = 0; row < 200; row++) insert.run(Buffer.alloc(1000));
  database.exec('DROP TABLE gone');
  const count = database.pragma('freelist_count', { simple: true });
  database.close();
  const pages = openDamagedPages(other, false);
  expect(freePages(pages).size).toBe(count);
  expect(count).toBeGreaterThan(10);
  pages.close();
});
