/** A handover draft of a shift: from the bed, in both forms and languages. */
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { setUpWard, snapshot } from './ward-steps.ts';

test('a bed’s handover is drafted from the record, as SBAR and as SOAP, and says that it is a draft', {
  tag: '@full',
}, async ({ ward }) => {
  const program = await ward.launch();
  const { page } = program;
  const monitor = await connectMonitor(await setUpWard(page));
  await monitor.send(
    oruMessage({
      bed: '07',
      patientId: '40271883',
      controlId: 'HAND1',
      rr: 26,
      spo2: 92,
      temp: 38.4,
      sbp: 95,
      dbp: 60,
      hr: 118,
    }),
  );
  await expect.poll(async () => (await snapshot(page)).alerts.length).toBe(1);
  const [bed] = (await snapshot(page)).beds;
  expect(bed).toBeDefined();
  await page
    .getByRole('button', { name: /Bed 07/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Bed 07', exact: true }).last().click();
  await page.getByRole('button', { name: 'Handover' }).click();
  await expect(page.getByText('Draft, read before use')).toBeVisible();
  await expect(page.getByText('heart rate 118/min', { exact: false }).first()).toBeVisible();
  await expect(page.getByText('1 open alert has no answer yet.')).toBeVisible();
  await lookAtBoth(program, 'handover-sbar');
  await page.getByRole('radio', { name: 'SOAP' }).click();
  await expect(page.getByText('ask, and add it', { exact: false })).toBeVisible();
  await lookAtBoth(program, 'handover-soap');
  monitor.close();
});
