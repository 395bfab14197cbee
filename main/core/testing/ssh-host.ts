/** A real sshd on loopback with keys of its own, for tests of what runs over SSH. Needs OpenSSH's server. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const SSHD = '/usr/sbin/sshd';

/** Whether this machine has OpenSSH's server. */
export function hasSshServer(): boolean {
  return existsSync(SSHD);
}

export interface SshHost {
  readonly port: number;
  readonly user: string;
  readonly hostKey: string;
  readonly privateKey: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @param folder for keys and configuration; removed by whoever made it */
export async function startSshHost(folder: string): Promise<SshHost> {
  const port = await freePort();
  const file = (name: string): string => join(folder, name);
  for (const name of ['host', 'user'])
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(name)]);
  writeFileSync(file('authorized_keys'), readFileSync(file('user.pub')), { mode: 0o600 });
  writeFileSync(
    file('sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${file('host')}`,
      `AuthorizedKeysFile ${file('authorized_keys')}`,
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'StrictModes no',
      'UsePAM no',
      `PidFile ${file('sshd.pid')}`,
      'Subsystem sftp internal-sftp',
    ].join('\n'),
  );
  // It drops its rights there before anybody has signed in.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true });
  const [, hostKey = ''] = execFileSync('ssh-keygen', ['-l', '-f', file('host.pub')], {
    encoding: 'utf8',
  }).split(' ');
  let stopNow = async (): Promise<void> => undefined;
  const start = async (): Promise<void> => {
    // A group of its own: each connection is a process of its own, and all of them go with it.
    const server = spawn(SSHD, ['-D', '-e', '-f', file('sshd_config')], { stdio: 'ignore', detached: true });
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    stopNow = async () => {
      if (server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
      await ended;
    };
    for (let tries = 0; tries < 100 && !existsSync(file('sshd.pid')); tries += 1) await pause(50);
  };
  await start();
  return {
    port,
    user: userInfo().username,
    hostKey,
    privateKey: readFileSync(file('user'), 'utf8'),
    stop: () => stopNow(),
    start,
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
