/** What people do about alerts, what the alerts do when nobody does anything, and how much they ask. */
import { z } from 'zod';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { call, setUpWard, snapshot } from './ward-steps.ts';

const ILL = { rr: 26, spo2: 90, temp: 38.6, sbp: 104, dbp: 68, hr: 101 } as const;
const current = z.object({
  current: z.object({ version: z.number(), policy: z.looseObject({ alerts: z.looseObject({}) }) }),
});

test('acknowledged, snoozed, escalated, dismissed: each with its owner and reason; unanswered it climbs, answered it asks again', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const program = await ward.launch();
  const { page } = program;
  const port = await setUpWard(page);
  const main = page.locator('main');
  // A ward that asks again after six seconds, so that the journey need not wait an hour.
  const { policy, version } = current.parse(await call(page, 'queries', 'policy.current', {})).current;
  const alerts = {
    ...policy.alerts,
    reraiseMinutes: { high: 0.1, medium: null, low: null },
    escalation: { high: [{ afterMinutes: 0.1, owner: 'doctor' }], medium: [], low: [] },
  };
  await call(page, 'commands', 'policy.save-draft', {
    expectedVersion: version,
    policy: { ...policy, alerts },
  });
  await call(page, 'commands', 'policy.simulate', {});
  await expect
    .poll(async () => JSON.stringify(await call(page, 'queries', 'policy.simulation', {})), {
      timeout: 60_000,
    })
    .toMatch(/"state":"(?:done|not-enough-data|failed)"/);
  await call(page, 'commands', 'policy.activate', { expectedVersion: version, reason: 'for a short wait' });
  const monitor = await connectMonitor(port);
  const send = (bed: string) =>
    monitor.send(oruMessage({ bed, patientId: `P${bed}`, controlId: `A${bed}`, ...ILL }));
  const high = async (bed: string) =>
    (await snapshot(page)).alerts.find((one) => one.bed === bed && one.rule === 'news2-high');
  const open = async (bed: string) => {
    await page.getByRole('link', { name: 'Alerts' }).click();
    await main
      .getByRole('row', { name: new RegExp(`Bed ${bed}.*NEWS2`) })
      .first()
      .getByRole('button')
      .click();
    await expect(main.getByRole('button', { name: /^Acknowledge/ })).toBeVisible();
  };

  await test.step('nobody answers: it climbs by itself and says whose it is', async () => {
    await send('01');
    await expect.poll(async () => (await high('01'))?.state, { timeout: 20_000 }).toBe('escalated');
    await open('01');
    await lookAtBoth(program, 'alert-climbed');
  });
  await test.step('acknowledged, and its condition goes on: it asks again', async () => {
    await main.getByRole('button', { name: /^Acknowledge/ }).click();
    await expect.poll(async () => (await high('01'))?.state).toBe('acknowledged');
    await expect.poll(async () => (await high('01'))?.reraised, { timeout: 20_000 }).toBeGreaterThan(0);
    await expect(main.getByText('asked again', { exact: false }).first()).toBeVisible();
    await lookAt(program, 'alert-reraised');
  });
  await test.step('snoozed with a reason', async () => {
    await send('02');
    await open('02');
    await main.getByRole('button', { name: /^Snooze/ }).click();
    await expect(main.getByRole('button', { name: 'Snooze now' })).toBeDisabled();
    await expect(main.getByText('A reason is needed.')).toBeVisible();
    await lookAtBoth(program, 'alert-snoozing');
    await main.getByRole('radio', { name: 'Procedure in progress' }).click();
    await main.getByRole('button', { name: 'Snooze now' }).click();
    await expect.poll(async () => (await high('02'))?.state).toBe('snoozed');
  });
  await test.step('escalated to somebody by name', async () => {
    await send('03');
    await open('03');
    await main.getByRole('button', { name: /^Escalate/ }).click();
    await lookAt(program, 'alert-escalating');
    const other = main.getByRole('radio', { name: 'Somebody else, in words' });
    if (await other.isVisible()) await other.click();
    await main.getByRole('textbox', { name: 'Escalated to' }).fill('Dr Banerjee, on call');
    await main.getByRole('button', { name: 'Escalate now' }).click();
    await expect.poll(async () => (await high('03'))?.owner).toContain('Asha Rao');
  });
  await test.step('dismissed with a reason, and by Escape not at all', async () => {
    await send('04');
    await open('04');
    await main.getByRole('button', { name: /^Dismiss/ }).click();
    await page.keyboard.press('Escape');
    await expect(main.getByRole('button', { name: /^Acknowledge/ })).toBeVisible();
    await main.getByRole('button', { name: /^Dismiss/ }).click();
    await main.getByRole('radio', { name: 'Other, in words' }).click();
    await main.getByRole('textbox', { name: 'Why it was not true' }).fill('   ');
    await expect(main.getByRole('button', { name: 'Dismiss now' })).toBeDisabled();
    await main.getByRole('textbox', { name: 'Why it was not true' }).fill('Probe on the other hand');
    await lookAt(program, 'alert-dismissing');
    await main.getByRole('button', { name: 'Dismiss now' }).click();
    await expect.poll(async () => (await high('04'))?.state ?? 'closed').not.toBe('active');
  });
  await test.step('how much the alerts asked stands with what came of it', async () => {
    await page.getByRole('link', { name: 'Alerts' }).click();
    await expect(main.getByRole('row', { name: /^All rules/ })).toBeVisible();
    await lookAtBoth(program, 'alerts');
    await main.getByRole('row', { name: /^All rules/ }).scrollIntoViewIfNeeded();
    await lookAtBoth(program, 'alerts-burden');
  });
  monitor.close();
});
