import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '../../../core/backup/make-backup.ts';
import { RECORD_FILE } from '../../../core/record-files.ts';
import { sqliteBindingOf } from '../../engine.ts';
import { writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

export const backup: Verb = {
  summary: 'a backup of a ward’s record, also while the ward is at work',
  help: '--user-data-dir DIR --out FILE\nOne file, opened again to verify it, that the recovery key opens on any machine. Out: file, bytes, sha256, audit_rows.',
  options: { 'user-data-dir': { type: 'string' }, out: { type: 'string' } },
  async run(context) {
    const folder = textOption(context, 'user-data-dir');
    const out = textOption(context, 'out');
    if (folder === null || out === null) throw new UsageError('backup needs --user-data-dir and --out.');
    const file = join(folder, RECORD_FILE);
    if (!existsSync(file)) throw new UsageError(`There is no record in ${folder}.`);
    const made = makeBackup({
      file,
      out,
      nativeBinding: sqliteBindingOf(context.root),
      program: 'toolbox',
      createdAt: new Date().toISOString(),
    });
    if (!made.ok) {
      await writeLine({ error: { code: made.problem, message: made.detail } });
      return 1;
    }
    await writeLine({ file: out, bytes: made.bytes, sha256: made.sha256, audit_rows: made.auditRows });
    return 0;
  },
};
