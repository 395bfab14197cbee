import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { RECORD_FILE } from '../open-record.ts';
import { openSealing } from '../sealing/key-envelope.ts';
import { permissionsOnlyWrapper } from '../sealing/key-wrapper.ts';
import { openTestStore, testClock, testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  ILL,
  oruText,
  type RunningCore,
  type Sender,
  startCore,
} from '../testing/running-core.ts';
import { readCommitted } from '../ward/observations-table.ts';
import { readMessageBytes } from './messages-table.ts';

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

async function exchange(bytes: Uint8Array | string): Promise<string> {
  sender.write(bytes);
  return sender.answer();
}
function committed() {
  const store = openTestStore(join(folder.path, RECORD_FILE));
  const rows = readCommitted(store.read, 0);
  store.close();
  return rows;
}
async function snapshot() {
  return granted(await one.terminal().query('ward.snapshot', {}));
}

test('a frame in many pieces, several in one write, and junk before one', async () => {
  const text = framed(oruText({ controlId: 'A' }));
  for (const sign of text) sender.write(sign);
  expect(await sender.answer()).toContain('MSA|AA|A');
  sender.write(framed(oruText({ controlId: 'B' })) + framed(oruText({ controlId: 'C' })));
  expect(await sender.answer()).toContain('MSA|AA|B');
  expect(await sender.answer()).toContain('MSA|AA|C');
  expect(await exchange(`GET / HTTP/1.1\r\n\r\n${framed(oruText({ controlId: 'D' }))}`)).toContain(
    'MSA|AA|D',
  );
});

test('bad messages get AR or AE with a reason, and the next good one on the same connection lives', async () => {
  expect(await exchange(framed('nonsense'))).toMatch(/MSA\|AR\|\|not-hl7/);
  const junk = Buffer.concat([
    Buffer.from('\x0b'),
    Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 37) % 255)).filter(
      (byte) => byte !== 0x0b && byte !== 0x1c,
    ),
    Buffer.from('\x1c\r'),
  ]);
  expect(await exchange(junk)).toContain('MSA|AR|');
  const half = framed(oruText({ controlId: 'H' })).slice(0, 80);
  sender.write(half);
  expect(await exchange(framed(oruText({ controlId: 'G1' })))).toMatch(/MSA\|AE\|H?\|?.*unfinished/);
  expect(await sender.answer()).toContain('MSA|AA|G1');
  const oversized = framed(oruText({ controlId: 'BIG' }).padEnd(1024 * 1024 + 10, 'X'));
  expect(await exchange(oversized)).toMatch(/MSA\|AR\|BIG\|too-large/);
  expect(await exchange(framed(oruText({ controlId: 'T' }).replace('ORU^R01^ORU_R01', 'QRY^A19')))).toMatch(
    /MSA\|AR\|T\|type-not-accepted/,
  );
  expect(await exchange(framed(oruText({ controlId: 'G2' })))).toContain('MSA|AA|G2');
  const { intake } = (await snapshot()).system;
  expect(intake).toMatchObject({ listening: true, connections: 1, accepted: 2, held: 0, refused: 5 });
  expect(intake.lastMessage).toMatchObject({ controlId: 'G2', ack: 'AA', taken: 6, held: false });
});

test('bytes that never become a frame are answered once their sender pauses', {
  timeout: 10_000,
}, async () => {
  expect(await exchange('hello?')).toMatch(/MSA\|AR\|\|not-mllp/);
  expect(await exchange(framed(oruText({ controlId: 'G' })))).toContain('MSA|AA|G');
});

test('the same bytes get the same answer and no second row; other bytes under the control id are quarantined', async () => {
  const at = Date.now();
  const text = oruText({ controlId: 'SAME', at });
  const first = await exchange(framed(text));
  expect(await exchange(framed(text))).toBe(first);
  const other = await exchange(framed(text.replace('|26|', '|16|')));
  expect(other).toMatch(/MSA\|AR\|SAME\|control-id-reused/);
  expect(await exchange(framed(text.replace('|26|', '|16|')))).toBe(other);
  const rows = committed();
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ controlId: 'SAME', set: { values: { rr: 26 } } });
});

test('another message of the same moment and source supersedes, and every message has its row', async () => {
  const at = Date.now();
  await exchange(framed(oruText({ controlId: 'M1', at })));
  await exchange(framed(oruText({ controlId: 'M2', at })));
  const values = ILL.map((one) =>
    one[0] === '8867-4' ? (['8867-4', 'Heart rate', 121, '/min'] as const) : one,
  );
  await exchange(framed(oruText({ controlId: 'M3', at, values })));
  const rows = committed();
  expect(rows.map(({ superseded }) => superseded)).toEqual([true, true, false]);
  expect(rows.map(({ controlId }) => controlId)).toEqual(['M1', 'M2', 'M3']);
  expect(rows[2]?.set.values).toMatchObject({ hr: 121, rr: 26, spo2: 92 });
});

test('a message without identifier, without bed, or for a taken bed is held and acknowledged', async () => {
  await exchange(framed(oruText({ controlId: 'A' })));
  expect(await exchange(framed(oruText({ controlId: 'B', patient: '' })))).toContain('MSA|AA|B');
  expect(await exchange(framed(oruText({ controlId: 'C', patient: 'MRN-2' })))).toContain('MSA|AA|C');
  expect(await exchange(framed(oruText({ controlId: 'D', patient: 'MRN-3', bed: '' })))).toContain(
    'MSA|AA|D',
  );
  expect(committed()).toHaveLength(1);
  const view = await snapshot();
  expect(view.system.intake).toMatchObject({
    accepted: 1,
    held: 3,
    refused: 0,
    lastMessage: { reason: 'no-bed' },
  });
  expect(view.beds).toHaveLength(1);
});

test('nothing identifying stands in the files in clear, and raw messages open again', async () => {
  const text = oruText({ controlId: 'RAW', patient: 'SECRET-MRN-77' });
  await exchange(framed(text));
  await one.core.close();
  const { readFileSync, readdirSync } = await import('node:fs');
  for (const name of readdirSync(folder.path)) {
    const bytes = readFileSync(join(folder.path, name));
    for (const word of ['SECRET-MRN-77', 'ASHA', '19630412', '1963-04-12'])
      expect(bytes.includes(word), `${word} in ${name}`).toBe(false);
  }
  const store = openTestStore(join(folder.path, RECORD_FILE));
  const opened = await openSealing(
    store,
    [permissionsOnlyWrapper(join(folder.path, 'wrapping.key'))],
    Date.now,
  );
  if (!opened.ok) throw new Error(opened.detail);
  const id =
    store.read.one(z.object({ id: z.number() }), "SELECT id FROM messages WHERE control_id = 'RAW'")?.id ?? 0;
  const raw = readMessageBytes(store.read, opened.sealing, id);
  expect(Buffer.from(raw ?? []).toString('utf8')).toBe(text);
  store.close();
  one = await startCore(folder.path);
});

test('a control id names its message for a day; a gateway that starts its counter again is heard', async () => {
  const clock = testClock(Date.now());
  sender.end();
  await one.core.close();
  one = await startCore(folder.path, { clock });
  sender = await connectSender(one.port);
  const text = (rate: number): string =>
    framed(
      oruText({
        controlId: '1',
        at: clock.wall(),
        values: [['9279-1', 'Respiratory rate', rate, '/min']],
      }),
    );
  const first = text(16);
  const answer = await exchange(first);
  expect(answer).toContain('MSA|AA|1');
  clock.advance(23 * 3_600_000);
  expect(await exchange(text(17))).toContain('MSA|AR|1|control-id-reused');
  clock.advance(25 * 3_600_000);
  expect(await exchange(first)).toBe(answer);
  expect(await exchange(text(18))).toContain('MSA|AA|1');
  expect(committed().map(({ set }) => set.values.rr)).toEqual([16, 18]);
});

test('training and debugging messages are kept and never become readings', async () => {
  for (const processingId of ['T', 'D'])
    expect(await exchange(framed(oruText({ controlId: `X${processingId}`, processingId })))).toContain(
      'MSA|AA|',
    );
  expect((await snapshot()).system.intake).toMatchObject({
    accepted: 0,
    held: 2,
    lastMessage: { reason: 'not-production', held: true, taken: 0 },
  });
  expect(committed()).toEqual([]);
  for (const processingId of ['P', ''])
    await exchange(framed(oruText({ controlId: `Y${processingId}`, processingId })));
  expect(committed()).toHaveLength(2);
});

test('values that were not taken are counted, and a message that brought none says why', async () => {
  const temperature = ['8310-5', 'Temperature', 384, 'Cel'] as const;
  await exchange(
    framed(oruText({ controlId: 'SOME', values: [temperature, ['9279-1', 'Respiratory rate', 18, '/min']] })),
  );
  expect((await snapshot()).system.intake.lastMessage).toMatchObject({ taken: 1, rejected: 1, reason: null });
  const none = framed(oruText({ controlId: 'NONE', values: [temperature] }));
  for (let sent = 0; sent < 2; sent++) {
    expect(await exchange(none)).toContain('MSA|AA|NONE');
    expect((await snapshot()).system.intake.lastMessage).toMatchObject({
      taken: 0,
      rejected: 1,
      reason: 'implausible',
    });
  }
});

test('two sensors of one vital stay two: the worse one scores, marked ambiguous', async () => {
  await exchange(
    framed(
      oruText({
        controlId: 'TWO',
        values: [
          ['9279-1', 'Respiratory rate', 18, '/min'],
          ['9279-1', 'Respiratory rate', 30, '/min'],
        ],
      }),
    ),
  );
  const [bed] = (await snapshot()).beds;
  expect(bed?.observed.rr).toMatchObject({ value: 30, ambiguous: true });
  expect(bed?.score).toMatchObject({ complete: false, min_total: 3 });
});

test('an old stamp is committed and never shown as current', async () => {
  expect(await exchange(framed(oruText({ controlId: 'OLD', at: Date.now() - 5 * 86_400_000 })))).toContain(
    'MSA|AA|OLD',
  );
  const [bed] = (await snapshot()).beds;
  expect(bed?.score).toMatchObject({ complete: false, min_total: 0 });
  expect(bed?.observed.rr?.ageMs).toBeGreaterThan(
    bed?.observed.rr?.missingAfterMs ?? Number.POSITIVE_INFINITY,
  );
  expect((await snapshot()).alerts).toEqual([]);
});

test('the listener moves to another port and a taken port is refused', async () => {
  const terminal = one.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
  const other = await startCore(`${folder.path}/other`);
  expect(await terminal.command('intake.configure', { host: '127.0.0.1', port: other.port })).toMatchObject({
    error: { code: 'port-in-use', parameters: { port: other.port } },
  });
  expect(await exchange(framed(oruText({ controlId: 'STILL' })))).toContain('MSA|AA|STILL');
  await other.core.close();
  const moved = granted(await terminal.command('intake.configure', { host: '127.0.0.1', port: other.port }));
  expect(moved.intake).toMatchObject({ listening: true, port: other.port, problem: null });
  const again = await connectSender(other.port);
  again.write(framed(oruText({ controlId: 'MOVED' })));
  expect(await again.answer()).toContain('MSA|AA|MOVED');
  again.end();
});

/** Of a connection of its own: a listener that moves ends those that it had. */
async function answerAnew(controlId: string): Promise<string> {
  const anew = await connectSender(one.port);
  anew.write(framed(oruText({ controlId })));
  const answer = await anew.answer();
  anew.end();
  return answer;
}

test('a trial becomes a ward: the listener moves to every address of its port, and stays where it was if it cannot', async () => {
  const terminal = one.terminal();
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
  const { port } = one;
  const refusal = await terminal.command('intake.configure', { host: '203.0.113.7', port });
  expect(refusal).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
  expect(await answerAnew('STILL')).toContain('MSA|AA|STILL');
  // Twice at once, as two windows would: one listener is left, and it answers.
  const moved = await Promise.all([
    terminal.command('intake.configure', { host: '0.0.0.0', port }),
    terminal.command('intake.configure', { host: '127.0.0.1', port }),
  ]);
  expect(moved.map(({ ok: done }) => done)).toEqual([true, true]);
  expect(granted(await terminal.command('intake.configure', { host: '0.0.0.0', port })).intake).toMatchObject(
    {
      listening: true,
      host: '0.0.0.0',
      port,
    },
  );
  expect(await answerAnew('MOVED')).toContain('MSA|AA|MOVED');
});

test('a monitor for which there is no place is turned away and said, and the others go on', async () => {
  // The sender of every test has a place already.
  const many = await Promise.all(Array.from({ length: 63 }, () => connectSender(one.port)));
  const oneTooMany = await connectSender(one.port);
  const open = async () => ((await snapshot()).technical ?? []).map(({ code }) => code);
  await expect.poll(open, { timeout: 10_000 }).toContain('listener-full');
  expect(await exchange(framed(oruText({ controlId: 'GOES-ON' })))).toContain('MSA|AA|GOES-ON');
  for (const other of [...many, oneTooMany]) other.end();
});
