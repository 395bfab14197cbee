/** An alert's explanation for a doctor and for students, why its sentences stand there, and the same words again. */
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { setUpWard, snapshot } from './ward-steps.ts';

test('a doctor asks for more depth, sees why each sentence stands there, and the words come again', async ({
  ward,
}) => {
  test.setTimeout(150_000);
  const program = await ward.launch();
  const { page } = program;
  const monitor = await connectMonitor(await setUpWard(page));
  await monitor.send(
    oruMessage({
      bed: '07',
      patientId: '40271883',
      controlId: 'DEPTH1',
      rr: 26,
      spo2: 92,
      temp: 38.4,
      sbp: 95,
      dbp: 60,
      hr: 118,
    }),
  );
  await expect.poll(async () => (await snapshot(page)).alerts.length).toBe(1);
  await page
    .getByRole('button', { name: /Bed 07/ })
    .first()
    .click();
  await page.getByRole('radio', { name: 'Doctor' }).click();
  await page.getByRole('button', { name: 'Write an explanation' }).click();
  await expect(page.getByText('One thing to consider', { exact: false }).first()).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole('button', { name: 'Ask again' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Why this sentence' }).click();
  await expect(page.getByText('passed all', { exact: false }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Generate again and compare' }).click();
  await expect(page.getByText('The same words came again', { exact: false })).toBeVisible({
    timeout: 60_000,
  });
  await lookAtBoth(program, 'explanation-doctor');
  monitor.close();
});
