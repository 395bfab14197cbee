/** A hostile host, a broken stick, a careless hand: a hundred folders, each refused, and for the reason that is its own. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { errors } from '../../../app/language/en/errors.ts';
import { errors as hindi } from '../../../app/language/hi/errors.ts';
import { readGgufHeader } from '../../../app/learning/adapters/gguf-adapter.ts';
import type { SignerRole } from '../../../app/learning/adapters/life.ts';
import {
  embeddedAdapter,
  loraPair,
  type MadeAdapter,
  madeAdapter,
} from '../../../app/learning/adapters/made-adapter.ts';
import {
  canonicalJson,
  RELEASE_FORMAT,
  type Release,
  releaseProblem,
  type Statement,
  signedText,
} from '../../../app/learning/adapters/release.ts';
import { checkAdapterFolder, type FolderProblem, sha256Text } from './check-folder.ts';
import { adapterFolder } from './test-adapters.ts';

const parent = mkdtempSync(join(tmpdir(), 'hostile-'));
afterAll(() => rmSync(parent, { recursive: true }));

/** The base model's header: its shapes, and nothing else of it. */
const base = readGgufHeader(
  madeAdapter({
    type: 'model',
    tensors: Array.from({ length: 30 }, (_, layer) => ({
      name: `blk.${layer}.attn_v.weight`,
      dimensions: [576, 192],
      values: new Float32Array(0),
    })),
  }),
);
if (!base.ok) throw new Error(base.problem);
const baseHeader = base.header;

const signer = (role: SignerRole) => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
  return { id, role, publicKey, privateKey };
};
const clinical = signer('clinical');
const technical = signer('technical');
const stranger = signer('clinical');
const retired = signer('technical');
const KEYS = [
  { ...clinical, owner: 'p1', retiredAfter: null },
  { ...technical, owner: 'p2', retiredAfter: null },
  { ...retired, owner: 'p3', retiredAfter: 4 },
  { ...signer('technical'), owner: 'p1', retiredAfter: null },
];
const [, , , ownersOther] = KEYS;
/** The highest release that was in use. */
const HIGHEST = 3;

function problem(release: Release, adapter: { sha256: string; bytes: number }, manifest: string) {
  return releaseProblem(release, {
    keys: KEYS,
    highest: HIGHEST,
    adapter,
    manifest,
    verifies(id, signature) {
      const key = KEYS.find((one) => one.id === id);
      if (key === undefined) return false;
      const expected = sign(null, Buffer.from(signedText(release.statement)), key.privateKey);
      return expected.equals(Buffer.from(signature, 'base64'));
    },
  });
}
const check = (folder: string, baseSha256: string | null = 'a'.repeat(64)) =>
  checkAdapterFolder(folder, { baseSha256, baseHeader, releaseProblem: problem });

type Signers = readonly {
  readonly id: string;
  readonly role: SignerRole;
  readonly privateKey: typeof clinical.privateKey;
}[];
function statementOf(folder: string, more: Partial<Statement> = {}): Statement {
  const gguf = readFileSync(join(folder, 'adapter.gguf'));
  return {
    format: RELEASE_FORMAT,
    sequence: 5,
    version: 'dsquaremedicalmodel test',
    base: 'a'.repeat(64),
    adapter: { sha256: createHash('sha256').update(gguf).digest('hex'), bytes: gguf.length },
    manifest: sha256Text(readFileSync(join(folder, 'manifest.json'), 'utf8')),
    report: 'e'.repeat(64),
    ...more,
  };
}
function released(
  folder: string,
  signers: Signers,
  statement: Statement,
  spoil = (text: string) => text,
): void {
  const signatures = signers.map(({ id, role, privateKey }) => ({
    role,
    key: id,
    signature: sign(null, Buffer.from(signedText(statement)), privateKey).toString('base64'),
  }));
  writeFileSync(join(folder, 'release.json'), spoil(JSON.stringify({ statement, signatures })));
}

interface Variant {
  readonly name: string;
  readonly expected: FolderProblem;
  readonly make: (folder: string) => void;
  readonly gguf?: Uint8Array;
}
const spoiled = (name: string, expected: FolderProblem, made: MadeAdapter): Variant => ({
  name,
  expected,
  gguf: madeAdapter(made),
  make: () => undefined,
});
const bytesOf = (change: (bytes: Uint8Array) => Uint8Array | undefined): Uint8Array => {
  const bytes = madeAdapter().slice();
  return change(bytes) ?? bytes;
};
/** The manifest tells the truth about a file that was made wrong. */
const wrongFile = (name: string, expected: FolderProblem, gguf: Uint8Array): Variant => ({
  name,
  expected,
  gguf,
  make: () => undefined,
});
const manifest = (name: string, expected: FolderProblem, change: (text: string) => string): Variant => ({
  name: `manifest: ${name}`,
  expected,
  make: (folder) =>
    writeFileSync(join(folder, 'manifest.json'), change(readFileSync(join(folder, 'manifest.json'), 'utf8'))),
});
const files = (
  name: string,
  expected: FolderProblem,
  list: (own: { name: string; bytes: number; sha256: string }) => unknown[],
): Variant =>
  manifest(name, expected, (text) => {
    const parsed: { files: [{ name: string; bytes: number; sha256: string }] } = JSON.parse(text);
    return JSON.stringify({ ...parsed, files: list(parsed.files[0]) });
  });
const file = (
  name: string,
  expected: FolderProblem,
  make: (path: string, folder: string) => void,
): Variant => ({
  name: `file: ${name}`,
  expected,
  make: (folder) => make(join(folder, 'adapter.gguf'), folder),
});
const release = (name: string, expected: FolderProblem, make: (folder: string) => void): Variant => ({
  name: `release: ${name}`,
  expected,
  make,
});

const OUTSIDE = [
  '../adapter.gguf',
  '/etc/passwd',
  '..',
  'a/b',
  'C:\\adapter.gguf',
  '.hidden',
  'adapter.gguf\n',
  'a\u0000b',
  '',
  '~',
  '%2e%2e',
  'x'.repeat(101),
  '..\\adapter.gguf',
  '\u202Eadapter',
  './adapter.gguf',
];
const CUTS = [0, 1, 3, 4, 8, 15, 16, 23, 24, 40, 100, 200, 300, 500, 700];
const v = loraPair('blk.0.attn_v.weight', 576, 192, 2, 3);

const VARIANTS: readonly Variant[] = [
  // Names that lead elsewhere.
  ...OUTSIDE.map((outside) =>
    files(`names ${JSON.stringify(outside).slice(0, 24)}`, 'bad-name', (own) => [
      own,
      { ...own, name: outside },
    ]),
  ),
  // Cut off: on the disk, and in a manifest that says so itself.
  ...CUTS.map((length) => file(`cut to ${length} bytes`, 'truncated', (path) => truncateSync(path, length))),
  ...CUTS.slice(2).map(
    (length): Variant => ({
      ...wrongFile(
        `a file of ${length} bytes that its manifest calls whole`,
        length < 4 ? 'not-gguf' : 'truncated',
        madeAdapter().slice(0, length),
      ),
    }),
  ),
  wrongFile('ends in the middle of its tensors', 'truncated', madeAdapter().slice(0, -64)),
  // Altered, replaced, not there.
  ...[0, 5, 30, 400, 5_000, 9_000].map((at) =>
    file(`one bit at ${at}`, 'altered', (path) => {
      const bytes = readFileSync(path);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    }),
  ),
  file('one byte more', 'altered', (path) =>
    writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.alloc(1)])),
  ),
  file('another adapter', 'altered', (path) => writeFileSync(path, madeAdapter({ alpha: 5 }))),
  file('not there', 'missing-file', (path) => unlinkSync(path)),
  file('a link', 'no-plain-file', (path, folder) => {
    writeFileSync(join(folder, 'elsewhere'), readFileSync(path));
    unlinkSync(path);
    symlinkSync(join(folder, 'elsewhere'), path);
  }),
  file('a folder', 'no-plain-file', (path) => {
    unlinkSync(path);
    mkdirSync(path);
  }),
  file('three hundred megabytes', 'too-large', (path) => truncateSync(path, 300 * 2 ** 20)),
  file('no manifest', 'no-manifest', (_, folder) => unlinkSync(join(folder, 'manifest.json'))),
  file('a manifest that is a link', 'no-plain-file', (path, folder) => {
    unlinkSync(join(folder, 'manifest.json'));
    symlinkSync(path, join(folder, 'manifest.json'));
  }),
  // Manifests.
  manifest('two megabytes', 'too-large', (text) => text + ' '.repeat(2 ** 21)),
  manifest('no JSON', 'bad-manifest', (text) => text.slice(0, -3)),
  manifest('empty', 'bad-manifest', () => ''),
  manifest('null', 'bad-manifest', () => 'null'),
  manifest('another format', 'bad-manifest', (text) =>
    text.replace('medobsmind-adapter-1', 'medobsmind-adapter-2'),
  ),
  manifest('no base', 'bad-manifest', (text) => text.replace('"base"', '"bass"')),
  manifest('a hash that is none', 'bad-manifest', (text) => text.replace('c'.repeat(64), 'c'.repeat(63))),
  manifest('another base', 'other-base', (text) => text.replace('a'.repeat(64), 'b'.repeat(64))),
  files('no file', 'bad-manifest', () => []),
  files('no adapter among them', 'missing-file', (own) => [{ ...own, name: 'README.md' }]),
  files('the same file twice', 'bad-manifest', (own) => [own, own]),
  files('negative size', 'bad-manifest', (own) => [{ ...own, bytes: -1 }]),
  files('half a byte', 'bad-manifest', (own) => [{ ...own, bytes: 1.5 }]),
  files('more bytes than there are', 'truncated', (own) => [{ ...own, bytes: own.bytes + 1 }]),
  files('fewer bytes than there are', 'altered', (own) => [{ ...own, bytes: own.bytes - 1 }]),
  files('the hash of another', 'altered', (own) => [{ ...own, sha256: 'f'.repeat(64) }]),
  // Foreign and malformed adapters.
  ...['qwen2', 'gemma', 'mistral3', 'phi3', 'LLAMA', ''].map((architecture) =>
    spoiled(`architecture "${architecture}"`, 'foreign-architecture', { architecture }),
  ),
  spoiled('a model', 'not-an-adapter', { type: 'model' }),
  spoiled('a control vector', 'not-an-adapter', { adapterType: 'controlvector' }),
  spoiled('no tensor', 'not-an-adapter', { tensors: [] }),
  spoiled('no alpha', 'no-alpha', { alpha: null }),
  spoiled('alpha 0', 'no-alpha', { alpha: 0 }),
  spoiled('alpha below 0', 'no-alpha', { alpha: -1 }),
  spoiled('alpha no number', 'no-alpha', { alpha: Number.NaN }),
  spoiled('alpha without end', 'no-alpha', { alpha: Number.POSITIVE_INFINITY }),
  spoiled('the output matrix', 'foreign-tensor', { tensors: loraPair('output.weight', 576, 192, 2, 1) }),
  spoiled('embeddings', 'foreign-tensor', { tensors: loraPair('token_embd.weight', 576, 192, 2, 1) }),
  spoiled('a layer that the model has not', 'foreign-tensor', {
    tensors: loraPair('blk.30.attn_v.weight', 576, 192, 2, 1),
  }),
  spoiled('a matrix that the model has not', 'foreign-tensor', {
    tensors: loraPair('blk.0.ffn_up.weight', 576, 192, 2, 1),
  }),
  spoiled('a name with a path', 'foreign-tensor', {
    tensors: loraPair('../blk.0.attn_v.weight', 576, 192, 2, 1),
  }),
  spoiled('a wider model', 'wrong-shape', { tensors: loraPair('blk.0.attn_v.weight', 4096, 1024, 2, 1) }),
  spoiled('turned round', 'wrong-shape', { tensors: loraPair('blk.0.attn_v.weight', 192, 576, 2, 1) }),
  spoiled('half of a pair', 'wrong-shape', { tensors: v.slice(0, 1) }),
  spoiled('the same half twice', 'malformed', { tensors: [...v, ...v] }),
  spoiled('a rank beyond use', 'wrong-shape', { tensors: loraPair('blk.0.attn_v.weight', 576, 192, 600, 1) }),
  wrongFile('more behind the last tensor', 'wrong-size', Buffer.concat([madeAdapter(), Buffer.alloc(4096)])),
  wrongFile('a ZIP', 'not-gguf', Buffer.from('PK\u0003\u0004 and so on', 'latin1')),
  wrongFile('a pickle', 'not-gguf', Buffer.from('\u0080\u0002cposix\nsystem\n', 'latin1')),
  wrongFile(
    'version 99',
    'malformed',
    bytesOf((bytes) => void new DataView(bytes.buffer).setUint32(4, 99, true)),
  ),
  wrongFile(
    'a number of tensors without end',
    'malformed',
    bytesOf((bytes) => void new DataView(bytes.buffer).setBigUint64(8, 2n ** 63n, true)),
  ),
  wrongFile(
    'a number of values without end',
    'malformed',
    bytesOf((bytes) => void new DataView(bytes.buffer).setBigUint64(16, 2n ** 60n, true)),
  ),
  wrongFile(
    'a key longer than the file',
    'malformed',
    bytesOf((bytes) => void new DataView(bytes.buffer).setBigUint64(24, 2n ** 40n, true)),
  ),
  wrongFile(
    'a value of an unknown kind',
    'malformed',
    bytesOf((bytes) => void new DataView(bytes.buffer).setUint32(52, 77, true)),
  ),
  // Releases.
  release('no JSON', 'bad-release', (folder) => writeFileSync(join(folder, 'release.json'), '{')),
  release('nobody signed', 'bad-release', (folder) => released(folder, [], statementOf(folder))),
  release('one signed', 'bad-release', (folder) => released(folder, [clinical], statementOf(folder))),
  release('a stranger signed', 'unknown-key', (folder) =>
    released(folder, [stranger, technical], statementOf(folder)),
  ),
  release('a third, strange signature', 'unknown-key', (folder) =>
    released(folder, [clinical, technical, stranger], statementOf(folder)),
  ),
  release('in a role that is not theirs', 'wrong-role', (folder) =>
    released(folder, [{ ...clinical, role: 'technical' }, technical], statementOf(folder)),
  ),
  release('one role twice', 'wrong-role', (folder) =>
    released(folder, [technical, technical], statementOf(folder)),
  ),
  release('one person in both roles', 'same-signer', (folder) =>
    released(folder, [clinical, ...(ownersOther === undefined ? [] : [ownersOther])], statementOf(folder)),
  ),
  release('a key that was given up', 'retired-key', (folder) =>
    released(folder, [clinical, retired], statementOf(folder)),
  ),
  release('older than one in use', 'downgrade', (folder) =>
    released(folder, [clinical, technical], statementOf(folder, { sequence: 2 })),
  ),
  release('a number that was changed', 'bad-signature', (folder) =>
    released(folder, [clinical, technical], statementOf(folder), (text) =>
      text.replace('"sequence":5', '"sequence":6'),
    ),
  ),
  release('a report that was changed', 'bad-signature', (folder) =>
    released(folder, [clinical, technical], statementOf(folder), (text) =>
      text.replace('e'.repeat(64), 'f'.repeat(64)),
    ),
  ),
  release('a signature of another text', 'bad-signature', (folder) =>
    released(folder, [clinical, technical], statementOf(folder), (text) =>
      text.replace(/"signature":"...../u, '"signature":"AAAAA'),
    ),
  ),
  release('of another adapter', 'other-adapter', (folder) =>
    released(
      folder,
      [clinical, technical],
      statementOf(folder, { adapter: { sha256: 'f'.repeat(64), bytes: 1 } }),
    ),
  ),
  release('of another manifest', 'other-adapter', (folder) =>
    released(folder, [clinical, technical], statementOf(folder, { manifest: 'f'.repeat(64) })),
  ),
  release('another format', 'bad-release', (folder) =>
    released(folder, [clinical, technical], statementOf(folder), (text) =>
      text.replace(RELEASE_FORMAT, 'medobsmind-release-0'),
    ),
  ),
  release('two megabytes', 'too-large', (folder) =>
    released(folder, [clinical, technical], statementOf(folder), (text) => text + ' '.repeat(2 ** 21)),
  ),
];

test('there are a hundred, each with words in both languages', () => {
  expect(VARIANTS.length).toBeGreaterThanOrEqual(100);
  for (const { expected } of VARIANTS)
    for (const words of [errors, hindi]) {
      const text = words['adapter-refused']({ reason: expected, file: 'adapter.gguf' });
      const unknown = words['adapter-refused']({ reason: 'never heard of', file: 'adapter.gguf' });
      expect(text).not.toBe(unknown);
    }
});

let number = 0;
test.each(VARIANTS)('$name', async ({ expected, make, gguf }) => {
  number += 1;
  const folder = adapterFolder(
    parent,
    String(number),
    gguf ?? madeAdapter({ tensors: embeddedAdapter(1, 2) }),
  );
  make(folder);
  expect(await check(folder)).toMatchObject({ ok: false, problem: expected });
});

test('what is whole is taken, with and without a release, and nothing fits where there is no model', async () => {
  const folder = adapterFolder(parent, 'whole');
  expect(await check(folder)).toMatchObject({
    ok: true,
    value: { release: null, header: { rank: 2, alpha: 4 } },
  });
  released(folder, [clinical, technical], statementOf(folder));
  expect(await check(folder)).toMatchObject({ ok: true, value: { release: { statement: { sequence: 5 } } } });
  // A key that was given up still counts for what it signed before.
  released(folder, [clinical, retired], statementOf(folder, { sequence: 4 }));
  expect(await check(folder)).toMatchObject({ ok: true });
  expect(await check(folder, null)).toMatchObject({ ok: false, problem: 'other-base' });
  expect(await check(join(parent, 'nowhere'))).toMatchObject({ ok: false, problem: 'unreadable' });
});

test('what is signed has one way to be written', () => {
  expect(canonicalJson({ b: [1, 'ä'], a: { d: null, c: true } })).toBe(
    '{"a":{"c":true,"d":null},"b":[1,"ä"]}',
  );
  for (const ambiguous of [1.5, Number.NaN, -0, 2 ** 60])
    expect(() => canonicalJson({ ambiguous })).toThrow();
});
