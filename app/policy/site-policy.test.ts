import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { DEFAULT_SITE_POLICY, policyChanges, readSitePolicy, withVersion } from './site-policy.ts';

test('the file that comes with the program is the program’s own policy', () => {
  const file = new URL('../../resources/policies/default.json', import.meta.url);
  const read = readSitePolicy(JSON.parse(readFileSync(file, 'utf8')));
  expect(read).toEqual({ ok: true, policy: DEFAULT_SITE_POLICY });
});

test('what a file leaves out has its default; what it misspells or forbids is named', () => {
  expect(readSitePolicy({})).toEqual({ ok: true, policy: DEFAULT_SITE_POLICY });
  const fault = (policy: unknown): string[] => {
    const read = readSitePolicy(policy);
    return read.ok ? [] : read.faults.map(({ path }) => path);
  };
  expect(fault({ alerts: { rules: { 'map-low': { treshold: 60 } } } })).toEqual([
    'alerts.rules.map-low.treshold',
  ]);
  expect(fault({ alerts: { rules: { 'news2-high': { enabled: false } } } })).toEqual([
    'alerts.rules.news2-high.enabled',
  ]);
  expect(fault({ alerts: { rules: { 'news2-medium': { threshold: 9 } } } }).length).toBe(1);
  expect(fault([])).not.toEqual([]);
});

test('a fault says of which kind it is and what the field takes', () => {
  const kind = (rule: unknown) => {
    const read = readSitePolicy({ alerts: { rules: { 'map-low': rule } } });
    return read.ok ? null : read.faults.map((fault) => [fault.kind, fault.limit]);
  };
  expect(kind({ threshold: 'abc' })).toEqual([['not-a-number', null]]);
  expect(kind({ threshold: null })).toEqual([['not-a-number', null]]);
  expect(kind({ threshold: -5 })).toEqual([['too-small', 30]]);
  expect(kind({ threshold: 1e9 })).toEqual([['too-large', 120]]);
  const order = readSitePolicy({ alerts: { rules: { 'news2-medium': { threshold: 9 } } } });
  expect(!order.ok && order.faults[0]?.kind).toBe('order');
  const whole = readSitePolicy({ alerts: { rules: { 'news2-medium': { threshold: 4.5 } } } });
  expect(!whole.ok && whole.faults[0]?.kind).toBe('not-whole');
});

test('audio off has an end in every policy: ten minutes at most', () => {
  const minutes = (audioOffMinutes: unknown) => {
    const read = readSitePolicy({ alarm: { audioOffMinutes } });
    return read.ok ? read.policy.alarm.audioOffMinutes : read.faults.map(({ kind, limit }) => [kind, limit]);
  };
  expect(DEFAULT_SITE_POLICY.alarm.audioOffMinutes).toBe(2);
  expect(minutes(10)).toBe(10);
  expect(minutes(11)).toEqual([['too-large', 10]]);
  expect(minutes(0)).toEqual([['too-small', 1]]);
  expect(minutes(null)).toEqual([['not-a-number', null]]);
  // No number that JSON has is without end.
  expect(minutes(1e308)).toEqual([['too-large', 10]]);
});

test('a change is told by its field, and a number is no change', () => {
  const read = readSitePolicy({ alerts: { rules: { 'map-low': { threshold: 60 } } } });
  if (!read.ok) throw new Error('fixture');
  expect(policyChanges(DEFAULT_SITE_POLICY, withVersion(read.policy, 4))).toEqual([
    { path: 'alerts.rules.map-low.threshold', before: '65', after: '60' },
  ]);
});
