/**
 * The wrapped data keys: rows of `key_envelope`, and a copy of them in a file beside the database. Without the copy
 * one damaged page could cost every name of the ward.
 */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { z } from 'zod';
import type { Reader, Writer } from '../store/database.ts';
import type { WrappedBy } from './key-wrapper.ts';

/** Beside the database. What it holds opens nothing without the protection that it names. */
export const ENVELOPES_FILE = 'key-envelopes.json';

export interface Envelope {
  readonly keyVersion: number;
  readonly wrappedBy: WrappedBy;
  readonly wrapped: Uint8Array;
  readonly createdMs: number;
}

const wrappedBySchema = z.enum(['os-keystore', 'passphrase', 'permissions-only', 'recovery']);

const envelopeRow = z
  .object({
    key_version: z.number().int(),
    wrapped_by: wrappedBySchema,
    wrapped: z.instanceof(Uint8Array),
    created_ms: z.number().int(),
  })
  .transform(
    (row): Envelope => ({
      keyVersion: row.key_version,
      wrappedBy: row.wrapped_by,
      wrapped: row.wrapped,
      createdMs: row.created_ms,
    }),
  );

/** Envelopes as JSON carries them, in the file and in a backup's manifest. */
export const envelopesJsonSchema = z.array(
  z
    .object({
      keyVersion: z.number().int().min(1),
      wrappedBy: wrappedBySchema,
      wrapped: z.base64(),
      createdMs: z.number().int(),
    })
    .transform((entry): Envelope => ({ ...entry, wrapped: Buffer.from(entry.wrapped, 'base64') })),
);
const fileSchema = z.object({ format: z.literal(1), envelopes: envelopesJsonSchema });

export function envelopesJson(envelopes: readonly Envelope[]): z.input<typeof envelopesJsonSchema> {
  return envelopes.map((one) => ({ ...one, wrapped: Buffer.from(one.wrapped).toString('base64') }));
}

/** All envelopes, the oldest key first. */
export function readEnvelopes(read: Reader): Envelope[] {
  return read.all(
    envelopeRow,
    'SELECT key_version, wrapped_by, wrapped, created_ms FROM key_envelope ORDER BY key_version, wrapped_by',
  );
}

/** Puts an envelope in, in place of the one of the same key and protection. */
export function writeEnvelope(write: Writer, envelope: Envelope): void {
  write.run(
    `INSERT INTO key_envelope (key_version, wrapped_by, wrapped, created_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (key_version, wrapped_by) DO UPDATE
     SET wrapped = excluded.wrapped, created_ms = excluded.created_ms`,
    envelope.keyVersion,
    envelope.wrappedBy,
    envelope.wrapped,
    envelope.createdMs,
  );
}

/** Takes out what other protections of one machine hold; the recovery key's envelopes stay. */
export function dropMachineEnvelopes(write: Writer, but: WrappedBy): void {
  write.run("DELETE FROM key_envelope WHERE wrapped_by <> 'recovery' AND wrapped_by <> ?", but);
}

/** The copy beside the database; null where there is none or it cannot be read. */
export function readEnvelopesFile(file: string): Envelope[] | null {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).envelopes;
  } catch {
    return null; // none yet, or damaged: the database's own envelopes then count
  }
}

/** `first`, and of `second` what is of a key and protection that `first` lacks; the oldest key first. */
export function unionOfEnvelopes(first: readonly Envelope[], second: readonly Envelope[]): Envelope[] {
  const isIn = ({ keyVersion, wrappedBy }: Envelope): boolean =>
    first.some((one) => one.keyVersion === keyVersion && one.wrappedBy === wrappedBy);
  return [...first, ...second.filter((one) => !isIn(one))].sort(
    (a, b) => a.keyVersion - b.keyVersion || (a.wrappedBy < b.wrappedBy ? -1 : 1),
  );
}

/** True where both have an envelope in common: then they are of one record. */
export function shareAnEnvelope(a: readonly Envelope[], b: readonly Envelope[]): boolean {
  return a.some((one) => b.some((other) => Buffer.compare(one.wrapped, other.wrapped) === 0));
}

/**
 * What the copy is to be where the record has `envelopes`: these, and what it has of key versions that are not among
 * them. It may be the last place where such a key is.
 */
export function copyOf(file: string, envelopes: readonly Envelope[]): Envelope[] {
  const versions = new Set(envelopes.map(({ keyVersion }) => keyVersion));
  const others = (readEnvelopesFile(file) ?? []).filter(({ keyVersion }) => !versions.has(keyVersion));
  return unionOfEnvelopes(envelopes, others);
}

/** Writes the copy, whole or not at all, as `copyOf` says. Throws where the disk refuses. */
export function writeEnvelopesFile(file: string, envelopes: readonly Envelope[]): void {
  const all = copyOf(file, envelopes);
  const part = `${file}.part`;
  const handle = openSync(part, 'w', 0o600);
  try {
    writeSync(handle, JSON.stringify({ format: 1, envelopes: envelopesJson(all) }));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
}
