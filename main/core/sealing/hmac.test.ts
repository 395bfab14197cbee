import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hmacUnder } from './hmac.ts';

it('is the HMAC-SHA-256 of the platform, for keys and texts of any length', () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(bytes, bytes, bytes, (key, one, other) => {
      const expected = createHmac('sha256', key).update(one).update(other).digest('hex');
      expect(hmacUnder(key)(one, other).toString('hex')).toBe(expected);
    }),
  );
});
