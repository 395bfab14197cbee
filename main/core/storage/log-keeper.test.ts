import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { RECORD_FILE } from '../record-files.ts';
import type { Store } from '../store/database.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { logBytes, makeRoom } from './keep-log.ts';
import { createLogKeeper } from './log-keeper.ts';
import type { RecordAnswer } from './record-jobs.ts';
import { createRecordJobs } from './run-record-job.ts';

const RECORD_WORKER = new URL('./record-worker.ts', import.meta.url);
const MIB = 1024 * 1024;
const countRow = z.object({ n: z.number() });
const checkRow = z.object({ integrity_check: z.string() });

/** Rows that make the log longer by more than so many bytes. */
function write(store: Store, bytes: number): void {
  const body = new Uint8Array(64 * 1024);
  for (let done = 0; done < bytes; done += body.length)
    store.transaction((writer) =>
      writer.run('INSERT INTO message_bodies (received_ms, sealed) VALUES (?, ?)', 1, body),
    );
}

describe('the write-ahead log', () => {
  afterEach(() => vi.useRealTimers());

  it('is taken into the file by a thread while no commit does it', { timeout: 60_000 }, async () => {
    const folder = testFolder();
    const file = join(folder.path, RECORD_FILE);
    const store = openTestStore(file);
    store.takeLog('elsewhere');
    write(store, 8 * MIB);
    // More than the 1000 pages at which commits would have done it.
    expect(statSync(file).size).toBeLessThan(2 * MIB);
    expect(logBytes(folder.path)).toBeGreaterThan(8 * MIB);
    const jobs = createRecordJobs(RECORD_WORKER);
    const ended = jobs.run({ kind: 'keep-log', userDataDir: folder.path, nativeBinding: null });
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(8 * MIB), { timeout: 30_000 });
    await jobs.close();
    expect((await ended).kind).toBe('failed');
    store.close();
    folder.remove();
  });

  it('is given its room at once, which changes nothing in the record', () => {
    const folder = testFolder();
    const file = join(folder.path, RECORD_FILE);
    const store = openTestStore(file);
    write(store, MIB);
    const second = new Database(file);
    makeRoom(second, `${file}-wal`);
    second.close();
    expect(logBytes(folder.path)).toBe(32 * MIB);
    write(store, MIB);
    expect(logBytes(folder.path)).toBe(32 * MIB);
    // As after a power cut: the log is read anew, up to the first frame that nobody wrote.
    const copy = testFolder();
    for (const part of ['', '-wal']) copyFileSync(`${file}${part}`, join(copy.path, `${RECORD_FILE}${part}`));
    const recovered = openTestStore(join(copy.path, RECORD_FILE));
    const rows = (one: Store) => one.read.one(countRow, 'SELECT count(*) AS n FROM message_bodies')?.n;
    expect(rows(recovered)).toBe(rows(store));
    expect(recovered.read.one(checkRow, 'PRAGMA integrity_check')?.integrity_check).toBe('ok');
    recovered.close();
    store.close();
    copy.remove();
    folder.remove();
  });

  it('goes back to the commits where the thread fails, and that is told', async () => {
    vi.useFakeTimers();
    const folder = testFolder();
    const store = openTestStore(join(folder.path, RECORD_FILE));
    const taken: string[] = [];
    const told: string[] = [];
    const logged: string[] = [];
    let fail: (answer: RecordAnswer) => void = () => {};
    const keeper = createLogKeeper({
      place: { userDataDir: folder.path, nativeBinding: null },
      store: {
        ...store,
        takeLog: (where) => {
          taken.push(where);
          store.takeLog(where);
        },
      },
      run: () => new Promise((resolve) => (fail = resolve)),
      log: (_, event) => logged.push(event),
      onTrouble: (trouble) => told.push(trouble),
    });
    write(store, 2 * MIB);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(taken).toEqual(['elsewhere']);
    fail({ kind: 'keep-log', trouble: 'full', detail: 'database or disk is full' });
    await vi.advanceTimersByTimeAsync(1_500);
    expect(taken).toEqual(['elsewhere', 'in-commits']);
    expect(told).toEqual(['full']);
    expect(logged).toEqual(['log-not-kept']);
    keeper.close();
    store.close();
    folder.remove();
  });
});
