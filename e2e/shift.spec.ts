/** A nurse's shift: the main job from a monitor's message to a rating, and all of it there after a restart. */
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { explanationViewSchema, ratingViewSchema } from '../app/contract/views.ts';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { ADMINISTRATOR, call, setUpWard, snapshot } from './ward-steps.ts';

const SICK = { rr: 26, spo2: 91, temp: 38.6, sbp: 94, dbp: 58, hr: 121 } as const;

const answerSchema = z.object({
  explanation: explanationViewSchema.nullable(),
  rating: ratingViewSchema.nullable(),
});

async function explanationOf(page: Page, alertId: string) {
  return answerSchema.parse(await call(page, 'queries', 'alert.explanation', { alertId }));
}

/** The numbers of a text that stand for themselves: those inside SpO2 and NEWS2 are names. */
function numbersIn(text: string): number[] {
  return (text.replaceAll(/SpO\s*2|NEWS2/g, ' ').match(/\d+(?:\.\d+)?/g) ?? []).map(Number);
}

test('a message becomes an alert with rule text and checked sentences; acknowledged, rated and still there after a restart', async ({
  ward,
}) => {
  const first = await ward.launch();
  const { page } = first;
  const port = await setUpWard(page);
  const monitor = await connectMonitor(port);
  const answer = await monitor.send(
    oruMessage({ bed: '07', patientId: '40271883', controlId: 'SHIFT1', ...SICK }),
  );
  expect(answer).toContain('MSA|AA|SHIFT1');

  // On the ward at once: the bed, its lower bound, the alert and the rule text.
  await expect(page.locator('[data-rule-text][data-bed="07"]').first()).toBeVisible();
  await expect(page.getByRole('img', { name: /NEWS2.*11/ }).first()).toBeVisible();
  const [alert] = (await snapshot(page)).alerts;
  if (alert === undefined) throw new Error('no alert');
  expect(alert).toMatchObject({ rule: 'news2-high', priority: 'high', state: 'active', bed: '07' });

  // Two taps: the strip, then the action.
  await page
    .getByRole('button', { name: /Bed 07/ })
    .first()
    .click();
  await expect(page.getByText(/NEWS2 is at least 11/).first()).toBeVisible();
  await expect
    .poll(async () => (await explanationOf(page, alert.id)).explanation?.status, { timeout: 60_000 })
    .toBe('complete');
  const { explanation } = await explanationOf(page, alert.id);
  if (explanation === null) throw new Error('no explanation');
  const shown = explanation.sentences.filter(({ verdict }) => verdict === 'shown');
  expect(shown.length).toBeGreaterThan(0);
  // What stands on the screen is the record's: each literal with its number, and no other number.
  const record = new Set<number>([...Object.values(SICK), 1, 2, 3]);
  for (const sentence of explanation.sentences) {
    expect(
      numbersIn(sentence.text).filter((number) => !record.has(number)),
      sentence.text,
    ).toEqual([]);
    for (const part of sentence.parts) if (part.kind === 'hole') expect(part.text).not.toMatch(/\p{N}/u);
  }
  const onScreen = (await page.locator('main').textContent()) ?? '';
  expect(onScreen).toContain('26');
  for (const { parts } of shown)
    for (const part of parts)
      if (part.kind === 'hole') expect(onScreen).toContain(part.text.trim().replace(/[.!?]$/, ''));

  await page
    .getByRole('button', { name: /^Acknowledge/ })
    .first()
    .click();
  await expect.poll(async () => (await snapshot(page)).alerts[0]?.state).toBe('acknowledged');
  await expect(page.getByText(ADMINISTRATOR.name).first()).toBeVisible();

  await page.getByRole('radio', { name: '4' }).click();
  await page.getByRole('radio', { name: 'Accurate', exact: true }).click();
  await page.getByLabel('Comment').fill('Pressure trend was what I needed.');
  await page.getByRole('button', { name: 'Save rating' }).click();
  await expect
    .poll(async () => (await explanationOf(page, alert.id)).rating)
    .toMatchObject({ helpfulness: 4, accuracy: 'accurate', comment: 'Pressure trend was what I needed.' });
  monitor.close();
  await first.close();

  const second = await ward.launch({ userDataDir: first.userDataDir });
  const after = await snapshot(second.page);
  expect(after.beds.map(({ bed, patient }) => [bed, patient.name])).toEqual([['07', 'TESTPATIENT, ASHA']]);
  expect(after.alerts).toMatchObject([{ id: alert.id, state: 'acknowledged', owner: ADMINISTRATOR.name }]);
  // Nobody is signed in after a restart, and vitals need nobody.
  expect(after.session.person).toBeNull();
  await expect(second.page.getByText('TESTPATIENT', { exact: false }).first()).toBeVisible();
  const person = after.people.find(({ name }) => name === ADMINISTRATOR.name);
  await call(second.page, 'commands', 'session.sign-in', { personId: person?.id, pin: ADMINISTRATOR.pin });
  const kept = await explanationOf(second.page, alert.id);
  expect(kept.explanation?.sentences).toEqual(explanation.sentences);
  expect(kept.rating).toMatchObject({ helpfulness: 4, comment: 'Pressure trend was what I needed.' });
});

test('kill -9 right after an acknowledgement loses nothing', async ({ ward }) => {
  const first = await ward.launch();
  const monitor = await connectMonitor(await setUpWard(first.page));
  const acknowledged: string[] = [];
  for (let index = 0; index < 12; index++) {
    const controlId = `KILL${index}`;
    const answer = await monitor.send(
      oruMessage({ bed: `${index}`, patientId: `P${index}`, controlId, rr: 16, spo2: 97, hr: 70 + index }),
    );
    if (answer.includes(`MSA|AA|${controlId}`)) acknowledged.push(`P${index}`);
  }
  await first.kill();
  monitor.close();
  expect(acknowledged).toHaveLength(12);
  const second = await ward.launch({ userDataDir: first.userDataDir });
  const { beds } = await snapshot(second.page);
  expect(beds.map(({ patient }) => patient.identifier).sort()).toEqual(acknowledged.sort());
  for (const bed of beds) expect(bed.observed.hr?.value).toBe(70 + Number(bed.bed));
});

test('bad messages are refused with a reason; the connection and the next good message live', async ({
  ward,
}) => {
  const { page } = await ward.launch();
  const monitor = await connectMonitor(await setUpWard(page));
  const good = (controlId: string) =>
    oruMessage({ bed: '3', patientId: 'GOOD', controlId, rr: 18, spo2: 96, hr: 80 });

  expect(await monitor.send('this is not HL7')).toMatch(/MSA\|A[ER]\|/);
  expect(await monitor.send(good('G1'))).toContain('MSA|AA|G1');
  expect(await monitor.send(good('ADT1').replace('ORU^R01^ORU_R01', 'ADT^A99'))).toMatch(/MSA\|AR\|ADT1/);
  // Half a frame, then a whole one: the half one costs only itself.
  monitor.sendRaw(Buffer.from(`\u000bMSH|^~\\&|HALF|`));
  expect(await monitor.send(good('G2'))).toMatch(/MSA\|A[AER]\|/);
  expect(await monitor.send(good('G3'))).toMatch(/MSA\|A[AER]\|/);
  monitor.sendRaw(
    Buffer.concat([Buffer.from([0x0b]), Buffer.alloc(1_300_000, 0x41), Buffer.from([0x1c, 0x0d])]),
  );
  await monitor.nextAnswer();
  monitor.sendRaw(Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 37) % 251)));
  await monitor.send(good('G4'));
  await expect.poll(async () => (await snapshot(page)).system.intake.lastMessage?.controlId).toBe('G4');
  const { intake } = (await snapshot(page)).system;
  expect(intake.accepted).toBe(4);
  expect(intake.refused).toBeGreaterThanOrEqual(3);
  monitor.close();
});
