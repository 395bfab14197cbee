/** Keyed fingerprints. */
import { hash } from 'node:crypto';

/** Bytes of a block of SHA-256. */
const HMAC_BLOCK = 64;

/**
 * HMAC-SHA-256 under one key (RFC 2104). By hand around the one-shot hash: an HMAC object of Node costs several times
 * as much as the hash of a message, and each message needs two.
 */
export function hmacUnder(key: Uint8Array): (...parts: readonly Uint8Array[]) => Buffer {
  const short = key.length > HMAC_BLOCK ? hash('sha256', key, 'buffer') : key;
  const inner = new Uint8Array(HMAC_BLOCK).fill(0x36);
  const outer = new Uint8Array(HMAC_BLOCK).fill(0x5c);
  for (const [at, byte] of short.entries()) {
    inner[at] = byte ^ 0x36;
    outer[at] = byte ^ 0x5c;
  }
  return (...parts) => {
    const inside = hash('sha256', Buffer.concat([inner, ...parts]), 'buffer');
    return hash('sha256', Buffer.concat([outer, inside]), 'buffer');
  };
}
