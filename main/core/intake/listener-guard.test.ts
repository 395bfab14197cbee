import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ListenerSafety, maySend, NO_SAFETY } from '../../../app/contract/listener-safety.ts';
import { silentLog, testFolder } from '../testing/ports.ts';
import { connectSender, framed, granted } from '../testing/running-core.ts';
import { hasOpenssl } from '../testing/test-certificate.ts';
import { createListenerGuard, OPEN_GUARD } from './listener-guard.ts';
import { encodeFrame } from './mllp-framing.ts';
import { listenMllp, type MllpListener } from './mllp-listener.ts';

let folder: ReturnType<typeof testFolder>;
const listeners: MllpListener[] = [];
const turnedAway: (readonly [reason: string, address: string])[] = [];
beforeEach(() => {
  folder = testFolder();
});
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close();
  folder.remove();
});

const guardOf = (safety: Partial<ListenerSafety>) => createListenerGuard({ ...NO_SAFETY, ...safety });

/** A listener that echoes what it takes. */
async function listen(safety: Partial<ListenerSafety>): Promise<number> {
  const echo = async (bytes: Uint8Array) => ({ answer: encodeFrame(Buffer.from(bytes).toString()) });
  const result = await listenMllp({
    host: '127.0.0.1',
    port: 0,
    take: echo,
    refuse: echo,
    onConnections: () => undefined,
    onTurnedAway: (...told) => turnedAway.push(told),
    log: silentLog,
    guard: granted(guardOf(safety)),
  });
  if (!result.ok) throw new Error(result.problem);
  listeners.push(result.listener);
  return result.listener.port;
}

describe('the list of addresses', () => {
  it('knows single addresses and subnets, also of IPv4 seen as IPv6', () => {
    const guard = granted(guardOf({ allow: ['10.1.2.3', '10.9.0.0/16', 'fd00::/8'] }));
    const allowed = ['10.1.2.3', '10.9.200.1', '::ffff:10.9.0.7', 'fd12::1'];
    const refused = ['10.1.2.4', '10.8.0.1', '::ffff:10.1.2.4', 'fe80::1', '', 'nonsense'];
    expect(allowed.filter((address) => !guard.isAllowed(address))).toEqual([]);
    expect(refused.filter((address) => guard.isAllowed(address))).toEqual([]);
  });

  it.each(['10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', 'fd00::/129', 'ward.local', '10.0.0.0/-1'])(
    'refuses %s as no address',
    (entry) => {
      expect(guardOf({ allow: [entry] })).toMatchObject({ ok: false, error: { code: 'invalid-request' } });
    },
  );

  it('closes the connection of an address that is not on it, and serves one that is', async () => {
    const stranger = connectTcp({ host: '127.0.0.1', port: await listen({ allow: ['10.1.2.3'] }) });
    stranger.on('error', () => undefined);
    stranger.write(framed('hello'));
    let said = '';
    stranger.on('data', (chunk) => {
      said += chunk.toString();
    });
    await new Promise((resolve) => stranger.once('close', resolve));
    expect(said).toBe('');
    expect(turnedAway).toEqual([['address', '127.0.0.1']]);
    const sender = await connectSender(await listen({ allow: ['127.0.0.0/8'] }));
    sender.write(framed('hello'));
    expect(await sender.answer()).toBe('hello');
    sender.end();
  });
});

describe('the rate of one address', () => {
  it('lets no more through than a second and the time that passed allow, and forgets nothing of one', () => {
    const arrivals = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 1, max: 30 })), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), arrivals, (perSecond, gaps) => {
        const { pauseMs } = granted(guardOf({ perSecond }));
        let nowMs = 0;
        let sent = 0;
        for (const [gapMs, messages] of gaps) {
          nowMs += gapMs;
          sent += messages;
          // A sender that keeps to its pauses.
          nowMs += pauseMs('10.0.0.1', messages, nowMs);
          expect(sent).toBeLessThanOrEqual(perSecond + (nowMs / 1000) * perSecond + 1e-6);
        }
        expect(pauseMs('10.0.0.2', perSecond, nowMs)).toBe(0);
      }),
    );
  });

  it('makes a fast sender wait and answers all of it in order', async () => {
    const sender = await connectSender(await listen({ perSecond: 200 }));
    const names = Array.from({ length: 240 }, (_, index) => `message-${index}`);
    sender.write(names.map(framed).join(''));
    for (const name of names) expect(await sender.answer()).toBe(name);
    sender.end();
  });
});

it('an address that owes a pause owes it on every connection, and what it sent meanwhile is taken after it', async () => {
  const taken: string[] = [];
  const asked: number[] = [];
  let owes = 3;
  const take = async (bytes: Uint8Array) => {
    taken.push(Buffer.from(bytes).toString());
    return { answer: encodeFrame(Buffer.from(bytes).toString()) };
  };
  const result = await listenMllp({
    host: '127.0.0.1',
    port: 0,
    take,
    refuse: take,
    onConnections: () => undefined,
    log: silentLog,
    guard: {
      ...OPEN_GUARD,
      pauseMs: (_address, messages) => {
        asked.push(messages);
        if (messages > 0) return 0;
        // Nothing is taken while the address owes.
        if (owes > 0) expect(taken).toEqual([]);
        owes -= 1;
        return owes >= 0 ? 5 : 0;
      },
    },
  });
  if (!result.ok) throw new Error(result.problem);
  listeners.push(result.listener);
  const senders = await Promise.all([1, 2].map(() => connectSender(result.listener.port)));
  for (const [index, sender] of senders.entries()) sender.write(framed(`message-${index}`));
  expect(await Promise.all(senders.map((sender) => sender.answer()))).toEqual(['message-0', 'message-1']);
  expect(asked.filter((messages) => messages === 0).length).toBeGreaterThanOrEqual(5);
  for (const sender of senders) sender.end();
});

it('the list of senders holds applications, or one facility’s', () => {
  expect(maySend({ senders: [] }, 'ANY|WHERE')).toBe(true);
  const senders = ['MON1', 'MON2|WARD'];
  for (const [sender, may] of [
    ['MON1|WARD', true],
    ['MON1|', true],
    ['MON2|WARD', true],
    ['MON2|OTHER', false],
    ['MON10|WARD', false],
    ['mon1|WARD', false],
    ['|', false],
  ] as const)
    expect(maySend({ senders }, sender), sender).toBe(may);
});

describe('TLS', () => {
  it('is refused with files that are not there or hold no certificate', () => {
    const missing = join(folder.path, 'missing.pem');
    const tls = { certificateFile: missing, keyFile: missing, authorityFile: missing, names: [] };
    expect(guardOf({ tls })).toMatchObject({
      ok: false,
      error: { parameters: { problem: 'certificate-missing' } },
    });
    const empty = join(folder.path, 'empty.pem');
    writeFileSync(empty, 'nothing');
    expect(
      guardOf({ tls: { certificateFile: empty, keyFile: empty, authorityFile: empty, names: [] } }),
    ).toMatchObject({ ok: false, error: { parameters: { problem: 'certificate-unreadable' } } });
  });

  it.skipIf(!hasOpenssl)('serves a client whose certificate and name are known, and no other', async () => {
    const authority = certificate('authority', 'Ward authority', null);
    const server = certificate('server', 'localhost', authority);
    const known = certificate('known', 'gateway-1', authority);
    const otherName = certificate('other', 'gateway-2', authority);
    const stranger = certificate('stranger', 'gateway-1', null);
    const tls = {
      certificateFile: server.cert,
      keyFile: server.key,
      authorityFile: authority.cert,
      names: ['gateway-1'],
    };
    expect(guardOf({ tls: { ...tls, keyFile: known.key } })).toMatchObject({
      error: { parameters: { problem: 'key-of-another' } },
    });
    const port = await listen({ tls });
    expect(await exchange(port, authority, known)).toBe('hello');
    expect(await exchange(port, authority, otherName)).toBeNull();
    expect(await exchange(port, authority, stranger)).toBeNull();
    expect(await exchange(port, authority, null)).toBeNull();
    const plain = connectTcp({ host: '127.0.0.1', port });
    plain.on('error', () => undefined);
    plain.write(framed('hello'));
    let said = '';
    plain.on('data', (chunk) => {
      said += chunk.toString();
    });
    await new Promise((resolve) => plain.once('close', resolve));
    expect(said).not.toContain('hello');
  });
});

interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate made for this test, signed by an authority or by itself. */
function certificate(file: string, name: string, authority: Certificate | null): Certificate {
  const at = (ending: string): string => join(folder.path, `${file}.${ending}`);
  const made: Certificate = { cert: at('pem'), key: at('key') };
  const openssl = (words: readonly string[]) => execFileSync('openssl', [...words], { stdio: 'ignore' });
  const keys = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', made.key];
  if (authority === null)
    openssl(['req', '-x509', ...keys, '-out', made.cert, '-days', '2', '-subj', `/CN=${name}`]);
  else {
    openssl(['req', ...keys, '-out', at('csr'), '-subj', `/CN=${name}`]);
    const signing = ['-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial', '-days', '2'];
    openssl(['x509', '-req', '-in', at('csr'), ...signing, '-out', made.cert]);
  }
  return made;
}

/** The answer to one message; null where the connection is closed without one. */
function exchange(port: number, authority: Certificate, client: Certificate | null): Promise<string | null> {
  return new Promise((resolve) => {
    let said = '';
    const socket = connectTls({
      host: '127.0.0.1',
      port,
      servername: 'localhost',
      ca: readFileSync(authority.cert),
      ...(client === null ? {} : { cert: readFileSync(client.cert), key: readFileSync(client.key) }),
    });
    socket.on('error', () => undefined);
    socket.on('secureConnect', () => socket.write(framed('hello')));
    socket.on('data', (chunk) => {
      said += chunk.toString();
      const text = said.includes('\x1c') ? said.slice(1, said.indexOf('\x1c')) : undefined;
      if (text === undefined) return;
      resolve(text);
      socket.destroy();
    });
    socket.on('close', () => resolve(null));
  });
}
