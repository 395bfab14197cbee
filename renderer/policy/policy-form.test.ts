import { expect, test } from 'vitest';
import { DEFAULT_SITE_POLICY } from '../../app/policy/site-policy.ts';
import { policyForm } from './policy-form.ts';

const THRESHOLD = ['alerts', 'rules', 'map-low', 'threshold'] as const;

test('a typed field stands in the policy; a wrong one is named and loses nothing else', () => {
  const form = policyForm(DEFAULT_SITE_POLICY);
  const lower = form.with(THRESHOLD, 60);
  expect(lower.at(THRESHOLD)).toBe(60);
  expect(lower.reading.ok && lower.reading.policy.alerts.rules['map-low'].threshold).toBe(60);
  expect(form.at(THRESHOLD)).toBe(65);
  const empty = lower.with(THRESHOLD, null);
  expect(empty.reading).toMatchObject({ ok: false, faults: [{ path: 'alerts.rules.map-low.threshold' }] });
  expect(empty.at(['alerts', 'firstOwner'])).toBe('nurse');
});

test('a step of a ladder is changed in its place, and the ladder must climb', () => {
  const path = ['alerts', 'escalation', 'high', 1, 'afterMinutes'] as const;
  const form = policyForm(DEFAULT_SITE_POLICY).with(path, 8);
  expect(form.at(['alerts', 'escalation', 'high'])).toEqual([
    { afterMinutes: 2, owner: 'doctor' },
    { afterMinutes: 8, owner: 'attending' },
  ]);
  expect(form.with(path, 1).reading.ok).toBe(false);
});
