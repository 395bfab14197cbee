import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bedViewSchema } from '../../../app/contract/views.ts';
import { readingAt } from '../../../app/observation/reading.ts';
import { deliveriesOf, feedMode, isOwnDelivery, latestValues } from '../../../app/observation/readings.ts';
import { vitalsForScoring } from '../../../app/observation/scoring-vitals.ts';
import { DEFAULT_VALIDITY_POLICY } from '../../../app/observation/validity.ts';
import { NUMERIC_VITALS, type VitalValues } from '../../../app/observation/vital.ts';
import { monitoringOf, scoreNews2 } from '../../../app/scoring/news2.ts';
import type { Score } from '../../../app/scoring/score.ts';
import { leastOf } from '../../../app/scoring/signals.ts';
import type { Moment } from '../clock.ts';
import type { Bed } from './bed.ts';
import { type Given, START, type TestBed, testBed } from './bed-fixtures.ts';
import { cuffMinutes } from './minute-samples.ts';
import type { StoredSet } from './observations-table.ts';
import { sameScore } from './score-steps.ts';
import { bedView, packedBed } from './views.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WELL: VitalValues = {
  rr: 16,
  spo2: 97,
  on_oxygen: false,
  temp_c: 37,
  sbp: 120,
  dbp: 75,
  hr: 72,
  acvpu: 'A',
};

function signal(bed: Bed, rule: Bed['signals'][number]['rule']) {
  const found = bed.signals.find((one) => one.rule === rule);
  if (found === undefined || found.state === 'not-applicable') throw new Error(`no ${rule}`);
  return found;
}
/** A stream of one set a second for so long. */
function stream(bed: TestBed, seconds: number, values: (second: number) => VitalValues): void {
  for (let second = 0; second < seconds; second++) {
    bed.give({ values: values(second) });
    bed.advance(SECOND);
  }
}

describe('a round of single measurements', () => {
  it('is no stream, and what crosses in it counts at once; the second round of a stream is one', () => {
    const bed = testBed();
    const round: VitalValues[] = [{ temp_c: 37 }, { sbp: 100, dbp: 60 }, { rr: 26, spo2: 90, hr: 135 }];
    for (const values of round) {
      bed.give({ values });
      bed.advance(12 * SECOND);
    }
    expect(bed.look().observed.rr).toMatchObject({ source: { mode: 'charted' } });
    for (const values of [...round, ...round]) {
      bed.give({ values });
      bed.advance(3 * SECOND);
    }
    expect(bed.look().observed.rr).toMatchObject({ source: { mode: 'streamed' } });
  });
});

describe('an evaluation agrees with the plain way', () => {
  /** What the monitors had brought in the minute before a set, as the record stood then. */
  function broughtBefore(all: readonly StoredSet[], set: StoredSet): VitalValues[] {
    const earlier = all.filter(
      ({ receivedBootMs, id }) => receivedBootMs < set.receivedBootMs && id < set.id,
    );
    const slots = new Map(
      earlier.map((one) => [JSON.stringify([one.observedMs, one.source.kind, one.source.name]), one]),
    );
    return [...slots.values()]
      .filter(
        ({ source, receivedBootMs }) =>
          source.kind === 'monitor' && receivedBootMs >= set.receivedBootMs - MINUTE,
      )
      .map(({ values }) => values);
  }

  /**
   * What the readings and the score are by definition: from every set that was ever given, each slot by its last
   * row, nothing kept from step to step but the score before.
   */
  function plainly(all: readonly StoredSet[], before: Score, now: Moment, samples: Bed['samples']) {
    const slots = new Map(
      all.map((set) => [JSON.stringify([set.observedMs, set.source.kind, set.source.name]), set]),
    );
    const known = [...slots.values()].sort((a, b) => b.observedMs - a.observedMs || b.id - a.id);
    const receipts = all
      .filter(({ source }) => source.kind === 'monitor')
      .filter((set) => isOwnDelivery(set.values, broughtBefore(all, set)))
      .map(({ receivedBootMs }) => receivedBootMs);
    const aged = known.map((set) => ({
      observedAt: set.observedAt,
      ageMs: Math.max(0, now.bootMs - set.receivedBootMs, now.wallMs - set.observedMs),
      source: set.source,
      values: set.values,
    }));
    const observed = latestValues(aged, {
      policy: DEFAULT_VALIDITY_POLICY,
      feed: feedMode(deliveriesOf(receipts).slice(-16)),
      monitoring: monitoringOf(before),
      spo2Scale: 1,
      // The cadence of a cuff has tests of its own.
      cuffIntervalMinutes: (vital, source) => cuffMinutes(samples, vital, source),
    });
    const scoring = vitalsForScoring(observed, 0, {
      spo2Scale: 1,
      conflictMinutes: DEFAULT_VALIDITY_POLICY.conflictMinutes,
    });
    return { observed, scoring, score: scoreNews2(scoring.vitals) };
  }

  const values: fc.Arbitrary<VitalValues> = fc.record(
    {
      rr: fc.integer({ min: 5, max: 40 }),
      spo2: fc.integer({ min: 80, max: 100 }),
      hr: fc.integer({ min: 40, max: 150 }),
      sbp: fc.integer({ min: 70, max: 180 }),
      temp_c: fc.integer({ min: 350, max: 400 }).map((tenths) => tenths / 10),
      acvpu: fc.constantFrom('A' as const, 'V' as const),
      on_oxygen: fc.boolean(),
    },
    { requiredKeys: [] },
  );
  const given: fc.Arbitrary<readonly Given[]> = fc.array(
    fc.record({
      values,
      kind: fc.constantFrom('monitor' as const, 'hand' as const),
      name: fc.constantFrom('M1', 'M2'),
      observedMs: fc.integer({ min: -5, max: 0 }).map((seconds) => START.wallMs + seconds * SECOND),
    }),
    { maxLength: 3 },
  );
  const wait = fc.oneof(fc.constant(SECOND), fc.integer({ min: 0, max: 90 * SECOND }));
  const jump = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -HOUR, max: HOUR }));

  it('over any sets, waits and clock jumps', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(wait, jump, given), { maxLength: 30 }), (steps) => {
        const bed = testBed();
        let before = bed.look().score;
        for (const [waitMs, jumpMs, sets] of steps) {
          bed.advance(waitMs);
          bed.setWall(jumpMs);
          const atNow = sets.map((set, index) => ({
            ...set,
            observedMs: (set.observedMs ?? 0) - START.wallMs + bed.now().wallMs - index,
          }));
          // As the store does: more of the same moment and source is added to what is there.
          const merged = atNow.map((set) => {
            const there = bed
              .sets()
              .findLast(
                ({ observedMs, source }) =>
                  observedMs === set.observedMs && source.kind === set.kind && source.name === set.name,
              );
            return { ...set, values: { ...there?.values, ...set.values } };
          });
          const after = bed.give(...merged);
          const plain = plainly(bed.sets(), before, bed.now(), after.samples);
          expect(after.observed).toEqual(plain.observed);
          expect(after.scoring).toEqual(plain.scoring);
          expect(after.score).toEqual(plain.score);
          before = after.score;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('two scores are the same exactly where they are written the same', () => {
    const score = fc
      .tuple(values, fc.constantFrom({}, { pregnant: true }, { age_years: 9 }), fc.constantFrom(1, 2))
      .map(([of, patient, scale]) =>
        scoreNews2({ ...of, spo2_scale: scale === 2 ? (2 as const) : (1 as const) }, patient),
      );
    fc.assert(
      fc.property(score, score, (a, b) => {
        expect(sameScore(a, b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(sameScore(a, structuredClone(a))).toBe(true);
      }),
    );
    expect(sameScore(undefined, scoreNews2({}))).toBe(false);
  });
});

describe('clocks', () => {
  it('a wall clock that jumps either way makes nothing fresher', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -12 * HOUR, max: 12 * HOUR }),
        fc.integer({ min: 0, max: 3 * HOUR }),
        (jumpMs, waitMs) => {
          const bed = testBed();
          bed.give({ values: WELL, kind: 'hand' });
          bed.advance(waitMs);
          const before = bed.look().observed.rr?.ageMs ?? Number.NaN;
          bed.setWall(jumpMs);
          const after = bed.look().observed.rr?.ageMs ?? Number.NaN;
          expect(after).toBeGreaterThanOrEqual(before);
          expect(after).toBe(waitMs + Math.max(0, jumpMs));
        },
      ),
    );
  });

  it('a jump neither makes up nor hides a fall: the window loses readings or keeps them', () => {
    const bed = testBed();
    stream(bed, 11 * 60, () => ({ spo2: 97 }));
    stream(bed, 60, () => ({ spo2: 90 }));
    expect(signal(bed.look(), 'spo2-fall')).toMatchObject({ state: 'complete', value: 7 });
    bed.setWall(-6 * HOUR);
    expect(signal(bed.look(), 'spo2-fall')).toMatchObject({ value: 7 });
    bed.setWall(12 * HOUR);
    // All stamps look hours old now: what is known is missing, and nothing is normal.
    expect(signal(bed.look(), 'spo2-fall')).toMatchObject({ state: 'incomplete', atLeast: null });
  });

  it('after a suspend everything has the age of the sleep, though no second was ticked', () => {
    const bed = testBed();
    stream(bed, 30, () => WELL);
    bed.advance(8 * HOUR);
    const after = bed.look();
    expect(readingAt(after.observed.rr)).toMatchObject({ state: 'missing', reason: 'expired' });
    expect(after.score).toMatchObject({ complete: false, min_total: 0 });
    expect(after.samples.rr ?? []).toEqual([]);
  });

  it('daylight saving changes no age: stamps are moments, whatever their zone says', () => {
    const bed = testBed();
    // 02:30+02:00 and 02:30+01:00 on the night of the change are an hour apart.
    const first = bed.give({ values: { hr: 80 }, observedMs: Date.parse('2026-09-12T13:30:00+02:00') });
    expect(first.observed.hr?.ageMs).toBe(30 * MINUTE);
    const second = bed.give({ values: { hr: 90 }, observedMs: Date.parse('2026-09-12T12:45:00+01:00') });
    expect(second.observed.hr).toMatchObject({ value: 90, ageMs: 15 * MINUTE });
  });

  it('a stamp from the future is as old as its receipt, and a known offset is taken off', () => {
    const ahead = testBed();
    ahead.give({ values: { hr: 80 }, observedMs: START.wallMs + 4 * MINUTE });
    ahead.advance(30 * SECOND);
    expect(ahead.look().observed.hr?.ageMs).toBe(30 * SECOND);
    const known = testBed(() => -4 * MINUTE);
    known.give({ values: { hr: 80 }, observedMs: START.wallMs + 3 * MINUTE });
    expect(known.look().observed.hr?.ageMs).toBe(MINUTE);
  });
});

describe('a gateway that delivers late', () => {
  it('its backlog is history: the newest counts, with its age, and the window knows the rest', () => {
    const bed = testBed();
    bed.advance(HOUR);
    const backlog = Array.from({ length: 20 }, (_, index) => ({
      values: { spo2: index < 15 ? 97 : 88 },
      observedMs: bed.now().wallMs - (20 - index) * 30 * SECOND,
    }));
    const after = bed.give(...backlog);
    expect(after.observed.spo2).toMatchObject({ value: 88, ageMs: 30 * SECOND });
    expect(after.samples.spo2).toHaveLength(10);
    expect(leastOf(signal(after, 'spo2-fall'))).toBe(9);
  });
  it('hours late, it is missing at once and no signal comes of it', () => {
    const bed = testBed();
    bed.advance(6 * HOUR);
    const after = bed.give({ values: WELL, observedMs: bed.now().wallMs - 5 * HOUR });
    expect(readingAt(after.observed.hr).state).toBe('missing');
    expect(after.alerts.alerts).toEqual([]);
    for (const one of after.signals) expect(leastOf(one) ?? 0).toBe(0);
  });
  it('in any order the same readings, samples and signals', () => {
    const reading = fc.record({
      minute: fc.integer({ min: 0, max: 100 }),
      hr: fc.integer({ min: 60, max: 140 }),
    });
    const readings = fc.uniqueArray(reading, { selector: ({ minute }) => minute, maxLength: 20 });
    fc.assert(
      fc.property(readings, fc.func(fc.integer()), (of, order) => {
        const give = (some: typeof of) => {
          const bed = testBed();
          bed.advance(2 * HOUR);
          bed.give(
            ...some.map(({ minute, hr }) => ({
              values: { hr },
              observedMs: bed.now().wallMs - minute * MINUTE,
            })),
          );
          const { samples, signals, observed } = bed.look();
          return { samples, signals, observed };
        };
        const shuffled = [...of].sort((a, b) => order(a.minute) - order(b.minute));
        expect(give(shuffled)).toEqual(give(of));
      }),
    );
  });
});

describe('what a bed remembers', () => {
  it('one value a minute and source, the median of a streamed one', () => {
    const bed = testBed();
    stream(bed, 120, (second) => ({ hr: second === 30 ? 250 : 80 }));
    const minutes = bed.look().samples.hr ?? [];
    expect(minutes.map(({ value, by }) => [value, by])).toEqual([
      [80, 'median'],
      [80, 'median'],
    ]);
  });
  it('a correction takes the place of its reading, and one that is taken back is gone', () => {
    const bed = testBed();
    const observedMs = bed.now().wallMs;
    bed.give({ values: { hr: 180, rr: 16 }, observedMs });
    bed.advance(30 * MINUTE);
    expect(bed.give({ values: { hr: 80, rr: 16 }, observedMs }).samples.hr?.[0]?.value).toBe(80);
    const after = bed.give({ values: { rr: 16 }, observedMs });
    expect(after.samples.hr).toEqual([]);
    expect(after.observed.hr).toBeUndefined();
    expect(after.samples.rr).toHaveLength(1);
  });
  it('stays bounded whatever a feed sends', () => {
    const bed = testBed();
    for (let minute = 0; minute < 600; minute++) {
      bed.give(
        ...['M1', 'M2', 'M3'].map((name) => ({ name, values: { ...WELL, spo2: 85 + (minute % 15) } })),
      );
      bed.advance(MINUTE);
    }
    const after = bed.look();
    for (const vital of NUMERIC_VITALS) expect(after.samples[vital]?.length ?? 0).toBeLessThanOrEqual(480);
    expect(after.steps.length).toBeLessThanOrEqual(2 * 12 * 12 + 2);
    expect(after.sets.length).toBeLessThan(20);
  });
  it('the cadence of a cuff tells how long its pressure counts', () => {
    const bed = testBed();
    stream(bed, 10, () => ({ hr: 80 }));
    for (let time = 0; time < 4; time++) {
      bed.give({ values: { sbp_nibp: 120, dbp_nibp: 70, hr: 80 } });
      bed.advance(10 * MINUTE);
    }
    const after = bed.look();
    expect(cuffMinutes(after.samples, 'sbp_nibp', { kind: 'monitor', name: 'M1' })).toBe(10);
    expect(after.observed.sbp_nibp).toMatchObject({
      source: { mode: 'cuff' },
      staleAfterMs: 15 * MINUTE,
      missingAfterMs: 20 * MINUTE,
    });
    expect(cuffMinutes(after.samples, 'sbp_nibp', { kind: 'monitor', name: 'M2' })).toBeNull();
  });
  it('what the monitor cannot measure is known until it measures it again, and overwrites nothing', () => {
    const bed = testBed();
    bed.give({ values: { spo2: 97, hr: 80 } });
    bed.advance(5 * SECOND);
    const off = bed.give({ values: { hr: 81 }, unavailable: ['spo2'] });
    expect(off.unavailable).toEqual(['spo2']);
    expect(off.observed.spo2?.value).toBe(97);
    expect(bedView(off).unavailable).toEqual(['spo2']);
    bed.advance(SECOND);
    expect(bed.give({ values: { hr: 82 } }).unavailable).toEqual(['spo2']);
    expect(bed.give({ values: { spo2: 96 } }).unavailable).toEqual([]);
  });
});

describe('trends', () => {
  it('tell direction, window and readings from three single readings', () => {
    const bed = testBed();
    for (const hr of [80, 90, 100]) {
      bed.give({ kind: 'hand', values: { hr } });
      bed.advance(HOUR);
    }
    const view = bedView(bed.give({ kind: 'hand', values: { hr: 110 } }));
    expect(view.trends?.hr).toMatchObject({
      state: 'known',
      direction: 'rising',
      perHour: 10,
      readings: 4,
      windowMs: 4 * HOUR,
      vital: 'hr',
    });
    expect(view.trends?.spo2).toBeUndefined();
  });
  it('are none after two', () => {
    const bed = testBed();
    bed.give({ kind: 'hand', values: { hr: 80 } });
    bed.advance(HOUR);
    expect(bed.give({ kind: 'hand', values: { hr: 120 } }).trends.hr).toMatchObject({
      state: 'too-few',
      readings: 2,
    });
  });
});

describe('the view of a bed', () => {
  it('has what the score and every signal rest on, with source and age', () => {
    const bed = testBed();
    bed.give({ kind: 'hand', name: 'Meera', values: WELL });
    bed.advance(5 * MINUTE);
    const after = bed.look();
    const { inputs } = signal(after, 'single-red');
    expect(inputs).toHaveLength(7);
    expect(inputs[0]).toEqual({
      vital: 'rr',
      value: 16,
      state: 'current',
      ageMs: 5 * MINUTE,
      by: 'single',
      ambiguous: false,
      source: { kind: 'hand', mode: 'charted', name: 'Meera' },
    });
    expect(leastOf(signal(after, 'map-low'))).toBe(90);
    expect(leastOf(signal(after, 'shock-index'))).toBe(0.6);
    expect(leastOf(signal(after, 'qsofa'))).toBe(0);
    expect(after.signals.map(({ state }) => state)).toEqual([
      'complete',
      'complete',
      'complete',
      'incomplete',
      'incomplete',
      'complete',
    ]);
    expect(bedView(after).derived).toEqual({ map: 90, shockIndex: 0.6, qsofa: 0 });
    // What a terminal cannot work out from the values themselves.
    expect(bedView(after).changes).toEqual([
      { rule: 'spo2-fall', covered: false, amount: 0, comparedWith: null },
      { rule: 'hr-rise', covered: false, amount: 0, comparedWith: null },
    ]);
  });
  it('crosses to a terminal packed and comes out as it was', () => {
    const bed = testBed();
    bed.give({ kind: 'hand', name: 'Meera', values: WELL });
    stream(bed, 90, (second) => ({ hr: 80 + (second % 7), spo2: 99 - (second % 12), sbp_nibp: 118 }));
    const after = bed.look();
    const crossed: unknown = structuredClone(packedBed(after));
    expect(bedViewSchema.parse(crossed)).toEqual(bedView(after));
  });
});
