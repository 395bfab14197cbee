/** Biomedical IT's morning: who may send, a FHIR interface engine, a file of last night. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ROOT } from '../scripts/setup/paths.ts';
import { expect, test } from './program.ts';
import { call, setUpWard, snapshot } from './ward-steps.ts';

const PICTURES = join(ROOT, 'reports', 'screens');

async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
}

const heartRate = (id: string, value: number, at: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
  subject: { identifier: { value: 'MRN-1' } },
  effectiveDateTime: at,
  valueQuantity: { value, system: 'http://unitsofmeasure.org', code: '/min' },
  ...more,
});

test('feeds: FHIR by POST, an import and a replay, from the window', { tag: '@full' }, async ({ ward }) => {
  const { page } = await ward.launch();
  await setUpWard(page);
  const asha = { name: 'RAO, ASHA', birthDate: null, sex: 'F', pregnant: false };
  await call(page, 'commands', 'patient.admit', { ...asha, bed: 'B1', identifier: 'MRN-1' });
  await page.getByRole('link', { name: 'System', exact: true }).click();

  // The FHIR server: off, then on with a token that is shown once.
  const fhir = page.getByRole('region', { name: 'FHIR over HTTP' });
  await expect(fhir.getByText('Off. Nothing listens.')).toBeVisible();
  await fhir.getByLabel('Port').fill('0');
  await fhir.getByRole('button', { name: 'Switch on' }).click();
  const token = (await fhir.locator('code').textContent()) ?? '';
  expect(token).toMatch(/^[\w-]{43}$/);
  const address = (await fhir.getByText('Listens at').textContent())?.match(/http:\S+/)?.[0] ?? '';
  await fhir.scrollIntoViewIfNeeded();
  await picture(page, 'feeds-fhir-token');
  const post = async (resource: object, given = token): Promise<number> => {
    const headers = { authorization: `Bearer ${given}`, 'content-type': 'application/fhir+json' };
    return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(resource) })).status;
  };
  const at = new Date(Date.now() - 60_000).toISOString();
  expect(await post(heartRate('o1', 88, at), 'wrong')).toBe(401);
  expect(await post(heartRate('o1', 88, at))).toBe(201);
  expect(await post(heartRate('o1', 88, at))).toBe(200);
  expect(await post(heartRate('o1', 90, at))).toBe(409);
  expect(await post(heartRate('o2', 70, at, { subject: { reference: 'Patient/unknown' } }))).toBe(202);
  expect((await snapshot(page)).beds[0]?.observed.hr).toMatchObject({ value: 88 });
  await fhir.getByRole('button', { name: 'I have copied it' }).click();
  await expect(fhir.locator('code')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '1 message waits for a person' })).toBeVisible();

  // Who may send: what is wrong is said in words, and nothing is changed by it.
  const safety = page.getByRole('form', { name: 'Who may send' });
  await safety.getByLabel('Addresses that may connect').fill('nowhere');
  await safety.getByRole('button', { name: 'Save who may send' }).click();
  await expect(safety.getByText('“nowhere” is no address.')).toBeVisible();
  await safety.getByLabel('Addresses that may connect').fill('127.0.0.0/8');
  await safety.getByLabel('Senders that may send').fill('MON1|WARD');
  await safety.getByRole('button', { name: 'Save who may send' }).click();
  await expect(safety.getByText('Saved. The listener was opened anew')).toBeVisible();
  await safety.scrollIntoViewIfNeeded();
  await picture(page, 'feeds-safety');

  // A file with decimal commas.
  await page.getByRole('button', { name: 'Import a file of vitals' }).click();
  const file = join(ward.freshUserDataDir(), 'night.csv');
  const earlier = new Date(Date.now() - 3_600_000).toISOString();
  writeFileSync(file, `time;mrn;temp_c;hr\n${earlier};MRN-1;38,4;91\n`);
  await page.getByLabel('Choose a file').setInputFiles(file);
  await expect(page.getByText('Its numbers are written with a comma.')).toBeVisible();
  await page.getByRole('button', { name: /Dry run/ }).click();
  await picture(page, 'import-decimal-comma');
  await page.getByRole('button', { name: 'Take 1 row' }).click();
  await expect(page.getByText('Import ended:').first()).toBeVisible();

  // The same file is replayed on an invented patient.
  await page.getByRole('link', { name: 'System', exact: true }).click();
  await page.getByLabel('Replay a file').setInputFiles(file);
  await expect(page.getByText('The replay has ended.', { exact: false })).toBeVisible();
  expect((await snapshot(page)).beds.map(({ patient }) => patient.demonstration).sort()).toEqual([
    false,
    true,
  ]);

  // The same screens in Hindi.
  await call(page, 'commands', 'terminal.prefer', { language: 'hi' });
  const hindi = page.getByRole('region', { name: 'HTTP पर FHIR' });
  await hindi.scrollIntoViewIfNeeded();
  await expect(hindi.getByRole('button', { name: 'बंद करें' })).toBeVisible();
  await picture(page, 'feeds-fhir-hindi');
});
