/** Two wards and a place between them: a folder, a web server with its own certificate, a host by SFTP; and places that lie. */
import { X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:https';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExchangePlace } from '../../../app/learning/exchange/place.ts';
import { adapterFolder } from '../adapters/test-adapters.ts';
import { silentLog, testFolder } from '../testing/ports.ts';
import { granted, type RunningCore, startCore, type TestTerminal } from '../testing/running-core.ts';
import { hasSshServer, startSshHost } from '../testing/ssh-host.ts';
import { hasOpenssl, ownCertificate } from '../testing/test-certificate.ts';
import { HostTrouble } from '../training/host-trouble.ts';
import type { ExchangeFiles } from './exchange-files.ts';
import { fetchBundle } from './fetch-bundle.ts';
import { openExchange } from './open-exchange.ts';

const NO_SECRETS = { token: null, privateKey: null, passphrase: null };
const BUNDLE = 'adapter-0123456789abcdef';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

/** A signed bundle as another ward would leave it; whether its signatures count is looked at elsewhere. */
function bundleIn(root: string): string {
  const made = adapterFolder(folder.path, 'made');
  const into = join(root, 'adapters', BUNDLE);
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(made)) writeFileSync(join(into, name), readFileSync(join(made, name)));
  writeFileSync(join(into, 'release.json'), '{}');
  return into;
}
const put = async (files: ExchangeFiles): Promise<void> => {
  const path = join(folder.path, 'note.txt');
  writeFileSync(path, 'a note');
  await files.put('feedback', 'data-set-one', [{ name: 'note.txt', path }]);
};
async function fetched(files: ExchangeFiles) {
  const into = join(folder.path, 'fetched');
  rmSync(into, { recursive: true, force: true });
  const refusal = await fetchBundle(files, `adapters/${BUNDLE}`, into, new AbortController().signal);
  return refusal ?? readdirSync(into).sort();
}
const WHOLE = ['adapter.gguf', 'manifest.json', 'release.json'];

test('a folder: what lies there is fetched whole, and what is put there is there', async () => {
  const root = join(folder.path, 'share');
  bundleIn(root);
  const files = await openExchange({ kind: 'folder', folder: root }, NO_SECRETS);
  expect(await files.bundles('adapters')).toEqual([BUNDLE]);
  expect(await fetched(files)).toEqual(WHOLE);
  await put(files);
  expect(readFileSync(join(root, 'feedback', 'data-set-one', 'note.txt'), 'utf8')).toBe('a note');
  expect(await files.bundles('feedback')).toEqual(['data-set-one']);
  await expect(openExchange({ kind: 'folder', folder: '/nowhere/at/all' }, NO_SECRETS)).rejects.toThrow(
    HostTrouble,
  );
});

test('a place that lies gives nothing, whatever it changed', async () => {
  const root = join(folder.path, 'share');
  mkdirSync(root);
  const files = await openExchange({ kind: 'folder', folder: root }, NO_SECRETS);
  const changes: readonly (readonly [string, (bundle: string) => void])[] = [
    ['unsigned', (bundle) => rmSync(join(bundle, 'release.json'))],
    ['missing', (bundle) => rmSync(join(bundle, 'adapter.gguf'))],
    ['missing', (bundle) => rmSync(join(bundle, 'manifest.json'))],
    ['unreadable', (bundle) => writeFileSync(join(bundle, 'manifest.json'), '{"files":[]}')],
    ['oversized', (bundle) => writeFileSync(join(bundle, 'manifest.json'), ' '.repeat(2 << 20))],
    ['truncated', (bundle) => writeFileSync(join(bundle, 'adapter.gguf'), 'GGUF')],
    [
      'altered',
      (bundle) => {
        const bytes = readFileSync(join(bundle, 'adapter.gguf'));
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        writeFileSync(join(bundle, 'adapter.gguf'), bytes);
      },
    ],
    [
      'link',
      (bundle) => {
        rmSync(join(bundle, 'manifest.json'));
        symlinkSync('/etc/hostname', join(bundle, 'manifest.json'));
      },
    ],
  ];
  for (const [code, change] of changes) {
    const bundle = bundleIn(root);
    change(bundle);
    expect(await fetched(files), code).toMatchObject({ code });
    expect(existsSync(join(folder.path, 'fetched'))).toBe(false);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.part'))).toEqual([]);
    rmSync(join(root, 'adapters'), { recursive: true });
    rmSync(join(folder.path, 'made'), { recursive: true, force: true });
  }
});

const TOKEN = 'a-token-of-the-exchange';

/** As a WebDAV share does it, with tags; `also` may answer in its place. */
async function webServer(root: string, also: (path: string) => number | null = () => null) {
  const { keyFile, pem } = ownCertificate(folder.path, 'exchange');
  const seen: string[] = [];
  const server: Server = createServer({ key: readFileSync(keyFile), cert: pem }, (asked, answer) => {
    const path = new URL(asked.url ?? '/', 'https://exchange').pathname;
    seen.push(`${asked.method} ${path}`);
    const file = join(root, path.replace('/medobsmind/', ''));
    const status = asked.headers.authorization === `Bearer ${TOKEN}` ? also(path) : 401;
    if (status !== null) {
      answer.writeHead(status, { location: 'https://127.0.0.1:1/elsewhere' }).end();
      return;
    }
    if (asked.method === 'PUT') {
      const parts: Buffer[] = [];
      asked.on('data', (part: Buffer) => parts.push(part));
      asked.on('end', () => {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, Buffer.concat(parts));
        answer.writeHead(201).end();
      });
      return;
    }
    if (!existsSync(file)) return answer.writeHead(404).end();
    const bytes = readFileSync(file);
    answer.writeHead(200, { 'content-length': bytes.length, etag: `"${bytes.length}"` });
    return answer.end(asked.method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  const port = typeof at === 'object' && at !== null ? at.port : 0;
  const certificate = new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
  const place: ExchangePlace = {
    kind: 'https',
    address: `https://127.0.0.1:${port}/medobsmind`,
    certificate,
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { place, seen, close };
}

test.skipIf(!hasOpenssl)(
  'a web server: fetched, put, entered in the index; no other certificate, no detour',
  async () => {
    const root = join(folder.path, 'www');
    bundleIn(root);
    writeFileSync(
      join(root, 'adapters', 'index.json'),
      JSON.stringify({ format: 'medobsmind-exchange-1', bundles: [BUNDLE] }),
    );
    let redirected = false;
    const web = await webServer(root, (path) => (redirected && path.endsWith('.gguf') ? 302 : null));
    try {
      const secrets = { ...NO_SECRETS, token: TOKEN };
      const files = await openExchange(web.place, secrets);
      expect(await files.bundles('adapters')).toEqual([BUNDLE]);
      expect(await files.bundles('feedback')).toEqual([]);
      expect(await fetched(files)).toEqual(WHOLE);
      await put(files);
      await put(files);
      expect(await files.bundles('feedback')).toEqual(['data-set-one']);
      redirected = true;
      await expect(fetched(files)).rejects.toMatchObject({ code: 'no-file-access', found: '302' });
      const before = web.seen.length;
      const other = { ...web.place, certificate: 'f'.repeat(64) } as ExchangePlace;
      const wrong = await openExchange(other, secrets);
      await expect(wrong.bundles('adapters')).rejects.toMatchObject({ code: 'certificate-wrong' });
      // Nothing was asked: the certificate is looked at first.
      expect(web.seen).toHaveLength(before);
      const nobody = await openExchange(web.place, NO_SECRETS);
      await expect(nobody.bundles('adapters')).rejects.toMatchObject({ code: 'token-refused' });
      writeFileSync(join(root, 'adapters', 'index.json'), '{"bundles":["../../etc"]}');
      await expect(files.bundles('adapters')).rejects.toMatchObject({ code: 'answer-unreadable' });
    } finally {
      await web.close();
    }
  },
);

test.skipIf(!hasSshServer())(
  'a host by SFTP: fetched and put, with its own key alone',
  { timeout: 60_000 },
  async () => {
    const root = join(folder.path, 'host');
    bundleIn(root);
    const keys = join(folder.path, 'keys');
    mkdirSync(keys);
    const host = await startSshHost(keys);
    try {
      const { port, user, hostKey, privateKey } = host;
      const ssh = { host: '127.0.0.1', port, user, hostKey, identity: 'key' } as const;
      const secrets = { ...NO_SECRETS, privateKey };
      const files = await openExchange({ kind: 'sftp', ssh, folder: root }, secrets);
      expect(await files.bundles('adapters')).toEqual([BUNDLE]);
      expect(await files.bundles('feedback')).toEqual([]);
      expect(await fetched(files)).toEqual(WHOLE);
      await put(files);
      expect(await files.bundles('feedback')).toEqual(['data-set-one']);
      files.close();
      const other = { ...ssh, hostKey: `SHA256:${'A'.repeat(43)}` };
      await expect(openExchange({ kind: 'sftp', ssh: other, folder: root }, secrets)).rejects.toMatchObject({
        code: 'host-key-wrong',
      });
    } finally {
      await host.stop();
    }
  },
);

test('over the whole core: a place is named, looked at, refused in words, and nothing leaves that may not', async () => {
  const share = join(folder.path, 'share');
  bundleIn(share);
  const home = join(folder.path, 'ward');
  mkdirSync(home);
  const ward: RunningCore = await startCore(home, { log: silentLog });
  try {
    const admin: TestTerminal = ward.terminal();
    const administrator = { name: 'A', pin: '1234' };
    granted(await admin.command('ward.set-up', { wardName: 'ICU', language: 'en', administrator }));
    const [person] = granted(await admin.query('ward.snapshot', {})).people;
    granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
    const none = { error: { parameters: { reason: 'no-exchange' } } };
    expect(await admin.command('exchange.look', {})).toMatchObject(none);
    expect(await admin.command('exchange.send', { id: 'd1' })).toMatchObject(none);
    const place = { kind: 'folder', folder: share } as const;
    granted(await admin.command('exchange.save', { place, secrets: { token: 'never-shown' } }));
    const shown = granted(await admin.query('exchange.state', {}));
    expect(shown).toMatchObject({ place, hasToken: true, hasKey: false, last: null });
    expect(JSON.stringify(shown)).not.toContain('never-shown');
    expect(granted(await admin.command('exchange.look', {}))).toMatchObject({
      found: 1,
      taken: 1,
      trouble: null,
    });
    expect(readdirSync(join(home, 'learning', 'adapters'))).toEqual([`exchange-${BUNDLE}`]);
    // A second look finds nothing new.
    expect(granted(await admin.command('exchange.look', {}))).toMatchObject({ found: 1, taken: 0 });
    expect(await admin.command('exchange.publish', { id: 'a'.repeat(64) })).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(await admin.command('exchange.send', { id: 'no-such' })).toMatchObject({
      error: { code: 'not-found' },
    });
    expect(existsSync(join(share, 'feedback'))).toBe(false);
    rmSync(share, { recursive: true });
    const { last } = await (async () => {
      granted(await admin.command('exchange.look', {}));
      return granted(await admin.query('exchange.state', {}));
    })();
    expect(last?.trouble).toEqual({ code: 'unreachable', found: share });
    // Another place gets none of the secrets of the first.
    granted(await admin.command('exchange.save', { place: { kind: 'folder', folder: home }, secrets: {} }));
    expect(granted(await admin.query('exchange.state', {}))).toMatchObject({ hasToken: false });
    granted(await admin.command('exchange.save', { place: null, secrets: {} }));
    expect(granted(await admin.query('exchange.state', {})).place).toBeNull();
  } finally {
    await ward.core.close();
  }
});
