import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ObservedValue, ObservedValues } from '../observation/reading.ts';
import { VITALS, type Vital } from '../observation/vital.ts';
import {
  signalContext as context,
  earlierSample,
  MINUTE_MS,
  observedValue as observed,
} from './signal-fixtures.ts';
import { leastOf, SIGNAL_RULES, type Signal, type SignalRule, signalsOf } from './signals.ts';

const ILL: ObservedValues = {
  rr: observed(26),
  spo2: observed(92),
  on_oxygen: observed(true, 30 * MINUTE_MS, 'charted'),
  temp_c: observed(38.4, 20 * MINUTE_MS, 'charted'),
  sbp_nibp: observed(95, 10 * MINUTE_MS, 'cuff'),
  dbp_nibp: observed(60, 10 * MINUTE_MS, 'cuff'),
  hr: observed(118),
  acvpu: observed('A', 40 * MINUTE_MS, 'charted'),
};

function signal(rule: SignalRule, ...of: Parameters<typeof context>): Signal {
  const found = signalsOf(context(...of)).find((one) => one.rule === rule);
  if (found === undefined) throw new Error(`no signal ${rule}`);
  return found;
}
function minutes(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe('what a signal rests on', () => {
  it('tells one signal for each rule', () => {
    expect(signalsOf(context(ILL)).map(({ rule }) => rule)).toEqual(SIGNAL_RULES);
  });
  it('names each input with its source, its age and how it was read', () => {
    expect(signal('shock-index', ILL)).toMatchObject({
      state: 'complete',
      value: 1.24,
      inputs: [
        { vital: 'hr', value: 118, source: { mode: 'streamed', name: 'bedside 4' }, ageMs: 0 },
        { vital: 'sbp_nibp', value: 95, source: { mode: 'cuff' }, ageMs: 10 * MINUTE_MS, by: 'single' },
      ],
      oldestAgeMs: 10 * MINUTE_MS,
      current: true,
    });
  });
  it('says so where an input is stale', () => {
    const stale = { ...ILL, hr: observed(118, 20_000) };
    expect(signal('shock-index', stale)).toMatchObject({ state: 'complete', current: false });
  });
});

describe('qSOFA', () => {
  it('counts its criteria and is incomplete without consciousness', () => {
    expect(signal('qsofa', ILL)).toMatchObject({ state: 'complete', value: 2 });
    const { acvpu: _, ...rest } = ILL;
    expect(signal('qsofa', rest)).toMatchObject({ state: 'incomplete', atLeast: 2, missing: ['acvpu'] });
  });
  it('is for adults, and NEWS2 parameters are not for a pregnancy', () => {
    expect(signal('qsofa', ILL, [], { age_years: 15 })).toEqual({
      rule: 'qsofa',
      state: 'not-applicable',
      reason: 'under-16',
    });
    expect(signal('qsofa', ILL, [], { age_years: 16 }).state).toBe('complete');
    expect(signal('single-red', ILL, [], { pregnant: true })).toMatchObject({ reason: 'pregnant' });
    expect(signal('map-low', ILL, [], { pregnant: true }).state).toBe('complete');
  });
});

describe('mean arterial pressure', () => {
  it('is computed from the pair of one site', () => {
    expect(signal('map-low', ILL)).toMatchObject({ state: 'complete', value: 72, measured: false });
  });
  it('prefers what the monitor measured, the arterial line first', () => {
    const both = { ...ILL, map_nibp: observed(70, 10 * MINUTE_MS, 'cuff'), map_art: observed(61) };
    expect(signal('map-low', both)).toMatchObject({ value: 61, measured: true });
    expect(signal('map-low', both)).toMatchObject({ inputs: [{ vital: 'map_art' }] });
  });
  it('takes a current pair before a stale measured one, and the stale one where nothing else is', () => {
    const stale = { ...ILL, map_nibp: observed(70, 50 * MINUTE_MS, 'cuff') };
    expect(signal('map-low', stale)).toMatchObject({ value: 72, measured: false, current: true });
    const alone = { map_nibp: observed(70, 50 * MINUTE_MS, 'cuff') };
    expect(signal('map-low', alone)).toMatchObject({ value: 70, measured: true, current: false });
  });
  it('never mixes two sites, two sources or two moments', () => {
    const missing = { state: 'incomplete', atLeast: null, missing: ['dbp'] };
    expect(signal('map-low', { sbp_art: observed(95), dbp_nibp: observed(60, 0, 'cuff') })).toMatchObject(
      missing,
    );
    const twoSources = { sbp: observed(95), dbp: observed(60, 0, 'streamed', 'bedside 5') };
    expect(signal('map-low', twoSources)).toMatchObject(missing);
    const twoMoments = { sbp: observed(95, 0, 'charted'), dbp: observed(60, 2 * MINUTE_MS, 'charted') };
    expect(signal('map-low', twoMoments)).toMatchObject(missing);
  });
  it('is incomplete without pressures', () => {
    expect(signal('map-low', {})).toMatchObject({ missing: ['sbp', 'dbp'], oldestAgeMs: null });
  });
});

describe('the fall of the saturation in 10 minutes', () => {
  const steady = minutes(1, 10).map((minute) => earlierSample('spo2', 97, minute));
  it('is counted from the highest of the window', () => {
    expect(signal('spo2-fall', { spo2: observed(90) }, steady)).toMatchObject({
      state: 'complete',
      value: 7,
      comparedWith: { value: 97 },
    });
  });
  it('forgets what is older than the window', () => {
    const before = [...steady, earlierSample('spo2', 100, 11)];
    expect(signal('spo2-fall', { spo2: observed(95) }, before)).toMatchObject({ value: 2 });
  });
  it('is 0 while the saturation rises', () => {
    expect(signal('spo2-fall', { spo2: observed(99) }, steady)).toMatchObject({
      value: 0,
      comparedWith: null,
    });
  });
  it('is a lower bound where a stretch of the window has no reading', () => {
    const gap = steady.filter(({ ageMs }) => ageMs < 4 * MINUTE_MS || ageMs > 7 * MINUTE_MS);
    expect(signal('spo2-fall', { spo2: observed(90) }, gap)).toMatchObject({
      state: 'incomplete',
      atLeast: 7,
      missing: [],
    });
    expect(signal('spo2-fall', { spo2: observed(90) }, [])).toMatchObject({ atLeast: 0 });
  });
  it('says nothing without a saturation now', () => {
    expect(signal('spo2-fall', {}, steady)).toMatchObject({ atLeast: null, missing: ['spo2'] });
    expect(signal('spo2-fall', { spo2: observed(80, 70_000) }, steady)).toMatchObject({ atLeast: null });
  });
});

describe('the rise of the heart rate in 2 hours', () => {
  it('is counted from the lowest of the window, of the same measurement', () => {
    const hourly = [
      earlierSample('hr', 88, 60),
      earlierSample('hr', 84, 119),
      earlierSample('pulse', 60, 60),
    ];
    expect(signal('hr-rise', { hr: observed(110, 0, 'charted') }, hourly)).toMatchObject({
      state: 'complete',
      value: 26,
      comparedWith: { value: 84, ageMs: 119 * MINUTE_MS },
    });
  });
  it('is a lower bound after one earlier reading', () => {
    expect(signal('hr-rise', { hr: observed(110) }, [earlierSample('hr', 90, 30)])).toMatchObject({
      state: 'incomplete',
      atLeast: 20,
    });
  });
});

describe('properties', () => {
  const mode = fc.constantFrom('streamed' as const, 'cuff' as const, 'charted' as const);
  const age = fc.integer({ min: 0, max: 80 * MINUTE_MS });
  const numeric = (least: number, most: number) =>
    fc.tuple(fc.integer({ min: least, max: most }), age, mode).map((of) => observed(...of));
  const values: fc.Arbitrary<ObservedValues> = fc.record(
    {
      hr: numeric(30, 200),
      pulse: numeric(30, 200),
      rr: numeric(5, 40),
      spo2: numeric(70, 100),
      temp_c: numeric(34, 41),
      sbp: numeric(60, 220),
      dbp: numeric(30, 120),
      sbp_art: numeric(60, 220),
      dbp_art: numeric(30, 120),
      map_art: numeric(40, 140),
      map_nibp: numeric(40, 140),
      on_oxygen: fc.tuple(fc.boolean(), age, mode).map((of) => observed(...of)),
      acvpu: fc.tuple(fc.constantFrom('A', 'V'), age, mode).map((of) => observed(...of)),
    },
    { requiredKeys: [] },
  );
  const earlier = fc.array(
    fc
      .tuple(fc.constantFrom('spo2' as const, 'hr' as const), fc.integer({ min: 60, max: 160 }), age)
      .map(([vital, value, ageMs]) => ({ ...earlierSample(vital, value, 0), ageMs })),
    { maxLength: 20 },
  );

  it('rests only on readings that are not missing, and tells the oldest of them', () => {
    fc.assert(
      fc.property(values, earlier, (of, samples) => {
        for (const one of signalsOf(context(of, samples))) {
          if (one.state === 'not-applicable') continue;
          for (const input of one.inputs) {
            const source = of[input.vital];
            expect(source).toBeDefined();
            expect(input.ageMs).toBeLessThan(source?.missingAfterMs ?? 0);
            expect(input.state === 'stale').toBe(input.ageMs >= (source?.staleAfterMs ?? 0));
          }
          const ages = one.inputs.map(({ ageMs }) => ageMs);
          expect(one.oldestAgeMs).toBe(ages.length === 0 ? null : Math.max(...ages));
          if (one.state === 'complete') expect(one.inputs.length).toBeGreaterThan(0);
          if (one.current) expect(one.inputs.every(({ state }) => state === 'current')).toBe(true);
        }
      }),
    );
  });

  it('losing a vital never makes qSOFA, a fall or a rise worse, and never complete', () => {
    const bounded: readonly SignalRule[] = ['qsofa', 'spo2-fall', 'hr-rise', 'single-red'];
    // Another source may take the place of a lost one and be worse: that is a change, not a loss.
    const alone = values.map(
      ({ pulse: _, sbp_art: __, dbp_art: ___, map_art: ____, map_nibp: _____, ...rest }): ObservedValues =>
        rest,
    );
    fc.assert(
      fc.property(alone, earlier, fc.constantFrom(...VITALS), (of, samples, lost: Vital) => {
        const { [lost]: _, ...rest } = of;
        const before = signalsOf(context(of, samples));
        const after = signalsOf(context(rest, samples));
        for (const [index, one] of after.entries()) {
          const full = before[index];
          if (full === undefined || !bounded.includes(one.rule)) continue;
          expect(leastOf(one) ?? 0).toBeLessThanOrEqual(leastOf(full) ?? 0);
          if (one.state === 'complete') expect(full.state).toBe('complete');
        }
      }),
    );
  });

  it('an earlier reading never lowers a fall or a rise', () => {
    const more = fc.tuple(fc.integer({ min: 60, max: 160 }), age);
    const now = fc.record({ spo2: numeric(70, 100), hr: numeric(30, 200) });
    fc.assert(
      fc.property(now, earlier, more, (of, samples, [value, ageMs]) => {
        for (const rule of ['spo2-fall', 'hr-rise'] as const) {
          const vital = rule === 'spo2-fall' ? 'spo2' : 'hr';
          const added = [...samples, { ...earlierSample(vital, value, 0), ageMs }];
          const [fewer, all] = [samples, added].map((some) => leastOf(signal(rule, of, some)) ?? 0);
          expect(all).toBeGreaterThanOrEqual(fewer ?? 0);
        }
      }),
    );
  });

  it('a measured mean pressure between its site’s pressures never loses to a computed one', () => {
    const mean: fc.Arbitrary<ObservedValue> = fc.integer({ min: 40, max: 140 }).map((of) => observed(of));
    fc.assert(
      fc.property(values, mean, (of, map_art) => {
        expect(signal('map-low', { ...of, map_art })).toMatchObject({
          state: 'complete',
          value: map_art.value,
          measured: true,
        });
      }),
    );
  });
});

describe('limits that are an adult’s', () => {
  it.each(['map-low', 'shock-index'] as const)('%s does not apply under 16, and says why', (rule) => {
    expect(signal(rule, ILL, [], { age_years: 15 })).toEqual({
      rule,
      state: 'not-applicable',
      reason: 'under-16',
    });
    expect(signal(rule, ILL, [], { age_years: 16 }).state).toBe('complete');
    const own = signalsOf({ ...context(ILL, [], { age_years: 15 }), under16: [rule] });
    expect(own.find((one) => one.rule === rule)).toEqual(signal(rule, ILL));
  });
});
