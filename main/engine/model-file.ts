/**
 * Whether a model file is the one that the catalogue pinned. A truncated or altered file is refused by name and
 * never loaded.
 *
 * Hashing 100 MB takes a fraction of a second, five gigabytes half a minute, so a verified file is remembered by
 * size, time of change (nanoseconds; unlike the modification time nobody can set it back) and inode, in a small
 * record file of the program's own. Any difference means a full hash. The record is as trustworthy as the
 * program's data folder: whoever may write there may also replace the program's settings.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CatalogEntry } from './catalog.ts';
import { keep, readKept } from './kept-record.ts';

export type ModelFileRefusal = 'missing' | 'not-gguf' | 'truncated' | 'altered' | 'not-pinned' | 'unreadable';
export type ModelFileVerdict =
  | { readonly ok: true; readonly sha256: string }
  /** `detail` names the file and what was wrong, for the log and the system page. */
  | { readonly ok: false; readonly reason: ModelFileRefusal; readonly detail: string };

const GGUF_MAGIC = 'GGUF';

const recordSchema = z.record(
  z.string(),
  z.object({ sizeBytes: z.string(), changedNs: z.string(), inode: z.string(), sha256: z.string() }),
);

/** Hash of a file's bytes, lower-case hex. Rejects where it cannot be read, and when `signal` aborts. */
export async function sha256Of(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const bytes = createReadStream(file, {
    highWaterMark: 1 << 20,
    ...(signal === undefined ? {} : { signal }),
  });
  for await (const chunk of bytes) hash.update(chunk);
  return hash.digest('hex');
}

async function startsWithMagic(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.toString('latin1') === GGUF_MAGIC;
  } finally {
    await handle.close();
  }
}

/**
 * Verifies a file against its catalogue entry: there, a GGUF, of the pinned size and the pinned sha256.
 *
 * @param recordFile where verified files are remembered; null: always a full hash.
 * @param signal ends a hash that nobody waits for any more; the verdict is then `unreadable`.
 */
export async function verifyModelFile(
  file: string,
  entry: CatalogEntry,
  recordFile: string | null = null,
  signal?: AbortSignal,
): Promise<ModelFileVerdict> {
  const refuse = (reason: ModelFileRefusal, what: string): ModelFileVerdict => ({
    ok: false,
    reason,
    detail: `${path.basename(file)}: ${what}`,
  });
  if (entry.sha256 === null)
    return refuse('not-pinned', 'nobody has pinned this file yet; two approvers pin it at its first import');
  try {
    const found = await stat(file, { bigint: true }).catch(() => null);
    if (found === null) return refuse('missing', 'the file is not there');
    if (!(await startsWithMagic(file))) return refuse('not-gguf', 'this is not a GGUF file');
    if (entry.sizeBytes !== null && found.size < BigInt(entry.sizeBytes))
      return refuse('truncated', `${found.size} of ${entry.sizeBytes} bytes`);
    if (entry.sizeBytes !== null && found.size > BigInt(entry.sizeBytes))
      return refuse('altered', `${found.size} bytes instead of ${entry.sizeBytes}`);
    const record = await readKept(recordFile, recordSchema);
    const known = record[path.resolve(file)];
    const same =
      known?.sizeBytes === String(found.size) &&
      known.changedNs === String(found.ctimeNs) &&
      known.inode === String(found.ino);
    const sha256 = same ? known.sha256 : await sha256Of(file, signal);
    if (sha256 !== entry.sha256) return refuse('altered', `sha256 ${sha256} instead of ${entry.sha256}`);
    if (!same)
      await keep(recordFile, {
        ...record,
        [path.resolve(file)]: {
          sizeBytes: String(found.size),
          changedNs: String(found.ctimeNs),
          inode: String(found.ino),
          sha256,
        },
      });
    return { ok: true, sha256 };
  } catch (error) {
    return refuse('unreadable', error instanceof Error ? error.message : String(error));
  }
}
