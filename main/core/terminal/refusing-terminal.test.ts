import { expect, test } from 'vitest';
import type { Channel } from '../../../app/contract/channel.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
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
  const asked: string[] = [];
  refuseTerminal(
    channel,
    { code: 'storage-unavailable', reason: 'record-in-use', detail: 'another program' },
    async (key) => {
      asked.push(key);
      return ok({});
    },
  );
  // The recovery key is asked for where the key is missing, and nowhere else.
  toCore({ kind: 'command', id: 'key', name: 'record.unlock', params: { recoveryKey: 'K' } });
  toCore({ kind: 'query', id: 'one', name: 'ward.snapshot', params: {} });
  toCore({ kind: 'command', id: 'two', name: 'session.lock', params: {}, idempotencyKey: 'key-00001' });
  for (const junk of [null, 7, 'text', [], { id: 5 }]) toCore(junk);
  const error = {
    code: 'storage-unavailable',
    parameters: { reason: 'record-in-use', detail: 'another program' },
  };
  expect(asked).toEqual([]);
  expect(sent).toEqual(
    ['key', 'one', 'two'].map((id) => ({ kind: 'answer', id, outcome: { ok: false, error } })),
  );
});

test('where the key is missing, the recovery key is taken and answered', async () => {
  const sent: unknown[] = [];
  let toCore: (message: unknown) => void = () => undefined;
  refuseTerminal(
    {
      send: (message) => void sent.push(messageFromCoreSchema.parse(structuredClone(message))),
      onMessage: (listener) => {
        toCore = listener;
      },
      onClose: () => undefined,
      close: () => undefined,
    },
    { code: 'storage-unavailable', reason: 'key-unavailable', detail: 'os-keystore' },
    async (key) => (key === 'RIGHT' ? ok({}) : refused('key-wrong', {})),
  );
  for (const recoveryKey of ['WRONG', 'RIGHT'])
    toCore({ kind: 'command', id: recoveryKey, name: 'record.unlock', params: { recoveryKey } });
  await new Promise((resolve) => setImmediate(resolve));
  expect(sent).toMatchObject([
    { id: 'WRONG', outcome: { ok: false, error: { code: 'key-wrong' } } },
    { id: 'RIGHT', outcome: { ok: true } },
  ]);
});
