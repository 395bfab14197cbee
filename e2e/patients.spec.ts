/** The charge nurse's and the doctor's side of a stay: who comes, what is decided for them, where they go. */
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { setUpWard, snapshot } from './ward-steps.ts';

const WELL = { rr: 17, spo2: 97, temp: 36.8, sbp: 118, dbp: 72, hr: 80 } as const;
const ILL = { rr: 26, spo2: 90, temp: 38.6, sbp: 94, dbp: 58, hr: 121 } as const;

test('a patient is admitted through bad input, decided upon, moved, discharged and merged, and nothing is lost unsaid', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(240_000);
  const program = await ward.launch();
  const { page } = program;
  const monitor = await connectMonitor(await setUpWard(page));
  const main = page.locator('main');
  const form = main.locator('form').last();
  const patients = () => page.getByRole('link', { name: 'Patients' }).click();
  const bedOf = async (identifier: string) =>
    (await snapshot(page)).beds.find(({ patient }) => patient.identifier === identifier);

  await test.step('an empty ward says so, and bad input is answered in words', async () => {
    await patients();
    await expect(main.getByText('Nobody is here yet.')).toBeVisible();
    await lookAtBoth(program, 'patients-empty');
    await page.getByLabel('Bed', { exact: true }).fill('B'.repeat(10_000));
    await expect(page.getByText('This field is full: 64 characters.')).toBeVisible();
    await page.getByLabel('Bed', { exact: true }).fill('05');
    await page.getByLabel('Name', { exact: true }).fill('\u202eMeera\u200f  Iyer');
    await expect(form.getByRole('button', { name: 'Admit a patient' })).toBeDisabled();
    await expect(form.getByText('A hospital number is needed.')).toBeVisible();
    await page.getByLabel('Hospital number', { exact: true }).fill('M-5');
    await page.getByLabel('Date of birth').fill('2199-01-01');
    await form.getByRole('button', { name: 'Admit a patient' }).click();
    await expect(form.getByRole('alert')).toContainText('The date of birth is not possible');
    expect((await snapshot(page)).beds).toEqual([]);
    await page.getByLabel('Date of birth').fill('');
    await form.getByRole('button', { name: 'Admit a patient' }).click();
    await expect.poll(async () => (await bedOf('M-5'))?.patient.name).toBe('Meera Iyer');
  });

  await test.step('a number that is known stops a second admission, with both side by side', async () => {
    await patients();
    await page.getByLabel('Bed', { exact: true }).fill('06');
    await page.getByLabel('Name', { exact: true }).fill('Somebody Else');
    await page.getByLabel('Hospital number', { exact: true }).fill('M-5');
    await form.getByRole('button', { name: 'Admit a patient' }).click();
    await expect(page.getByRole('heading', { name: 'This number is known' })).toBeVisible();
    await lookAt(program, 'patients-known');
    await page.getByRole('button', { name: 'The number is wrong' }).click();
    await expect(page.getByLabel('Hospital number', { exact: true })).toHaveValue('');
    expect((await snapshot(page)).beds).toHaveLength(1);
  });

  const decide = (title: string) =>
    main.locator('form').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  const saved = async (title: string) => {
    await decide(title).getByRole('button', { name: 'Save' }).click();
    await expect(decide(title).getByRole('status')).toHaveText('Done.');
  };
  await test.step('what a doctor decides stands with its reason, and changes the score from then on', async () => {
    await monitor.send(oruMessage({ bed: '05', patientId: 'M-5', controlId: 'D1', ...WELL, spo2: 90 }));
    await main.getByRole('button', { name: /Meera Iyer/ }).click();
    await lookAtBoth(program, 'patient');
    const scale = decide('SpO2 scale');
    await scale.getByRole('radio', { name: 'Scale 2' }).click();
    await expect(scale.getByText('Name who prescribed it.')).toBeVisible();
    await scale.getByLabel('Prescribed by').fill('Dr N. Banerjee');
    await scale.getByLabel('Reason').fill('   ');
    await expect(scale.getByRole('button', { name: 'Save' })).toBeDisabled();
    await scale.getByLabel('Reason').fill('COPD, blood gas 14:10');
    await saved('SpO2 scale');
    await expect.poll(async () => (await bedOf('M-5'))?.patient.spo2Scale).toBe(2);
    expect((await bedOf('M-5'))?.score).toMatchObject({ points: { spo2: 0 } });

    await decide('Usual for this patient').getByLabel('Usual NEWS2').fill('abc');
    await expect(decide('Usual for this patient').getByRole('alert')).toHaveText('A whole number, 0 to 20.');
    await decide('Usual for this patient').getByLabel('Usual NEWS2').fill('-3');
    await expect(decide('Usual for this patient').getByRole('button', { name: 'Save' })).toBeDisabled();
    await decide('Usual for this patient').getByLabel('Usual NEWS2').fill('3');
    await saved('Usual for this patient');
    await decide('Limits of treatment').getByLabel('Words').fill('x'.repeat(10_000));
    await expect(
      decide('Limits of treatment').getByText('This field is full: 4096 characters.'),
    ).toBeVisible();
    await decide('Limits of treatment').getByLabel('Words').fill('Not for intubation');
    await saved('Limits of treatment');
    await decide('Injury of the spinal cord').getByRole('radio', { name: 'Yes' }).click();
    await saved('Injury of the spinal cord');
    await expect.poll(async () => (await bedOf('M-5'))?.patient.spinalInjury).toBe(true);

    await decide('Age, where no date of birth is known').getByLabel('Years').fill('12');
    await saved('Age, where no date of birth is known');
    await expect.poll(async () => (await bedOf('M-5'))?.score).toMatchObject({ applicable: false });
    await decide('Age, where no date of birth is known').getByLabel('Years').fill('61');
    await saved('Age, where no date of birth is known');
    await decide('Pregnancy').getByRole('radio', { name: 'Yes' }).click();
    await saved('Pregnancy');
    await expect.poll(async () => (await bedOf('M-5'))?.score).toMatchObject({ reason: 'pregnant' });
    await decide('Pregnancy').getByRole('radio', { name: 'No', exact: true }).click();
    await saved('Pregnancy');
    await lookAtBoth(program, 'patient-decided');
    await page.getByRole('link', { name: 'Ward' }).click();
    await lookAtBoth(program, 'ward-decided');
    await main.getByRole('button', { name: /bed 05, Meera Iyer/ }).click();
    for (const badge of [
      'Dr N. Banerjee: COPD, blood gas 14:10',
      'Usual NEWS2 3',
      'Treatment limits: Not for intubation',
    ])
      await expect(main.getByText(badge).first()).toBeVisible();
    await lookAtBoth(program, 'bed-decided');
  });

  await test.step('a patient moves, and two change places', async () => {
    await monitor.send(oruMessage({ bed: '07', patientId: 'M-7', controlId: 'D2', ...ILL }));
    await patients();
    const to = main.getByLabel('To bed');
    await to.fill('05');
    await expect(main.getByText('The patient is in this bed already.')).toBeVisible();
    await to.fill('07');
    await main.getByRole('button', { name: /Change places with .* in bed 07/ }).click();
    await expect.poll(async () => (await bedOf('M-5'))?.bed).toBe('07');
    expect((await bedOf('M-7'))?.bed).toBe('05');
    await to.fill('Isolation bay 12');
    await main.getByRole('button', { name: 'Move', exact: true }).click();
    await expect.poll(async () => (await bedOf('M-5'))?.bed).toBe('Isolation bay 12');
  });

  await test.step('a discharge with an unanswered alert asks why', async () => {
    await main.getByRole('button', { name: /M-7/ }).first().click();
    const discharge = main
      .locator('form')
      .filter({ has: page.getByText(/unanswered/).first() })
      .first();
    await expect(discharge.getByRole('button', { name: 'Discharge' })).toBeDisabled();
    await lookAt(program, 'patient-unanswered');
    await discharge.getByLabel('Reason').fill('Taken to theatre');
    await discharge.getByRole('button', { name: 'Discharge' }).click();
    await expect.poll(() => bedOf('M-7')).toBeUndefined();
    expect((await snapshot(page)).alerts.filter(({ bed }) => bed === '05')).toEqual([]);
    await expect(main.getByText('not in a bed').first()).toBeVisible();
  });

  await test.step('two records of one patient become one, after both were shown', async () => {
    await monitor.send(oruMessage({ bed: '08', patientId: 'TEMP-8', controlId: 'D3', ...WELL }));
    await main.getByLabel('Number or name of the other record').fill('no such number');
    await expect(main.getByText('Nobody is found by this.').last()).toBeVisible();
    await main.getByLabel('Number or name of the other record').fill('TEMP-8');
    await main
      .locator('.patient-page')
      .getByRole('button', { name: /TEMP-8/ })
      .click();
    await expect(main.getByRole('columnheader', { name: 'The other record' })).toBeVisible();
    await lookAt(program, 'patient-merge');
    await main.getByRole('button', { name: 'M-7 and TEMP-8 are one patient' }).click();
    // The record that is in a bed stays, whichever was named: its readings and alerts stand there.
    await expect(main.getByText('Merged numbers: M-7')).toBeVisible();
    expect((await bedOf('TEMP-8'))?.bed).toBe('08');
  });
  monitor.close();
});
