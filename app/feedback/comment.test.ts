import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { COMMENT_MOST_BYTES, cleanComment } from './comment.ts';

test('words, Hindi and line ends stay; control and direction marks go', () => {
  expect(cleanComment('  Good.\r\nसमझ में आया\u0000\u202E ok ')).toEqual({
    ok: true,
    value: 'Good.\nसमझ में आया ok',
  });
});

test('the limit counts bytes, whatever the script', () => {
  expect(cleanComment('a'.repeat(COMMENT_MOST_BYTES)).ok).toBe(true);
  expect(cleanComment('a'.repeat(COMMENT_MOST_BYTES + 1)).ok).toBe(false);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 4000 }), (comment) => {
      const cleaned = cleanComment(comment);
      const kept = cleaned.ok ? cleaned.value : '';
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(COMMENT_MOST_BYTES);
      expect(cleanComment(kept)).toEqual({ ok: true, value: kept });
    }),
  );
});
