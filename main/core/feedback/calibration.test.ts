import { afterEach, beforeEach, expect, test } from 'vitest';
import { testFolder } from '../testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  startCore,
} from '../testing/running-core.ts';

let folder: ReturnType<typeof testFolder>;
let one: RunningCore;
beforeEach(async () => {
  folder = testFolder();
  one = await startCore(folder.path);
});
afterEach(async () => {
  await one.core.close();
  folder.remove();
});

test('a person’s last rating of an explanation counts towards its model, and an unsure one towards none', async () => {
  const admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  const counted = async () => granted(await admin.query('explanation.calibration', {}));
  expect(await counted()).toEqual({ least: 200, models: [] });
  const sender = await connectSender(one.port);
  sender.write(framed(oruText({ controlId: 'A' })));
  await sender.answer();
  sender.end();
  const explanationId = await admin.until((event) =>
    event.type === 'explanation' && event.explanation.timingMs.complete !== null
      ? event.explanation.id
      : null,
  );
  const rate = async (accuracy: 'accurate' | 'inaccurate' | 'unsure') =>
    granted(await admin.command('rating.save', { explanationId, helpfulness: 4, accuracy, comment: '' }));
  await rate('accurate');
  await rate('inaccurate');
  const model = { name: 'Scripted', sha256: 'a'.repeat(64), adapter: null };
  expect((await counted()).models).toEqual([{ model, ratings: 1, calibration: null }]);
  await rate('unsure');
  expect((await counted()).models).toEqual([]);
});
