import { expect, test } from 'vitest';
import type { Channel } from '../../../app/contract/channel.ts';
import { messageFromCoreSchema } from '../../../app/contract/wire.ts';
import { refuseTerminal } from './refusing-terminal.ts';

test('a core that could not start answers every call with why, and survives what is no call', () => {
  const sent: unknown[] = [];
  let toCore: (message: unknown) => void = () => undefined;
  const channel: Channel = {
    send: (message) => void sent.push(messageFromCoreSchema.parse(structuredClone(message))),
    onMessage: (listener) => {
      toCore = listener;
    },
    onClose: () => undefined,
    close: () => undefined,
  };
  refuseTerminal(channel, {
    code: 'storage-unavailable',
    reason: 'record-in-use',
    detail: 'another program',
  });
  toCore({ kind: 'query', id: 'one', name: 'ward.snapshot', params: {} });
  toCore({ kind: 'command', id: 'two', name: 'session.lock', params: {}, idempotencyKey: 'key-00001' });
  for (const junk of [null, 7, 'text', [], { id: 5 }]) toCore(junk);
  const error = {
    code: 'storage-unavailable',
    parameters: { reason: 'record-in-use', detail: 'another program' },
  };
  expect(sent).toEqual(['one', 'two'].map((id) => ({ kind: 'answer', id, outcome: { ok: false, error } })));
});
