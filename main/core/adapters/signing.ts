/** Signers' keys and signatures: made here, sealed in the record, Ed25519 (RFC 8032). */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
} from 'node:crypto';
import type { SignerRole } from '../../../app/learning/adapters/life.ts';
import {
  type KnownKey,
  type Release,
  type ReleaseProblem,
  releaseProblem,
  type Statement,
  signedText,
} from '../../../app/learning/adapters/release.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Writer } from '../store/database.ts';
import {
  highestSequence,
  insertSigningKey,
  type KeptRelease,
  readSigningKeys,
  retireSigningKey,
  type SigningKey,
} from './adapters-tables.ts';
import { sha256Text } from './check-folder.ts';

const PLACE = 'signing_keys.private_key';

export interface Signer {
  readonly id: string;
  readonly name: string;
}

function keyIdOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('hex');
}

/** The key that a person signs with in a role, made where there is none yet. */
export function keyOf(
  write: Writer,
  sealing: Sealing,
  person: Signer,
  role: SignerRole,
  nowMs: number,
): SigningKey {
  const found = readSigningKeys(write).find(
    (key) => key.personId === person.id && key.role === role && key.retiredAfter === null,
  );
  return found ?? newKey(write, sealing, person, role, nowMs);
}

function newKey(
  write: Writer,
  sealing: Sealing,
  person: Signer,
  role: SignerRole,
  nowMs: number,
): SigningKey {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' });
  const key = {
    id: keyIdOf(publicKey),
    role,
    personId: person.id,
    name: person.name,
    publicKey,
    privateKeySealed: sealing.seal(
      PLACE,
      pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    ),
    addedMs: nowMs,
  };
  insertSigningKey(write, key, person.id);
  return { ...key, retiredAfter: null };
}

/** Makes a new key; the old one signs nothing more, and what it has signed still counts. */
export function rotateKey(
  write: Writer,
  sealing: Sealing,
  person: Signer,
  role: SignerRole,
  nowMs: number,
): SigningKey {
  const after = highestSequence(write);
  for (const key of readSigningKeys(write))
    if (key.personId === person.id && key.role === role && key.retiredAfter === null)
      retireSigningKey(write, key.id, after);
  return newKey(write, sealing, person, role, nowMs);
}

/** Lets another ward's signer count here. Null where the text is no Ed25519 public key. */
export function trustKey(
  write: Writer,
  given: { readonly publicKey: string; readonly name: string; readonly role: SignerRole },
  by: string,
  nowMs: number,
): string | null {
  const publicKey = Buffer.from(given.publicKey, 'base64');
  try {
    if (createPublicKey({ key: publicKey, format: 'der', type: 'spki' }).asymmetricKeyType !== 'ed25519')
      return null;
  } catch {
    return null;
  }
  const id = keyIdOf(publicKey);
  if (readSigningKeys(write).some((key) => key.id === id)) return id;
  const { name, role } = given;
  insertSigningKey(
    write,
    { id, role, personId: null, name, publicKey, privateKeySealed: null, addedMs: nowMs },
    by,
  );
  return id;
}

/** Signs a statement. Throws where the key's private half is not here. */
export function signStatement(sealing: Sealing, key: SigningKey, statement: Statement): Uint8Array {
  if (key.privateKeySealed === null) throw new Error('the private key is not here');
  const der = Buffer.from(sealing.openText(PLACE, key.privateKeySealed), 'base64');
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return sign(null, Buffer.from(signedText(statement), 'utf8'), privateKey);
}

function known(key: SigningKey): KnownKey {
  return {
    id: key.id,
    role: key.role,
    owner: key.personId ?? `key ${key.id}`,
    retiredAfter: key.retiredAfter,
  };
}

/** Why a release does not count here; null: it does. */
export function problemOfRelease(
  read: Reader,
  release: Release,
  adapter: { readonly sha256: string; readonly bytes: number },
  manifest: string,
  highest: number,
): ReleaseProblem | null {
  const keys = readSigningKeys(read);
  return releaseProblem(release, {
    keys: keys.map(known),
    highest,
    adapter,
    manifest,
    verifies(id, signature) {
      const key = keys.find((one) => one.id === id);
      if (key === undefined) return false;
      const publicKey = createPublicKey({ key: Buffer.from(key.publicKey), format: 'der', type: 'spki' });
      const text = Buffer.from(signedText(release.statement), 'utf8');
      return verify(null, text, publicKey, Buffer.from(signature, 'base64'));
    },
  });
}

/** The file that goes with an adapter to another workstation. */
export function releaseOf({ statement, signatures }: KeptRelease): Release {
  return {
    statement,
    signatures: signatures.map(({ role, keyId, signature }) => ({
      role,
      key: keyId,
      signature: Buffer.from(signature).toString('base64'),
    })),
  };
}

/** What both sign: SHA-256 of the statement's text. */
export function statementHash(statement: Statement): string {
  return sha256Text(signedText(statement));
}
