/** What was acknowledged is there after the program is killed at any moment, with many messages under way. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { killUnderLoad } from '../testing/kills.ts';
import { testFolder } from '../testing/ports.ts';

const KILLS = 10;

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

test(`${KILLS} kills under load: every acknowledged observation is there, once`, {
  timeout: 120_000,
}, async () => {
  const after = await killUnderLoad(folder.path, KILLS);
  expect(after).toMatchObject({ lost: [], duplicated: 0, integrity: 'ok', auditIsWhole: true });
  // Each round is killed after its first acknowledgement: none can have acknowledged nothing.
  expect(after.acknowledged).toBeGreaterThanOrEqual(KILLS);
});
