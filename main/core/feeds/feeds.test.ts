import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSourceClocks } from '../intake/source-clock.ts';
import type { Store } from '../store/database.ts';
import { openTestStore, silentLog, testClock, testFolder, testSealing } from '../testing/ports.ts';
import { insertPatient } from '../ward/patients-table.ts';
import { createFeeds, type Feeds } from './feeds.ts';

const ASHA = {
  id: 'asha',
  name: 'Asha',
  identifier: 'M1',
  birthDate: null,
  sex: 'F' as const,
  pregnant: false,
  spo2Scale: 1 as const,
  demonstration: false,
};

let folder: ReturnType<typeof testFolder>;
let store: Store;
let feeds: Feeds;

beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  const clock = testClock();
  const sourceClocks = createSourceClocks(clock.boot);
  feeds = createFeeds({ store, clock, sourceClocks, log: silentLog, onChange: () => undefined });
  store.transaction((write) => insertPatient(write, testSealing(), ASHA, clock.wall()));
});
afterEach(() => {
  feeds.close();
  store.close();
  folder.remove();
});

test('a usual sensor that was undone with its transaction is not remembered', () => {
  const usual = () => store.transaction((write) => feeds.sensorsOf(write, 'asha', 'MON').get('rr'));
  expect(() =>
    store.transaction((write) => {
      feeds.sensorsOf(write, 'asha', 'MON').set('rr', 'airway');
      // The next message of the group reads what stands so far.
      expect(feeds.sensorsOf(write, 'asha', 'MON').get('rr')).toBe('airway');
      throw new Error('the commit fails');
    }),
  ).toThrow('the commit fails');
  expect(usual()).toBeUndefined();
  store.transaction((write) => feeds.sensorsOf(write, 'asha', 'MON').set('rr', 'impedance'));
  expect(usual()).toBe('impedance');
});
