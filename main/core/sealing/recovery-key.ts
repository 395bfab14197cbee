/**
 * The recovery key: what opens the record where this machine's protection is gone. 32 random bytes, written as 14
 * groups of 4 letters and digits for a person to print and to type: 256 bits of key, 24 bits of check.
 *
 * Source: Crockford's Base32, without the letters that are taken for digits; I and L are read as 1, O as 0.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { decryptBytes, encryptBytes, type KeyWrapper } from './key-wrapper.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_BYTES = 32;
const CHECK_BYTES = 3;
const GROUP = 4;
/** Groups in the written key. */
export const RECOVERY_GROUPS = ((KEY_BYTES + CHECK_BYTES) * 8) / 5 / GROUP;

export function newRecoveryKey(): Uint8Array {
  return randomBytes(KEY_BYTES);
}

/** The key as it is printed: groups joined by hyphens. */
export function recoveryKeyText(key: Uint8Array): string {
  if (key.length !== KEY_BYTES) throw new Error('a recovery key has 32 bytes');
  let bits = 0n;
  for (const byte of [...key, ...checkOf(key)]) bits = (bits << 8n) | BigInt(byte);
  let letters = '';
  for (let index = 0; index < RECOVERY_GROUPS * GROUP; index++) {
    letters = (ALPHABET[Number(bits & 31n)] ?? '') + letters;
    bits >>= 5n;
  }
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** Reads what a person typed: case, blanks and hyphens do not matter. Null where it is not a recovery key. */
export function readRecoveryKey(text: string): Uint8Array | null {
  const letters = plainLetters(text);
  if (letters.length !== RECOVERY_GROUPS * GROUP) return null;
  let bits = 0n;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    bits = (bits << 5n) | BigInt(value);
  }
  const bytes = Buffer.from(bits.toString(16).padStart((KEY_BYTES + CHECK_BYTES) * 2, '0'), 'hex');
  const key = bytes.subarray(0, KEY_BYTES);
  return Buffer.compare(checkOf(key), bytes.subarray(KEY_BYTES)) === 0 ? Uint8Array.from(key) : null;
}

/** True where `typed` is group number `group` (from 1) of the written key. */
export function isGroupOf(key: Uint8Array, group: number, typed: string): boolean {
  return plainLetters(typed) === recoveryKeyText(key).split('-')[group - 1];
}

/** Wraps the data keys with the recovery key. */
export function recoveryWrapper(key: Uint8Array): KeyWrapper<'recovery'> {
  const wrapping = new Uint8Array(
    hkdfSync('sha256', key, new Uint8Array(0), 'medobsmind recovery wrapping', KEY_BYTES),
  );
  return {
    kind: 'recovery',
    wrap: async (dataKey) => encryptBytes(wrapping, dataKey),
    unwrap: async (wrapped) => decryptBytes(wrapping, wrapped),
  };
}

function plainLetters(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0');
}

function checkOf(key: Uint8Array): Uint8Array {
  return createHash('sha256').update('medobsmind recovery key').update(key).digest().subarray(0, CHECK_BYTES);
}
