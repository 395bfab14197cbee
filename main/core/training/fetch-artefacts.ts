/**
 * Brings what a finished run left from the host into a folder of this machine. The host may lie: every name, size and
 * hash is held against what was asked for, and nothing stands under the run's name before all of it is whole and on
 * disk.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import {
  ADAPTER_GGUF_FILE,
  type AdapterManifest,
  adapterManifestSchema,
} from '../../../app/learning/training/adapter-manifest.ts';
import type { ArtefactRefusal } from '../../../app/learning/training/artefacts.ts';
import type { TrainingEvent } from '../../../app/learning/training/event.ts';
import { HostTrouble } from './host-trouble.ts';
import type { RemoteFiles } from './remote-files.ts';

type Finished = Extract<TrainingEvent, { event: 'finished' }>;

export interface ArtefactsWanted {
  /** The run's folder on the host. */
  readonly from: string;
  /** Where they will stand; its parent exists or is made. */
  readonly into: string;
  /** What the trainer told through Ray: the manifest must say the same. */
  readonly finished: Finished;
  readonly dataSetSha256: string;
  readonly signal: AbortSignal;
}

export const ADAPTER_MANIFEST_FILE = 'manifest.json';
/** The manifest of an adapter is two kilobytes. Ours. */
const MANIFEST_MOST = 1024 * 1024;
/** An adapter of all matrices of an 8B model at rank 256 has 5.4 GB in 32 bits. Ours. */
const FILE_MOST = 8 * 1024 ** 3;
/** What the record and the ward need stays free. Ours. */
const LEFT_FREE = 256 * 1024 * 1024;
/** A host that sends nothing for so long has gone. Ours. */
const STALL_MS = 60_000;

/** Null: it is all there. Throws HostTrouble where the host or the network failed, and then leaves nothing. */
export async function fetchArtefacts(
  files: RemoteFiles,
  wanted: ArtefactsWanted,
): Promise<ArtefactRefusal | null> {
  const unfinished = `${wanted.into}.part`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await fetchInto(unfinished, files, wanted);
    await settle(unfinished);
    await rm(wanted.into, { recursive: true, force: true });
    await rename(unfinished, wanted.into);
    await settle(dirname(wanted.into));
    return null;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (error instanceof Refused) return error.refusal;
    if (isFullDisk(error)) return { code: 'no-space', file: '' };
    throw error;
  }
}

class Refused extends Error {
  readonly refusal: ArtefactRefusal;
  constructor(code: ArtefactRefusal['code'], file: string) {
    super(code);
    this.refusal = { code, file };
  }
}

async function fetchInto(folder: string, files: RemoteFiles, wanted: ArtefactsWanted): Promise<void> {
  const { from, finished, signal } = wanted;
  const about = await files.about(from);
  if (about === null) throw new Refused('missing', '');
  if (about.kind !== 'folder') throw new Refused('link', '');
  const bytes = await insistOnFile(files, from, ADAPTER_MANIFEST_FILE);
  if (bytes > MANIFEST_MOST) throw new Refused('oversized', ADAPTER_MANIFEST_FILE);
  const described = { name: ADAPTER_MANIFEST_FILE, bytes, sha256: null };
  const parts: Buffer[] = [];
  await copyFile(files, from, folder, described, signal, (part) => parts.push(part));
  const manifest = read(Buffer.concat(parts));
  insistOnSame(manifest, finished, wanted.dataSetSha256);
  const needed = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < needed + LEFT_FREE) throw new Refused('no-space', '');
  for (const file of manifest.files) {
    const there = await insistOnFile(files, from, file.name);
    if (there < file.bytes) throw new Refused('truncated', file.name);
    if (there > file.bytes) throw new Refused('oversized', file.name);
    await copyFile(files, from, folder, file, signal, () => undefined);
  }
}

/** The manifest, or a refusal in which a name that leads elsewhere is told as that. */
function read(bytes: Buffer): AdapterManifest {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new Refused('unreadable', ADAPTER_MANIFEST_FILE); // no JSON: told in words, not as what a parser says
  }
  const parsed = adapterManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const inName = parsed.error.issues.some(({ path }) => path[0] === 'files' && path[2] === 'name');
  throw new Refused(inName ? 'name' : 'unreadable', ADAPTER_MANIFEST_FILE);
}

/** It tells of this run: of the data set that was sent, and of the files that the trainer told through Ray. */
function insistOnSame(manifest: AdapterManifest, finished: Finished, dataSetSha256: string): void {
  if (manifest.dataSet.sha256 !== dataSetSha256) throw new Refused('foreign', ADAPTER_MANIFEST_FILE);
  // Two names that a file system may take for one.
  const names = manifest.files.map(({ name }) => name.toLowerCase());
  if (new Set([...names, ADAPTER_MANIFEST_FILE]).size !== names.length + 1)
    throw new Refused('name', ADAPTER_MANIFEST_FILE);
  const told = new Map(finished.artefacts.map((file) => [file.name, file]));
  for (const { name, bytes, sha256 } of manifest.files) {
    const same = told.get(name);
    if (same === undefined || same.bytes !== bytes || same.sha256 !== sha256)
      throw new Refused('altered', name);
    if (bytes > FILE_MOST) throw new Refused('oversized', name);
  }
  if (told.size !== manifest.files.length) throw new Refused('altered', ADAPTER_MANIFEST_FILE);
  if (!told.has(ADAPTER_GGUF_FILE)) throw new Refused('missing', ADAPTER_GGUF_FILE);
}

async function insistOnFile(files: RemoteFiles, folder: string, name: string): Promise<number> {
  const about = await files.about(posix.join(folder, name));
  if (about === null) throw new Refused('missing', name);
  if (about.kind !== 'file') throw new Refused('link', name);
  return about.bytes;
}

interface Described {
  readonly name: string;
  readonly bytes: number;
  /** Null: nobody said what it should be. */
  readonly sha256: string | null;
}

async function copyFile(
  files: RemoteFiles,
  from: string,
  folder: string,
  { name, bytes, sha256 }: Described,
  signal: AbortSignal,
  onPart: (part: Buffer) => void,
): Promise<void> {
  const source = files.read(posix.join(from, name));
  const end = (): void => void source.destroy(new HostTrouble('unreachable', 'no answer in time'));
  let stall = setTimeout(end, STALL_MS);
  signal.addEventListener('abort', end);
  const target = await open(join(folder, name), 'wx', 0o600);
  const hash = createHash('sha256');
  let length = 0;
  try {
    for await (const given of source) {
      clearTimeout(stall);
      const part = Buffer.from(given);
      length += part.length;
      if (length > bytes) throw new Refused('oversized', name);
      hash.update(part);
      onPart(part);
      await target.writeFile(part);
      stall = setTimeout(end, STALL_MS);
    }
    await target.sync();
  } catch (error) {
    if (error instanceof Refused || error instanceof HostTrouble || isFullDisk(error)) throw error;
    throw new HostTrouble('unreachable', error instanceof Error ? error.message : '');
  } finally {
    clearTimeout(stall);
    signal.removeEventListener('abort', end);
    source.destroy();
    await target.close();
  }
  if (length < bytes) throw new Refused('truncated', name);
  if (sha256 !== null && hash.digest('hex') !== sha256) throw new Refused('altered', name);
}

/** On disk, names too. Windows settles a folder by itself and lets nobody open it. */
async function settle(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isFullDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}

/** Whether artefacts stand there whole: a folder has this name only once everything in it is on disk. */
export async function areFetched(into: string): Promise<boolean> {
  return (await stat(join(into, ADAPTER_MANIFEST_FILE)).catch(() => null)) !== null;
}
