/** A ward's record as the verbs look at it: found by its folder, opened for reading beside a program at work. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RECORD_FILE } from '../../core/record-files.ts';
import { openReadOnly, type Store } from '../../core/store/database.ts';
import { sqliteBindingOf } from '../engine.ts';
import { type LineError, writeLine } from './json-lines.ts';
import { textOption, UsageError, type VerbContext } from './verb.ts';

/** The record in the folder that `--user-data-dir` names; wrong usage where there is none. */
export function recordFile(context: VerbContext): string {
  const folder = textOption(context, 'user-data-dir');
  if (folder === null) throw new UsageError('It needs --user-data-dir.');
  const file = join(folder, RECORD_FILE);
  if (!existsSync(file)) throw new UsageError(`There is no record in ${folder}.`);
  return file;
}

/** Does `work` with the record open; says on a line why it cannot be opened. Resolves with the exit status. */
export async function withRecord(
  context: VerbContext,
  work: (store: Pick<Store, 'read'>) => Promise<number>,
): Promise<number> {
  const file = recordFile(context);
  const nativeBinding = sqliteBindingOf(context.root);
  const opened = openReadOnly({ file, ...(nativeBinding === null ? {} : { nativeBinding }) });
  if (!opened.ok) {
    await writeLine({ error: unreadable(file, opened.failure) });
    return 1;
  }
  try {
    return await work(opened.store);
  } finally {
    opened.store.close();
  }
}

type OpenFailure = Extract<ReturnType<typeof openReadOnly>, { ok: false }>['failure'];

function unreadable(file: string, failure: OpenFailure): LineError {
  const why =
    'detail' in failure
      ? failure.detail
      : `its schema is ${failure.found}, this program knows ${failure.known}`;
  return { code: 'storage-unavailable', message: `${file} cannot be read: ${failure.kind} (${why}).` };
}
