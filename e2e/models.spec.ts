/** A trained adapter on the models' screen of the real program: a bad folder, a good one, and its gates. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedAdapter, madeAdapter } from '../app/learning/adapters/made-adapter.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { setUpWard } from './ward-steps.ts';

/** The trainer's own specimen of a manifest, for a file that was made here. */
function adapterIn(folder: string): void {
  const gguf = madeAdapter({ alpha: 1, tensors: embeddedAdapter(1, 8) });
  const specimen = JSON.parse(
    readFileSync(new URL('../resources/trainer/tests/adapter-manifest-case.json', import.meta.url), 'utf8'),
  );
  const sha256 = createHash('sha256').update(gguf).digest('hex');
  const files = [{ name: 'adapter.gguf', bytes: gguf.length, sha256 }];
  writeFileSync(join(folder, 'adapter.gguf'), gguf);
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ ...specimen, files }));
}

test('an adapter is taken in from a folder, and its gates run and stop', { tag: '@full' }, async ({
  ward,
}) => {
  test.setTimeout(600_000);
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  await page
    .getByRole('button', { name: 'Models', exact: true })
    .or(page.getByRole('link', { name: 'Models', exact: true }))
    .click();
  await expect(page.getByText('No adapter yet.', { exact: false })).toBeVisible();
  await lookAtBoth(program, 'models-none');
  const folder = page.getByLabel('Folder or stick');
  // The program runs as another user: it gets a folder that is its own.
  const from = ward.freshUserDataDir();
  adapterIn(from);
  // What fits can only be said once the model has been read.
  const taken = page.getByRole('heading', { name: /dsquaremedicalmodel/ });
  await expect(async () => {
    await folder.fill(from);
    await page.getByRole('button', { name: 'Check and take in' }).click();
    await expect(taken).toBeVisible();
  }).toPass({ timeout: 300_000, intervals: [2_000] });
  await folder.fill('/nowhere/at/all');
  await page.getByRole('button', { name: 'Check and take in' }).click();
  await expect(page.getByText('The folder cannot be read.', { exact: false })).toBeVisible();
  // The ward's own rule for a trial; what is no rule is said beside its field and not sent.
  const hours = page.getByLabel('Hours at chosen alerts');
  await hours.fill('nine');
  await expect(page.getByText('From 0 to 2160 hours.')).toBeVisible();
  await expect(page.getByRole('form', { name: 'How long a trial lasts' }).getByRole('button')).toBeDisabled();
  await hours.fill('12');
  await page.getByRole('form', { name: 'How long a trial lasts' }).getByRole('button').click();
  await expect(page.getByRole('form', { name: 'How long a trial lasts' }).getByRole('status')).toBeVisible();
  const trust = page.getByRole('form', { name: 'Trust a signer of another ward' });
  await trust.getByLabel('Name and ward').fill('Dr Rao, ward 5');
  await trust.getByLabel('Public key').fill('bm8ga2V5');
  await trust.getByRole('button', { name: 'Trust this key' }).click();
  await expect(trust.getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Run the gates' }).click();
  await expect(page.getByText(/\d+ of 512/)).toBeVisible();
  await lookAtBoth(program, 'models-gates');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('Stopped; its answers are kept')).toBeVisible({ timeout: 120_000 });
  program.takeComplaints();
});
