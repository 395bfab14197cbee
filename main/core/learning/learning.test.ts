/** A data set from consent to export, on a record in which a nurse rated an explanation. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { dataSetManifestSchema } from '../../../app/learning/data-set.ts';
import { RECORD_FILE, WRAPPING_KEY_FILE } from '../record-files.ts';
import { NOON, testClock, testFolder } from '../testing/ports.ts';
import { granted, startCore } from '../testing/running-core.ts';

const VERSIONS = join(import.meta.dirname, '..', 'store', 'versions');
const KEPT = z
  .object({
    wrappingKey: z.string(),
    wallMs: z.number(),
    pin: z.object({ personId: z.string(), pin: z.string() }),
    answers: z.object({ people: z.array(z.object({ name: z.string(), role: z.string() })) }),
  })
  .parse(JSON.parse(readFileSync(join(VERSIONS, 'v15.json'), 'utf8')));

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
  const raw = new Database(join(folder.path, RECORD_FILE));
  raw.exec(readFileSync(join(VERSIONS, 'v15.sql'), 'utf8'));
  raw.prepare("UPDATE people SET role = 'attending' WHERE id = ?").run(KEPT.pin.personId);
  raw.close();
  writeFileSync(join(folder.path, WRAPPING_KEY_FILE), Buffer.from(KEPT.wrappingKey, 'hex'), { mode: 0o600 });
});
afterEach(() => folder.remove());

/** The patient whose explanation was rated. */
function ratedPatient(): string {
  const raw = new Database(join(folder.path, RECORD_FILE), { readonly: true });
  const id = raw
    .prepare(
      'SELECT a.patient_id FROM ratings r JOIN explanations e ON e.id = r.explanation_id JOIN alerts a ON a.id = e.alert_id',
    )
    .pluck()
    .get();
  raw.close();
  return z.string().parse(id);
}

test('a data set is built of whom has consented, looked at, approved by a person, and only then leaves', {
  timeout: 90_000,
}, async () => {
  const clock = testClock();
  clock.advance(KEPT.wallMs - NOON);
  const patientId = ratedPatient();
  const { core, terminal } = await startCore(folder.path, { clock });
  try {
    const one = terminal();
    granted(await one.command('session.sign-in', KEPT.pin));
    const state = async () => granted(await one.query('data-set.state', {}));
    const build = async (sets: number) => {
      granted(await one.command('data-set.build', { seed: 3, synthetic: 20 }));
      expect(await one.command('data-set.build', { seed: 3, synthetic: 20 })).toMatchObject({
        error: { code: 'busy' },
      });
      await expect.poll(async () => (await state()).building, { timeout: 60_000, interval: 200 }).toBe(false);
      expect(await state()).toMatchObject({ problem: null });
      clock.advance(1000);
      const { dataSets } = await state();
      expect(dataSets).toHaveLength(sets);
      const [newest] = dataSets;
      if (newest === undefined) throw new Error('no data set');
      return newest;
    };
    // Without consent nobody's care is in it.
    const none = await build(1);
    expect(none.preview).toBe(0);
    expect(none.examples).toBeGreaterThan(10);

    expect(await one.command('consent.record', { patientId: 'nobody', given: true })).toMatchObject({
      error: { code: 'not-found' },
    });
    granted(await one.command('consent.record', { patientId, given: true }));
    const built = await build(2);
    expect(built.preview).toBe(1);
    const preview = granted(await one.query('data-set.preview', { id: built.id, from: 0, most: 10 }));
    expect(preview.more).toBe(false);
    expect(preview.rows.map(({ source }) => source)).toEqual(['rating']);
    expect(JSON.stringify(preview.rows)).not.toContain(patientId);

    const out = join(folder.path, 'out');
    const exporting = { id: built.id, folder: out };
    expect(await one.command('data-set.export', exporting)).toMatchObject({
      error: { parameters: { reason: 'data-set-not-approved' } },
    });
    expect(await one.command('data-set.approve', { id: built.id, sha256: 'another' })).toMatchObject({
      error: { code: 'changed-meanwhile' },
    });
    granted(await one.command('data-set.approve', { id: built.id, sha256: built.sha256 }));
    expect((await state()).dataSets[0]?.approvedBy).not.toBeNull();

    // Withdrawn before it left: it stays.
    granted(await one.command('consent.record', { patientId, given: false }));
    expect(await one.command('data-set.export', exporting)).toMatchObject({
      error: { parameters: { reason: 'consent-withdrawn' } },
    });
    expect(existsSync(out)).toBe(false);
    granted(await one.command('consent.record', { patientId, given: true }));
    const left = granted(await one.command('data-set.export', exporting));
    const text = readFileSync(join(left.folder, 'manifest.json'), 'utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(built.sha256);
    for (const { name, sha256 } of dataSetManifestSchema.parse(JSON.parse(text)).files)
      expect(
        createHash('sha256')
          .update(readFileSync(join(left.folder, name)))
          .digest('hex'),
        name,
      ).toBe(sha256);
    // What only a person of this ward may see does not leave.
    expect(existsSync(join(left.folder, 'preview.jsonl'))).toBe(false);
  } finally {
    await core.close();
  }
});
