/** A folder with a trained adapter, as `model verify` and `model admit` look at it. */
import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Release } from '../../../app/learning/adapters/release.ts';
import { baseHeaderOf, checkAdapterFolder, RELEASE_FILE } from '../../core/adapters/check-folder.ts';
import { problemOfRelease } from '../../core/adapters/signing.ts';
import type { CatalogEntry } from '../../engine/catalog.ts';
import { textOption, type VerbContext } from './verb.ts';
import { withRecord } from './ward-record.ts';

export function isFolder(path: string | undefined): path is string {
  return path !== undefined && (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

export interface AdapterAnswer {
  readonly folder: string;
  readonly ok: boolean;
  /** Why it is refused, in the codes of the screen. */
  readonly reason?: string;
  readonly file?: string;
  readonly sha256?: string;
  readonly base?: string;
  readonly rank?: number;
  /**
   * `unsigned`; `signed` by two keys that the ward of `--user-data-dir` trusts; `not checked` without that option; else
   * what is wrong with it.
   */
  readonly signature?: string;
}

/** Checks every file of the folder against the model that the catalogue names. */
export async function verifyAdapterFolder(
  context: VerbContext,
  folder: string,
  base: CatalogEntry,
): Promise<AdapterAnswer> {
  const seen: { release: Release; adapter: { sha256: string; bytes: number }; manifest: string }[] = [];
  const models = join(context.root, 'models');
  const checked = await checkAdapterFolder(folder, {
    baseSha256: base.sha256,
    baseHeader: await baseHeaderOf(models, base.file),
    // Kept for the keys below; here everything else is judged.
    releaseProblem: (release, adapter, manifest) => {
      seen.push({ release, adapter, manifest });
      return null;
    },
  });
  if (!checked.ok) return { folder, ok: false, reason: checked.problem, file: checked.file };
  const { id, header, manifest: told } = checked.value;
  const answer = { folder, ok: true, sha256: id, base: told.base.name, rank: header.rank };
  const [signed] = seen;
  if (signed === undefined) return { ...answer, signature: 'unsigned' };
  if (textOption(context, 'user-data-dir') === null) return { ...answer, signature: 'not checked' };
  const { release, adapter, manifest } = signed;
  let problem: string | null = null;
  const read = await withRecord(context, (store) => {
    problem = problemOfRelease(store.read, release, adapter, manifest, 0);
    return Promise.resolve(0);
  });
  if (read !== 0) return { ...answer, ok: false, reason: 'storage-unavailable' };
  return problem === null
    ? { ...answer, signature: 'signed' }
    : { ...answer, ok: false, reason: problem, file: RELEASE_FILE, signature: problem };
}
