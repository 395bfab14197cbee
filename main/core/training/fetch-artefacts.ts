/**
 * Brings what a finished run left from the host into a folder of this machine. The host may lie: every name, size and
 * hash is held against what was asked for, and nothing stands under the run's name before all of it is whole and on
 * disk.
 */
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import {
  ADAPTER_GGUF_FILE,
  type AdapterManifest,
  adapterManifestSchema,
} from '../../../app/learning/training/adapter-manifest.ts';
import type { ArtefactRefusal } from '../../../app/learning/training/artefacts.ts';
import type { TrainingEvent } from '../../../app/learning/training/event.ts';
import { ArtefactRefused, copyRemoteFile, isFullDisk, settleFolder } from './copy-remote-file.ts';
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
    await settleFolder(unfinished);
    await rm(wanted.into, { recursive: true, force: true });
    await rename(unfinished, wanted.into);
    await settleFolder(dirname(wanted.into));
    return null;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (error instanceof ArtefactRefused) return error.refusal;
    if (isFullDisk(error)) return { code: 'no-space', file: '' };
    throw error;
  }
}

async function fetchInto(folder: string, files: RemoteFiles, wanted: ArtefactsWanted): Promise<void> {
  const { from, finished, signal } = wanted;
  const about = await files.about(from);
  if (about === null) throw new ArtefactRefused('missing', '');
  if (about.kind !== 'folder') throw new ArtefactRefused('link', '');
  const bytes = await insistOnFile(files, from, ADAPTER_MANIFEST_FILE);
  if (bytes > MANIFEST_MOST) throw new ArtefactRefused('oversized', ADAPTER_MANIFEST_FILE);
  const described = { name: ADAPTER_MANIFEST_FILE, bytes, sha256: null };
  const parts: Buffer[] = [];
  await copyRemoteFile(files, from, folder, described, signal, (part) => parts.push(part));
  const manifest = read(Buffer.concat(parts));
  insistOnSame(manifest, finished, wanted.dataSetSha256);
  const needed = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const disk = await statfs(folder);
  if (disk.bavail * disk.bsize < needed + LEFT_FREE) throw new ArtefactRefused('no-space', '');
  for (const file of manifest.files) {
    const there = await insistOnFile(files, from, file.name);
    if (there < file.bytes) throw new ArtefactRefused('truncated', file.name);
    if (there > file.bytes) throw new ArtefactRefused('oversized', file.name);
    await copyRemoteFile(files, from, folder, file, signal, () => undefined);
  }
}

/** The manifest, or a refusal in which a name that leads elsewhere is told as that. */
function read(bytes: Buffer): AdapterManifest {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new ArtefactRefused('unreadable', ADAPTER_MANIFEST_FILE); // no JSON: told in words, not as what a parser says
  }
  const parsed = adapterManifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const inName = parsed.error.issues.some(({ path }) => path[0] === 'files' && path[2] === 'name');
  throw new ArtefactRefused(inName ? 'name' : 'unreadable', ADAPTER_MANIFEST_FILE);
}

/** It tells of this run: of the data set that was sent, and of the files that the trainer told through Ray. */
function insistOnSame(manifest: AdapterManifest, finished: Finished, dataSetSha256: string): void {
  if (manifest.dataSet.sha256 !== dataSetSha256) throw new ArtefactRefused('foreign', ADAPTER_MANIFEST_FILE);
  // Two names that a file system may take for one.
  const names = manifest.files.map(({ name }) => name.toLowerCase());
  if (new Set([...names, ADAPTER_MANIFEST_FILE]).size !== names.length + 1)
    throw new ArtefactRefused('name', ADAPTER_MANIFEST_FILE);
  const told = new Map(finished.artefacts.map((file) => [file.name, file]));
  for (const { name, bytes, sha256 } of manifest.files) {
    const same = told.get(name);
    if (same === undefined || same.bytes !== bytes || same.sha256 !== sha256)
      throw new ArtefactRefused('altered', name);
    if (bytes > FILE_MOST) throw new ArtefactRefused('oversized', name);
  }
  if (told.size !== manifest.files.length) throw new ArtefactRefused('altered', ADAPTER_MANIFEST_FILE);
  if (!told.has(ADAPTER_GGUF_FILE)) throw new ArtefactRefused('missing', ADAPTER_GGUF_FILE);
}

async function insistOnFile(files: RemoteFiles, folder: string, name: string): Promise<number> {
  const about = await files.about(posix.join(folder, name));
  if (about === null) throw new ArtefactRefused('missing', name);
  if (about.kind !== 'file') throw new ArtefactRefused('link', name);
  return about.bytes;
}

/** Whether artefacts stand there whole: a folder has this name only once everything in it is on disk. */
export async function areFetched(into: string): Promise<boolean> {
  return (await stat(join(into, ADAPTER_MANIFEST_FILE)).catch(() => null)) !== null;
}
