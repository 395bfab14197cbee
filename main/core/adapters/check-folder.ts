/**
 * Whether a folder holds an adapter that this workstation may take: the trainer's manifest, every file of it with its
 * size and hash, a GGUF that fits the base model in use, and, where there is one, a release with good signatures. What
 * comes from elsewhere is read with limits and never trusted.
 */
import { createHash } from 'node:crypto';
import { lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AdapterFileProblem,
  type AdapterHeader,
  checkAdapterFile,
  type GgufHeader,
  readGgufHeader,
} from '../../../app/learning/adapters/gguf-adapter.ts';
import { type Release, type ReleaseProblem, releaseSchema } from '../../../app/learning/adapters/release.ts';
import {
  ADAPTER_GGUF_FILE,
  type AdapterManifest,
  adapterManifestSchema,
} from '../../../app/learning/training/adapter-manifest.ts';

/** Names in a folder that is handed over. */
export const ADAPTER_MANIFEST_FILE = 'manifest.json';
export const RELEASE_FILE = 'release.json';

/** An adapter of rank 64 of an 8B model has some 220 MB in f32. Ours. */
export const MOST_ADAPTER_BYTES = 256 * 2 ** 20;
const MOST_FILE_BYTES = 512 * 2 ** 20;
const MOST_TEXT_BYTES = 1 << 20;
/** Headers with the vocabulary of a large model stay below this. */
const MOST_HEADER_BYTES = 32 * 2 ** 20;
/** An adapter's own header has a name a matrix. */
const ADAPTER_HEADER_BYTES = 4 * 2 ** 20;

export type FolderProblem =
  | AdapterFileProblem
  | Exclude<ReleaseProblem, 'unsigned'>
  | 'no-manifest'
  | 'bad-manifest'
  | 'bad-name'
  | 'missing-file'
  | 'no-plain-file'
  | 'altered'
  | 'other-base'
  | 'bad-release'
  | 'unreadable';

export interface CheckedFolder {
  readonly id: string;
  readonly bytes: number;
  readonly manifest: AdapterManifest;
  readonly manifestText: string;
  readonly header: AdapterHeader;
  /** Null: nobody has signed it yet. */
  readonly release: Release | null;
}

export interface FolderExpectations {
  /** SHA-256 of the model in use; null: there is none, and nothing fits. */
  readonly baseSha256: string | null;
  /** Null: shapes cannot be compared (the model is not in this program's folder). */
  readonly baseHeader: GgufHeader | null;
  /** Why a release does not count here; null: it does. */
  readonly releaseProblem: (
    release: Release,
    adapter: { readonly sha256: string; readonly bytes: number },
    manifest: string,
  ) => ReleaseProblem | null;
}

type Checked =
  | { readonly ok: true; readonly value: CheckedFolder }
  | { readonly ok: false; readonly problem: FolderProblem; readonly file: string };

class Refused extends Error {
  readonly problem: FolderProblem;
  readonly file: string;
  constructor(problem: FolderProblem, file: string) {
    super(problem);
    this.problem = problem;
    this.file = file;
  }
}

/** The first bytes of a file, at most `most`; refuses links and what is no file. */
async function firstBytes(folder: string, name: string, most: number): Promise<Buffer> {
  const file = join(folder, name);
  const found = await lstat(file).catch(() => null);
  if (found === null) throw new Refused('missing-file', name);
  if (!found.isFile()) throw new Refused('no-plain-file', name);
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(found.size, most));
    let at = 0;
    while (at < buffer.length) {
      const { bytesRead } = await handle.read(buffer, at, buffer.length - at, at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return buffer.subarray(0, at);
  } finally {
    await handle.close();
  }
}

async function textOf(folder: string, name: string): Promise<string> {
  const bytes = await firstBytes(folder, name, MOST_TEXT_BYTES + 1);
  if (bytes.length > MOST_TEXT_BYTES) throw new Refused('too-large', name);
  return bytes.toString('utf8');
}

function json(text: string, problem: FolderProblem, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(problem, file);
  }
}

/** Size and hash of a file as they are, within a limit. */
async function measured(
  folder: string,
  name: string,
  most: number,
): Promise<{ bytes: number; sha256: string }> {
  const found = await lstat(join(folder, name)).catch(() => null);
  if (found === null) throw new Refused('missing-file', name);
  if (!found.isFile()) throw new Refused('no-plain-file', name);
  if (found.size > most) throw new Refused('too-large', name);
  const hash = createHash('sha256');
  const handle = await open(join(folder, name), 'r');
  let bytes = 0;
  try {
    for await (const chunk of handle.createReadStream({ highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      bytes += chunk.length;
      // It may grow while it is read.
      if (bytes > most) throw new Refused('too-large', name);
    }
  } finally {
    await handle.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}

async function check(folder: string, expected: FolderExpectations): Promise<CheckedFolder> {
  const names = await readdir(folder);
  if (!names.includes(ADAPTER_MANIFEST_FILE)) throw new Refused('no-manifest', ADAPTER_MANIFEST_FILE);
  const manifestText = await textOf(folder, ADAPTER_MANIFEST_FILE);
  const manifest = adapterManifestSchema.safeParse(json(manifestText, 'bad-manifest', ADAPTER_MANIFEST_FILE));
  if (!manifest.success) {
    const badName = manifest.error.issues.some(({ path }) => path[0] === 'files' && path.at(-1) === 'name');
    throw new Refused(badName ? 'bad-name' : 'bad-manifest', ADAPTER_MANIFEST_FILE);
  }
  const { files, base } = manifest.data;
  if (new Set(files.map(({ name }) => name)).size !== files.length)
    throw new Refused('bad-manifest', ADAPTER_MANIFEST_FILE);
  if (!files.some(({ name }) => name === ADAPTER_GGUF_FILE))
    throw new Refused('missing-file', ADAPTER_GGUF_FILE);
  let gguf = { bytes: 0, sha256: '' };
  for (const { name, bytes, sha256 } of files) {
    const isGguf = name === ADAPTER_GGUF_FILE;
    // What the program does not load need not come with it; what has come must be what it says.
    if (!isGguf && !names.includes(name)) continue;
    const found = await measured(folder, name, isGguf ? MOST_ADAPTER_BYTES : MOST_FILE_BYTES);
    if (found.bytes < bytes) throw new Refused('truncated', name);
    if (found.bytes > bytes || found.sha256 !== sha256) throw new Refused('altered', name);
    if (isGguf) gguf = found;
  }
  if (base.sha256 !== expected.baseSha256) throw new Refused('other-base', ADAPTER_MANIFEST_FILE);
  const read = readGgufHeader(await firstBytes(folder, ADAPTER_GGUF_FILE, ADAPTER_HEADER_BYTES));
  if (!read.ok) throw new Refused(read.problem, ADAPTER_GGUF_FILE);
  const fits = checkAdapterFile(read.header, gguf.bytes, expected.baseHeader);
  if (!fits.ok) throw new Refused(fits.problem, ADAPTER_GGUF_FILE);
  const release = names.includes(RELEASE_FILE) ? await signedRelease() : null;
  return {
    id: gguf.sha256,
    bytes: gguf.bytes,
    manifest: manifest.data,
    manifestText,
    header: fits.adapter,
    release,
  };

  async function signedRelease(): Promise<Release> {
    const parsed = releaseSchema.safeParse(
      json(await textOf(folder, RELEASE_FILE), 'bad-release', RELEASE_FILE),
    );
    if (!parsed.success) throw new Refused('bad-release', RELEASE_FILE);
    const problem = expected.releaseProblem(parsed.data, gguf, sha256Text(manifestText));
    if (problem !== null) throw new Refused(problem === 'unsigned' ? 'bad-release' : problem, RELEASE_FILE);
    return parsed.data;
  }
}

/** Checks a folder. Never rejects: what cannot be read is a refusal too. */
export async function checkAdapterFolder(folder: string, expected: FolderExpectations): Promise<Checked> {
  try {
    return { ok: true, value: await check(folder, expected) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, problem: error.problem, file: error.file };
    return { ok: false, problem: 'unreadable', file: '' };
  }
}

/** The header of the base model's file; null where there is none that can be read. */
export async function baseHeaderOf(folder: string, name: string): Promise<GgufHeader | null> {
  try {
    const read = readGgufHeader(await firstBytes(folder, name, MOST_HEADER_BYTES));
    return read.ok ? read.header : null;
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** SHA-256 of a text's UTF-8 bytes, in hex. */
export function sha256Text(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
