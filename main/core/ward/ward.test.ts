import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_ALERT_POLICY } from '../../../app/alerting/policy.ts';
import { packedHistorySchema } from '../../../app/contract/packed-history.ts';
import { readingAt } from '../../../app/observation/reading.ts';
import { DEFAULT_VALIDITY_POLICY } from '../../../app/observation/validity.ts';
import type { VitalValues } from '../../../app/observation/vital.ts';
import { verifyAudit } from '../audit/audit.ts';
import type { Store } from '../store/database.ts';
import {
  countingIds,
  openTestStore,
  silentLog,
  type TestClock,
  testClock,
  testFolder,
  testSealing,
} from '../testing/ports.ts';

import { factsOf } from './alert-facts.ts';
import { readAlerts } from './alerts-table.ts';
import type { BedTransition } from './draft-alerts.ts';
import { appendSet } from './observations-table.ts';
import type { Patient } from './patients-table.ts';
import { historyOf } from './serve-histories.ts';
import { bedView } from './views.ts';
import { createWard, type Ward } from './ward.ts';

const ASHA: Patient = {
  id: 'asha',
  name: 'Asha Rao',
  identifier: 'M1',
  birthDate: '1963-04-12',
  sex: 'F',
  pregnant: false,
  spo2Scale: 1,
  demonstration: false,
};
const ILL: VitalValues = {
  rr: 26,
  spo2: 92,
  on_oxygen: true,
  temp_c: 38.4,
  sbp: 95,
  dbp: 60,
  hr: 118,
  acvpu: 'A',
};
const WELL: VitalValues = {
  rr: 16,
  spo2: 97,
  on_oxygen: false,
  temp_c: 37,
  sbp: 120,
  dbp: 75,
  hr: 72,
  acvpu: 'A',
};

let folder: ReturnType<typeof testFolder>;
let store: Store;
let clock: TestClock;
let ward: Ward;
let moved: BedTransition[];
let changed: string[];
const sealing = testSealing();
const ids = countingIds();

beforeEach(() => {
  folder = testFolder();
  clock = testClock();
  store = openTestStore(join(folder.path, 'ward.db'));
  ward = open();
});
afterEach(() => {
  store.close();
  folder.remove();
});

function open(offset = 0): Ward {
  moved = [];
  changed = [];
  return createWard({
    store,
    sealing,
    clock,
    log: silentLog,
    policy: { validity: DEFAULT_VALIDITY_POLICY, alerts: DEFAULT_ALERT_POLICY },
    clockOffset: () => offset,
    newId: ids.next,
    onFired: () => undefined,
    listener: {
      bedChanged: ({ patient }) => void changed.push(patient.id),
      bedGone: () => undefined,
      alertMoved: (one) => void moved.push(one),
      alertsRetold: () => undefined,
    },
  });
}
function restart(): void {
  store.close();
  store = openTestStore(join(folder.path, 'ward.db'));
  ward = open();
}
function admit(patient = ASHA, bed = 'B1'): void {
  ward.commit((write, draft) => draft.admit(write, patient, bed, false));
}
function observe(
  values: VitalValues,
  kind: 'hand' | 'monitor' = 'hand',
  observedMs = clock.wall(),
  patientId = 'asha',
): void {
  ward.commit((write, draft) =>
    draft.observe(write, patientId, [
      {
        patientId,
        observedAt: new Date(observedMs).toISOString(),
        observedMs,
        receivedAt: new Date(clock.wall()).toISOString(),
        receivedMs: clock.wall(),
        receivedBootMs: clock.boot(),
        bootId: clock.bootId(),
        source: { kind, name: kind },
        values,
        messageId: null,
        enteredBy: null,
      },
    ]),
  );
}
function bed(patientId = 'asha') {
  const found = ward.bedOf(patientId);
  if (found === null) throw new Error('no such bed');
  return found;
}
function pass(seconds: number): void {
  for (let second = 0; second < seconds; second++) {
    clock.advance(1000);
    ward.tick();
  }
}

test('a charted set scores and alerts at once; silence expires values and never resolves', () => {
  admit();
  observe(ILL);
  expect(bed().score).toMatchObject({ complete: true, total: 12 });
  expect(moved.map(({ transition }) => [transition.alert.rule, transition.to])).toEqual([
    ['news2-high', 'active'],
  ]);
  clock.advance(80 * 60_000);
  ward.tick();
  expect(bed().score).toMatchObject({ complete: false, min_total: 0 });
  expect(bed().alerts.alerts).toHaveLength(1);
  expect(bedView(bed()).observed.rr?.value).toBe(26);
  expect(readingAt(bed().observed.rr).state).toBe('missing');
});

test('an unanswered high alert climbs after 2 and 5 minutes, and each step is in the record', () => {
  admit();
  observe(ILL);
  pass(301);
  expect(moved.map(({ transition }) => [transition.to, transition.alert.escalationLevel])).toEqual([
    ['active', 0],
    ['escalated', 1],
    ['escalated', 2],
  ]);
  const [kept] = readAlerts(store.read, sealing, 'asha', 10);
  expect(kept?.alert).toMatchObject({ version: 3, state: 'escalated' });
  expect(kept?.facts).toMatchObject({ vitals: { rr: 26 }, news2: { total: 12 } });
  expect(verifyAudit(store.read)).toMatchObject({ ok: true, rows: 3 });
});

test('a restart brings beds, readings with their age, scores and open alerts back', () => {
  admit();
  observe(WELL);
  clock.advance(10 * 60_000);
  observe(ILL);
  clock.advance(7 * 60_000);
  const before = bedView(ward.shown(bed()));
  restart();
  expect(bedView(ward.shown(bed()))).toEqual(before);
  expect(bed().alerts.alerts).toHaveLength(1);
  ward.tick();
  expect(moved.map(({ transition }) => transition.cause)).toEqual(['escalated-by-time', 'escalated-by-time']);
});

test('a clock that is set back makes nothing look fresh, before or after a restart', () => {
  admit();
  observe(WELL);
  clock.advance(50 * 60_000);
  clock.setWall(clock.wall() - 49 * 60_000);
  ward.tick();
  expect(bed().observed.rr?.ageMs).toBe(50 * 60_000);
  restart();
  expect(ward.shown(bed()).observed.rr?.ageMs).toBe(50 * 60_000);
});

test('the age is the larger of receipt and stamp, the stamp corrected by the source’s clock', () => {
  admit();
  observe({ hr: 80 }, 'monitor', clock.wall() - 30_000);
  expect(bed().observed.hr?.ageMs).toBe(30_000);
  ward = open(30_000);
  expect(bed().observed.hr?.ageMs).toBe(0);
});

test('a stream needs a minute of persistence; single sets do not', () => {
  admit();
  for (let second = 0; second < 5; second++) {
    observe(WELL, 'monitor');
    pass(1);
  }
  expect(bed().observed.rr?.source.mode).toBe('streamed');
  for (let second = 0; second < 55; second++) {
    observe(ILL, 'monitor');
    pass(1);
  }
  expect(moved).toEqual([]);
  for (let second = 0; second < 60; second++) {
    observe(ILL, 'monitor');
    pass(1);
  }
  expect(moved[0]?.transition.alert.rule).toBe('news2-high');
  // Only what can still change a reading is kept in memory.
  expect(bed().sets.length).toBeLessThan(70);
  const steps = bedView(bed()).scoreHistory.map(({ total }) => total);
  expect(steps[0]).toBe(0);
  expect(steps.at(-1)).toBe(12);
  expect(steps.length).toBeLessThan(10);
});

test('a stream survives a restart as a stream: its silence is seen after a minute', () => {
  admit();
  for (let second = 0; second < 10; second++) {
    observe(WELL, 'monitor');
    clock.advance(1000);
  }
  restart();
  expect(ward.shown(bed()).observed.rr?.source.mode).toBe('streamed');
  pass(61);
  expect(readingAt(bed().observed.rr).state).toBe('missing');
});

test('facts tell what was before: about half an hour ago, never the same round', () => {
  admit();
  observe(WELL);
  clock.advance(30 * 60_000);
  observe({ ...WELL, hr: 88 });
  clock.advance(30 * 60_000);
  observe(ILL);
  const [kept] = readAlerts(store.read, sealing, 'asha', 1);
  expect(kept?.facts.previous).toMatchObject({ minutes_ago: 30, vitals: { hr: 88 } });
});

test('a child and a pregnant woman have no NEWS2 and no alert on it; rules on other values still run', () => {
  admit({ ...ASHA, id: 'child', identifier: 'M2', birthDate: '2014-01-01' }, 'B2');
  observe(ILL, 'hand', clock.wall(), 'child');
  expect(bed('child').score).toEqual({ applicable: false, reason: 'under-16' });
  admit({ ...ASHA, id: 'pregnant', identifier: 'M3', pregnant: true }, 'B3');
  observe(ILL, 'hand', clock.wall(), 'pregnant');
  expect(bed('pregnant').score).toEqual({ applicable: false, reason: 'pregnant' });
  const fired = (patientId: string) =>
    moved.flatMap(({ bed: { patient }, transition: { alert } }) =>
      patient.id === patientId ? [alert.rule] : [],
    );
  // qSOFA and shock index have an adult's limits.
  expect(fired('child')).toEqual([]);
  expect(fired('pregnant').sort()).toEqual(['qsofa', 'shock-index']);
});

test('a transaction that fails changes neither the record nor the ward', () => {
  admit();
  expect(() =>
    ward.commit((write, draft) => {
      draft.admit(write, { ...ASHA, id: 'other', identifier: 'M2' }, 'B2', false);
      draft.passTime(write, 'asha');
      throw new Error('half-way');
    }),
  ).toThrow('half-way');
  expect(ward.beds()).toHaveLength(1);
  restart();
  expect(ward.beds()).toHaveLength(1);
});

test('a late correction marks the open alert that rang on its value, and none that rang on a later one', () => {
  admit();
  const firstMs = clock.wall();
  observe(WELL);
  clock.advance(10 * 60_000);
  const secondMs = clock.wall();
  observe(ILL);
  expect(bed().alerts.alerts).toHaveLength(1);
  clock.advance(10 * 60_000);
  observe(ILL);
  // Newer ones have taken their place: neither is in memory any more.
  expect(bed().sets.map(({ observedMs }) => observedMs)).toEqual([clock.wall()]);
  observe({ ...WELL, rr: 17 }, 'hand', firstMs);
  expect(bed().alerts.alerts[0]?.correctedAt).toBeNull();
  observe({ ...ILL, rr: 22 }, 'hand', secondMs);
  expect(bed().alerts.alerts[0]?.correctedAt).toBe(new Date(clock.wall()).toISOString());
});

test('who cannot be told of a commit costs neither the others nor the commit', () => {
  admit({ ...ASHA, pregnant: true });
  const told: string[] = [];
  const deaf = createWard({
    store,
    sealing,
    clock,
    log: silentLog,
    policy: { validity: DEFAULT_VALIDITY_POLICY, alerts: DEFAULT_ALERT_POLICY },
    clockOffset: () => 0,
    newId: ids.next,
    onFired: () => undefined,
    listener: {
      bedChanged: () => {
        throw new Error('no screen');
      },
      bedGone: () => undefined,
      alertMoved: ({ transition: { alert } }) => {
        told.push(alert.rule);
        if (told.length === 1) throw new Error('no screen');
      },
      alertsRetold: () => undefined,
    },
  });
  ward = deaf;
  observe(ILL);
  expect(told.length).toBeGreaterThan(1);
  expect(bed().alerts.alerts).toHaveLength(told.length);
});

test('a patient who moves takes readings and alerts along; two cannot have one bed', () => {
  admit();
  observe(ILL);
  ward.commit((write, draft) => draft.admit(write, ASHA, 'B7', true));
  expect(bed()).toMatchObject({ bed: 'B7', score: { total: 12 } });
  expect(bed().alerts.alerts).toHaveLength(1);
  expect(() => admit({ ...ASHA, id: 'other', identifier: 'M2' }, 'B7')).toThrow();
  restart();
  expect(bed()).toMatchObject({ bed: 'B7' });
});

const rowsBetween = (fromMs: number, toMs: number) =>
  packedHistorySchema.parse(historyOf(store.read, { patientIds: ['asha'], fromMs, toMs }));

test('a history is whole while it is short and thinned when it is long; hand entries stay', () => {
  admit();
  const start = clock.wall();
  store.transaction((write) => {
    for (let second = 0; second < 5000; second++) {
      const ms = start + second * 1000;
      appendSet(
        write,
        {
          patientId: 'asha',
          observedAt: new Date(ms).toISOString(),
          observedMs: ms,
          receivedAt: new Date(ms).toISOString(),
          receivedMs: ms,
          receivedBootMs: 0,
          bootId: null,
          source: { kind: second % 1000 === 7 ? 'hand' : 'monitor', name: 'one' },
          values: { hr: 80 },
          messageId: null,
          enteredBy: null,
        },
        ms,
      );
    }
  });
  expect(rowsBetween(start, start + 999_000)).toHaveLength(1000);
  const thinned = rowsBetween(start, start + 5_000_000);
  expect(thinned.length).toBeLessThanOrEqual(2010);
  expect(thinned.length).toBeGreaterThan(1000);
  expect(thinned.filter(({ source }) => source === 'hand')).toHaveLength(5);
  const times = thinned.map(({ at }) => at);
  expect(times).toEqual([...times].sort());
});

test('a stream whose messages have many sets each is a stream: its receipts are its messages', () => {
  admit();
  const sensors = ['rr', 'hr', 'spo2', 'temp_c', 'sbp', 'dbp', 'pulse', 'map'] as const;
  for (let second = 0; second < 20; second++) {
    const base = { patientId: 'asha', receivedMs: clock.wall(), receivedBootMs: clock.boot() };
    ward.commit((write, draft) =>
      draft.observe(
        write,
        'asha',
        sensors.map((vital) => ({
          ...base,
          observedAt: new Date(clock.wall()).toISOString(),
          observedMs: clock.wall(),
          receivedAt: new Date(clock.wall()).toISOString(),
          bootId: clock.bootId(),
          source: { kind: 'monitor' as const, name: `M · ${vital}` },
          values: { [vital]: 40 },
          messageId: null,
          enteredBy: null,
        })),
      ),
    );
    clock.advance(1000);
  }
  // A stream is scored right after its commit.
  ward.tick();
  expect(bed().receipts.length).toBeGreaterThanOrEqual(16);
  expect(bed().observed.hr?.source.mode).toBe('streamed');
});

test('a restart finds the newest values of a device whose clock is ahead', () => {
  admit();
  observe({ hr: 72 }, 'monitor', clock.wall() - 60_000);
  observe({ hr: 141 }, 'monitor', clock.wall() + 3 * 60_000);
  clock.advance(5000);
  expect(ward.shown(bed()).observed.hr).toMatchObject({ value: 141, ageMs: 5000 });
  restart();
  expect(ward.shown(bed()).observed.hr).toMatchObject({ value: 141, ageMs: 5000 });
});

test('a stamp from a time when our clock was wrong hides nothing and is not fresh after a restart', () => {
  admit();
  const right = clock.wall();
  clock.setWall(right + 48 * 3_600_000);
  observe({ hr: 141 }, 'monitor');
  clock.setWall(right);
  clock.advance(60_000);
  observe({ hr: 72 }, 'monitor');
  restart();
  expect(ward.shown(bed()).observed.hr).toMatchObject({ value: 72 });
  clock.startAgain();
  restart();
  expect(ward.shown(bed()).observed.hr).toMatchObject({ value: 72 });
});

test('a bed that fails is shown as it ages and holds up no other bed', () => {
  admit();
  observe(ILL);
  admit({ ...ASHA, id: 'second', identifier: 'M2' }, 'B2');
  observe(ILL, 'hand', clock.wall(), 'second');
  changed = [];
  store.transaction((write) =>
    write.run(
      `CREATE TRIGGER full BEFORE UPDATE ON alert_state WHEN OLD.patient_id = 'asha'
       BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    ),
  );
  pass(121);
  expect(bed('second').alerts.alerts[0]).toMatchObject({ state: 'escalated' });
  expect(bed().alerts.alerts[0]).toMatchObject({ state: 'active' });
  expect(changed.filter((id) => id === 'asha')).not.toEqual([]);
});

test('facts tell which readings were no longer current, and how old they were', () => {
  admit();
  observe(WELL);
  clock.advance(70 * 60_000);
  expect(readingAt(ward.shown(bed()).observed.temp_c).state).toBe('stale');
  observe({ rr: 26, spo2: 91, sbp: 95, dbp: 60, hr: 118, on_oxygen: true });
  const [kept] = readAlerts(store.read, sealing, 'asha', 1);
  expect(kept?.facts.stale).toEqual([
    { parameter: 'consciousness', minutes_old: 70 },
    { parameter: 'temp', minutes_old: 70 },
  ]);
  clock.advance(1000);
  observe(ILL);
  const [later] = bed().alerts.alerts;
  if (kept === undefined || later === undefined) throw new Error('nothing rang');
  expect(factsOf(bed(), later).stale).toBeUndefined();
});

test('facts tell what rang, with what it was compared, and what the monitor cannot measure', () => {
  admit();
  observe({ ...WELL, spo2: 98 });
  clock.advance(8 * 60_000);
  observe({ ...WELL, spo2: 91 });
  const fall = readAlerts(store.read, sealing, 'asha', 10).find(({ alert }) => alert.rule === 'spo2-fall');
  expect(fall?.facts.trigger).toMatchObject({
    rule: 'spo2-fall',
    value: 7,
    threshold: 5,
    change: { from: 98, to: 91, minutes: 8, window_minutes: 10 },
  });
  clock.advance(60_000);
  observe({ ...WELL, sbp: 84, dbp: 40, spo2: 91 });
  const low = readAlerts(store.read, sealing, 'asha', 10).find(({ alert }) => alert.rule === 'map-low');
  expect(low?.facts.trigger).toMatchObject({
    rule: 'map-low',
    value: 55,
    mean: { measured: false, sbp: 84, dbp: 40 },
  });
});
