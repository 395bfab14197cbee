/**
 * Brings a signed adapter from a place of exchange into a folder of this machine. The place may lie: names, sizes and
 * hashes are held against the manifest, and the folder has its name only when all of it is whole and on disk. Whether
 * its signatures count is looked at where every folder's are.
 */
import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import type { BundleRefusal } from '../../../app/learning/exchange/place.ts';
import { ADAPTER_GGUF_FILE, adapterManifestSchema } from '../../../app/learning/training/adapter-manifest.ts';
import { ADAPTER_MANIFEST_FILE, MOST_ADAPTER_BYTES, RELEASE_FILE } from '../adapters/check-folder.ts';
import { ArtefactRefused, copyRemoteFile, isFullDisk, settleFolder } from '../training/copy-remote-file.ts';
import type { ExchangeFiles } from './exchange-files.ts';

/** Manifest and release are some kilobytes. Ours. */
const TEXT_MOST = 1 << 20;
/** What the record and the ward need stays free. Ours. */
const LEFT_FREE = 256 * 1024 * 1024;

/** Null: it is there. Throws HostTrouble where the place failed, and then leaves nothing. */
export async function fetchBundle(
  files: ExchangeFiles,
  from: string,
  into: string,
  signal: AbortSignal,
): Promise<{ readonly code: BundleRefusal; readonly file: string } | null> {
  const unfinished = `${into}.part`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    const text = async (name: string): Promise<string> => {
      const bytes = await sizeOf(files, from, name);
      if (bytes === null) throw new ArtefactRefused('missing', name);
      if (bytes > TEXT_MOST) throw new ArtefactRefused('oversized', name);
      return copy(name, bytes, null);
    };
    const copy = async (name: string, bytes: number, sha256: string | null): Promise<string> => {
      const parts: Buffer[] = [];
      const keep = (part: Buffer): void => {
        if (sha256 === null) parts.push(part);
      };
      await copyRemoteFile(files, from, unfinished, { name, bytes, sha256 }, signal, keep);
      return Buffer.concat(parts).toString('utf8');
    };
    if ((await sizeOf(files, from, RELEASE_FILE)) === null) return { code: 'unsigned', file: RELEASE_FILE };
    await text(RELEASE_FILE);
    const manifest = adapterManifestSchema.safeParse(json(await text(ADAPTER_MANIFEST_FILE)));
    if (!manifest.success) return { code: 'unreadable', file: ADAPTER_MANIFEST_FILE };
    // The program loads this one; what else was trained need not travel.
    const gguf = manifest.data.files.find(({ name }) => name === ADAPTER_GGUF_FILE);
    if (gguf === undefined) return { code: 'missing', file: ADAPTER_GGUF_FILE };
    if (gguf.bytes > MOST_ADAPTER_BYTES) return { code: 'oversized', file: ADAPTER_GGUF_FILE };
    const there = await sizeOf(files, from, gguf.name);
    if (there === null) return { code: 'missing', file: gguf.name };
    if (there < gguf.bytes) return { code: 'truncated', file: gguf.name };
    if (there > gguf.bytes) return { code: 'oversized', file: gguf.name };
    const disk = await statfs(unfinished);
    if (disk.bavail * disk.bsize < gguf.bytes + LEFT_FREE) return { code: 'no-space', file: '' };
    await copy(gguf.name, gguf.bytes, gguf.sha256);
    await settleFolder(unfinished);
    await rename(unfinished, into);
    return null;
  } catch (error) {
    if (error instanceof ArtefactRefused) {
      const { code, file } = error.refusal;
      return { code: code === 'foreign' ? 'unreadable' : code, file };
    }
    if (isFullDisk(error)) return { code: 'no-space', file: '' };
    throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function sizeOf(files: ExchangeFiles, folder: string, name: string): Promise<number | null> {
  const about = await files.about(`${folder}/${name}`);
  if (about === null) return null;
  if (about.kind !== 'file') throw new ArtefactRefused('link', name);
  return about.bytes;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // refused by the schema
  }
}
