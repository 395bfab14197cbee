/** Unpacks a zip without any program of the system. */
import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/**
 * Extracts the entries that `nameOf` gives a name to, below `folder`, with their permissions.
 * An entry that would leave the folder is an error.
 */
export async function extractZip(
  file: string,
  folder: string,
  nameOf: (entry: string) => string | null,
): Promise<void> {
  const zip = await openPromise(file, { lazyEntries: true });
  try {
    for await (const entry of zip.eachEntry()) {
      const name = nameOf(entry.fileName);
      if (name === null || entry.fileName.endsWith('/')) continue;
      const target = join(folder, name);
      if (relative(folder, target).startsWith('..')) throw new Error(`${entry.fileName} leaves the folder`);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      const mode = (entry.externalFileAttributes >>> 16) & 0o777;
      if (mode !== 0) await chmod(target, mode);
    }
  } finally {
    zip.close();
  }
}
