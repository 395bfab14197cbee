import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../../../../app/language/language.ts';
import { restoreBackup } from '../../../core/backup/restore.ts';
import { RECORD_FILE } from '../../../core/record-files.ts';
import { passphraseWrapper } from '../../../core/sealing/key-wrapper.ts';
import { unlockRecord } from '../../../core/sealing/unlock-record.ts';
import { sqliteBindingOf } from '../../engine.ts';
import { notRestored } from '../backup-words.ts';
import { insistOnFiles, writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

export const restore: Verb = {
  summary:
    'a backup brought back, on this machine or another one; or a record whose key is gone opened in place',
  help: '[FILE] --user-data-dir DIR --recovery-key-file F [--passphrase-file P]\nA backup only into an empty folder. The key is protected for this machine anew: by the passphrase, else by file permissions until a program with a key store opens it. Out: audit_rows, made_at, schema. Without FILE: the record in the folder, whose key this machine no longer opens, is given this protection; nothing else in it is changed. Out: unlocked.',
  options: {
    'user-data-dir': { type: 'string' },
    'recovery-key-file': { type: 'string' },
    'passphrase-file': { type: 'string' },
  },
  async run(context) {
    const [bundle, ...more] = context.files;
    const folder = textOption(context, 'user-data-dir');
    const keyFile = textOption(context, 'recovery-key-file');
    if (more.length > 0 || folder === null || keyFile === null)
      throw new UsageError('It needs --user-data-dir, --recovery-key-file and at most one FILE.');
    insistOnFiles(bundle === undefined ? [keyFile] : [bundle, keyFile]);
    const passphraseFile = textOption(context, 'passphrase-file');
    if (bundle === undefined) {
      if (!existsSync(join(folder, RECORD_FILE))) throw new UsageError(`There is no record in ${folder}.`);
      const unlocked = await unlockRecord({
        userDataDir: folder,
        nativeBinding: sqliteBindingOf(context.root),
        keyWrapper: passphraseFile === null ? null : passphraseWrapper(passphraseFile),
        recoveryKey: readFileSync(keyFile, 'utf8'),
        wall: Date.now,
      });
      await writeLine(
        unlocked.ok
          ? { unlocked: true }
          : { error: { code: unlocked.error.code, message: errorText('en', unlocked.error) } },
      );
      return unlocked.ok ? 0 : 1;
    }
    const restored = await restoreBackup({
      bundle,
      userDataDir: folder,
      recoveryKey: readFileSync(keyFile, 'utf8'),
      protection: passphraseFile === null ? null : passphraseWrapper(passphraseFile),
      nativeBinding: sqliteBindingOf(context.root),
      wall: Date.now,
    });
    if (!restored.ok) {
      await writeLine({ error: notRestored(restored, { bundle, folder, keyFile }) });
      return 1;
    }
    const { auditRows, createdAt, schema } = restored;
    await writeLine({ audit_rows: auditRows, made_at: createdAt, schema });
    return 0;
  },
};
