/** Damaged records: the ward is at work again, and what the damage did not touch is there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAMAGES, type DamageWards, damageTrial, makeDamageWards } from '../testing/damage-trials.ts';

/** Trials of a whole and of a normal test run. */
const TRIALS = process.env.MEDOBSMIND_FULL ? 48 : 10;

let wards: DamageWards;
beforeAll(async () => {
  wards = await makeDamageWards();
}, 60_000);
afterAll(() => wards.remove());

test(`${TRIALS} seeded damages: the ward starts, keeps the damaged file and loses no untouched row`, {
  timeout: 30_000 + TRIALS * 10_000,
}, async () => {
  const kinds = new Set<string>();
  let salvaged = 0;
  for (let seed = 0; seed < TRIALS; seed++) {
    const trial = await damageTrial(wards, seed);
    kinds.add(trial.kind);
    if (trial.salvaged) salvaged += 1;
    expect(trial.faults, `seed ${seed}, ${trial.kind}`).toEqual([]);
  }
  expect(kinds.size).toBe(DAMAGES.length);
  expect(salvaged).toBeGreaterThan(0);
});
