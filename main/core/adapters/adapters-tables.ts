/** The SQL of the adapter tables. */
import { z } from 'zod';
import {
  type AdapterAct,
  adapterActSchema,
  type Registry,
  registryOf,
  SIGNER_ROLES,
  type SignerRole,
} from '../../../app/learning/adapters/life.ts';
import { type Statement, statementSchema } from '../../../app/learning/adapters/release.ts';
import type { Reader, Writer } from '../store/database.ts';

export interface KeptAdapter {
  readonly id: string;
  readonly version: string;
  readonly stagedMs: number;
  readonly stagedBy: string;
  readonly bytes: number;
  /** The trainer's manifest, word for word. */
  readonly manifest: string;
}

export function insertAdapter(write: Writer, kept: KeptAdapter): void {
  write.run(
    'INSERT INTO adapters (id, version, staged_ms, staged_by, bytes, manifest) VALUES (?, ?, ?, ?, ?, ?)',
    kept.id,
    kept.version,
    kept.stagedMs,
    kept.stagedBy,
    kept.bytes,
    kept.manifest,
  );
}

const adapterRow = z
  .object({
    id: z.string(),
    version: z.string(),
    staged_ms: z.number(),
    staged_by: z.string(),
    bytes: z.number(),
    manifest: z.string(),
  })
  .transform(
    ({ staged_ms: stagedMs, staged_by: stagedBy, ...rest }): KeptAdapter => ({
      ...rest,
      stagedMs,
      stagedBy,
    }),
  );

/** Newest first. */
export function readAdapters(read: Reader): KeptAdapter[] {
  return read.all(
    adapterRow,
    'SELECT id, version, staged_ms, staged_by, bytes, manifest FROM adapters ORDER BY staged_ms DESC, id',
  );
}

export interface KeptAct {
  readonly atMs: number;
  readonly by: string;
  readonly act: AdapterAct;
}

export function insertAct(write: Writer, { atMs, by, act }: KeptAct): void {
  write.run(
    'INSERT INTO adapter_acts (adapter_id, at_ms, by, act) VALUES (?, ?, ?, ?)',
    act.adapter,
    atMs,
    by,
    JSON.stringify(act),
  );
}

/** Oldest first. */
export function readActs(read: Reader): KeptAct[] {
  return read
    .all(
      z.object({ at_ms: z.number(), by: z.string(), act: z.string() }),
      'SELECT at_ms, by, act FROM adapter_acts ORDER BY number',
    )
    .map(({ at_ms: atMs, by, act }) => ({ atMs, by, act: adapterActSchema.parse(JSON.parse(act)) }));
}

export function readRegistry(read: Reader): Registry {
  return registryOf(readActs(read).map(({ act }) => act));
}

export interface SigningKey {
  readonly id: string;
  readonly role: SignerRole;
  /** Null: somebody's of another ward. */
  readonly personId: string | null;
  readonly name: string;
  /** SPKI, DER. */
  readonly publicKey: Uint8Array;
  readonly privateKeySealed: Uint8Array | null;
  readonly addedMs: number;
  readonly retiredAfter: number | null;
}

const bytes = z.instanceof(Uint8Array);
const keyRow = z
  .object({
    id: z.string(),
    role: z.enum(SIGNER_ROLES),
    person_id: z.string().nullable(),
    name: z.string(),
    public_key: bytes,
    private_key_sealed: bytes.nullable(),
    added_ms: z.number(),
    retired_after: z.number().nullable(),
  })
  .transform(
    (row): SigningKey => ({
      id: row.id,
      role: row.role,
      personId: row.person_id,
      name: row.name,
      publicKey: row.public_key,
      privateKeySealed: row.private_key_sealed,
      addedMs: row.added_ms,
      retiredAfter: row.retired_after,
    }),
  );

export function readSigningKeys(read: Reader): SigningKey[] {
  return read.all(
    keyRow,
    `SELECT id, role, person_id, name, public_key, private_key_sealed, added_ms, retired_after FROM signing_keys
     ORDER BY added_ms, id`,
  );
}

export function insertSigningKey(
  write: Writer,
  key: Omit<SigningKey, 'retiredAfter'>,
  addedBy: string,
): void {
  write.run(
    `INSERT INTO signing_keys (id, role, person_id, name, public_key, private_key_sealed, added_ms, added_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    key.id,
    key.role,
    key.personId,
    key.name,
    key.publicKey,
    key.privateKeySealed,
    key.addedMs,
    addedBy,
  );
}

/** From now on the key signs nothing; what it signed up to this release still counts. */
export function retireSigningKey(write: Writer, id: string, after: number): void {
  write.run('UPDATE signing_keys SET retired_after = ?, private_key_sealed = NULL WHERE id = ?', after, id);
}

export interface KeptSignature {
  readonly role: SignerRole;
  readonly keyId: string;
  readonly signature: Uint8Array;
  readonly atMs: number;
}

/** Replaces what stood there: new gates make a new statement. */
export function writeStatement(write: Writer, adapterId: string, statement: Statement): void {
  write.run('DELETE FROM adapter_signatures WHERE adapter_id = ?', adapterId);
  write.run(
    `INSERT INTO adapter_releases (adapter_id, sequence, statement) VALUES (?, ?, ?)
     ON CONFLICT (adapter_id) DO UPDATE SET sequence = excluded.sequence, statement = excluded.statement`,
    adapterId,
    statement.sequence,
    JSON.stringify(statement),
  );
}

export function insertSignature(write: Writer, adapterId: string, signature: KeptSignature): void {
  write.run(
    'INSERT INTO adapter_signatures (adapter_id, role, key_id, signature, at_ms) VALUES (?, ?, ?, ?, ?)',
    adapterId,
    signature.role,
    signature.keyId,
    signature.signature,
    signature.atMs,
  );
}

export interface KeptRelease {
  readonly statement: Statement;
  readonly signatures: readonly KeptSignature[];
}

export function readRelease(read: Reader, adapterId: string): KeptRelease | null {
  const row = read.one(
    z.object({ statement: z.string() }),
    'SELECT statement FROM adapter_releases WHERE adapter_id = ?',
    adapterId,
  );
  if (row === null) return null;
  const signatures = read
    .all(
      z.object({ role: z.enum(SIGNER_ROLES), key_id: z.string(), signature: bytes, at_ms: z.number() }),
      'SELECT role, key_id, signature, at_ms FROM adapter_signatures WHERE adapter_id = ? ORDER BY role',
      adapterId,
    )
    .map(({ role, key_id: keyId, signature, at_ms: atMs }) => ({ role, keyId, signature, atMs }));
  return { statement: statementSchema.parse(JSON.parse(row.statement)), signatures };
}

/** The highest release that anybody here has signed; 0: none. */
export function highestSequence(read: Reader): number {
  const row = read.one(
    z.object({ highest: z.number().nullable() }),
    'SELECT max(sequence) AS highest FROM adapter_releases',
  );
  return row?.highest ?? 0;
}
