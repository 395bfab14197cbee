import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AlertAction } from '../../../app/alerting/alert.ts';
import type { AlertView } from '../../../app/contract/views.ts';
import { testClock, testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let terminal: TestTerminal;
let patientId: string;
const clock = testClock();

beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path, { clock });
  terminal = one.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Rohan', pin: '1234' },
    }),
  );
  const admitted = await terminal.command('patient.admit', {
    bed: 'B1',
    name: 'Asha',
    identifier: 'M1',
    birthDate: null,
    sex: 'F',
    pregnant: true,
  });
  patientId = granted(admitted).patientId;
});
afterEach(async () => {
  terminal.close();
  await one.core.close();
  folder.remove();
});

/** A low pressure of a pregnant woman: no NEWS2, but a mean arterial pressure of 57. */
async function lowPressure(): Promise<AlertView> {
  const values = { sbp: 80, dbp: 45 };
  granted(await terminal.command('observation.enter', { patientId, values, confirmed: Object.keys(values) }));
  return terminal.until((event) =>
    event.type === 'alert' && event.alert.rule === 'map-low' ? event.alert : null,
  );
}

function act(
  alert: AlertView,
  action: AlertAction,
  reason: string | null = null,
  minutes: number | null = null,
) {
  return terminal.command('alert.act', {
    alertId: alert.id,
    expectedVersion: alert.version,
    action,
    reason,
    minutes,
  });
}

test('an alert on a signal fires where NEWS2 does not apply, and says what on and whose it is', async () => {
  expect(await lowPressure()).toMatchObject({
    priority: 'high',
    state: 'active',
    signal: { threshold: 65, value: 57 },
    levelOwner: 'nurse',
    nextOwner: 'doctor',
    policyVersion: 1,
  });
});

test('every action is reachable, a dismissal needs its reason, and what is closed stays in the list', async () => {
  const active = await lowPressure();
  const escalated = granted(await act(active, 'escalate'));
  expect(escalated).toMatchObject({ state: 'escalated', escalationLevel: 1, levelOwner: 'doctor' });
  const acknowledged = granted(await act(escalated, 'escalated-to', 'Dr Iyer'));
  expect(acknowledged).toMatchObject({ state: 'acknowledged', owner: 'Rohan' });
  const snoozed = granted(await act(acknowledged, 'snoozed', 'being treated', 5));
  expect(snoozed).toMatchObject({ state: 'snoozed' });
  expect(await act(snoozed, 'dismissed')).toMatchObject({
    ok: false,
    error: { code: 'invalid-request', parameters: { field: 'reason' } },
  });
  const dismissed = granted(await act(snoozed, 'dismissed', 'cuff was too small'));
  expect(dismissed).toMatchObject({ state: 'dismissed', closedAs: 'dismissed' });
  expect(await act(dismissed, 'reviewed')).toMatchObject({ ok: false, error: { code: 'not-allowed-now' } });
  const { alerts } = granted(await terminal.query('alert.list', { patientId }));
  expect(alerts).toContainEqual(
    expect.objectContaining({
      id: active.id,
      lastAction: expect.objectContaining({ reason: 'cuff was too small' }),
    }),
  );
});

test('the burden counts what fired and what was acted on', async () => {
  granted(await act(await lowPressure(), 'reviewed'));
  clock.advance(12 * 3_600_000);
  const burden = granted(await terminal.query('alert.burden', { days: 7 }));
  expect(burden.bedDays).toBeCloseTo(0.5, 2);
  expect(burden.byRule.find(({ rule }) => rule === 'map-low')).toMatchObject({
    fired: 1,
    answered: 1,
    actedOn: 1,
    shareActedOn: { value: 1 },
  });
});

test('a technical alert is told apart, and stays with who has seen it while its cause holds', async () => {
  const { alerts } = granted(await terminal.query('technical.list', {}));
  const weak = alerts.find(({ code }) => code === 'key-weak');
  expect(weak).toBeDefined();
  granted(await terminal.command('technical.acknowledge', { id: weak?.id ?? '' }));
  const snapshot = granted(await terminal.query('ward.snapshot', {}));
  expect(snapshot.technical).toContainEqual(
    expect.objectContaining({ code: 'key-weak', acknowledgedBy: 'Rohan' }),
  );
  expect(snapshot.alerts).toEqual([]);
});
