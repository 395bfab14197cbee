import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreNews2 } from '../scoring/news2.ts';
import type { ObservedValue, ObservedValues } from './reading.ts';
import { vitalsForScoring } from './scoring-vitals.ts';

const MINUTE = 60_000;

function observed(
  value: ObservedValue['value'],
  ageMs = 0,
  mode: ObservedValue['source']['mode'] = 'streamed',
): ObservedValue {
  const limits = {
    streamed: { staleAfterMs: 15_000, missingAfterMs: 60_000 },
    cuff: { staleAfterMs: 45 * MINUTE, missingAfterMs: 60 * MINUTE },
    charted: { staleAfterMs: 60 * MINUTE, missingAfterMs: 75 * MINUTE },
  };
  return {
    value,
    observedAt: '2026-09-12T12:00:00Z',
    ageMs,
    ...limits[mode],
    source: { kind: 'monitor', mode, name: 'bedside 4' },
    ambiguous: false,
  };
}

describe('what goes into a score', () => {
  it('takes current and stale values and says the oldest age; what expired is null', () => {
    const values: ObservedValues = {
      rr: observed(18, 3_000),
      spo2: observed(95, 20_000),
      hr: observed(80, 58_000),
      acvpu: observed('C', 30 * MINUTE, 'charted'),
    };
    const now = vitalsForScoring(values);
    expect(now.vitals).toEqual({
      rr: 18,
      spo2: 95,
      spo2_scale: 1,
      on_oxygen: null,
      temp_c: null,
      sbp: null,
      dbp: null,
      hr: 80,
      acvpu: 'C',
    });
    expect(now.oldestAgeMs).toBe(30 * MINUTE);
    expect(now.currentParameters).toEqual(['rr', 'consciousness']);
    expect(now.inputs.spo2?.state).toBe('stale');
    expect(vitalsForScoring(values, 2_000).vitals.hr).toBeNull();
    const later = vitalsForScoring(values, 46 * MINUTE);
    expect([later.vitals.acvpu, later.oldestAgeMs]).toEqual([null, null]);
  });

  it('scores a stream by its median and says so', () => {
    const hr = { ...observed(180), scoring: { value: 82, by: 'median', samples: 12 } } as const;
    const { vitals, inputs } = vitalsForScoring({ hr });
    expect(vitals.hr).toBe(82);
    expect(inputs.hr).toMatchObject({ vital: 'hr', by: 'median' });
  });
});

describe('which pressure scores', () => {
  const of = (values: ObservedValues, elapsedMs = 0) => {
    const { vitals, inputs } = vitalsForScoring(values, elapsedMs);
    return [vitals.sbp, vitals.dbp, inputs.sbp?.vital, inputs.sbp?.ambiguous];
  };
  it('arterial before cuff while they agree, each with its own diastolic', () => {
    const values = {
      sbp_art: observed(118, 2_000),
      dbp_art: observed(64, 2_000),
      sbp_nibp: observed(112, MINUTE, 'cuff'),
      dbp_nibp: observed(70, MINUTE, 'cuff'),
    };
    expect(of(values)).toEqual([118, 64, 'sbp_art', false]);
    expect(of(values, 2 * MINUTE)).toEqual([112, 70, 'sbp_nibp', false]);
  });
  it('the worse one, marked, where both are current and score differently', () => {
    expect(of({ sbp_art: observed(118), sbp_nibp: observed(88, MINUTE, 'cuff') })).toEqual([
      88,
      null,
      'sbp_nibp',
      true,
    ]);
    expect(of({ sbp_art: observed(88), sbp_nibp: observed(118, MINUTE, 'cuff') })).toEqual([
      88,
      null,
      'sbp_art',
      true,
    ]);
  });
  it('a cuff from before the arterial value is history, not a contradiction', () => {
    expect(of({ sbp_art: observed(118), sbp_nibp: observed(88, 20 * MINUTE, 'cuff') })).toEqual([
      118,
      null,
      'sbp_art',
      false,
    ]);
  });
});

describe('which pulse and which respiration score', () => {
  it('heart rate before pulse, the worse where they contradict each other', () => {
    expect(vitalsForScoring({ hr: observed(80), pulse: observed(78) }).inputs.hr?.vital).toBe('hr');
    const apart = vitalsForScoring({ hr: observed(82), pulse: observed(140) });
    expect([apart.vitals.hr, apart.inputs.hr?.ambiguous]).toEqual([140, true]);
    expect(vitalsForScoring({ pulse: observed(78) }).vitals.hr).toBe(78);
  });
  it('the worse respiration of two methods', () => {
    const { vitals, inputs } = vitalsForScoring({ rr: observed(18), rr_pleth: observed(30) });
    expect([vitals.rr, inputs.rr]).toEqual([
      30,
      expect.objectContaining({ vital: 'rr_pleth', ambiguous: true }),
    ]);
  });
  it('a stale source gives way to a current one', () => {
    expect(vitalsForScoring({ hr: observed(140, 30_000), pulse: observed(80) }).vitals.hr).toBe(80);
  });
});

describe('oxygen', () => {
  const of = (values: ObservedValues) => vitalsForScoring(values).vitals.on_oxygen;
  it('is what somebody said, or a flow, or a prescribed fraction; else unknown', () => {
    expect(of({ on_oxygen: observed(false, 0, 'charted') })).toBe(false);
    expect(of({ o2_flow: observed(2) })).toBe(true);
    expect(of({ fio2: observed(40) })).toBe(true);
    expect(of({ o2_flow: observed(0), fio2: observed(21) })).toBeNull();
    expect(of({ fio2: observed(23) })).toBeNull();
  });
  it('counts as given where sources contradict each other', () => {
    const { vitals, inputs } = vitalsForScoring({
      on_oxygen: observed(false, 0, 'charted'),
      o2_flow: observed(2),
    });
    expect([vitals.on_oxygen, inputs.oxygen?.ambiguous]).toEqual([true, true]);
  });
});

describe('properties', () => {
  const value = (least: number, most: number) =>
    fc
      .record({
        value: fc.integer({ min: least, max: most }),
        ageMs: fc.integer({ min: 0, max: 90 * MINUTE }),
        mode: fc.constantFrom('streamed' as const, 'cuff' as const, 'charted' as const),
      })
      .map((one) => observed(one.value, one.ageMs, one.mode));
  const values = fc.record(
    {
      rr: value(1, 90),
      hr: value(10, 300),
      pulse: value(10, 300),
      spo2: value(30, 100),
      sbp_art: value(20, 320),
      sbp_nibp: value(20, 320),
      temp_c: value(20, 45),
    },
    { requiredKeys: [] },
  );

  it('no value older than its own limit ever scores, and once all expired nothing does', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 0, max: 120 * MINUTE }), (given: ObservedValues, elapsedMs) => {
        const { inputs, oldestAgeMs } = vitalsForScoring(given, elapsedMs);
        const ages = Object.values(inputs).map(({ vital, ageMs }) => {
          const limit = given[vital]?.missingAfterMs ?? 0;
          expect(ageMs).toBeLessThan(limit);
          return ageMs;
        });
        expect(oldestAgeMs).toBe(ages.length === 0 ? null : Math.max(...ages));
        expect(scoreNews2(vitalsForScoring(given, 76 * MINUTE + 90 * MINUTE).vitals)).toMatchObject({
          complete: false,
          min_total: 0,
        });
      }),
    );
  });

  it('of two simultaneous current sources the worse always scores', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 320 }), fc.integer({ min: 20, max: 320 }), (art, cuff) => {
        const points = (sbp: number) => {
          const score = scoreNews2({ sbp });
          return 'applicable' in score ? -1 : (score.points.sbp ?? -1);
        };
        const { vitals, inputs } = vitalsForScoring({
          sbp_art: observed(art),
          sbp_nibp: observed(cuff, 0, 'cuff'),
        });
        expect(points(vitals.sbp ?? Number.NaN)).toBe(Math.max(points(art), points(cuff)));
        expect(inputs.sbp?.ambiguous).toBe(points(art) !== points(cuff));
      }),
    );
  });
});
