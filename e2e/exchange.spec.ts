/** The place of exchange on the models' screen of the real program: none, one that is not there, and one with bad bundles. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { setUpWard } from './ward-steps.ts';

test('a place of exchange is chosen, looked at, and what it holds is refused with reasons', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(300_000);
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  await page
    .getByRole('button', { name: 'Models', exact: true })
    .or(page.getByRole('link', { name: 'Models', exact: true }))
    .click();
  const place = page.getByRole('form', { name: 'Exchange with other workstations' });
  await place.scrollIntoViewIfNeeded();
  await place.getByText('A folder', { exact: true }).click();
  await expect(place.getByRole('button', { name: 'Save' })).toBeDisabled();
  await place.getByLabel('Folder', { exact: true }).fill('/nowhere/at/all');
  await place.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByText('The place of exchange cannot be reached.', { exact: false })).toBeVisible();
  await lookAtBoth(program, 'exchange-unreachable');

  // The program runs as another user: it gets a folder that is its own.
  const share = ward.freshUserDataDir();
  const unsigned = join(share, 'adapters', 'adapter-0000000000000001');
  mkdirSync(unsigned, { recursive: true });
  writeFileSync(join(unsigned, 'manifest.json'), '{}');
  await place.getByLabel('Folder', { exact: true }).fill(share);
  await place.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Look now' }).click();
  await expect(page.getByText('It is not signed.')).toBeVisible();
  await place.scrollIntoViewIfNeeded();
  await lookAtBoth(program, 'exchange-refused');

  await place.getByText('A web server', { exact: true }).click();
  await place.getByLabel('Address').fill('http://models.hospital.example');
  await expect(place.getByRole('button', { name: 'Save' })).toBeDisabled();
  await place.getByText('A host (SFTP)', { exact: true }).click();
  await place.scrollIntoViewIfNeeded();
  await lookAtBoth(program, 'exchange-host');
  program.takeComplaints();
});
