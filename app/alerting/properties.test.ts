/**
 * Random stays: scores of every kind, time in steps of every size, and persons who act, in any order. What must
 * hold is checked against the recorded history, with limits written here by hand.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vital } from '../observation/vital.ts';
import { scoreNews2 } from '../scoring/news2.ts';
import type { News2Parameter, Score, Vitals } from '../scoring/score.ts';
import { leastOf, type Signal } from '../scoring/signals.ts';
import { actOnBed } from './action.ts';
import {
  ALERT_ACTIONS,
  type AlertAction,
  type AlertRecord,
  type AlertTransition,
  type BedAlertState,
  bedAlertStateSchema,
  NO_ALERTS,
} from './alert.ts';
import { ids, signal } from './alert-fixtures.ts';
import { DEFAULT_ALERT_POLICY } from './policy.ts';
import { VITAL_RULES, type VitalRule } from './rules.ts';
import { type BedInput, evaluateBed } from './transition.ts';

const policy = DEFAULT_ALERT_POLICY;
const MINUTE = 60_000;
const START = Date.parse('2026-09-12T12:00:00Z');

const maybe = <T>(values: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 9, arbitrary: values }, { weight: 1, arbitrary: fc.constant(null) });
/** Values around the limits, so that totals from 0 to 20 and all their neighbours come up. */
const vitals: fc.Arbitrary<Vitals> = fc.record({
  rr: maybe(fc.constantFrom(8, 10, 16, 16, 16, 24, 25)),
  spo2: maybe(fc.constantFrom(90, 93, 95, 98, 98, 98)),
  spo2_scale: fc.constantFrom(1 as const, 1 as const, 2 as const),
  on_oxygen: maybe(fc.boolean()),
  temp_c: maybe(fc.constantFrom(35, 37, 37, 37, 38.5, 39.5)),
  sbp: maybe(fc.constantFrom(90, 95, 105, 120, 120, 120)),
  hr: maybe(fc.constantFrom(70, 70, 70, 95, 120, 135)),
  acvpu: maybe(fc.constantFrom('A' as const, 'A' as const, 'A' as const, 'C' as const)),
});
const complete: fc.Arbitrary<Vitals> = vitals.map((some) => ({
  rr: some.rr ?? 16,
  spo2: some.spo2 ?? 98,
  spo2_scale: some.spo2_scale,
  on_oxygen: some.on_oxygen ?? false,
  temp_c: some.temp_c ?? 37,
  sbp: some.sbp ?? 120,
  hr: some.hr ?? 70,
  acvpu: some.acvpu ?? 'A',
}));
const notApplicable: Score = { applicable: false, reason: 'pregnant' };
const calm = scoreNews2({ rr: 16, spo2: 98, on_oxygen: false, temp_c: 37, sbp: 120, hr: 70, acvpu: 'A' });
const score: fc.Arbitrary<Score | null> = fc.oneof(
  { weight: 5, arbitrary: complete.map((some) => scoreNews2(some)) },
  { weight: 3, arbitrary: vitals.map((some) => scoreNews2(some)) },
  { weight: 3, arbitrary: fc.constant(calm) },
  { weight: 1, arbitrary: fc.constantFrom(null, notApplicable) },
);
const gap = fc.oneof(
  fc.integer({ min: 0, max: 90_000 }),
  fc.integer({ min: MINUTE, max: 12 * MINUTE }),
  fc.constantFrom(0, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 60 * MINUTE),
);
const mode = fc.constantFrom('streamed' as const, 'charted' as const);

/** Around the limits of each rule, its margin and what is much worse. */
const VALUES_OF: { readonly [rule in VitalRule]: readonly number[] } = {
  'map-low': [50, 60, 64, 65, 66, 70, 80],
  qsofa: [0, 0, 1, 2, 3],
  'spo2-fall': [0, 0, 4.5, 5, 6, 12],
  'hr-rise': [0, 0, 16, 19, 20, 45],
  'shock-index': [0.6, 0.7, 0.97, 1, 1.1, 1.4],
};
const oneSignal = (rule: VitalRule): fc.Arbitrary<Signal | null> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    {
      weight: 5,
      arbitrary: fc
        .record({
          value: fc.constantFrom(...VALUES_OF[rule]),
          mode,
          state: fc.constantFrom('current' as const, 'current' as const, 'stale' as const),
          incomplete: fc.constantFrom(false, false, false, true),
        })
        .map(({ value, ...more }) => signal(rule, value, more)),
    },
  );
const signals: fc.Arbitrary<readonly Signal[]> = fc
  .tuple(...VITAL_RULES.map(oneSignal))
  .map((some) => some.flatMap((one) => one ?? []));
const calmSignals: readonly Signal[] = VITAL_RULES.map((rule) => signal(rule, rule === 'map-low' ? 90 : 0));
const corrected: fc.Arbitrary<readonly Vital[]> = fc.oneof(
  { weight: 9, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.subarray<Vital>(['hr', 'spo2', 'rr', 'map_art', 'sbp'], { minLength: 1 }) },
);

type Step =
  | {
      readonly kind: 'score';
      readonly gap: number;
      readonly score: Score | null;
      readonly signals: readonly Signal[];
      readonly corrected: readonly Vital[];
      readonly mode: BedInput['mode'];
    }
  | { readonly kind: 'act'; readonly gap: number; readonly which: number; readonly action: AlertAction };
const scoreStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('score' as const),
  gap,
  score,
  signals,
  corrected,
  mode,
});
const actStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('act' as const),
  gap: fc.integer({ min: 0, max: MINUTE }),
  which: fc.nat({ max: 5 }),
  action: fc.constantFrom(...ALERT_ACTIONS),
});
/** Complete calm scores for a quarter of an hour, so that alerts do resolve. */
const recovery: fc.Arbitrary<Step[]> = mode.map((by) =>
  [0, 5, 5, 5].map((minutes) => ({
    kind: 'score',
    gap: minutes * MINUTE,
    score: calm,
    signals: calmSignals,
    corrected: [],
    mode: by,
  })),
);
const one = (step: fc.Arbitrary<Step>) => step.map((only) => [only]);
const joined = (...parts: fc.WeightedArbitrary<Step[]>[]) =>
  fc.array(fc.oneof(...parts), { minLength: 1, maxLength: 40, size: 'max' }).map((steps) => steps.flat());
const stay = joined(
  { weight: 12, arbitrary: one(scoreStep) },
  { weight: 4, arbitrary: one(actStep) },
  { weight: 1, arbitrary: recovery },
);
const unattended = joined({ weight: 12, arbitrary: one(scoreStep) }, { weight: 1, arbitrary: recovery });

interface Moment {
  readonly atMs: number;
  readonly step: Step;
  readonly before: BedAlertState;
  readonly after: BedAlertState;
  readonly transitions: readonly AlertTransition[];
}

interface Playing {
  /** By how much the time of day is wrong at a step (ms); the steady clock knows nothing of it. */
  readonly wrongBy?: (index: number) => number;
  /** What a restart would make of the state at a step. */
  readonly kept?: (state: BedAlertState, index: number) => BedAlertState;
}

/** Plays a stay and gives what happened at every step. */
function play(steps: readonly Step[], { wrongBy, kept }: Playing = {}): Moment[] {
  const newId = ids();
  let state: BedAlertState = NO_ALERTS;
  let atMs = START;
  return steps.map((step, index): Moment => {
    atMs += step.gap;
    const at = new Date(atMs + (wrongBy?.(index) ?? 0)).toISOString();
    const clock = { bootMs: atMs - START, bootId: 'one' };
    state = kept?.(state, index) ?? state;
    const before = state;
    let transitions: readonly AlertTransition[] = [];
    if (step.kind === 'score') {
      const { score: said, signals: told, corrected: withdrawn } = step;
      const input = { at, clock, score: said, signals: told, corrected: withdrawn, mode: step.mode, newId };
      ({ state, transitions } = evaluateBed(state, input, policy));
    } else {
      const alert = state.alerts[step.which % Math.max(1, state.alerts.length)];
      const request = { action: step.action, reason: 'seen', minutes: 5 };
      const outcome = actOnBed(state, alert?.id ?? 'none', request, 'nair', at, policy, clock);
      if (outcome.ok) ({ state, transitions } = outcome.value);
    }
    return { atMs, step, before, after: state, transitions };
  });
}

const LIMITS: { readonly [rule: string]: number } = { 'news2-high': 7, 'news2-medium': 5 };
const SEVERITY = { high: 3, medium: 2, low: 1 };

/** From which value on each signal is certainly beyond its limit and margin, written out by hand. */
const IS_OVER: { readonly [rule in VitalRule]: (value: number) => boolean } = {
  'map-low': (value) => value >= 67,
  qsofa: (value) => value < 2,
  'spo2-fall': (value) => value <= 4,
  'hr-rise': (value) => value < 15,
  'shock-index': (value) => value < 0.95,
};

function isSignalOver(rule: VitalRule, said: Score, told: readonly Signal[]): boolean {
  const found = told.find((one) => one.rule === rule);
  if (found === undefined || found.state === 'not-applicable' || !found.current) return false;
  const value = leastOf(found);
  if (value === null || !IS_OVER[rule](value)) return false;
  const isChange = rule === 'spo2-fall' || rule === 'hr-rise';
  if (!isChange || 'applicable' in said) return found.state === 'complete';
  return said.points[rule === 'hr-rise' ? 'hr' : 'spo2'] === 0;
}

/** Whether a score and signals say for certain that what an alert fired on is over. */
function isOver(alert: AlertRecord, said: Score, told: readonly Signal[]): boolean {
  const rule = VITAL_RULES.find((one) => one === alert.rule);
  if (rule !== undefined) return isSignalOver(rule, said, told);
  if ('applicable' in said || !said.complete) return false;
  if (alert.rule === 'single-red') return alert.parameter !== null && said.points[alert.parameter] !== 3;
  return said.total < (LIMITS[alert.rule] ?? alert.threshold ?? 0);
}

function reds(said: Score | null): readonly News2Parameter[] {
  return said === null || 'applicable' in said ? [] : said.red_parameters;
}
function bound(said: Score | null): number {
  if (said === null || 'applicable' in said) return 0;
  return said.complete ? said.total : said.min_total;
}

describe('an open alert', () => {
  it('is never lost: it stays, or a person dismissed it, or ten minutes of complete scores say it is over', () => {
    let resolved = 0;
    let withdrawn = 0;
    fc.assert(
      fc.property(stay, (steps) => {
        const moments = play(steps);
        for (const [index, { before, after, transitions, step, atMs }] of moments.entries())
          for (const alert of before.alerts) {
            if (after.alerts.some(({ id }) => id === alert.id)) continue;
            const closing = transitions.find((one) => one.alert.id === alert.id);
            if (step.kind === 'act') {
              expect(step.action).toBe('dismissed');
              expect(closing?.alert).toMatchObject({ state: 'dismissed', lastAction: { by: 'nair' } });
              continue;
            }
            expect(closing?.to).toBe('resolved');
            if (closing?.cause === 'corrected') {
              withdrawn += 1;
              expect(alert.trigger?.vitals.some((vital) => step.corrected.includes(vital))).toBe(true);
              expect(step.score !== null && isOver(alert, step.score, step.signals)).toBe(true);
              continue;
            }
            resolved += 1;
            const said = moments
              .slice(0, index + 1)
              .flatMap((moment) =>
                moment.step.kind === 'score' && moment.step.score !== null
                  ? [{ atMs: moment.atMs, over: isOver(alert, moment.step.score, moment.step.signals) }]
                  : [],
              );
            const lastNotOver = said.findLastIndex(({ over }) => !over);
            expect(atMs - (said[lastNotOver + 1]?.atMs ?? Number.NaN)).toBeGreaterThanOrEqual(10 * MINUTE);
          }
      }),
      { numRuns: 300 },
    );
    expect(resolved).toBeGreaterThan(100);
    expect(withdrawn).toBeGreaterThan(0);
  });

  it('is there for every score that asks for one, while nobody acts', () => {
    fc.assert(
      fc.property(unattended, (steps) => {
        for (const { after, step } of play(steps)) {
          if (step.kind !== 'score' || step.mode !== 'charted') continue;
          const worst = Math.max(0, ...after.alerts.map(({ priority }) => SEVERITY[priority]));
          const least = bound(step.score);
          if (least >= 7) expect(worst).toBe(3);
          else if (least >= 5) expect(worst).toBeGreaterThanOrEqual(2);
          else if (reds(step.score).length > 0) expect(worst).toBeGreaterThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('of the high rule is there at 7 or more, unless a person answered one in this episode', () => {
    let demanded = 0;
    fc.assert(
      fc.property(stay, (steps) => {
        let answered = false;
        let belowSinceMs: number | null = null;
        for (const { after, step, transitions, atMs } of play(steps)) {
          if (transitions.some(({ cause, alert }) => cause === 'person' && alert.rule === 'news2-high'))
            answered = true;
          if (step.kind !== 'score' || step.score === null) continue;
          const isBelow = !('applicable' in step.score) && step.score.complete && step.score.total < 7;
          belowSinceMs = isBelow ? (belowSinceMs ?? atMs) : null;
          if (belowSinceMs !== null && atMs - belowSinceMs >= 10 * MINUTE) answered = false;
          if (step.mode !== 'charted' || bound(step.score) < 7 || answered) continue;
          demanded += 1;
          expect(after.alerts.map(({ rule }) => rule)).toContain('news2-high');
        }
      }),
      { numRuns: 300 },
    );
    expect(demanded).toBeGreaterThan(100);
  });
});

describe('missing data', () => {
  const silence = fc.array(
    fc.record({
      kind: fc.constant('score' as const),
      gap,
      mode,
      score: fc.oneof(
        vitals.map((some) => scoreNews2({ ...some, acvpu: null })),
        fc.constantFrom(null, notApplicable),
      ),
      // What is stale or incomplete is missing where an alert would end.
      signals: signals.map((some) => some.filter((one) => one.state !== 'not-applicable' && !one.current)),
      corrected,
    }),
    { minLength: 1, maxLength: 30 },
  );
  it('closes nothing and arms nothing, whatever it leaves', () => {
    fc.assert(
      fc.property(stay, silence, (steps, missing) => {
        const known = play(steps).length;
        const silent = play([...steps, ...missing]).slice(known);
        for (const { transitions, before, after } of silent) {
          expect(transitions.filter(({ to }) => to === 'resolved' || to === 'dismissed')).toEqual([]);
          for (const { rule, parameter, threshold } of before.conditions.filter(
            ({ latch }) => latch === 'raised',
          ))
            if (rule !== 'news2-rise')
              expect(after.conditions).toContainEqual(
                expect.objectContaining({ rule, parameter, threshold, latch: 'raised' }),
              );
          expect(after.knownTotal ?? 0).toBeGreaterThanOrEqual(before.knownTotal ?? 0);
        }
      }),
    );
  });
});

describe('escalation', () => {
  it('never climbs down, never waits longer by time alone, and keeps what an alert fired on', () => {
    fc.assert(
      fc.property(stay, (steps) => {
        for (const { before, after, transitions, step } of play(steps))
          for (const alert of before.alerts) {
            const next =
              after.alerts.find(({ id }) => id === alert.id) ??
              transitions.findLast((one) => one.alert.id === alert.id)?.alert;
            expect(next?.escalationLevel).toBeGreaterThanOrEqual(alert.escalationLevel);
            expect(next).toMatchObject({
              priority: alert.priority,
              rule: alert.rule,
              firedAt: alert.firedAt,
              score: alert.score,
            });
            const asksAgain = transitions.some(
              (one) => one.cause === 're-raised' && one.alert.id === alert.id,
            );
            const untouched =
              step.kind === 'score' && next?.escalationLevel === alert.escalationLevel && !asksAgain;
            if (untouched && next.closedAt === null && alert.state !== 'snoozed')
              expect(next.nextEscalationAt).toBe(alert.nextEscalationAt);
          }
      }),
    );
  });

  it('an unanswered alert is never overdue', () => {
    fc.assert(
      fc.property(stay, (steps) => {
        for (const { after, atMs, step } of play(steps)) {
          if (step.kind !== 'score') continue;
          for (const { nextEscalationAt, snoozedUntil } of after.alerts)
            for (const due of [nextEscalationAt, snoozedUntil])
              if (due !== null) expect(Date.parse(due)).toBeGreaterThan(atMs);
        }
      }),
    );
  });
});

describe('the state', () => {
  it('does not change when the same input comes again', () => {
    fc.assert(
      fc.property(stay, (steps) => {
        for (const { after, step, atMs } of play(steps)) {
          if (step.kind !== 'score') continue;
          const input: BedInput = {
            at: new Date(atMs).toISOString(),
            clock: { bootMs: atMs - START, bootId: 'one' },
            score: step.score,
            signals: step.signals,
            corrected: step.corrected,
            mode: step.mode,
            newId: () => {
              throw new Error('nothing may fire twice');
            },
          };
          expect(evaluateBed(after, input, policy)).toEqual({ state: after, transitions: [] });
        }
      }),
    );
  });

  it('is plain JSON of the shared shape, with unique ids, and every change has its transition', () => {
    fc.assert(
      fc.property(stay, (steps) => {
        for (const { before, after, transitions } of play(steps)) {
          expect(bedAlertStateSchema.parse(JSON.parse(JSON.stringify(after)))).toEqual(after);
          expect(new Set(after.alerts.map(({ id }) => id)).size).toBe(after.alerts.length);
          for (const alert of after.alerts) {
            const old = before.alerts.find(({ id }) => id === alert.id);
            const told = transitions.filter((one) => one.alert.id === alert.id);
            expect(alert.version).toBe((old?.version ?? 0) + told.length);
            if (told.length === 0) expect(alert).toEqual(old);
          }
          for (const { from, to, cause } of transitions) {
            expect(['resolved', 'dismissed']).not.toContain(from);
            if (cause === 'fired') expect([from, to]).toEqual([null, 'active']);
          }
        }
      }),
    );
  });

  it('stays small: one alert for each rule that can hold, and forgets what is over', () => {
    fc.assert(
      fc.property(stay, (steps) => {
        for (const { after } of play(steps)) {
          const keys = after.alerts.map(({ rule, parameter, threshold }) =>
            JSON.stringify([rule, parameter, rule === 'news2-rise' ? threshold : null]),
          );
          expect(new Set(keys).size).toBe(keys.length);
          expect(after.conditions.length).toBeLessThanOrEqual(40);
        }
      }),
    );
    const rest = { signals: calmSignals, corrected: [] };
    const quiet = play([
      { kind: 'score', gap: 0, score: scoreNews2({ rr: 30, hr: 135 }), ...rest, mode: 'charted' },
      { kind: 'score', gap: MINUTE, score: calm, ...rest, mode: 'charted' },
      { kind: 'score', gap: 10 * MINUTE, score: calm, ...rest, mode: 'charted' },
    ]).at(-1)?.after;
    expect(quiet).toMatchObject({ alerts: [], conditions: [], knownTotal: 0 });
  });
});

describe('a signal that asks for an alert', () => {
  const least: { readonly [rule in VitalRule]: (value: number) => boolean } = {
    'map-low': (value) => value < 65,
    qsofa: (value) => value >= 2,
    'spo2-fall': (value) => value > 5,
    'hr-rise': (value) => value >= 20,
    'shock-index': (value) => value >= 1,
  };
  it('has one of at least its priority at once, while nobody acts: its own or a worse one', () => {
    let demanded = 0;
    fc.assert(
      fc.property(unattended, (steps) => {
        for (const { after, step } of play(steps)) {
          if (step.kind !== 'score' || step.score === null) continue;
          for (const rule of VITAL_RULES) {
            const found = step.signals.find((one) => one.rule === rule);
            const value = found === undefined ? null : leastOf(found);
            const isCharted =
              found !== undefined &&
              found.state !== 'not-applicable' &&
              found.inputs.every(({ source }) => source.mode === 'charted');
            if (value === null || !isCharted || !least[rule](value)) continue;
            demanded += 1;
            const { priority } = policy.rules[rule];
            const worst = Math.max(0, ...after.alerts.map((alert) => SEVERITY[alert.priority]));
            expect(worst).toBeGreaterThanOrEqual(SEVERITY[priority]);
            if (rule === 'map-low') expect(after.alerts.map((alert) => alert.rule)).toContain('map-low');
          }
        }
      }),
      { numRuns: 200 },
    );
    expect(demanded).toBeGreaterThan(500);
  });
});

/**
 * What happened, without the moments that a wrong time of day changes. The mark of a corrected value is left out: it
 * is set once a moment, and a clock that jumps makes two moments of one.
 */
const told = (moments: readonly Moment[]) =>
  moments.map(({ transitions }) =>
    transitions
      .filter(({ cause, from, to }) => cause !== 'corrected' || from !== to)
      .map(({ cause, from, to, alert }) => [cause, alert.id, alert.rule, from, to, alert.escalationLevel]),
  );

describe('the course of a stay', () => {
  it('is the same whatever the time of day says, forward and back', () => {
    const jumps = fc.array(
      fc.record({ step: fc.nat({ max: 60 }), byMs: fc.integer({ min: -90 * MINUTE, max: 90 * MINUTE }) }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(stay, jumps, (steps, all) => {
        const real = all.filter(({ byMs }) => Math.abs(byMs) >= 1_000);
        const wrongBy = (index: number) =>
          real.reduce((sum, { step, byMs }) => (index >= step && index > 0 ? sum + byMs : sum), 0);
        expect(told(play(steps, { wrongBy }))).toEqual(told(play(steps)));
      }),
      { numRuns: 200 },
    );
  });

  it('is the same after a restart at any step, and any beginning of it is its beginning', () => {
    fc.assert(
      fc.property(stay, fc.nat({ max: 60 }), (steps, cut) => {
        const whole = play(steps);
        const kept = (state: BedAlertState, index: number) =>
          index === cut ? bedAlertStateSchema.parse(JSON.parse(JSON.stringify(state))) : state;
        expect(play(steps, { kept })).toEqual(whole);
        expect(play(steps.slice(0, cut))).toEqual(whole.slice(0, cut));
      }),
    );
  });
});
