import { afterEach, beforeEach, expect, test } from 'vitest';
import { mayDo, ROLES, type Role } from '../../../app/access/access.ts';
import { type CommandParams, commands } from '../../../app/contract/contract.ts';
import { COMMAND_NAMES, type CommandName, QUERY_NAMES } from '../../../app/contract/names.ts';
import {
  TRAINING_FORMAT,
  trainingConfigurationSchema,
} from '../../../app/learning/training/configuration.ts';
import { DEFAULT_SITE_POLICY } from '../../../app/policy/site-policy.ts';
import { testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let admin: TestTerminal;
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
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

/** Well-formed parameters of every command; what they name need not be there. */
const PARAMS: { readonly [N in CommandName]: CommandParams<N> } = {
  'ward.set-up': { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } },
  'session.sign-in': { personId: 'nobody', pin: '1234' },
  'session.lock': {},
  'terminal.prefer': { theme: 'ward-dark' },
  'person.add': { name: 'Asif', role: 'biomedical-it', pin: '4321' },
  'patient.admit': {
    bed: 'B9',
    name: 'Asha',
    identifier: 'M9',
    birthDate: null,
    sex: 'F',
    pregnant: false,
  },
  'patient.transfer': { patientId: 'nobody', bed: 'B8', swap: false },
  'patient.discharge': { patientId: 'nobody', reason: null },
  'patient.merge': { keep: 'nobody', absorb: 'no one' },
  'patient.amend': { patientId: 'nobody', name: 'Asha', birthDate: null, sex: 'F' },
  'patient.set-policy': { patientId: 'nobody', policy: { kind: 'spinal-injury', injured: true } },
  'message.release': { messageId: 1, expectedVersion: 0, patientId: null },
  'message.discard': { messageId: 1, expectedVersion: 0, reason: 'a test' },
  'message.release-alike': { messageId: 1, patientId: 'nobody', after: null },
  'message.discard-alike': { messageId: 1, reason: 'a test', after: null },
  'observation.enter': { patientId: 'nobody', values: { rr: 16 }, confirmed: [] },
  'alert.act': { alertId: 'none', expectedVersion: 1, action: 'reviewed', reason: null, minutes: null },
  'alarm.audio-off': {},
  'alarm.audio-on': {},
  'alarm.answer-tone': { heard: true },
  'alarm.report-output': { fault: null },
  'technical.acknowledge': { id: 'none' },
  'explanation.request': { alertId: 'none' },
  'explanation.stop': { alertId: 'none' },
  'rating.save': { explanationId: 'none', helpfulness: 3, accuracy: 'unsure', comment: '' },
  'review.rate': { item: 'rate.none', helpfulness: 3, accuracy: 'unsure', comment: '', spentMs: 0 },
  'review.correct': { item: 'rate.none', side: null, sentence: 0, text: 'looked at.', spentMs: 0 },
  'review.choose': { item: 'pair.none.other', choice: 'same', spentMs: 0 },
  'review.settle': { item: 'settle.none', helpfulness: 3, accuracy: 'unsure', comment: '', spentMs: 0 },
  'review.withdraw': { actId: 'none' },
  'demonstration.start': { speed: 120 },
  'demonstration.stop': {},
  'intake.configure': { host: '127.0.0.1', port: 0 },
  'feed.configure': {
    device: 'MON1',
    settings: { mode: 'auto', zone: null, charset: null, mapping: null },
  },
  'fhir.configure': { on: false, port: 0, newToken: false },
  'engine.configure': { adapter: 'in-process', server: null },
  'monitoring.configure': { on: false, port: 0 },
  'serving.configure': { on: false, port: 0, network: null, completions: false, newToken: false },
  'mapping.save': { text: '{}' },
  'policy.save-draft': { expectedVersion: 1, policy: DEFAULT_SITE_POLICY },
  'policy.discard-draft': {},
  'policy.simulate': {},
  'consent.record': { patientId: 'nobody', given: true },
  'data-set.build': { seed: 1, synthetic: 0 },
  'data-set.approve': { id: 'none', sha256: '' },
  'data-set.export': { id: 'none', folder: '/nowhere' },
  'training-host.save': {
    id: null,
    host: {
      name: 'Nowhere',
      reach: { kind: 'tls', host: 'nowhere.test', port: 443, certificate: null, ssh: null },
      runsFolder: '/srv/runs',
      price: { anHour: 0, currency: 'INR' },
    },
    secrets: { token: 'a token of a test' },
  },
  'training-host.remove': { id: 'none' },
  'training.begin': {
    hostId: 'none',
    dataSetId: 'none',
    sha256: '',
    configuration: trainingConfigurationSchema.parse({
      format: TRAINING_FORMAT,
      base: { kind: 'folder', path: 'weights' },
    }),
    ceiling: null,
  },
  'training.stop': { id: 'none' },
  'training.resume': { id: 'none', ceiling: null },
  'training.fetch': { id: 'none' },
  'adapter.import': { folder: '/nowhere' },
  'adapter.run-gates': { id: 'a'.repeat(64) },
  'adapter.stop-gates': { id: 'a'.repeat(64) },
  'adapter.sign': { id: 'a'.repeat(64), role: 'clinical', report: 'b'.repeat(64), pin: '1234' },
  'adapter.shadow': { id: 'a'.repeat(64) },
  'adapter.canary': { id: 'a'.repeat(64), canary: { by: 'share', percent: 10 } },
  'adapter.promote': { id: 'a'.repeat(64) },
  'adapter.step-back': {},
  'adapter.withdraw': { id: 'a'.repeat(64) },
  'adapter.export': { id: 'a'.repeat(64), folder: '/nowhere' },
  'exchange.save': { place: { kind: 'folder', folder: '/nowhere' }, secrets: {} },
  'exchange.look': {},
  'exchange.publish': { id: 'a'.repeat(64) },
  'exchange.send': { id: 'd1' },
  'adapter.exposure': { shadowLeast: 20, canaryLeast: 30, canaryHours: 24 },
  'signing-key.rotate': { role: 'clinical', pin: '1234' },
  'signing-key.trust': { name: 'B', role: 'clinical', publicKey: 'AAAA' },
  'policy.stop-simulation': {},
  'policy.activate': { expectedVersion: 1, reason: 'a test' },
  'import.open': { name: 'a.csv', text: 'time,hr\n2026-09-12T10:00Z,80\n' },
  'import.try': { importId: 'none', columns: [], zone: null, patientId: null, decimals: null },
  'import.commit': { importId: 'none' },
  'import.close': { importId: 'none' },
  'knowledge.read': { name: 'a.md', base64: 'IyBBCg==' },
  'knowledge.save': {
    uploadId: 'none',
    guidelineId: null,
    title: 'A',
    organisation: 'B',
    year: 2026,
    reviewDue: '2028-11',
    leaveOut: [],
  },
  'knowledge.approve': { subject: 'card', id: 'none', version: 1 },
  'knowledge.withdraw': { subject: 'card', id: 'none', version: 1, reason: 'a test' },
  'recovery-key.create': {},
  'recovery-key.confirm': { typed: 'none' },
  'backup.now': {},
  'backup.configure': { folder: null, everyHours: null, keep: 14 },
  'audit.export': { folder: null },
  'audit.save-list': {
    folder: '/nowhere/at/all',
    filter: { kind: null, actor: null, from: null, to: null },
  },
  'retention.configure': { days: 30 },
  'data-key.renew': { recoveryKey: 'none' },
  'record.unlock': { recoveryKey: 'none' },
};
const PERMITTED = COMMAND_NAMES.filter((name) => commands[name].permission !== null);

async function signedIn(role: Role): Promise<TestTerminal> {
  const person = granted(await admin.command('person.add', { name: `The ${role}`, role, pin: '9999' }));
  const terminal = one.terminal();
  granted(await terminal.command('session.sign-in', { personId: person.id, pin: '9999' }));
  return terminal;
}

test('every command that needs a person is refused to nobody', async () => {
  const stranger = one.terminal();
  expect(PERMITTED.length).toBe(COMMAND_NAMES.length - 7);
  for (const name of PERMITTED)
    expect(await stranger.command(name, PARAMS[name]), name).toMatchObject({
      error: { code: 'not-signed-in' },
    });
});

test('every role may do what the permission table says, and nothing else', { timeout: 120_000 }, async () => {
  for (const role of ROLES) {
    const terminal = await signedIn(role);
    for (const name of PERMITTED) {
      const { permission } = commands[name];
      const outcome = await terminal.command(name, PARAMS[name]);
      const code = outcome.ok ? 'ok' : outcome.error.code;
      if (permission !== null && mayDo(role, permission))
        expect(code, `${role} ${name}`).not.toBe('not-permitted');
      else expect(code, `${role} ${name}`).toBe('not-permitted');
      expect(code, `${role} ${name}`).not.toBe('internal');
    }
  }
});

test('a wrong shape is refused before anything else looks at it, in every call', async () => {
  const wrong = [
    null,
    'text',
    7,
    [],
    { bed: 5, personId: {}, patientId: 1, alertId: 2, speed: 'fast', hours: 'x', theme: 3 },
  ];
  const [administrator] = granted(await admin.query('ward.snapshot', {})).people;
  let terminal = one.terminal();
  for (const [count, name] of [...COMMAND_NAMES, ...QUERY_NAMES].entries()) {
    const kind = COMMAND_NAMES.some((command) => command === name) ? 'command' : 'query';
    // So many calls at once on one line are refused as too many: every dozen has its own, signed in anew.
    if (count % 12 === 0) {
      terminal = one.terminal();
      granted(await terminal.command('session.sign-in', { personId: administrator?.id ?? '', pin: '1234' }));
    }
    for (const [index, params] of wrong.entries()) {
      // This one would do what it is asked: any object is its shape.
      if (name === 'session.lock' && index === 4) continue;
      const id = `${name}-${index}`;
      const outcome = await terminal.raw({ kind, id, name, params }, id);
      // Calls without parameters take any object: what they do not know is left out.
      const harmless = outcome.ok || outcome.error.code !== 'internal';
      expect(harmless, id).toBe(true);
      if (typeof params !== 'object' || params === null || Array.isArray(params))
        expect(outcome, id).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    }
  }
});

test('unknown calls, broken envelopes and floods are answered and do no harm', async () => {
  expect(await admin.raw({ kind: 'command', id: 'u', name: 'ward.delete', params: {} }, 'u')).toMatchObject({
    error: { code: 'unknown-call' },
  });
  expect(await admin.raw({ kind: 'command', id: 'p', name: '__proto__', params: {} }, 'p')).toMatchObject({
    error: { code: 'unknown-call' },
  });
  expect(await admin.raw({ id: 'e', kind: 'shout' }, 'e')).toMatchObject({
    error: { code: 'invalid-request' },
  });
  const flood = await Promise.all(Array.from({ length: 260 }, () => admin.query('ward.snapshot', {})));
  expect(flood.filter((outcome) => outcome.ok).length).toBeGreaterThan(100);
  const refusals = flood.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]));
  expect(new Set(refusals)).toEqual(new Set(['not-allowed-now']));
});

test('set-up happens once; locking ends the session of this terminal only', async () => {
  const other = one.terminal();
  expect(await other.command('ward.set-up', PARAMS['ward.set-up'])).toMatchObject({
    error: { code: 'already-set-up' },
  });
  const nurse = await signedIn('nurse');
  granted(await nurse.command('session.lock', {}));
  expect(await nurse.command('patient.admit', PARAMS['patient.admit'])).toMatchObject({
    error: { code: 'not-signed-in' },
  });
  granted(await admin.command('patient.admit', PARAMS['patient.admit']));
});

test('a repeated command with its key is answered, not done again; the key serves nothing else', async () => {
  const params = PARAMS['patient.admit'];
  const first = granted(await admin.command('patient.admit', params, 'key-00001'));
  const values = { rr: 18, spo2: 97 };
  const entry = { patientId: first.patientId, values, confirmed: [] };
  const [one1, two] = await Promise.all([
    admin.command('observation.enter', entry, 'key-00002'),
    admin.command('observation.enter', entry, 'key-00002'),
  ]);
  expect(two).toEqual(one1);
  expect(await admin.command('observation.enter', entry, 'key-00002')).toEqual(one1);
  const history = granted(await admin.query('bed.history', { patientId: first.patientId, hours: 1 }));
  expect(history.rows).toHaveLength(1);
  expect(history.rows[0]).toMatchObject({ values, source: 'hand', score: { complete: false } });
  expect(
    await admin.command('observation.enter', { ...entry, values: { rr: 30 } }, 'key-00002'),
  ).toMatchObject({ error: { code: 'invalid-request', parameters: { field: 'idempotencyKey' } } });
});

test('a command that was done before its line broke is answered on the new line, which nobody has signed in to', async () => {
  const params = PARAMS['patient.admit'];
  const done = granted(await admin.command('patient.admit', params, 'key-00009'));
  admin.close();
  const again = one.terminal();
  expect(granted(await again.command('patient.admit', params, 'key-00009'))).toEqual(done);
  expect(await again.command('patient.admit', { ...params, bed: 'B8' }, 'key-00009')).toMatchObject({
    error: { code: 'invalid-request', parameters: { field: 'idempotencyKey' } },
  });
  expect(await again.command('patient.admit', params, 'key-00010')).toMatchObject({
    error: { code: 'not-signed-in' },
  });
});

test('entries: implausible is refused, unusual is asked back, confirmed is kept', async () => {
  const { patientId } = granted(await admin.command('patient.admit', PARAMS['patient.admit']));
  const enter = (values: CommandParams<'observation.enter'>['values'], confirmed: string[] = []) =>
    admin.command('observation.enter', { patientId, values, confirmed });
  expect(await enter({ temp_c: 384 })).toMatchObject({
    error: { code: 'value-implausible', parameters: { vital: 'temp_c' } },
  });
  expect(await enter({ sbp: 90, dbp: 120 })).toMatchObject({ error: { code: 'value-implausible' } });
  expect(await enter({})).toMatchObject({ error: { code: 'invalid-request' } });
  granted(await enter({ temp_c: 36.8, hr: 80 }));
  expect(await enter({ temp_c: 40.4 })).toEqual({
    ok: false,
    error: { code: 'needs-confirmation', parameters: { vital: 'temp_c', value: 40.4, previous: 36.8 } },
  });
  expect(await enter({ hr: 190 })).toMatchObject({
    error: { code: 'needs-confirmation', parameters: { vital: 'hr' } },
  });
  granted(await enter({ temp_c: 40.4, hr: 190 }, ['temp_c', 'hr']));
});

test('who was faster wins: an action on an older version is refused', async () => {
  const { patientId } = granted(await admin.command('patient.admit', PARAMS['patient.admit']));
  const ill = { rr: 26, spo2: 92, on_oxygen: true, sbp: 95, hr: 118, temp_c: 38.4, acvpu: 'A' } as const;
  expect(
    granted(await admin.command('observation.enter', { patientId, values: ill, confirmed: [] })).score,
  ).toMatchObject({
    complete: true,
    total: 12,
  });
  const alert = await admin.until((event) => (event.type === 'alert' ? event.alert : null));
  const act = (action: 'reviewed' | 'snoozed', reason: string | null, minutes: number | null) =>
    admin.command('alert.act', {
      alertId: alert.id,
      expectedVersion: alert.version,
      action,
      reason,
      minutes,
    });
  expect(await act('snoozed', null, 5)).toMatchObject({ error: { code: 'invalid-request' } });
  granted(await act('reviewed', null, null));
  expect(await act('reviewed', null, null)).toMatchObject({
    error: { code: 'changed-meanwhile', parameters: { version: alert.version + 1 } },
  });
  const listed = granted(await admin.query('alert.list', { patientId }));
  expect(listed.alerts).toMatchObject([
    { id: alert.id, state: 'acknowledged', lastAction: { action: 'reviewed' } },
  ]);
});

test('events are numbered without a gap, and the snapshot says what it contains', async () => {
  granted(await admin.command('patient.admit', PARAMS['patient.admit']));
  await admin.until((event) => (event.type === 'bed' ? event.bed : null));
  const snapshot = granted(await admin.query('ward.snapshot', {}));
  expect(admin.events.map(({ sequence }) => sequence)).toEqual(admin.events.map((_, index) => index + 1));
  expect(snapshot.sequence).toBe(admin.events.length);
  expect(snapshot.system).toMatchObject({ setUp: true, wardName: 'ICU', sealing: 'permissions-only' });
});

test('beds of one patient update at most four times a second, and the last state always comes', async () => {
  const { patientId } = granted(await admin.command('patient.admit', PARAMS['patient.admit']));
  const before = admin.events.length;
  for (let rate = 12; rate <= 20; rate++)
    granted(await admin.command('observation.enter', { patientId, values: { rr: rate }, confirmed: [] }));
  await admin.until((event) =>
    event.type === 'bed' && event.bed.observed.rr?.value === 20 ? event.bed : null,
  );
  const beds = admin.events.slice(before).filter(({ event }) => event.type === 'bed');
  expect(beds.length).toBeLessThan(9);
});

test('nobody gives a person a role that may do more than they may themselves', async () => {
  const technician = await signedIn('biomedical-it');
  for (const role of ['nurse', 'doctor', 'attending', 'icu-admin'] as const) {
    const refusal = await technician.command('person.add', { name: `A new ${role}`, role, pin: '4321' });
    expect(refusal.ok ? 'ok' : refusal.error.code, role).toBe('not-permitted');
  }
  granted(
    await technician.command('person.add', { name: 'A colleague', role: 'biomedical-it', pin: '4321' }),
  );
});

test('two people of one name are refused, however it is typed', async () => {
  granted(await admin.command('person.add', { name: 'Meera Nair', role: 'nurse', pin: '4321' }));
  const again = await admin.command('person.add', { name: ' meera  NAIR ', role: 'doctor', pin: '4321' });
  expect(again).toEqual({
    ok: false,
    error: { code: 'not-allowed-now', parameters: { reason: 'name-taken' } },
  });
});
