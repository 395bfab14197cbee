/** The near misses of many records; the smaller run stands in `mutants.test.ts`. */
import { expect, it } from 'vitest';
import { judged } from './judged.ts';

const SEED = 7;
const RECORDS = 60;
const TIMEOUT_MS = 600_000;

it('blocks the near misses of many records and reads their true statements', { timeout: TIMEOUT_MS }, () => {
  const { told, untold, wronglyBlocked, shownThoughFalse } = judged(RECORDS, SEED);
  expect(told).toBeGreaterThan(10_000);
  expect(untold).toBeGreaterThan(50_000);
  expect(shownThoughFalse).toEqual([]);
  expect(wronglyBlocked).toEqual([]);
});
