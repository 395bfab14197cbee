/** A folder of this machine, a share or a stick. */
import { createReadStream } from 'node:fs';
import { copyFile, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EXCHANGE_FOLDERS } from '../../../app/learning/exchange/place.ts';
import { HostTrouble } from '../training/host-trouble.ts';
import { kindOf } from '../training/remote-files.ts';
import type { ExchangeFiles } from './exchange-files.ts';

export async function folderFiles(root: string): Promise<ExchangeFiles> {
  const there = await lstat(root).catch(() => null);
  if (there?.isDirectory() !== true) throw new HostTrouble('unreachable', root);
  return {
    bundles: async (folder) => {
      try {
        return await readdir(join(root, EXCHANGE_FOLDERS[folder]));
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return [];
        throw troubleIn(error);
      }
    },
    about: async (path) => {
      try {
        return kindOf(await lstat(join(root, path)));
      } catch (error) {
        if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
        throw troubleIn(error);
      }
    },
    read: (path) => createReadStream(join(root, path)),
    put: async (folder, bundle, files) => {
      const whole = join(root, EXCHANGE_FOLDERS[folder], bundle);
      const unfinished = `${whole}.part`;
      try {
        await rm(unfinished, { recursive: true, force: true });
        await mkdir(unfinished, { recursive: true });
        for (const { name, path } of files) {
          await copyFile(path, join(unfinished, name));
          // A stick is pulled out as soon as the screen says that it is there.
          const handle = await open(join(unfinished, name), 'r+');
          await handle.sync().finally(() => handle.close());
        }
        await rm(whole, { recursive: true, force: true });
        await rename(unfinished, whole);
      } catch (error) {
        await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
        throw troubleIn(error);
      }
    },
    close: () => undefined,
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function troubleIn(error: unknown): HostTrouble {
  const code = codeOf(error);
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new HostTrouble('disk-full')
    : new HostTrouble('no-file-access', code);
}
