/** Messages that wait for a person: nobody guesses whose they are, and nothing of them counts before. */
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { call, setUpWard, snapshot } from './ward-steps.ts';

const WELL = { rr: 17, spo2: 97, temp: 36.8, sbp: 118, dbp: 72 } as const;

test('a held message waits for the bed, a conflicting duplicate for a reason; what was decided elsewhere says so', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(180_000);
  const program = await ward.launch();
  const { page } = program;
  const monitor = await connectMonitor(await setUpWard(page));
  const main = page.locator('main');
  const waiting = page.locator('.messages .patients-side .patients-one');
  const hr = async (bed: string) =>
    (await snapshot(page)).beds.find((one) => one.bed === bed)?.observed.hr?.value;
  const nameless = (controlId: string, rate: number) =>
    oruMessage({ bed: '09', patientId: '', controlId, ...WELL, hr: rate }).replace(/^PID.*$/m, 'PID|||');
  for (const [bed, id] of [
    ['03', 'A3'],
    ['07', 'A7'],
  ] as const)
    await monitor.send(oruMessage({ bed, patientId: id, controlId: `IN${id}`, ...WELL, hr: 80 }));

  await test.step('held: acknowledged, shown, and given to nobody', async () => {
    expect(await monitor.send(nameless('HELD1', 91))).toContain('MSA|AA|HELD1');
    await page.getByRole('link', { name: 'Waiting messages' }).click();
    await expect(waiting).toHaveCount(1);
    expect((await snapshot(page)).beds.map(({ bed }) => bed).sort()).toEqual(['03', '07']);
    await lookAtBoth(program, 'messages');
    await waiting.first().click();
    await expect(main.getByText('Nobody is chosen for you.')).toBeVisible();
    await expect(main.getByRole('button', { name: /These are/ })).toHaveCount(0);
    await lookAtBoth(program, 'message-held');
    await main
      .locator('.patient-page')
      .getByRole('button', { name: /Bed 03/ })
      .click();
    await main.getByRole('button', { name: /These are .* values, bed 03/ }).click();
    await expect(main.getByText(/Taken over: \d+ values/)).toBeVisible();
    expect(await hr('03')).toBe(91);
    expect(await hr('07')).toBe(80);
    await expect(page.getByRole('link', { name: 'Waiting messages' })).toHaveCount(0);
  });

  await test.step('many of one monitor and bed are decided about at once', async () => {
    for (let one = 0; one < 4; one += 1) await monitor.send(nameless(`MANY${one}`, 92));
    await page.getByRole('link', { name: 'Waiting messages' }).click();
    await expect(waiting).toHaveCount(4);
    await expect(main.getByText('within 30 days is discarded')).toBeVisible();
    await waiting.first().click();
    await main
      .locator('.patient-page')
      .getByRole('button', { name: /Bed 03/ })
      .click();
    await main.getByLabel('Why it is discarded').fill('the monitor was being tested');
    await expect(main.getByRole('button', { name: /^All held messages of .*, bed 09/ })).toBeEnabled();
    await lookAtBoth(program, 'messages-many');
    await main.getByRole('button', { name: /^Discard all held of .*, bed 09/ }).click();
    await expect(main.getByText('Discarded: 4 messages.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Waiting messages' })).toHaveCount(0);
    expect(await hr('03')).toBe(91);
  });

  await test.step('a second message under the same number changes nothing, and is discarded with a reason', async () => {
    const again = oruMessage({ bed: '07', patientId: 'A7', controlId: 'INA7', ...WELL, hr: 170 });
    expect(await monitor.send(again)).toMatch(/MSA\|A[ER]\|INA7/);
    await page.getByRole('link', { name: 'Waiting messages' }).click();
    await waiting.first().click();
    await expect(main.getByText('another message came before under the same number').first()).toBeVisible();
    await lookAtBoth(program, 'message-quarantined');
    expect(await hr('07')).toBe(80);
    const discard = main.getByRole('button', { name: 'Discard' });
    await main.getByLabel('Why it is discarded').fill('   ');
    await expect(discard).toBeDisabled();
    await main.getByLabel('Why it is discarded').fill('r'.repeat(10_000));
    await expect(main.getByText('This field is full: 4096 characters.')).toBeVisible();
    await main.getByLabel('Why it is discarded').fill('Sent twice by the gateway after its restart');
    await discard.click();
    await expect(main.getByText('Discarded.')).toBeVisible();
    await expect(main.getByText('No message waits for a person.')).toBeVisible();
    expect(await hr('07')).toBe(80);
  });

  await test.step('somebody at another terminal was faster', async () => {
    await monitor.send(nameless('HELD2', 99));
    await expect(waiting).toHaveCount(1);
    await waiting.first().click();
    await expect(main.getByText('What the message itself says')).toBeVisible();
    const list = JSON.stringify(await call(page, 'queries', 'messages.waiting', {}));
    const messageId = Number(/"id":(\d+)/.exec(list)?.[1]);
    await call(page, 'commands', 'message.discard', { messageId, expectedVersion: 1, reason: 'known' }).catch(
      async () =>
        call(page, 'commands', 'message.discard', { messageId, expectedVersion: 0, reason: 'known' }),
    );
    await expect(main.getByText('Somebody else has decided about this message.')).toBeVisible();
    expect(await hr('03')).toBe(91);
  });
  monitor.close();
});
