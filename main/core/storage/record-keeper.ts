/**
 * Keeps the record while the ward is at work: says what is wrong with the disk, signs audit heads, makes backups by
 * plan, checks the whole file after the start and every night, and goes on with a salvage.
 */
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { StorageCondition, StorageState } from '../../../app/contract/calls/storage.ts';
import { readChainHead } from '../audit/audit.ts';
import { lastHead } from '../audit/audit-heads.ts';
import { createHeadKeeper, type HeadKeeper } from '../audit/head-keeper.ts';
import { type Backups, createBackups } from '../backup/backups.ts';
import { sizeOf } from '../backup/make-backup.ts';
import { type Clock, isoTime } from '../clock.ts';
import { removeSalvageNote, wantSalvage } from '../damage/salvage-note.ts';
import { type Log, reasonOf } from '../log.ts';
import type { WardRecord } from '../open-record.ts';
import { RECORD_FILE } from '../record-files.ts';
import { readEnvelopes } from '../sealing/envelopes.ts';
import { recoveryKeyMadeMs } from '../sealing/key-envelope.ts';
import { createRecoveryFlow, type RecoveryFlow } from '../sealing/recovery-flow.ts';
import type { Reader, Store } from '../store/database.ts';
import { NEWEST_SCHEMA } from '../store/migrations.ts';
import { readSettings } from '../store/settings.ts';
import type { StoreTrouble } from '../store/trouble.ts';
import { watchStore } from '../store/watched-store.ts';
import { createStorageConditions } from './conditions.ts';
import { createLogKeeper, type LogKeeper } from './log-keeper.ts';
import { createRecordJobs, type RecordJobs } from './run-record-job.ts';

const TICK_MS = 60_000;
/** The first whole check waits until the ward has been painted. Ours. */
const FIRST_CHECK_MS = 20_000;
const CHECK_EVERY_MS = 24 * 3_600_000;
/** A stretch of salvaging in the background, and the pause after it. Ours. */
const SALVAGE_SLICE_MS = 2_000;
const SALVAGE_PAUSE_MS = 500;
/** A salvage stays on the screen for so long. Ours. */
const SALVAGE_SHOWN_MS = 7 * 24 * 3_600_000;

export interface RecordKeeper {
  /** The record's store, whose errors are noticed. */
  readonly store: Store;
  readonly heads: HeadKeeper;
  readonly backups: Backups;
  readonly recovery: RecoveryFlow;
  readonly jobs: RecordJobs;
  conditions(): readonly StorageCondition[];
  state(): StorageState;
  /** How large the record is and when it was last backed up. */
  size(): {
    readonly recordBytes: number;
    readonly freeBytes: number | null;
    readonly lastBackupMs: number | null;
  };
  /** To be called when the ward stands. */
  begin(): void;
  /** To be called when keys or settings of the storage changed. */
  changed(): void;
  /** Signs the last head. The store is closed by its owner. */
  close(): Promise<void>;
}

export function createRecordKeeper(ports: {
  readonly record: WardRecord;
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly recordWorker: string | URL;
  readonly program: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: () => void;
  /** The record is damaged and noted as such: the core has to be started again. */
  readonly onDamage: (detail: string) => void;
}): RecordKeeper {
  const { record, userDataDir, nativeBinding, clock, log } = ports;
  const { sealing, salvage } = record;
  // Until the ward stands there is nobody to tell.
  const conditions = createStorageConditions(
    clock,
    () => {
      if (begun) ports.onChange();
    },
    log,
  );
  const jobs = createRecordJobs(ports.recordWorker);
  let begun = false;
  let damaged = false;
  let checkedAt: string | null = null;
  let closed = false;

  const damage = (detail: string): void => {
    if (damaged || !begun) return;
    damaged = true;
    log('error', 'record-damaged', { reason: detail });
    wantSalvage(userDataDir, detail, isoTime(clock.wall()));
    // After the answer that is being worked on: whoever sent it is told that nothing was stored.
    setImmediate(() => ports.onDamage(detail));
  };
  const onTrouble = (trouble: StoreTrouble, detail: string): void => {
    if (trouble === 'damaged') damage(detail);
    else conditions.raise(trouble === 'full' ? 'disk-full' : 'disk-unwritable', detail);
  };
  const store = watchStore(
    record.store,
    onTrouble,
    () => {
      conditions.clear('disk-full');
      conditions.clear('disk-unwritable');
    },
    log,
  );
  const settings = () => readSettings(store.read);
  const heads = createHeadKeeper({
    store,
    sealing,
    clock,
    conditions,
    folder: () => settings().auditFolder,
  });
  const backups = createBackups({
    store,
    clock,
    log,
    userDataDir,
    nativeBinding,
    program: ports.program,
    plan: () => settings().backupPlan,
    conditions,
    run: jobs.run,
  });
  const timers: NodeJS.Timeout[] = [];
  let logKeeper: LogKeeper | null = null;

  const changed = (): void => {
    if (sealing.kind === 'permissions-only') conditions.raise('key-weak');
    if (recoveryKeyMadeMs(store.read) === null) conditions.raise('no-recovery-key');
    else conditions.clear('no-recovery-key');
  };
  const recovery = createRecoveryFlow({
    store,
    keyring: record,
    envelopesFile: record.envelopesFile,
    now: clock.wall,
    log,
  });
  const tick = (): void => {
    recovery.keepCopy();
    try {
      heads.tick();
      backups.tick();
    } catch (error) {
      log('error', 'record-keeping-failed', { reason: reasonOf(error) });
    }
  };
  const check = async (): Promise<void> => {
    const answer = await jobs.run({ kind: 'integrity', userDataDir, nativeBinding });
    if (closed) return;
    if (answer.kind === 'integrity' && answer.problem !== null) damage(answer.problem);
    else if (answer.kind === 'integrity') checkedAt = isoTime(clock.wall());
    else if (answer.kind === 'failed') log('error', 'record-not-checked', { reason: answer.detail });
  };
  const salvageOn = async (): Promise<void> => {
    conditions.raise('salvage-running');
    while (!closed) {
      const answer = await jobs.run({
        kind: 'salvage-rest',
        userDataDir,
        nativeBinding,
        sliceMs: SALVAGE_SLICE_MS,
      });
      if (closed) return;
      if (answer.kind !== 'salvage-rest') {
        log('error', 'salvage-stopped', { reason: answer.kind === 'failed' ? answer.detail : '' });
        return;
      }
      if (answer.over) break;
      await new Promise((resolve) => setTimeout(resolve, SALVAGE_PAUSE_MS).unref());
    }
    conditions.clear('salvage-running');
  };

  return {
    store,
    heads,
    backups,
    jobs,
    recovery,
    conditions: conditions.list,
    changed,
    begin: () => {
      begun = true;
      record.accept();
      changed();
      if (salvage !== null) {
        const { taken, refused, gaps, damagedFile, reason } = salvage;
        if (clock.wall() - Date.parse(salvage.at) < SALVAGE_SHOWN_MS)
          conditions.raise(
            'record-salvaged',
            `${reason}; kept as ${damagedFile}; rows taken ${taken}, refused ${refused}, places not readable ${gaps}`,
          );
        else if (salvage.stage === 'done') removeSalvageNote(userDataDir);
        if (salvage.stage === 'rest') void salvageOn();
      }
      timers.push(
        setInterval(tick, TICK_MS),
        setInterval(() => void check(), CHECK_EVERY_MS),
      );
      timers.push(setTimeout(() => void check(), FIRST_CHECK_MS));
      logKeeper = createLogKeeper({
        place: { userDataDir, nativeBinding },
        store,
        run: jobs.run,
        log,
        onTrouble,
      });
      for (const timer of timers) timer.unref();
      ports.onChange();
    },
    state: () => {
      const file = join(userDataDir, RECORD_FILE);
      const end = readChainHead(store.read);
      const last = lastHead(store.read);
      const madeMs = recoveryKeyMadeMs(store.read);
      const { backupPlan, auditFolder, retentionDays } = settings();
      return {
        record: { ...sizeOf(file), freeBytes: freeBytes(userDataDir), schema: NEWEST_SCHEMA, checkedAt },
        protection: sealing.kind,
        recoveryKeyMadeAt: madeMs === null ? null : isoTime(madeMs),
        conditions: [...conditions.list()],
        retentionDays,
        dataKey: dataKeyOf(store.read),
        backup: { plan: backupPlan, running: backups.running(), last: backups.last() },
        chain: {
          rows: end?.sequence ?? 0,
          head: end === null ? null : Buffer.from(end.hash).toString('hex'),
          lastSigned: last === null ? null : { sequence: last.sequence, at: last.at },
          exportFolder: auditFolder,
        },
      };
    },
    size: () => {
      const { bytes, walBytes } = sizeOf(join(userDataDir, RECORD_FILE));
      return {
        recordBytes: bytes + walBytes,
        freeBytes: freeBytes(userDataDir),
        lastBackupMs: backups.lastGoodMs(),
      };
    },
    close: async () => {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      logKeeper?.close();
      await jobs.close();
      if (damaged) return;
      try {
        heads.sign();
      } catch (error) {
        log('error', 'head-not-signed', { reason: reasonOf(error) });
      }
    },
  };
}

/** The key that seals what comes now. */
function dataKeyOf(read: Reader): { readonly version: number; readonly madeAt: string } {
  const envelopes = readEnvelopes(read);
  const version = Math.max(...envelopes.map(({ keyVersion }) => keyVersion));
  const times = envelopes
    .filter(({ keyVersion }) => keyVersion === version)
    .map(({ createdMs }) => createdMs);
  return { version, madeAt: isoTime(Math.min(...times)) };
}

const space = z.object({ bavail: z.number(), bsize: z.number() });

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = space.parse(statfsSync(folder));
    return bavail * bsize;
  } catch {
    return null; // the system does not tell
  }
}
