/** The served interface on a whole core: verified text, raw text where it is allowed, and the ward first. */
import { request as httpsRequest } from 'node:https';
import { createServer } from 'node:net';
import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';
import { given } from '../testing/scripted-engine.ts';
import { hasOpenssl, ownCertificate } from '../testing/test-certificate.ts';
import { createServingLane } from './lane.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let admin: TestTerminal;
let base: string;
let token: string;

const OFF = { on: false, port: 0, network: null, completions: false, newToken: false } as const;
const VITALS = { rr: 26, spo2: 92, on_oxygen: true, temp_c: 38.4, sbp: 95, hr: 118, acvpu: 'A' };

beforeAll(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
  admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  const on = granted(await admin.command('serving.configure', { ...OFF, on: true }));
  token = on.token ?? '';
  base = `http://127.0.0.1:${on.serving.port}`;
});
beforeEach(() => one.engine.script({ words: ' this needs to be looked at.' }));
afterAll(async () => {
  await one.core.close();
  folder.remove();
});

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Record<string, unknown>;
}
async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}
const serving = async () => granted(await admin.query('serving.state', {}));
const client = () => new OpenAI({ apiKey: token, baseURL: `${base}/v1`, maxRetries: 0 });
async function allowCompletions(): Promise<void> {
  const { port } = await serving();
  granted(await admin.command('serving.configure', { ...OFF, on: true, port, completions: true }));
}

test('explains in verified words, and computes the score itself', async () => {
  const { status, body } = await post('/explain', {
    alert_type: 'NEWS2 high',
    vitals: VITALS,
    scores: { news2: 3 },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({ mode: 'guided', confidence: 0.9, scores_differ: true, score: { total: 12 } });
  expect(body.explanation).toContain('26/min');
  expect(one.engine.asked.at(-1)?.priority).toBe('background');
});

test('what the verifier blocks is never served, neither as text nor beside it', async () => {
  one.engine.script({ words: ' give amoxicillin now.' });
  const { text, body } = await post('/explain', { vitals: VITALS });
  expect(text).not.toContain('amoxicillin');
  expect(body.sentences).not.toHaveLength(0);
  expect(body.explanation).toContain('26/min');
});

test('without a model the rule text is the explanation', async () => {
  one.engine.script('fail');
  const { body } = await post('/explain', { vitals: VITALS });
  expect(body).toMatchObject({ mode: 'rules', reason: 'engine-failed', confidence: null });
  expect(body.explanation).toBe(body.rule_text);
});

test('free text reaches neither prompt nor answer, and an unknown field is refused by name', async () => {
  const said = 'Asha Rao MRN 12345';
  const { text, status } = await post('/explain', { alert_type: said, vitals: VITALS });
  expect(status).toBe(200);
  const plan = one.engine.asked.at(-1)?.plan;
  expect(plan === undefined ? '' : given(plan)).not.toContain('Asha');
  expect(text).not.toContain('Asha');
  const refused = await post('/explain', { vitals: VITALS, patient_name: said });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('patient_name');
  expect(refused.text).not.toContain('Asha');
});

test.each([
  ['no vitals', {}],
  ['an impossible value', { vitals: { ...VITALS, rr: 900 } }],
  ['words for a number', { vitals: { ...VITALS, rr: 'fast' } }],
])('%s is refused', async (_, body) => {
  const before = one.engine.asked.length;
  expect((await post('/explain', body)).status).toBe(400);
  expect(one.engine.asked).toHaveLength(before);
});

test('nobody comes without the token, from a web page, or to another path', async () => {
  const good = { vitals: VITALS };
  const before = (await serving()).since.turnedAway;
  expect((await post('/explain', good, { authorization: 'Bearer wrong' })).status).toBe(401);
  expect((await post('/explain', good, { origin: 'http://evil.example' })).status).toBe(403);
  expect((await post('/other', good)).status).toBe(404);
  expect((await post('/explain', good, { 'content-type': 'text/plain' })).status).toBe(415);
  expect((await serving()).since.turnedAway - before).toBe(4);
});

test('raw completions are refused until they are allowed', async () => {
  const before = one.engine.asked.length;
  expect((await post('/v1/completions', { prompt: 'x' })).status).toBe(403);
  expect(one.engine.asked).toHaveLength(before);
});

test('the openai client works unchanged, and what it gets says that nobody verified it', async () => {
  await allowCompletions();
  one.engine.script({ words: ' 7 raw words, give amoxicillin' });
  const request = { model: 'any', prompt: 'Explain', max_tokens: 32, temperature: 0.3, stop: ['###'] };
  const { data, response } = await client().completions.create(request).withResponse();
  expect(response.headers.get('x-medobsmind-verified')).toBe('false');
  expect(data.choices[0]).toMatchObject({ text: ' 7 raw words, give amoxicillin', finish_reason: 'stop' });
  expect(data).toMatchObject({
    object: 'text_completion',
    verified: false,
    usage: { completion_tokens: 12 },
  });
  const plan = one.engine.asked.at(-1)?.plan;
  expect(plan?.steps).toEqual([{ kind: 'hole', maxTokens: 32, free: { stop: ['###'] } }]);

  const pieces: string[] = [];
  const finishes: (string | null)[] = [];
  for await (const chunk of await client().completions.create({ ...request, stream: true })) {
    pieces.push(chunk.choices[0]?.text ?? '');
    finishes.push(chunk.choices[0]?.finish_reason ?? null);
  }
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.join('')).toBe(' 7 raw words, give amoxicillin');
  expect(finishes.at(-1)).toBe('stop');
});

test('what is not done is refused and not left out', async () => {
  await allowCompletions();
  for (const more of [{ n: 2 }, { echo: true }, { max_tokens: 9_999 }, { prompt: ['a', 'b'] }])
    expect((await post('/v1/completions', { prompt: 'x', ...more })).status).toBe(400);
});

test('a port that another has is told, and what stood before stays', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const answer = await admin.command('serving.configure', { ...OFF, on: true, port });
  expect(answer).toMatchObject({ ok: false, error: { code: 'port-in-use' } });
  expect((await post('/explain', { vitals: VITALS })).status).toBe(200);
  other.close();
});

test('the network needs TLS: files that are none open nothing', async () => {
  const network = { host: '0.0.0.0', certificateFile: '/nowhere/c.pem', keyFile: '/nowhere/k.pem' };
  const answer = await admin.command('serving.configure', { ...OFF, on: true, network });
  expect(answer).toMatchObject({
    ok: false,
    error: { code: 'invalid-request', parameters: { field: 'network' } },
  });
});

test.skipIf(!hasOpenssl)(
  'a new certificate is taken up at the port that is served, and asked for by nobody else',
  async () => {
    const [first, second] = ['first', 'second'].map((name) => ownCertificate(folder.path, name));
    if (first === undefined || second === undefined) throw new Error('no certificates');
    const serve = async ({ certificateFile, keyFile }: typeof first, port: number) => {
      const network = { host: '127.0.0.1', certificateFile, keyFile };
      return granted(await admin.command('serving.configure', { ...OFF, on: true, port, network })).serving
        .port;
    };
    const { port: plain } = await serving();
    const port = await serve(first, 0);
    expect(await statusOver(port, first.pem)).toBe(400);
    expect(await serve(second, port)).toBe(port);
    expect(await statusOver(port, second.pem)).toBe(400);
    await expect(statusOver(port, first.pem)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    granted(await admin.command('serving.configure', { ...OFF, on: true, port: plain }));
  },
);

/** Of an empty request with the token, over TLS that trusts this certificate alone. */
function statusOver(port: number, ca: string): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    httpsRequest({ host: '127.0.0.1', port, path: '/explain', method: 'POST', headers, ca }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end('{}');
  });
}

test('the ward comes first: a served job waits for it, and ends when it has something to write', async () => {
  let writing = true;
  const lane = createServingLane(() => writing);
  const gone = new AbortController().signal;
  let begun = 0;
  const job = (signal: AbortSignal) =>
    new Promise<string>((resolve) => {
      begun += 1;
      signal.addEventListener('abort', () => resolve('gave way'), { once: true });
    });
  const first = lane.run(gone, job);
  await new Promise((resolve) => setTimeout(resolve, 120));
  expect(begun).toBe(0);
  writing = false;
  while (begun === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const waiting = Array.from({ length: 6 }, () => lane.run(AbortSignal.abort(), job));
  lane.giveWay();
  expect(await first).toBe('gave way');
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 6 }, () => 'busy'));
  expect(begun).toBe(1);
});

test('too many a second wait', async () => {
  const all = await Promise.all(Array.from({ length: 60 }, () => post('/explain', {})));
  expect(all.some(({ status }) => status === 429)).toBe(true);
});
