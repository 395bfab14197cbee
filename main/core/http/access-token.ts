/** The token with which a program shows that it may ask: only its hash is kept. */
import { createHash, randomBytes } from 'node:crypto';

/** RFC 6750 leaves the token's form open; 256 random bits in letters that no shell or URL changes. */
const TOKEN_BYTES = 32;

export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** In hex. A token has 256 random bits: one round of SHA-256 is enough, as nobody can try them all. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
