/** Opens a place of exchange in the way that it is reached. */
import type { ExchangePlace, ExchangeSecrets } from '../../../app/learning/exchange/place.ts';
import type { ExchangeFiles } from './exchange-files.ts';
import { folderFiles } from './folder-files.ts';
import { httpsFiles } from './https-files.ts';
import { connectSftpFiles } from './sftp-files.ts';

/** Throws HostTrouble where it is not there, or is not the one that was pinned. */
export async function openExchange(place: ExchangePlace, secrets: ExchangeSecrets): Promise<ExchangeFiles> {
  switch (place.kind) {
    case 'folder':
      return folderFiles(place.folder);
    case 'https':
      return httpsFiles(place, secrets.token);
    case 'sftp':
      return connectSftpFiles(place, secrets);
  }
}
