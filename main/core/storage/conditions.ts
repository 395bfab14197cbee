/**
 * What is wrong with the record's storage right now. Held in memory, because the worst of it is that nothing can be
 * written; every terminal is told at once, and a condition goes as soon as it is over.
 */

import type { StorageCondition, StorageConditionCode } from '../../../app/contract/calls/storage.ts';
import type { Clock } from '../clock.ts';
import { isoTime } from '../clock.ts';

export interface StorageConditions {
  raise(code: StorageConditionCode, detail?: string | null): void;
  clear(code: StorageConditionCode): void;
  list(): readonly StorageCondition[];
}

export function createStorageConditions(clock: Clock, onChange: () => void): StorageConditions {
  const standing = new Map<StorageConditionCode, StorageCondition>();
  return {
    raise: (code, detail = null) => {
      const before = standing.get(code);
      if (before !== undefined && before.detail === detail) return;
      standing.set(code, { code, since: before?.since ?? isoTime(clock.wall()), detail });
      onChange();
    },
    clear: (code) => {
      if (standing.delete(code)) onChange();
    },
    list: () => [...standing.values()],
  };
}
