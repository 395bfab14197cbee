/** What is wrong with the storage, as technical alerts. */
import type { StorageCondition, StorageConditionCode } from '../../../app/contract/calls/storage.ts';
import type { TechnicalCode } from '../../../app/technical/technical.ts';
import type { Technical } from '../technical/technical.ts';

const MEANT: { readonly [code in StorageConditionCode]?: TechnicalCode } = {
  'key-weak': 'key-weak',
  // Either way nothing can be saved; what biomedical IT has to do differs.
  'disk-full': 'storage-full',
  'disk-unwritable': 'storage-unwritable',
  'record-salvaged': 'storage-damaged',
};
/** What happened and is over: a person ends it by having seen it. */
const EVENT: TechnicalCode = 'storage-damaged';

/** Raises what stands and clears what does not stand any more. */
export function tellTechnical(
  technical: Pick<Technical, 'raise' | 'clear'>,
  conditions: readonly StorageCondition[],
): void {
  const standing = new Set(conditions.flatMap(({ code }) => MEANT[code] ?? []));
  for (const code of new Set(Object.values(MEANT)))
    if (standing.has(code)) technical.raise(code, null);
    else if (code !== EVENT) technical.clear(code, null);
}
