/**
 * What is wrong with the record's storage right now. Held in memory, because the worst of it is that nothing can be
 * written; every terminal is told at once, and a condition goes as soon as it is over.
 */

import type { StorageCondition, StorageConditionCode } from '../../../app/contract/calls/storage.ts';
import type { Clock } from '../clock.ts';
import { isoTime } from '../clock.ts';
import type { Log } from '../log.ts';

export interface StorageConditions {
  raise(code: StorageConditionCode, detail?: string | null): void;
  clear(code: StorageConditionCode): void;
  list(): readonly StorageCondition[];
}

/** Of these the log tells as errors: something is not kept, or may not be. */
const SERIOUS: readonly StorageConditionCode[] = [
  'disk-full',
  'disk-unwritable',
  'record-salvaged',
  'heads-not-exported',
  'backup-failed',
];

/** `log` tells of each that begins and ends: a program without a window has nothing else. */
export function createStorageConditions(clock: Clock, onChange: () => void, log: Log): StorageConditions {
  const standing = new Map<StorageConditionCode, StorageCondition>();
  return {
    raise: (code, detail = null) => {
      const before = standing.get(code);
      if (before !== undefined && before.detail === detail) return;
      if (before === undefined) log(SERIOUS.includes(code) ? 'error' : 'warn', 'storage-condition', { code });
      standing.set(code, { code, since: before?.since ?? isoTime(clock.wall()), detail });
      onChange();
    },
    clear: (code) => {
      if (!standing.delete(code)) return;
      log('info', 'storage-condition-over', { code });
      onChange();
    },
    list: () => [...standing.values()],
  };
}
