/** Audit entries for a person to read, the retention rule, a new data key, and a record whose key is gone. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { RECORD_FILE, WRAPPING_KEY_FILE } from '../record-files.ts';
import { unlockRecord } from '../sealing/unlock-record.ts';
import { openReadOnly } from '../store/database.ts';
import { testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  startCore,
} from '../testing/running-core.ts';

const ALL = { kind: null, actor: null, from: null, to: null };
const ADMINISTRATOR = {
  wardName: 'ICU',
  language: 'en',
  administrator: { name: 'Mira', pin: '1234' },
} as const;

const sealedName = z.object({ name_sealed: z.instanceof(Uint8Array) });

let folder: ReturnType<typeof testFolder>;
let running: RunningCore;
beforeEach(async () => {
  folder = testFolder();
  running = await startCore(folder.path);
});
afterEach(async () => {
  await running.core.close();
  folder.remove();
});

async function administrator(): Promise<ReturnType<RunningCore['terminal']>> {
  const terminal = running.terminal();
  granted(await terminal.command('ward.set-up', ADMINISTRATOR));
  return terminal;
}

/** Makes the recovery key and confirms it; returns it as it is printed. */
async function withRecoveryKey(terminal: ReturnType<RunningCore['terminal']>): Promise<string> {
  const { key, group } = granted(await terminal.command('recovery-key.create', {}));
  granted(await terminal.command('recovery-key.confirm', { typed: key.split('-')[group - 1] ?? '' }));
  return key;
}

test('audit entries are listed by kind, person and time, and saved with their hashes', async () => {
  const terminal = await administrator();
  granted(await terminal.command('retention.configure', { days: 20 }));
  const all = granted(await terminal.query('audit.list', { before: null, filter: ALL }));
  expect(all.more).toBe(false);
  expect(all.entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining(['program.start', 'ward.set-up', 'retention.configure']),
  );
  const some = granted(
    await terminal.query('audit.list', { before: null, filter: { ...ALL, kind: 'retention' } }),
  );
  expect(some.entries.map(({ action }) => action)).toEqual(['retention.configure']);
  const [changed] = some.entries;
  if (changed === undefined) throw new Error('no entry');
  const mine = granted(
    await terminal.query('audit.list', { before: null, filter: { ...ALL, actor: changed.actor } }),
  );
  expect(mine.entries.every(({ actor }) => actor === changed.actor)).toBe(true);
  const later = { ...ALL, from: new Date(Date.parse(changed.at) + 60_000).toISOString() };
  expect(granted(await terminal.query('audit.list', { before: null, filter: later })).entries).toEqual([]);
  const older = granted(await terminal.query('audit.list', { before: changed.sequence, filter: ALL }));
  expect(older.entries.every(({ sequence }) => sequence < changed.sequence)).toBe(true);

  const saved = granted(await terminal.command('audit.save-list', { folder: folder.path, filter: ALL }));
  const lines = readFileSync(saved.file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(saved.rows);
  lines.forEach((line, index) => {
    expect(line.previous_hash).toBe(index === 0 ? '00'.repeat(32) : lines[index - 1].hash);
  });
  // That it was saved is itself an entry.
  const after = granted(
    await terminal.query('audit.list', { before: null, filter: { ...ALL, kind: 'audit' } }),
  );
  expect(after.entries.map(({ action }) => action)).toEqual(['audit.save-list']);
  expect(await terminal.command('audit.save-list', { folder: '/nowhere/at/all', filter: ALL })).toMatchObject(
    {
      error: { code: 'file-unreadable' },
    },
  );
});

test('a new data key seals what comes, the old one still opens what it sealed, the recovery key opens both', async () => {
  let terminal = await administrator();
  expect(await terminal.command('data-key.renew', { recoveryKey: 'none' })).toMatchObject({
    error: { code: 'not-allowed-now' },
  });
  const key = await withRecoveryKey(terminal);
  expect(await terminal.command('data-key.renew', { recoveryKey: key.replace(/^./, '#') })).toMatchObject({
    error: { code: 'key-wrong' },
  });
  await admit(running, 'BEFORE', 'B1');
  expect(granted(await terminal.command('data-key.renew', { recoveryKey: key }))).toEqual({ version: 2 });
  await admit(running, 'AFTER', 'B2');
  expect(granted(await terminal.query('storage.state', {})).dataKey.version).toBe(2);
  await running.core.close();
  expect(versionsOfPatients(folder.path)).toEqual([1, 2]);

  // Another start, and one without this machine's own key.
  running = await startCore(folder.path);
  expect(await patientsOf(running)).toEqual(['AFTER', 'BEFORE']);
  await running.core.close();
  rmSync(join(folder.path, WRAPPING_KEY_FILE));
  await expect(startCore(folder.path)).rejects.toThrow('cannot be opened');
  const order = { userDataDir: folder.path, nativeBinding: null, keyWrapper: null, wall: Date.now };
  expect(await unlockRecord({ ...order, recoveryKey: `${key}X` })).toMatchObject({
    error: { code: 'key-wrong' },
  });
  expect(existsSync(join(folder.path, WRAPPING_KEY_FILE))).toBe(false);
  expect(await unlockRecord({ ...order, recoveryKey: key })).toMatchObject({ ok: true });
  running = await startCore(folder.path);
  expect(await patientsOf(running)).toEqual(['AFTER', 'BEFORE']);
  terminal = running.terminal();
  const [person] = granted(await terminal.query('ward.snapshot', {})).people;
  granted(await terminal.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  expect(granted(await terminal.query('audit.verify', {})).ok).toBe(true);
});

test('a key file that was overwritten is set aside, and the record opens again with the recovery key', async () => {
  const key = await withRecoveryKey(await administrator());
  await running.core.close();
  writeFileSync(join(folder.path, WRAPPING_KEY_FILE), 'not a key');
  const order = { userDataDir: folder.path, nativeBinding: null, keyWrapper: null, wall: Date.now };
  expect(await unlockRecord({ ...order, recoveryKey: key })).toMatchObject({ ok: true });
  expect(readFileSync(join(folder.path, `${WRAPPING_KEY_FILE}.unusable`), 'utf8')).toBe('not a key');
  running = await startCore(folder.path);
});

test('the retention rule tells beforehand what it would remove', async () => {
  const terminal = await administrator();
  await admit(running, 'NOW', 'B1');
  const preview = granted(await terminal.query('retention.preview', { days: 7 }));
  expect(preview).toMatchObject({ rows: 0, blocks: 0 });
  expect(Date.now() - Date.parse(preview.before)).toBeGreaterThan(6.9 * 24 * 3_600_000);
  granted(await terminal.command('retention.configure', { days: 7 }));
  expect(granted(await terminal.query('storage.state', {})).retentionDays).toBe(7);
  expect(await terminal.command('retention.configure', { days: 6 })).toMatchObject({
    error: { code: 'invalid-request' },
  });
});

async function admit(to: RunningCore, patient: string, bed: string): Promise<void> {
  const sender = await connectSender(to.port);
  sender.write(framed(oruText({ controlId: patient, patient, bed })));
  expect(await sender.answer()).toContain('MSA|AA');
  sender.end();
}

async function patientsOf(of: RunningCore): Promise<string[]> {
  const { beds } = granted(await of.terminal().query('ward.snapshot', {}));
  return beds.map(({ patient }) => patient.identifier).sort();
}

/** The key version that stands in front of each patient's sealed name. */
function versionsOfPatients(path: string): number[] {
  const opened = openReadOnly({ file: join(path, RECORD_FILE) });
  if (!opened.ok) throw new Error(opened.failure.kind);
  try {
    return opened.store.read
      .all(sealedName, 'SELECT name_sealed FROM patients ORDER BY created_ms')
      .map(({ name_sealed }) => Buffer.from(name_sealed).readUInt32BE(0));
  } finally {
    opened.store.close();
  }
}
