import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, testFolder, testSealing } from '../testing/ports.ts';
import { readEnvelopesFile } from './envelopes.ts';
import { openSealing } from './key-envelope.ts';
import { type KeyWrapper, passphraseWrapper, permissionsOnlyWrapper } from './key-wrapper.ts';
import { newRecoveryKey, readRecoveryKey, recoveryKeyText } from './recovery-key.ts';
import { createKeyring, createSealing } from './sealing.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

test('any value opens to itself, and no two seals are alike', () => {
  const sealing = testSealing();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => {
      const sealed = sealing.seal('messages.raw', bytes);
      expect(new Uint8Array(sealing.open('messages.raw', sealed))).toEqual(bytes);
      expect(Buffer.from(sealed).equals(Buffer.from(sealing.seal('messages.raw', bytes)))).toBe(false);
    }),
  );
});

test('one changed byte anywhere, another column or another key does not open', () => {
  const sealing = testSealing();
  const sealed = Buffer.from(sealing.seal('patients.name', 'Asha Rao'));
  expect(sealed.readUInt32BE(0)).toBe(1);
  expect(sealed.includes('Asha')).toBe(false);
  for (let index = 0; index < sealed.length; index++) {
    const altered = Buffer.from(sealed);
    altered[index] = (altered[index] ?? 0) ^ 1;
    expect(() => sealing.open('patients.name', altered)).toThrow();
  }
  expect(() => sealing.open('people.name', sealed)).toThrow();
  expect(() =>
    createSealing(new Uint8Array(32).fill(8), 1, 'passphrase').open('patients.name', sealed),
  ).toThrow();
  expect(() => sealing.open('patients.name', sealed.subarray(0, 20))).toThrow();
});

test('look-ups are equal for equal values of one place only', () => {
  const sealing = testSealing();
  const of = (place: 'patients.identifier' | 'messages.content', value: string) =>
    Buffer.from(sealing.lookup(place, value)).toString('hex');
  expect(of('patients.identifier', 'MRN1')).toBe(of('patients.identifier', 'MRN1'));
  expect(of('patients.identifier', 'MRN1')).not.toBe(of('patients.identifier', 'MRN2'));
  expect(of('patients.identifier', 'MRN1')).not.toBe(of('messages.content', 'MRN1'));
});

test('the wrapping key of the permissions-only way is its owner’s alone and outside the database', async () => {
  const store = openTestStore(join(folder.path, 'ward.db'));
  const keyFile = join(folder.path, 'keys', 'wrapping.key');
  const first = await openSealing(store, [permissionsOnlyWrapper(keyFile)], () => 0);
  if (!first.ok) throw new Error(first.detail);
  expect(first.sealing.kind).toBe('permissions-only');
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  const sealed = first.sealing.seal('people.name', 'Mira');
  store.close();
  expect(readFileSync(join(folder.path, 'ward.db')).includes(readFileSync(keyFile))).toBe(false);

  const again = openTestStore(join(folder.path, 'ward.db'));
  const second = await openSealing(again, [permissionsOnlyWrapper(keyFile)], () => 0);
  if (!second.ok) throw new Error(second.detail);
  expect(second.sealing.openText('people.name', sealed)).toBe('Mira');
  writeFileSync(keyFile, Buffer.alloc(32, 1));
  const foreign = await openSealing(again, [permissionsOnlyWrapper(keyFile)], () => 0);
  expect(foreign).toMatchObject({ ok: false, wrappedBy: 'permissions-only' });
  again.close();
});

test('a passphrase opens what it sealed and nothing else does', async () => {
  const store = openTestStore(join(folder.path, 'ward.db'));
  const file = join(folder.path, 'passphrase');
  writeFileSync(file, 'correct horse battery staple\n');
  const first = await openSealing(store, [passphraseWrapper(file)], () => 0);
  expect(first).toMatchObject({ ok: true, sealing: { kind: 'passphrase' } });
  expect(await openSealing(store, [passphraseWrapper(file)], () => 0)).toMatchObject({ ok: true });
  writeFileSync(file, 'correct horse battery stapler\n');
  expect(await openSealing(store, [passphraseWrapper(file)], () => 0)).toMatchObject({ ok: false });
  const without = await openSealing(store, [permissionsOnlyWrapper(join(folder.path, 'k'))], () => 0);
  expect(without).toMatchObject({ ok: false, wrappedBy: 'passphrase' });
  store.close();
});

test('a keystore that becomes available takes the key over, and values stay open', async () => {
  const store = openTestStore(join(folder.path, 'ward.db'));
  const weak = permissionsOnlyWrapper(join(folder.path, 'wrapping.key'));
  const before = await openSealing(store, [weak], () => 0);
  if (!before.ok) throw new Error(before.detail);
  const sealed = before.sealing.seal('people.name', 'Mira');
  const keystore: KeyWrapper<'os-keystore'> = {
    kind: 'os-keystore',
    wrap: async (key) => Buffer.from(key).reverse(),
    unwrap: async (wrapped) => Buffer.from(wrapped).reverse(),
  };
  const after = await openSealing(store, [weak, keystore], () => 0);
  if (!after.ok) throw new Error(after.detail);
  expect(after.sealing.kind).toBe('os-keystore');
  expect(after.sealing.openText('people.name', sealed)).toBe('Mira');
  expect(await openSealing(store, [weak], () => 0)).toMatchObject({ ok: false, wrappedBy: 'os-keystore' });
  store.close();
});

test('a value opens with the key version in front of it, and look-ups stay what they were', () => {
  const first = new Uint8Array(32).fill(1);
  const second = new Uint8Array(32).fill(2);
  const before = createSealing(first, 1, 'passphrase');
  const both = createKeyring(
    new Map([
      [2, second],
      [1, first],
    ]),
    'passphrase',
  );
  const old = before.seal('people.name', 'Mira');
  const fresh = both.seal('people.name', 'Asif');
  expect(Buffer.from(fresh).readUInt32BE(0)).toBe(2);
  expect(both.openText('people.name', old)).toBe('Mira');
  expect(both.openText('people.name', fresh)).toBe('Asif');
  expect(() => before.openText('people.name', fresh)).toThrow('a key that is not here');
  expect(both.lookup('patients.identifier', 'M1')).toEqual(before.lookup('patients.identifier', 'M1'));
  expect(both.derive('pin')).toEqual(before.derive('pin'));
});

test('a written recovery key reads as itself however it is typed, and one wrong letter is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(55), (key, at) => {
      const text = recoveryKeyText(key);
      expect(text).toMatch(/^([0-9A-Z]{4}-){13}[0-9A-Z]{4}$/);
      expect(readRecoveryKey(text)).toEqual(key);
      const typed = text.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
      expect(readRecoveryKey(typed)).toEqual(key);
      const letters = text.replaceAll('-', '');
      const wrong = `${letters.slice(0, at)}${letters[at] === 'A' ? 'B' : 'A'}${letters.slice(at + 1)}`;
      expect(readRecoveryKey(wrong)).toBeNull();
      expect(readRecoveryKey(letters.slice(1))).toBeNull();
    }),
  );
  expect(newRecoveryKey()).toHaveLength(32);
});

test('the copy of the wrapped keys opens a store that lost its own', async () => {
  const copy = join(folder.path, 'key-envelopes.json');
  const weak = permissionsOnlyWrapper(join(folder.path, 'wrapping.key'));
  const store = openTestStore(join(folder.path, 'ward.db'));
  const first = await openSealing(store, [weak], () => 0, copy);
  if (!first.ok) throw new Error(first.detail);
  const sealed = first.sealing.seal('people.name', 'Mira');
  store.transaction((write) => write.run('DELETE FROM key_envelope'));
  const second = await openSealing(store, [weak], () => 0, copy);
  if (!second.ok) throw new Error(second.detail);
  expect(second.sealing.openText('people.name', sealed)).toBe('Mira');
  // A damaged copy is written anew from the record.
  writeFileSync(copy, 'nothing');
  await openSealing(store, [weak], () => 0, copy);
  expect(readEnvelopesFile(copy)).toHaveLength(1);
  store.close();
});
