/** Making a recovery key: shown once, and in force only when a person has typed a group of it again. */
import { randomInt } from 'node:crypto';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { createInTurn } from '../in-turn.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store, Writer } from '../store/database.ts';
import { readEnvelopes, writeEnvelope, writeEnvelopesFile } from './envelopes.ts';
import { type Keyring, openKeys } from './key-envelope.ts';
import {
  isGroupOf,
  newRecoveryKey,
  RECOVERY_GROUPS,
  readRecoveryKey,
  recoveryKeyText,
  recoveryWrapper,
} from './recovery-key.ts';

/** Wrong groups before the key is thrown away and another one has to be made. Ours. */
const MOST_TRIES = 5;

export interface RecoveryFlow {
  /** Makes a key. It is nowhere but in this answer and in memory until it is confirmed. */
  create(): { readonly key: string; readonly group: number };
  /**
   * Wraps the data keys with it where `typed` is the group that was asked for. `commit` does the change in one
   * transaction with its audit row.
   */
  confirm(
    typed: string,
    commit: (work: (write: Writer) => void) => Outcome<unknown>,
  ): Promise<Outcome<{ readonly madeMs: number }>>;
  /**
   * Gives the ward a new data key, where `typed` is the recovery key in force: so the printed key opens what is sealed
   * from now on too. What was sealed before stays sealed with the key of its time, which is kept.
   */
  renewDataKey(
    typed: string,
    commit: (work: (write: Writer) => void) => Outcome<unknown>,
  ): Promise<Outcome<{ readonly version: number }>>;
  /** Writes the copy beside the database where it is behind it; to be called now and then. Never throws. */
  keepCopy(): void;
}

type Commit = (work: (write: Writer) => void) => Outcome<unknown>;

export function createRecoveryFlow(ports: {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly envelopesFile: string;
  readonly now: () => number;
  readonly log: Log;
}): RecoveryFlow {
  let isCopyBehind = false;
  let pending: { readonly key: Uint8Array; readonly group: number; tries: number } | null = null;
  /**
   * One change of the keys at a time: each wraps what it found before it waits. Two renewals at once would make one
   * version of two keys, and everything sealed with the one that is overwritten would be lost.
   */
  const inTurn = createInTurn();
  return {
    create: () => {
      pending = { key: newRecoveryKey(), group: randomInt(1, RECOVERY_GROUPS + 1), tries: 0 };
      return { key: recoveryKeyText(pending.key), group: pending.group };
    },
    confirm: (typed, commit) => inTurn(() => confirm(typed, commit)),
    renewDataKey: (typed, commit) => inTurn(() => renewDataKey(typed, commit)),
    keepCopy: () => {
      if (isCopyBehind) writeCopy();
    },
  };

  /** The change stands in the record: where the copy cannot follow now, it is tried again, and at the next start. */
  function writeCopy(): void {
    try {
      writeEnvelopesFile(ports.envelopesFile, readEnvelopes(ports.store.read));
      isCopyBehind = false;
    } catch (error) {
      if (!isCopyBehind) ports.log('error', 'key-envelopes-not-copied', { reason: reasonOf(error) });
      isCopyBehind = true;
    }
  }

  async function confirm(typed: string, commit: Commit): Promise<Outcome<{ readonly madeMs: number }>> {
    const asked = pending;
    if (asked === null) return refused('not-allowed-now', { reason: 'no-recovery-key-shown' });
    if (!isGroupOf(asked.key, asked.group, typed)) {
      asked.tries += 1;
      if (asked.tries >= MOST_TRIES) pending = null;
      return refused('key-wrong', {});
    }
    const madeMs = ports.now();
    const envelopes = await ports.keyring.wrap(recoveryWrapper(asked.key), madeMs);
    const done = commit((write) => {
      for (const envelope of envelopes) writeEnvelope(write, envelope);
    });
    if (!done.ok) return done;
    pending = null;
    writeCopy();
    return ok({ madeMs });
  }

  async function renewDataKey(typed: string, commit: Commit): Promise<Outcome<{ readonly version: number }>> {
    const known = readEnvelopes(ports.store.read);
    if (!known.some(({ wrappedBy }) => wrappedBy === 'recovery'))
      return refused('not-allowed-now', { reason: 'no-recovery-key' });
    const key = readRecoveryKey(typed);
    if (key === null) return refused('key-wrong', {});
    const recovery = recoveryWrapper(key);
    if (!(await openKeys(known, [recovery])).ok) return refused('key-wrong', {});
    const renewed = await ports.keyring.renew(recovery, ports.now(), (envelopes) =>
      commit((write) => {
        const versions = new Set(readEnvelopes(write).map(({ keyVersion }) => keyVersion));
        // A version stands for one key for good: what it sealed would never open again.
        if (envelopes.some(({ keyVersion }) => versions.has(keyVersion)))
          throw new Error('this version of the data key is there already');
        for (const envelope of envelopes) writeEnvelope(write, envelope);
      }),
    );
    if (renewed.ok) writeCopy();
    return renewed;
  }
}
