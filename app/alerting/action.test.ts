import { describe, expect, it } from 'vitest';
import { actOnAlert, actOnBed } from './action.ts';
import type { AlertRecord, BedAlertState } from './alert.ts';
import { at, atLeast, ids, play, scoreOf, total } from './alert-fixtures.ts';
import { DEFAULT_ALERT_POLICY } from './policy.ts';

const policy = DEFAULT_ALERT_POLICY;
const reviewed = { action: 'reviewed', reason: null, minutes: null } as const;
const dismissed = { action: 'dismissed', reason: 'probe was off', minutes: null } as const;
const snoozed = (minutes: number) =>
  ({ action: 'snoozed', reason: 'procedure in progress', minutes }) as const;
const escalate = { action: 'escalate', reason: null, minutes: null } as const;

function firstOf(state: BedAlertState): AlertRecord {
  const [alert] = state.alerts;
  if (alert === undefined) throw new Error('no open alert');
  return alert;
}
function act(state: BedAlertState, id: string, request: Parameters<typeof actOnBed>[2], minutes: number) {
  const outcome = actOnBed(state, id, request, 'nair', at(minutes), policy);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}
const high = firstOf(play([[0, total(7)]]).state);
const rules = (state: BedAlertState) => state.alerts.map(({ rule, state: now }) => [rule, now]);

describe('actOnAlert', () => {
  it('reviewed: it belongs to the person and climbs no further', () => {
    const outcome = actOnAlert(high, reviewed, 'nair', at(1), policy);
    expect(outcome).toEqual({
      ok: true,
      value: {
        ...high,
        version: 2,
        state: 'acknowledged',
        nextEscalationAt: null,
        owner: 'nair',
        acknowledgedAt: at(1),
        reraiseAt: at(61),
        lastAction: { action: 'reviewed', by: 'nair', at: at(1), reason: null },
      },
    });
  });
  it('escalated to somebody: acknowledged, with the name', () => {
    const request = { action: 'escalated-to', reason: 'rapid response team', minutes: null } as const;
    const outcome = actOnAlert(high, request, 'nair', at(1), policy);
    expect(outcome).toMatchObject({
      ok: true,
      value: { state: 'acknowledged', lastAction: { reason: 'rapid response team' } },
    });
  });
  it('snoozed until a stated time', () => {
    expect(actOnAlert(high, snoozed(10), 'nair', at(1), policy)).toMatchObject({
      ok: true,
      value: { state: 'snoozed', snoozedUntil: at(11), nextEscalationAt: null },
    });
  });
  it('escalate: a step up at once, up to the top', () => {
    const once = actOnAlert(high, escalate, 'nair', at(1), policy);
    if (!once.ok) throw new Error('refused');
    expect(once.value).toMatchObject({
      state: 'escalated',
      escalationLevel: 1,
      nextEscalationAt: at(4),
      owner: null,
    });
    const top = actOnAlert({ ...once.value, escalationLevel: 2 }, escalate, 'nair', at(2), policy);
    expect(top).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } });
  });
  it.each([
    [
      { action: 'snoozed', reason: 'procedure', minutes: 11 },
      { field: 'minutes', most: 10 },
    ],
    [
      { action: 'snoozed', reason: 'procedure', minutes: null },
      { field: 'minutes', most: 10 },
    ],
    [
      { action: 'snoozed', reason: 'procedure', minutes: Number.NaN },
      { field: 'minutes', most: 10 },
    ],
    [{ action: 'snoozed', reason: ' ', minutes: 5 }, { field: 'reason' }],
    [{ action: 'dismissed', reason: null, minutes: null }, { field: 'reason' }],
    [{ action: 'escalated-to', reason: '', minutes: null }, { field: 'reason' }],
  ] as const)('refuses %o', (request, parameters) => {
    expect(actOnAlert(high, request, 'nair', at(1), policy)).toEqual({
      ok: false,
      error: { code: 'invalid-request', parameters },
    });
  });
  it('refuses a closed alert', () => {
    expect(actOnAlert({ ...high, state: 'resolved' }, reviewed, 'nair', at(1), policy)).toEqual({
      ok: false,
      error: { code: 'not-allowed-now', parameters: { reason: 'alert-closed', state: 'resolved' } },
    });
  });
});

describe('actOnBed', () => {
  const both = play([
    [0, total(5)],
    [1, total(7)],
  ]).state;

  it('refuses an alert that is not open here', () => {
    expect(actOnBed(both, 'a9', reviewed, 'nair', at(2), policy)).toEqual({
      ok: false,
      error: { code: 'not-found', parameters: { alertId: 'a9' } },
    });
  });
  it('answers the lesser alerts with the worse one, each with its own transition', () => {
    const { state, transitions } = act(both, 'a2', reviewed, 2);
    expect(rules(state)).toEqual([
      ['news2-medium', 'acknowledged'],
      ['news2-high', 'acknowledged'],
    ]);
    expect(transitions.map(({ alert, cause, by }) => [alert.id, cause, by])).toEqual([
      ['a1', 'person', 'nair'],
      ['a2', 'person', 'nair'],
    ]);
    expect(state.acknowledgedTotal).toBe(7);
  });
  it('never answers the worse with the lesser', () => {
    const { state } = act(both, 'a1', reviewed, 2);
    expect(rules(state)).toEqual([
      ['news2-medium', 'acknowledged'],
      ['news2-high', 'active'],
    ]);
    expect(state.acknowledgedTotal).toBeNull();
  });
  it('a dismissal closes its own alert only, and does not ring again at the same total', () => {
    const { state, transitions } = act(both, 'a2', dismissed, 2);
    expect(rules(state)).toEqual([['news2-medium', 'active']]);
    expect(transitions[0]?.alert).toMatchObject({ state: 'dismissed', closedAt: at(2) });
    expect(
      play(
        [
          [3, total(7)],
          [4, total(8)],
        ],
        { from: state },
      ).transitions,
    ).toEqual([]);
  });
  it('a worse rule that is still waiting for its minute fires all the same', () => {
    const streamed = { mode: 'streamed' } as const;
    const pending = play(
      [
        [0, total(5)],
        [1, total(5)],
        [2, total(7)],
      ],
      streamed,
    ).state;
    const { state } = act(pending, 'a1', reviewed, 2.5);
    expect(rules(play([[3, total(7)]], { ...streamed, from: state, newId: () => 'b1' }).state)).toEqual([
      ['news2-medium', 'acknowledged'],
      ['news2-high', 'active'],
    ]);
  });
});

describe('after an answer', () => {
  const newId = ids();
  const at7 = play([[0, total(7)]], { newId }).state;
  const answered = act(at7, 'a1', reviewed, 1).state;

  it('a rise of 2 opens it again with the priority of the band, a rise of 1 does not', () => {
    expect(play([[2, total(8)]], { from: answered }).transitions).toEqual([]);
    const { transitions } = play(
      [
        [2, total(9)],
        [3, total(12)],
      ],
      { from: answered, newId: () => 'b1' },
    );
    expect(transitions.filter(({ cause }) => cause === 'fired').map(({ alert }) => alert)).toMatchObject([
      { rule: 'news2-rise', priority: 'high', threshold: 9, leastTotal: 9 },
    ]);
  });
  it('each acknowledgement counts the next rise from its own total', () => {
    const risen = play([[2, total(9)]], { from: answered, newId: () => 'b1' }).state;
    const again = act(risen, 'b1', reviewed, 3).state;
    expect(again.acknowledgedTotal).toBe(9);
    expect(play([[4, total(10)]], { from: again }).transitions).toEqual([]);
    expect(play([[4, total(11)]], { from: again, newId: () => 'b2' }).transitions).toMatchObject([
      { cause: 'fired', alert: { rule: 'news2-rise', threshold: 11 } },
    ]);
  });
  it('an improvement from an answered high alert into the medium band does not ring', () => {
    const { state, transitions } = play(
      [
        [2, total(6)],
        [12, total(6)],
        [60, total(5)],
      ],
      { from: answered },
    );
    expect(transitions.map(({ cause }) => cause)).toEqual(['resolved']);
    expect(state.alerts).toEqual([]);
    expect(rules(play([[61, total(7)]], { from: state }).state)).toEqual([['news2-high', 'active']]);
  });
  it('missing data does not lower the total that a rise is counted from', () => {
    const hidden = play([
      [0, total(7)],
      [0.5, atLeast(4)],
    ]).state;
    expect(act(hidden, 'a1', reviewed, 1).state.acknowledgedTotal).toBe(7);
  });
  it('a new 3 is told, a 3 that was there already is not', () => {
    const withRed = play([[0, scoreOf({ hr: 135, on_oxygen: true })]]).state;
    expect(rules(withRed)).toEqual([['news2-medium', 'active']]);
    const seen = act(withRed, 'a1', reviewed, 1).state;
    expect(play([[2, scoreOf({ hr: 135, on_oxygen: true })]], { from: seen }).transitions).toEqual([]);
    expect(play([[2, scoreOf({ rr: 8, on_oxygen: true })]], { from: seen }).transitions).toMatchObject([
      { cause: 'fired', alert: { rule: 'single-red', parameter: 'rr', priority: 'low' } },
    ]);
  });
});

describe('a snooze', () => {
  const quiet = act(play([[0, total(7)]]).state, 'a1', snoozed(10), 1).state;
  it('comes back at its time and climbs from there', () => {
    const { transitions } = play(
      [
        [10.9, null],
        [11, null],
        [13, null],
      ],
      { from: quiet },
    );
    expect(transitions.map(({ cause, from, to }) => [cause, from, to])).toEqual([
      ['came-back', 'snoozed', 'active'],
      ['escalated-by-time', 'active', 'escalated'],
    ]);
  });
  it('comes back also when all data is missing', () => {
    expect(rules(play([[11, scoreOf({ rr: null, acvpu: null })]], { from: quiet }).state)).toEqual([
      ['news2-high', 'active'],
    ]);
  });
  it('keeps the level that it had reached', () => {
    const late = play([
      [0, total(7)],
      [3, total(7)],
    ]).state;
    const snooze = act(late, 'a1', snoozed(5), 4).state;
    const level = (minutes: number) => firstOf(play([[minutes, null]], { from: snooze }).state);
    expect(level(9)).toMatchObject({ state: 'escalated', escalationLevel: 1, nextEscalationAt: at(12) });
    expect(level(12)).toMatchObject({ state: 'escalated', escalationLevel: 2, nextEscalationAt: null });
  });
  it('is broken by a new 3, and outdone by a rise of 2', () => {
    const red = scoreOf({ hr: 135, temp_c: 39.5, sbp: 95 });
    expect(red).toMatchObject({ total: 7, red_parameters: ['hr'] });
    expect(
      play(
        [
          [2, red],
          [2.5, red],
        ],
        { from: quiet },
      ).transitions,
    ).toMatchObject([{ cause: 'snooze-broken', to: 'active', alert: { id: 'a1' } }]);
    expect(rules(play([[2, total(9)]], { from: quiet, newId: () => 'b1' }).state)).toEqual([
      ['news2-high', 'snoozed'],
      ['news2-rise', 'active'],
    ]);
  });
});

describe('a dismissed alert whose artefact hid a real one', () => {
  it('leaves the lesser alert to fire once the artefact is gone', () => {
    const artefact = play([[0, total(8)]]).state;
    const { state } = act(artefact, 'a1', dismissed, 1);
    expect(play([[2, total(8)]], { from: state }).transitions).toEqual([]);
    const after = play(
      [
        [2, total(8)],
        [3, total(5)],
      ],
      { from: state, newId: () => 'b1' },
    );
    expect(rules(after.state)).toEqual([['news2-medium', 'active']]);
  });
  it('may fire again after ten minutes below', () => {
    const { state } = act(play([[0, total(8)]]).state, 'a1', dismissed, 1);
    const after = play(
      [
        [2, total(2)],
        [12, total(2)],
        [13, total(7)],
      ],
      { from: state, newId: () => 'b1' },
    );
    expect(rules(after.state)).toEqual([['news2-high', 'active']]);
  });
  it('covers a new 3 that came with it until its band is left', () => {
    const answered = act(play([[0, total(7)]]).state, 'a1', reviewed, 1).state;
    const nineWithRed = scoreOf({ rr: 26, hr: 115, sbp: 95, temp_c: 39.5 });
    expect(nineWithRed).toMatchObject({ total: 9, red_parameters: ['rr'] });
    const risen = play([[2, nineWithRed]], { from: answered, newId: () => 'b1' }).state;
    const { state } = act(risen, 'b1', dismissed, 3);
    const still = play(
      [
        [4, nineWithRed],
        [5, nineWithRed],
      ],
      { from: state },
    );
    expect(still.transitions).toEqual([]);
    const eightWithRed = scoreOf({ rr: 26, hr: 115, sbp: 95, temp_c: 38.5 });
    const after = play([[6, eightWithRed]], { from: still.state, newId: () => 'b2' });
    expect(after.transitions).toMatchObject([
      { cause: 'fired', alert: { rule: 'single-red', parameter: 'rr' } },
    ]);
  });
});

describe('an alert that was escalated by hand after its acknowledgement', () => {
  it('includes a rise that comes while it waits, and its next acknowledgement answers that rise', () => {
    const answered = act(play([[0, total(7)]]).state, 'a1', reviewed, 1).state;
    const escalated = act(answered, 'a1', escalate, 2).state;
    const risen = play([[3, total(9)]], { from: escalated });
    expect(risen.transitions).toEqual([]);
    const again = act(risen.state, 'a1', reviewed, 4).state;
    expect(again.acknowledgedTotal).toBe(9);
    expect(
      play(
        [
          [5, total(9)],
          [6, total(10)],
        ],
        { from: again },
      ).transitions,
    ).toEqual([]);
  });
});
