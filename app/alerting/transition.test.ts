import { describe, expect, it } from 'vitest';
import { leastTotal, NEWS2_PARAMETERS, type News2Parameter, type Score } from '../scoring/score.ts';
import { NO_ALERTS } from './alert.ts';
import { at, atLeast, ids, play, scoreOf, total } from './alert-fixtures.ts';
import { alertPolicySchema, DEFAULT_ALERT_POLICY } from './policy.ts';
import { type BedEvaluation, evaluateBed } from './transition.ts';

const story = ({ transitions }: BedEvaluation) =>
  transitions.map(({ cause, from, to, alert }) => [cause, alert.rule, from, to]);
const open = ({ state }: BedEvaluation) =>
  state.alerts.map(({ rule, priority, state: now }) => [rule, priority, now]);

describe('the fixtures', () => {
  it('score what they say', () => {
    for (let value = 0; value <= 12; value += 1) {
      expect(total(value)).toMatchObject({ complete: true, total: value, red_parameters: [] });
      expect(atLeast(value)).toMatchObject({ complete: false, min_total: value });
    }
  });
});

describe('what fires', () => {
  it.each([1, 2, 3, 4])('0 to %i never alerts', (value) => {
    expect(
      play([
        [0, total(0)],
        [1, total(value)],
      ]).transitions,
    ).toEqual([]);
  });
  it.each([
    [5, 'news2-medium', 'medium'],
    [6, 'news2-medium', 'medium'],
    [7, 'news2-high', 'high'],
    [12, 'news2-high', 'high'],
  ] as const)('a total of %i fires %s at once, and nothing beside it', (value, rule, priority) => {
    expect(open(play([[0, total(value)]]))).toEqual([[rule, priority, 'active']]);
  });
  it('a lower bound fires like a total', () => {
    const bed = play([[0, atLeast(7)]]);
    expect(open(bed)).toEqual([['news2-high', 'high', 'active']]);
    expect(bed.state.alerts[0]).toMatchObject({ leastTotal: 7, score: { complete: false } });
  });
  it('one parameter at 3 fires low, also while others are missing', () => {
    expect(open(play([[0, scoreOf({ acvpu: 'C' })]]))).toEqual([['single-red', 'low', 'active']]);
    const bed = play([[0, scoreOf({ sbp: 85, acvpu: null })]]);
    expect(bed.state.alerts[0]).toMatchObject({ rule: 'single-red', parameter: 'sbp' });
  });
  it('a site may raise one parameter at 3', () => {
    const policy = alertPolicySchema.parse({ rules: { 'single-red': { priority: 'high' } } });
    expect(open(play([[0, scoreOf({ acvpu: 'U' })]], { policy }))).toEqual([
      ['single-red', 'high', 'active'],
    ]);
  });
  it('not the same again, but a worse one always', () => {
    const bed = play([
      [0, total(5)],
      [1, total(6)],
      [2, total(5)],
      [3, total(7)],
      [4, total(12)],
    ]);
    expect(open(bed)).toEqual([
      ['news2-medium', 'medium', 'active'],
      ['news2-high', 'high', 'active'],
    ]);
    expect(bed.state.alerts.map(({ firedAt }) => firedAt)).toEqual([at(0), at(3)]);
  });
  it('another parameter at 3 is another alert', () => {
    const bed = play([
      [0, scoreOf({ hr: 135 })],
      [5, scoreOf({ rr: 8 })],
    ]);
    expect(bed.state.alerts.map(({ parameter }) => parameter)).toEqual(['hr', 'rr']);
  });
  it('nothing where the score is not applicable', () => {
    expect(play([[0, { applicable: false, reason: 'pregnant' }]]).transitions).toEqual([]);
  });
  it('keeps the score that it fired on', () => {
    const bed = play([
      [0, total(7)],
      [1, total(12)],
    ]);
    expect(bed.state.alerts[0]).toMatchObject({
      score: total(7),
      leastTotal: 7,
      threshold: 7,
      firedAt: at(0),
    });
  });
});

describe('persistence of a streamed score', () => {
  const streamed = { mode: 'streamed' } as const;
  it('fires after 60 s above, not before', () => {
    expect(
      play(
        [
          [0, total(7)],
          [0.5, total(8)],
          [0.99, total(7)],
        ],
        streamed,
      ).transitions,
    ).toEqual([]);
    expect(
      open(
        play(
          [
            [0, total(7)],
            [0.5, total(8)],
            [1, total(7)],
          ],
          streamed,
        ),
      ),
    ).toHaveLength(1);
  });
  it('does not wait for a stream that has stopped: nothing comes that could deny what it said last', () => {
    const seen = (currentParameters: readonly News2Parameter[]) =>
      evaluateBed(
        NO_ALERTS,
        { at: at(0), score: total(7), mode: 'streamed', currentParameters, newId: () => 'a1' },
        DEFAULT_ALERT_POLICY,
      ).transitions;
    expect(seen(NEWS2_PARAMETERS)).toEqual([]);
    expect(seen([])).toMatchObject([{ cause: 'fired' }]);
  });
  it('begins again after a complete score below, not after missing data', () => {
    expect(
      play(
        [
          [0, total(7)],
          [0.5, total(4)],
          [1, total(7)],
        ],
        streamed,
      ).transitions,
    ).toEqual([]);
    expect(
      open(
        play(
          [
            [0, total(7)],
            [0.5, atLeast(4)],
            [1, total(7)],
          ],
          streamed,
        ),
      ),
    ).toHaveLength(1);
  });
  it('a charted set on a streaming bed fires at once', () => {
    const waiting = play([[0, total(7)]], streamed);
    expect(open(play([[0.1, total(7)]], { from: waiting.state }))).toEqual([
      ['news2-high', 'high', 'active'],
    ]);
  });
});

describe('what resolves', () => {
  it('ten minutes of complete scores below the band, and then it may fire again', () => {
    const bed = play([
      [0, total(7)],
      [1, total(4)],
      [10.9, total(4)],
      [11, total(4)],
      [12, total(7)],
    ]);
    expect(story(bed)).toEqual([
      ['fired', 'news2-high', null, 'active'],
      ['escalated-by-time', 'news2-high', 'active', 'escalated'],
      ['escalated-by-time', 'news2-high', 'escalated', 'escalated'],
      ['resolved', 'news2-high', 'escalated', 'resolved'],
      ['fired', 'news2-high', null, 'active'],
    ]);
    expect(bed.transitions[3]?.alert.closedAt).toBe(at(11));
  });
  it('a dip keeps the alert and does not ring again', () => {
    const steps = Array.from(
      { length: 60 },
      (_, index) => [index * 5, total(index % 2 === 0 ? 7 : 6)] as const,
    );
    const fired = play(steps).transitions.filter(({ cause }) => cause === 'fired');
    expect(fired.map(({ alert }) => alert.rule)).toEqual(['news2-high']);
  });
  it('missing data resolves nothing, however long, and starts the ten minutes again', () => {
    const silent: Score = scoreOf({ rr: null, hr: null, sbp: null, spo2: null, temp_c: null, acvpu: null });
    expect(leastTotal(silent)).toBe(0);
    const bed = play([
      [0, total(7)],
      [1, atLeast(0)],
      [600, silent],
      [1200, null],
    ]);
    expect(bed.state.alerts).toHaveLength(1);
    const again = play([
      [0, total(7)],
      [1, total(2)],
      [10, atLeast(2)],
      [12, total(2)],
      [21, total(2)],
    ]);
    expect(again.state.alerts).toHaveLength(1);
  });
  it('a patient to whom the score no longer applies keeps the open alert', () => {
    const bed = play([
      [0, total(7)],
      [1, { applicable: false, reason: 'pregnant' }],
      [1000, null],
    ]);
    expect(bed.state.alerts).toHaveLength(1);
  });
  it('a red parameter by a complete score, or by its own current normal value', () => {
    const red = play([[0, scoreOf({ sbp: 85 })]]).state;
    const better = scoreOf({ acvpu: null });
    const at0 = { mode: 'charted', newId: ids() } as const;
    const evaluate = (currentParameters: readonly 'sbp'[]) => {
      const first = evaluateBed(
        red,
        { ...at0, at: at(1), score: better, currentParameters },
        DEFAULT_ALERT_POLICY,
      );
      const input = { ...at0, at: at(11), score: better, currentParameters };
      return evaluateBed(first.state, input, DEFAULT_ALERT_POLICY).state.alerts.length;
    };
    expect(evaluate(['sbp'])).toBe(0);
    expect(evaluate([])).toBe(1);
  });
  it('what ends unanswered leaves the lesser alert that it included', () => {
    const bed = play([
      [0, total(8)],
      [1, total(6)],
      [11, total(6)],
    ]);
    expect(story(bed).slice(-2)).toEqual([
      ['resolved', 'news2-high', 'active', 'resolved'],
      ['fired', 'news2-medium', null, 'active'],
    ]);
  });
});

describe('time', () => {
  const levels = (bed: BedEvaluation) =>
    bed.transitions
      .filter(({ cause }) => cause === 'escalated-by-time')
      .map(({ at: when, alert }) => [when, alert.escalationLevel, alert.nextEscalationAt]);
  it('high escalates after 2 and 5 minutes', () => {
    expect(
      levels(
        play([
          [0, total(7)],
          [1.9, null],
          [2, null],
          [4.9, null],
          [5, null],
          [99, null],
        ]),
      ),
    ).toEqual([
      [at(2), 1, at(5)],
      [at(5), 2, null],
    ]);
  });
  it('medium after 10 and 30, low after 60', () => {
    expect(
      levels(
        play([
          [0, total(5)],
          [10, null],
          [30, null],
        ]),
      ),
    ).toEqual([
      [at(10), 1, at(30)],
      [at(30), 2, null],
    ]);
    expect(
      levels(
        play([
          [0, scoreOf({ hr: 135 })],
          [59.9, null],
          [60, null],
        ]),
      ),
    ).toEqual([[at(60), 1, null]]);
  });
  it('climbs every step that was missed, as after a sleep', () => {
    expect(
      levels(
        play([
          [0, total(7)],
          [480, null],
        ]),
      ),
    ).toEqual([
      [at(480), 1, at(5)],
      [at(480), 2, null],
    ]);
  });
  it('goes on from the new time when the clock is set back', () => {
    const bed = play([
      [100, total(7)],
      [101, null],
      [41, null],
      [41.9, null],
      [42, null],
    ]);
    expect(levels(bed)).toEqual([[at(42), 1, at(45)]]);
  });
});

describe('a changed policy', () => {
  it('moves a band without a second alert, and closes by the new limit', () => {
    const lower = alertPolicySchema.parse({ rules: { 'news2-high': { threshold: 6 } } });
    const before = play([[0, total(7)]]);
    const after = play(
      [
        [1, total(6)],
        [20, total(6)],
      ],
      { from: before.state, policy: lower },
    );
    expect(after.state.alerts.map(({ id, rule }) => [id, rule])).toEqual([['a1', 'news2-high']]);
  });
  it.each([
    { rules: { 'news2-medium': { threshold: 7 } } },
    {
      escalation: {
        high: [
          { afterMinutes: 5, owner: 'doctor' },
          { afterMinutes: 2, owner: 'attending' },
        ],
      },
    },
    { escalation: { high: [{ afterMinutes: 0, owner: 'doctor' }] } },
    { rules: { 'news2-high': { threshold: 0 } } },
    { rules: { 'news2-high': { rearmMinutes: -1 } } },
    { rules: { 'news2-high': { enabled: false } } },
    { rules: { 'news2-high': { priority: 'low' } } },
    { rules: { 'single-red': { priority: 'urgent' } } },
  ])('refuses %o', (policy) => {
    expect(alertPolicySchema.safeParse(policy).success).toBe(false);
  });
});
