/**
 * A file of vitals, looked at before anything is taken. The page's own file field is the seam: the shell has no call
 * that reads a path, so a page can only ever read a file that a person chose.
 */
import { expect, test } from './program.ts';
import { lookAt, lookAtBoth } from './screens.ts';
import { call, setUpWard, snapshot } from './ward-steps.ts';

const MINUTE_MS = 60_000;

test('a file is refused in words or mapped, tried without a trace, taken with an account, and known the second time', {
  tag: '@full',
}, async ({ ward }) => {
  test.setTimeout(180_000);
  const program = await ward.launch();
  const { page } = program;
  await setUpWard(page);
  await call(page, 'commands', 'patient.admit', {
    bed: '05',
    name: 'Meera Iyer',
    identifier: 'M-5',
    birthDate: null,
    sex: 'F',
    pregnant: false,
  });
  const main = page.locator('main');
  const choose = (name: string, text: string | Buffer) =>
    main.getByLabel('Choose a file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const observed = async () => Object.keys((await snapshot(page)).beds[0]?.observed ?? {});
  await page.getByRole('link', { name: 'System' }).click();
  await page.getByRole('button', { name: 'Import a file of vitals' }).click();
  await expect(main.getByText('Nothing has been imported.')).toBeVisible();
  await lookAtBoth(program, 'import-empty');

  await test.step('files that are none are refused in words', async () => {
    await choose('empty.csv', '');
    await expect(main.getByRole('alert')).toHaveText('The file has no rows.');
    await choose('picture.csv', Buffer.from(Array.from({ length: 4_000 }, (_, at) => (at * 37) % 251)));
    await expect(
      main.getByRole('alert').or(main.getByRole('button', { name: 'Another file' })),
    ).toBeVisible();
    if (await main.getByRole('button', { name: 'Another file' }).isVisible())
      await main.getByRole('button', { name: 'Another file' }).click();
    await choose('large.csv', 'x'.repeat(8_000_001));
    await expect(main.getByRole('alert')).toContainText('larger than 8 MB');
    await lookAt(program, 'import-refused');
  });

  const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
  const table = [
    'mrn,time,hr,spo2,rr,breaths',
    `M-5,${at(30)},88,96,,18`,
    `M-5,${at(20)},abc,96,,18`,
    `ZZ,${at(20)},80,96,,18`,
    `M-5,,80,96,,18`,
    `M-5,${at(10)},9999,95,,19`,
    '',
  ].join('\n');
  await test.step('columns are shown as they are read, and can be read otherwise', async () => {
    await choose('night.csv', table);
    await expect(main.getByText('5 rows')).toBeVisible();
    await expect(main.getByLabel('Is read as: hr')).toHaveValue('hr');
    await main.getByLabel('Is read as: breaths').selectOption('rr');
    await expect(main.getByLabel('Is read as: rr')).toHaveValue('');
    await main.getByLabel('Time zone').fill('Mars/Olympus');
    await expect(main.getByText('This time zone is not known here.')).toBeVisible();
    await main.getByRole('button', { name: 'Dry run' }).click();
    await expect(main.getByRole('alert').last()).toBeVisible();
    expect(await observed()).toEqual([]);
    await main.getByLabel('Time zone').fill('');
    await lookAtBoth(program, 'import-columns');
  });

  await test.step('the dry run tells every row and writes nothing', async () => {
    await main.getByRole('button', { name: 'Dry run' }).click();
    await expect(main.getByText('Dry run ended. Nothing has been changed.').first()).toBeVisible();
    for (const reason of ['nobody here has this number', 'there is no time'])
      await expect(main.getByText(reason).first()).toBeVisible();
    await lookAtBoth(program, 'import-tried');
    expect(await observed()).toEqual([]);
  });

  await test.step('what is taken is in the record, and known the second time', async () => {
    await main.getByRole('button', { name: 'Take 3 rows' }).click();
    await expect(main.getByText('Import ended:', { exact: false }).first()).toBeVisible();
    await expect.poll(async () => (await snapshot(page)).beds[0]?.observed.rr?.value).toBe(19);
    // 9999 is no heart rate: the last good one stays the last.
    expect((await snapshot(page)).beds[0]?.observed.hr?.value).toBe(88);
    await lookAtBoth(program, 'import-done');
    await main.getByRole('button', { name: 'Another file' }).click();
    await choose('night.csv', table);
    await main.getByLabel('Is read as: breaths').selectOption('rr');
    await main.getByRole('button', { name: 'Dry run' }).click();
    await expect(main.getByText('Dry run ended. Nothing has been changed.').first()).toBeVisible();
    await expect(main.getByText('There is nothing to take.')).toBeVisible();
  });
});
