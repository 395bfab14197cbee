/** Brings a backup back on this machine, with the recovery key, into a folder that holds nothing. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { appendAudit, RECORD_RESTORED, readChainHead } from '../audit/audit.ts';
import { newWorkstationKey } from '../audit/audit-heads.ts';
import { verifyChain } from '../audit/verify-heads.ts';
import { isoTime } from '../clock.ts';
import { RECORD_FILE, WRAPPING_KEY_FILE } from '../record-files.ts';
import {
  dropMachineEnvelopes,
  ENVELOPES_FILE,
  readEnvelopes,
  writeEnvelope,
  writeEnvelopesFile,
} from '../sealing/envelopes.ts';
import { openKeys, wrapAll } from '../sealing/key-envelope.ts';
import { type KeyWrapper, permissionsOnlyWrapper } from '../sealing/key-wrapper.ts';
import { readRecoveryKey, recoveryWrapper } from '../sealing/recovery-key.ts';
import { createKeyring } from '../sealing/sealing.ts';
import { failureText, openDatabase } from '../store/database.ts';
import { NEWEST_SCHEMA } from '../store/migrations.ts';
import { BundleError, extractBundle, readManifest } from './bundle.ts';

export type RestoreResult =
  | { readonly ok: true; readonly auditRows: number; readonly createdAt: string; readonly schema: number }
  | {
      readonly ok: false;
      readonly problem: 'folder-not-empty' | 'not-a-backup' | 'newer-record' | 'key-wrong' | 'not-sound';
      readonly detail: string;
    };

/**
 * Restores `bundle` into `userDataDir`. `protection`: this machine's; null: a key file of this user, which the screen
 * then says. Nothing is left in the folder where it fails.
 */
export async function restoreBackup(order: {
  readonly bundle: string;
  readonly userDataDir: string;
  /** As it was printed. */
  readonly recoveryKey: string;
  readonly protection: KeyWrapper | null;
  readonly nativeBinding: string | null;
  readonly wall: () => number;
}): Promise<RestoreResult> {
  const { userDataDir } = order;
  if (existsSync(userDataDir) && readdirSync(userDataDir).length > 0)
    return failed('folder-not-empty', 'a record is only restored into an empty folder');
  const key = readRecoveryKey(order.recoveryKey);
  if (key === null) return failed('key-wrong', 'this is not a recovery key: a letter is wrong or missing');
  mkdirSync(userDataDir, { recursive: true, mode: 0o700 });
  const part = join(userDataDir, `${RECORD_FILE}.restoring`);
  let done = false;
  try {
    const { manifest } = readManifest(order.bundle);
    if (manifest.schema > NEWEST_SCHEMA)
      return failed('newer-record', `the backup is of schema ${manifest.schema}, known is ${NEWEST_SCHEMA}`);
    if (manifest.envelopes.length === 0) return failed('key-wrong', 'the backup carries no key');
    const opened = await openKeys(manifest.envelopes, [recoveryWrapper(key)]);
    if (!opened.ok) return failed('key-wrong', 'this recovery key does not open this backup');
    extractBundle(order.bundle, part);
    const protection = order.protection ?? permissionsOnlyWrapper(join(userDataDir, WRAPPING_KEY_FILE));
    const sealing = createKeyring(opened.keys, protection.kind);
    const wrapped = await wrapAll(opened.keys, protection, order.wall());
    const database = openDatabase({
      file: part,
      ...(order.nativeBinding === null ? {} : { nativeBinding: order.nativeBinding }),
    });
    if (!database.ok) return failed('not-sound', failureText(database.failure));
    const { store } = database;
    try {
      const chain = verifyChain(store.read);
      if (!chain.ok) return failed('not-sound', `audit row ${chain.sequence}: ${chain.problem}`);
      const old = readChainHead(store.read);
      const at = isoTime(order.wall());
      store.transaction((write) => {
        dropMachineEnvelopes(write, 'recovery');
        for (const envelope of [...manifest.envelopes, ...wrapped])
          if (envelope.wrappedBy === 'recovery' || envelope.wrappedBy === protection.kind)
            writeEnvelope(write, envelope);
        // Written last, so that this machine's envelope stands where both machines had the same protection.
        for (const envelope of wrapped) writeEnvelope(write, envelope);
        newWorkstationKey(write, sealing, at);
        appendAudit(write, at, {
          actor: 'system',
          action: RECORD_RESTORED,
          subject: null,
          detail: {
            from: 'backup',
            made: manifest.createdAt,
            sha256: manifest.sha256,
            headSequence: old?.sequence ?? 0,
            head: old === null ? null : Buffer.from(old.hash).toString('hex'),
          },
        });
      });
      writeEnvelopesFile(join(userDataDir, ENVELOPES_FILE), readEnvelopes(store.read));
    } finally {
      store.close();
    }
    renameSync(part, join(userDataDir, RECORD_FILE));
    done = true;
    return {
      ok: true,
      auditRows: manifest.auditHead?.sequence ?? 0,
      createdAt: manifest.createdAt,
      schema: manifest.schema,
    };
  } catch (error) {
    if (error instanceof BundleError) return failed('not-a-backup', error.message);
    return failed('not-sound', error instanceof Error ? error.message : 'unknown error');
  } finally {
    // The folder was empty: what is in it came from here.
    if (!done) for (const name of readdirSync(userDataDir)) rmSync(join(userDataDir, name), { force: true });
  }
}

function failed(problem: Extract<RestoreResult, { ok: false }>['problem'], detail: string): RestoreResult {
  return { ok: false, problem, detail };
}
