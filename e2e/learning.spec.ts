/** A data set from its building to a folder outside, and a patient's consent, as an administrator does it. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { setUpWard } from './ward-steps.ts';

test('a data set is built, looked at, approved by name and written to a folder', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  await page.getByRole('link', { name: 'System', exact: true }).click();
  await page.getByRole('button', { name: 'Open the data sets' }).click();
  await expect(page.getByText('No data set has been built yet.')).toBeVisible();
  await page.getByLabel('Synthetic examples').fill('60001');
  const build = page.getByRole('button', { name: 'Build a data set' });
  await expect(page.getByText('A whole number from 0 to 50000')).toBeVisible();
  await expect(build).toBeDisabled();
  await page.getByLabel('Synthetic examples').fill('200');
  await build.click();
  await expect(page.getByText('A data set is being built.', { exact: false })).toBeVisible();
  const look = page.getByRole('button', { name: 'Look at the examples' });
  await expect(look).toBeVisible({ timeout: 120_000 });
  await lookAtBoth(program, 'data-set');
  await look.click();
  await expect(page.getByText('Every hit of the recognisers is marked.', { exact: false })).toBeVisible();
  await lookAtBoth(program, 'data-set-preview');
  await page.getByRole('button', { name: 'I have looked: this may leave' }).click();
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-data-set-'));
  await page.getByLabel('Folder on this machine').fill(folder);
  await page.getByRole('button', { name: 'Write it to a folder' }).click();
  await expect(page.getByText(/files are in/)).toBeVisible();
  const [name = ''] = readdirSync(folder);
  expect(readdirSync(join(folder, name)).length).toBeGreaterThan(3);
  await lookAtBoth(program, 'data-set-approved');
});
