/** A disk that takes nothing: the monitor is told so, the screen shows it, and it is over as soon as the disk is. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WardEvent } from '../../app/contract/contract.ts';
import { openDatabase, type Store } from './store/database.ts';
import { type StoreTrouble, troubleOf } from './store/trouble.ts';
import { watchStore } from './store/watched-store.ts';
import { silentLog, testFolder } from './testing/ports.ts';
import { connectSender, framed, granted, oruText, type Sender, startCore } from './testing/running-core.ts';

const isRoot = process.getuid?.() === 0;
const DISK_BYTES = 6 * 1024 * 1024;

let folder: ReturnType<typeof testFolder>;
let mounted: string | null = null;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  if (mounted !== null) spawnSync('umount', ['-l', mounted]);
  mounted = null;
  folder.remove();
});

/** A disk of its own in memory; null where the system does not let us make one. */
function smallDisk(): string | null {
  const at = join(folder.path, 'disk');
  mkdirSync(at);
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', at]);
  if (done.status !== 0) return null;
  mounted = at;
  return at;
}

async function answerTo(sender: Sender, controlId: string): Promise<string> {
  sender.write(framed(oruText({ controlId })));
  const answer = await sender.answer();
  return /MSA\|([A-Z]+)\|/.exec(answer)?.[1] ?? answer;
}

const conditionsIn = (event: WardEvent): readonly string[] | null =>
  event.type === 'system' ? event.system.storageConditions.map(({ code }) => code) : null;

test('a database that may not grow is full, and takes changes again when it may', () => {
  const file = join(folder.path, 'full.db');
  const raw = new Database(file);
  raw.exec('CREATE TABLE kept (text TEXT) STRICT');
  const pages = Number(raw.pragma('page_count', { simple: true }));
  raw.pragma(`max_page_count = ${pages}`);
  const seen: StoreTrouble[] = [];
  let written = 0;
  const store = watchStore(
    rawStore(raw),
    (trouble) => seen.push(trouble),
    () => {
      written += 1;
      if (written === 1) throw new Error('nobody listens');
    },
    silentLog,
  );
  const fill = () =>
    store.transaction(() => raw.prepare('INSERT INTO kept VALUES (?)').run('x'.repeat(20_000)));
  expect(fill).toThrow('full');
  expect(seen).toEqual(['full']);
  expect(written).toBe(0);
  raw.pragma('max_page_count = 1000');
  fill();
  expect(written).toBe(1);
  raw.close();
});

test('a file that may only be read, and a file that is none, are told apart from a mistake of ours', () => {
  const file = join(folder.path, 'ward.db');
  const opened = openDatabase({ file });
  if (!opened.ok) throw new Error(opened.failure.kind);
  opened.store.close();
  const readOnly = new Database(file, { readonly: true });
  expect(troubleOf(thrown(() => readOnly.exec("INSERT INTO settings VALUES ('a', '1')")))).toBe('unwritable');
  expect(troubleOf(thrown(() => readOnly.prepare('SELECT * FROM nothing')))).toBeNull();
  readOnly.close();
  const none = join(folder.path, 'none.db');
  writeFileSync(none, 'x'.repeat(10_000));
  const raw = new Database(none);
  expect(troubleOf(thrown(() => raw.prepare('SELECT * FROM sqlite_schema').all()))).toBe('damaged');
  raw.close();
  expect(openDatabase({ file: none })).toMatchObject({ ok: false, failure: { kind: 'damaged' } });
});

test.skipIf(!isRoot)(
  'a full disk: AE, an alert on the screen, and the next message after it is taken without a restart',
  { timeout: 60_000 },
  async (context) => {
    const disk = smallDisk();
    if (disk === null) return context.skip('no disk in memory can be made here');
    const running = await startCore(disk);
    const terminal = running.terminal();
    const sender = await connectSender(running.port);
    try {
      expect(await answerTo(sender, 'BEFORE')).toBe('AA');
      fillUp(join(disk, 'ballast'));
      let answer = 'AA';
      for (let sent = 0; sent < 400 && answer === 'AA'; sent++) answer = await answerTo(sender, `F${sent}`);
      expect(answer).toBe('AE');
      const full = await terminal.until((event) =>
        conditionsIn(event)?.some((code) => code === 'disk-full' || code === 'disk-unwritable') ? true : null,
      );
      expect(full).toBe(true);
      rmSync(join(disk, 'ballast'));
      expect(await answerTo(sender, 'AFTER')).toBe('AA');
      const snapshot = granted(await terminal.query('ward.snapshot', {}));
      const codes = snapshot.system.storageConditions.map(({ code }) => code);
      expect(codes).not.toContain('disk-full');
      expect(codes).not.toContain('disk-unwritable');
      expect(snapshot.beds).toHaveLength(1);
    } finally {
      sender.end();
      await running.core.close();
    }
  },
);

test.skipIf(!isRoot)(
  'files that may no longer be written: AE, an alert on the screen, and the next message after it is taken',
  { timeout: 60_000 },
  async (context) => {
    const running = await startCore(folder.path);
    const terminal = running.terminal();
    const sender = await connectSender(running.port);
    const administrator = { name: 'Meera', pin: '1234' };
    granted(await terminal.command('ward.set-up', { wardName: 'ICU', language: 'en', administrator }));
    const files = ['ward.db', 'ward.db-wal'].map((name) => join(folder.path, name));
    try {
      expect(await answerTo(sender, 'BEFORE')).toBe('AA');
      // A permission would change nothing for a file that is open already; this mark of the file system does.
      if (spawnSync('chattr', ['+i', ...files]).status !== 0)
        return context.skip('this file system cannot make an open file read-only');
      expect(await answerTo(sender, 'DURING')).toBe('AE');
      await terminal.until((event) => (conditionsIn(event)?.includes('disk-unwritable') ? true : null));
      // A person is told what it is, and whoever walks away is signed out all the same.
      const said = { error: { code: 'storage-unavailable' } };
      expect(await terminal.command('terminal.prefer', { theme: 'ward-dark' })).toMatchObject(said);
      const left = terminal.until((event) =>
        event.type === 'session' && event.session.person === null ? true : null,
      );
      expect(await terminal.command('session.lock', {})).toMatchObject(said);
      expect(await left).toBe(true);
      spawnSync('chattr', ['-i', ...files]);
      expect(await answerTo(sender, 'AFTER')).toBe('AA');
      const snapshot = granted(await terminal.query('ward.snapshot', {}));
      expect(snapshot.system.storageConditions.map(({ code }) => code)).not.toContain('disk-unwritable');
    } finally {
      spawnSync('chattr', ['-i', ...files]);
      sender.end();
      await running.core.close();
    }
  },
);

function fillUp(file: string): void {
  for (let size = DISK_BYTES; size >= 4096; size = Math.floor(size / 2))
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    } catch {
      // So much no longer fits; half of it may.
    }
}

function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

/** A store whose database the test holds, so that it can take the room away. */
function rawStore(database: Database.Database): Store {
  const opened = openDatabase({ file: ':memory:' });
  if (!opened.ok) throw new Error(opened.failure.kind);
  const { store } = opened;
  return {
    ...store,
    transaction: (work) => store.transaction((write) => database.transaction(() => work(write))()),
  };
}
