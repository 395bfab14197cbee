/** A ward changes when it is called: a draft, what it would have meant on the last days, and its activation. */
import { giveCoreAClock } from './clock.ts';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { ADMINISTRATOR, call, mllpPort, setUpWard, snapshot } from './ward-steps.ts';

const DAY_MS = 86_400_000;
/** Mean pressure 71 mmHg: above the program's own limit of 65, below the one of the draft. */
const LOW_PRESSURE = { rr: 17, spo2: 97, temp: 36.8, sbp: 112, dbp: 50, hr: 80 } as const;

test('a stricter limit is tried on four days of the record before it is put in force, and then the alert rings', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  const main = page.locator('main');
  const clock = await giveCoreAClock(program, -4 * DAY_MS);
  program.takeComplaints();
  const person = (await snapshot(page)).people.find(({ name }) => name === ADMINISTRATOR.name);
  const signIn = () =>
    call(page, 'commands', 'session.sign-in', { personId: person?.id, pin: ADMINISTRATOR.pin });
  const send = async (bed: string, controlId: string, offsetMs: number) => {
    const monitor = await connectMonitor(await mllpPort(page));
    const answer = await monitor.send(
      oruMessage({
        bed,
        patientId: `P${bed}`,
        controlId,
        at: new Date(Date.now() + offsetMs),
        ...LOW_PRESSURE,
      }),
    );
    monitor.close();
    expect(answer).toContain(`MSA|AA|${controlId}`);
  };

  await test.step('four days are recorded while the clock of the machine is put right, day by day', async () => {
    for (const days of [4, 3, 2, 1, 0]) {
      clock.set(-days * DAY_MS);
      await page.waitForTimeout(1_500);
      await send('03', `DAY${days}`, -days * DAY_MS);
    }
    await page.getByRole('link', { name: 'Alerts' }).click();
    await expect(main.getByText(/The time of day of this machine was moved by/).first()).toBeVisible();
    await lookAtBoth(program, 'alerts-clock-jumped');
    await signIn();
    await main
      .getByRole('row', { name: /The time of day of this machine/ })
      .getByRole('button', { name: 'Seen' })
      .click();
    await expect(main.getByText(/The time of day of this machine was moved by/)).toHaveCount(0);
    expect((await snapshot(page)).alerts.filter(({ rule }) => rule === 'map-low')).toEqual([]);
  });

  const limit = main.getByLabel(/Mean.*: Threshold/);
  await test.step('a draft is typed; what cannot be is said by the name of its field', async () => {
    await page.getByRole('link', { name: 'System' }).click();
    await page.getByRole('button', { name: 'Open the policy' }).click();
    await lookAtBoth(program, 'policy');
    for (const [typed, said] of [
      ['abc', 'a number is needed here'],
      ['', 'a number is needed here'],
      ['-65', 'it is too small; the limit is 30'],
      ['99999999999', 'it is too large; the limit is 120'],
    ] as const) {
      await limit.fill(typed);
      await expect(main.getByRole('alert')).toContainText(said);
      await expect(limit).toHaveValue(typed);
      await expect(main.getByRole('button', { name: 'Save as draft' })).toBeDisabled();
    }
    await lookAt(program, 'policy-fault');
    await limit.fill('75.5');
    await limit.fill('75');
    await expect(main.getByText('What you typed is not saved yet.')).toBeVisible();
    await expect(main.getByRole('button', { name: 'Simulate the draft' })).toBeDisabled();
    await main.getByRole('button', { name: 'Save as draft' }).click();
    await expect(main.getByText('Saved as a draft.')).toBeVisible();
    // The ward goes on as before.
    await send('04', 'BEFORE', 0);
    expect((await snapshot(page)).alerts.filter(({ rule }) => rule === 'map-low')).toEqual([]);
  });

  await test.step('the simulation says what it would have meant, before and after, with intervals', async () => {
    await main.getByRole('button', { name: 'Simulate the draft' }).click();
    await expect(main.getByText(/bed-days of/)).toBeVisible({ timeout: 60_000 });
    const alerts = main.getByRole('row', { name: /^Alerts/ });
    const [before, after] = (await alerts.getByRole('cell').allTextContents()).slice(-2).map(Number);
    expect(after).toBeGreaterThan(before ?? Number.NaN);
    await expect(main.getByRole('row', { name: /A bed and day/ })).toContainText(/\d \(\d.*–\d.*\)/);
    await main.getByText(/bed-days of/).scrollIntoViewIfNeeded();
    await lookAtBoth(program, 'policy-simulated');
  });

  await test.step('in force with a reason; the next patient rings', async () => {
    const activate = main.getByRole('button', { name: 'Put the draft in force' });
    await expect(activate).toBeDisabled();
    await main.getByLabel('Why', { exact: true }).fill('Vasopressors are titrated to 75 here');
    await activate.click();
    await expect(main.getByText('Version 2 is in force')).toBeVisible();
    await expect(main.getByText('Not simulated yet.')).toBeVisible();
    await send('05', 'AFTER', 0);
    await expect
      .poll(async () =>
        (await snapshot(page)).alerts.filter(({ rule }) => rule === 'map-low').map(({ bed }) => bed),
      )
      .toContain('05');
    await lookAt(program, 'policy-in-force');
  });
});
