/** The first hour with the program: set-up, admitting by hand, the keypad, the sample, night and Hindi. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/setup/paths.ts';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { call, setUpWard, snapshot } from './ward-steps.ts';

/** Pictures for people: looked at beside the board, and the README's. */
const PICTURES = join(ROOT, 'reports', 'screens');
mkdirSync(PICTURES, { recursive: true });

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

test('the first administrator sets the ward up, sees three ways in, admits by hand and enters a set on the keypad', async ({
  ward,
}) => {
  const { page } = await ward.launch();
  await page.getByLabel('Ward name').fill('ICU-2');
  await page.getByLabel('Your name').fill('Asha Rao');
  await page.getByLabel('PIN', { exact: true }).fill('2468');
  await page.getByLabel('PIN again').fill('2469');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(page.getByText('The two PINs differ.')).toBeVisible();
  await page.getByLabel('PIN again').fill('2468');
  await page.getByRole('button', { name: 'Set up' }).click();

  for (const way of ['Connect a monitor', 'Enter by hand', 'Replay a sample'])
    await expect(page.getByRole('region', { name: way })).toBeVisible();
  await expect(page.getByText(/Listening on 127\.0\.0\.1, port \d+/)).toBeVisible();
  await picture(page, 'first-run');

  await page.getByRole('button', { name: 'Admit a patient' }).click();
  await page.getByLabel('Bed', { exact: true }).fill('12');
  await page.getByLabel('Name', { exact: true }).fill('Lakshmi Raghunathan');
  await page.getByLabel('Hospital number').fill('40271883');
  await page.getByRole('radio', { name: 'Female' }).click();
  await page.locator('form').getByRole('button').last().click();

  // The keypad: respiration 22, then a temperature nobody would believe.
  await page.getByLabel('Respiration').first().click();
  for (const digit of ['2', '2']) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByLabel('Temperature').first().click();
  for (const key of ['3', '2', '.', '7']) await page.getByRole('button', { name: key, exact: true }).click();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText(/32\.7/).first()).toBeVisible();
  expect((await snapshot(page)).beds[0]?.observed.temp_c).toBeUndefined();
  await page.getByRole('button', { name: /^Leave empty/ }).click();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect.poll(async () => (await snapshot(page)).beds[0]?.observed.rr?.value).toBe(22);
  const [incomplete] = (await snapshot(page)).beds;
  expect(incomplete?.score).toMatchObject({ complete: false, min_total: 2 });
  expect(incomplete?.observed.temp_c).toBeUndefined();
});

test('the sample plays at a chosen speed, marked on every screen, and leaves when it is stopped', async ({
  ward,
}) => {
  const { page } = await ward.launch();
  await setUpWard(page);
  await call(page, 'commands', 'demonstration.start', { speed: 120 });
  await expect(page.getByText('DEMONSTRATION').first()).toBeVisible();
  await expect
    .poll(async () => (await snapshot(page)).alerts.map(({ rule }) => rule), { timeout: 30_000 })
    .toContain('news2-high');
  expect((await snapshot(page)).beds.every(({ patient }) => patient.demonstration)).toBe(true);
  for (const view of ['Alerts', 'Enter', 'System', 'Ward']) {
    await page.getByRole('link', { name: view }).click();
    await expect(page.getByText('DEMONSTRATION').first()).toBeVisible();
  }
  await call(page, 'commands', 'demonstration.stop', {});
  await expect.poll(async () => (await snapshot(page)).beds).toEqual([]);
});

test('the ward, the bed, the alert, the entry and the system page, by day and by night, in English and Hindi', async ({
  ward,
}) => {
  const { page } = await ward.launch();
  const monitor = await connectMonitor(await setUpWard(page));
  const people = [
    ['07', 'RAGHUNATHAN^LAKSHMI', { rr: 26, spo2: 92, temp: 38.8, sbp: 95, dbp: 60, hr: 115 }],
    ['03', 'SIDDIQUI^MOHAMMED FAROUK', { rr: 24, spo2: 90, temp: 37.4, sbp: 104, dbp: 58, hr: 118 }],
    ['11', 'OCONNELL^THOMAS', { rr: 22, spo2: 94, temp: 37.9, sbp: 108, dbp: 66, hr: 104 }],
    ['14', 'GILL^HARPREET KAUR', { rr: 23, spo2: 95, temp: 37.2, sbp: 118, dbp: 70, hr: 96 }],
    ['02', 'WEI-LING^CHEN', { rr: 21, spo2: 95, temp: 38.4, sbp: 132, dbp: 78, hr: 92 }],
    ['05', 'DLAMINI^NOMVULA', { rr: 16, spo2: 98, temp: 36.8, sbp: 88, dbp: 50, hr: 88 }],
    ['12', 'VENKATARAMAN^SURESH B', { rr: 19, spo2: 97, temp: 37.6, sbp: 126, dbp: 74, hr: 84 }],
    ['08', 'JOSHI^RAMESH CHANDRA', { rr: 18, spo2: 96, temp: 36.6, sbp: 112, dbp: 64, hr: 76 }],
    ['10', 'AL-SAYED^FATIMA', { rr: 15, spo2: 99, temp: 36.7, sbp: 121, dbp: 76, hr: 72 }],
  ] as const;
  for (const [bed, name, vitals] of people)
    await monitor.send(
      oruMessage({ bed, patientId: `4027${bed}`, controlId: `PIC${bed}`, ...vitals }).replace(
        'TESTPATIENT^ASHA',
        name,
      ),
    );
  monitor.close();
  const { beds, alerts } = await snapshot(page);
  expect(beds).toHaveLength(people.length);
  for (const { bed, patient } of beds)
    if (bed !== '14')
      await call(page, 'commands', 'observation.enter', {
        patientId: patient.id,
        values: { on_oxygen: Number(bed) % 3 === 1, acvpu: 'A' },
        confirmed: [],
      });
  const high = alerts.find(({ bed }) => bed === '07');
  await expect
    .poll(
      async () => JSON.stringify(await call(page, 'queries', 'alert.explanation', { alertId: high?.id })),
      { timeout: 60_000 },
    )
    .toContain('"status":"complete"');
  await page.waitForTimeout(700);
  await picture(page, 'ward');
  await page
    .getByRole('button', { name: /Bed 07/ })
    .first()
    .click();
  await expect(page.getByText('RULES')).toBeVisible();
  await page.waitForTimeout(500);
  await picture(page, 'alert');
  await page.getByRole('button', { name: 'Bed 07', exact: true }).last().click();
  await expect(page.getByRole('heading', { name: 'Observation chart' })).toBeVisible();
  await page.waitForTimeout(500);
  await picture(page, 'bed');
  await page.getByRole('link', { name: 'Enter' }).click();
  await page.waitForTimeout(300);
  await picture(page, 'entry');
  await page.getByRole('link', { name: 'System' }).click();
  await page.waitForTimeout(300);
  await picture(page, 'system');
  await page.getByRole('link', { name: 'Ward' }).click();
  await page.getByRole('button', { name: /Theme/ }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'ward-dark');
  await page.waitForTimeout(300);
  await picture(page, 'ward-night');
  await page.getByRole('button', { name: /Language/ }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'hi');
  // Digits stay Latin in every language.
  expect(await page.locator('body').textContent()).not.toMatch(/[\u0966-\u096f]/);
  await page.waitForTimeout(300);
  await picture(page, 'ward-hi');
});
