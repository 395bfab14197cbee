/**
 * Who protects the data key. The operating system's keystore where there is one, a passphrase file where the
 * site gives one, else a wrapping key in a file that only this user may read: honest, weak, and said so on the
 * screen (`permissions-only`).
 */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a machine protects the data key. */
export type SealingKind = 'os-keystore' | 'passphrase' | 'permissions-only';
/** What a data key is wrapped by: a machine's protection, or the recovery key that opens it on any machine. */
export type WrappedBy = SealingKind | 'recovery';

export interface KeyWrapper<Kind extends WrappedBy = SealingKind> {
  readonly kind: Kind;
  wrap(key: Uint8Array): Promise<Uint8Array>;
  /** Rejects where the key was wrapped by something else or was altered. */
  unwrap(wrapped: Uint8Array): Promise<Uint8Array>;
}

/** OWASP's least scrypt setting for passwords is N=2^17; a passphrase is read once a start, so it may cost that. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const SALT_BYTES = 16;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Wraps with a key derived from the first line of `passphraseFile`. */
export function passphraseWrapper(passphraseFile: string): KeyWrapper<'passphrase'> {
  const derive = async (salt: Uint8Array): Promise<Buffer> => {
    const [passphrase = ''] = (await readFile(passphraseFile, 'utf8')).split(/\r?\n/);
    if (passphrase.length < 12) throw new Error('the passphrase has fewer than 12 characters');
    return new Promise((resolve, reject) => {
      scrypt(passphrase.normalize('NFKC'), salt, 32, SCRYPT, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  };
  return {
    kind: 'passphrase',
    wrap: async (key) => {
      const salt = randomBytes(SALT_BYTES);
      return Buffer.concat([salt, encryptBytes(await derive(salt), key)]);
    },
    unwrap: async (wrapped) =>
      decryptBytes(await derive(wrapped.subarray(0, SALT_BYTES)), wrapped.subarray(SALT_BYTES)),
  };
}

/** Wraps with a random key in `keyFile`, made with mode 0600 where it is not there yet. */
export function permissionsOnlyWrapper(keyFile: string): KeyWrapper<'permissions-only'> {
  const existing = async (): Promise<Buffer> => {
    const key = await readFile(keyFile);
    if (key.length !== 32) throw new Error('the wrapping key file is damaged');
    return key;
  };
  const existingOrNew = async (): Promise<Buffer> => {
    try {
      return await existing();
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    await mkdir(dirname(keyFile), { recursive: true, mode: 0o700 });
    const key = randomBytes(32);
    // 'wx': never over a key that came meanwhile. Synced before anything is sealed with it.
    const file = await open(keyFile, 'wx', 0o600);
    try {
      await file.writeFile(key);
      await file.sync();
    } finally {
      await file.close();
    }
    return key;
  };
  return {
    kind: 'permissions-only',
    wrap: async (key) => encryptBytes(await existingOrNew(), key),
    unwrap: async (wrapped) => decryptBytes(await existing(), wrapped),
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** AES-256-GCM with a fresh nonce: nonce | ciphertext | tag. */
export function encryptBytes(key: Uint8Array, plain: Uint8Array): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where the bytes were altered or encrypted with another key. */
export function decryptBytes(key: Uint8Array, sealed: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const body = sealed.subarray(IV_BYTES, sealed.length - TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}
