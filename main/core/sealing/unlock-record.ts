/**
 * Opens a ward's record in place with its recovery key, where this machine's own protection no longer opens it (a
 * keystore that was reset, another user, a lost passphrase), and protects the data keys for this machine anew.
 */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { appendAudit } from '../audit/audit.ts';
import { isoTime } from '../clock.ts';
import { LOCK_FILE, RECORD_FILE, WRAPPING_KEY_FILE } from '../record-files.ts';
import { openDatabase } from '../store/database.ts';
import { lockRecord } from '../store/record-lock.ts';
import {
  dropMachineEnvelopes,
  ENVELOPES_FILE,
  type Envelope,
  readEnvelopes,
  readEnvelopesFile,
  shareAnEnvelope,
  unionOfEnvelopes,
  writeEnvelope,
  writeEnvelopesFile,
} from './envelopes.ts';
import { openKeysOf, wrapAll } from './key-envelope.ts';
import { type KeyWrapper, permissionsOnlyWrapper } from './key-wrapper.ts';
import { readRecoveryKey, recoveryWrapper } from './recovery-key.ts';

export interface UnlockOrder {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  /** Null: a key file of this user, which the screen then says. */
  readonly keyWrapper: KeyWrapper | null;
  /** As it was printed. */
  readonly recoveryKey: string;
  readonly wall: () => number;
}

/** Refused with `key-wrong` where the key does not open this record. The record must not be open. */
export async function unlockRecord(order: UnlockOrder): Promise<Outcome<Record<never, never>>> {
  const key = readRecoveryKey(order.recoveryKey);
  if (key === null) return refused('key-wrong', {});
  const locked = lockRecord(join(order.userDataDir, LOCK_FILE), order.nativeBinding);
  if (!locked.ok) return refused('storage-unavailable', { reason: 'record-in-use' });
  try {
    return await unlockLocked(order, recoveryWrapper(key));
  } finally {
    locked.lock.release();
  }
}

async function unlockLocked(
  { userDataDir, nativeBinding, keyWrapper, wall }: UnlockOrder,
  recovery: KeyWrapper<'recovery'>,
): Promise<Outcome<Record<never, never>>> {
  const file = join(userDataDir, RECORD_FILE);
  const copyFile = join(userDataDir, ENVELOPES_FILE);
  const copy = readEnvelopesFile(copyFile) ?? [];
  // A damaged record is salvaged by the next start; what that needs is the copy of the keys beside it.
  const opened = existsSync(file)
    ? openDatabase({ file, ...(nativeBinding === null ? {} : { nativeBinding }) })
    : null;
  const store = opened?.ok === true ? opened.store : null;
  try {
    const inRecord = store === null ? [] : readEnvelopes(store.read);
    const own = inRecord.length === 0 || shareAnEnvelope(inRecord, copy) ? copy : [];
    const envelopes = unionOfEnvelopes(inRecord, own);
    if (!envelopes.some(({ wrappedBy }) => wrappedBy === 'recovery')) return refused('key-wrong', {});
    const keys = await openKeysOf(
      inRecord.some(({ wrappedBy }) => wrappedBy === 'recovery') ? inRecord : [],
      own,
      [recovery],
    );
    if (!keys.ok) return refused('key-wrong', {});
    const wrapped = await wrapForHere(keys.keys, keyWrapper, userDataDir, wall());
    const opening = envelopes.filter(
      ({ keyVersion, wrappedBy }) => wrappedBy === 'recovery' && keys.keys.has(keyVersion),
    );
    const after: Envelope[] = [...opening, ...wrapped];
    store?.transaction((write) => {
      dropMachineEnvelopes(write, 'recovery');
      for (const envelope of after) writeEnvelope(write, envelope);
      appendAudit(write, isoTime(wall()), {
        actor: 'system',
        action: 'record.unlock',
        subject: null,
        detail: { with: 'recovery-key', protection: wrapped[0]?.wrappedBy ?? null },
      });
    });
    writeEnvelopesFile(copyFile, store === null ? after : readEnvelopes(store.read));
    return ok({});
  } finally {
    store?.close();
  }
}

/** This machine's protection, or where that refuses a key file of this user. */
async function wrapForHere(
  keys: ReadonlyMap<number, Uint8Array>,
  keyWrapper: KeyWrapper | null,
  userDataDir: string,
  at: number,
): Promise<Envelope[]> {
  const strong = keyWrapper === null ? null : await wrapAll(keys, keyWrapper, at).catch(() => null);
  if (strong !== null) return strong;
  const keyFile = join(userDataDir, WRAPPING_KEY_FILE);
  const weak = permissionsOnlyWrapper(keyFile);
  try {
    return await wrapAll(keys, weak, at);
  } catch {
    // A key file that is none any more protects nothing: it is kept under another name.
    renameSync(keyFile, `${keyFile}.unusable`);
    return wrapAll(keys, weak, at);
  }
}
