/**
 * PIN hashes: scrypt over the PIN, keyed with a pepper from the data key, with a salt a person. A PIN is short,
 * so the pepper is what keeps a stolen file from being searched, and the lock-out what keeps a person from it.
 */
import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** About 0.1 s on a small desktop: a sign-in must stay under 2 s. */
const SCRYPT = { N: 2 ** 14, r: 8, p: 1 };

export interface PinHash {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

export async function hashPin(pin: string, pepper: Uint8Array): Promise<PinHash> {
  const salt = randomBytes(16);
  return { salt, hash: await digest(pin, salt, pepper) };
}

/** Compares in constant time. */
export async function pinMatches(pin: string, kept: PinHash, pepper: Uint8Array): Promise<boolean> {
  const given = await digest(pin, kept.salt, pepper);
  return given.length === kept.hash.length && timingSafeEqual(given, kept.hash);
}

function digest(pin: string, salt: Uint8Array, pepper: Uint8Array): Promise<Buffer> {
  const keyed = createHmac('sha256', pepper).update(pin).digest();
  return new Promise((resolve, reject) => {
    scrypt(keyed, salt, 32, SCRYPT, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
