/**
 * A connection to a host by SSH: the host's key is the one that a person pinned, or there is no connection. Ray is
 * reached through direct channels of it; nothing listens on this machine, so that no other program can use the tunnel.
 */
import { createHash } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Client, ConnectConfig, SFTPWrapper } from 'ssh2';
import type { HostSecrets, SshReach } from '../../../app/learning/training/host.ts';
import { HostTrouble } from './host-trouble.ts';

export interface SshConnection {
  /** A stream to a port of the host's loopback. */
  open(port: number): Promise<Duplex>;
  sftp(): Promise<SFTPWrapper>;
  /** Resolves when the connection has gone, however it went. */
  readonly gone: Promise<void>;
  close(): void;
}

const READY_LIMIT_MS = 20_000;
/** A connection that three of these leave unanswered is gone. Ours. */
const KEEP_ALIVE_MS = 10_000;
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/** As `ssh-keygen -l` prints it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/u, '')}`;
}

/** The fingerprint of the key that a host shows, for a person to compare and pin. Nothing of ours is sent to it. */
export async function hostKeyOf(host: string, port: number): Promise<string> {
  let shown: string | null = null;
  const verifier = (key: Buffer): boolean => {
    shown = fingerprintOf(key);
    return false;
  };
  try {
    await connected({ host, port, username: 'nobody', hostVerifier: verifier });
  } catch (error) {
    if (shown === null) throw unreachable(error);
  }
  if (shown === null) throw new HostTrouble('unreachable');
  return shown;
}

export async function connectSsh(reach: SshReach, secrets: HostSecrets): Promise<SshConnection> {
  let wrong: string | null = null;
  const client = await connected({
    host: reach.host,
    port: reach.port,
    username: reach.user,
    ...identityOf(reach, secrets),
    hostVerifier: (key: Buffer) => {
      const shown = fingerprintOf(key);
      if (shown !== reach.hostKey) wrong = shown;
      return wrong === null;
    },
  }).catch((error: unknown) => {
    if (wrong !== null) throw new HostTrouble('host-key-wrong', wrong);
    throw refusalOf(error);
  });
  const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
  return {
    gone,
    open: (port) =>
      new Promise((resolve, reject) =>
        client.forwardOut('127.0.0.1', 0, '127.0.0.1', port, (error, stream) =>
          error
            ? reject(new HostTrouble('tunnel-refused', String(port)))
            : // Whoever uses it is told; what comes after they have done with it is nobody's.
              resolve(stream.on('error', () => undefined)),
        ),
      ),
    sftp: () =>
      new Promise((resolve, reject) =>
        client.sftp((error, sftp) => (error ? reject(new HostTrouble('no-file-access')) : resolve(sftp))),
      ),
    close: () => client.destroy(),
  };
}

function identityOf(reach: SshReach, { privateKey, passphrase }: HostSecrets): ConnectConfig {
  if (reach.identity === 'key') {
    if (privateKey === null) throw new HostTrouble('key-unreadable');
    return { privateKey, ...(passphrase === null ? {} : { passphrase }) };
  }
  const agent = process.env.SSH_AUTH_SOCK ?? (process.platform === 'win32' ? WINDOWS_AGENT : null);
  if (agent === null) throw new HostTrouble('agent-missing');
  return { agent };
}

/** Loaded with the first connection: a ward without a training host never needs it. */
async function connected(config: ConnectConfig): Promise<Client> {
  const { default: ssh2 } = await import('ssh2');
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    client.once('ready', () => resolve(client));
    // Not once: a client tells of one failure after another, and what nobody listens to would end the program. What is
    // told after the connection stood is told by `gone`.
    client.on('error', (error) => {
      client.destroy();
      reject(error);
    });
    client.once('close', () => reject(new Error('the connection was closed')));
    try {
      client.connect({
        readyTimeout: READY_LIMIT_MS,
        keepaliveInterval: KEEP_ALIVE_MS,
        keepaliveCountMax: 3,
        ...config,
      });
    } catch (error) {
      reject(error);
    }
  });
}

function refusalOf(error: unknown): HostTrouble {
  const { message, level } = wordsOf(error);
  if (level === 'client-authentication') return new HostTrouble('ssh-refused');
  if (/privateKey|passphrase|private key/iu.test(message)) return new HostTrouble('key-unreadable');
  if (level === 'agent' || /agent/iu.test(message)) return new HostTrouble('agent-missing');
  return unreachable(error);
}

function unreachable(error: unknown): HostTrouble {
  return new HostTrouble('unreachable', wordsOf(error).message);
}

function wordsOf(error: unknown): { readonly message: string; readonly level: string } {
  if (!(error instanceof Error)) return { message: '', level: '' };
  const level = 'level' in error && typeof error.level === 'string' ? error.level : '';
  return { message: error.message.slice(0, 200), level };
}
