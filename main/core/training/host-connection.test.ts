/** A host's key, certificate and sign-in, each by a server of the test's own: what is not the pinned one is not spoken to. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server as TlsServer } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HostSecrets, TrainingHost } from '../../../app/learning/training/host.ts';
import { testFolder } from '../testing/ports.ts';
import { type RecordedRay, startRecordedRay } from '../testing/recorded-ray.ts';
import { newPrivateKey, type SshServer, startSshServer } from '../testing/ssh-server.ts';
import { connectHost } from './host-connection.ts';
import { createRayJobs } from './ray-jobs.ts';
import { hostKeyOf } from './ssh-connection.ts';

let ray: RecordedRay;
let closing: (() => void)[];
let folder: ReturnType<typeof testFolder>;
beforeEach(async () => {
  ray = await startRecordedRay(Date.now);
  ssh = await startSshServer(ray.port);
  folder = testFolder();
  closing = [];
});
afterEach(async () => {
  for (const close of closing) close();
  ssh.close();
  await ray.close();
  folder.remove();
});

let ssh: SshServer;

function hostAt(port: number, hostKey: string, rayPort = ray.port): TrainingHost {
  return {
    name: 'host',
    reach: { kind: 'ssh', ssh: { host: '127.0.0.1', port, user: 'icu', hostKey, identity: 'key' }, rayPort },
    runsFolder: '/srv/runs',
    price: { anHour: 0, currency: 'INR' },
  };
}

const secrets = (privateKey: string | null = ssh.userKey): HostSecrets => ({
  token: ray.token,
  privateKey,
  passphrase: null,
});

async function meet(host: TrainingHost, given = secrets()) {
  const connection = await connectHost(host, given, async () => 0);
  closing.push(connection.close);
  return createRayJobs(connection.ray, given.token).meet();
}

test('Ray is met through the tunnel of a host whose key is the pinned one', async () => {
  const { port } = ssh;
  const hostKey = await hostKeyOf('127.0.0.1', port);
  expect(hostKey).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/u);
  expect(await meet(hostAt(port, hostKey))).toMatchObject({ version: '2.60.0' });
  const wrongPort = hostAt(port, hostKey, 1);
  await expect(meet(wrongPort)).rejects.toMatchObject({ code: 'tunnel-refused' });
  await expect(
    meet(hostAt(port, hostKey), { ...secrets(), token: 'another-token-0123456789' }),
  ).rejects.toMatchObject({ code: 'token-refused' });
});

test('another host key, another user, no key and no server are told apart', async () => {
  const { port } = ssh;
  const hostKey = await hostKeyOf('127.0.0.1', port);
  const pinned = `SHA256:${'A'.repeat(43)}`;
  await expect(meet(hostAt(port, pinned))).rejects.toMatchObject({ code: 'host-key-wrong', found: hostKey });
  await expect(meet(hostAt(port, hostKey), secrets(newPrivateKey()))).rejects.toMatchObject({
    code: 'ssh-refused',
  });
  await expect(meet(hostAt(port, hostKey), secrets('no key'))).rejects.toMatchObject({
    code: 'key-unreadable',
  });
  await expect(meet(hostAt(port, hostKey), secrets(null))).rejects.toMatchObject({ code: 'key-unreadable' });
  await expect(meet(hostAt(1, hostKey))).rejects.toMatchObject({ code: 'unreachable' });
  // The key of its owner opens nothing without the passphrase.
  const sealed = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'a phrase' },
  }).privateKey;
  await expect(meet(hostAt(port, hostKey), secrets(sealed))).rejects.toMatchObject({
    code: 'key-unreadable',
  });
});

/** A TLS proxy before Ray, with a certificate that nobody vouches for. */
async function startTls(): Promise<{ readonly port: number; readonly certificate: string }> {
  const file = (name: string): string => join(folder.path, name);
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'].concat([
      '-subj',
      '/CN=localhost',
      '-keyout',
      file('key'),
      '-out',
      file('certificate'),
    ]),
    { stdio: 'ignore' },
  );
  const cert = readFileSync(file('certificate'));
  const server: TlsServer = createServer({ cert, key: readFileSync(file('key')) }, (socket) => {
    const through = connect(ray.port, '127.0.0.1');
    socket.on('error', () => through.destroy());
    through.on('error', () => socket.destroy());
    socket.pipe(through).pipe(socket);
  });
  closing.push(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, certificate: createHash('sha256').update(new X509Certificate(cert).raw).digest('hex') };
}

test('behind TLS only the pinned certificate is spoken to', async () => {
  const { port, certificate } = await startTls();
  const at = (pinned: string | null): TrainingHost => ({
    ...hostAt(1, ''),
    reach: { kind: 'tls', host: 'localhost', port, certificate: pinned, ssh: null },
  });
  expect(await meet(at(certificate))).toMatchObject({ version: '2.60.0' });
  await expect(meet(at('0'.repeat(64)))).rejects.toMatchObject({
    code: 'certificate-wrong',
    found: certificate,
  });
  await expect(meet(at(null))).rejects.toMatchObject({ code: 'certificate-wrong' });
  const connection = await connectHost(at(certificate), secrets(), async () => 0);
  await expect(connection.files()).rejects.toMatchObject({ code: 'no-file-access' });
});

test('files are read by SFTP: what is there, what is a link, what is not there, and bytes of every length', async () => {
  const { port } = ssh;
  const connection = await connectHost(
    hostAt(port, await hostKeyOf('127.0.0.1', port)),
    secrets(),
    async () => 0,
  );
  closing.push(connection.close);
  const files = await connection.files();
  const at = (name: string): string => join(folder.path, name);
  for (const length of [0, 1, 32 * 1024, 300_001]) {
    const bytes = randomBytes(length);
    writeFileSync(at(`file-${length}`), bytes);
    expect(await files.about(at(`file-${length}`))).toEqual({ kind: 'file', bytes: length });
    const parts: Buffer[] = [];
    for await (const part of files.read(at(`file-${length}`))) parts.push(Buffer.from(part));
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  }
  symlinkSync('/etc/passwd', at('link'));
  expect(await files.about(at('link'))).toMatchObject({ kind: 'other' });
  expect(await files.about(folder.path)).toMatchObject({ kind: 'folder' });
  expect(await files.about(at('nothing'))).toBeNull();
  // A connection that goes in the middle is nobody's uncaught error.
  const stream = files.read(at('file-300001'));
  stream.once('data', () => connection.close());
  await new Promise((resolve) => stream.once('close', resolve).once('error', resolve));
  await connection.gone;
});

const AGENT = '/usr/bin/ssh-agent';
test.skipIf(!existsSync(AGENT))(
  'an agent signs in where the program has no key, and its absence is told',
  async () => {
    const { port } = ssh;
    const pinned = hostAt(port, await hostKeyOf('127.0.0.1', port));
    if (pinned.reach.kind !== 'ssh') throw new Error('not over SSH');
    const host: TrainingHost = {
      ...pinned,
      reach: { ...pinned.reach, ssh: { ...pinned.reach.ssh, identity: 'agent' } },
    };
    const before = process.env.SSH_AUTH_SOCK;
    const socket = join(folder.path, 'agent');
    const agent = spawn(AGENT, ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      await expect.poll(() => existsSync(socket), { timeout: 20_000 }).toBe(true);
      writeFileSync(join(folder.path, 'user'), ssh.userKey, { mode: 0o600 });
      process.env.SSH_AUTH_SOCK = socket;
      execFileSync('ssh-add', ['-q', join(folder.path, 'user')], { stdio: 'ignore' });
      expect(await meet(host, secrets(null))).toMatchObject({ version: '2.60.0' });
      process.env.SSH_AUTH_SOCK = join(folder.path, 'nowhere');
      await expect(meet(host, secrets(null))).rejects.toMatchObject({ code: 'agent-missing' });
    } finally {
      if (before === undefined) delete process.env.SSH_AUTH_SOCK;
      else process.env.SSH_AUTH_SOCK = before;
      agent.kill();
    }
  },
);
