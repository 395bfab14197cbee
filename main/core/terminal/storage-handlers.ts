/** The record's keeping: recovery key, backups, audit chain. */
import { z } from 'zod';
import { auditEntryViewSchema } from '../../../app/contract/calls/storage.ts';
import { ok, refused } from '../../../app/contract/outcome.ts';
import { isoTime } from '../clock.ts';
import { reasonOf } from '../log.ts';
import type { RecordKeeper } from '../storage/record-keeper.ts';
import { writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';

export interface StorageHandlerPorts {
  readonly keeper: RecordKeeper;
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly settingsChanged: () => void;
}

const ENTRIES = 100;
const entryRow = z.object({ ...auditEntryViewSchema.shape });

export function storageHandlers({
  keeper,
  settingsChanged,
}: StorageHandlerPorts): Pick<
  CommandHandlers,
  'recovery-key.create' | 'recovery-key.confirm' | 'backup.now' | 'backup.configure' | 'audit.export'
> {
  return {
    // The key itself is no part of the commit: what is committed is kept, so that it can be answered again.
    'recovery-key.create': (_, call) => {
      const noted = call.commit(null, {}, () => ok({}));
      return noted.ok ? ok(keeper.recovery.create()) : noted;
    },

    'recovery-key.confirm': async ({ typed }, call) => {
      const confirmed = await keeper.recovery.confirm(typed, (work) =>
        call.commit(null, {}, (write) => {
          work(write);
          return ok({});
        }),
      );
      if (!confirmed.ok) return confirmed;
      keeper.changed();
      return ok({ madeAt: isoTime(confirmed.value.madeMs) });
    },

    'backup.now': (_, call) => keeper.backups.now(call.person.id),

    'backup.configure': (plan, call) => {
      const done = call.commit(
        null,
        { everyHours: plan.everyHours, keep: plan.keep, folder: plan.folder !== null },
        (write) => {
          writeSettings(write, { backupPlan: plan });
          return ok(plan);
        },
      );
      settingsChanged();
      return done;
    },

    'audit.export': ({ folder }, call) => {
      if (folder !== null)
        try {
          keeper.heads.export(folder);
        } catch (error) {
          return refused('file-unreadable', { reason: reasonOf(error) });
        }
      const done = call.commit(null, { folder: folder !== null }, (write) => {
        writeSettings(write, { auditFolder: folder });
        return ok({});
      });
      if (!done.ok) return done;
      settingsChanged();
      // The end of the chain as it is now, this change included.
      keeper.heads.sign();
      return ok({});
    },
  };
}

export function storageQueries({
  keeper,
  userDataDir,
  nativeBinding,
}: StorageHandlerPorts): Pick<QueryHandlers, 'storage.state' | 'audit.verify' | 'audit.list'> {
  return {
    'storage.state': () => ok(keeper.state()),

    'audit.verify': async () => {
      const answer = await keeper.jobs.run({ kind: 'verify-chain', userDataDir, nativeBinding });
      return answer.kind === 'verify-chain' ? ok(answer.verdict) : refused('storage-unavailable');
    },

    'audit.list': ({ before }) =>
      ok({
        entries: keeper.store.read.all(
          entryRow,
          `SELECT sequence, at, actor, action, subject, detail FROM audit WHERE sequence < ?
           ORDER BY sequence DESC LIMIT ?`,
          before ?? Number.MAX_SAFE_INTEGER,
          ENTRIES,
        ),
      }),
  };
}
