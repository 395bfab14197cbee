/** A doctor's review round in the real program, by keyboard alone: rates, puts a sentence right, chooses between two. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { explanationViewSchema } from '../app/contract/views.ts';
import { RECORD_FILE } from '../main/core/record-files.ts';
import { connectMonitor, oruMessage } from './monitor.ts';
import { expect, test } from './program.ts';
import { lookAtBoth } from './screens.ts';
import { ADMINISTRATOR, call, setUpWard, snapshot } from './ward-steps.ts';

const answerSchema = z.object({ explanation: explanationViewSchema.nullable() });
const OTHER_WORDS = ' the body may be under strain.';

/** The same alert explained once more in other words, as another version of the model would. */
function explainOtherwise(userDataDir: string, explanationId: string): void {
  const record = new Database(join(userDataDir, RECORD_FILE));
  const row = z
    .record(z.string(), z.unknown())
    .parse(record.prepare('SELECT * FROM explanations WHERE id = ?').get(explanationId));
  const other = {
    ...row,
    id: 'another-text',
    model: JSON.stringify({ name: 'Another model', sha256: '', adapter: null }),
  };
  record
    .prepare(
      `INSERT INTO explanations (${Object.keys(other).join(', ')}) VALUES (${Object.keys(other)
        .map((key) => `@${key}`)
        .join(', ')})`,
    )
    .run(other);
  const sentences = z
    .array(z.object({ attempt: z.number(), position: z.number(), sentence: z.string() }))
    .parse(
      record
        .prepare('SELECT attempt, position, sentence FROM sentences WHERE explanation_id = ?')
        .all(explanationId),
    );
  let changed = 0;
  for (const { attempt, position, sentence } of sentences) {
    const shown = z
      .looseObject({
        verdict: z.string(),
        parts: z.array(z.object({ kind: z.string(), text: z.string() })),
      })
      .parse(JSON.parse(sentence));
    const parts = shown.parts.map((part) => (part.kind === 'hole' ? { ...part, text: OTHER_WORDS } : part));
    if (shown.verdict === 'shown' && shown.parts.some(({ kind }) => kind === 'hole')) changed += 1;
    const text = parts.map((part) => part.text).join('');
    record
      .prepare('INSERT INTO sentences (explanation_id, attempt, position, sentence) VALUES (?, ?, ?, ?)')
      .run('another-text', attempt, position, JSON.stringify({ ...shown, parts, text }));
  }
  record.close();
  if (changed === 0) throw new Error('the model wrote nothing that is shown');
}

async function explained(page: Page, bed: string): Promise<string> {
  let id = '';
  await expect
    .poll(
      async () => {
        const alert = (await snapshot(page)).alerts.find((one) => one.bed === bed);
        if (alert === undefined) return null;
        const { explanation } = answerSchema.parse(
          await call(page, 'queries', 'alert.explanation', { alertId: alert.id }),
        );
        id = explanation?.id ?? '';
        return explanation?.status;
      },
      { timeout: 240_000, intervals: [1000] },
    )
    .toBe('complete');
  return id;
}

async function signIn(page: Page, name: string, pin: string): Promise<void> {
  const person = (await snapshot(page)).people.find((one) => one.name === name);
  await call(page, 'commands', 'session.sign-in', { personId: person?.id, pin });
}

test('a doctor reviews by keyboard: rates, takes back, puts right, chooses of two', { tag: '@full' }, async ({
  ward,
}) => {
  test.setTimeout(600_000);
  const first = await ward.launch();
  const port = await setUpWard(first.page);
  await call(first.page, 'commands', 'person.add', {
    name: 'Dr Zainab Hussain',
    role: 'doctor',
    pin: '1357',
  });
  await call(first.page, 'commands', 'person.add', { name: 'Dr Head', role: 'attending', pin: '8642' });
  const monitor = await connectMonitor(port);
  const ill = { rr: 26, spo2: 92, temp: 38.4, sbp: 95, dbp: 60, hr: 118 };
  await monitor.send(oruMessage({ bed: '07', patientId: 'M7', controlId: 'C7', ...ill }));
  await monitor.send(oruMessage({ bed: '08', patientId: 'M8', controlId: 'C8', ...ill, rr: 28, spo2: 90 }));
  monitor.close();
  const explanationId = await explained(first.page, '07');
  await explained(first.page, '08');
  const { userDataDir } = first;
  await first.close();
  explainOtherwise(userDataDir, explanationId);

  const program = await ward.launch({ userDataDir });
  const { page } = program;
  await expect(page.getByRole('link', { name: 'Ward', exact: true })).toBeVisible();
  // Locked: the desk says what to do.
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByText('Sign in to begin.', { exact: false })).toBeVisible();
  await lookAtBoth(program, 'review-locked');
  await signIn(page, 'Dr Zainab Hussain', '1357');

  const helpful = page.getByRole('heading', { name: 'How helpful is it?' });
  const better = page.getByRole('heading', { name: 'Which is better?' });
  await expect(helpful.or(better)).toBeVisible();
  if (await better.isVisible()) await page.keyboard.press('n');
  await expect(helpful).toBeVisible();
  await lookAtBoth(program, 'review-rate');

  // Put right: what the verifier does not let pass is refused with its reason, and nothing is lost.
  await page.keyboard.press('e');
  const words = page.getByLabel('Your words');
  await expect(words).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('this is septic shock, give noradrenaline');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The check does not let these words pass', { exact: false })).toBeVisible();
  await expect(words).toHaveValue('this is septic shock, give noradrenaline');
  await lookAtBoth(program, 'review-refused');
  await words.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('the body may be working hard');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Checked and kept.')).toBeVisible();

  // Two keys rate; one takes it back.
  const progress = page.locator('[data-progress]');
  await page.keyboard.press('4');
  await page.keyboard.press('a');
  await expect(progress).toContainText('1 of 2');
  await page.keyboard.press('u');
  await expect(page.getByText('Taken back. It stands here again.')).toBeVisible();
  await expect(progress).toContainText('0 of 2');
  await expect(helpful).toBeVisible();
  await page.keyboard.press('5');
  await page.keyboard.press('a');
  await expect(progress).toContainText('1 of 2');

  await expect(better).toBeVisible();
  expect(await page.locator('main').textContent()).not.toContain('Another model');
  await lookAtBoth(program, 'review-pair');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/Saved\. Left: .*Right: /)).toContainText('Another model');
  await expect(page.getByRole('heading', { name: 'Done for today' })).toBeVisible();
  await lookAtBoth(program, 'review-done');
  const queue = z
    .object({
      done: z.number(),
      own: z.object({ rated: z.number(), corrections: z.number(), choices: z.number() }),
    })
    .parse(await call(page, 'queries', 'review.queue', {}));
  expect(queue).toEqual({ done: 2, own: { rated: 1, corrections: 1, choices: 1 } });

  await signIn(page, 'Dr Head', '8642');
  await expect(helpful.or(better)).toBeVisible();
  if (await better.isVisible()) await page.keyboard.press('n');
  await page.keyboard.press('2');
  await page.keyboard.press('i');
  await expect(progress).toContainText('1 of 2');
  await page.getByRole('radio', { name: 'Agreement' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Raters' })).toBeVisible();
  await lookAtBoth(program, 'review-agreement');

  // Who is neither may not.
  await signIn(page, ADMINISTRATOR.name, ADMINISTRATOR.pin);
  await call(page, 'commands', 'person.add', { name: 'Nurse', role: 'nurse', pin: '9753' });
  await signIn(page, 'Nurse', '9753');
  await expect(page.getByText('Your role may not.', { exact: false })).toBeVisible();
});
