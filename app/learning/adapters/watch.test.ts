import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ExposureRow, stepBackReason } from './watch.ts';

const WELL: ExposureRow = { holes: 5, shown: 5, unsafe: 0, unsafeRead: 0, ms: 2_000, otherMs: 2_000 };
const many = (row: Partial<ExposureRow>, count = 20): ExposureRow[] =>
  Array.from({ length: count }, () => ({ ...WELL, ...row }));

test.each([
  ['well', many({}), null],
  ['nothing yet', [], null],
  ['one sentence that was read', [...many({}), ...many({ unsafeRead: 1 }, 1)], 'safety'],
  ['a fifth of what it writes is held back for safety', many({ unsafe: 1 }), 'safety'],
  ['one sentence held back', many({ unsafe: 1 }, 1), null],
  ['it fails twice', many({ ms: null }, 2), 'engine'],
  ['twice as slow', many({ ms: 4_000 }), 'latency'],
  ['twice as slow, where nobody would notice', many({ ms: 400, otherMs: 200 }), null],
  ['twice as slow, three times', many({ ms: 4_000 }, 3), null],
] as const)('%s', (_, rows, reason) => {
  expect(stepBackReason(rows)).toBe(reason);
});

test('a sentence that was read is never outweighed, and good rows never send one back', () => {
  const row = fc.record({
    holes: fc.integer({ min: 1, max: 8 }),
    shown: fc.nat(8),
    unsafe: fc.constant(0),
    unsafeRead: fc.constant(0),
    ms: fc.integer({ min: 500, max: 3_000 }),
    otherMs: fc.constant(2_500),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
      expect(stepBackReason(rows)).toBeNull();
      expect(stepBackReason([...rows, { ...WELL, unsafeRead: 1 }])).toBe('safety');
    }),
  );
});
