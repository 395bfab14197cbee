/** One file from elsewhere into a folder of this machine: as long as it was said to be, with the hash that was said. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { ArtefactRefusal } from '../../../app/learning/training/artefacts.ts';
import { HostTrouble } from './host-trouble.ts';
import type { RemoteFiles } from './remote-files.ts';

/** A host that sends nothing for so long has gone. Ours. */
const STALL_MS = 60_000;

/** What came is not what was said. */
export class ArtefactRefused extends Error {
  readonly refusal: ArtefactRefusal;
  constructor(code: ArtefactRefusal['code'], file: string) {
    super(code);
    this.refusal = { code, file };
  }
}

export interface DescribedFile {
  readonly name: string;
  readonly bytes: number;
  /** Null: nobody said what it should be. */
  readonly sha256: string | null;
}

/** Throws ArtefactRefused, or HostTrouble where the host or the network failed. `onPart` sees each part as it is kept. */
export async function copyRemoteFile(
  files: Pick<RemoteFiles, 'read'>,
  from: string,
  folder: string,
  { name, bytes, sha256 }: DescribedFile,
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
      if (length > bytes) throw new ArtefactRefused('oversized', name);
      hash.update(part);
      onPart(part);
      await target.writeFile(part);
      stall = setTimeout(end, STALL_MS);
    }
    await target.sync();
  } catch (error) {
    if (error instanceof ArtefactRefused || error instanceof HostTrouble || isFullDisk(error)) throw error;
    throw new HostTrouble('unreachable', error instanceof Error ? error.message : '');
  } finally {
    clearTimeout(stall);
    signal.removeEventListener('abort', end);
    source.destroy();
    await target.close();
  }
  if (length < bytes) throw new ArtefactRefused('truncated', name);
  if (sha256 !== null && hash.digest('hex') !== sha256) throw new ArtefactRefused('altered', name);
}

/** On disk, names too. Windows settles a folder by itself and lets nobody open it. */
export async function settleFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isFullDisk(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
}
