/** English words of the exchange with other workstations. */
export const exchange = {
  title: 'Exchange with other workstations',
  lead: 'Signed adapters come from this place and approved data sets go there: a shared folder or a stick, a web server that takes files, or a host by SFTP. What comes is checked like everything else and waits for its gates.',
  kind: 'Place',
  kinds: { none: 'None', folder: 'A folder', https: 'A web server', sftp: 'A host (SFTP)' },
  folder: 'Folder',
  address: 'Address',
  addressHint: 'https://models.hospital.example/medobsmind',
  certificate: 'SHA-256 of its certificate',
  certificateHint: 'Empty: this machine’s authorities decide.',
  token: 'Token',
  tokenKept: 'A token is kept. Leave empty to keep it.',
  host: 'Host',
  port: 'Port',
  user: 'User',
  hostKey: 'Host key (SHA256:…)',
  hostFolder: 'Folder on the host',
  privateKey: 'Private key',
  keyKept: 'A key is kept. Leave empty to keep it.',
  passphrase: 'Passphrase of the key',
  saved: 'Saved.',
  lookNow: 'Look now',
  looking: 'Looking…',
  never: 'Nobody has looked there yet. It is looked at every six hours.',
  seen: (when: string, found: number, taken: number) =>
    `${when}: ${found} ${found === 1 ? 'adapter' : 'adapters'} there, ${taken} new.`,
  refused: 'Not taken',
  refusals: {
    unsigned: 'It is not signed.',
    missing: 'A file is missing.',
    link: 'A file is a link or no file. Links are not followed.',
    name: 'A file’s name would lead out of its folder.',
    oversized: 'A file is larger than was told.',
    truncated: 'A file is shorter than was told.',
    altered: 'A file’s hash differs from what its manifest says.',
    unreadable: 'Its manifest cannot be read.',
    'no-space': 'The disk of this machine has no room for it.',
  },
  publish: 'Put it at the exchange',
  published: (bundle: string, files: number) => `${files} files are there now, as ${bundle}.`,
  send: 'Send to the exchange',
};

/** Why a place of exchange could not be used; others are as the training host's. */
export const EXCHANGE_TROUBLES: Record<string, string> = {
  unreachable: 'The place of exchange cannot be reached. Check the folder or the network and try again.',
  'certificate-wrong':
    'The server shows another certificate than it should. Nothing was sent. Ask who runs it before you change it.',
  'host-key-wrong':
    'The host shows another key than the one that was pinned. Nothing was sent. Ask who runs it before you pin a new one.',
  'ssh-refused': 'The host refused the sign-in. Check the user and that the key is allowed there.',
  'key-unreadable': 'The private key or its passphrase cannot be used. Enter them again.',
  'agent-missing': 'No SSH agent answers on this machine. Start it, or keep a key here.',
  'token-refused': 'The server refused the token, or lets nobody write there. Check both.',
  'no-file-access': 'The place gives or takes no files there. Check the folder and who may write in it.',
  'package-not-taken': 'The place did not take the files. Check its room and try again.',
  'answer-unreadable': 'The server’s answer could not be read. Nothing of it was used.',
  'answer-too-long': 'The server’s answer had no end. It was cut off and not used.',
  'disk-full': 'There is no room left at the place or on this machine. Make room and try again.',
};
export const EXCHANGE_TROUBLE =
  'The place of exchange could not be used. Try again; tell biomedical IT if it stays so.';
