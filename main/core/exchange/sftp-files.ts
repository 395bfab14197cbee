/** A folder of a host, by SFTP with a pinned host key. */
import { createReadStream } from 'node:fs';
import { posix } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SFTPWrapper } from 'ssh2';
import {
  EXCHANGE_FOLDERS,
  type ExchangePlace,
  type ExchangeSecrets,
} from '../../../app/learning/exchange/place.ts';
import { HostTrouble } from '../training/host-trouble.ts';
import { sftpFiles } from '../training/remote-files.ts';
import { connectSsh } from '../training/ssh-connection.ts';
import type { ExchangeFiles } from './exchange-files.ts';

type SftpPlace = Extract<ExchangePlace, { kind: 'sftp' }>;

/** SSH_FX_NO_SUCH_FILE (draft-ietf-secsh-filexfer-02, 7). */
const NO_SUCH_FILE = 2;

export async function connectSftpFiles(place: SftpPlace, secrets: ExchangeSecrets): Promise<ExchangeFiles> {
  const { privateKey, passphrase } = secrets;
  // The token is a web server's; here it is asked for by nobody.
  const ssh = await connectSsh(place.ssh, { token: '', privateKey, passphrase });
  const sftp = await ssh.sftp().catch((error: unknown) => {
    ssh.close();
    throw error;
  });
  const files = sftpFiles(sftp);
  const at = (path: string): string => posix.join(place.folder, path);
  return {
    bundles: (folder) => namesIn(sftp, at(EXCHANGE_FOLDERS[folder])),
    about: (path) => files.about(at(path)),
    read: (path) => files.read(at(path)),
    put: async (folder, bundle, local) => {
      const parent = at(EXCHANGE_FOLDERS[folder]);
      const into = posix.join(parent, bundle);
      await makeFolder(sftp, parent);
      await makeFolder(sftp, into);
      for (const { name, path } of local) {
        try {
          await pipeline(createReadStream(path), sftp.createWriteStream(posix.join(into, name)));
        } catch (error) {
          throw new HostTrouble('no-file-access', error instanceof Error ? error.message : '');
        }
      }
    },
    close: () => ssh.close(),
  };
}

function namesIn(sftp: SFTPWrapper, folder: string): Promise<string[]> {
  return new Promise((resolve, reject) =>
    sftp.readdir(folder, (error, list) => {
      if (error === undefined || error === null) return resolve(list.map(({ filename }) => filename));
      if ('code' in error && error.code === NO_SUCH_FILE) resolve([]);
      else reject(new HostTrouble('no-file-access', error.message));
    }),
  );
}

/** One that is there already is none the worse. */
function makeFolder(sftp: SFTPWrapper, folder: string): Promise<void> {
  return new Promise((resolve, reject) =>
    sftp.lstat(folder, (missing, stats) => {
      if (!missing) {
        if (stats.isDirectory()) resolve();
        else reject(new HostTrouble('no-file-access', folder));
        return;
      }
      sftp.mkdir(folder, (error) =>
        error ? reject(new HostTrouble('no-file-access', error.message)) : resolve(),
      );
    }),
  );
}
