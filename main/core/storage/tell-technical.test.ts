import { expect, test } from 'vitest';
import type { StorageConditionCode } from '../../../app/contract/calls/storage.ts';
import type { TechnicalCode } from '../../../app/technical/technical.ts';
import { tellTechnical } from './tell-technical.ts';

function raisedBy(...codes: readonly StorageConditionCode[]): readonly TechnicalCode[] {
  const raised = new Set<TechnicalCode>();
  tellTechnical(
    {
      raise: (code) => void raised.add(code),
      clear: (code) => void raised.delete(code),
    },
    codes.map((code) => ({ code, since: '2026-09-12T12:00:00Z', detail: null })),
  );
  return [...raised];
}

test('a disk that may not be written is told apart from one that is full', () => {
  expect(raisedBy('disk-unwritable')).toEqual(['storage-unwritable']);
  expect(raisedBy('disk-full')).toEqual(['storage-full']);
  expect(raisedBy()).toEqual([]);
});
