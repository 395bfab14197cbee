import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VITALS, type VitalValues } from '../../../app/observation/vital.ts';
import type { StoredSet } from './observations-table.ts';
import { createStreams, LEAST_PAUSE_MS, oneASecond } from './streams.ts';

function set(id: number, observedMs: number, values: VitalValues, name = 'M'): StoredSet {
  return {
    id,
    patientId: 'P',
    observedAt: new Date(observedMs).toISOString(),
    observedMs,
    receivedAt: new Date(observedMs).toISOString(),
    receivedMs: observedMs,
    receivedBootMs: observedMs,
    bootId: null,
    committedMs: observedMs,
    source: { kind: 'monitor', name },
    values,
  };
}

/** The newest value of a vital with its time, as readings see it. */
function newest(sets: readonly StoredSet[], name: string, vital: (typeof VITALS)[number]): unknown {
  const [first] = sets
    .filter((one) => one.source.name === name && one.values[vital] !== undefined)
    .toSorted((a, b) => b.observedMs - a.observedMs || b.id - a.id);
  return first === undefined ? null : [first.observedMs, first.values[vital]];
}

describe('one set a second', () => {
  const anySet = fc.record({
    at: fc.nat(4000),
    name: fc.constantFrom('M', 'N'),
    values: fc.record({ hr: fc.nat(200), rr: fc.nat(60), spo2: fc.nat(100) }, { requiredKeys: [] }),
  });

  it('changes no newest value and no time of one, of any source', () => {
    fc.assert(
      fc.property(
        // The store gives one row in force for a moment and source.
        fc.uniqueArray(anySet, { maxLength: 40, selector: ({ at, name }) => `${at} ${name}` }),
        fc.nat(40),
        (made, split) => {
          const all = made.map(({ at, name, values }, index) => set(index + 1, at, values, name));
          const { sets, fresh } = oneASecond(all.slice(0, split), all.slice(split));
          const left = [...sets, ...fresh];
          expect(left.every((one) => all.includes(one))).toBe(true);
          for (const name of ['M', 'N'])
            for (const vital of VITALS) expect(newest(left, name, vital)).toEqual(newest(all, name, vital));
        },
      ),
    );
  });

  it('leaves of a flood with the same vitals one set for each second', () => {
    const flood = Array.from({ length: 400 }, (_, index) => set(index + 1, index * 10, { hr: 60 + index }));
    const { fresh } = oneASecond([], flood);
    expect(fresh.map(({ observedMs }) => observedMs)).toEqual([990, 1990, 2990, 3990]);
  });

  it('takes the last row of one moment', () => {
    const { fresh } = oneASecond([], [set(1, 500, { hr: 80 }), set(2, 500, { hr: 80, rr: 16 })]);
    expect(fresh.map(({ id }) => id)).toEqual([2]);
  });
});

describe('whose turn it is', () => {
  it('is that of who has waited longest, and of nobody twice within the pause', () => {
    const streams = createStreams();
    streams.add('A', [set(1, 0, { hr: 80 })]);
    streams.add('B', [set(2, 0, { hr: 80 })]);
    streams.scoredAt('A', 100);
    expect(streams.due(200)).toEqual(['B']);
    expect(streams.nextIn(200)).toBe(0);
    streams.scoredAt('B', 200);
    streams.done('B');
    expect(streams.nextIn(200)).toBe(100 + LEAST_PAUSE_MS - 200);
    expect(streams.due(100 + LEAST_PAUSE_MS)).toEqual(['A']);
    streams.done('A');
    expect(streams.nextIn(400)).toBeNull();
  });
});
