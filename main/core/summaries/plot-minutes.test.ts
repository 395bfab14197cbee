/** Minutes by column, against the same minutes one by one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minutesAt, minutesTogether, type PlotMinutes, valuesAt } from './plot-minutes.ts';

const value = fc.option(fc.integer({ min: 40, max: 140 }), { nil: null });
const minuteArbitrary = fc.record({
  sets: fc.integer({ min: 1, max: 12 }),
  hr: value,
  spread: fc.integer({ min: 0, max: 9 }),
  onOxygen: fc.option(fc.boolean(), { nil: null }),
  acvpu: fc.constantFrom('A' as const, 'V' as const, null),
});
type Minute = typeof minuteArbitrary extends fc.Arbitrary<infer T> ? T : never;

const columnsOf = (minutes: readonly Minute[]): PlotMinutes => ({
  minute: minutes.map((_, place) => place),
  sets: minutes.map(({ sets }) => sets),
  lastMs: minutes.map((_, place) => place * 60_000 + 7),
  committedMs: minutes.map((_, place) => place * 60_000 + 9),
  source: minutes.map(() => ({ kind: 'monitor', name: 'M1' })),
  onOxygen: minutes.map(({ onOxygen }) => onOxygen),
  acvpu: minutes.map(({ acvpu }) => acvpu),
  numbers: [
    {
      vital: 'hr',
      median: minutes.map(({ hr }) => hr),
      least: minutes.map(({ hr, spread }) => (hr === null ? null : hr - spread)),
      greatest: minutes.map(({ hr, spread }) => (hr === null ? null : hr + spread)),
    },
  ],
});

test('several minutes as one: the latest word, the extremes of all, and every set counted', () => {
  fc.assert(
    fc.property(fc.array(minuteArbitrary, { minLength: 1, maxLength: 8 }), (minutes) => {
      const columns = columnsOf(minutes);
      const one = minutesTogether(columns, [minutes.map((_, place) => place)]);
      const told = minutes.filter(({ hr }) => hr !== null);
      const ends = (sign: 1 | -1) => told.map(({ hr, spread }) => (hr ?? 0) + sign * spread);
      expect(one.sets).toEqual([minutes.reduce((sum, { sets }) => sum + sets, 0)]);
      expect(one.lastMs).toEqual([columns.lastMs.at(-1)]);
      expect(one.numbers[0]?.least).toEqual([told.length === 0 ? null : Math.min(...ends(-1))]);
      expect(one.numbers[0]?.greatest).toEqual([told.length === 0 ? null : Math.max(...ends(1))]);
      // What each minute says, the later over the earlier.
      const latest = minutes.map((_, place) => valuesAt(columns, place));
      expect(valuesAt(one, 0)).toEqual(Object.assign({}, ...latest));
    }),
  );
});

test('minutes are picked in the order that is asked for, and none that is not there', () => {
  const columns = columnsOf(
    [60, 70, 80].map((hr) => ({ sets: 2, hr, spread: 0, onOxygen: null, acvpu: null })),
  );
  expect(minutesAt(columns, [2, 0]).numbers[0]?.median).toEqual([80, 60]);
  expect(() => minutesAt(columns, [3])).toThrow('not there');
});
