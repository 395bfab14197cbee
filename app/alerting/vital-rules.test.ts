import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vital } from '../observation/vital.ts';
import type { Score } from '../scoring/score.ts';
import type { Signal } from '../scoring/signals.ts';
import { actOnBed } from './action.ts';
import {
  type AlertAction,
  alertRecordSchema,
  type BedAlertState,
  bedAlertStateSchema,
  NO_ALERTS,
} from './alert.ts';
import { at, ids, scoreOf, signal, total } from './alert-fixtures.ts';
import { type AlertPolicy, alertPolicySchema, DEFAULT_ALERT_POLICY } from './policy.ts';
import { rulesUnder16, type VitalRule } from './rules.ts';
import { type BedEvaluation, type BedInput, evaluateBed } from './transition.ts';

const NONE: Score = { applicable: false, reason: 'pregnant' };
const reviewed = { action: 'reviewed', reason: null, minutes: null } as const;

type Step = readonly [minutes: number, signals: readonly Signal[], more?: Partial<BedInput>];

function play(
  steps: readonly Step[],
  options: {
    readonly policy?: AlertPolicy;
    readonly from?: BedAlertState;
    readonly newId?: () => string;
  } = {},
): BedEvaluation {
  const newId = options.newId ?? ids();
  return steps.reduce<BedEvaluation>(
    ({ state, transitions }, [minutes, signals, more]) => {
      const input: BedInput = { at: at(minutes), score: total(0), signals, mode: 'charted', newId, ...more };
      const next = evaluateBed(state, input, options.policy ?? DEFAULT_ALERT_POLICY);
      return { state: next.state, transitions: [...transitions, ...next.transitions] };
    },
    { state: options.from ?? NO_ALERTS, transitions: [] },
  );
}
const open = ({ state }: BedEvaluation) =>
  state.alerts.map(({ rule, priority, state: now }) => [rule, priority, now]);
const causes = ({ transitions }: BedEvaluation) => transitions.map(({ cause, alert }) => [cause, alert.rule]);
function answer(state: BedAlertState, minutes: number): BedAlertState {
  const outcome = actOnBed(
    state,
    state.alerts[0]?.id ?? '',
    reviewed,
    'nair',
    at(minutes),
    DEFAULT_ALERT_POLICY,
  );
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.state;
}

describe('the limits of the rules on signals', () => {
  it.each([
    ['map-low', 64, 65, 'high'],
    ['qsofa', 2, 1, 'medium'],
    ['spo2-fall', 6, 5, 'medium'],
    ['hr-rise', 20, 19, 'low'],
    ['shock-index', 1, 0.99, 'medium'],
  ] as const)('%s fires at %d and not at %d, with priority %s', (rule, fires, quiet, priority) => {
    expect(open(play([[0, [signal(rule, fires)]]]))).toEqual([[rule, priority, 'active']]);
    expect(play([[0, [signal(rule, quiet)]]]).transitions).toEqual([]);
  });
  it('keeps what it fired on, and under which policy', () => {
    const policy = alertPolicySchema.parse({ version: 7, rules: { 'map-low': { threshold: 70 } } });
    expect(play([[0, [signal('map-low', 68)]]], { policy }).state.alerts[0]).toMatchObject({
      rule: 'map-low',
      threshold: 70,
      policyVersion: 7,
      leastTotal: 0,
      trigger: { vitals: ['map_art'], value: 68, streamed: false },
      levelOwner: 'nurse',
      nextOwner: 'doctor',
    });
  });
  it('run where NEWS2 does not apply', () => {
    const bed = play([[0, [signal('map-low', 60)], { score: NONE }]]);
    expect(open(bed)).toEqual([['map-low', 'high', 'active']]);
    expect(bed.state.alerts[0]).toMatchObject({ leastTotal: null, score: NONE });
  });
  it('a rule that is switched off does not fire, and an open alert of it still ends', () => {
    const off = alertPolicySchema.parse({ rules: { qsofa: { enabled: false } } });
    expect(play([[0, [signal('qsofa', 3)]]], { policy: off }).transitions).toEqual([]);
    const fired = play([[0, [signal('qsofa', 3)]]]).state;
    const ended = play(
      [
        [1, [signal('qsofa', 0)]],
        [11, [signal('qsofa', 0)]],
      ],
      { from: fired, policy: off },
    );
    expect(causes(ended)).toEqual([['resolved', 'qsofa']]);
  });
  it('an incomplete signal fires by its bound, and one without a bound says nothing', () => {
    expect(open(play([[0, [signal('qsofa', 2, { incomplete: true })]]]))).toHaveLength(1);
    const unknown: Signal = {
      rule: 'map-low',
      state: 'incomplete',
      atLeast: null,
      missing: ['dbp'],
      inputs: [],
      oldestAgeMs: null,
      current: false,
      comparedWith: null,
    };
    expect(play([[0, [unknown]]]).transitions).toEqual([]);
  });
});

describe('persistence goes by what triggered', () => {
  const streamed = (rule: VitalRule, value: number) => signal(rule, value, { mode: 'streamed' });
  it.each([
    ['map-low', 60, 5],
    ['shock-index', 1.3, 15],
    ['qsofa', 2, 1],
  ] as const)('a streamed %s of %d fires after %d minutes, not before', (rule, value, minutes) => {
    const until = (end: number): Step[] =>
      [0, end / 2, end].map((minute) => [minute, [streamed(rule, value)]] as const);
    expect(play(until(minutes - 0.01)).transitions).toEqual([]);
    expect(open(play(until(minutes)))).toHaveLength(1);
  });
  it('begins again after it was not below the limit, also within the margin', () => {
    const bed = play([
      [0, [streamed('map-low', 60)]],
      [3, [streamed('map-low', 65)]],
      [4, [streamed('map-low', 60)]],
      [8, [streamed('map-low', 60)]],
    ]);
    expect(bed.transitions).toEqual([]);
  });
  it("a nurse's entry beside a streamed spike does not make the spike fire", () => {
    const sources = {
      hr: { vital: 'hr', streamed: true },
      spo2: { vital: 'spo2', streamed: true },
      temp: { vital: 'temp_c', streamed: false },
    } as const;
    const spike = scoreOf({ hr: 135, spo2: 91, temp_c: 38.5 });
    expect(spike).toMatchObject({ total: 7 });
    const bed = play([
      [0, [], { score: scoreOf({ temp_c: 38.5 }), sources }],
      [1, [], { score: spike, sources }],
    ]);
    expect(bed.transitions).toEqual([]);
    expect(open(play([[2, [], { score: spike, sources }]], { from: bed.state }))).toEqual([
      ['news2-high', 'high', 'active'],
    ]);
  });
  it('a charted value that lifts a lasting streamed score fires at once', () => {
    const sources = {
      hr: { vital: 'hr', streamed: true },
      consciousness: { vital: 'acvpu', streamed: false },
    } as const;
    const lasting = scoreOf({ hr: 115, on_oxygen: true });
    const confused = scoreOf({ hr: 115, on_oxygen: true, acvpu: 'C' });
    expect([lasting, confused]).toMatchObject([{ total: 4 }, { total: 7 }]);
    const bed = play([
      [0, [], { score: lasting, sources }],
      [2, [], { score: lasting, sources }],
      [2.1, [], { score: confused, sources }],
    ]);
    expect(open(bed)).toEqual([['news2-high', 'high', 'active']]);
  });
});

describe('what ends an alert on a signal', () => {
  const low = play([[0, [signal('map-low', 60)]]]).state;
  const ended = (value: number, more: Parameters<typeof signal>[2] = {}) =>
    play(
      [
        [1, [signal('map-low', value, more)]],
        [11, [signal('map-low', value, more)]],
      ],
      { from: low },
    );
  it('ten minutes beyond the margin', () => {
    expect(ended(67).state.alerts).toEqual([]);
    expect(ended(66).state.alerts).toHaveLength(1);
  });
  it('not a stale or missing value, however long', () => {
    expect(ended(80, { state: 'stale' }).state.alerts).toHaveLength(1);
    expect(play([[600, []]], { from: low }).state.alerts).toHaveLength(1);
  });
  it('a saturation that fell and stays low is not over, and is when it is normal again', () => {
    const fallen = scoreOf({ spo2: 90 });
    const fell = play([[0, [signal('spo2-fall', 8)], { score: fallen }]]).state;
    const still = play(
      [
        [15, [signal('spo2-fall', 0)], { score: fallen }],
        [60, [signal('spo2-fall', 0)], { score: fallen }],
      ],
      { from: fell },
    );
    expect(still.state.alerts.map(({ rule }) => rule)).toContain('spo2-fall');
    const well = play(
      [
        [61, [signal('spo2-fall', 0)]],
        [71, [signal('spo2-fall', 0)]],
      ],
      { from: still.state },
    );
    expect(well.state.alerts.map(({ rule }) => rule)).not.toContain('spo2-fall');
  });
});

describe('what covers an alert on a signal', () => {
  it('a worse unanswered one; a low mean pressure is never covered', () => {
    const bed = play([[0, [signal('map-low', 60), signal('qsofa', 2)], { score: total(7) }]]);
    expect(open(bed)).toEqual([
      ['news2-high', 'high', 'active'],
      ['map-low', 'high', 'active'],
    ]);
  });
  it('not a low mean pressure either that the site rings more quietly', () => {
    const policy = alertPolicySchema.parse({ rules: { 'map-low': { priority: 'medium' } } });
    const bed = play([[0, [signal('map-low', 60)], { score: total(7) }]], { policy });
    expect(open(bed)).toEqual([
      ['news2-high', 'high', 'active'],
      ['map-low', 'medium', 'active'],
    ]);
  });
  it('what comes after the answer is told', () => {
    const high = play([[0, [], { score: total(7) }]]).state;
    const bed = play([[2, [signal('qsofa', 2)], { score: total(7) }]], {
      from: answer(high, 1),
      newId: () => 'b1',
    });
    expect(open(bed)).toContainEqual(['qsofa', 'medium', 'active']);
  });
  it('an acknowledged NEWS2 alert leaves a low pressure unanswered', () => {
    const both = play([[0, [signal('map-low', 60)], { score: total(7) }]]).state;
    expect(answer(both, 1).alerts.map(({ rule, state }) => [rule, state])).toEqual([
      ['news2-high', 'acknowledged'],
      ['map-low', 'active'],
    ]);
  });
});

describe('an answered alert asks again', () => {
  it('when its condition still holds after the time of its priority', () => {
    const answered = answer(play([[0, [], { score: total(7) }]]).state, 1);
    expect(play([[60, [], { score: total(7) }]], { from: answered }).transitions).toEqual([]);
    const again = play(
      [
        [61, [], { score: total(7) }],
        [61.5, [], { score: total(7) }],
      ],
      { from: answered },
    );
    expect(again.transitions).toMatchObject([
      { cause: 're-raised', from: 'acknowledged', to: 'active', alert: { owner: null, reraised: 1 } },
    ]);
  });
  it('not while the score is missing or below', () => {
    const answered = answer(play([[0, [], { score: total(7) }]]).state, 1);
    expect(
      play(
        [
          [61, [], { score: scoreOf({ rr: null, acvpu: null }) }],
          [65, [], { score: total(4) }],
        ],
        { from: answered },
      ).transitions,
    ).toEqual([]);
  });
  it('when the signal is much worse, for as long as the rule wants', () => {
    const answered = answer(play([[0, [signal('map-low', 62)]]]).state, 1);
    expect(play([[2, [signal('map-low', 53)]]], { from: answered }).transitions).toEqual([]);
    expect(causes(play([[2, [signal('map-low', 52)]]], { from: answered }))).toEqual([
      ['re-raised', 'map-low'],
    ]);
    const artefact = signal('map-low', 40, { mode: 'streamed' });
    const calm = signal('map-low', 61, { mode: 'streamed' });
    const steps: Step[] = [
      [2, [artefact]],
      [4, [calm]],
      [5, [artefact]],
      [9, [artefact]],
    ];
    expect(play(steps, { from: answered }).transitions).toEqual([]);
  });
  it('when a change is a new one', () => {
    const fallen = scoreOf({ spo2: 92 });
    const answered = answer(play([[0, [signal('spo2-fall', 6)], { score: fallen }]]).state, 1);
    const steps: Step[] = [
      [2, [signal('spo2-fall', 6)], { score: fallen }],
      [15, [signal('spo2-fall', 0)], { score: fallen }],
      [20, [signal('spo2-fall', 6)], { score: fallen }],
    ];
    expect(causes(play(steps, { from: answered })).filter(([, rule]) => rule === 'spo2-fall')).toEqual([
      ['re-raised', 'spo2-fall'],
    ]);
  });
});

describe('a corrected value', () => {
  const sources = { hr: { vital: 'hr', streamed: false } } as const;
  const wrong = scoreOf({ hr: 135, on_oxygen: true });
  const fired = play([[0, [], { score: wrong, sources }]]).state;
  const corrected = (vitals: Vital[]) => ({ sources, corrected: vitals });
  it('closes what rested on it at once, where what is left says so for certain', () => {
    const bed = play([[1, [], { score: total(0), ...corrected(['hr']) }]], { from: fired });
    expect(bed.state.alerts).toEqual([]);
    expect(bed.transitions).toMatchObject([
      {
        cause: 'corrected',
        to: 'resolved',
        alert: { correctedAt: at(1), closedAs: 'corrected', score: wrong },
      },
    ]);
  });
  it('leaves it open and marked where the score is incomplete or still above', () => {
    const stays = (score: Score) =>
      play([[1, [], { score, ...corrected(['hr']) }]], { from: fired }).state.alerts[0];
    expect(stays(scoreOf({ hr: null }))).toMatchObject({ state: 'active', correctedAt: at(1), version: 2 });
    expect(stays(scoreOf({ hr: 132, on_oxygen: true }))).toMatchObject({
      state: 'active',
      correctedAt: at(1),
    });
  });
  it('of another vital changes nothing', () => {
    const bed = play([[1, [], { score: total(0), ...corrected(['rr']) }]], { from: fired });
    expect(bed.transitions).toEqual([]);
  });
  it('may fire again at once when the next value is bad too', () => {
    const closed = play([[1, [], { score: total(0), ...corrected(['hr']) }]], { from: fired }).state;
    expect(
      play([[2, [], { score: wrong, sources }]], { from: closed, newId: () => 'b1' }).state.alerts,
    ).toHaveLength(1);
  });
});

describe('a time of day that is corrected', () => {
  const clock = (bootMinutes: number) => ({ clock: { bootMs: bootMinutes * 60_000, bootId: 'one' } });
  const seven = (minutes: number, bootMinutes: number): Step => [
    minutes,
    [],
    { score: total(7), ...clock(bootMinutes) },
  ];
  const levels = (bed: BedEvaluation) =>
    bed.transitions.filter(({ cause }) => cause === 'escalated-by-time').map(({ at: when }) => when);
  it('forward does not climb the ladder', () => {
    expect(levels(play([seven(0, 0), seven(61, 1)]))).toEqual([]);
    expect(levels(play([seven(0, 0), seven(61, 1), seven(62, 2)]))).toEqual([at(62)]);
  });
  it('backward does not stop it', () => {
    expect(levels(play([seven(600, 0), seven(1, 1), seven(2, 2)]))).toEqual([at(2)]);
  });
  it('climbs what a sleep has missed: both clocks went on', () => {
    expect(levels(play([seven(0, 0), seven(480, 480)]))).toHaveLength(2);
  });
  it('of another start of the machine only time of day is left to go by', () => {
    const restarted: Step = [3, [], { score: total(7), clock: { bootMs: 5_000, bootId: 'two' } }];
    expect(levels(play([seven(0, 100), restarted]))).toEqual([at(3)]);
  });
  it('just before a snooze does not lengthen it', () => {
    const fired = play([seven(0, 0)]).state;
    const snooze = { action: 'snoozed', reason: 'turning', minutes: 5 } as const;
    const outcome = actOnBed(fired, 'a1', snooze, 'nair', at(600), DEFAULT_ALERT_POLICY, clock(0.01).clock);
    if (!outcome.ok) throw new Error('refused');
    const later = play([seven(605, 5.01)], { from: outcome.value.state });
    expect(causes(later)).toEqual([['came-back', 'news2-high']]);
  });
});

describe('records of an earlier version', () => {
  it('are read, with what they could not say left open', () => {
    const old = {
      id: 'a1',
      version: 2,
      rule: 'news2-high',
      parameter: null,
      threshold: 7,
      priority: 'high',
      state: 'acknowledged',
      firedAt: at(0),
      score: total(7),
      leastTotal: 7,
      escalationLevel: 0,
      nextEscalationAt: null,
      snoozedUntil: null,
      owner: 'nair',
      acknowledgedAt: at(1),
      lastAction: { action: 'reviewed', by: 'nair', at: at(1), reason: null },
      closedAt: null,
    };
    expect(alertRecordSchema.parse(old)).toMatchObject({
      trigger: null,
      policyVersion: 1,
      reraised: 0,
      closedAs: null,
    });
    const state = bedAlertStateSchema.parse({
      evaluatedAt: at(1),
      alerts: [old],
      conditions: [
        {
          rule: 'news2-high',
          parameter: null,
          threshold: 7,
          latch: 'raised',
          since: at(0),
          belowSince: null,
        },
      ],
      knownTotal: 7,
      acknowledgedTotal: 7,
    });
    const resolved = play(
      [
        [2, [], { score: total(0) }],
        [12, [], { score: total(0) }],
      ],
      { from: state },
    );
    expect(causes(resolved)).toEqual([['resolved', 'news2-high']]);
  });
});

describe('limits under 16', () => {
  const CHILD: Score = { applicable: false, reason: 'under-16' };
  const low: Step = [0, [signal('map-low', 45), signal('shock-index', 2)], { score: CHILD }];

  it('does not hold an adult’s limit against a child', () => {
    expect(open(play([low]))).toEqual([]);
  });
  it('holds the site’s own limit against a child, and against nobody else', () => {
    const policy = alertPolicySchema.parse({ rules: { 'map-low': { thresholdUnder16: 50 } } });
    expect(open(play([low], { policy }))).toEqual([['map-low', 'high', 'active']]);
    expect(open(play([[0, [signal('map-low', 52)], { score: CHILD }]], { policy }))).toEqual([]);
    expect(open(play([[0, [signal('map-low', 52)]]], { policy }))).toEqual([['map-low', 'high', 'active']]);
    expect(rulesUnder16(policy)).toEqual(['map-low']);
  });
});

describe('one low pressure', () => {
  const RED = scoreOf({ sbp: 85 });
  const low: Step = [0, [signal('map-low', 55)], { score: RED }];
  const names = (evaluation: BedEvaluation) => open(evaluation).map(([rule, , state]) => [rule, state]);
  const act = (state: BedAlertState, action: AlertAction, minutes: number) => {
    const [first] = state.alerts.filter(({ rule }) => rule === 'map-low');
    const outcome = actOnBed(
      state,
      first?.id ?? '',
      { action, reason: 'seen', minutes: action === 'snoozed' ? 5 : null },
      'nair',
      at(minutes),
      DEFAULT_ALERT_POLICY,
    );
    if (!outcome.ok) throw new Error(outcome.error.code);
    return outcome.value.state;
  };

  it('rings once: the mean pressure stands for the systolic one that is red', () => {
    expect(names(play([low]))).toEqual([['map-low', 'active']]);
  });
  it('rings again where the systolic one rang first, because a high alert is worse than a low one', () => {
    const both = play([
      [0, [], { score: RED }],
      [1, [signal('map-low', 55)], { score: RED }],
    ]);
    expect(names(both)).toEqual([
      ['single-red', 'active'],
      ['map-low', 'active'],
    ]);
    // One answer is about both.
    expect(act(both.state, 'reviewed', 2).alerts.map(({ state }) => state)).toEqual([
      'acknowledged',
      'acknowledged',
    ]);
  });
  it('does not ring for the red one after the mean pressure was answered, nor break its snooze', () => {
    const { state } = play([low]);
    for (const action of ['reviewed', 'snoozed'] as const) {
      const after = play([[3, [signal('map-low', 55)], { score: RED }]], { from: act(state, action, 2) });
      expect(after.transitions).toEqual([]);
    }
  });
  it('rings for the red one where the mean pressure was dismissed or is over', () => {
    const { state } = play([low]);
    expect(names(play([[3, [], { score: RED }]], { from: act(state, 'dismissed', 2) }))).toEqual([
      ['single-red', 'active'],
    ]);
    const over = play([
      low,
      [1, [signal('map-low', 80)], { score: RED }],
      [12, [signal('map-low', 80)], { score: RED }],
    ]);
    expect(names(over)).toEqual([['single-red', 'active']]);
  });
  it('does not stand for a red rule that the site rings as loudly, nor for another red reading', () => {
    const policy = alertPolicySchema.parse({ rules: { 'single-red': { priority: 'high' } } });
    expect(names(play([low], { policy }))).toHaveLength(2);
    expect(names(play([[0, [signal('map-low', 55)], { score: scoreOf({ rr: 30 }) }]]))).toHaveLength(2);
  });

  it('never loses either of the two and never rings for the lesser beside the worse, in whatever order', () => {
    const pressure = fc.record({
      map: fc.integer({ min: 50, max: 90 }),
      sbp: fc.integer({ min: 80, max: 130 }),
      minutes: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(fc.array(pressure, { maxLength: 12 }), (rounds) => {
        const newId = ids();
        let state = NO_ALERTS;
        let now = 0;
        for (const { map, sbp, minutes } of rounds) {
          now += minutes;
          const input = { at: at(now), mode: 'charted', newId } as const;
          const before = state;
          const next = evaluateBed(
            before,
            { ...input, score: scoreOf({ sbp }), signals: [signal('map-low', map)] },
            DEFAULT_ALERT_POLICY,
          );
          state = next.state;
          const rings = (rule: string) => state.alerts.some((alert) => alert.rule === rule);
          if (map < 65) expect(rings('map-low')).toBe(true);
          if (sbp <= 90) expect(rings('map-low') || rings('single-red')).toBe(true);
          const fired = next.transitions.filter(({ cause }) => cause === 'fired');
          const isMeanOpen = rings('map-low');
          expect(isMeanOpen && fired.some(({ alert }) => alert.rule === 'single-red')).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});
