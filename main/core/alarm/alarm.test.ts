import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OutputLevel } from '../../../app/alerting/sound/fault.ts';
import type { Outcome } from '../../../app/contract/outcome.ts';
import type { AlarmView, PersonView } from '../../../app/contract/views.ts';
import type { Store } from '../store/database.ts';
import { createTechnical, type Technical } from '../technical/technical.ts';
import type { OpenCall, PermittedCall } from '../terminal/calls.ts';
import {
  countingIds,
  openTestStore,
  silentLog,
  type TestClock,
  testClock,
  testFolder,
} from '../testing/ports.ts';
import { granted, startCore } from '../testing/running-core.ts';
import type { WardDraft } from '../ward/draft.ts';
import { type Alarm, createAlarm } from './alarm.ts';

const ROHAN: PersonView = { id: 'person-1', name: 'Rohan', role: 'nurse' };
const MINUTE = 60_000;
let folder: ReturnType<typeof testFolder>;
let store: Store;
let clock: TestClock;
let technical: Technical;
let alarm: Alarm;
let minutes: number;
let level: OutputLevel | null;

function start(on: Store = store): Alarm {
  technical = createTechnical({
    store: on,
    clock,
    ids: countingIds(),
    log: silentLog,
    onChange: () => undefined,
  });
  return createAlarm({
    store: on,
    clock,
    log: silentLog,
    technical,
    people: () => [ROHAN],
    beds: () => [],
    minutes: () => minutes,
    level: () => Promise.resolve(level),
    onChange: () => undefined,
  });
}

beforeEach(() => {
  folder = testFolder();
  store = openTestStore(join(folder.path, 'ward.db'));
  clock = testClock();
  minutes = 2;
  level = null;
  alarm = start();
});
afterEach(() => {
  alarm.close();
  store.close();
  folder.remove();
});

const session = { person: () => null, signedIn: () => undefined, signedOut: () => undefined };
const nobody: OpenCall = { session };
const byRohan: PermittedCall = {
  session,
  person: ROHAN,
  commit: (_subject, _detail, work) => {
    const noDraft = {} as WardDraft;
    return store.transaction((write) => work(write, noDraft));
  },
};
async function value<T>(outcome: Outcome<T> | Promise<Outcome<T>>): Promise<T> {
  return granted(await outcome);
}
const putOff = (): Promise<AlarmView> => value(alarm.commands['alarm.audio-off']({}, byRohan));
const unheard = () => technical.open().find(({ code }) => code === 'alarm-unheard');

test('audio off is for the site’s minutes from now, by whoever is signed in, and ends by itself', async () => {
  minutes = 4;
  const since = clock.wall();
  const { audioOff } = await putOff();
  expect(audioOff).toMatchObject({ by: 'Rohan' });
  expect(Date.parse(audioOff?.until ?? '') - since).toBe(4 * MINUTE);
  clock.advance(4 * MINUTE - 1);
  expect(alarm.view().audioOff).not.toBeNull();
  clock.advance(1);
  expect(alarm.view().audioOff).toBeNull();
});

test('it outlives a restart, and not its own end', async () => {
  const { audioOff } = await putOff();
  clock.advance(MINUTE);
  expect(start().view().audioOff).toEqual(audioOff);
  clock.advance(MINUTE);
  expect(start().view().audioOff).toBeNull();
});

test('a store that takes nothing does not keep a ward silent', async () => {
  await putOff();
  const full: Store = {
    ...store,
    transaction: () => {
      throw new Error('database or disk is full');
    },
  };
  alarm = start(full);
  expect(alarm.view().audioOff).not.toBeNull();
  expect((await value(alarm.commands['alarm.audio-on']({}, nobody))).audioOff).toBeNull();
  expect(alarm.view().audioOff).toBeNull();
});

test('a tone that nobody heard is a technical alert, over a restart too, until somebody hears it', async () => {
  await value(alarm.commands['alarm.answer-tone']({ heard: false }, byRohan));
  expect(unheard()).toMatchObject({ parameters: { reason: 'not-heard' } });
  alarm = start();
  expect(unheard()).toMatchObject({ parameters: { reason: 'not-heard' } });
  const { tone } = await value(alarm.commands['alarm.answer-tone']({ heard: true }, byRohan));
  expect(tone).toMatchObject({ heard: true, by: 'Rohan' });
  expect(Date.parse(tone?.at ?? '')).toBe(clock.wall());
  expect(unheard()).toBeUndefined();
});

test('what the window finds out about its output is told while it is so', async () => {
  const report = (fault: 'no-output' | null) =>
    value(alarm.commands['alarm.report-output']({ fault }, nobody));
  await report('no-output');
  expect(unheard()).toMatchObject({ parameters: { reason: 'no-output' } });
  await report(null);
  expect(unheard()).toBeUndefined();
});

test('an output that is muted or turned down is told once a window sounds through it', async () => {
  level = { isMuted: true, percent: 80 };
  expect(unheard()).toBeUndefined();
  await value(alarm.commands['alarm.report-output']({ fault: null }, nobody));
  await expect.poll(() => unheard()?.parameters.reason).toBe('muted');
  expect(alarm.view().level).toEqual(level);
});

test('in a ward: a lesser alert leaves the sound off, a new high one ends it, and the audit says who did what', async () => {
  const place = testFolder();
  const one = await startCore(place.path, { clock });
  const terminal = one.terminal();
  const off = async () => granted(await terminal.query('ward.snapshot', {})).system.alarm.audioOff;
  async function admit(bed: string, values: { rr?: number; sbp?: number; dbp?: number }): Promise<void> {
    const person = { bed, name: 'Asha', identifier: `M${bed}`, birthDate: null, pregnant: false };
    const { patientId } = granted(await terminal.command('patient.admit', { ...person, sex: 'F' }));
    const confirmed = Object.keys(values);
    granted(await terminal.command('observation.enter', { patientId, values, confirmed }));
  }
  try {
    granted(
      await terminal.command('ward.set-up', {
        wardName: 'ICU',
        language: 'en',
        administrator: { name: 'Meera', pin: '1234' },
      }),
    );
    granted(await terminal.command('alarm.audio-off', {}));
    expect(await off()).toMatchObject({ by: 'Meera' });
    await admit('B1', { rr: 26 });
    expect(granted(await terminal.query('ward.snapshot', {})).alerts).toMatchObject([{ priority: 'low' }]);
    expect(await off()).not.toBeNull();
    await admit('B2', { sbp: 80, dbp: 45 });
    expect(await off()).toBeNull();
    // Told to everybody who looks.
    await terminal.until((event) =>
      event.type === 'system' && event.system.alarm.audioOff === null ? true : null,
    );
    const filter = { actor: null, kind: 'alarm', from: null, to: null } as const;
    const { entries } = granted(await terminal.query('audit.list', { before: null, filter }));
    const [meera] = granted(await terminal.query('ward.snapshot', {})).people;
    expect(entries.map(({ actor, action }) => [actor, action]).reverse()).toEqual([
      [meera?.id, 'alarm.audio-off'],
      ['system', 'alarm.audio-on'],
    ]);
  } finally {
    terminal.close();
    await one.core.close();
    place.remove();
  }
});
