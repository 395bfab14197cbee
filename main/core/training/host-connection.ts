/** A connection to a host in each of the ways that a host is reached: where Ray answers, and where files are read. */
import { createHash } from 'node:crypto';
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { HostSecrets, TrainingHost } from '../../../app/learning/training/host.ts';
import { HostTrouble } from './host-trouble.ts';
import type { OpenStream } from './ray-http.ts';
import { localFiles, type RemoteFiles, sftpFiles } from './remote-files.ts';
import { connectSsh } from './ssh-connection.ts';

export interface HostConnection {
  /** A stream on which Ray's dashboard answers. */
  readonly ray: OpenStream;
  /** Throws HostTrouble `no-file-access` where the host gives none. */
  files(): Promise<RemoteFiles>;
  /** Resolves when what it rests on has gone. Never, where each stream stands for itself. */
  readonly gone: Promise<void>;
  close(): void;
}

const CONNECT_LIMIT_MS = 20_000;
const NEVER = new Promise<void>(() => undefined);

/** @param localPort where Ray answers on this machine, in trial mode */
export async function connectHost(
  host: TrainingHost,
  secrets: HostSecrets,
  localPort: () => Promise<number>,
): Promise<HostConnection> {
  const { reach } = host;
  switch (reach.kind) {
    case 'here': {
      const port = await localPort();
      const ray = () => openSocket(port);
      return { ray, files: async () => localFiles(), gone: NEVER, close: () => undefined };
    }
    case 'ssh': {
      const ssh = await connectSsh(reach.ssh, secrets);
      return {
        ray: () => ssh.open(reach.rayPort),
        files: async () => sftpFiles(await ssh.sftp()),
        gone: ssh.gone,
        close: ssh.close,
      };
    }
    case 'tls': {
      const ssh = reach.ssh === null ? null : await connectSsh(reach.ssh, secrets);
      return {
        ray: () => openTls(reach.host, reach.port, reach.certificate),
        files: async () => {
          if (ssh === null) throw new HostTrouble('no-file-access');
          return sftpFiles(await ssh.sftp());
        },
        gone: ssh?.gone ?? NEVER,
        close: () => ssh?.close(),
      };
    }
  }
}

function openSocket(port: number): Promise<Duplex> {
  const socket = connect({ host: '127.0.0.1', port, timeout: CONNECT_LIMIT_MS });
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer in time')));
    socket.on('error', (error) => reject(new HostTrouble('unreachable', error.message)));
  });
}

/**
 * A TLS stream to a port. With a pinned certificate (SHA-256 in hex) only that one is spoken to, whoever vouches for
 * another. Throws HostTrouble.
 */
export function openTls(host: string, port: number, certificate: string | null): Promise<Duplex> {
  const socket = connectTls({
    host,
    port,
    // RFC 6066, 3: a name, and never an address.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    timeout: CONNECT_LIMIT_MS,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: certificate === null,
  });
  return new Promise((resolve, reject) => {
    const refuse = (trouble: HostTrouble): void => {
      socket.destroy();
      reject(trouble);
    };
    socket.once('secureConnect', () => {
      socket.setTimeout(0);
      const shown = createHash('sha256').update(socket.getPeerCertificate().raw).digest('hex');
      if (certificate !== null && shown !== certificate) refuse(new HostTrouble('certificate-wrong', shown));
      else resolve(socket);
    });
    socket.once('timeout', () => refuse(new HostTrouble('unreachable', 'no answer in time')));
    socket.on('error', (error) => {
      const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
      const untrusted = /CERT|SELF_SIGNED|ALTNAME|ISSUER/u.test(code);
      refuse(new HostTrouble(untrusted ? 'certificate-wrong' : 'unreachable', code || error.message));
    });
  });
}
