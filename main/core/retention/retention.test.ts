import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyAudit } from '../audit/audit.ts';
import { createMessageBodies } from '../intake/message-bodies.ts';
import type { Store } from '../store/database.ts';
import { readPlotMinutes } from '../summaries/plot-minutes.ts';
import { createSummariser } from '../summaries/summariser.ts';
import { NOON, openTestStore, testFolder, testSealing } from '../testing/ports.ts';
import { appendSet, type NewSet, newestId, readSetsBetween } from '../ward/observations-table.ts';
import { createRetention, type RetentionPorts } from './retention.ts';

const DAY_MS = 24 * 3_600_000;
const MINUTE_MS = 60_000;

let folder: ReturnType<typeof testFolder>;
let store: Store;
beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  store.transaction((write) => {
    write.run(
      `INSERT INTO patients (id, identifier_sealed, name_sealed, sex, pregnant, demonstration, created_ms)
       VALUES ('asha', x'00', x'00', 'F', 0, 0, 0)`,
    );
    // A stream for ten minutes, a hand entry and a single set of another monitor, then the same a month later.
    for (const begin of [NOON, NOON + 31 * DAY_MS]) {
      for (let second = 0; second < 600; second += 5) append(begin + second * 1000, {});
      append(begin + 61_000, { source: { kind: 'hand', name: 'Asif' }, messageId: null });
      append(begin + 121_000, { source: { kind: 'monitor', name: 'SPOT' } });
    }
    function append(ms: number, more: Partial<NewSet>): void {
      const iso = new Date(ms).toISOString();
      appendSet(
        write,
        {
          patientId: 'asha',
          observedAt: iso,
          observedMs: ms,
          receivedAt: iso,
          receivedMs: ms + 300,
          receivedBootMs: 1000,
          bootId: null,
          source: { kind: 'monitor', name: 'M1' },
          values: { hr: 80 },
          messageId: 1,
          enteredBy: null,
          ...more,
        },
        ms + 305,
      );
    }
  });
});
afterEach(() => {
  store.close();
  folder.remove();
});

function summarise(): void {
  const summariser = createSummariser({ store, wall: () => NOON + 40 * DAY_MS, steady: () => 0 });
  while (summariser.step());
}

function message(id: number, state: string, receivedMs: number): void {
  store.transaction((write) => {
    write.run(
      'INSERT INTO message_bodies (id, received_ms, sealed) VALUES (?, ?, ?)',
      id,
      receivedMs,
      new Uint8Array(1),
    );
    write.run(
      `INSERT INTO messages (id, received_ms, sender, control_id, content_lookup, body, body_offset, body_length,
         ack_length, ack_code, state, taken) VALUES (?, ?, 'M1', ?, x'00', ?, 0, 1, 1, 'AA', ?, 0)`,
      id,
      receivedMs,
      `K${id}`,
      id,
      state,
    );
  });
}

const auditRow = z.object({ action: z.string(), detail: z.string() });
const bodyRow = z.object({ id: z.number() });
const at = NOON + 32 * DAY_MS;
let moved: string[];
const ports = (of: Store): RetentionPorts => {
  moved = [];
  return {
    store: of,
    sealing: testSealing(),
    wall: () => at,
    days: () => 30,
    messageMoved: (from, to) => void moved.push(`${from} ${to}`),
  };
};
const within = (begin: number) => readSetsBetween(store.read, 'asha', begin, begin + 10 * MINUTE_MS);

test('after the days of a stream its minutes stay, and everything that was single stays as it was', () => {
  summarise();
  const minutes = readPlotMinutes(store.read, 'asha', 0, Number.MAX_SAFE_INTEGER);
  const later = within(NOON + 31 * DAY_MS);
  const retention = createRetention(ports(store));
  let slices = 0;
  while (retention.step()) slices++;
  expect(slices).toBeGreaterThan(1);
  expect(within(NOON).map(({ source }) => source.name)).toEqual(['Asif', 'SPOT']);
  expect(within(NOON + 31 * DAY_MS)).toEqual(later);
  expect(later).toHaveLength(122);
  // Rewritten or not: a minute whose rows are gone keeps its summary.
  summarise();
  expect(readPlotMinutes(store.read, 'asha', 0, Number.MAX_SAFE_INTEGER)).toEqual(minutes);

  const audit = store.read.all(auditRow, 'SELECT action, detail FROM audit ORDER BY sequence');
  expect(audit.map(({ action }) => action)).toEqual(['retention.begin', 'retention.end']);
  expect(JSON.parse(audit[1]?.detail ?? '')).toMatchObject({ observations: 120, bodies: 0 });
  expect(verifyAudit(store.read)).toMatchObject({ ok: true });
  // The gate is shut again, and nothing more is due today.
  expect(() =>
    store.transaction((write) => write.run('DELETE FROM observations WHERE id = ?', newestId(write))),
  ).toThrow('append-only');
  expect(retention.step()).toBe(false);
});

test('a late set of a minute whose rows are gone does not take the place of its summary', () => {
  summarise();
  const retention = createRetention(ports(store));
  while (retention.step());
  const before = readPlotMinutes(
    store.read,
    'asha',
    Math.floor(NOON / MINUTE_MS),
    Math.floor(NOON / MINUTE_MS),
  );
  const [kept] = within(NOON);
  if (kept === undefined) throw new Error('no set was kept');
  store.transaction((write) =>
    appendSet(
      write,
      {
        ...kept,
        observedMs: NOON + 1000,
        source: { kind: 'monitor', name: 'M1' },
        messageId: 2,
        enteredBy: null,
      },
      at,
    ),
  );
  summarise();
  expect(
    readPlotMinutes(store.read, 'asha', Math.floor(NOON / MINUTE_MS), Math.floor(NOON / MINUTE_MS)),
  ).toEqual(before);
});

test('rows that no summary tells of stay, however old', () => {
  const retention = createRetention(ports(store));
  expect(retention.step()).toBe(false);
  expect(within(NOON)).toHaveLength(122);
});

test('the bytes of old messages go, but not of those that still wait for a person; that they came stays', () => {
  message(1, 'accepted', NOON);
  message(2, 'accepted', NOON + 31 * DAY_MS);
  message(3, 'held', NOON + 31 * DAY_MS);
  const retention = createRetention(ports(store));
  while (retention.step());
  expect(store.read.all(bodyRow, 'SELECT id FROM message_bodies ORDER BY id')).toEqual([
    { id: 2 },
    { id: 3 },
  ]);
  expect(store.read.all(bodyRow, 'SELECT id FROM messages ORDER BY id')).toHaveLength(3);
  expect(moved).toEqual([]);
});

test('what nobody decided about in all those days is discarded, told of, and costs no more of the disk', () => {
  for (let id = 1; id <= 450; id++) message(id, id % 2 === 0 ? 'held' : 'quarantined', NOON);
  message(451, 'held', NOON + 31 * DAY_MS);
  const retention = createRetention(ports(store));
  while (retention.step());
  expect(store.read.all(bodyRow, 'SELECT id FROM message_bodies')).toEqual([{ id: 451 }]);
  const stateRow = z.object({ state: z.string(), n: z.number() });
  expect(
    store.read.all(stateRow, 'SELECT state, count(*) AS n FROM messages GROUP BY state ORDER BY state'),
  ).toEqual([
    { state: 'discarded', n: 450 },
    { state: 'held', n: 1 },
  ]);
  expect(moved).toHaveLength(450);
  const audit = store.read.all(auditRow, 'SELECT action, detail FROM audit ORDER BY sequence');
  expect(JSON.parse(audit.at(-1)?.detail ?? '')).toMatchObject({ undecided: 450, bodies: 450 });
});

test('the number of a block that is gone is not given to another: old messages go on naming it', () => {
  const sealing = testSealing();
  const keep = (): number =>
    store.transaction((write) => {
      const bodies = createMessageBodies(sealing, NOON);
      const place = bodies.keep(write, 'accepted', Buffer.from('message'), Buffer.from('answer'));
      bodies.write(write);
      return place.body;
    });
  const before = keep();
  const retention = createRetention(ports(store));
  while (retention.step());
  expect(store.read.all(bodyRow, 'SELECT id FROM message_bodies')).toEqual([]);
  expect(keep()).toBeGreaterThan(before);
  // A salvage that has come to the messages only.
  message(70, 'accepted', at);
  store.transaction((write) => {
    write.run('DELETE FROM body_numbers');
    write.run('DELETE FROM message_bodies');
  });
  expect(keep()).toBe(71);
});

test('a slice that fails removes nothing and is done again', () => {
  summarise();
  let fails = true;
  const failing: Store = {
    ...store,
    transaction: (work) =>
      store.transaction((write) => {
        const value = work(write);
        if (fails) throw new Error('disk full');
        return value;
      }),
  };
  const retention = createRetention(ports(failing));
  expect(() => retention.step()).toThrow('disk full');
  expect(within(NOON)).toHaveLength(122);
  fails = false;
  while (retention.step());
  expect(within(NOON)).toHaveLength(2);
  expect(store.read.all(auditRow, 'SELECT action, detail FROM audit')).toHaveLength(2);
});
