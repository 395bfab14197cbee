import { expect, it } from 'vitest';
import { alertView, bedView, SYSTEM } from '../development/fixtures.ts';
import { EMPTY_WARD, type WardState } from '../shell/ward-state.ts';
import { levelOf } from './follow-alarms.ts';

const NOW = Date.parse('2026-03-01T09:10:00.000Z');

function ward(over: Partial<WardState> = {}): WardState {
  const view = bedView('01');
  return {
    ...EMPTY_WARD,
    connection: 'connected',
    system: SYSTEM,
    beds: { [view.patient.id]: { view, receivedAt: 0 } },
    ...over,
  };
}

it('sounds for the open alerts of the ward, and not before the ward is known', () => {
  const alerts = { a: alertView(bedView('01'), { state: 'active', priority: 'medium' }) };
  expect(levelOf(ward({ alerts }), 0, NOW)).toBe('medium');
  expect(levelOf(ward({ alerts, system: null }), 0, NOW)).toBeNull();
  expect(levelOf(ward(), 0, NOW)).toBeNull();
});

it('goes on by what it knew while the core is gone, and says when the ward is no longer watched', () => {
  const alert = alertView(bedView('01'), { state: 'escalated', priority: 'high' });
  expect(levelOf(ward({ connection: 'lost', alerts: { a: alert } }), 60_000, NOW)).toBe('high');
  expect(levelOf(ward({ connection: 'lost' }), 3_000, NOW)).toBeNull();
  expect(levelOf(ward({ connection: 'lost' }), 10_000, NOW)).toBe('technical');
  const notSetUp = { ...SYSTEM, setUp: false };
  expect(levelOf(ward({ connection: 'lost', system: notSetUp }), 10_000, NOW)).toBeNull();
});

it('is silent while sound is put off', () => {
  const firedAt = new Date(NOW - 120_000).toISOString();
  const alert = alertView(bedView('01'), { state: 'active', priority: 'low', firedAt });
  const audioOff = {
    since: new Date(NOW - 60_000).toISOString(),
    until: new Date(NOW + 60_000).toISOString(),
    by: 'Meera Nair',
  };
  const system = { ...SYSTEM, alarm: { ...SYSTEM.alarm, audioOff } };
  expect(levelOf(ward({ system, alerts: { a: alert } }), 0, NOW)).toBeNull();
  expect(levelOf(ward({ system, alerts: { a: alert } }), 0, NOW + 60_000)).toBe('low');
});
