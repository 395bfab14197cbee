import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RECORD_FILE } from '../record-files.ts';
import type { Store } from '../store/database.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { logBytes } from './keep-log.ts';
import { createLogKeeper } from './log-keeper.ts';
import type { RecordAnswer } from './record-jobs.ts';
import { createRecordJobs } from './run-record-job.ts';

const RECORD_WORKER = new URL('./record-worker.ts', import.meta.url);
const MIB = 1024 * 1024;

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
