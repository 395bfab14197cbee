/** Damaged traffic by the thousand: it is read without a crash, in bounded work and memory, into plausible values only. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { type FuzzAccount, readFuzzed } from '../testing/fuzz-reading.ts';
import { fuzzedFrame, fuzzSeeds } from '../testing/fuzzed-frames.ts';
import { NOON } from '../testing/ports.ts';

const FRAMES = 20_000;
const WARM_UP = 4_000;
const MOST_GROWTH_BYTES = 50 * 1024 * 1024;

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this runtime cannot collect on demand');
  collect();
  return process.memoryUsage().heapUsed;
}

test(`${FRAMES} damaged frames are read: no crash, nothing implausible, nothing from the future`, {
  timeout: 60_000,
}, () => {
  const seeds = fuzzSeeds();
  const account: FuzzAccount = { frames: 0, messages: 0, values: 0, withdrawn: 0 };
  let before = 0;
  for (let number = 0; number < FRAMES; number++) {
    if (number === WARM_UP) before = heapAfterCollection();
    const wrong = readFuzzed(fuzzedFrame(seeds, number, NOON), NOON, account);
    expect(wrong, `frame ${number}`).toEqual([]);
  }
  expect(heapAfterCollection() - before).toBeLessThan(MOST_GROWTH_BYTES);
  // The damage must leave enough that is understood for the test to say something.
  expect(account.messages).toBeGreaterThan(FRAMES / 2);
  expect(account.values).toBeGreaterThan(FRAMES);
  expect(account.withdrawn).toBeGreaterThan(100);
});
