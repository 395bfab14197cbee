/** Backups of a ward at work: by hand and by plan, one at a time, the oldest of ours removed. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BackupPlan, BackupView } from '../../../app/contract/calls/storage.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { appendAudit } from '../audit/audit.ts';
import { type Clock, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import { RECORD_FILE } from '../record-files.ts';
import { recoveryKeyMadeMs } from '../sealing/key-envelope.ts';
import type { StorageConditions } from '../storage/conditions.ts';
import type { RunRecordJob } from '../storage/run-record-job.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { isBackupOverdue } from './overdue.ts';

const HOUR_MS = 3_600_000;
const SHOWN = 10;
const OUR_FILE = /^ward-\d{8}T\d{6}Z\.medobsmind-backup$/;

export interface Backups {
  /** Makes one now. `by`: whom the audit names. */
  now(by: string): Promise<Outcome<BackupView>>;
  /** Makes one where the plan says that it is time. */
  tick(): void;
  running(): boolean;
  last(): BackupView[];
  /** Whether the last one failed, or there has been none for too long; as of the last tick. */
  overdue(): boolean;
  /** Wall ms of the newest that was made and opened again; null: there is none. */
  lastGoodMs(): number | null;
}

export function createBackups(ports: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly program: string;
  readonly plan: () => BackupPlan;
  readonly conditions: StorageConditions;
  readonly run: RunRecordJob;
}): Backups {
  const { store, clock, conditions } = ports;
  let running = false;
  let overdue = false;
  /** By boot time, so that a failing plan is tried again hourly and not at every tick. */
  let triedMs: number | null = null;

  const now = async (by: string): Promise<Outcome<BackupView>> => {
    if (running) return refused('busy');
    const { folder, keep } = ports.plan();
    if (folder === null) return refused('not-allowed-now', { reason: 'no-backup-folder' });
    if (recoveryKeyMadeMs(store.read) === null)
      return refused('not-allowed-now', { reason: 'no-recovery-key' });
    running = true;
    try {
      mkdirSync(folder, { recursive: true });
      const at = isoTime(clock.wall());
      const name = `ward-${at.replaceAll(/[-:]/g, '').replace(/\.\d+Z$/, 'Z')}.medobsmind-backup`;
      const answer = await ports.run({
        kind: 'backup',
        file: join(ports.userDataDir, RECORD_FILE),
        out: join(folder, name),
        nativeBinding: ports.nativeBinding,
        program: ports.program,
        createdAt: at,
      });
      const result = answer.kind === 'backup' ? answer.result : null;
      const made = result?.ok === true ? result : null;
      const why =
        answer.kind === 'failed'
          ? answer.detail
          : result?.ok === false
            ? `${result.problem}: ${result.detail}`
            : null;
      const view: BackupView = {
        at,
        file: join(folder, name),
        bytes: made?.bytes ?? null,
        sha256: made?.sha256 ?? null,
        problem: why,
      };
      store.transaction((write) => {
        insertBackup(write, view);
        appendAudit(write, isoTime(clock.wall()), {
          actor: by,
          action: made === null ? 'backup.failed' : 'backup.made',
          subject: null,
          detail: { bytes: view.bytes, sha256: view.sha256, auditRows: made?.auditRows ?? null },
        });
      });
      if (made === null) {
        conditions.raise('backup-failed', why);
        return refused('file-unreadable', { reason: why ?? '' });
      }
      conditions.clear('backup-failed');
      removeOlder(folder, keep);
      return ok(view);
    } catch (error) {
      conditions.raise('backup-failed', reasonOf(error));
      ports.log('error', 'backup-failed', { reason: reasonOf(error) });
      return refused('storage-unavailable');
    } finally {
      running = false;
    }
  };

  return {
    now,
    running: () => running,
    last: () => readBackups(store.read),
    lastGoodMs: () => lastGoodMs(store.read),
    overdue: () => overdue || conditions.list().some(({ code }) => code === 'backup-failed'),
    tick: () => {
      const plan = ports.plan();
      const { folder, everyHours } = plan;
      overdue = isBackupOverdue(plan, lastGoodMs(store.read), recordBeganMs(store.read), clock.wall());
      if (running || folder === null || everyHours === null) return;
      const [newest] = readBackups(store.read).filter(({ problem }) => problem === null);
      if (newest !== undefined && clock.wall() - Date.parse(newest.at) < everyHours * HOUR_MS) return;
      if (triedMs !== null && clock.boot() - triedMs < HOUR_MS) return;
      triedMs = clock.boot();
      void now('system');
    },
  };
}

/** Removes the oldest backups of ours beyond `keep`; other files are left alone. */
function removeOlder(folder: string, keep: number): void {
  const ours = readdirSync(folder)
    .filter((name) => OUR_FILE.test(name))
    .sort();
  for (const name of ours.slice(0, Math.max(0, ours.length - keep)))
    rmSync(join(folder, name), { force: true });
}

const backupRow = z
  .object({
    at_ms: z.number(),
    file: z.string(),
    bytes: z.number().nullable(),
    sha256: z.string().nullable(),
    problem: z.string().nullable(),
  })
  .transform(({ at_ms, ...rest }): BackupView => ({ at: isoTime(at_ms), ...rest }));

function insertBackup(write: Writer, view: BackupView): void {
  write.run(
    'INSERT INTO backups (at_ms, file, bytes, sha256, problem) VALUES (?, ?, ?, ?, ?)',
    Date.parse(view.at),
    view.file,
    view.bytes,
    view.sha256,
    view.problem,
  );
}

const momentRow = z.object({ ms: z.number().nullable() });

function lastGoodMs(read: Reader): number | null {
  return read.one(momentRow, 'SELECT max(at_ms) AS ms FROM backups WHERE problem IS NULL')?.ms ?? null;
}

/** When the first patient came; null where nobody has. */
function recordBeganMs(read: Reader): number | null {
  return read.one(momentRow, 'SELECT min(admitted_ms) AS ms FROM stays WHERE demonstration = 0')?.ms ?? null;
}

/** Newest first. */
function readBackups(read: Reader): BackupView[] {
  return read.all(
    backupRow,
    'SELECT at_ms, file, bytes, sha256, problem FROM backups ORDER BY id DESC LIMIT ?',
    SHOWN,
  );
}
