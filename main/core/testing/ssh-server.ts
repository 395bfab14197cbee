/** An SSH server in this process, for tests: it lets one key in, tunnels to one port, and gives files by SFTP. */
import { closeSync, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { connect } from 'node:net';
import ssh2 from 'ssh2';

export interface SshServer {
  readonly port: number;
  /** Whoever has it is let in. */
  readonly userKey: string;
  close(): void;
}

const { STATUS_CODE } = ssh2.utils.sftp;
const CHUNK_MOST = 32 * 1024;

export function newPrivateKey(): string {
  return ssh2.utils.generateKeyPairSync('ed25519').private;
}

/** @param through the one port of this machine that may be reached */
export async function startSshServer(through: number): Promise<SshServer> {
  const userKey = newPrivateKey();
  const allowed = ssh2.utils.parseKey(userKey);
  if (allowed instanceof Error) throw allowed;
  const server = new ssh2.Server({ hostKeys: [newPrivateKey()] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (asked) => {
      if (asked.method === 'publickey' && allowed.getPublicSSH().equals(asked.key.data)) asked.accept();
      else asked.reject(['publickey']);
    });
    client.on('tcpip', (accept, reject, { destIP, destPort }) => {
      if (destIP !== '127.0.0.1' || destPort !== through) return reject();
      const socket = connect(destPort, destIP);
      const stream = accept();
      socket.on('error', () => stream.destroy());
      stream.on('error', () => socket.destroy());
      stream.pipe(socket).pipe(stream);
    });
    client.on('session', (accept) => {
      accept().on('sftp', (acceptFiles) => serveFiles(acceptFiles()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    userKey,
    close: () => server.close(),
  };
}

/** Reading alone; a handle is the file's number. */
function serveFiles(sftp: ssh2.SFTPWrapper): void {
  const attributes = (stats: Stats) => ({
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    size: stats.size,
    atime: 0,
    mtime: 0,
  });
  const orMissing = (id: number, work: () => void): void => {
    try {
      work();
    } catch {
      sftp.status(id, STATUS_CODE.NO_SUCH_FILE); // whatever it is, the client gets nothing
    }
  };
  sftp.on('LSTAT', (id, path) => orMissing(id, () => sftp.attrs(id, attributes(lstatSync(path)))));
  sftp.on('STAT', (id, path) => orMissing(id, () => sftp.attrs(id, attributes(lstatSync(path)))));
  sftp.on('FSTAT', (id, handle) =>
    orMissing(id, () => sftp.attrs(id, attributes(fstatSync(handle.readUInt32BE(0))))),
  );
  sftp.on('OPEN', (id, path) =>
    orMissing(id, () => {
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(openSync(path, 'r'));
      sftp.handle(id, handle);
    }),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    orMissing(id, () => {
      const bytes = Buffer.alloc(Math.min(length, CHUNK_MOST));
      const count = readSync(handle.readUInt32BE(0), bytes, 0, bytes.length, offset);
      if (count === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, bytes.subarray(0, count));
    }),
  );
  sftp.on('CLOSE', (id, handle) =>
    orMissing(id, () => {
      closeSync(handle.readUInt32BE(0));
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
}
