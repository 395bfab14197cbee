/**
 * Records of every earlier schema. `versions/vN.sql` is a record as a program of schema N left it, with rows in every
 * table; where a program went over several schemas at once (2 to 7, 8 and 9), the records of those between are its rows
 * in the tables and columns that they had. `versions/vN.json`, of the same N or the next that there is, is what that
 * program answered of it (but for the line of earlier scores, which programs thin as they like; the scores
 * themselves are there). The present program must answer the same, from each of them and from each schema on the way:
 * that is the record of a program that ended in the middle of its upgrade.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyAudit } from '../audit/audit.ts';
import { readMessageBytes } from '../intake/messages-table.ts';
import { RECORD_FILE } from '../open-record.ts';
import { WRAPPING_KEY_FILE } from '../record-files.ts';
import { openSealing } from '../sealing/key-envelope.ts';
import { permissionsOnlyWrapper } from '../sealing/key-wrapper.ts';
import { NOON, openTestStore, testClock, testFolder } from '../testing/ports.ts';
import { granted, startCore } from '../testing/running-core.ts';
import { appendSet, readCommitted } from '../ward/observations-table.ts';
import { readScores } from '../ward/scores-table.ts';
import { openDatabase } from './database.ts';
import { MIGRATIONS, NEWEST_SCHEMA } from './migrations.ts';

const VERSIONS = join(import.meta.dirname, 'versions');

const keptSchema = z.object({
  /** The key beside the record, hex. */
  wrappingKey: z.string(),
  /** When the answers were given. */
  wallMs: z.number(),
  /** Bytes of each message, as it came. */
  messages: z.array(z.object({ id: z.number(), state: z.string(), text: z.string() })).default([]),
  /** What was decided about a patient, where the schema has it (from 5). */
  limits: z.record(z.string(), z.string()).default({}),
  /** Patients whose history is told so from a schema on: before it, two records of one person were not joined. */
  historySince: z.record(z.string(), z.number()).default({}),
  pin: z.object({ personId: z.string(), pin: z.string() }),
  committed: z.array(z.looseObject({ set: z.looseObject({}) })),
  scores: z.record(z.string(), z.array(z.unknown())),
  answers: z.object({
    people: z.array(z.unknown()),
    beds: z.array(z.looseObject({})),
    alerts: z.array(z.looseObject({ id: z.string() })),
    history: z.record(z.string(), z.array(z.unknown())),
    explanations: z.record(z.string(), z.looseObject({})),
    waiting: z.array(z.looseObject({ id: z.number() })).default([]),
  }),
});

const VERSIONS_KEPT = readdirSync(VERSIONS)
  .flatMap((name) => /^v(\d+)\.json$/.exec(name)?.[1] ?? [])
  .map(Number)
  .sort((a, b) => a - b);
const RECORDS = readdirSync(VERSIONS)
  .flatMap((name) => /^v(\d+)\.sql$/.exec(name)?.[1] ?? [])
  .map(Number)
  .sort((a, b) => a - b)
  .map((version) => {
    const program = VERSIONS_KEPT.find((one) => one >= version) ?? version;
    return {
      version,
      sql: readFileSync(join(VERSIONS, `v${version}.sql`), 'utf8'),
      kept: keptSchema.parse(JSON.parse(readFileSync(join(VERSIONS, `v${program}.json`), 'utf8'))),
    };
  });
/** The oldest record also from each schema on the way: that is a program that ended in the middle of its upgrade. */
const UPGRADES = RECORDS.flatMap((record, place) =>
  [record.version, ...(place === 0 ? MIGRATIONS.map(({ version }) => version) : [])]
    .filter((stop, index, all) => stop >= record.version && all.indexOf(stop) === index)
    .map((stop) => ({ ...record, stop })),
);

/** The schema that keeps what is decided for a patient. */
const PATIENT_POLICIES = 5;

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

/** The record in a folder, taken as far as schema `stop`. */
function lay(record: (typeof UPGRADES)[number]): string {
  const file = join(folder.path, RECORD_FILE);
  const raw = new Database(file);
  raw.exec(record.sql);
  raw.pragma('foreign_keys = OFF');
  for (const { version, sql } of MIGRATIONS)
    if (version > record.version && version <= record.stop) {
      raw.exec(sql);
      raw.pragma(`user_version = ${version}`);
    }
  raw.close();
  writeFileSync(join(folder.path, 'wrapping.key'), Buffer.from(record.kept.wrappingKey, 'hex'), {
    mode: 0o600,
  });
  return file;
}

test('there is a record of every earlier schema, and each has rows in every table', () => {
  expect(RECORDS.map(({ version }) => version)).toEqual(
    MIGRATIONS.map(({ version }) => version).filter((version) => version < NEWEST_SCHEMA),
  );
  for (const record of RECORDS) {
    const raw = new Database(':memory:');
    raw.exec(record.sql);
    expect(raw.pragma('user_version', { simple: true })).toBe(record.version);
    const tables = z
      .array(z.string())
      .parse(
        raw
          .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
          .pluck()
          .all(),
      );
    expect(tables.length).toBeGreaterThan(10);
    const empty = tables.filter((table) => raw.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() === undefined);
    // It has a row only inside a transaction.
    expect(empty.filter((table) => table !== 'retention_gate')).toEqual([]);
    raw.close();
  }
});

test.each(UPGRADES)(
  'a record of schema $version that got to $stop is whole after the upgrade',
  async (record) => {
    const file = lay(record);
    const store = openTestStore(file);
    const value = <T>(row: z.ZodType<T>, sql: string): T[] => store.read.all(row, sql);
    expect(value(z.record(z.string(), z.unknown()), 'PRAGMA integrity_check')).toEqual([
      { integrity_check: 'ok' },
    ]);
    expect(value(z.unknown(), 'PRAGMA foreign_key_check')).toEqual([]);
    expect(value(z.object({ user_version: z.number() }), 'PRAGMA user_version')).toEqual([
      { user_version: NEWEST_SCHEMA },
    ]);
    expect(verifyAudit(store.read)).toMatchObject({ ok: true });
    // Every row that was committed, word for word and in its order, superseded ones too.
    expect(
      readCommitted(store.read, 0).map(({ set, controlId, superseded }) => ({ set, controlId, superseded })),
    ).toEqual(record.kept.committed);
    for (const [patientId, scores] of Object.entries(record.kept.scores))
      expect(readScores(store.read, patientId, 0)).toEqual(scores);
    const keys = await openSealing(
      store,
      [permissionsOnlyWrapper(join(folder.path, WRAPPING_KEY_FILE))],
      () => NOON,
    );
    if (!keys.ok) throw new Error(keys.detail);
    const state = z.object({ state: z.string() });
    for (const { id, ...message } of record.kept.messages)
      expect({
        ...store.read.one(state, 'SELECT state FROM messages WHERE id = ?', id),
        text: Buffer.from(readMessageBytes(store.read, keys.sealing, id) ?? []).toString('utf8'),
      }).toEqual(message);
    store.close();
  },
);

test.each(UPGRADES)(
  'the ward of a record of schema $version that got to $stop answers as it did',
  async (record) => {
    lay(record);
    const clock = testClock();
    clock.advance(record.kept.wallMs - NOON);
    const { core, terminal } = await startCore(folder.path, { clock });
    try {
      const one = terminal();
      const { answers, pin } = record.kept;
      const snapshot = granted(await one.query('ward.snapshot', {}));
      expect(snapshot).toMatchObject({
        people: answers.people,
        beds: answers.beds,
        alerts: answers.alerts,
      });
      // Nothing of it was taken for damage.
      expect(snapshot.system.storageConditions.map(({ code }) => code)).not.toContain('record-salvaged');
      for (const { patient } of snapshot.beds)
        expect(patient.treatmentLimits).toBe(
          record.version < PATIENT_POLICIES ? undefined : record.kept.limits[patient.id],
        );
      for (const [patientId, rows] of Object.entries(answers.history))
        if (record.version >= (record.kept.historySince[patientId] ?? 1))
          expect(granted(await one.query('bed.history', { patientId, hours: 2 })).rows).toMatchObject(rows);
      // Signed in as before: the PIN is still good.
      expect(granted(await one.command('session.sign-in', pin))).toBeTruthy();
      if (answers.waiting.length > 0)
        expect(granted(await one.query('messages.waiting', {})).messages).toMatchObject(answers.waiting);
      for (const [alertId, explanation] of Object.entries(answers.explanations))
        expect(granted(await one.query('alert.explanation', { alertId }))).toMatchObject(explanation);
    } finally {
      await core.close();
    }
  },
);

test.each(RECORDS)('an upgraded record of schema $version goes on where it was', (record) => {
  const file = lay({ ...record, stop: record.version });
  const store = openTestStore(file);
  const before = readCommitted(store.read, 0);
  const last = before.find(({ superseded }) => !superseded)?.set;
  if (last === undefined) throw new Error('the record has no set');
  const row = store.transaction((write) =>
    appendSet(
      write,
      { ...last, values: { hr: 77 }, messageId: null, enteredBy: null },
      last.receivedMs + 1000,
    ),
  );
  expect(row.values).toEqual({ ...last.values, hr: 77 });
  const after = readCommitted(store.read, 0);
  expect(after).toHaveLength(before.length + 1);
  expect(after.find(({ set }) => set.id === last.id)?.superseded).toBe(true);
  store.close();
});

test('a migration that fails leaves the record at the version before it', () => {
  const [record] = UPGRADES;
  if (record === undefined) throw new Error('no record');
  const file = lay({ ...record, stop: record.version });
  const raw = new Database(file);
  // A row that the next schema does not allow: the copy stops in the middle.
  raw.exec('CREATE TABLE compact (id INTEGER PRIMARY KEY)');
  raw.close();
  expect(openDatabase({ file })).toMatchObject({ ok: false, failure: { kind: 'unusable' } });
  const after = new Database(file);
  expect(after.pragma('user_version', { simple: true })).toBe(record.version);
  expect(after.prepare('SELECT count(*) FROM observations').pluck().get()).toBe(record.kept.committed.length);
  after.close();
});
