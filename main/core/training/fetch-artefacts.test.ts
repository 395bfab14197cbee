/** What a hostile host may lay out for a run: taken whole and unchanged, or refused with its reason, and never in part. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AdapterManifest } from '../../../app/learning/training/adapter-manifest.ts';
import type { ArtefactRefusal } from '../../../app/learning/training/artefacts.ts';
import type { TrainingEvent } from '../../../app/learning/training/event.ts';
import { testFolder } from '../testing/ports.ts';
import { fetchArtefacts } from './fetch-artefacts.ts';
import { HostTrouble } from './host-trouble.ts';
import type { RemoteFile, RemoteFiles } from './remote-files.ts';

const FROM = '/srv/runs/run-1';
const SHA = 'c'.repeat(64);
const FIGURES = { steps: 1, secondsTraining: 1, secondsAnExample: 1, perplexity: { base: 1, adapter: 1 } };

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

function described(name: string, content: string) {
  return {
    name,
    bytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}

/** A host as it should be: what it tells of each path, and what it sends. */
interface Laid {
  manifest: AdapterManifest;
  finished: Extract<TrainingEvent, { event: 'finished' }>;
  about: Map<string, RemoteFile>;
  content: Map<string, Buffer>;
}

function laid(): Laid {
  const texts: readonly (readonly [string, string])[] = [
    ['adapter.gguf', 'GGUF and weights'],
    ['adapter_config.json', '{}'],
  ];
  const files = texts.map(([name, content]) => described(name, content));
  const manifest: AdapterManifest = {
    format: 'medobsmind-adapter-1',
    trainer: '1',
    identity: SHA,
    method: 'sft',
    base: { name: 'base', sha256: SHA },
    dataSet: {
      id: 'data',
      sha256: SHA,
      promptFormat: 'chatml',
      layout: 'serial',
      examples: 1,
      heldOut: 0,
      tooLong: 0,
    },
    seed: 1,
    lora: { r: 16, alpha: 32, targets: ['q_proj'] },
    training: {},
    continuedFrom: null,
    figures: FIGURES,
    versions: {},
    files,
  };
  const host: Laid = {
    manifest,
    finished: { event: 'finished', at: 1, seconds: 1, ...FIGURES, artefacts: files },
    about: new Map([[FROM, { kind: 'folder', bytes: 0 }]]),
    content: new Map(),
  };
  for (const [name, content] of texts) lay(host, name, Buffer.from(content));
  writeManifest(host, manifest);
  return host;
}

function lay(host: Laid, name: string, bytes: Buffer): void {
  host.content.set(posix.join(FROM, name), bytes);
  host.about.set(posix.join(FROM, name), { kind: 'file', bytes: bytes.length });
}

function writeManifest(host: Laid, value: unknown): void {
  lay(host, 'manifest.json', Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
}

function filesOf(host: Laid): RemoteFiles {
  return {
    about: async (path) => host.about.get(path) ?? null,
    read: (path) => Readable.from(pieces(host.content.get(path) ?? Buffer.alloc(0))),
    close: () => undefined,
  };
}

function* pieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5);
}

function fetch(host: Laid, files = filesOf(host)): Promise<ArtefactRefusal | null> {
  return fetchArtefacts(files, {
    from: FROM,
    into: join(folder.path, 'adapters', 'run-1'),
    finished: host.finished,
    dataSetSha256: SHA,
    signal: new AbortController().signal,
  });
}

/** Whatever stands in the folder of adapters. */
function standing(): string[] {
  const adapters = join(folder.path, 'adapters');
  return existsSync(adapters) ? readdirSync(adapters) : [];
}

test('what is whole and as it was told is taken, byte for byte', async () => {
  const host = laid();
  // What an earlier attempt left half-written is nobody's.
  mkdirSync(join(folder.path, 'adapters', 'run-1.part'), { recursive: true });
  writeFileSync(join(folder.path, 'adapters', 'run-1.part', 'adapter.gguf'), 'half');
  expect(await fetch(host)).toBeNull();
  expect(standing()).toEqual(['run-1']);
  const into = join(folder.path, 'adapters', 'run-1');
  expect(readdirSync(into).sort()).toEqual(['adapter.gguf', 'adapter_config.json', 'manifest.json']);
  for (const [path, bytes] of host.content)
    expect(readFileSync(join(into, posix.basename(path))).equals(bytes)).toBe(true);
});

const GGUF = posix.join(FROM, 'adapter.gguf');
const HUGE = { kind: 'file' as const, bytes: 9 * 1024 ** 3 };
type Hostile = readonly [string, ArtefactRefusal['code'], (host: Laid) => void];
const PATHS = [
  '../adapter.gguf',
  '/etc/passwd',
  '..\\x',
  'a/b',
  '.hidden',
  '',
  'C:x',
  'x\0y',
  `${'n'.repeat(101)}`,
];
const HOSTILE: readonly Hostile[] = [
  ['no folder', 'missing', (host) => host.about.delete(FROM)],
  ['a folder that is a link', 'link', (host) => host.about.set(FROM, { kind: 'other', bytes: 0 })],
  ['no manifest', 'missing', (host) => host.about.delete(posix.join(FROM, 'manifest.json'))],
  ['a manifest that is no JSON', 'unreadable', (host) => writeManifest(host, '{"format":')],
  [
    'a manifest of another form',
    'unreadable',
    (host) => writeManifest(host, { ...host.manifest, format: 'x' }),
  ],
  ['a manifest without an end', 'oversized', (host) => writeManifest(host, 'x'.repeat(1024 * 1024 + 1))],
  [
    'a manifest that goes on after its size',
    'oversized',
    (host) => host.about.set(posix.join(FROM, 'manifest.json'), { kind: 'file', bytes: 10 }),
  ],
  [
    'another data set',
    'foreign',
    (host) =>
      writeManifest(host, {
        ...host.manifest,
        dataSet: { ...host.manifest.dataSet, sha256: 'd'.repeat(64) },
      }),
  ],
  ['a link for a file', 'link', (host) => host.about.set(GGUF, { kind: 'other', bytes: 16 })],
  ['a folder for a file', 'link', (host) => host.about.set(GGUF, { kind: 'folder', bytes: 16 })],
  ['no file', 'missing', (host) => host.about.delete(GGUF)],
  ['a file cut short', 'truncated', (host) => lay(host, 'adapter.gguf', Buffer.from('GGUF'))],
  ['a file that ends early', 'truncated', (host) => host.content.set(GGUF, Buffer.from('GGUF'))],
  [
    'a longer file',
    'oversized',
    (host) => lay(host, 'adapter.gguf', Buffer.from('GGUF and weights, and more')),
  ],
  ['a file without an end', 'oversized', (host) => host.content.set(GGUF, Buffer.alloc(1024 * 1024))],
  [
    'another file of that size',
    'altered',
    (host) => lay(host, 'adapter.gguf', Buffer.from('GGUF and weightz')),
  ],
  [
    'a file that the trainer never told of',
    'altered',
    (host) =>
      writeManifest(host, { ...host.manifest, files: [...host.manifest.files, described('more.bin', 'x')] }),
  ],
  [
    'one file less than the trainer told of',
    'altered',
    (host) => writeManifest(host, { ...host.manifest, files: host.manifest.files.slice(0, 1) }),
  ],
  [
    'another hash than the trainer told of',
    'altered',
    (host) => {
      const other = described('adapter.gguf', 'a poisoned adapter');
      lay(host, 'adapter.gguf', Buffer.from('a poisoned adapter'));
      writeManifest(host, { ...host.manifest, files: [other, ...host.manifest.files.slice(1)] });
    },
  ],
  [
    'a file that no disk holds',
    'oversized',
    (host) => {
      const file = { ...described('adapter.gguf', ''), bytes: HUGE.bytes };
      host.about.set(GGUF, HUGE);
      host.finished = { ...host.finished, artefacts: [file] };
      writeManifest(host, { ...host.manifest, files: [file] });
    },
  ],
  [
    'two names that a disk takes for one',
    'name',
    (host) => {
      const files = [...host.manifest.files, { ...described('Adapter.GGUF', 'x') }];
      host.finished = { ...host.finished, artefacts: files };
      writeManifest(host, { ...host.manifest, files });
    },
  ],
  [
    'a file with the manifest’s name',
    'name',
    (host) => {
      const files = [...host.manifest.files, described('Manifest.json', 'x')];
      host.finished = { ...host.finished, artefacts: files };
      writeManifest(host, { ...host.manifest, files });
    },
  ],
  [
    'no adapter',
    'missing',
    (host) => {
      const files = host.manifest.files.slice(1);
      host.finished = { ...host.finished, artefacts: files };
      writeManifest(host, { ...host.manifest, files });
    },
  ],
  ...PATHS.map(
    (name): Hostile => [
      `the name ${JSON.stringify(name)}`,
      'name',
      (host) => writeManifest(host, { ...host.manifest, files: [{ ...described('x', 'x'), name }] }),
    ],
  ),
];

test.each(HOSTILE)('%s is refused as %s, and nothing is left of it', async (_, code, arrange) => {
  const host = laid();
  arrange(host);
  expect(await fetch(host)).toMatchObject({ code });
  expect(standing()).toEqual([]);
});

test('any single byte that differs on the way is noticed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(15), fc.integer({ min: 1, max: 255 }), async (place, change) => {
      const host = laid();
      const bytes = Buffer.from(host.content.get(GGUF) ?? []);
      bytes.writeUInt8((bytes[place] ?? 0) ^ change, place);
      host.content.set(GGUF, bytes);
      expect(await fetch(host)).toEqual({ code: 'altered', file: 'adapter.gguf' });
      expect(standing()).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('a connection that breaks off is a trouble of the host, leaves nothing, and the next try takes all of it', async () => {
  const host = laid();
  const files = filesOf(host);
  const broken: RemoteFiles = {
    ...files,
    read: (path) =>
      path === GGUF
        ? Readable.from(
            (function* () {
              yield Buffer.from('GGUF');
              throw new Error('No response from server');
            })(),
          )
        : files.read(path),
  };
  await expect(fetch(host, broken)).rejects.toThrow(HostTrouble);
  expect(standing()).toEqual([]);
  expect(await fetch(host)).toBeNull();
});
