import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMemory } from './memory.ts';

const MIB = 2 ** 20;
/** Llama 3 8B: 32 layers, 8 cached heads of 128 numbers; 128 KiB a token. */
const EIGHT_BILLION = { fileBytes: 4450 * MIB, cacheBytesPerToken: 2 * 32 * 8 * 128 * 2 };

describe('fitMemory', () => {
  it('gives an 8B model four sequences of 1,536 tokens, 768 MiB', () => {
    const plan = fitMemory(EIGHT_BILLION, 8192, 32 * 1024 * MIB);
    expect(plan).toMatchObject({ contextTokens: 1536, sequences: 4, cacheBytes: 768 * MIB });
  });
  it('takes fewer sequences where memory is short, and says in numbers what is missing where nothing fits', () => {
    expect(fitMemory(EIGHT_BILLION, 8192, 5300 * MIB)).toMatchObject({ sequences: 2 });
    expect(fitMemory(EIGHT_BILLION, 8192, 4000 * MIB)).toEqual({
      refused: 'it needs 5090 MiB of memory and 4000 MiB are available',
    });
  });
  it('never plans a cache that ends the process, nor more than there is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 64_000 }).map((mib) => mib * MIB),
        fc.option(fc.integer({ min: 1, max: 2_000_000 }), { nil: null }),
        fc.integer({ min: 64, max: 131_072 }),
        fc.integer({ min: 1, max: 64_000 }).map((mib) => mib * MIB),
        (fileBytes, cacheBytesPerToken, trained, available) => {
          const plan = fitMemory({ fileBytes, cacheBytesPerToken }, trained, available);
          if ('refused' in plan) return plan.refused !== '';
          return plan.cacheBytes < 2 ** 30 && plan.totalBytes <= available && plan.contextTokens <= trained;
        },
      ),
    );
  });
});
