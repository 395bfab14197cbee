/** What `npm run verify` knows, by name. */

import { verifyDamage } from './damage.ts';
import { verifyFuzz } from './fuzz.ts';
import { verifyGrid } from './grid.ts';
import { verifyKills } from './kills.ts';
import { verifyLoop } from './loop.ts';

export interface Verification {
  readonly summary: string;
  /** How often it is done unless `--count` says otherwise. */
  readonly count: number;
  /** Goes on where an earlier run stopped, unless `restart`. `words`: its own options. Resolves with the exit status. */
  run(count: number, restart: boolean, words: readonly string[]): Promise<number>;
}

export const VERIFICATIONS: Readonly<Record<string, Verification>> = {
  fuzz: {
    summary:
      'damaged monitor traffic through a whole core: no crash, no hang, no growth, only plausible values',
    count: 1_000_000,
    run: verifyFuzz,
  },
  grid: {
    summary: 'alerts explained by the real model, each shown number held against the record',
    count: 1000,
    run: verifyGrid,
  },
  kills: {
    summary: 'kill -9 at random moments after an acknowledgement, the record read again',
    count: 1000,
    run: verifyKills,
  },
  damage: {
    summary: 'a record damaged in a seeded way, the ward started on it',
    count: 500,
    run: verifyDamage,
  },
  loop: {
    summary:
      'the learning loop in one row, from feedback to a signed adapter at the bed and back (--quick, --python FILE, --continue-from FOLDER)',
    count: 1,
    run: verifyLoop,
  },
};
