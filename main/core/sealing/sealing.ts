/**
 * Seals single values: names, identifiers, free text, raw messages. A sealed value is
 * key version (4 bytes) | nonce (12) | ciphertext | tag (16), AES-256-GCM (NIST SP 800-38D), and is bound to
 * the column it stands in, so that a value moved to another column does not open.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { hmacUnder } from './hmac.ts';
import type { SealingKind } from './key-wrapper.ts';

/** The columns that hold sealed values, or the purpose of a look-up. */
export type SealedPlace =
  | 'people.name'
  | 'patients.name'
  | 'patients.identifier'
  | 'patients.birth_date'
  | 'patient_policies.policy'
  | 'stays.left_note'
  | 'messages.note'
  | 'imports.name'
  | 'site_policies.reason'
  | 'knowledge_acts.reason'
  | 'messages.raw'
  | 'messages.ack'
  | 'messages.content'
  | 'fhir.identity'
  | 'settings.engine_key'
  | 'settings.exchange_secrets'
  | 'training_hosts.secrets'
  | 'alert_state.state'
  | 'alerts.alert'
  | 'sentences.raw'
  | 'ratings.comment'
  | 'review_acts.text'
  | 'signing_keys.private_key'
  | 'answered_commands.value'
  | 'answered_commands.params'
  | 'workstation_keys.private_key';

export interface Sealing {
  /** How the data key is protected on this machine. */
  readonly kind: SealingKind;
  seal(place: SealedPlace, plain: string | Uint8Array): Uint8Array;
  /** Throws where the value was altered, moved or sealed with a key that is not here. */
  open(place: SealedPlace, sealed: Uint8Array): Buffer;
  openText(place: SealedPlace, sealed: Uint8Array): string;
  /** A keyed fingerprint (HMAC-SHA-256) for equality look-ups of sealed values. */
  lookup(place: SealedPlace, plain: string | Uint8Array): Uint8Array;
  /** A key for one named purpose, derived from the data key (the pepper of PIN hashes). */
  derive(purpose: string): Uint8Array;
}

/** What the program once called a column: values of that time are bound to this name and open under it alone. */
const FORMERLY: { readonly [place in SealedPlace]?: string } = {
  'patient_policies.policy': 'patients.policy',
};

const VERSION_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Sealing whose newest key can be followed by a newer one while it is in use. */
export interface GrowingSealing extends Sealing {
  /** From now on values are sealed with this key. Throws where it is not newer than those that are there. */
  add(keyVersion: number, dataKey: Uint8Array): void;
}

/** Sealing with one 32-byte data key of a version. */
export function createSealing(dataKey: Uint8Array, keyVersion: number, kind: SealingKind): Sealing {
  return createKeyring(new Map([[keyVersion, dataKey]]), kind);
}

/**
 * Sealing with the newest of several data keys; a value opens with the key whose version stands in front of it.
 * Look-ups and derived keys go on resting on the oldest: they must give the same answer for what was stored long ago.
 */
export function createKeyring(dataKeys: ReadonlyMap<number, Uint8Array>, kind: SealingKind): GrowingSealing {
  const versions = [...dataKeys.keys()].sort((a, b) => a - b);
  const oldest = dataKeys.get(versions[0] ?? 0);
  if (oldest === undefined) throw new Error('there is no data key');
  const derive = (purpose: string): Uint8Array => deriveFrom(oldest, purpose);
  const fingerprint = hmacUnder(derive('lookup'));
  const sealingKeys = new Map<number, KeyObject>();
  let newestKey = createSecretKey(deriveFrom(oldest, 'sealing'));
  let version = Buffer.alloc(VERSION_BYTES);
  const add = (keyVersion: number, dataKey: Uint8Array): void => {
    if (dataKey.length !== 32) throw new Error('a data key has 32 bytes');
    if (sealingKeys.size > 0 && keyVersion <= version.readUInt32BE(0))
      throw new Error('a newer key has a greater version');
    newestKey = createSecretKey(deriveFrom(dataKey, 'sealing'));
    sealingKeys.set(keyVersion, newestKey);
    version = Buffer.alloc(VERSION_BYTES);
    version.writeUInt32BE(keyVersion);
  };
  for (const keyVersion of versions) {
    const dataKey = dataKeys.get(keyVersion);
    if (dataKey !== undefined) add(keyVersion, dataKey);
  }

  const open = (place: SealedPlace, sealed: Uint8Array): Buffer => {
    const former = FORMERLY[place];
    if (former === undefined) return openNamed(place, sealed);
    try {
      return openNamed(place, sealed);
    } catch {
      return openNamed(former, sealed); // throws as the first did where it is neither's
    }
  };
  const openNamed = (place: string, sealed: Uint8Array): Buffer => {
    const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
    if (bytes.length < VERSION_BYTES + NONCE_BYTES + TAG_BYTES)
      throw new Error('a sealed value is too short');
    const sealingKey = sealingKeys.get(bytes.readUInt32BE(0));
    if (sealingKey === undefined) throw new Error('a value is sealed with a key that is not here');
    const nonce = bytes.subarray(VERSION_BYTES, VERSION_BYTES + NONCE_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, nonce);
    decipher.setAAD(Buffer.concat([bytes.subarray(0, VERSION_BYTES), Buffer.from(place)]));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const body = bytes.subarray(VERSION_BYTES + NONCE_BYTES, bytes.length - TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  };

  return {
    kind,
    seal: (place, plain) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', newestKey, nonce);
      cipher.setAAD(Buffer.concat([version, Buffer.from(place)]));
      const body = Buffer.concat([cipher.update(bytesOf(plain)), cipher.final()]);
      return Buffer.concat([version, nonce, body, cipher.getAuthTag()]);
    },
    open,
    openText: (place, sealed) => open(place, sealed).toString('utf8'),
    lookup: (place, plain) => fingerprint(Buffer.from(`${place}\0`), bytesOf(plain)),
    derive,
    add,
  };
}

function deriveFrom(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `medobsmind ${purpose}`, 32));
}

function bytesOf(plain: string | Uint8Array): Uint8Array {
  return typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain;
}
