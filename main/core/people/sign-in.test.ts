import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../store/database.ts';
import { openTestStore, testClock, testFolder, testSealing } from '../testing/ports.ts';
import { insertPerson, readPeople } from './people-table.ts';
import { hashPin, pinMatches } from './pin.ts';
import { lockOutMs, signIn } from './sign-in.ts';

let folder: ReturnType<typeof testFolder>;
let store: Store;
const sealing = testSealing();
const clock = testClock();
const ports = () => ({ store, sealing, clock });

beforeEach(async () => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  const pin = await hashPin('2468', sealing.derive('pin'));
  store.transaction((write) =>
    insertPerson(write, sealing, { id: 'mira', name: 'Mira', role: 'nurse', pin, at: clock.wall() }),
  );
});
afterEach(() => {
  store.close();
  folder.remove();
});

test('the right PIN signs in; a wrong one and an unknown person read the same', async () => {
  expect(await signIn(ports(), 'mira', '2468')).toEqual({
    ok: true,
    value: { id: 'mira', name: 'Mira', role: 'nurse' },
  });
  expect(await signIn(ports(), 'mira', '0000')).toMatchObject({ ok: false, error: { code: 'wrong-pin' } });
  expect(await signIn(ports(), 'nobody', '2468')).toMatchObject({ ok: false, error: { code: 'wrong-pin' } });
});

test('five wrong PINs lock out, a restart does not forgive, and waiting does', async () => {
  for (let attempt = 1; attempt <= 4; attempt++)
    expect(await signIn(ports(), 'mira', '0000')).toMatchObject({
      error: { code: 'wrong-pin', parameters: { left: 5 - attempt } },
    });
  expect(await signIn(ports(), 'mira', '0000')).toMatchObject({
    error: { code: 'locked-out', parameters: { seconds: 30 } },
  });
  store.close();
  store = openTestStore(join(folder.path, 'ward.db'));
  expect(await signIn(ports(), 'mira', '2468')).toMatchObject({ error: { code: 'locked-out' } });
  clock.advance(30_001);
  expect(await signIn(ports(), 'mira', '0000')).toMatchObject({
    error: { code: 'locked-out', parameters: { seconds: 60 } },
  });
  clock.advance(60_001);
  expect(await signIn(ports(), 'mira', '2468')).toMatchObject({ ok: true });
  expect(await signIn(ports(), 'mira', '0000')).toMatchObject({ error: { parameters: { left: 4 } } });
});

test('many guesses at once are not more guesses', async () => {
  const guesses = Array.from({ length: 30 }, (_, index) => signIn(ports(), 'mira', String(1000 + index)));
  const outcomes = await Promise.all(guesses);
  const compared = outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'wrong-pin');
  expect(compared).toHaveLength(4);
  expect(outcomes.every((outcome) => !outcome.ok)).toBe(true);
});

test('the back-off doubles to a quarter of an hour', () => {
  expect([4, 5, 6, 7, 9, 10, 40].map(lockOutMs)).toEqual([
    0, 30_000, 60_000, 120_000, 480_000, 900_000, 900_000,
  ]);
});

test('hashes are salted, need the pepper, and the name stands sealed', async () => {
  const pepper = sealing.derive('pin');
  const [one, two] = await Promise.all([hashPin('1234', pepper), hashPin('1234', pepper)]);
  expect(Buffer.from(one.hash).equals(Buffer.from(two.hash))).toBe(false);
  expect(await pinMatches('1234', one, pepper)).toBe(true);
  expect(await pinMatches('1234', one, new Uint8Array(32))).toBe(false);
  expect(readPeople(store.read, sealing)).toEqual([{ id: 'mira', name: 'Mira', role: 'nurse' }]);
});
