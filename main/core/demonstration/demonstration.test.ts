import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scoreNews2 } from '../../../app/scoring/news2.ts';
import { testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  RESOURCES,
  type RunningCore,
  startCore,
} from '../testing/running-core.ts';
import { readReplayFile } from './replay-file.ts';
import { readReplayTable } from './replay-table.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

const SAMPLE = readFileSync(join(RESOURCES, 'replays', 'deterioration.csv'), 'utf8');

test('the bundled sample is twenty minutes from a score of 0 or 1 to 9 or more', () => {
  const table = readReplayTable(SAMPLE);
  if (!table.ok) throw new Error(table.problem);
  const totals = table.rows.map(({ values }) => {
    const score = scoreNews2(values);
    if ('applicable' in score || !score.complete) throw new Error('the sample is not complete');
    return score.total;
  });
  expect(table.rows.at(-1)?.atMs).toBe(20 * 60_000);
  expect(totals[0]).toBeLessThanOrEqual(1);
  expect(totals.at(-1)).toBeGreaterThanOrEqual(9);
});

test('a table that is not one is refused with its line', () => {
  expect(readReplayTable('minutes,rr\n0,16')).toMatchObject({ ok: false, line: 1 });
  expect(readReplayTable('seconds,rr\n0,16\n0,17')).toMatchObject({ ok: false, line: 3 });
  expect(readReplayTable('seconds,rr\n0,16\n30,160')).toMatchObject({ ok: false, line: 3 });
  expect(readReplayTable('seconds,temp_c\n0,37,5')).toMatchObject({ ok: false, line: 2 });
  expect(readReplayTable('seconds,acvpu\n0,X')).toMatchObject({ ok: false, line: 2 });
  expect(readReplayTable('seconds,rr\n')).toMatchObject({ ok: false });
});

test('of a hospital’s own table the first patient is played, and what cannot be read is left out', () => {
  const text = [
    'stay_id,charttime,Heart Rate,temp_f',
    'a,2121-12-07T20:30:00,78,98.6',
    'b,2121-12-07T20:31:00,60,98.6',
    'a,2121-12-07T21:30:00,0,100.4',
  ].join('\n');
  expect(readReplayTable(text)).toEqual({
    ok: true,
    rows: [
      { atMs: 0, values: { hr: 78, temp_c: 37 } },
      { atMs: 3_600_000, values: { temp_c: 38 } },
    ],
  });
});

test('it plays beside the real beds, marked, alerts as real sets do, and leaves when it is stopped', {
  timeout: 60_000,
}, async () => {
  const terminal = one.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
  granted(await terminal.command('demonstration.start', { speed: 120 }));
  expect(await terminal.command('demonstration.start', { speed: 120 })).toMatchObject({
    error: { code: 'not-allowed-now' },
  });
  // A real patient may lie in a bed of the same name.
  const sender = await connectSender(one.port);
  sender.write(framed(oruText({ controlId: 'C1', bed: 'Demo' })));
  expect(await sender.answer()).toContain('MSA|AA|C1');
  sender.end();

  const alert = await terminal.until((event) =>
    event.type === 'alert' && event.alert.demonstration && event.alert.rule === 'news2-high'
      ? event.alert
      : null,
  );
  expect(alert.patientName).toBe('Demonstration patient');
  await terminal.until((event) =>
    event.type === 'system' && event.system.demonstration?.running === false ? event : null,
  );
  const snapshot = granted(await terminal.query('ward.snapshot', {}));
  expect(snapshot.beds.map(({ bed, patient }) => [bed, patient.demonstration])).toEqual(
    expect.arrayContaining([
      ['Demo', true],
      ['Demo', false],
    ]),
  );
  const demonstration = snapshot.beds.find(({ patient }) => patient.demonstration);
  expect(demonstration?.score).toMatchObject({ complete: true });
  expect(demonstration?.observed.rr).toMatchObject({ source: { kind: 'demonstration', mode: 'charted' } });
  const history = granted(
    await terminal.query('bed.history', { patientId: demonstration?.patient.id ?? '', hours: 1 }),
  );
  const times = history.rows.map(({ at }) => Date.parse(at));
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(19 * 60_000);
  expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());

  granted(await terminal.command('demonstration.stop', {}));
  const after = granted(await terminal.query('ward.snapshot', {}));
  expect(after.beds.map(({ patient }) => patient.demonstration)).toEqual([false]);
  expect(after.alerts.some((open) => open.demonstration)).toBe(false);
  expect(after.system.demonstration).toBeNull();
  const kept = granted(await terminal.query('alert.list', { patientId: demonstration?.patient.id ?? '' }));
  expect(kept.alerts.length).toBeGreaterThan(0);
  expect(kept.alerts.every(({ state, demonstration: marked }) => state === 'resolved' && marked)).toBe(true);
});

test('a file of any kind is replayed on the invented patient, and says how far it is', async () => {
  const at = Date.UTC(2026, 0, 5, 10);
  const hl7 = [0, 1, 2]
    .map((index) => oruText({ controlId: `R${index}`, patient: 'OTHER-7', at: at + index * 1000 }))
    .join('');
  const observation = (value: number, seconds: number) => ({
    resource: {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
      subject: { identifier: { value: 'OTHER-7' } },
      effectiveDateTime: new Date(at + seconds * 1000).toISOString(),
      valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '/min' },
    },
  });
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [observation(80, 5), observation(82, 6)],
  };
  expect(readReplayFile(hl7, new Date().toISOString())).toMatchObject({
    ok: true,
    rows: [{ atMs: 0, values: { rr: 26 } }, { atMs: 1000 }, { atMs: 2000 }],
  });
  expect(readReplayFile(JSON.stringify(bundle), new Date().toISOString())).toEqual({
    ok: true,
    rows: [
      { atMs: 0, values: { hr: 80 } },
      { atMs: 1000, values: { hr: 82 } },
    ],
  });
  const terminal = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await terminal.command('ward.set-up', setUp));
  const [person] = granted(await terminal.query('ward.snapshot', {})).people;
  granted(await terminal.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  expect(await terminal.command('demonstration.start', { speed: 60, text: '{}' })).toMatchObject({
    error: { code: 'file-unreadable' },
  });
  granted(await terminal.command('demonstration.start', { speed: 3600, text: hl7 }));
  const ended = await terminal.until((event) =>
    event.type === 'system' && event.system.demonstration?.running === false ? event.system : null,
  );
  expect(ended.demonstration).toEqual({ running: false, speed: 3600, isFile: true, through: 3, rows: 3 });
  const { beds } = granted(await terminal.query('ward.snapshot', {}));
  expect(beds.map(({ patient }) => [patient.demonstration, patient.identifier.startsWith('DEMO-')])).toEqual([
    [true, true],
  ]);
});
