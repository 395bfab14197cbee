/** The program's own figures: refused to whom they are not for, before anything happened and after, and for Prometheus. */
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { call, setUpWard, snapshot } from './ward-steps.ts';

const ILL = { rr: 28, spo2: 90, temp: 38.9, sbp: 92, dbp: 54, hr: 128 } as const;

test('the figures of explanations stand beside their targets, and Prometheus reads the same', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const program = await ward.launch();
  const { page } = program;
  const port = await setUpWard(page);
  const main = page.locator('main');
  await page.getByRole('link', { name: 'Monitoring', exact: true }).click();
  await expect(main.getByText('No explanation was asked for in this time.')).toBeVisible();
  await expect(main.getByRole('row', { name: /^Errors/ })).toContainText('Nothing measured');
  await lookAtBoth(program, 'monitoring-empty');

  const monitor = await connectMonitor(port);
  await monitor.send(oruMessage({ bed: '03', patientId: 'A3', controlId: 'M1', ...ILL }));
  await expect
    .poll(
      async () => {
        const [alert] = (await snapshot(page)).alerts;
        if (alert === undefined) return null;
        const explanation = await call(page, 'queries', 'alert.explanation', { alertId: alert.id });
        return JSON.stringify(explanation).includes('"status":"complete"');
      },
      { timeout: 90_000 },
    )
    .toBe(true);
  monitor.close();
  await page.getByText('7 days', { exact: true }).click();
  await expect(main.getByRole('row', { name: /Complete explanation/ })).toContainText('Too few to say');
  await expect(main.getByRole('row', { name: /^Safety violations/ })).toContainText('Met');

  await main.getByLabel('Port').fill('0');
  await main.getByRole('button', { name: 'Switch on' }).click();
  const address = /http:\/\/127\.0\.0\.1:\d+\/metrics/;
  await expect(main.getByText(address)).toBeVisible();
  const [url = ''] = address.exec((await main.getByText(address).textContent()) ?? '') ?? [];
  const text = await (await fetch(url)).text();
  expect(text).toMatch(/^medobsmind_explanations_total\{outcome="complete"\} 1$/m);
  expect(text).not.toContain('A3');
  // Over the first minute, so that the lines have a point.
  await page.waitForTimeout(62_000);
  await lookAt(program, 'monitoring-ward');
  await main.getByRole('row', { name: /Complete explanation/ }).hover();
  await page.mouse.wheel(0, -5_000);
  await lookAtBoth(program, 'monitoring');
  await page.getByRole('button', { name: /Theme/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'ward-dark');
  await lookAt(program, 'monitoring-dark');

  await call(page, 'commands', 'session.lock', {});
  await expect(main.getByText('Sign in as ICU administrator', { exact: false })).toBeVisible();
  await lookAt(program, 'monitoring-refused');
});
