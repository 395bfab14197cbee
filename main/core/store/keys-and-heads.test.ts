/** A record from before there were recovery keys keeps its wrapped key through the migration. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { readEnvelopes } from '../sealing/envelopes.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { MIGRATIONS } from './migrations.ts';

test('an older record keeps its wrapped key and takes a second envelope beside it', () => {
  const folder = testFolder();
  const file = join(folder.path, 'ward.db');
  const old = new Database(file);
  const before = MIGRATIONS.filter(({ version }) => version < 4);
  for (const { sql } of before) old.exec(sql);
  old.pragma(`user_version = ${before.at(-1)?.version ?? 0}`);
  old.prepare('INSERT INTO key_envelope VALUES (?, ?, ?, ?)').run(1, 'passphrase', Buffer.from('wrapped'), 7);
  old.close();
  const store = openTestStore(file);
  expect(readEnvelopes(store.read)).toMatchObject([{ keyVersion: 1, wrappedBy: 'passphrase', createdMs: 7 }]);
  expect(Buffer.from(readEnvelopes(store.read)[0]?.wrapped ?? []).toString()).toBe('wrapped');
  store.transaction((write) => {
    const again = () =>
      write.run('INSERT INTO key_envelope VALUES (?, ?, ?, ?)', 1, 'recovery', Buffer.from('other'), 8);
    again();
    expect(again).toThrow('UNIQUE');
  });
  store.close();
  folder.remove();
});

test('migrations stand in ascending order: the last number is what a record is told to be', () => {
  const versions = MIGRATIONS.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
});
