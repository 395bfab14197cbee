import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { DEFAULT_ALERT_POLICY } from '../../../app/alerting/policy.ts';
import { DEFAULT_VALIDITY_POLICY } from '../../../app/observation/validity.ts';
import type { Store } from '../store/database.ts';
import {
  countingIds,
  openTestStore,
  silentLog,
  testClock,
  testFolder,
  testSealing,
} from '../testing/ports.ts';
import type { Patient } from '../ward/patients-table.ts';
import { createWard, type Ward } from '../ward/ward.ts';
import { type CommitQueue, createCommitQueue } from './commit-queue.ts';
import { createMessageBodies } from './message-bodies.ts';

let folder: ReturnType<typeof testFolder>;
let store: Store;
let ward: Ward;
let queue: CommitQueue;
let commits: number;
let shown: string[];
/** Makes the next commit fail after all of its work, as a full disk does. */
let failCommit: boolean;
/** What the disk says. */
let durable: () => Promise<void>;
const sealing = testSealing();

beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  commits = 0;
  shown = [];
  failCommit = false;
  durable = store.durable;
  ward = createWard({
    store: {
      ...store,
      commitAhead: (work) =>
        store.commitAhead((write) => {
          const value = work(write);
          if (failCommit) throw new Error('disk full');
          commits += 1;
          return value;
        }),
    },
    sealing,
    clock: testClock(),
    log: silentLog,
    policy: { validity: DEFAULT_VALIDITY_POLICY, alerts: DEFAULT_ALERT_POLICY },
    clockOffset: () => 0,
    newId: countingIds().next,
    onFired: () => undefined,
    listener: {
      bedChanged: ({ patient }) => shown.push(patient.id),
      bedGone: () => undefined,
      alertMoved: () => undefined,
      alertsRetold: () => undefined,
    },
  });
  // How many jobs fit into a group is a matter of time: here none goes by unless a test says so.
  vi.spyOn(performance, 'now').mockReturnValue(0);
  queue = createCommitQueue({
    commit: ward.commitAhead,
    durable: () => durable(),
    newBodies: () => createMessageBodies(sealing, 0),
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  ward.close();
  store.close();
  folder.remove();
});

const patient = (id: string): Patient => ({
  id,
  name: id,
  identifier: id,
  birthDate: null,
  sex: 'F',
  pregnant: false,
  spo2Scale: 1,
  demonstration: false,
});
const admit = (id: string, bed: string, problem: string | null = null): Promise<string> =>
  queue.submit((write, draft) => {
    draft.admit(write, patient(id), bed, false);
    if (problem !== null) throw new Error(problem);
    return id;
  });
const kept = (): string[] =>
  store.read.all(z.object({ id: z.string() }), 'SELECT id FROM patients ORDER BY id').map(({ id }) => id);

it('does what came in one turn in one transaction, and answers after it', async () => {
  const order: string[] = [];
  const jobs = ['a', 'b', 'c'].map((id) =>
    admit(id, `bed ${id}`).then(() => order.push(`${id} after ${commits}`)),
  );
  expect(commits).toBe(0);
  await Promise.all(jobs);
  expect(order).toEqual(['a after 1', 'b after 1', 'c after 1']);
  expect(kept()).toEqual(['a', 'b', 'c']);
});

it('lets a job that throws cost itself alone, in the store and in the ward', async () => {
  const results = await Promise.allSettled([admit('a', '1'), admit('b', '2', 'broken'), admit('c', '3')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(kept()).toEqual(['a', 'c']);
  expect(ward.beds().map(({ patient: { id } }) => id)).toEqual(['a', 'c']);
  expect(shown.toSorted()).toEqual(['a', 'c']);
  expect(commits).toBe(1);
  // The bed that the failed job had taken in its draft is free.
  await admit('d', '2');
  expect(ward.beds()).toHaveLength(3);
});

it('fails every job of a commit that fails, shows none of it, and works again afterwards', async () => {
  failCommit = true;
  const results = await Promise.allSettled([admit('a', '1'), admit('b', '2')]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(kept()).toEqual([]);
  expect(ward.beds()).toEqual([]);
  expect(shown).toEqual([]);
  failCommit = false;
  await expect(admit('a', '1')).resolves.toBe('a');
});

it('answers only when the disk says that it is durable, and goes on meanwhile', async () => {
  const disk: { done: () => void; fail: (error: Error) => void }[] = [];
  durable = () => new Promise((resolve, reject) => disk.push({ done: resolve, fail: reject }));
  const order: string[] = [];
  const a = admit('a', '1').then(() => order.push('a'));
  await vi.waitFor(() => expect(disk).toHaveLength(1));
  const b = admit('b', '2').catch(() => order.push('b refused'));
  await vi.waitFor(() => expect(disk).toHaveLength(2));
  expect(kept()).toEqual(['a', 'b']);
  expect(order).toEqual([]);
  disk[1]?.fail(new Error('the disk failed'));
  await b;
  disk[0]?.done();
  await a;
  expect(order).toEqual(['b refused', 'a']);
});

it('splits a flood into groups that leave the event loop to others', async () => {
  const busy = vi.spyOn(performance, 'now');
  let now = 0;
  // Each look at the clock finds 6 ms gone: two jobs fit into a group.
  busy.mockImplementation(() => {
    now += 6;
    return now;
  });
  const jobs = Array.from({ length: 6 }, (_, index) => queue.submit(() => index));
  expect(await Promise.all(jobs)).toEqual([0, 1, 2, 3, 4, 5]);
  busy.mockRestore();
  expect(commits).toBeGreaterThan(1);
});
