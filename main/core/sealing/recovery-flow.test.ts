import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ok } from '../../../app/contract/outcome.ts';
import { openDatabase, type Writer } from '../store/database.ts';
import { openSealing } from './key-envelope.ts';
import { permissionsOnlyWrapper } from './key-wrapper.ts';
import { createRecoveryFlow } from './recovery-flow.ts';

test('two renewals at once make two keys, one after the other, and both open what they sealed after a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-renewal-'));
  const file = join(folder, 'ward.db');
  const envelopesFile = join(folder, 'key-envelopes.json');
  const wrapper = permissionsOnlyWrapper(join(folder, 'wrapping.key'));
  const open = async () => {
    const opened = openDatabase({ file });
    if (!opened.ok) throw new Error('the record opens');
    const keyring = await openSealing(opened.store, [wrapper], Date.now, envelopesFile);
    if (!keyring.ok) throw new Error('the keys open');
    return { store: opened.store, keyring };
  };
  try {
    const { store, keyring } = await open();
    const flow = createRecoveryFlow({ store, keyring, envelopesFile, now: Date.now });
    const commit = (work: (write: Writer) => void) => ok(store.transaction(work));
    const { key, group } = flow.create();
    expect(await flow.confirm(key.split('-')[group - 1] ?? '', commit)).toMatchObject({ ok: true });
    const renewals = await Promise.all([flow.renewDataKey(key, commit), flow.renewDataKey(key, commit)]);
    expect(renewals.map((one) => one.ok && one.value.version)).toEqual([2, 3]);
    const sealed = keyring.sealing.seal('people.name', 'Asha');
    store.close();
    const again = await open();
    expect(again.keyring.sealing.openText('people.name', sealed)).toBe('Asha');
    again.store.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
