import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ObservedValue } from '../../../app/observation/reading.ts';
import type { TechnicalAlert } from '../../../app/technical/technical.ts';
import type { Store } from '../store/database.ts';
import {
  countingIds,
  openTestStore,
  silentLog,
  type TestClock,
  testClock,
  testFolder,
} from '../testing/ports.ts';
import { createTechnical, type Technical } from './technical.ts';
import { createTechnicalWatch, feedFault, type TechnicalWatchPorts } from './watch.ts';

let folder: ReturnType<typeof testFolder>;
let store: Store;
let clock: TestClock;
let told: TechnicalAlert[][];
let technical: Technical;
const ids = countingIds();
const start = (on: Store = store) =>
  createTechnical({ store: on, clock, ids, log: silentLog, onChange: (open) => void told.push(open) });

beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  clock = testClock();
  told = [];
  technical = start();
});
afterEach(() => {
  store.close();
  folder.remove();
});

const codes = (alerts: readonly TechnicalAlert[] = technical.open()) => alerts.map(({ code }) => code);

test('one alert for one thing, told once, with the newest of what it says', () => {
  technical.raise('clock-off', 'GATEWAY-A', { seconds: 90 });
  technical.raise('clock-off', 'GATEWAY-A', { seconds: 90 });
  technical.raise('clock-off', 'GATEWAY-B', { seconds: 120 });
  expect(told).toHaveLength(2);
  technical.raise('clock-off', 'GATEWAY-A', { seconds: 95 });
  expect(technical.open().map(({ subject, parameters }) => [subject, parameters])).toEqual([
    ['GATEWAY-A', { seconds: 95 }],
    ['GATEWAY-B', { seconds: 120 }],
  ]);
  technical.clear('clock-off', 'GATEWAY-A');
  technical.clear('clock-off', 'GATEWAY-C');
  expect(technical.open().map(({ subject }) => subject)).toEqual(['GATEWAY-B']);
});

test('seen: what happened once is over, what still holds stays with the name of who saw it', () => {
  technical.raise('clock-jumped', null, { seconds: 3600 });
  technical.raise('listener-down', null);
  for (const { id } of technical.open()) expect(technical.acknowledge(id, 'Meera Nair')).toBe(true);
  expect(technical.open()).toMatchObject([{ code: 'listener-down', acknowledgedBy: 'Meera Nair' }]);
  expect(technical.acknowledge('nothing', 'Meera Nair')).toBe(false);
});

test('after a restart what happened once is still to be seen, and the rest is found out anew', () => {
  technical.raise('storage-damaged', null, { rows: 3 });
  technical.raise('listener-down', null);
  technical.keep();
  technical = start();
  expect(codes()).toEqual(['storage-damaged']);
});

test('a store that takes nothing costs no alert, and its history is written when it does again', () => {
  let isFull = true;
  const full: Store = {
    ...store,
    transaction: (work) => {
      if (isFull) throw new Error('database or disk is full');
      return store.transaction(work);
    },
  };
  const onFull = start(full);
  onFull.raise('storage-full', null);
  onFull.keep();
  expect(codes(onFull.open())).toEqual(['storage-full']);
  onFull.raise('storage-damaged', null);
  isFull = false;
  onFull.keep();
  expect(codes(start().open())).toEqual(['storage-damaged']);
});

const streamed = (ageMs: number): ObservedValue => ({
  value: 80,
  observedAt: '2026-09-12T12:00:00Z',
  ageMs,
  staleAfterMs: 15_000,
  missingAfterMs: 60_000,
  source: { kind: 'monitor', mode: 'streamed', name: 'GATEWAY-A' },
  ambiguous: false,
});

test('a feed is silent when nothing of it is valid any more, and a vital is missing while others come', () => {
  expect(feedFault({ observed: { hr: streamed(1_000) } }, 0)).toEqual({ kind: 'none' });
  expect(feedFault({ observed: { hr: streamed(1_000), spo2: streamed(61_000) } }, 0)).toEqual({
    kind: 'missing',
    vitals: ['spo2'],
  });
  expect(feedFault({ observed: { hr: streamed(1_000), spo2: streamed(61_000) } }, 60_000)).toMatchObject({
    kind: 'silent',
  });
  const charted = { ...streamed(9e6), source: { kind: 'hand', mode: 'charted', name: 'hand' } } as const;
  expect(feedFault({ observed: { hr: charted } }, 0)).toEqual({ kind: 'none' });
});

test('a corrected time of day and a listener that does not stand are told; a sleep is no correction', () => {
  let isListening = true;
  const watch = createTechnicalWatch({
    ...fine(),
    isListening: () => isListening,
    isListenerFull: () => !isListening,
    isFhirDown: () => !isListening,
  });
  clock.advance(8 * 3_600_000);
  watch();
  expect(codes()).toEqual([]);
  clock.setWall(clock.wall() - 3_600_000);
  isListening = false;
  watch();
  expect(technical.open()).toMatchObject([
    { code: 'clock-jumped', parameters: { seconds: -3600 } },
    { code: 'listener-down' },
    { code: 'listener-full' },
    { code: 'fhir-down' },
  ]);
  isListening = true;
  watch();
  expect(codes()).toEqual(['clock-jumped']);
});

/** Nothing is wrong. */
function fine(): TechnicalWatchPorts {
  return {
    technical,
    clock,
    beds: () => [],
    isListening: () => true,
    isListenerFull: () => false,
    isFhirDown: () => false,
    isBackupOverdue: () => false,
    engineProblem: () => null,
    notServedAt: () => null,
    deviceClocks: () => [],
  };
}

test('a device’s clock that is far off is told until it is right again, and by its device', () => {
  let offsetMs = 59_000;
  const watch = createTechnicalWatch({
    ...fine(),
    deviceClocks: () => [
      { source: 'GATEWAY-A', offsetMs },
      { source: 'GATEWAY-B', offsetMs: -2_000 },
    ],
  });
  watch();
  expect(codes()).toEqual([]);
  offsetMs = -121_000;
  watch();
  expect(technical.open()).toMatchObject([
    { code: 'clock-off', subject: 'GATEWAY-A', parameters: { device: 'GATEWAY-A', seconds: 120 } },
  ]);
  // Nearly right is not right: it does not come and go.
  offsetMs = 45_000;
  watch();
  expect(codes()).toEqual(['clock-off']);
  offsetMs = 20_000;
  watch();
  expect(codes()).toEqual([]);
});

test('a backup that is overdue is told as long as it is', () => {
  let isOverdue = true;
  const watch = createTechnicalWatch({ ...fine(), isBackupOverdue: () => isOverdue });
  watch();
  expect(codes()).toEqual(['backup-overdue']);
  isOverdue = false;
  watch();
  expect(codes()).toEqual([]);
});
