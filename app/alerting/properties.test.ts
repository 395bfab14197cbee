/**
 * Random stays: scores of every kind, time in steps of every size, and persons who act, in any order. What must
 * hold is checked against the recorded history, with limits written here by hand.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreNews2 } from '../scoring/news2.ts';
import type { News2Parameter, Score, Vitals } from '../scoring/score.ts';
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
import { ids } from './alert-fixtures.ts';
import { DEFAULT_ALERT_POLICY } from './rules.ts';
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

type Step =
  | {
      readonly kind: 'score';
      readonly gap: number;
      readonly score: Score | null;
      readonly mode: BedInput['mode'];
    }
  | { readonly kind: 'act'; readonly gap: number; readonly which: number; readonly action: AlertAction };
const scoreStep: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('score' as const), gap, score, mode });
const actStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('act' as const),
  gap: fc.integer({ min: 0, max: MINUTE }),
  which: fc.nat({ max: 5 }),
  action: fc.constantFrom(...ALERT_ACTIONS),
});
/** Complete calm scores for a quarter of an hour, so that alerts do resolve. */
const recovery: fc.Arbitrary<Step[]> = mode.map((by) =>
  [0, 5, 5, 5].map((minutes) => ({ kind: 'score', gap: minutes * MINUTE, score: calm, mode: by })),
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

/** Plays a stay and gives what happened at every step. */
function play(steps: readonly Step[]): Moment[] {
  const newId = ids();
  let state: BedAlertState = NO_ALERTS;
  let atMs = START;
  return steps.map((step): Moment => {
    atMs += step.gap;
    const at = new Date(atMs).toISOString();
    const before = state;
    let transitions: readonly AlertTransition[] = [];
    if (step.kind === 'score') {
      const input = { at, score: step.score, mode: step.mode, newId };
      ({ state, transitions } = evaluateBed(state, input, policy));
    } else {
      const alert = state.alerts[step.which % Math.max(1, state.alerts.length)];
      const request = { action: step.action, reason: 'seen', minutes: 5 };
      const outcome = actOnBed(state, alert?.id ?? 'none', request, 'nair', at, policy);
      if (outcome.ok) ({ state, transitions } = outcome.value);
    }
    return { atMs, step, before, after: state, transitions };
  });
}

const LIMITS: { readonly [rule: string]: number } = { 'news2-high': 7, 'news2-medium': 5 };
const SEVERITY = { high: 3, medium: 2, low: 1 };

/** Whether a score says for certain that what an alert fired on is over. */
function isOver(alert: AlertRecord, said: Score): boolean {
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
            resolved += 1;
            expect(closing?.to).toBe('resolved');
            const said = moments
              .slice(0, index + 1)
              .flatMap((moment) =>
                moment.step.kind === 'score' && moment.step.score !== null
                  ? [{ atMs: moment.atMs, over: isOver(alert, moment.step.score) }]
                  : [],
              );
            const lastNotOver = said.findLastIndex(({ over }) => !over);
            expect(atMs - (said[lastNotOver + 1]?.atMs ?? Number.NaN)).toBeGreaterThanOrEqual(10 * MINUTE);
          }
      }),
      { numRuns: 300 },
    );
    expect(resolved).toBeGreaterThan(100);
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
            const untouched = step.kind === 'score' && next?.escalationLevel === alert.escalationLevel;
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
            score: step.score,
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
          expect(after.conditions.length).toBeLessThanOrEqual(30);
        }
      }),
    );
    const quiet = play([
      { kind: 'score', gap: 0, score: scoreNews2({ rr: 30, hr: 135 }), mode: 'charted' },
      { kind: 'score', gap: MINUTE, score: calm, mode: 'charted' },
      { kind: 'score', gap: 10 * MINUTE, score: calm, mode: 'charted' },
    ]).at(-1)?.after;
    expect(quiet).toMatchObject({ alerts: [], conditions: [], knownTotal: 0 });
  });
});
