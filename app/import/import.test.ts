import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ColumnMap, columnsOf } from '../replay/columns.ts';
import { readCsv } from './csv.ts';
import { readFhirEntries, readFhirFile } from './fhir.ts';
import { EMPTY_ACCOUNT, verdictsOf, withVerdicts } from './row.ts';
import { readRun, runsOf, tableProblem } from './table-rows.ts';

const UTC = 0;
const INDIA = 330;

test('a table written by any rules of RFC 4180 is read back as it was', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é', '7') });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, by, end) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = rows.map((row) => row.map(quoted).join(by)).join(end);
      expect(readCsv(`\uFEFF${text}${end}`, by).map(({ cells }) => cells)).toEqual(rows);
    }),
  );
});

function readTableText(text: string, zone: number) {
  const records = readCsv(text);
  const [header] = records;
  if (header === undefined) throw new Error('no header');
  const columns = new Map();
  return [...runsOf(records, columns, 2)].map((run) =>
    readRun(header, run, { columns, zone, mark: 'point' }),
  );
}

test('rows become sets with the site’s zone, and each refused value names its row and column', () => {
  const [first, second] = readTableText(
    'mrn,charttime,hr,spo2\nM1,2026-09-12 10:00,88,97\nM2,2026-09-12 10:05,88 (ignore),96\nM3,,80,95\n',
    INDIA,
  );
  expect(first?.sets).toEqual([
    {
      rows: [2],
      identifier: 'M1',
      observedAt: '2026-09-12T10:00:00+05:30',
      values: { hr: 88, spo2: 97 },
      corrects: false,
      withdraws: [],
    },
    {
      rows: [3],
      identifier: 'M2',
      observedAt: '2026-09-12T10:05:00+05:30',
      values: { spo2: 96 },
      corrects: false,
      withdraws: [],
    },
  ]);
  expect(first?.problems).toEqual([{ row: 3, column: 'hr', reason: 'not-a-number' }]);
  expect(second?.problems).toEqual([{ row: 4, column: 'charttime', reason: 'time-missing' }]);
});

test('units in headings are recognised, converted, and refused where they do not fit', () => {
  const heading = 'mrn,time,SpO2 (%),HR [bpm],RR (breaths/min),Temp (°F),SBP (kPa),MAP [mm[Hg]],FiO2 (%)';
  const [read] = readTableText(`${heading}\nM1,2026-09-12T10:00Z,97,88,18,101.3,16,70,40\n`, UTC);
  expect(read?.problems).toEqual([]);
  expect(read?.sets[0]?.values).toMatchObject({
    ...{ spo2: 97, hr: 88, rr: 18, temp_c: 38.5, sbp: 120, map: 70, fio2: 40 },
  });
  const [unfit] = readTableText(
    'mrn,time,SpO2 (kPa),HR (breaths/min),DBP (stone),Temperature (°C)\nM1,2026-09-12T10:00Z,97,88,60,37.2\n',
    UTC,
  );
  expect(unfit?.sets[0]?.values).toEqual({ temp_c: 37.2 });
  expect(unfit?.problems.map(({ column, reason }) => [column, reason])).toEqual([
    ['SpO2 (kPa)', 'unit-unfit'],
    ['HR (breaths/min)', 'unit-unfit'],
  ]);
  // What stands in brackets there is no unit: nobody knows what is in the column until a person has said it.
  expect(columnsOf(['DBP (stone)'])).toEqual([{ name: 'DBP (stone)', field: null }]);
});

test('the bare heading goes before one in brackets, and a column mapped by hand is what it was mapped to', () => {
  const [read] = readTableText('mrn,time,HR (stone),HR\nM1,2026-09-12T10:00Z,60,88\n', UTC);
  expect(read?.sets[0]?.values).toEqual({ hr: 88 });
  const columns: ColumnMap = new Map([['Temp (oral)', 'temp_c']]);
  const records = readCsv('mrn,time,Temp (oral)\nM1,2026-09-12T10:00Z,37.4\n');
  const [header, ...rows] = records;
  if (header === undefined) throw new Error('no header');
  const mapped = readRun(header, rows, { columns, zone: UTC, mark: 'point' });
  expect(mapped.sets[0]?.values).toEqual({ temp_c: 37.4 });
});

test('a moment that is told in several rows is never cut between two runs', () => {
  const readings = readTableText(
    'mrn,time,vital,value\nM1,2026-09-12T10:00Z,hr,88\nM1,2026-09-12T10:00Z,rr,18\nM1,2026-09-12T10:00Z,spo2,97\n',
    UTC,
  );
  expect(readings).toHaveLength(1);
  expect(readings[0]?.sets[0]).toMatchObject({ rows: [2, 3, 4], values: { hr: 88, rr: 18, spo2: 97 } });
});

test('a table of seconds has no date, and one without vitals nothing to take', () => {
  expect(tableProblem(readCsv('seconds,hr\n0,80\n'), new Map())).toBe('time-relative');
  expect(tableProblem(readCsv('time,colour\n2026-09-12T10:00Z,red\n'), new Map())).toBe('no-vital-column');
  expect(tableProblem(readCsv('hr\n80\n'), new Map())).toBe('no-time-column');
  expect(tableProblem(readCsv('time,hr\n2026-09-12T10:00Z,80\n'), new Map())).toBeNull();
});

test('every row is counted exactly once, whatever stands in it', () => {
  const cell = fc.constantFrom('', '88', '900', 'x', '2026-09-12T10:00Z', '2026-13-40', 'M1', 'M2', '"');
  const row = fc.array(cell, { minLength: 1, maxLength: 5 }).map((cells) => cells.join(','));
  const outcome = fc.constantFrom('taken' as const, 'known' as const, { refused: 'unknown-patient' });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), outcome, (rows, told) => {
      const records = readCsv(`mrn,time,hr,rr\n${rows.join('\n')}\n`);
      const [header, ...body] = records;
      if (header === undefined) return;
      let account = EMPTY_ACCOUNT;
      const columns = new Map();
      for (const run of runsOf(records, columns, 3)) {
        const reading = readRun(header, run, { columns, zone: UTC, mark: 'point' });
        account = withVerdicts(
          account,
          verdictsOf(
            reading,
            reading.sets.map(() => told),
          ),
        );
      }
      expect(Object.values(account).reduce((sum, one) => sum + one, 0)).toBe(body.length);
    }),
  );
});

const quantity = (value: number, code: string) => ({
  value,
  code,
  unit: code,
  system: 'http://unitsofmeasure.org',
});
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
const subject = { identifier: { value: 'M1' } };
const effectiveDateTime = '2026-09-12T10:00:00+05:30';

function read(...resources: object[]) {
  const file = readFhirFile(
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'collection',
      entry: resources.map((resource) => ({ resource })),
    }),
  );
  if (file === null) throw new Error('no bundle');
  return readFhirEntries(file.entries, file.patients);
}

test('a blood pressure panel is read by its components, a temperature is converted', () => {
  const base = { resourceType: 'Observation', status: 'final', subject, effectiveDateTime };
  const { sets, problems } = read(
    {
      ...base,
      code: loinc('85354-9'),
      component: [
        { code: loinc('8480-6'), valueQuantity: quantity(95, 'mm[Hg]') },
        { code: loinc('8462-4'), valueQuantity: quantity(8, 'kPa') },
      ],
    },
    { ...base, code: loinc('8310-5'), valueQuantity: quantity(101.3, '[degF]') },
  );
  expect(problems).toEqual([]);
  expect(sets.map(({ rows, values }) => ({ rows, values }))).toEqual([
    { rows: [1], values: { sbp: 95, dbp: 60 } },
    { rows: [2], values: { temp_c: 38.5 } },
  ]);
});

test('an entry that is none is refused with its place, and the others are taken', () => {
  const resource = {
    ...{ resourceType: 'Observation', status: 'final', subject, effectiveDateTime },
    ...{ code: loinc('8867-4'), valueQuantity: quantity(88, '/min') },
  };
  const entry = [{ resource }, null, 'text', { resource, request: { method: 7 } }, { resource }];
  const file = readFhirFile(JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }));
  const { sets, problems } = readFhirEntries(file?.entries ?? [], file?.patients ?? new Map());
  expect(sets.map(({ rows }) => rows)).toEqual([[1], [5]]);
  const reason = 'entry-not-understood';
  expect(problems).toEqual([2, 3, 4].map((row) => ({ row, column: '', reason })));
});

test('status, time, unit and absent values decide what is taken, and each refusal says why', () => {
  const hr = { resourceType: 'Observation', code: loinc('8867-4'), subject, effectiveDateTime };
  const value = { valueQuantity: quantity(88, '/min') };
  const { sets, problems } = read(
    { ...hr, status: 'preliminary', ...value },
    { ...hr, status: 'corrected', ...value },
    { ...hr, status: 'entered-in-error' },
    { ...hr, status: 'final', dataAbsentReason: { coding: [{ code: 'not-performed' }] } },
    { ...hr, status: 'final', ...value, effectiveDateTime: '2026-09-12' },
    { ...hr, status: 'final', valueQuantity: { ...quantity(88, '/min'), comparator: '>' } },
    { ...hr, status: 'final', valueQuantity: quantity(88, 'mm[Hg]') },
    { ...hr, status: 'final', valueQuantity: quantity(900, '/min') },
    { ...hr, status: 'final', code: loinc('1234-5'), ...value },
    { resourceType: 'Device' },
  );
  expect(sets.map(({ rows, corrects, withdraws }) => ({ rows, corrects, withdraws }))).toEqual([
    { rows: [2], corrects: true, withdraws: [] },
    { rows: [3], corrects: false, withdraws: ['hr'] },
  ]);
  expect(problems.map(({ row, reason }) => [row, reason])).toEqual([
    [1, 'status-not-final'],
    [4, 'value-absent'],
    [5, 'time-imprecise'],
    [6, 'value-is-a-bound'],
    [7, 'unit-unfit'],
    [8, 'implausible'],
    [9, 'code-unknown'],
  ]);
});

test('a patient of the bundle gives the number; what is neither bundle nor observation is refused', () => {
  const { sets } = read(
    { resourceType: 'Patient', id: 'p', identifier: [{ value: 'M7' }] },
    {
      resourceType: 'Observation',
      status: 'final',
      code: loinc('8867-4'),
      subject: { reference: 'Patient/p' },
      effectiveDateTime,
      valueQuantity: quantity(88, '/min'),
    },
  );
  expect(sets[0]?.identifier).toBe('M7');
  expect(readFhirFile('{')).toBeNull();
  expect(readFhirFile('{"resourceType":"Patient"}')).toBeNull();
});
