/** The review desk on a running core: two raters, an attending, a pair, and what a data set makes of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RECORD_FILE } from '../record-files.ts';
import { NOON, testClock, testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  startCore,
  type TestTerminal,
} from '../testing/running-core.ts';

const BEFORE = ' this needs to be looked at.';
const AFTER = ' this is not usual at rest.';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
let admin: TestTerminal;
const clock = testClock();
clock.advance(Date.now() - NOON);
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path, { clock });
  one.engine.script({ words: BEFORE });
  admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'Admin', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

async function signIn(name: string, role: 'doctor' | 'attending' | 'nurse'): Promise<TestTerminal> {
  granted(await admin.command('person.add', { name, role, pin: '4321' }));
  const terminal = one.terminal();
  const { people } = granted(await terminal.query('ward.snapshot', {}));
  const personId = people.find((person) => person.name === name)?.id ?? '';
  granted(await terminal.command('session.sign-in', { personId, pin: '4321' }));
  return terminal;
}

/** An alert of an ill patient with its explanation written. */
async function explained(): Promise<{ readonly alertId: string; readonly patientId: string }> {
  const sender = await connectSender(one.port);
  sender.write(framed(oruText({ controlId: 'A', at: clock.wall() })));
  await sender.answer();
  sender.end();
  const explanation = await admin.until((event) =>
    event.type === 'explanation' && event.explanation.status === 'complete' ? event.explanation : null,
  );
  const alert = granted(await admin.query('alert.list', { patientId: null })).alerts[0];
  if (alert === undefined) throw new Error('no alert');
  return { alertId: explanation.alertId, patientId: alert.patientId };
}

const queueOf = async (terminal: TestTerminal) => granted(await terminal.query('review.queue', {}));
async function onlyItem(terminal: TestTerminal, kind: string): Promise<string> {
  const { items } = await queueOf(terminal);
  expect(items.map((item) => item.kind)).toEqual([kind]);
  return items[0]?.item ?? '';
}
const said = { comment: '', spentMs: 20_000 } as const;

test('two disagree, an attending settles; who treated is never asked; a rating can be taken back', async () => {
  const { alertId, patientId } = await explained();
  const [asha, ravi] = [await signIn('Asha', 'doctor'), await signIn('Ravi', 'doctor')];
  const [meera, head] = [await signIn('Meera', 'doctor'), await signIn('Head', 'attending')];
  const nurse = await signIn('Nurse', 'nurse');
  expect(await nurse.query('review.queue', {})).toMatchObject({ error: { code: 'not-permitted' } });

  // Meera charted this patient's vitals: nobody rates what they treated.
  granted(await meera.command('observation.enter', { patientId, values: { acvpu: 'A' }, confirmed: [] }));
  expect((await queueOf(meera)).items).toEqual([]);
  const item = await onlyItem(asha, 'rate');
  expect(
    await meera.command('review.rate', { item, helpfulness: 5, accuracy: 'accurate', ...said }),
  ).toMatchObject({ error: { parameters: { reason: 'alert-treated' } } });

  const shown = granted(await asha.query('review.item', { item }));
  expect(JSON.stringify(shown)).not.toContain('Scripted');
  expect(JSON.stringify(shown)).not.toContain(alertId);
  expect(shown.opinions).toEqual([]);
  const { actId } = granted(
    await asha.command('review.rate', { item, helpfulness: 5, accuracy: 'inaccurate', ...said }),
  );
  expect(
    await asha.command('review.rate', { item, helpfulness: 5, accuracy: 'accurate', ...said }),
  ).toMatchObject({
    error: { parameters: { reason: 'already-reviewed' } },
  });
  expect(await queueOf(asha)).toMatchObject({ items: [], done: 1, spentMs: 20_000, last: { actId, item } });
  expect(await ravi.command('review.withdraw', { actId })).toMatchObject({ error: { code: 'not-found' } });
  granted(await asha.command('review.withdraw', { actId }));
  expect((await queueOf(asha)).done).toBe(0);
  granted(await asha.command('review.rate', { item, helpfulness: 5, accuracy: 'accurate', ...said }));
  granted(await ravi.command('review.rate', { item, helpfulness: 1, accuracy: 'inaccurate', ...said }));

  const toSettle = await onlyItem(head, 'settle');
  expect(
    await ravi.command('review.settle', { item: toSettle, helpfulness: 4, accuracy: 'accurate', ...said }),
  ).toMatchObject({
    error: { code: 'not-permitted' },
  });
  expect(granted(await head.query('review.item', { item: toSettle })).opinions).toEqual([
    { helpfulness: 5, accuracy: 'accurate' },
    { helpfulness: 1, accuracy: 'inaccurate' },
  ]);
  expect(granted(await head.query('review.agreement', {}))).toMatchObject({ shared: 1, open: 1 });
  granted(
    await head.command('review.settle', { item: toSettle, helpfulness: 4, accuracy: 'accurate', ...said }),
  );
  const agreed = granted(await head.query('review.agreement', {}));
  expect(agreed).toMatchObject({ shared: 1, settled: 1, open: 0 });
  expect(agreed.raters.map(({ name, known, knownAlike }) => [name, known, knownAlike])).toEqual([
    ['Asha', 1, 1],
    ['Ravi', 1, 0],
    ['Head', 0, 0],
  ]);
  expect(await asha.query('review.agreement', {})).toMatchObject({ error: { code: 'not-permitted' } });
});

test('a correction that the verifier passes and a choice between two texts reach the next data set', {
  timeout: 90_000,
}, async () => {
  const { alertId, patientId } = await explained();
  one.engine.script({ words: AFTER });
  granted(await admin.command('explanation.request', { alertId, again: true }));
  await expect
    .poll(async () => {
      const { explanation } = granted(await admin.query('alert.explanation', { alertId }));
      return (
        explanation?.status === 'complete' &&
        explanation.sentences.some(({ text }) => text.includes('at rest'))
      );
    })
    .toBe(true);
  const asha = await signIn('Asha', 'doctor');
  const item = await onlyItem(asha, 'pair');
  const { sides } = granted(await asha.query('review.item', { item }));
  const [left, right] = sides;
  if (left === undefined || right === undefined) throw new Error('no sides');
  const place = left.open.findIndex((open) => open?.words !== undefined && open.words !== '');
  const correct = (text: string) =>
    asha.command('review.correct', { item, side: 'left', sentence: place, text, spentMs: 9000 });
  expect(await correct('this is septic shock; give noradrenaline')).toMatchObject({
    error: { code: 'text-blocked' },
  });
  expect(await correct(left.open[place]?.words ?? '')).toMatchObject({
    error: { parameters: { reason: 'text-unchanged' } },
  });
  const kept = granted(await correct('the body may be under strain'));
  expect(kept).toMatchObject({ text: 'the body may be under strain.', pair: true });
  const chosen = granted(await asha.command('review.choose', { item, choice: 'right', spentMs: 9000 }));
  expect(chosen.left?.name).toBe('Scripted');
  expect((await queueOf(asha)).items).toEqual([]);
  // Sealed, and nothing of it in the audit.
  await one.core.close();
  const raw = new Database(join(folder.path, RECORD_FILE), { readonly: true });
  const bytes = raw.serialize().toString('latin1');
  raw.close();
  expect(bytes).not.toContain('be under strain');

  one = await startCore(folder.path, { clock });
  const terminal = one.terminal();
  const [person] = granted(await terminal.query('ward.snapshot', {})).people;
  granted(await terminal.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  granted(await terminal.command('consent.record', { patientId, given: true }));
  const state = async () => granted(await terminal.query('data-set.state', {}));
  granted(await terminal.command('data-set.build', { seed: 3, synthetic: 0 }));
  await expect.poll(async () => (await state()).building, { timeout: 60_000, interval: 200 }).toBe(false);
  const { problem, dataSets } = await state();
  expect(problem).toBeNull();
  const [built] = dataSets;
  if (built === undefined) throw new Error('no data set');
  const rows = ['train-pairs.jsonl', 'validation-pairs.jsonl', 'test-pairs.jsonl'].flatMap((file) =>
    readFileSync(join(folder.path, 'learning', built.id, file), 'utf8')
      .split('\n')
      .filter(Boolean),
  );
  expect(rows.filter((row) => row.includes('the body may be under strain.'))).toHaveLength(1);
  const preferredWords = right.open[place]?.words ?? '';
  expect(rows.some((row) => row.includes(preferredWords))).toBe(true);

  // Taken back before it left: the data set stays here.
  const again = one.terminal();
  const asha2 = granted(await again.query('ward.snapshot', {})).people.find(({ name }) => name === 'Asha');
  granted(await again.command('session.sign-in', { personId: asha2?.id ?? '', pin: '4321' }));
  granted(await again.command('review.withdraw', { actId: kept.actId }));
  expect(await terminal.command('data-set.approve', { id: built.id, sha256: built.sha256 })).toMatchObject({
    error: { parameters: { reason: 'review-withdrawn' } },
  });
});
