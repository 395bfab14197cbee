import { expect, test } from 'vitest';
import type { HttpListenResult } from './http-server.ts';
import { createSwitchedListener } from './switched-listener.ts';

interface Place {
  readonly port: number;
  readonly certificate: string;
}

/** A machine whose ports can be had once each, and where a certificate can be a bad one. */
function machine() {
  const taken = new Map<number, string>();
  const open = ({ port, certificate }: Place): Promise<HttpListenResult> => {
    const found = port === 0 ? 40_000 + taken.size : port;
    if (certificate === 'bad') return Promise.resolve({ ok: false, problem: 'tls' });
    if (taken.has(found)) return Promise.resolve({ ok: false, problem: 'EADDRINUSE' });
    taken.set(found, certificate);
    const close = () => {
      taken.delete(found);
      return Promise.resolve();
    };
    return Promise.resolve({ ok: true, listener: { port: found, close } });
  };
  return { taken, listener: createSwitchedListener({ name: 'test', open, log: () => undefined }) };
}

test('a port that is taken leaves what stood before', async () => {
  const { taken, listener } = machine();
  taken.set(7000, 'another program');
  await listener.switchTo({ port: 6000, certificate: 'a' });
  expect(await listener.switchTo({ port: 7000, certificate: 'a' })).toEqual({
    ok: false,
    error: { code: 'port-in-use', parameters: { port: 7000 } },
  });
  expect([...taken]).toEqual([
    [7000, 'another program'],
    [6000, 'a'],
  ]);
  expect(listener.port()).toBe(6000);
  expect(listener.problem()).toBeNull();
});

test('a new certificate is taken up at the same port, and the old one comes back where the new one is bad', async () => {
  const { taken, listener } = machine();
  await listener.switchTo({ port: 6000, certificate: 'a' });
  expect(await listener.switchTo({ port: 6000, certificate: 'b' })).toMatchObject({ ok: true });
  expect([...taken]).toEqual([[6000, 'b']]);
  expect(await listener.switchTo({ port: 6000, certificate: 'bad' })).toMatchObject({
    ok: false,
    error: { code: 'invalid-request', parameters: { field: 'network' } },
  });
  expect([...taken]).toEqual([[6000, 'b']]);
});

test('changes at once leave one listener, and none after the end', async () => {
  const { taken, listener } = machine();
  await Promise.all([6000, 6001, 6002].map((port) => listener.switchTo({ port, certificate: 'a' })));
  expect([...taken.keys()]).toEqual([6002]);
  await listener.close();
  expect(taken.size).toBe(0);
  expect(listener.port()).toBeNull();
});

test('switched on for the first time where it cannot be had, it says why until it is switched off', async () => {
  const { listener } = machine();
  await listener.switchTo({ port: 6000, certificate: 'bad' });
  expect(listener.problem()).toBe('tls');
  await listener.switchTo(null);
  expect(listener.problem()).toBeNull();
});
