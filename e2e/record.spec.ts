/** The record's keeping: audit entries, the retention rule, and a record whose machine has lost its key. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { expect, test } from './program.ts';
import { lookAt } from './screens.ts';
import { ADMINISTRATOR, call, setUpWard, snapshot } from './ward-steps.ts';

const shownKey = z.object({ key: z.string(), group: z.number() });

test('@full the key of this machine is gone: the printed recovery key opens the record where it lies', async ({
  ward,
}) => {
  const folder = ward.freshUserDataDir();
  const first = await ward.launch({ userDataDir: folder });
  await setUpWard(first.page);
  const { key, group } = shownKey.parse(await call(first.page, 'commands', 'recovery-key.create', {}));
  await call(first.page, 'commands', 'recovery-key.confirm', { typed: key.split('-')[group - 1] });
  await first.close();
  rmSync(join(folder, 'wrapping.key'));

  const second = await ward.launch({ userDataDir: folder });
  const { page, takeComplaints } = second;
  const unlock = page.getByRole('button', { name: /Open with the recovery key/ });
  await expect(page.getByText('The key of this ward’s record cannot be opened here')).toBeVisible();
  await page.getByLabel(/Printed recovery key/).fill(key.replace(/.$/, '#'));
  await unlock.click();
  await expect(page.getByText('This key does not open the record.')).toBeVisible();
  await lookAt(second, 'cannot-start');
  await page.getByLabel(/Printed recovery key/).fill(key);
  await unlock.click();
  await expect(page.getByRole('region', { name: 'Connect a monitor' })).toBeVisible({ timeout: 30_000 });
  expect((await snapshot(page)).people.map(({ name }) => name)).toEqual([ADMINISTRATOR.name]);
  takeComplaints();
});

test('@full audit entries are found, and the retention rule says what it removes before it is changed', async ({
  ward,
}) => {
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  await page.getByRole('link', { name: 'System' }).click();
  await page.getByLabel('Days kept').fill('20');
  await page.getByRole('button', { name: 'Change the rule' }).click();
  await expect(page.getByText(/nothing is removed now/)).toBeVisible();
  await page.getByRole('button', { name: 'Yes, change it and remove' }).scrollIntoViewIfNeeded();
  await lookAt(program, 'retention');
  await page.getByRole('button', { name: 'Yes, change it and remove' }).click();
  await page.getByRole('button', { name: 'Read the entries' }).click();
  await expect(page.getByText('retention.configure')).toBeVisible();
  await expect(page.getByText(/^Whole: \d+ entries/)).toBeVisible();
  await page.getByLabel('Kind').scrollIntoViewIfNeeded();
  await lookAt(program, 'audit');
  await page.getByLabel('Kind').selectOption('session');
  await expect(page.getByText('No entry fits.')).toBeVisible();
});
