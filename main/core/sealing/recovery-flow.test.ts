import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '../../../app/contract/outcome.ts';
import { salvageKeys } from '../damage/salvage-keys.ts';
import { openDatabase, type Store, type Writer } from '../store/database.ts';
import { silentLog, testFolder } from '../testing/ports.ts';
import { readEnvelopes, readEnvelopesFile, writeEnvelopesFile } from './envelopes.ts';
import { openSealing } from './key-envelope.ts';
import { permissionsOnlyWrapper } from './key-wrapper.ts';
import { createRecoveryFlow } from './recovery-flow.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

const envelopesFile = () => join(folder.path, 'key-envelopes.json');
const wrapper = () => permissionsOnlyWrapper(join(folder.path, 'wrapping.key'));
async function open() {
  const opened = openDatabase({ file: join(folder.path, 'ward.db') });
  if (!opened.ok) throw new Error('the record opens');
  const { store } = opened;
  const keyring = await openSealing(store, [wrapper()], Date.now, envelopesFile());
  if (!keyring.ok) throw new Error('the keys open');
  const ports = { store, keyring, envelopesFile: envelopesFile(), now: Date.now, log: silentLog };
  return { store, keyring, flow: createRecoveryFlow(ports) };
}
const into = (store: Store) => (work: (write: Writer) => void) => ok(store.transaction(work));
const versionsIn = (envelopes: readonly { readonly keyVersion: number }[] | null) => [
  ...new Set(envelopes?.map(({ keyVersion }) => keyVersion)),
];

/** A record with a recovery key and two data keys; what the second one sealed. */
async function renewedOnce(): Promise<{ readonly sealed: Uint8Array; readonly key: string }> {
  const { store, keyring, flow } = await open();
  const { key, group } = flow.create();
  await flow.confirm(key.split('-')[group - 1] ?? '', into(store));
  expect(await flow.renewDataKey(key, into(store))).toMatchObject({ ok: true });
  const sealed = keyring.sealing.seal('people.name', 'Asha');
  store.close();
  return { sealed, key };
}

test('two renewals at once make two keys, one after the other, and both open what they sealed after a restart', async () => {
  const { store, keyring, flow } = await open();
  const commit = into(store);
  const { key, group } = flow.create();
  expect(await flow.confirm(key.split('-')[group - 1] ?? '', commit)).toMatchObject({ ok: true });
  const renewals = await Promise.all([flow.renewDataKey(key, commit), flow.renewDataKey(key, commit)]);
  expect(renewals.map((one) => one.ok && one.value.version)).toEqual([2, 3]);
  const sealed = keyring.sealing.seal('people.name', 'Asha');
  store.close();
  const again = await open();
  expect(again.keyring.sealing.openText('people.name', sealed)).toBe('Asha');
  again.store.close();
});

test('a record that lost its newest key has it from the copy again, and the copy loses none', async () => {
  const { sealed, key } = await renewedOnce();
  const opened = openDatabase({ file: join(folder.path, 'ward.db') });
  if (!opened.ok) throw new Error('the record opens');
  opened.store.transaction((write) => write.run('DELETE FROM key_envelope WHERE key_version = 2'));
  opened.store.close();
  const { store, keyring, flow } = await open();
  expect(keyring.sealing.openText('people.name', sealed)).toBe('Asha');
  expect(versionsIn(readEnvelopes(store.read))).toEqual([1, 2]);
  expect(readEnvelopes(store.read)).toEqual(readEnvelopesFile(envelopesFile()));
  expect(await flow.renewDataKey(key, into(store))).toMatchObject({ value: { version: 3 } });
  store.close();
});

test('a key of the copy that does not open here costs nothing, is kept, and its number is not given again', async () => {
  const { key } = await renewedOnce();
  const envelopes = readEnvelopesFile(envelopesFile()) ?? [];
  const foreign = envelopes.map((one) =>
    one.keyVersion === 2 ? { ...one, keyVersion: 7, wrapped: new Uint8Array(60) } : one,
  );
  writeEnvelopesFile(envelopesFile(), foreign);
  const { store, flow } = await open();
  expect(versionsIn(readEnvelopes(store.read))).toEqual([1, 2]);
  expect(versionsIn(readEnvelopesFile(envelopesFile()))).toEqual([1, 2, 7]);
  expect(await flow.renewDataKey(key, into(store))).toMatchObject({ value: { version: 8 } });
  store.close();
});

test('a renewal stands although its copy cannot be written, which follows later', async () => {
  const { key } = await renewedOnce();
  const { store, flow } = await open();
  const inTheWay = `${envelopesFile()}.part`;
  mkdirSync(inTheWay);
  expect(await flow.renewDataKey(key, into(store))).toEqual({ ok: true, value: { version: 3 } });
  flow.keepCopy();
  expect(versionsIn(readEnvelopesFile(envelopesFile()))).toEqual([1, 2]);
  rmSync(inTheWay, { recursive: true });
  flow.keepCopy();
  expect(versionsIn(readEnvelopesFile(envelopesFile()))).toEqual([1, 2, 3]);
  store.close();
});

test('a salvage opens what the newest key sealed although the copy is behind', async () => {
  const { sealed } = await renewedOnce();
  const behind = (readEnvelopesFile(envelopesFile()) ?? []).filter(({ keyVersion }) => keyVersion === 1);
  rmSync(envelopesFile());
  writeEnvelopesFile(envelopesFile(), behind);
  const view = new Database(join(folder.path, 'ward.db'), { readonly: true });
  const keys = await salvageKeys(folder.path, [view], [wrapper()]);
  view.close();
  expect(keys.ok && keys.sealing?.openText('people.name', sealed)).toBe('Asha');
});
