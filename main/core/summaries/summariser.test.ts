/** The summaries follow from the observations alone, in whatever order and with whatever corrections these came. */
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { packedHistorySchema } from '../../../app/contract/packed-history.ts';
import type { NumericVital, Vital } from '../../../app/observation/vital.ts';
import type { Store } from '../store/database.ts';
import { NOON, openTestStore, testFolder } from '../testing/ports.ts';
import { appendSet, type NewSet, readSetsBetween } from '../ward/observations-table.ts';
import { readRecentSets } from '../ward/recent-sets.ts';
import { historyOf } from '../ward/serve-histories.ts';
import { minuteOf, summarise } from './minute-summary.ts';
import { readPlotMinutes, valuesAt } from './plot-minutes.ts';
import { type SummaryKey, summaryFromRows } from './summaries-table.ts';
import { createSummariser, readMark } from './summariser.ts';

let folder: ReturnType<typeof testFolder>;
let store: Store;
let count = 0;
beforeEach(() => {
  folder = testFolder();
  store = freshStore();
});
afterEach(() => {
  store.close();
  folder.remove();
});

/** A store that knows the patient `asha`; only her id matters here. */
function freshStore(): Store {
  const fresh = openTestStore(join(folder.path, `ward-${++count}.db`));
  fresh.transaction((write) =>
    write.run(
      `INSERT INTO patients (id, identifier_sealed, name_sealed, sex, pregnant, demonstration, created_ms)
       VALUES ('asha', x'00', x'00', 'F', 0, 0, 0)`,
    ),
  );
  return fresh;
}

function setAt(ms: number, more: Partial<NewSet> = {}): NewSet {
  const iso = new Date(ms).toISOString();
  return {
    patientId: 'asha',
    observedAt: iso,
    observedMs: ms,
    receivedAt: iso,
    receivedMs: ms + 300,
    receivedBootMs: 1000,
    bootId: 'start-1',
    source: { kind: 'monitor', name: 'M1' },
    values: { hr: 80 },
    messageId: 1,
    enteredBy: null,
    ...more,
  };
}

/** Summarises all that was received before `wallMs`, however many slices that takes; the slices are told. */
function summariseAll(wallMs: number, steady: () => number = () => 0): number {
  const summariser = createSummariser({ store, wall: () => wallMs, steady });
  let slices = 0;
  while (summariser.step()) slices++;
  return slices;
}

const VITALS_USED = ['hr', 'temp_c', 'on_oxygen', 'acvpu'] as const satisfies readonly Vital[];
const values = fc.record(
  {
    hr: fc.integer({ min: 40, max: 180 }),
    temp_c: fc.integer({ min: 340, max: 410 }).map((tenths) => tenths / 10),
    on_oxygen: fc.boolean(),
    acvpu: fc.constantFrom('A' as const, 'C' as const, 'V' as const),
  },
  { requiredKeys: [] },
);
const additions = fc.array(
  fc.record({
    second: fc.integer({ min: 0, max: 240 }),
    source: fc.constantFrom('M1', 'M1 · 1.2'),
    values,
    withdraws: fc.subarray([...VITALS_USED], { maxLength: 2 }),
    summariseAfter: fc.boolean(),
  }),
  { maxLength: 40 },
);

const keyRow = z.object({ patient: z.number(), source: z.number(), minute: z.number() });
const everyKey =
  'SELECT DISTINCT patient, source, observed_ms / 60000 AS minute FROM observations ORDER BY 1, 2, 3';

test('any order of sets, late, added to, corrected and withdrawn: the summaries are those of the rows', () => {
  fc.assert(
    fc.property(additions, (added) => {
      store.close();
      store = freshStore();
      for (const one of added) {
        const set = setAt(NOON + one.second * 1000, {
          values: one.values,
          source: { kind: 'monitor', name: one.source },
          withdraws: one.withdraws,
        });
        store.transaction((write) => appendSet(write, set, set.receivedMs + 5));
        if (one.summariseAfter) summariseAll(NOON + 600_000);
      }
      summariseAll(NOON + 600_000);
      const { read } = store;
      const keys = read.all(keyRow, everyKey);
      expect(
        read.all(keyRow, 'SELECT patient, source, minute FROM minute_summaries ORDER BY 1, 2, 3'),
      ).toEqual(keys);
      for (const key of keys) expectSummary(key);
    }),
    { numRuns: 20 },
  );
});

/** What is stored of a minute against what the rows in force say. */
function expectSummary(key: SummaryKey): void {
  const { read } = store;
  const name = read.one(
    z.object({ name: z.string() }),
    'SELECT name FROM sources WHERE id = ?',
    key.source,
  )?.name;
  const sets = readSetsBetween(read, 'asha', key.minute * 60_000, key.minute * 60_000 + 59_999).filter(
    (set) => set.source.name === name,
  );
  const expected = summarise(sets);
  expect(summaryFromRows(read, key)).toEqual(expected);
  const minutes = readPlotMinutes(read, 'asha', key.minute, key.minute);
  const place = minutes.source.findIndex((source) => source.name === name);
  const numbers: { [vital in NumericVital]?: number } = {};
  for (const vital of ['hr', 'temp_c'] as const) {
    const number = expected?.numbers[vital];
    if (number !== undefined) numbers[vital] = number.median;
  }
  expect(minutes.sets[place]).toBe(expected?.sets);
  expect(minutes.lastMs[place]).toBe(expected?.lastMs);
  expect(minutes.committedMs[place]).toBe(expected?.committedMs);
  expect(valuesAt(minutes, place)).toEqual({
    ...numbers,
    ...(expected?.on_oxygen === undefined ? {} : { on_oxygen: expected.on_oxygen }),
    ...(expected?.acvpu === undefined ? {} : { acvpu: expected.acvpu }),
  });
}

test('a minute: median of three and more, else the last; least and greatest; the last word on the rest', () => {
  const at = (second: number, of: NewSet['values']) => ({
    observedMs: NOON + second * 1000,
    receivedMs: NOON + second * 1000,
    committedMs: NOON + second * 1000,
    values: of,
  });
  expect(summarise([])).toBeNull();
  expect(
    summarise([
      at(0, { hr: 90, temp_c: 37.1, acvpu: 'A' }),
      at(5, { hr: 70, temp_c: 37.2 }),
      at(10, { hr: 80 }),
      at(15, { hr: 81, on_oxygen: false, acvpu: 'V' }),
    ]),
  ).toMatchObject({
    minute: minuteOf(NOON),
    sets: 4,
    numbers: {
      // Between 80 and 81 a half, rounded as every heart rate is.
      hr: { last: 81, min: 70, max: 90, median: 81 },
      temp_c: { last: 37.2, min: 37.1, max: 37.2, median: 37.2 },
    },
    on_oxygen: false,
    acvpu: 'V',
  });
});

test('a round is done in slices, and a slice that fails is done again', () => {
  store.transaction((write) => {
    for (let minute = 0; minute < 30; minute++) appendSet(write, setAt(NOON + minute * 60_000), NOON);
  });
  // Each look at the time is a millisecond later: a slice is a few minutes of the record.
  let time = 0;
  const steady = (): number => ++time;
  expect(summariseAll(NOON + 3_600_000, steady)).toBeGreaterThan(3);
  expect(readMark(store.read)).toBe(30);
  expect(readPlotMinutes(store.read, 'asha', 0, minuteOf(NOON + 3_600_000))).toMatchObject({
    minute: { length: 30 },
  });

  store.transaction((write) => appendSet(write, setAt(NOON + 40 * 60_000), NOON));
  let fails = true;
  const failing: Store = {
    ...store,
    commitAhead: (work) =>
      store.commitAhead((write) => {
        const value = work(write);
        if (fails) throw new Error('disk full');
        return value;
      }),
  };
  const summariser = createSummariser({ store: failing, wall: () => NOON + 3_600_000, steady: () => 0 });
  expect(() => summariser.step()).toThrow('disk full');
  expect(readMark(store.read)).toBe(30);
  fails = false;
  expect(summariser.step()).toBe(true);
  expect(readMark(store.read)).toBe(31);
  expect(summariser.step()).toBe(false);
});

test('what is received in the minute that is not over waits', () => {
  store.transaction((write) => {
    appendSet(write, setAt(NOON), NOON);
    appendSet(write, setAt(NOON + 60_000), NOON);
  });
  summariseAll(NOON + 61_000);
  expect(readMark(store.read)).toBe(1);
  summariseAll(NOON + 121_000);
  expect(readMark(store.read)).toBe(2);
});

test('readings are made of the same sets with and without summaries', () => {
  store.transaction((write) => {
    for (let second = 0; second < 3600; second += 5)
      appendSet(write, setAt(NOON + second * 1000, { values: { hr: 80, rr: 16 } }), NOON + second * 1000);
    appendSet(write, setAt(NOON + 601_000, { values: { temp_c: 37.5 } }), NOON + 700_000);
  });
  const now = { wallMs: NOON + 3_600_000, bootId: 'start-1' };
  const newest = (): unknown[] =>
    (['hr', 'rr', 'temp_c'] as const).map((vital) => {
      const sets = readRecentSets(store.read, 'asha', now).filter((set) => set.values[vital] !== undefined);
      const last = sets.at(-1);
      // The newest value and the minute before it: what a stream scores by.
      return sets.filter((set) => last !== undefined && last.observedMs - set.observedMs <= 60_000);
    });
  const without = newest();
  summariseAll(NOON + 3_600_000);
  expect(newest()).toEqual(without);
  expect(without.flat().length).toBeGreaterThan(12);
});

const rowsBetween = (fromMs: number, toMs: number) =>
  packedHistorySchema.parse(historyOf(store.read, { patientIds: ['asha'], fromMs, toMs }));

test('a long history is told by the minute, with what is not summarised yet, and thinned while that is much', () => {
  store.transaction((write) => {
    for (let second = 0; second < 4 * 3600; second += 5)
      appendSet(
        write,
        setAt(NOON + second * 1000, { values: { hr: 80 + (second % 60 === 0 ? 30 : 0) } }),
        NOON + second * 1000 + 400,
      );
    appendSet(
      write,
      setAt(NOON + 125_000, { source: { kind: 'hand', name: 'Asif' }, messageId: null, values: { rr: 20 } }),
      NOON,
    );
  });
  const end = NOON + 4 * 3_600_000;
  const backlog = rowsBetween(NOON, end);
  expect(backlog.length).toBeGreaterThan(1500);
  expect(backlog.every((row) => row.together === undefined)).toBe(true);

  summariseAll(end);
  // A late set and a correction of what is summarised already.
  store.transaction((write) => {
    appendSet(write, setAt(NOON + 601_000, { values: { hr: 55 } }), end);
    appendSet(write, setAt(NOON + 1_205_000, { values: { hr: 44 }, corrects: true }), end);
  });
  const rows = rowsBetween(NOON, end);
  const times = rows.map(({ at }) => at);
  expect(times).toEqual([...times].sort());
  const minutes = rows.filter((row) => row.together !== undefined);
  expect(minutes).toHaveLength(238);
  expect(minutes[0]).toMatchObject({
    at: new Date(NOON + 55_000).toISOString(),
    values: { hr: 80 },
    together: { sets: 12, range: { hr: [80, 110] } },
  });
  // The two minutes that changed are told set by set, as they are now.
  const found = (ms: number) => rows.find(({ at }) => at === new Date(ms).toISOString())?.values.hr;
  expect(found(NOON + 601_000)).toBe(55);
  expect(found(NOON + 1_205_000)).toBe(44);
  expect(rows.filter(({ source }) => source === 'hand')).toMatchObject([{ values: { rr: 20 } }]);
});
