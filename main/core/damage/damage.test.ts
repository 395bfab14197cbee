/** Damaged records: the ward is at work again, and what the damage did not touch is there. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DAMAGES, type DamageWards, damageTrial, makeDamageWards } from '../testing/damage-trials.ts';
import { granted, startCore } from '../testing/running-core.ts';

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

/** Overwrites the pages that `where` (of dbstat) names, starts the ward and asks the new record. */
async function salvaged<T>(
  where: string,
  look: (database: Database.Database, beds: number) => T,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-lost-'));
  try {
    cpSync(wards.closed, folder, { recursive: true });
    const file = join(folder, 'ward.db');
    const before = new Database(file, { readonly: true });
    const pages = before.prepare(`SELECT pageno FROM dbstat WHERE ${where}`).pluck().all().map(Number);
    before.close();
    const bytes = readFileSync(file);
    for (const page of pages) bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    writeFileSync(file, bytes);
    const ward = await startCore(folder);
    try {
      const { beds } = granted(await ward.terminal().query('ward.snapshot', {}));
      const after = new Database(file, { readonly: true });
      try {
        return look(after, beds.length);
      } finally {
        after.close();
      }
    } finally {
      await ward.core.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
const countOf = (database: Database.Database, sql: string): unknown => database.prepare(sql).pluck().get();

test('readings whose patients are lost are kept, under a patient whose identity is lost', async () => {
  const found = await salvaged("name IN ('patients', 'patient_numbers')", (record) => ({
    readings: countOf(record, 'SELECT count(*) FROM observations'),
    lost: countOf(record, "SELECT count(*) FROM patients WHERE id LIKE 'lost-%'"),
    // What a lost number stood for is given to nobody else.
    nameless: countOf(
      record,
      'SELECT count(*) FROM observations WHERE patient NOT IN (SELECT number FROM patient_numbers)',
    ),
  }));
  expect(found).toEqual({ readings: 300, lost: 6, nameless: 0 });
});

test('a broken page above the readings costs none of them', async () => {
  const found = await salvaged(
    "pagetype = 'internal' AND name IN ('observations', 'alert_state')",
    (record, beds) => ({ readings: countOf(record, 'SELECT count(*) FROM observations'), beds }),
  );
  expect(found).toEqual({ readings: 300, beds: 6 });
});
