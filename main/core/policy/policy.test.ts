/** A site changes its policy: draft, simulation, activation, and what becomes of open alerts. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_SITE_POLICY, type SitePolicy, sitePolicySchema } from '../../../app/policy/site-policy.ts';
import { RECORD_FILE } from '../record-files.ts';
import { openTestStore, testClock, testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let admin: TestTerminal;
const clock = testClock();
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path, { clock });
  admin = one.terminal();
  granted(
    await admin.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

function policyWith(alerts: unknown): SitePolicy {
  return sitePolicySchema.parse({ alerts });
}

async function activate(policy: SitePolicy, expectedVersion: number): Promise<number> {
  granted(await admin.command('policy.save-draft', { expectedVersion, policy }));
  await simulated();
  const { version } = granted(
    await admin.command('policy.activate', { expectedVersion, reason: 'fewer alerts at night' }),
  );
  return version;
}

/** Simulates the draft to the end, whatever came of it. */
async function simulated(): Promise<void> {
  granted(await admin.command('policy.simulate', {}));
  await expect
    .poll(async () => granted(await admin.query('policy.simulation', {})).state, { timeout: 20_000 })
    .toMatch(/^(?:done|not-enough-data|failed)$/);
}

async function lowPressure(bed: string, identifier: string) {
  const admitted = await admin.command('patient.admit', {
    bed,
    name: 'Asha',
    identifier,
    birthDate: null,
    sex: 'F',
    pregnant: true,
  });
  const { patientId } = granted(admitted);
  const values = { sbp: 85, dbp: 50 };
  granted(await admin.command('observation.enter', { patientId, values, confirmed: Object.keys(values) }));
  return patientId;
}

async function openAlerts() {
  return granted(await admin.query('ward.snapshot', {})).alerts;
}

test('a draft changes nothing until it is activated; versions say who, why and what', async () => {
  const policy = policyWith({ rules: { 'map-low': { threshold: 60 } } });
  granted(await admin.command('policy.save-draft', { expectedVersion: 1, policy }));
  const before = granted(await admin.query('policy.current', {}));
  expect(before.current).toMatchObject({ version: 1, policy: DEFAULT_SITE_POLICY, activatedBy: null });
  expect(before.draft).toMatchObject({ basedOn: 1, policy, savedBy: 'Meera' });
  expect(await activate(policy, 1)).toBe(2);
  const [newest, first] = granted(await admin.query('policy.versions', {}));
  expect(newest).toMatchObject({
    version: 2,
    policy,
    activatedBy: 'Meera',
    reason: 'fewer alerts at night',
  });
  expect(first?.version).toBe(1);
  expect(granted(await admin.query('policy.current', {})).draft).toBeNull();
  const audit = JSON.stringify(
    granted(
      await admin.query('audit.list', {
        before: null,
        filter: { kind: null, actor: null, from: null, to: null },
      }),
    ),
  );
  expect(audit).toContain('policy.activate');
  expect(audit).not.toContain('fewer alerts at night');
});

test('a draft that was made from an older policy is not put in force', async () => {
  await activate(policyWith({ firstOwner: 'doctor' }), 1);
  const policy = DEFAULT_SITE_POLICY;
  expect(await admin.command('policy.save-draft', { expectedVersion: 1, policy })).toMatchObject({
    error: { code: 'changed-meanwhile' },
  });
  expect(await admin.command('policy.activate', { expectedVersion: 2, reason: 'x' })).toMatchObject({
    error: { code: 'not-found' },
  });
});

test('activation closes no open alert, and what fires afterwards fires under the new policy', async () => {
  // A mean of 62: below 65, not below 55.
  await lowPressure('B1', 'M1');
  const [open] = await openAlerts();
  expect(open).toMatchObject({ rule: 'map-low', state: 'active' });
  await activate(policyWith({ rules: { 'map-low': { threshold: 55 } } }), 1);
  expect((await openAlerts()).map(({ id, state }) => [id, state])).toEqual([[open?.id, 'active']]);
  await activate(policyWith({ rules: { 'map-low': { enabled: false } } }), 2);
  expect((await openAlerts()).map(({ id }) => id)).toEqual([open?.id]);
  await lowPressure('B2', 'M2');
  expect((await openAlerts()).map(({ bed }) => bed)).toEqual(['B1']);
});

test('the policy in force is there again after a restart', async () => {
  await activate(policyWith({ rules: { 'map-low': { threshold: 55 } } }), 1);
  await one.core.close();
  one = await startCore(folder.path, { clock });
  admin = one.terminal();
  const { current } = granted(await admin.query('policy.current', {}));
  expect(current.policy.alerts.rules['map-low'].threshold).toBe(55);
});

test('a policy that this program cannot read is kept, told and stood in for by the last one that it can', async () => {
  await activate(policyWith({ rules: { 'map-low': { threshold: 55 } } }), 1);
  await one.core.close();
  const store = openTestStore(join(folder.path, RECORD_FILE));
  for (const [version, text] of [
    [3, JSON.stringify({ alerts: { rules: { 'map-low': { threshold: 'sixty' } } } })],
    [4, '{"alerts":'],
  ] as const)
    store.transaction((write) =>
      write.run(
        'INSERT INTO site_policies (version, policy, activated_ms, activated_by, reason_sealed) VALUES (?, ?, 1, ?, ?)',
        version,
        text,
        'somebody',
        new Uint8Array([1]),
      ),
    );
  store.close();
  one = await startCore(folder.path, { clock });
  admin = one.terminal();
  const { current, unreadable } = granted(await admin.query('policy.current', {}));
  expect(current).toMatchObject({ version: 2, reason: 'fewer alerts at night' });
  expect(current.policy.alerts.rules['map-low'].threshold).toBe(55);
  expect(unreadable?.map(({ version }) => version)).toEqual([4, 3]);
  expect(unreadable?.[1]?.faults[0]?.path).toBe('alerts.rules.map-low.threshold');
  const told = async () =>
    granted(await admin.query('technical.list', {})).alerts.filter(
      ({ code }) => code === 'policy-unreadable',
    );
  expect(await told()).toMatchObject([{ parameters: { version: 4, inForce: 2 } }]);
  // The number of the next one is not given twice, and with it the alert is over.
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  expect(await activate(policyWith({ rules: { 'map-low': { threshold: 60 } } }), 2)).toBe(5);
  expect(granted(await admin.query('policy.current', {})).unreadable).toBeUndefined();
  expect(await told()).toEqual([]);
});

test('a draft goes into force only after it was simulated as it stands', { timeout: 60_000 }, async () => {
  const policy = policyWith({ rules: { 'map-low': { threshold: 55 } } });
  const save = { expectedVersion: 1, policy };
  const activation = { expectedVersion: 1, reason: 'less noise' };
  const refusal = { error: { code: 'not-allowed-now', parameters: { reason: 'not-simulated' } } };
  granted(await admin.command('policy.save-draft', save));
  expect(await admin.command('policy.activate', activation)).toMatchObject(refusal);
  await simulated();
  // Saved once more it is another draft.
  granted(await admin.command('policy.save-draft', save));
  expect(await admin.command('policy.activate', activation)).toMatchObject(refusal);
  await simulated();
  granted(await admin.command('policy.activate', activation));
});

test('a simulation needs a draft, and says where the record is too short for it', {
  timeout: 30_000,
}, async () => {
  expect(await admin.command('policy.simulate', {})).toMatchObject({ error: { code: 'not-found' } });
  await lowPressure('B1', 'M1');
  const policy = policyWith({ rules: { 'map-low': { threshold: 55 } } });
  granted(await admin.command('policy.save-draft', { expectedVersion: 1, policy }));
  granted(await admin.command('policy.simulate', {}));
  await expect
    .poll(async () => granted(await admin.query('policy.simulation', {})).state, { timeout: 20_000 })
    .toBe('not-enough-data');
});

test('the draft of another person is not written over unseen, and may be taken over', async () => {
  granted(await admin.command('person.add', { name: 'Asif', role: 'icu-admin', pin: '4321' }));
  const people = granted(await admin.query('ward.snapshot', {})).people;
  const asif = people.find(({ name }) => name === 'Asif');
  const other = one.terminal();
  granted(await other.command('session.sign-in', { personId: asif?.id ?? '', pin: '4321' }));
  const save = { expectedVersion: 1, policy: DEFAULT_SITE_POLICY };
  granted(await admin.command('policy.save-draft', save));
  // One's own is saved as often as one likes.
  granted(await admin.command('policy.save-draft', save));
  const { draft } = granted(await other.query('policy.current', {}));
  const refusal = await other.command('policy.save-draft', save);
  expect(refusal).toEqual({
    ok: false,
    error: {
      code: 'not-allowed-now',
      parameters: { reason: 'draft-of-another', by: 'Meera', savedAt: draft?.savedAt },
    },
  });
  clock.advance(1000);
  granted(await admin.command('policy.save-draft', save));
  // What is taken over is the draft that was seen, and no later one.
  const seen = { ...save, takeOver: draft?.savedAt ?? '' };
  expect(await other.command('policy.save-draft', seen)).toMatchObject({
    error: { code: 'not-allowed-now' },
  });
  const { draft: later } = granted(await other.query('policy.current', {}));
  granted(await other.command('policy.save-draft', { ...save, takeOver: later?.savedAt ?? '' }));
  expect(granted(await admin.query('policy.current', {})).draft?.savedBy).toBe('Asif');
});
