/** What messages mean to the ward, from the wire to the record: batches, sensors, corrections, a site's settings. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_FEED_SETTINGS } from '../../../app/contract/feed-views.ts';
import { RECORD_FILE } from '../open-record.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  type Sender,
  startCore,
  type TestTerminal,
} from '../testing/running-core.ts';
import { type CommittedSet, readCommitted } from '../ward/observations-table.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let sender: Sender;
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
  sender = await connectSender(one.port);
});
afterEach(async () => {
  sender.end();
  await one.core.close();
  folder.remove();
});

async function exchange(text: string | Uint8Array): Promise<string> {
  sender.write(typeof text === 'string' ? framed(text) : text);
  return sender.answer();
}
function committed(): CommittedSet[] {
  const store = openTestStore(join(folder.path, RECORD_FILE));
  const rows = [...readCommitted(store.read, 0)];
  store.close();
  return rows;
}
const inForce = () =>
  committed().flatMap(({ set, superseded }) => (superseded ? [] : [[set.source.name, set.values]]));
async function snapshot() {
  return granted(await one.terminal().query('ward.snapshot', {}));
}
async function setUp(): Promise<TestTerminal> {
  const terminal = one.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
  return terminal;
}
/** The stamp of a moment as a monitor writes it. */
const stamp = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}+0000`;

interface Sent {
  readonly id: string;
  readonly at: number;
  readonly obx: readonly (readonly [
    code: string,
    path: string,
    value: string,
    unit: string,
    status: string,
  ])[];
}
function message({ id, at, obx }: Sent): string {
  return [
    `MSH|^~\\&|MON1|WARD|MOM|ICU|${stamp(at)}||ORU^R01|${id}|P|2.6`,
    'PID|1||MRN-1',
    'PV1|1|I|^^ICU-1',
    `OBR|1||||||${stamp(at)}`,
    ...obx.map(
      ([code, path, value, unit, status]) => `OBX|1|NM|${code}|${path}|${value}|${unit}|||||${status}`,
    ),
  ].join('\r');
}
const AIRWAY = ['151594^MDC_CO2_RESP_RATE^MDC', '1.6.1.1'] as const;
const IMPEDANCE = ['151578^MDC_TTHOR_RESP_RATE^MDC', '1.7.1.1'] as const;
const RATE = '264928^MDC_DIM_RESP_PER_MIN^MDC';

test('a batch on the wire: each message has its outcome and its answer, and a bad one costs only itself', async () => {
  const [a, b] = [oruText({ controlId: 'B1' }), oruText({ controlId: 'B2', patient: 'MRN-2', bed: 'ICU-2' })];
  const bad = oruText({ controlId: 'BX' }).replace('ORU^R01^ORU_R01', 'ADT^A99');
  sender.write(framed(`FHS|^~\\&|GW\rBHS|^~\\&|GW\r${a}${bad}${b}BTS|3\rFTS|1\r`));
  const answers = [await sender.answer(), await sender.answer(), await sender.answer()];
  expect(answers.map((text) => /MSA\|([A-Z]+)\|([^|\r]+)/.exec(text)?.slice(1))).toEqual([
    ['AA', 'B1'],
    ['AR', 'BX'],
    ['AA', 'B2'],
  ]);
  expect(committed().map(({ controlId }) => controlId)).toEqual(['B1', 'B2']);
  expect((await snapshot()).beds.map(({ bed }) => bed).sort()).toEqual(['ICU-1', 'ICU-2']);
  // The same message alone is the same message.
  expect(await exchange(a)).toBe(answers[0]);
  expect(committed()).toHaveLength(2);
});

test('a sensor’s readings stay under its own source, in messages of both and of one, and after a restart', async () => {
  const at = Date.now() - 20_000;
  const row = (sensor: typeof AIRWAY | typeof IMPEDANCE, value: string, status = 'R') =>
    [...sensor, value, RATE, status] as const;
  await exchange(message({ id: 'S1', at, obx: [row(AIRWAY, '18'), row(IMPEDANCE, '30')] }));
  await exchange(message({ id: 'S2', at: at + 1000, obx: [row(IMPEDANCE, '31')] }));
  sender.end();
  await one.core.close();
  one = await startCore(folder.path);
  sender = await connectSender(one.port);
  await exchange(message({ id: 'S3', at: at + 2000, obx: [row(IMPEDANCE, '32'), row(AIRWAY, '17')] }));
  expect(inForce()).toEqual([
    ['MON1', { rr: 18 }],
    ['MON1 · 1.7.1.1', { rr: 30 }],
    ['MON1 · 1.7.1.1', { rr: 31 }],
    ['MON1 · 1.7.1.1', { rr: 32 }],
    ['MON1', { rr: 17 }],
  ]);
});

test('a deletion takes back what one sensor gave for one time, and nothing newer or of another', async () => {
  const at = Date.now() - 20_000;
  const pulse = '8867-4^Heart rate^LN';
  const oxygen = '59408-5^SpO2^LN';
  await exchange(
    message({
      id: 'D1',
      at,
      obx: [
        [pulse, '1.1', '180', '/min', 'F'],
        [oxygen, '1.2', '96', '%', 'F'],
      ],
    }),
  );
  await exchange(message({ id: 'D2', at: at + 5000, obx: [[pulse, '1.1', '82', '/min', 'F']] }));
  expect(await exchange(message({ id: 'D3', at, obx: [[pulse, '1.1', '180', '/min', 'D']] }))).toContain(
    'MSA|AA|D3',
  );
  expect(inForce()).toEqual([
    ['MON1', { hr: 82 }],
    ['MON1', { spo2: 96 }],
  ]);
  expect((await snapshot()).beds[0]?.observed.hr?.value).toBe(82);
  // Deleting the newest leaves the one before it out as well: it was deleted first.
  await exchange(message({ id: 'D4', at: at + 5000, obx: [[pulse, '1.1', '82', '/min', 'W']] }));
  expect((await snapshot()).beds[0]?.observed.hr).toBeUndefined();
});

test('a deletion of what was never told is kept and changes nothing', async () => {
  const at = Date.now() - 5000;
  const gone = message({ id: 'N1', at, obx: [['8867-4^Heart rate^LN', '1.1', '', '/min', 'D']] });
  expect(await exchange(gone)).toContain('MSA|AA|N1');
  const { beds, system } = await snapshot();
  expect(beds).toEqual([]);
  expect(system.intake.lastMessage).toMatchObject({ ack: 'AA', taken: 0, reason: 'nothing-to-delete' });
  await exchange(oruText({ controlId: 'N2' }));
  await exchange(gone.replace('|N1|', '|N3|'));
  expect((await snapshot()).system.intake.lastMessage).toMatchObject({ reason: 'nothing-to-delete' });
  expect(committed()).toHaveLength(1);
});

const ILL_AT = (at: number, id: string, status: string, values: readonly string[]): string =>
  message({
    id,
    at,
    obx: [
      ['9279-1^Respiratory rate^LN', '1.1', values[0] ?? '', '/min', status],
      ['59408-5^SpO2^LN', '1.2', values[1] ?? '', '%', status],
      ['8480-6^Systolic^LN', '1.3', values[2] ?? '', 'mm[Hg]', status],
      ['8867-4^Heart rate^LN', '1.4', values[3] ?? '', '/min', status],
      ['8310-5^Temperature^LN', '1.5', values[4] ?? '', 'Cel', status],
    ],
  });

test('a correction moves the open alert with it in the same commit; a closed alert keeps its facts', async () => {
  const terminal = await setUp();
  const at = Date.now() - 5000;
  await exchange(ILL_AT(at, 'I1', 'F', ['26', '92', '95', '118', '38.4']));
  const fired = (await snapshot()).alerts.find(({ rule }) => rule === 'news2-high');
  if (fired === undefined) throw new Error('no alert fired');
  const patientId = (await snapshot()).beds[0]?.patient.id ?? '';
  const firedOn = async () =>
    granted(await terminal.query('alert.explanation', { alertId: fired.id })).firedOn;
  const facts = await firedOn();
  expect(facts).not.toBeNull();

  await exchange(ILL_AT(at, 'I2', 'C', ['16', '98', '125', '76', '36.8']));
  const bed = (await snapshot()).beds[0];
  expect(bed?.observed.rr?.value).toBe(16);
  expect(bed?.score).toMatchObject({ complete: false, min_total: 0 });
  // Consciousness is missing, so the score is no proof that all is well: the alert stays until somebody acts.
  const open = (await snapshot()).alerts.find(({ id }) => id === fired.id);
  expect(open).toBeDefined();
  granted(
    await terminal.command('alert.act', {
      alertId: fired.id,
      expectedVersion: open?.version ?? 0,
      action: 'dismissed',
      reason: 'artefact, corrected by the monitor',
      minutes: null,
    }),
  );
  await exchange(ILL_AT(at, 'I3', 'C', ['30', '90', '88', '130', '39.5']));
  const closed = granted(await terminal.query('alert.list', { patientId })).alerts.find(
    ({ id }) => id === fired.id,
  );
  expect(closed?.state).toBe('dismissed');
  expect(await firedOn()).toEqual(facts);
  const revisions = committed();
  expect(revisions.map(({ controlId, superseded }) => [controlId, superseded])).toEqual([
    ['I1', true],
    ['I2', true],
    ['I3', false],
  ]);
});

test('a site’s settings: zone, character set and own codes of one sender, audited, and kept over a restart', async () => {
  const terminal = await setUp();
  const mapping = {
    version: 1,
    name: 'old monitors',
    codes: [{ system: '99ZZ', code: 'P-7', vital: 'pulse' }],
  };
  expect(granted(await terminal.command('mapping.save', { text: JSON.stringify(mapping) }))).toMatchObject({
    saved: true,
    mapping: { name: 'old monitors', codes: 1 },
  });
  const wrong = { ...mapping, codes: [{ system: 'LN', code: '8867-4', vital: 'rr' }] };
  expect(granted(await terminal.command('mapping.save', { text: JSON.stringify(wrong) }))).toEqual({
    saved: false,
    problems: [{ row: 1, line: 1, problem: 'known-otherwise', detail: '8867-4' }],
  });
  const settings = {
    ...DEFAULT_FEED_SETTINGS,
    zone: 'Asia/Kolkata',
    charset: '8859/1' as const,
    mapping: 'old monitors',
  };
  expect(
    await terminal.command('feed.configure', { device: 'MON1', settings: { ...settings, mapping: 'none' } }),
  ).toMatchObject({ error: { code: 'not-found' } });
  expect(
    await terminal.command('feed.configure', {
      device: 'MON1',
      settings: { ...settings, zone: 'Mars/Base' },
    }),
  ).toMatchObject({ error: { code: 'invalid-request' } });
  granted(await terminal.command('feed.configure', { device: 'MON1', settings }));
  sender.end();
  await one.core.close();
  one = await startCore(folder.path);
  sender = await connectSender(one.port);

  const localMs = Date.now() - 5000 + 330 * 60_000;
  const local = new Date(localMs).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
  const text = [
    `MSH|^~\\&|MON1|WARD|MOM|ICU|${local}||ORU^R01|Z1|P|2.6|||||||UNICODE UTF-8`,
    'PID|1||MRN-1||M\u00fcller^Jo',
    'PV1|1|I|^^ICU-1',
    `OBR|1||||||${local}`,
    'OBX|1|NM|P-7^Cuff^99ZZ|1.1|71|/min|||||F',
  ].join('\r');
  expect(await exchange(Buffer.from(framed(text), 'latin1'))).toContain('MSA|AA|Z1');
  const [row] = committed();
  expect(row?.set.values).toEqual({ pulse: 71 });
  expect(row?.set.observedAt.endsWith('+05:30')).toBe(true);
  expect(Math.abs(Date.now() - (row?.set.observedMs ?? 0))).toBeLessThan(60_000);
  expect((await snapshot()).beds[0]?.patient.name).toBe('M\u00fcller, Jo');
});

test('a sender that is declared streamed is one from its first message on, and a charted one never', async () => {
  const terminal = await setUp();
  const modeAfter = async (mode: 'streamed' | 'charted', id: string) => {
    const settings = { ...DEFAULT_FEED_SETTINGS, mode };
    granted(await terminal.command('feed.configure', { device: 'MON1', settings }));
    await exchange(oruText({ controlId: id }));
    const bed = await terminal.until((event) =>
      event.type === 'bed' && event.bed.observed.hr?.source.mode === mode ? event.bed : null,
    );
    return bed.observed.hr?.source.mode;
  };
  expect(await modeAfter('streamed', 'T1')).toBe('streamed');
  expect(await modeAfter('charted', 'T2')).toBe('charted');
});

test('the state of each sender is counted with its reasons, told by an event, and kept over a restart', async () => {
  await exchange(oruText({ controlId: 'F1' }));
  await exchange(oruText({ controlId: 'F2', patient: '' }));
  await exchange(oruText({ controlId: 'F3', values: [['8867-4', 'Heart rate', 450, '/min']] }));
  await exchange(oruText({ controlId: 'F4' }).replace('ORU^R01^ORU_R01', 'ADT^A99'));
  const told = await one.terminal().query('feed.list', {});
  expect(granted(told)).toMatchObject([
    {
      device: 'MON1',
      settings: DEFAULT_FEED_SETTINGS,
      day: { messages: 4, values: 6, held: 1, refused: 1 },
    },
  ]);
  const reasons = granted(told)[0]?.day.reasons.map(({ reason }) => reason);
  expect(reasons).toEqual(expect.arrayContaining(['no-patient-id', 'implausible', 'type-not-accepted']));
  sender.end();
  await one.core.close();
  one = await startCore(folder.path);
  sender = await connectSender(one.port);
  const terminal = one.terminal();
  expect(granted(await terminal.query('feed.list', {}))).toEqual(granted(told));
  await exchange(oruText({ controlId: 'F5' }));
  expect(
    await terminal.until((event) => (event.type === 'feeds' ? (event.feeds[0]?.day.messages ?? 0) : null)),
  ).toBe(5);
});

test('what the monitor cannot measure is told at the bed, beside other values and alone, until it has a value again', async () => {
  const at = Date.now() - 20_000;
  const HEART = '147842^MDC_ECG_HEART_RATE^MDC';
  const BEATS = '264864^MDC_DIM_BEAT_PER_MIN^MDC';
  const obx = (heart: string, resp: string) => [
    [HEART, '1.1', heart, BEATS, heart === '' ? 'X' : 'R'] as const,
    [...AIRWAY, resp, RATE, 'R'] as const,
  ];
  const told = async () => (await snapshot()).beds[0]?.unavailable ?? [];
  await exchange(message({ id: 'U1', at, obx: obx('80', '16') }));
  expect(await told()).toEqual([]);
  await exchange(message({ id: 'U2', at: at + 1_000, obx: obx('81', '-999') }));
  expect(await told()).toEqual(['rr']);
  await exchange(message({ id: 'U3', at: at + 2_000, obx: obx('', '') }));
  expect(new Set(await told())).toEqual(new Set(['hr', 'rr']));
  // Nothing was taken of the last one, and the values before it stay what they are.
  expect(inForce().map(([, values]) => values)).toEqual([{ hr: 80, rr: 16 }, { hr: 81 }]);
  await exchange(message({ id: 'U4', at: at + 3_000, obx: obx('', '17') }));
  expect(await told()).toEqual(['hr']);
});
