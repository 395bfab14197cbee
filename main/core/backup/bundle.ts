/**
 * A backup is one file: a line that says what it is, the manifest, the database. The manifest carries the wrapped data
 * keys, so that the recovery key alone opens the backup on another machine.
 */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { type Envelope, envelopesJson, envelopesJsonSchema } from '../sealing/envelopes.ts';

const MAGIC = Buffer.from('MEDOBSMIND-BACKUP-1\n');
/** A line with the manifest's length (8 digits) and its SHA-256. */
const LINE_BYTES = 8 + 1 + 64 + 1;
const MOST_MANIFEST = 4 * 1024 * 1024;
const CHUNK = 1024 * 1024;

const manifestSchema = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  program: z.string(),
  schema: z.number().int().min(1),
  /** Of the database in it. */
  bytes: z.number().int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  auditHead: z.object({ sequence: z.number().int(), hash: z.string() }).nullable(),
  envelopes: envelopesJsonSchema,
});
export type Manifest = z.output<typeof manifestSchema>;

/** Why a file is not a backup that can be used. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

/** Writes the bundle of `database` to `out`, whole or not at all. Returns the manifest and the bundle's size. */
export function writeBundle(
  database: string,
  out: string,
  about: {
    readonly createdAt: string;
    readonly program: string;
    readonly schema: number;
    readonly auditHead: Manifest['auditHead'];
    readonly envelopes: readonly Envelope[];
  },
): { readonly sha256: string; readonly bytes: number } {
  const sha256 = hashOfFile(database, 0);
  const manifest: z.input<typeof manifestSchema> = {
    format: 1,
    ...about,
    bytes: statSync(database).size,
    sha256,
    envelopes: envelopesJson(about.envelopes),
  };
  const text = Buffer.from(JSON.stringify(manifest));
  const part = `${out}.part`;
  try {
    const handle = openSync(part, 'w', 0o600);
    try {
      writeSync(handle, MAGIC);
      writeSync(handle, `${String(text.length).padStart(8, '0')} ${hashOf(text)}\n`);
      writeSync(handle, text);
      for (const chunk of chunksOf(database, 0)) writeSync(handle, chunk);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(part, out);
  } finally {
    rmSync(part, { force: true });
  }
  return { sha256, bytes: statSync(out).size };
}

/** Reads the manifest and where the database begins. Throws `BundleError` where `file` is no backup. */
export function readManifest(file: string): { readonly manifest: Manifest; readonly offset: number } {
  const front = readAt(file, 0, MAGIC.length + LINE_BYTES);
  if (!front.subarray(0, MAGIC.length).equals(MAGIC)) throw new BundleError('this is not a backup of a ward');
  const [digits = '', sha256] = front.subarray(MAGIC.length).toString('latin1').trimEnd().split(' ');
  const length = Number(digits);
  if (!Number.isInteger(length) || length < 1 || length > MOST_MANIFEST)
    throw new BundleError('the backup’s manifest is damaged');
  try {
    const text = readAt(file, MAGIC.length + LINE_BYTES, length);
    if (hashOf(text) !== sha256) throw new Error('its sum differs');
    const manifest = manifestSchema.parse(JSON.parse(text.toString('utf8')));
    return { manifest, offset: MAGIC.length + LINE_BYTES + length };
  } catch (error) {
    throw new BundleError('the backup’s manifest is damaged', { cause: error });
  }
}

/** Throws `BundleError` where the database in the bundle is not the one that the manifest tells of. */
export function checkBundle(file: string): Manifest {
  const { manifest, offset } = readManifest(file);
  if (statSync(file).size !== offset + manifest.bytes || hashOfFile(file, offset) !== manifest.sha256)
    throw new BundleError('the backup is incomplete or was altered');
  return manifest;
}

/** Takes the database out into `target`, which must not be there. Throws `BundleError` where it was altered. */
export function extractBundle(file: string, target: string): Manifest {
  const manifest = checkBundle(file);
  const { offset } = readManifest(file);
  const handle = openSync(target, 'wx', 0o600);
  try {
    for (const chunk of chunksOf(file, offset)) writeSync(handle, chunk);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return manifest;
}

function readAt(file: string, offset: number, length: number): Buffer {
  const handle = openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    const read = readSync(handle, bytes, 0, length, offset);
    return bytes.subarray(0, read);
  } finally {
    closeSync(handle);
  }
}

function* chunksOf(file: string, from: number): Iterable<Buffer> {
  const handle = openSync(file, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK);
    for (let offset = from; ; ) {
      const read = readSync(handle, chunk, 0, CHUNK, offset);
      if (read === 0) return;
      yield chunk.subarray(0, read);
      offset += read;
    }
  } finally {
    closeSync(handle);
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hashOfFile(file: string, from: number): string {
  const hash = createHash('sha256');
  for (const chunk of chunksOf(file, from)) hash.update(chunk);
  return hash.digest('hex');
}
