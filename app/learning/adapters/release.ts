/** What two people sign when they let an adapter to a bed, and when their signatures count. */
import { z } from 'zod';
import { SIGNER_ROLES, type SignerRole } from './life.ts';

export const RELEASE_FORMAT = 'medobsmind-release-1';
const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const statementSchema = z.object({
  format: z.literal(RELEASE_FORMAT),
  /** One more than any before it of this base: an older release is never put into use after a newer. */
  sequence: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  version: z.string().min(1).max(120),
  base: sha256,
  adapter: z.object({ sha256, bytes: z.number().int().min(1) }),
  /** Of the trainer's manifest, byte for byte. */
  manifest: sha256,
  /** Of the gates' report that both have read. */
  report: sha256,
});
export type Statement = z.infer<typeof statementSchema>;

const signatureSchema = z.object({
  role: z.enum(SIGNER_ROLES),
  /** SHA-256 of the public key. */
  key: sha256,
  /** Ed25519 (RFC 8032) over `signedText`, in base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/u),
});

/** The file beside an adapter that has been signed. */
export const releaseSchema = z.object({
  statement: statementSchema,
  signatures: z.array(signatureSchema).max(8),
});
export type Release = z.infer<typeof releaseSchema>;

/**
 * JSON with one way to write it: keys in the order of their code units, no space, whole numbers only (RFC 8785 for
 * what this program signs). Throws on a number that could be written in two ways.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
      throw new RangeError('only whole numbers are signed');
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
  }
  throw new TypeError('this cannot be written as JSON');
}

/** What is signed: the format's name in front, so that a signature for one purpose is none for another. */
export function signedText(statement: Statement): string {
  return `${RELEASE_FORMAT}\n${canonicalJson(statement)}`;
}

/** A key as this workstation knows it. */
export interface KnownKey {
  readonly id: string;
  readonly role: SignerRole;
  /** Whose it is; two keys of one person are not two people. */
  readonly owner: string;
  /** The last release that it may have signed; null: it is in use. */
  readonly retiredAfter: number | null;
}

export type ReleaseProblem =
  | 'unsigned'
  | 'unknown-key'
  | 'wrong-role'
  | 'retired-key'
  | 'bad-signature'
  | 'same-signer'
  | 'downgrade'
  | 'other-adapter';

export interface ReleaseContext {
  readonly keys: readonly KnownKey[];
  /** Whether a key's signature over `signedText` is right. */
  readonly verifies: (key: string, signature: string) => boolean;
  /** The highest release that was ever in use here; 0: none. */
  readonly highest: number;
  /** What the files beside it hash to. */
  readonly adapter: { readonly sha256: string; readonly bytes: number };
  readonly manifest: string;
}

/** Why a release may not be put into use here; null: it may. Every signature on it must be good, not two of several. */
export function releaseProblem(
  { statement, signatures }: Release,
  context: ReleaseContext,
): ReleaseProblem | null {
  const { adapter, manifest } = context;
  if (
    statement.adapter.sha256 !== adapter.sha256 ||
    statement.adapter.bytes !== adapter.bytes ||
    statement.manifest !== manifest
  )
    return 'other-adapter';
  const owners = new Map<SignerRole, string>();
  for (const { role, key: id, signature } of signatures) {
    const key = context.keys.find((one) => one.id === id);
    if (key === undefined) return 'unknown-key';
    if (key.role !== role || owners.has(role)) return 'wrong-role';
    if (key.retiredAfter !== null && statement.sequence > key.retiredAfter) return 'retired-key';
    if (!context.verifies(id, signature)) return 'bad-signature';
    owners.set(role, key.owner);
  }
  if (SIGNER_ROLES.some((role) => !owners.has(role))) return 'unsigned';
  if (new Set(owners.values()).size < SIGNER_ROLES.length) return 'same-signer';
  return statement.sequence < context.highest ? 'downgrade' : null;
}
