import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TakenValue } from '../../../app/observation/observation.ts';
import { deviceOfSource, messageSets } from './message-sets.ts';

const RECEIVED = '2026-09-12T12:00:00.000Z';

test('values of one time are one set; a cuff of earlier is its own', () => {
  const taken: TakenValue[] = [
    { vital: 'hr', value: 80, unit: '/min', observedAt: '2026-09-12T11:59:58Z', source: '1.1' },
    { vital: 'sbp_nibp', value: 120, unit: 'mm[Hg]', observedAt: '2026-09-12T11:40:00Z', source: '1.2' },
    { vital: 'spo2', value: 97, unit: '%', observedAt: '2026-09-12T11:59:58Z', source: '1.3' },
  ];
  expect(messageSets(taken, 'MON', RECEIVED)).toEqual([
    { observedAt: '2026-09-12T11:59:58Z', sourceName: 'MON', values: { hr: 80, spo2: 97 } },
    { observedAt: '2026-09-12T11:40:00Z', sourceName: 'MON', values: { sbp_nibp: 120 } },
  ]);
});

test('a third value of one vital and moment is a source of its own, and all sources have the device’s clock', () => {
  const rate = (value: number, source: string | null): TakenValue => ({
    vital: 'rr',
    value,
    unit: '/min',
    observedAt: null,
    source,
  });
  for (const sensor of [null, '1.1']) {
    const sets = messageSets([rate(14, sensor), rate(16, sensor), rate(31, sensor)], 'MON', RECEIVED);
    expect(sets.map(({ values }) => values.rr)).toEqual([14, 16, 31]);
    expect(new Set(sets.map(({ sourceName }) => sourceName)).size).toBe(3);
    expect(sets.map(({ sourceName }) => deviceOfSource(sourceName))).toEqual(['MON', 'MON', 'MON']);
  }
});

test('no value that differs from another is ever lost', () => {
  const value = fc.record({
    vital: fc.constantFrom('hr' as const, 'rr' as const, 'temp_c' as const),
    value: fc.integer({ min: 20, max: 40 }),
    unit: fc.constant(null),
    observedAt: fc.constantFrom(null, '2026-09-12T11:59:58Z'),
  });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), fc.boolean(), (values, sensors) => {
      const taken: TakenValue[] = values.map((one, index) => ({
        ...one,
        source: sensors ? `1.${index % 2}` : null,
      }));
      const sets = messageSets(taken, 'MON', RECEIVED);
      for (const one of taken)
        expect(
          sets.some(
            (set) => set.observedAt === (one.observedAt ?? RECEIVED) && set.values[one.vital] === one.value,
          ),
        ).toBe(true);
      const keys = sets.map((set) => `${set.observedAt} ${set.sourceName}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});
