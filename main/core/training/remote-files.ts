/** Files of a host, read only: by SFTP, or of this machine in trial mode. Links are told as what they are. */
import { createReadStream } from 'node:fs';
import { lstat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { SFTPWrapper } from 'ssh2';
import { HostTrouble } from './host-trouble.ts';

export interface RemoteFile {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
}

export interface RemoteFiles {
  /** Of the path itself, not of what a link leads to. Null: it is not there. */
  about(path: string): Promise<RemoteFile | null>;
  /** The bytes of a file; ends with an error where it cannot be read. */
  read(path: string): Readable;
  close(): void;
}

/** SSH_FX_NO_SUCH_FILE (draft-ietf-secsh-filexfer-02, 7). */
const NO_SUCH_FILE = 2;

export function sftpFiles(sftp: SFTPWrapper): RemoteFiles {
  sftp.on('error', () => undefined);
  return {
    about: (path) =>
      new Promise((resolve, reject) =>
        sftp.lstat(path, (error, stats) => {
          if (error === undefined || error === null) return resolve(kindOf(stats));
          const code = 'code' in error ? error.code : null;
          if (code === NO_SUCH_FILE) resolve(null);
          else reject(new HostTrouble('no-file-access', error.message));
        }),
      ),
    read: (path) => {
      const stream = sftp.createReadStream(path);
      // Whoever reads is told; a connection that goes while the file is being closed is nobody's trouble any more.
      stream.on('error', () => undefined);
      return stream;
    },
    close: () => sftp.end(),
  };
}

export function localFiles(): RemoteFiles {
  return {
    about: async (path) => {
      try {
        return kindOf(await lstat(path));
      } catch {
        return null; // not there, or in a folder that cannot be looked into: not there for us
      }
    },
    read: (path) => createReadStream(path),
    close: () => undefined,
  };
}

/** What the system says of a path. */
export function kindOf(stats: {
  isFile(): boolean;
  isDirectory(): boolean;
  readonly size: number;
}): RemoteFile {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  return { kind, bytes: stats.size };
}
