import { makeBackup } from '../../../core/backup/make-backup.ts';
import { sqliteBindingOf } from '../../engine.ts';
import { notMade } from '../backup-words.ts';
import { writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';
import { recordFile } from '../ward-record.ts';

export const backup: Verb = {
  summary: 'a backup of a ward’s record, also while the ward is at work',
  help: '--user-data-dir DIR --out FILE\nOne file, opened again to verify it, that the recovery key opens on any machine. Out: file, bytes, sha256, audit_rows.',
  options: { 'user-data-dir': { type: 'string' }, out: { type: 'string' } },
  async run(context) {
    const out = textOption(context, 'out');
    if (out === null) throw new UsageError('It needs --user-data-dir and --out.');
    const file = recordFile(context);
    const made = makeBackup({
      file,
      out,
      nativeBinding: sqliteBindingOf(context.root),
      program: 'toolbox',
      createdAt: new Date().toISOString(),
    });
    if (!made.ok) {
      await writeLine({ error: notMade(made, file, out) });
      return 1;
    }
    await writeLine({ file: out, bytes: made.bytes, sha256: made.sha256, audit_rows: made.auditRows });
    return 0;
  },
};
