import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TakenValue } from '../../../app/observation/observation.ts';
import type { Vital } from '../../../app/observation/vital.ts';
import { deviceOfSource, messageSets } from './message-sets.ts';

const RECEIVED = '2026-09-12T12:00:00.000Z';

test('values of one time are one set; a cuff of earlier is its own', () => {
  const taken: TakenValue[] = [
    { vital: 'hr', value: 80, unit: '/min', observedAt: '2026-09-12T11:59:58Z', source: '1.1' },
    { vital: 'sbp_nibp', value: 120, unit: 'mm[Hg]', observedAt: '2026-09-12T11:40:00Z', source: '1.2' },
    { vital: 'spo2', value: 97, unit: '%', observedAt: '2026-09-12T11:59:58Z', source: '1.3' },
  ];
  expect(messageSets(taken, 'MON', RECEIVED)).toMatchObject([
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

const rr = (
  value: number,
  code: string,
  source: string | null,
  more: Partial<TakenValue> = {},
): TakenValue => ({
  vital: 'rr',
  value,
  unit: '/min',
  observedAt: '2026-09-12T11:59:58Z',
  source,
  code,
  ...more,
});
const AIRWAY = ['151594', '1.6.1.1'] as const;
const IMPEDANCE = ['151578', '1.7.1.1'] as const;

test('a sensor keeps its source name, whatever else its messages hold and in whichever order', () => {
  const sensors = new Map<Vital, string>();
  const names = (...taken: TakenValue[]) =>
    messageSets(taken, 'MON', RECEIVED, { sensors }).map(({ sourceName, values }) => [sourceName, values.rr]);
  expect(names(rr(18, ...AIRWAY), rr(30, ...IMPEDANCE))).toEqual([
    ['MON', 18],
    ['MON · 1.7.1.1', 30],
  ]);
  expect(names(rr(31, ...IMPEDANCE))).toEqual([['MON · 1.7.1.1', 31]]);
  expect(names(rr(32, ...IMPEDANCE), rr(17, ...AIRWAY))).toEqual([
    ['MON · 1.7.1.1', 32],
    ['MON', 17],
  ]);
});

test('two codes on one path are two sensors', () => {
  const sensors = new Map<Vital, string>();
  const names = (...taken: TakenValue[]) =>
    messageSets(taken, 'MON', RECEIVED, { sensors }).map(({ sourceName }) => sourceName);
  expect(names(rr(18, '151', '2101'))).toEqual(['MON']);
  expect(names(rr(30, '280', '2101'))).toEqual(['MON · 2101 280']);
  expect(names(rr(30, '280', null))).toEqual(['MON · 280']);
});

test('what is taken back stands in the place of the same sensor and moment', () => {
  const sensors = new Map<Vital, string>();
  messageSets([rr(18, ...AIRWAY), rr(30, ...IMPEDANCE)], 'MON', RECEIVED, { sensors });
  const { vital, observedAt, source, code = '' } = rr(0, ...IMPEDANCE);
  const withdrawn = [{ vital, observedAt, source, code }];
  expect(messageSets([], 'MON', RECEIVED, { sensors, withdrawn })).toEqual([
    {
      observedAt: '2026-09-12T11:59:58Z',
      sourceName: 'MON · 1.7.1.1',
      values: {},
      corrects: false,
      withdraws: ['rr'],
      ambiguous: [],
    },
  ]);
  expect(
    messageSets([rr(22, ...IMPEDANCE, { isCorrection: true })], 'MON', RECEIVED, {
      sensors,
      withdrawn,
      ambiguous: ['rr', 'hr'],
    }),
  ).toMatchObject([{ values: { rr: 22 }, corrects: true, withdraws: [], ambiguous: ['rr'] }]);
});

test('the slot of a value depends on its sensor and what is usual, never on the rest of the message', () => {
  const one = fc.record({
    value: fc.integer({ min: 10, max: 40 }),
    sensor: fc.constantFrom(AIRWAY, IMPEDANCE, ['151570', '1.8.1.1'] as const),
  });
  fc.assert(
    fc.property(fc.uniqueArray(one, { selector: ({ sensor }) => sensor[1], minLength: 1 }), (values) => {
      const usual = new Map<Vital, string>([['rr', JSON.stringify(AIRWAY)]]);
      const taken = values.map(({ value, sensor }) => rr(value, sensor[0], sensor[1]));
      const together = messageSets(taken, 'MON', RECEIVED, { sensors: usual });
      const alone = taken.flatMap((single) => messageSets([single], 'MON', RECEIVED, { sensors: usual }));
      expect(together).toEqual(alone);
    }),
  );
});

test('a plain message brings the same set whichever way it is worked out', () => {
  const vitals = ['hr', 'rr', 'temp_c', 'spo2', 'sbp_nibp'] as const;
  const one = fc.record({
    vital: fc.constantFrom(...vitals),
    value: fc.integer({ min: 20, max: 40 }),
    source: fc.constantFrom(null, '1.1', 'a"b', 'ü'),
    code: fc.constantFrom('150456', 'x\\y'),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(one, { minLength: 1, selector: ({ vital }) => vital }),
      fc.array(fc.constantFrom(...vitals)),
      fc.constantFrom(null, '2026-09-12T11:59:58Z'),
      fc.array(fc.constantFrom(...vitals)),
      (said, other, observedAt, ambiguous) => {
        const taken = said.map((value): TakenValue => ({ ...value, unit: null, observedAt }));
        const known = new Map<Vital, string>();
        messageSets(taken, 'MON', RECEIVED, { sensors: known });
        // Of some vitals another sensor is the usual one.
        for (const vital of other) known.set(vital, JSON.stringify(['0', '9']));
        const plain = messageSets(taken, 'MON', RECEIVED, { sensors: new Map(known), ambiguous });
        // Said twice, each value stands where it stood: no shortcut serves that.
        const long = messageSets([...taken, ...taken], 'MON', RECEIVED, {
          sensors: new Map(known),
          ambiguous,
        });
        expect(plain).toEqual(long);
      },
    ),
  );
});
