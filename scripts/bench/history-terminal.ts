/** A terminal on a channel in memory that copies what goes through it, as a real port does. */
import type { Channel } from '../../app/contract/channel.ts';
import type { QueryParams } from '../../app/contract/contract.ts';
import type { QueryName } from '../../app/contract/names.ts';
import { messageFromCoreSchema } from '../../app/contract/wire.ts';
import type { Core } from '../../main/core/core.ts';

export interface BenchTerminal {
  /** The value of the answer, unchecked in shape; rejects where the call is refused. */
  query<N extends QueryName>(name: N, params: QueryParams<N>): Promise<unknown>;
}

export function connectTerminal(core: Core): BenchTerminal {
  const waiting = new Map<string, { resolve(value: unknown): void; reject(error: Error): void }>();
  let toCore: (message: unknown) => void = () => undefined;
  const channel: Channel = {
    send: (message) => {
      const parsed = messageFromCoreSchema.parse(structuredClone(message));
      if (parsed.kind !== 'answer') return;
      const one = waiting.get(parsed.id);
      waiting.delete(parsed.id);
      if (parsed.outcome.ok) one?.resolve(parsed.outcome.value);
      else one?.reject(new Error(`refused: ${parsed.outcome.error.code}`));
    },
    onMessage: (listener) => {
      toCore = listener;
    },
    onClose: () => undefined,
    close: () => undefined,
  };
  core.terminal(channel);
  let count = 0;
  return {
    query: (name, params) =>
      new Promise((resolve, reject) => {
        const id = `bench-${++count}`;
        waiting.set(id, { resolve, reject });
        toCore({ kind: 'query', id, name, params });
      }),
  };
}
