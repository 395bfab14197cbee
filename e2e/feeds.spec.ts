/** A monitor that falls silent, how its sender did, and a backup from the screen. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { setUpWard, snapshot } from './ward-steps.ts';

const WELL = { rr: 17, spo2: 97, temp: 36.8, sbp: 118, dbp: 72, hr: 80 } as const;

test('a monitor that falls silent is told apart from the patients’ alerts, seen by somebody, and over when it sends', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const program = await ward.launch();
  const { page } = program;
  const port = await setUpWard(page);
  let monitor = await connectMonitor(port);
  const main = page.locator('main');
  let sent = 0;
  const send = () =>
    monitor.send(oruMessage({ bed: '03', patientId: 'A3', controlId: `S${sent++}`, ...WELL }));
  for (let set = 0; set < 5; set++) {
    await send();
    await page.waitForTimeout(1_000);
  }
  await page.getByRole('link', { name: 'Alerts' }).click();
  await expect(main.getByText('The monitor sends nothing').first()).toBeVisible({ timeout: 90_000 });
  expect((await snapshot(page)).alerts).toEqual([]);
  await lookAtBoth(program, 'technical');
  await page.getByRole('link', { name: 'Ward' }).click();
  await lookAtBoth(program, 'ward-silent');
  await page.getByRole('link', { name: 'Alerts' }).click();
  const row = main.getByRole('row', { name: /The monitor sends nothing/ });
  await row.getByRole('button', { name: 'Seen' }).click();
  await expect(row).toContainText('seen by Asha Rao');
  // The listener has closed the connection that said nothing for a minute; the monitor opens another.
  monitor.close();
  monitor = await connectMonitor(port);
  await send();
  await expect(row).toHaveCount(0);

  await page.getByRole('link', { name: 'System' }).click();
  await expect(main.getByRole('row', { name: /TESTGATE/ }).first()).toBeVisible();
  await lookAt(program, 'feeds');
  monitor.close();
});

test('a backup is made from the screen: the recovery key first, then the folder, then a file that was opened again', {
  tag: '@full',
}, async ({ ward, stage }) => {
  test.setTimeout(180_000);
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  const main = page.locator('main');
  const folder = mkdtempSync(join(tmpdir(), 'medobsmind-backup-'));
  stage?.give(folder);
  await page.getByRole('link', { name: 'System' }).click();
  await expect(main.getByRole('button', { name: 'Back up now' })).toBeDisabled();
  await main.getByRole('button', { name: 'Make a recovery key' }).click();
  const groups = await main.locator('.recovery-key li').allTextContents();
  const asked = main.getByLabel(/Type group \d+/);
  const number = Number(
    /\d+/.exec((await main.locator('label', { hasText: 'Type group' }).textContent()) ?? '')?.[0],
  );
  await asked.fill('WRONG');
  await main.getByRole('button', { name: 'Confirm' }).click();
  await expect(main.getByText('This key does not open the record.', { exact: false })).toBeVisible();
  await lookAt(program, 'backup-key');
  await asked.fill(groups[number - 1] ?? '');
  await main.getByRole('button', { name: 'Confirm' }).click();
  await expect(main.getByText('The recovery key is in force.')).toBeVisible();
  await main.getByLabel('Folder', { exact: true }).fill(join(folder, 'not-there'));
  await main.getByRole('button', { name: 'Save the plan' }).click();
  await main.getByLabel('Folder', { exact: true }).fill(folder);
  await main.getByRole('button', { name: 'Save the plan' }).click();
  await main.getByRole('button', { name: 'Back up now' }).click();
  await expect(main.getByText('Made and verified:', { exact: false })).toBeVisible({ timeout: 60_000 });
  expect(readdirSync(folder).length).toBeGreaterThan(0);
  await lookAtBoth(program, 'backup');
});
