import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TEXT_FORMATS } from '../../../app/monitoring/exposition.ts';
import type { MeasureId } from '../../../app/monitoring/measures.ts';
import { testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  startCore,
} from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

interface Got {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'] ?? '', text }),
      );
    });
    asked.on('error', reject).end();
  });
}

async function administrator() {
  const admin = one.terminal();
  const setUp = {
    wardName: 'ICU',
    language: 'en',
    administrator: { name: 'Devika Rao', pin: '1234' },
  } as const;
  granted(await admin.command('ward.set-up', setUp));
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  return admin;
}

test('what the ward does is counted, told to the screen and to Prometheus, and names nobody', async () => {
  const admin = await administrator();
  const sender = await connectSender(one.port);
  sender.write(framed(oruText({ controlId: 'A' })));
  await sender.answer();
  sender.end();
  const explanationId = await admin.until((event) =>
    event.type === 'explanation' && event.explanation.status === 'complete' ? event.explanation.id : null,
  );
  const rating = { explanationId, helpfulness: 4, accuracy: 'accurate', comment: 'Asked by Devika' } as const;
  granted(await admin.command('rating.save', rating));

  const view = granted(await admin.query('monitoring.state', { hours: 24 }));
  expect(view.recordRead).toBe(true);
  const measure = (id: MeasureId) => view.measures.find((found) => found.id === id);
  expect(measure('complete-p50')).toMatchObject({ of: 1, verdict: 'too-few' });
  expect(measure('complete-p50')?.value).toBeGreaterThanOrEqual(0);
  expect(measure('safety-violations')).toMatchObject({ value: 0, verdict: 'met' });
  expect(measure('helpfulness')).toMatchObject({ value: 4, of: 1, verdict: 'no-target' });
  expect(measure('agreement')).toMatchObject({ value: 1, of: 1 });
  expect(measure('acknowledgement-p50')).toMatchObject({ of: 1 });
  expect(measure('alerts-open')?.value).toBeGreaterThan(0);
  expect(measure('record-size')?.value).toBeGreaterThan(0);
  expect(view.explanations).toHaveLength(24);
  expect(view.explanations.at(-1)).toMatchObject({ complete: 1, failed: 0 });
  expect(view.exposition).toEqual({ on: false, wanted: 9464, port: null, problem: null });

  const { port } = granted(await admin.command('monitoring.configure', { on: true, port: 0 }));
  const got = await get(port ?? 0, '/metrics');
  expect(got).toMatchObject({ status: 200, type: TEXT_FORMATS.openmetrics });
  expect(got.text).toMatch(/^medobsmind_messages_total\{state="accepted"\} 1$/m);
  expect(got.text).toMatch(/^medobsmind_explanations_total\{outcome="complete"\} 1$/m);
  expect(got.text).toMatch(/^medobsmind_helpfulness_points_total 4$/m);
  expect(got.text).toMatch(/^medobsmind_readings_total [1-9]/m);
  expect(got.text).toMatch(/^medobsmind_listener_up 1$/m);
  expect(got.text.endsWith('# EOF\n')).toBe(true);
  const { people, beds } = granted(await admin.query('ward.snapshot', {}));
  const [bed] = beds;
  const marks = [
    ...people.map(({ name }) => name),
    bed?.patient.name ?? '',
    bed?.patient.identifier ?? '',
    bed?.patient.id ?? '',
    'ICU',
    'MON',
  ];
  expect(marks).not.toContain('');
  for (const mark of marks) expect(got.text).not.toContain(mark);
  expect((await get(port ?? 0, '/metrics', { accept: 'text/plain' })).type).toBe(TEXT_FORMATS.plain);

  const off = granted(await admin.command('monitoring.configure', { on: false, port: 0 }));
  expect(off.port).toBeNull();
  await expect(get(port ?? 0, '/metrics')).rejects.toThrow();
});

test('there is one page, for this machine’s own name and for reading alone', async () => {
  const admin = await administrator();
  const { port } = granted(await admin.command('monitoring.configure', { on: true, port: 0 }));
  const status = async (...given: [path: string, headers?: Record<string, string>, method?: string]) =>
    (await get(port ?? 0, ...given)).status;
  expect(await status('/metrics', { host: `localhost:${port}` })).toBe(200);
  for (const host of ['evil.example', '127.0.0.1.evil.example', '192.168.1.4', `localhost:${port}@evil`])
    expect(await status('/metrics', { host }), host).toBe(421);
  expect(await status('/metrics', { origin: 'http://localhost' })).toBe(403);
  for (const path of ['/', '/metrics/', '/metrics?x', '/../metrics', '/explain', '/v1/completions'])
    expect(await status(path), path).toBe(404);
  expect(await status('/metrics', {}, 'POST')).toBe(405);
});

test('a port that is taken is answered with another that is free', async () => {
  const admin = await administrator();
  // The monitors' listener has this one.
  const taken = one.port;
  const found = granted(await admin.command('monitoring.configure', { on: true, port: taken }));
  expect(found).toMatchObject({ on: true, wanted: taken, problem: null });
  expect(found.port).not.toBe(taken);
  expect((await get(found.port ?? 0, '/metrics')).status).toBe(200);
});

test('a nurse is refused the figures, and a stranger too', async () => {
  const admin = await administrator();
  granted(await admin.command('person.add', { name: 'Asif', role: 'nurse', pin: '4321' }));
  const nurse = granted(await admin.query('ward.snapshot', {})).people.find(({ role }) => role === 'nurse');
  const stranger = one.terminal();
  const asked = () => stranger.query('monitoring.state', { hours: 24 });
  expect(await asked()).toMatchObject({ ok: false, error: { code: 'not-signed-in' } });
  granted(await stranger.command('session.sign-in', { personId: nurse?.id ?? '', pin: '4321' }));
  expect(await asked()).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
});
