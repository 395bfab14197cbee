/**
 * Signed heads of the audit chain. The rows alone do not show that their end was cut off; a head that was signed by
 * the workstation's key and kept elsewhere does. Each is also a file of its own where the ward names a folder.
 *
 * Signatures are Ed25519 (RFC 8032) over the text of `signedText`.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import { readChainHead } from './audit.ts';

export interface AuditHead {
  readonly sequence: number;
  readonly hash: Uint8Array;
  /** ISO 8601. */
  readonly at: string;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  readonly signature: Uint8Array;
}

const bytes = z.instanceof(Uint8Array);
const headRow = z
  .object({
    sequence: z.number().int(),
    hash: bytes,
    at: z.string(),
    public_key: bytes,
    signature: bytes,
  })
  .transform(
    ({ public_key: publicKey, ...head }): AuditHead => ({
      ...head,
      publicKey,
    }),
  );
const keyRow = z.object({ public_key: bytes, private_key_sealed: bytes });

const base64 = z.base64().transform((text) => Uint8Array.from(Buffer.from(text, 'base64')));
const headFileSchema = z.object({
  format: z.literal(1),
  sequence: z.number().int().min(1),
  hash: z.hex().transform((text) => Uint8Array.from(Buffer.from(text, 'hex'))),
  at: z.iso.datetime(),
  publicKey: base64,
  signature: base64,
});

const HEAD_FILE = /^audit-head-\d{12}\.json$/;
/** Heads that a folder lacks are written later, so many back. */
const MOST_EXPORTED = 500;

/** Signs the end of the chain in the caller's transaction; null where the last head is of the same row. */
export function signHead(write: Writer, sealing: Sealing, at: string): AuditHead | null {
  const end = readChainHead(write);
  if (end === null || end.sequence === (lastHead(write)?.sequence ?? 0)) return null;
  const key = workstationKey(write, sealing, at);
  const unsigned = { sequence: end.sequence, hash: end.hash, at, publicKey: key.publicKey };
  const head = { ...unsigned, signature: sign(null, signedText(unsigned), key.privateKey) };
  write.run(
    'INSERT INTO audit_heads (sequence, hash, at, public_key, signature) VALUES (?, ?, ?, ?, ?)',
    head.sequence,
    head.hash,
    head.at,
    head.publicKey,
    head.signature,
  );
  return head;
}

export function lastHead(read: Reader): AuditHead | null {
  return read.one(headRow, 'SELECT * FROM audit_heads ORDER BY sequence DESC LIMIT 1');
}

/** All heads of the record, oldest first. */
export function readHeads(read: Reader): AuditHead[] {
  return read.all(headRow, 'SELECT * FROM audit_heads ORDER BY sequence');
}

/** True where the signature is the key's own. */
export function isSigned(head: AuditHead): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(head.publicKey), format: 'der', type: 'spki' });
    return verify(null, signedText(head), key, head.signature);
  } catch {
    return false; // not a key, not a signature
  }
}

/** Writes the heads that `folder` lacks, each whole or not at all; returns how many. Throws where it cannot. */
export function exportHeads(read: Reader, folder: string): number {
  const there = new Set(readdirSync(folder));
  const recent = read.all(headRow, 'SELECT * FROM audit_heads ORDER BY sequence DESC LIMIT ?', MOST_EXPORTED);
  const lacking = recent.filter(({ sequence }) => !there.has(fileOf(sequence)));
  for (const head of lacking.reverse()) {
    const file = join(folder, fileOf(head.sequence));
    writeFileSync(`${file}.part`, `${JSON.stringify(headJson(head))}\n`, { flush: true });
    renameSync(`${file}.part`, file);
  }
  return lacking.length;
}

/** The heads kept in a folder. Throws, naming the file, where one cannot be read. */
export function readHeadFiles(folder: string): AuditHead[] {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  return readdirSync(folder)
    .filter((name) => HEAD_FILE.test(name))
    .sort()
    .map((name) => {
      try {
        return headFileSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      } catch (error) {
        throw new Error(`${name} is not an audit head`, { cause: error });
      }
    });
}

function headJson(head: AuditHead): z.input<typeof headFileSchema> {
  return {
    format: 1,
    sequence: head.sequence,
    hash: Buffer.from(head.hash).toString('hex'),
    at: head.at,
    publicKey: Buffer.from(head.publicKey).toString('base64'),
    signature: Buffer.from(head.signature).toString('base64'),
  };
}

function fileOf(sequence: number): string {
  return `audit-head-${String(sequence).padStart(12, '0')}.json`;
}

function signedText(head: Omit<AuditHead, 'signature'>): Uint8Array {
  const hash = Buffer.from(head.hash).toString('hex');
  return Buffer.from(`medobsmind audit head 1\n${head.sequence}\n${hash}\n${head.at}\n`);
}

/** The workstation's key, made where there is none that opens. Its private half is sealed with the data key. */
function workstationKey(
  write: Writer,
  sealing: Sealing,
  at: string,
): { readonly publicKey: Uint8Array; readonly privateKey: KeyObject } {
  const kept = write.one(
    keyRow,
    'SELECT public_key, private_key_sealed FROM workstation_keys ORDER BY id DESC LIMIT 1',
  );
  if (kept !== null) {
    const der = sealing.open('workstation_keys.private_key', kept.private_key_sealed);
    return {
      publicKey: kept.public_key,
      privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }),
    };
  }
  return newWorkstationKey(write, sealing, at);
}

/** Signs a text in the name of this workstation (Ed25519), in the caller's transaction. */
export function signAsWorkstation(
  write: Writer,
  sealing: Sealing,
  at: string,
  text: string,
): { readonly publicKey: Uint8Array; readonly signature: Uint8Array } {
  const { publicKey, privateKey } = workstationKey(write, sealing, at);
  return { publicKey, signature: sign(null, Buffer.from(text, 'utf8'), privateKey) };
}

/** Gives the workstation a new key: a record that came from another machine does not sign in that one's name. */
export function newWorkstationKey(
  write: Writer,
  sealing: Sealing,
  at: string,
): { readonly publicKey: Uint8Array; readonly privateKey: KeyObject } {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ format: 'der', type: 'spki' });
  write.run(
    'INSERT INTO workstation_keys (public_key, private_key_sealed, created_ms) VALUES (?, ?, ?)',
    publicKey,
    sealing.seal('workstation_keys.private_key', pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
    Date.parse(at),
  );
  return { publicKey, privateKey: pair.privateKey };
}
