/** The operating system's keystore, which only the shell can reach, as a key wrapper here. */
import { randomUUID } from 'node:crypto';
import type { MessageFromCoreProcess } from '../../../app/contract/core-process.ts';
import type { KeyWrapper } from './key-wrapper.ts';

export interface ParentKeystore {
  readonly wrapper: KeyWrapper<'os-keystore'>;
  /** The shell's answer; null where the keystore refused. */
  answer(id: string, bytes: string | null): void;
}

/** A keystore may ask the person to unlock it, so its answer may take as long as a person does. */
const ANSWER_MS = 120_000;

export function parentKeystore(tell: (message: MessageFromCoreProcess) => void): ParentKeystore {
  const waiting = new Map<string, (bytes: string | null) => void>();
  const ask = (operation: 'wrap' | 'unwrap', bytes: Uint8Array): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const id = randomUUID();
      const settle = (answer: string | null): void => {
        clearTimeout(timer);
        waiting.delete(id);
        if (answer === null) reject(new Error('the keystore refused'));
        else resolve(Buffer.from(answer, 'base64'));
      };
      const timer = setTimeout(() => settle(null), ANSWER_MS);
      waiting.set(id, settle);
      tell({ kind: 'keystore', id, operation, bytes: Buffer.from(bytes).toString('base64') });
    });
  return {
    wrapper: {
      kind: 'os-keystore',
      wrap: (key) => ask('wrap', key),
      unwrap: (wrapped) => ask('unwrap', wrapped),
    },
    answer: (id, bytes) => waiting.get(id)?.(bytes),
  };
}
