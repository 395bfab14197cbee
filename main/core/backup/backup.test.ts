/** A backup of a ward at work, brought back on another machine with nothing but the file and the recovery key. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHeadFiles } from '../audit/audit-heads.ts';
import { verifyChain } from '../audit/verify-heads.ts';
import { openRecord, RECORD_FILE } from '../open-record.ts';
import { isGroupOf, newRecoveryKey, recoveryKeyText } from '../sealing/recovery-key.ts';
import { openReadOnly } from '../store/database.ts';
import { NOON, openTestStore, testClock, testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  startCore,
  type TestTerminal,
} from '../testing/running-core.ts';
import { readOpenStays } from '../ward/patients-table.ts';
import { makeBackup } from './make-backup.ts';
import { restoreBackup } from './restore.ts';

let one: ReturnType<typeof testFolder>;
let other: ReturnType<typeof testFolder>;
let outside: ReturnType<typeof testFolder>;
let running: RunningCore | null = null;
beforeEach(() => {
  one = testFolder();
  other = testFolder();
  outside = testFolder();
});
afterEach(async () => {
  await running?.core.close();
  running = null;
  for (const folder of [one, other, outside]) folder.remove();
});

async function wardAtWork(): Promise<TestTerminal> {
  running = await startCore(one.path);
  const terminal = running.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Mira', pin: '1234' },
    }),
  );
  const sender = await connectSender(running.port);
  sender.write(framed(oruText({ controlId: 'B1' })));
  expect(await sender.answer()).toContain('MSA|AA|B1');
  sender.end();
  return terminal;
}

async function recoveryKey(terminal: TestTerminal): Promise<string> {
  const { key, group } = granted(await terminal.command('recovery-key.create', {}));
  const typed = key.split('-')[group - 1] ?? '';
  granted(await terminal.command('recovery-key.confirm', { typed: typed.toLowerCase() }));
  return key;
}

const restoreWith = (bundle: string, key: string, folder: string) =>
  restoreBackup({
    bundle,
    userDataDir: folder,
    recoveryKey: key,
    protection: null,
    nativeBinding: null,
    wall: () => NOON,
  });

test('no backup without a recovery key, and none over another file', { timeout: 30_000 }, async () => {
  const terminal = await wardAtWork();
  const order = {
    file: join(one.path, RECORD_FILE),
    out: join(outside.path, 'b.medobsmind-backup'),
    nativeBinding: null,
    program: 'test',
    createdAt: new Date(NOON).toISOString(),
  };
  expect(makeBackup(order)).toMatchObject({ ok: false, problem: 'no-recovery-key' });
  expect(readdirSync(outside.path)).toEqual([]);
  await recoveryKey(terminal);
  expect(makeBackup(order)).toMatchObject({ ok: true });
  expect(makeBackup(order)).toMatchObject({ ok: false, problem: 'file-exists' });
  expect(readdirSync(outside.path)).toEqual(['b.medobsmind-backup']);
});

test('a recovery key counts only when a group of it was typed again', { timeout: 30_000 }, async () => {
  const terminal = await wardAtWork();
  const { key, group } = granted(await terminal.command('recovery-key.create', {}));
  expect(await terminal.command('recovery-key.confirm', { typed: 'AAAA' })).toMatchObject({
    error: { code: 'key-wrong' },
  });
  expect(granted(await terminal.query('storage.state', {})).recoveryKeyMadeAt).toBeNull();
  const typed = key.split('-')[group - 1] ?? '';
  granted(await terminal.command('recovery-key.confirm', { typed }));
  const state = granted(await terminal.query('storage.state', {}));
  expect(state.recoveryKeyMadeAt).not.toBeNull();
  expect(state.conditions.map(({ code }) => code)).toEqual(['key-weak']);
  // Neither the record nor the copy of the wrapped keys holds the key itself.
  const plain = key.replaceAll('-', '');
  for (const name of readdirSync(one.path)) {
    const content = readFileSync(join(one.path, name)).toString('latin1');
    expect(content.includes(key) || content.includes(plain), name).toBe(false);
  }
  expect(isGroupOf(newRecoveryKey(), 1, typed)).toBe(false);
});

test('a hot backup opens on another machine with the recovery key alone', { timeout: 60_000 }, async () => {
  const terminal = await wardAtWork();
  const key = await recoveryKey(terminal);
  granted(await terminal.command('backup.configure', { folder: outside.path, everyHours: 24, keep: 2 }));
  // Monitors go on sending while it is made, and are answered.
  let isMade = false;
  const making = terminal.command('backup.now', {}).finally(() => {
    isMade = true;
  });
  const sender = await connectSender(running?.port ?? 0);
  let taken = 0;
  for (; !isMade; taken++) {
    sender.write(framed(oruText({ controlId: `HOT${taken}` })));
    expect(await sender.answer()).toContain(`MSA|AA|HOT${taken}`);
  }
  sender.end();
  expect(taken).toBeGreaterThan(0);
  const made = granted(await making);
  expect(made).toMatchObject({ problem: null, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });

  expect(await restoreWith(made.file, recoveryKeyText(newRecoveryKey()), other.path)).toMatchObject({
    ok: false,
    problem: 'key-wrong',
  });
  expect(await restoreWith(made.file, `${key.slice(0, -1)}`, other.path)).toMatchObject({
    problem: 'key-wrong',
  });
  expect(readdirSync(other.path)).toEqual([]);
  expect(await restoreWith(made.file, key.toLowerCase().replaceAll('-', ' '), other.path)).toMatchObject({
    ok: true,
  });
  expect(await restoreWith(made.file, key, other.path)).toMatchObject({ problem: 'folder-not-empty' });

  const opened = await openRecord({
    userDataDir: other.path,
    nativeBinding: null,
    keyWrapper: null,
    clock: testClock(),
  });
  if (!opened.ok) throw new Error(opened.failure.detail);
  const { store, sealing } = opened.record;
  expect(readOpenStays(store.read, sealing)).toMatchObject([
    { bed: 'ICU-1', patient: { identifier: 'MRN-1' } },
  ]);
  expect(verifyChain(store.read)).toMatchObject({ ok: true, restoredAt: [new Date(NOON).toISOString()] });
  opened.record.accept();
  store.close();
  // The first machine's ward goes on.
  expect(granted(await terminal.query('ward.snapshot', {})).beds).toHaveLength(1);
});

test('an altered or shortened backup is refused and leaves nothing behind', { timeout: 60_000 }, async () => {
  const terminal = await wardAtWork();
  const key = await recoveryKey(terminal);
  const file = join(outside.path, 'b.medobsmind-backup');
  const made = makeBackup({
    file: join(one.path, RECORD_FILE),
    out: file,
    nativeBinding: null,
    program: 'test',
    createdAt: new Date(NOON).toISOString(),
  });
  expect(made).toMatchObject({ ok: true });
  const whole = readFileSync(file);
  for (const at of [3, 22, 200, whole.length - 10]) {
    const altered = Buffer.from(whole);
    altered[at] = (altered[at] ?? 0) ^ 0x10;
    writeFileSync(file, altered);
    expect(await restoreWith(file, key, other.path), String(at)).toMatchObject({ ok: false });
    expect(readdirSync(other.path)).toEqual([]);
  }
  writeFileSync(file, whole.subarray(0, whole.length - 4096));
  expect(await restoreWith(file, key, other.path)).toMatchObject({ problem: 'not-a-backup' });
});

test('heads kept off the machine show that the end of the chain was cut off', {
  timeout: 60_000,
}, async () => {
  const terminal = await wardAtWork();
  granted(await terminal.command('audit.export', { folder: outside.path }));
  expect(granted(await terminal.query('audit.verify', {}))).toMatchObject({ ok: true });
  await running?.core.close();
  running = null;
  const heads = readHeadFiles(outside.path);
  expect(heads.length).toBeGreaterThan(0);
  const reading = openReadOnly({ file: join(one.path, RECORD_FILE) });
  if (!reading.ok) throw new Error(reading.failure.kind);
  expect(verifyChain(reading.store.read, heads)).toMatchObject({ ok: true });
  reading.store.close();

  const store = openTestStore(join(one.path, RECORD_FILE));
  store.transaction((write) => {
    for (const table of ['audit', 'audit_heads']) {
      write.run(`DROP TRIGGER ${table}_never_deleted`);
      write.run(`DELETE FROM ${table} WHERE sequence > 2`);
    }
  });
  expect(verifyChain(store.read)).toMatchObject({ ok: true, rows: 2 });
  expect(verifyChain(store.read, heads)).toMatchObject({ ok: false, problem: 'cut' });
  const [first] = heads;
  if (first === undefined) throw new Error('no head');
  expect(verifyChain(store.read, [{ ...first, sequence: 2 }])).toMatchObject({ problem: 'head-not-signed' });
  store.close();
});
