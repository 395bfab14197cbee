/** The record's keeping: recovery key, backups, audit chain. */
import { ok, refused } from '../../../app/contract/outcome.ts';
import { type Clock, isoTime } from '../clock.ts';
import { reasonOf } from '../log.ts';
import { previewRetention } from '../retention/retention.ts';
import type { RecordKeeper } from '../storage/record-keeper.ts';
import { writeSettings } from '../store/settings.ts';
import type { CommandHandlers, QueryHandlers } from './calls.ts';

export interface StorageHandlerPorts {
  readonly keeper: RecordKeeper;
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly clock: Clock;
  readonly settingsChanged: () => void;
}

export function storageHandlers({
  keeper,
  userDataDir,
  nativeBinding,
  clock,
  settingsChanged,
  retentionChanged,
}: StorageHandlerPorts & { readonly retentionChanged: () => void }): Pick<
  CommandHandlers,
  | 'recovery-key.create'
  | 'recovery-key.confirm'
  | 'data-key.renew'
  | 'record.unlock'
  | 'retention.configure'
  | 'backup.now'
  | 'backup.configure'
  | 'audit.export'
  | 'audit.save-list'
> {
  return {
    // A core that came this far has its record open.
    'record.unlock': () => refused('not-allowed-now', { reason: 'record-open' }),

    'data-key.renew': ({ recoveryKey }, call) =>
      keeper.recovery.renewDataKey(recoveryKey, (work) =>
        call.commit(null, {}, (write) => {
          work(write);
          return ok({});
        }),
      ),

    'retention.configure': ({ days }, call) => {
      const done = call.commit(null, { days }, (write) => {
        writeSettings(write, { retentionDays: days });
        return ok({ days });
      });
      if (!done.ok) return done;
      settingsChanged();
      retentionChanged();
      return done;
    },

    'audit.save-list': async ({ folder, filter }, call) => {
      const at = isoTime(clock.wall());
      const answer = await keeper.jobs.run({
        kind: 'save-audit',
        userDataDir,
        nativeBinding,
        filter,
        folder,
        at,
      });
      if (answer.kind !== 'save-audit')
        return refused('file-unreadable', { reason: answer.kind === 'failed' ? answer.detail : '' });
      const { file, rows, sha256 } = answer;
      return call.commit(null, { rows, sha256 }, () => ok({ file, rows, sha256 }));
    },

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
  clock,
}: StorageHandlerPorts): Pick<
  QueryHandlers,
  'storage.state' | 'audit.verify' | 'audit.list' | 'retention.preview'
> {
  return {
    'storage.state': () => ok(keeper.state()),

    'audit.verify': async () => {
      const answer = await keeper.jobs.run({ kind: 'verify-chain', userDataDir, nativeBinding });
      return answer.kind === 'verify-chain' ? ok(answer.verdict) : refused('storage-unavailable');
    },

    'audit.list': async ({ before, filter }) => {
      const answer = await keeper.jobs.run({
        kind: 'list-audit',
        userDataDir,
        nativeBinding,
        filter,
        before,
      });
      return answer.kind === 'list-audit' ? ok(answer.page) : refused('storage-unavailable');
    },

    'retention.preview': ({ days }) => {
      const { beforeMs, rows, blocks } = previewRetention(keeper.store.read, clock.wall(), days);
      return ok({ before: isoTime(beforeMs), rows, blocks });
    },
  };
}
