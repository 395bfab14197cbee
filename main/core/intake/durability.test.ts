/** What was acknowledged is there after the program is killed at any moment, with many messages under way. */
import { afterEach, beforeEach, test } from 'vitest';
import { expectNothingLost } from '../testing/kills.ts';
import { testFolder } from '../testing/ports.ts';

const KILLS = 10;

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

test(`${KILLS} kills under load: every acknowledged observation is there, once`, { timeout: 120_000 }, () =>
  expectNothingLost(folder.path, KILLS),
);
