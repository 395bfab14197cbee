import { request } from 'node:http';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { NOON, type TestClock, testClock, testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let clock: TestClock;
let one: RunningCore;
let admin: TestTerminal;
let patientId: string;
let port: number;
let token: string;

beforeEach(async () => {
  folder = testFolder();
  clock = testClock();
  one = await startCore(folder.path, { clock });
  admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  await signIn(admin);
  const particulars = { name: 'Rao, Asha', birthDate: '1963-04-12', sex: 'F', pregnant: false } as const;
  granted(await admin.command('patient.admit', { ...particulars, bed: 'B1', identifier: 'M1' }));
  patientId = (await bed()).patient.id;
  const on = granted(await admin.command('fhir.configure', { on: true, port: 0, newToken: false }));
  port = on.fhir.port;
  token = on.token ?? '';
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

async function signIn(terminal: TestTerminal): Promise<void> {
  const [person] = granted(await terminal.query('ward.snapshot', {})).people;
  granted(await terminal.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
}

async function bed() {
  const [first] = granted(await admin.query('ward.snapshot', {})).beds;
  if (first === undefined) throw new Error('no bed');
  return first;
}

const outcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(z.object({ severity: z.string(), diagnostics: z.string() })).min(1),
});
const bundleSchema = z.object({
  resourceType: z.literal('Bundle'),
  type: z.string(),
  entry: z.array(z.object({ response: z.object({ status: z.string(), outcome: outcomeSchema }) })),
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly path?: string;
}

function send(body: string | Uint8Array, { headers = {}, method = 'POST', path = '/fhir' }: Asked = {}) {
  const given = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json', ...headers };
  return new Promise<Answer>((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: given, agent: false },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: { ...answer.headers }, text }),
        );
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Status and reason codes of the answer to one resource. */
async function post(resource: object, asked?: Asked): Promise<[number, ...string[]]> {
  const { status, text } = await send(JSON.stringify(resource), asked);
  return [status, ...outcomeSchema.parse(JSON.parse(text)).issue.map(({ diagnostics }) => diagnostics)];
}

async function postBundle(type: string, resources: readonly object[]) {
  const entry = resources.map((resource) => ({ resource }));
  const { status, text } = await send(JSON.stringify({ resourceType: 'Bundle', type, entry }));
  return { status, bundle: bundleSchema.parse(JSON.parse(text)) };
}

const at = (minutesAgo: number) => new Date(NOON - minutesAgo * 60_000).toISOString();

function heartRate(value: number, more: object = {}): object {
  return {
    resourceType: 'Observation',
    id: 'o1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
    subject: { identifier: { value: 'M1' } },
    effectiveDateTime: at(1),
    valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '/min' },
    ...more,
  };
}

const rows = async () => granted(await admin.query('bed.history', { patientId, hours: 48 })).rows;
const rates = async () => (await rows()).map(({ values }) => values.hr);

test('a resource is durable before it is answered, and stored once however often it comes', async () => {
  expect(await post(heartRate(88))).toEqual([201, 'taken']);
  expect(await post(heartRate(88), { path: '/fhir/Observation' })).toEqual([200, 'known']);
  // Another version of the same content, in another order, says nothing new.
  const { status, ...rest } = z.looseObject({ status: z.string() }).parse(heartRate(88));
  expect(await post({ ...rest, status, meta: { versionId: '2' } })).toEqual([200, 'known']);
  expect(await rates()).toEqual([88]);
  await one.core.close();
  one = await startCore(folder.path, { clock });
  admin = one.terminal();
  await signIn(admin);
  // On again by itself, with the same port and token.
  expect(await post(heartRate(88))).toEqual([200, 'known']);
  expect(await rates()).toEqual([88]);
  expect(granted(await admin.query('fhir.state', {}))).toMatchObject({ on: true, listening: true, port });
});

test('other content under an identifier is refused, but for what takes its place', async () => {
  await post(heartRate(88));
  expect(await post(heartRate(90))).toEqual([409, 'told-otherwise']);
  expect(await post(heartRate(91, { id: 'another' }))).toEqual([409, 'told-otherwise']);
  const corrected = { status: 'corrected', meta: { versionId: '3' } };
  expect(await post(heartRate(92, corrected))).toEqual([201, 'taken']);
  expect(await post(heartRate(93, { ...corrected, meta: { versionId: '2' } }))).toEqual([
    409,
    'older-version',
  ]);
  // What was replaced does not come back, and nobody is told that it stands.
  expect(await post(heartRate(88))).toEqual([409, 'older-version']);
  expect((await rates()).at(-1)).toBe(92);
  expect(await rates()).toHaveLength(1);
  // The time was wrong, too: nothing is left at the old one.
  expect(await post(heartRate(94, { status: 'amended', effectiveDateTime: at(3) }))).toEqual([201, 'taken']);
  expect((await rates()).filter((rate) => rate !== undefined)).toEqual([94]);
  const withdrawn = { resourceType: 'Observation', id: 'o1', status: 'entered-in-error', code: {} };
  expect(await post({ ...withdrawn, effectiveDateTime: at(9) })).toEqual([200, 'withdrawn']);
  expect((await rates()).filter((rate) => rate !== undefined)).toEqual([]);
  expect(await post({ ...withdrawn, id: 'never' })).toEqual([422, 'nothing-to-delete']);
});

test('a newer version may say again what an older one said', async () => {
  const said = (value: number, status: string, versionId: string) =>
    post(heartRate(value, { status, meta: { versionId } }));
  expect(await said(140, 'final', '1')).toEqual([201, 'taken']);
  expect(await said(88, 'corrected', '2')).toEqual([201, 'taken']);
  expect(await said(140, 'corrected', '3')).toEqual([201, 'taken']);
  expect(await said(88, 'corrected', '4')).toEqual([201, 'taken']);
  expect(await rates()).toEqual([88]);
  expect((await said(88, 'entered-in-error', '5'))[1]).toBe('withdrawn');
  expect(await said(88, 'corrected', '6')).toEqual([201, 'taken']);
  expect((await rates()).filter((rate) => rate !== undefined)).toEqual([88]);
  // The same once more is known; an older one that comes late is not taken for it.
  expect(await said(88, 'corrected', '6')).toEqual([200, 'known']);
  expect(await said(140, 'corrected', '3')).toEqual([409, 'older-version']);
});

test('whose it is is never guessed: it is held, and a person releases it', async () => {
  expect(await post(heartRate(80, { subject: { identifier: { value: 'X9' } } }))).toEqual([202, 'no-bed']);
  expect(await post(heartRate(80, { subject: { identifier: { value: 'X9' } } }))).toEqual([202, 'no-bed']);
  expect(await post(heartRate(81, { id: 'o2', subject: { reference: 'Patient/77' } }))).toEqual([
    202,
    'no-patient-id',
  ]);
  const { messages } = granted(await admin.query('messages.waiting', {}));
  expect(messages.map(({ reason }) => reason)).toEqual(['no-patient-id', 'no-bed']);
  const [first, second] = messages;
  const shown = granted(await admin.query('message.show', { messageId: first?.id ?? 0 }));
  expect(shown).toMatchObject({ values: [{ vital: 'hr', value: 81 }], onlyDiscard: null });
  const release = { messageId: first?.id ?? 0, expectedVersion: first?.version ?? 0, patientId };
  expect(granted(await admin.command('message.release', release))).toEqual({ taken: 1 });
  expect(await rates()).toEqual([81]);
  // What is replaced while it is held waits no longer; what was released is taken back where it stands.
  expect(
    await post({
      resourceType: 'Observation',
      id: 'o1',
      status: 'entered-in-error',
      code: {},
      effectiveDateTime: at(1),
    }),
  ).toEqual([200, 'withdrawn']);
  expect(granted(await admin.query('messages.waiting', {})).messages).toEqual([]);
  expect(second?.reason).toBe('no-bed');
  expect((await post({ ...heartRate(82, { id: 'o2', status: 'corrected' }) }))[0]).toBe(201);
  expect((await rates()).at(-1)).toBe(82);
  expect(granted(await admin.query('ward.snapshot', {})).system.intake).toMatchObject({
    held: 0,
    waiting: 0,
  });
});

test('what a person discarded is not said to be in the record, and may still be corrected', async () => {
  const stranger = { subject: { identifier: { value: 'X9' } } };
  await post(heartRate(80, stranger));
  const [held] = granted(await admin.query('messages.waiting', {})).messages;
  const seen = { messageId: held?.id ?? 0, expectedVersion: held?.version ?? 0 };
  granted(await admin.command('message.discard', { ...seen, reason: 'a test' }));
  expect(await post(heartRate(80, stranger))).toEqual([409, 'discarded-here']);
  expect((await post(heartRate(81, { status: 'corrected' })))[0]).toBe(201);
  expect(await rates()).toEqual([81]);
});

test('a bundle is answered entry by entry, and a transaction is all or nothing', async () => {
  const patient = {
    resourceType: 'Patient',
    id: 'p',
    identifier: [{ value: 'ABHA-7' }, { value: 'M1', type: { coding: [{ code: 'MR' }] } }],
    name: [{ family: 'Rao', given: ['Asha'] }],
    birthDate: '1963-04-12',
  };
  const subject = { reference: 'Patient/p' };
  const mixed = [
    patient,
    heartRate(70, { subject }),
    heartRate(500, { id: 'o2', subject }),
    { resourceType: 'Device' },
  ];
  const refused = await send(
    JSON.stringify({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: mixed.map((resource) => ({ resource })),
    }),
  );
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Bundle.entry[2]');
  expect(await rates()).toEqual([]);
  const { status, bundle } = await postBundle('batch', mixed);
  expect(status).toBe(200);
  expect(bundle.entry.map(({ response }) => response.status)).toEqual([
    '200 OK',
    '201 Created',
    '422 Unprocessable Entity',
    '422 Unprocessable Entity',
  ]);
  expect(await rates()).toEqual([70]);
  const done = await postBundle('transaction', [
    patient,
    heartRate(71, { id: 'o3', subject, effectiveDateTime: at(2) }),
  ]);
  expect(done.bundle).toMatchObject({ type: 'transaction-response' });
  // Two names and two birth dates under one number: a person decides.
  const other = { ...patient, name: [{ family: 'Khan', given: ['Omar'] }], birthDate: '1990-01-01' };
  const held = await postBundle('collection', [
    other,
    heartRate(72, { id: 'o4', subject, effectiveDateTime: at(4) }),
  ]);
  expect(held.bundle.entry[1]?.response.outcome.issue[0]?.diagnostics).toBe('identity-differs');
  expect(await rates()).toHaveLength(2);
});

test('what is turned away says exactly why', async () => {
  const body = JSON.stringify(heartRate(88));
  const statusOf = async (asked: Asked, given: string | Uint8Array = body) => {
    const { status, headers, text } = await send(given, asked);
    expect(headers['access-control-allow-origin']).toBeUndefined();
    return [status, outcomeSchema.parse(JSON.parse(text)).issue[0]?.diagnostics];
  };
  expect(await statusOf({ headers: { authorization: '' } })).toEqual([401, 'no-token']);
  expect(await statusOf({ headers: { authorization: `Bearer ${'x'.repeat(43)}` } })).toEqual([
    401,
    'wrong-token',
  ]);
  expect(await statusOf({ headers: { host: 'rebound.example:80' } })).toEqual([421, 'host-refused']);
  expect(await statusOf({ headers: { origin: 'http://127.0.0.1' } })).toEqual([403, 'origin-refused']);
  expect(await statusOf({ method: 'GET' }, '')).toEqual([405, 'method-not-served']);
  expect(await statusOf({ method: 'OPTIONS' }, '')).toEqual([405, 'method-not-served']);
  expect(await statusOf({ path: '/fhir/Patient' })).toEqual([404, 'path-unknown']);
  expect(await statusOf({ headers: { 'content-type': 'application/fhir+xml' } })).toEqual([
    415,
    'media-type',
  ]);
  expect(await statusOf({ headers: { 'content-encoding': 'gzip' } })).toEqual([415, 'media-type']);
  const chunked = { headers: { 'transfer-encoding': 'chunked' } };
  expect(await statusOf(chunked, ' '.repeat(1024 * 1024 + 1))).toEqual([413, 'too-large']);
  expect(await statusOf({}, '{')).toEqual([400, 'no-json']);
  expect(await statusOf({}, new Uint8Array([0x7b, 0xff]))).toEqual([400, 'not-utf-8']);
  expect(await statusOf({}, '['.repeat(1000))).toEqual([400, 'too-deep']);
  expect(await statusOf({}, '{"resourceType":"Patient"}')).toEqual([422, 'not-a-resource']);
  expect(await statusOf({}, '{"resourceType":"Bundle","type":"searchset"}')).toEqual([422, 'bundle-type']);
  expect(await post(heartRate(88, { status: 'preliminary' }))).toEqual([422, 'status-not-final']);
  expect(await post(heartRate(88, { effectiveDateTime: at(-60) }))).toEqual([422, 'time-in-future']);
  expect(await rates()).toEqual([]);
  expect(granted(await admin.query('fhir.state', {})).since).toMatchObject({ turnedAway: 10, refused: 2 });
});

test('off it is not there, a new token ends the old one, and a port that is taken is told', async () => {
  const old = token;
  const renewed = granted(await admin.command('fhir.configure', { on: true, port, newToken: true }));
  expect(renewed.token).not.toBe(old);
  expect((await post(heartRate(88)))[0]).toBe(401);
  token = renewed.token ?? '';
  expect((await post(heartRate(88)))[0]).toBe(201);
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await admin.command('fhir.configure', { on: true, port: taken, newToken: false })).toMatchObject({
    error: { code: 'port-in-use', parameters: { port: taken } },
  });
  await new Promise((resolve) => other.close(resolve));
  expect((await post(heartRate(88)))[0]).toBe(200);
  granted(await admin.command('fhir.configure', { on: false, port, newToken: false }));
  await expect(send('')).rejects.toThrow('ECONNREFUSED');
  expect(granted(await admin.query('fhir.state', {}))).toMatchObject({ on: false, listening: false });
});

test('nothing that can be posted stops it, and only what is said clearly is taken', {
  timeout: 60_000,
}, async () => {
  const whole = JSON.stringify({
    resourceType: 'Bundle',
    type: 'batch',
    entry: [{ resource: heartRate(88) }, { resource: { resourceType: 'Patient', id: 'p' } }],
  });
  const cut = fc
    .tuple(fc.nat(whole.length), fc.nat(20), fc.string({ maxLength: 12 }))
    .map(([from, length, put]) => whole.slice(0, from) + put + whole.slice(from + length));
  const shaped = fc.json().map((inner) => `{"resourceType":"Observation","status":"final","code":${inner}}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, shaped, fc.json()), async (body) => {
      const { status, text } = await send(body);
      expect([200, 201, 202, 400, 409, 413, 422, 429]).toContain(status);
      expect(() => JSON.parse(text)).not.toThrow();
    }),
    { numRuns: 150 },
  );
  const values = (await rates()).filter((rate) => rate !== undefined);
  for (const rate of values) expect(typeof rate === 'number' && rate >= 0 && rate <= 350).toBe(true);
});
