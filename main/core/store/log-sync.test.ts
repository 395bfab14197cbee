/** What is committed ahead of the disk: durable when the disk says so, and never called safe when it did not. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { testFolder } from '../testing/ports.ts';
import { openDatabase, type Store } from './database.ts';
import { LogNotDurable } from './log-sync.ts';
import { troubleOf } from './trouble.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  folder.remove();
});

/** A disk that answers each request when it is told to. */
function slowDisk() {
  const asked: { readonly done: () => void; readonly fail: (error: Error) => void }[] = [];
  const sync = (): Promise<void> =>
    new Promise((resolve, reject) => asked.push({ done: resolve, fail: reject }));
  const next = async () => {
    await vi.waitFor(() => expect(asked).not.toHaveLength(0));
    const one = asked.shift();
    if (one === undefined) throw new Error('nothing was asked');
    return one;
  };
  return { sync, next, waiting: () => asked.length };
}

function opened(sync: () => Promise<void>): Store {
  const result = openDatabase({ file: join(folder.path, 'ward.db'), sync });
  if (!result.ok) throw new Error(result.failure.kind);
  return result.store;
}

const put = (store: Store, name: string): void =>
  store.commitAhead((write) => void write.run("INSERT INTO settings VALUES (?, '1')", name));
const waitsForDisk = (store: Store): boolean =>
  store.read.one(z.object({ synchronous: z.number() }), 'PRAGMA synchronous')?.synchronous === 2;
const systemError = (code: string): Error => Object.assign(new Error(code), { code });

test('a commit ahead is there at once, and durable after a request that began behind it', async () => {
  const disk = slowDisk();
  const store = opened(disk.sync);
  const order: string[] = [];
  put(store, 'a');
  expect(store.read.all(z.looseObject({}), "SELECT * FROM settings WHERE key = 'a'")).toHaveLength(1);
  const a = store.durable().then(() => order.push('a'));
  const first = await disk.next();
  put(store, 'b');
  put(store, 'c');
  const both = [store.durable(), store.durable()].map((one) => one.then(() => order.push('later')));
  first.done();
  await a;
  expect(order).toEqual(['a']);
  // One more request for all that came meanwhile.
  (await disk.next()).done();
  await Promise.all(both);
  expect(order).toEqual(['a', 'later', 'later']);
  expect(disk.waiting()).toBe(0);
  await store.durable();
  store.close();
});

test('what somebody waits for in a transaction of its own is made durable by the commit', () => {
  const store = opened(() => Promise.reject(new Error('not to be asked')));
  put(store, 'a');
  expect(waitsForDisk(store)).toBe(false);
  store.transaction((write) => void write.run("INSERT INTO settings VALUES ('b', '1')"));
  expect(waitsForDisk(store)).toBe(true);
  store.close();
});

test('a disk that fails: nobody is told it is safe, and all of it is taken into the file before the next commit', async () => {
  const disk = slowDisk();
  const store = opened(disk.sync);
  put(store, 'a');
  const a = store.durable();
  const refused = expect(a).rejects.toBeInstanceOf(LogNotDurable);
  (await disk.next()).fail(systemError('EIO'));
  await refused;
  await expect(store.durable()).rejects.toBeInstanceOf(LogNotDurable);
  put(store, 'b');
  await store.durable();
  // For a while each commit waits for the disk itself.
  expect(waitsForDisk(store)).toBe(true);
  expect(disk.waiting()).toBe(0);
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + 61_000);
  put(store, 'c');
  expect(waitsForDisk(store)).toBe(false);
  const c = store.durable();
  vi.mocked(performance.now).mockRestore();
  (await disk.next()).done();
  await c;
  store.close();
});

test('while somebody keeps the log from being taken in, nothing is added to it', async () => {
  const store = opened(() => Promise.reject(systemError('ENOSPC')));
  const reader = new Database(join(folder.path, 'ward.db'), { readonly: true });
  put(store, 'a');
  reader.exec('BEGIN');
  reader.prepare('SELECT * FROM settings').all();
  put(store, 'b');
  await expect(store.durable()).rejects.toMatchObject({ cause: { code: 'ENOSPC' } });
  expect(() => put(store, 'c')).toThrow(LogNotDurable);
  expect(() => store.transaction(() => undefined)).toThrow(LogNotDurable);
  reader.exec('COMMIT');
  put(store, 'c');
  await store.durable();
  reader.close();
  store.close();
});

test('its error is told as the full disk, or as one that cannot be written', () => {
  expect(troubleOf(new LogNotDurable(systemError('ENOSPC')))).toBe('full');
  expect(troubleOf(new LogNotDurable(systemError('EIO')))).toBe('unwritable');
  expect(troubleOf(new LogNotDurable())).toBe('unwritable');
});

test('closing leaves nobody waiting', async () => {
  const disk = slowDisk();
  const store = opened(disk.sync);
  put(store, 'a');
  const a = store.durable();
  const request = await disk.next();
  store.close();
  await a;
  request.done();
});
