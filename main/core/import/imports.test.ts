import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImportState } from '../../../app/contract/calls/imports.ts';
import { NOON, testClock, testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let admin: TestTerminal;
let patientId: string;

beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path, { clock: testClock() });
  admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  const particulars = { name: 'Asha', birthDate: null, sex: 'F', pregnant: false } as const;
  const admitted = await admin.command('patient.admit', { ...particulars, bed: 'B1', identifier: 'M1' });
  granted(admitted);
  patientId = (await bed()).patient.id;
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

async function bed() {
  const [first] = granted(await admin.query('ward.snapshot', {})).beds;
  if (first === undefined) throw new Error('no bed');
  return first;
}

async function ended(importId: string): Promise<ImportState> {
  for (;;) {
    const state = granted(await admin.query('import.state', { importId }));
    if (!['trying', 'importing'].includes(state.phase)) return state;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

async function tried(text: string, zone: string | null = 'UTC', whose: string | null = null) {
  const { importId } = granted(await admin.command('import.open', { name: 'ward.csv', text }));
  granted(
    await admin.command('import.try', { importId, columns: [], zone, patientId: whose, decimals: null }),
  );
  return { importId, state: await ended(importId) };
}

async function taken(text: string): Promise<ImportState> {
  const { importId } = await tried(text);
  granted(await admin.command('import.commit', { importId }));
  const state = await ended(importId);
  granted(await admin.command('import.close', { importId }));
  return state;
}

const at = (minutesAgo: number) => new Date(NOON - minutesAgo * 60_000).toISOString();
const history = async () => granted(await admin.query('bed.history', { patientId, hours: 48 })).rows;

/** A set that scores 12 without consciousness. */
const TABLE = `mrn,time,rr,spo2,sbp,hr,temp_c
M1,${at(30 * 60)},26,92,95,118,38.4
M1,${at(29 * 60)},26,92,95,900,38.4
M9,${at(28 * 60)},26,92,95,118,38.4
M1,soon,26,92,95,118,38.4
M1,${at(27 * 60)},,,,,
`;

test('a dry run judges every row and leaves no trace', async () => {
  const { state } = await tried(TABLE);
  expect(state).toMatchObject({
    phase: 'tried',
    rows: 5,
    through: 5,
    account: { taken: 1, partly: 1, known: 0, empty: 1, refused: 2 },
  });
  expect(state.problems).toEqual([
    { row: 3, column: 'hr', reason: 'implausible' },
    { row: 4, column: '', reason: 'unknown-patient' },
    { row: 5, column: 'time', reason: 'time-invalid' },
  ]);
  expect(await history()).toEqual([]);
  expect(granted(await admin.query('import.list', {}))).toEqual([]);
});

test('an import takes what the dry run found; the same file again is known row by row', async () => {
  const first = await taken(TABLE);
  expect(first).toMatchObject({ phase: 'done', account: { taken: 1, partly: 1, refused: 2, empty: 1 } });
  expect(await history()).toHaveLength(2);
  const again = await taken(TABLE);
  // The row whose one value is refused stays a row of which something was not taken.
  expect(again.account).toEqual({ taken: 0, partly: 0, known: 2, empty: 1, refused: 2 });
  expect(await history()).toHaveLength(2);
  const list = granted(await admin.query('import.list', {}));
  expect(list).toHaveLength(2);
  expect(list[0]).toMatchObject({ name: 'ward.csv', kind: 'csv', state: 'done', startedBy: 'A' });
});

test('what lies in the past raises no alert and is not shown as current; nobody is admitted', async () => {
  await taken(TABLE);
  const snapshot = granted(await admin.query('ward.snapshot', {}));
  expect(snapshot.alerts).toEqual([]);
  expect(snapshot.beds).toHaveLength(1);
  const fresh = await taken(`mrn,time,rr,spo2,sbp,hr,temp_c\nM1,${at(1)},26,92,95,118,38.4\n`);
  expect(fresh.account.taken).toBe(1);
  // A set of a minute ago is one that counts: the rules look at it as at any charted set.
  expect(granted(await admin.query('ward.snapshot', {})).alerts.length).toBeGreaterThan(0);
});

test('what the record says of a moment is changed by no file that is not a correction', async () => {
  await taken(`mrn,time,hr\nM1,${at(1500)},80\n`);
  const other = await taken(`mrn,time,hr\nM1,${at(1500)},90\n`);
  expect(other).toMatchObject({
    account: { refused: 1, taken: 0 },
    problems: [{ row: 2, reason: 'told-otherwise' }],
  });
  const correction = await taken(observation('corrected', 90));
  expect(correction.account.taken).toBe(1);
  const withdrawn = await taken(observation('entered-in-error', 90));
  expect(withdrawn.account.taken).toBe(1);
  const twice = await taken(observation('entered-in-error', 90));
  expect(twice.problems).toMatchObject([{ row: 1, reason: 'nothing-to-delete' }]);
});

function observation(status: string, value: number): string {
  return JSON.stringify({
    resourceType: 'Observation',
    status,
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { identifier: { value: 'M1' } },
    effectiveDateTime: at(1500).replace(/\.000Z$/, 'Z'),
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '/min' },
  });
}

test('what was entered in error takes back its own value alone, and a dry run says what the import then does', async () => {
  const bundle = (...all: readonly string[]): string =>
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: all.map((one) => ({ resource: JSON.parse(one) })),
    });
  expect((await taken(observation('final', 99))).account.taken).toBe(1);
  // Another one of the same moment was wrong: the value that stands is not its.
  const other = await taken(observation('entered-in-error', 80));
  expect(other.problems).toMatchObject([{ reason: 'nothing-to-delete' }]);
  expect(JSON.stringify(await history())).toContain('"hr":99');

  for (const [text, account] of [
    [bundle(observation('corrected', 70), observation('entered-in-error', 70)), { taken: 2, refused: 0 }],
    [bundle(observation('final', 60), observation('final', 61)), { taken: 1, refused: 1 }],
  ] as const) {
    const { importId, state } = await tried(text);
    expect(state.account).toMatchObject(account);
    granted(await admin.command('import.commit', { importId }));
    expect((await ended(importId)).account).toEqual(state.account);
  }
});

test('a table without patients needs one to be chosen, and a time without a zone has the chosen one', async () => {
  const table = 'time,hr\n2026-09-11 10:00,80\n';
  expect((await tried(table)).state.problems).toMatchObject([{ reason: 'patient-missing' }]);
  const { importId, state } = await tried(table, 'Asia/Kolkata', patientId);
  expect(state.account.taken).toBe(1);
  granted(await admin.command('import.commit', { importId }));
  await ended(importId);
  expect(JSON.stringify(await history())).toContain('2026-09-11T10:00:00+05:30');
});

test('nothing is taken before it was tried, and what is no table of vitals is refused with the reason', async () => {
  const { importId } = granted(await admin.command('import.open', { name: 'a.csv', text: TABLE }));
  expect(await admin.command('import.commit', { importId })).toMatchObject({
    error: { code: 'not-allowed-now' },
  });
  expect(
    await admin.command('import.open', { name: 'a.json', text: '{"resourceType":"Patient"}' }),
  ).toMatchObject({ error: { code: 'file-unreadable', parameters: { reason: 'not-understood' } } });
  const seconds = granted(await admin.command('import.open', { name: 'a.csv', text: 'seconds,hr\n0,80\n' }));
  expect(
    await admin.command('import.try', {
      importId: seconds.importId,
      columns: [],
      zone: null,
      patientId: null,
      decimals: null,
    }),
  ).toMatchObject({ error: { parameters: { reason: 'time-relative' } } });
});

test('a table with decimal commas is read as it is written, and what could be read in two ways is not guessed', async () => {
  const table = `time;mrn;temp_c;hr\n${at(9)};M1;38,4;90\n${at(8)};M1;1,234;91\n`;
  const { state } = await tried(table);
  expect(state).toMatchObject({ account: { taken: 1, partly: 1 } });
  expect(state.problems).toMatchObject([{ row: 3, reason: 'decimal-mark-unclear' }]);
  await taken(table);
  expect((await history()).map(({ values }) => [values.temp_c, values.hr])).toEqual([
    [38.4, 90],
    [undefined, 91],
  ]);
  const both = `time;mrn;temp_c\n${at(7)};M1;38,4\n${at(6)};M1;38.5\n`;
  const opened = granted(await admin.command('import.open', { name: 'b.csv', text: both }));
  expect(opened.decimals).toBe('unclear');
  const options = { importId: opened.importId, columns: [], zone: 'UTC', patientId: null };
  expect(await admin.command('import.try', { ...options, decimals: null })).toMatchObject({
    error: { parameters: { reason: 'decimal-mark-unclear' } },
  });
  granted(await admin.command('import.try', { ...options, decimals: 'comma' }));
  expect(await ended(opened.importId)).toMatchObject({ account: { taken: 1, refused: 1 } });
});
