import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../testing/ports.ts';
import { connectSender, framed } from '../testing/running-core.ts';
import { encodeFrame } from './mllp-framing.ts';
import { type Answered, type ConnectionLimits, listenMllp, type MllpListener } from './mllp-listener.ts';
import type { FrameFault } from './prepare-message.ts';

const listeners: MllpListener[] = [];
afterEach(async () => {
  for (const listener of listeners.splice(0)) await listener.close();
});

/** A listener whose messages are echoed, each after a delay of its own. */
async function listen(limits: Partial<ConnectionLimits> = {}, delayMs: (text: string) => number = () => 0) {
  const refused: FrameFault[] = [];
  const open: number[] = [];
  const outcome = (text: string): Answered => ({ answer: encodeFrame(text) });
  const result = await listenMllp({
    host: '127.0.0.1',
    port: 0,
    take: async (bytes) => {
      const text = Buffer.from(bytes).toString();
      await new Promise((resolve) => setTimeout(resolve, delayMs(text)));
      return outcome(text);
    },
    refuse: async (_, fault) => {
      refused.push(fault);
      return outcome(fault);
    },
    onConnections: (count) => void open.push(count),
    log: silentLog,
    limits,
  });
  if (!result.ok) throw new Error(result.problem);
  listeners.push(result.listener);
  return { port: result.listener.port, refused, open };
}

test('a frame that is not finished in time is answered; its late bytes buy it no time, and the connection lives', async () => {
  const { port, refused } = await listen({ frameMs: 60 });
  const sender = await connectSender(port);
  sender.write('\x0bMSH|half');
  const drip = setInterval(() => sender.write('x'), 20);
  expect(await sender.answer()).toBe('unfinished');
  clearInterval(drip);
  expect(refused).toEqual(['unfinished']);
  sender.write(framed('good'));
  expect(await sender.answer()).toBe('good');
  sender.end();
});

test('answers leave in the order of their messages, also when the first takes longest', async () => {
  const { port } = await listen({}, (text) => (text === 'one' ? 60 : 0));
  const sender = await connectSender(port);
  sender.write(framed('one') + framed('two') + framed('three'));
  expect([await sender.answer(), await sender.answer(), await sender.answer()]).toEqual([
    'one',
    'two',
    'three',
  ]);
  sender.end();
});

test('a flood on one connection is answered whole', async () => {
  const { port } = await listen();
  const sender = await connectSender(port);
  const names = Array.from({ length: 500 }, (_, index) => `message-${index}`);
  sender.write(names.map(framed).join(''));
  for (const name of names) expect(await sender.answer()).toBe(name);
  sender.end();
});

test('a silent connection is closed, and a sender that closes its side still gets its answer', async () => {
  const { port } = await listen({ idleMs: 50 }, () => 20);
  const silent = connect({ host: '127.0.0.1', port });
  await new Promise((resolve) => silent.once('close', resolve));
  const received = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect({ host: '127.0.0.1', port }, () => socket.end(framed('last words')));
    socket.on('data', (chunk) => {
      text += chunk.toString();
    });
    socket.once('close', () => resolve(text));
  });
  expect(received).toContain('last words');
});

test('a peer that never closes its own side loses its place all the same', async () => {
  const { port, open } = await listen({ idleMs: 40, lingerMs: 40 });
  const peer = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  peer.on('error', () => undefined);
  peer.resume();
  await expect.poll(() => open.at(-1)).toBe(0);
  expect(open).toEqual([1, 0]);
  expect(peer.writable).toBe(true);
  peer.destroy();
});

test('a port that is taken is told by its code', async () => {
  const { port } = await listen();
  const second = await listenMllp({
    host: '127.0.0.1',
    port,
    take: () => Promise.reject(new Error('not used')),
    refuse: () => Promise.reject(new Error('not used')),
    onConnections: () => undefined,
    log: silentLog,
  });
  expect(second).toEqual({ ok: false, problem: 'EADDRINUSE' });
});
