import { readFileSync } from 'node:fs';
import { restoreBackup } from '../../../core/backup/restore.ts';
import { passphraseWrapper } from '../../../core/sealing/key-wrapper.ts';
import { sqliteBindingOf } from '../../engine.ts';
import { insistOnFiles, writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';

export const restore: Verb = {
  summary: 'a backup brought back, on this machine or another one',
  help: 'FILE --user-data-dir DIR --recovery-key-file F [--passphrase-file P]\nOnly into an empty folder. The key is protected for this machine anew: by the passphrase, else by file permissions until a program with a key store opens it. Out: audit_rows, made_at, schema.',
  options: {
    'user-data-dir': { type: 'string' },
    'recovery-key-file': { type: 'string' },
    'passphrase-file': { type: 'string' },
  },
  async run(context) {
    const [bundle, ...more] = context.files;
    const folder = textOption(context, 'user-data-dir');
    const keyFile = textOption(context, 'recovery-key-file');
    if (bundle === undefined || more.length > 0 || folder === null || keyFile === null)
      throw new UsageError('restore needs one FILE, --user-data-dir and --recovery-key-file.');
    insistOnFiles([bundle, keyFile]);
    const passphraseFile = textOption(context, 'passphrase-file');
    const restored = await restoreBackup({
      bundle,
      userDataDir: folder,
      recoveryKey: readFileSync(keyFile, 'utf8'),
      protection: passphraseFile === null ? null : passphraseWrapper(passphraseFile),
      nativeBinding: sqliteBindingOf(context.root),
      wall: Date.now,
    });
    if (!restored.ok) {
      await writeLine({ error: { code: restored.problem, message: restored.detail } });
      return 1;
    }
    const { auditRows, createdAt, schema } = restored;
    await writeLine({ audit_rows: auditRows, made_at: createdAt, schema });
    return 0;
  },
};
