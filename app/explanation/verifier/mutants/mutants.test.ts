/**
 * True statements of random records and near misses of each, told in three kinds of language. What is false by an
 * oracle that shares no code with the verifier must be blocked; what is true must be read.
 */
import { describe, expect, it } from 'vitest';
import { claimsOf, randomRecord, seeded } from './claims-of-record.ts';
import { judged } from './judged.ts';
import { isHeld } from './record-oracle.ts';

const SEED = 20_170;
const RECORDS = 3;
/** Of the sentences every ninth: the whole lot takes a minute, and runs in `mutants.full.test.ts`. */
const EVERY = 9;

describe('near misses of true statements', () => {
  it('has only true claims to begin with', () => {
    const random = seeded(SEED);
    for (let index = 0; index < 50; index++) {
      const record = randomRecord(random);
      expect(claimsOf(record).filter((claim) => !isHeld(record, claim))).toEqual([]);
    }
  });

  it('are blocked, and the statements are read', () => {
    const { told, untold, wronglyBlocked, shownThoughFalse } = judged(RECORDS, SEED, EVERY);
    expect(told).toBeGreaterThan(40);
    expect(untold).toBeGreaterThan(250);
    expect(shownThoughFalse).toEqual([]);
    expect(wronglyBlocked).toEqual([]);
  });
});
