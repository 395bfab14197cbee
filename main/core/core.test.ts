import { afterEach, beforeEach, expect, test } from 'vitest';
import { testFolder } from './testing/ports.ts';
import {
  connectSender,
  framed,
  granted,
  oruText,
  type RunningCore,
  startCore,
  type TestTerminal,
} from './testing/running-core.ts';
import { scriptedEngine } from './testing/scripted-engine.ts';

let folder: ReturnType<typeof testFolder>;
const running: RunningCore[] = [];
beforeEach(() => {
  folder = testFolder();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.core.close();
  folder.remove();
});

async function start(more: Parameters<typeof startCore>[1] = {}): Promise<RunningCore> {
  const one = await startCore(folder.path, more);
  running.push(one);
  return one;
}
async function setUp(terminal: TestTerminal): Promise<void> {
  granted(
    await terminal.command('ward.set-up', {
      wardName: 'ICU',
      language: 'en',
      administrator: { name: 'Meera', pin: '1234' },
    }),
  );
}

test('a monitor’s message becomes a score, an alert and a checked explanation, is answered, rated, and all there after a restart', async () => {
  const first = await start();
  const terminal = first.terminal();
  await setUp(terminal);
  const sender = await connectSender(first.port);
  sender.write(framed(oruText({ controlId: 'C1' })));
  const ack = await sender.answer();
  expect(ack).toContain('MSA|AA|C1');

  const alert = await terminal.until((event) => (event.type === 'alert' ? event.alert : null));
  expect(alert).toMatchObject({
    rule: 'news2-high',
    priority: 'high',
    state: 'active',
    bed: 'ICU-1',
    patientName: 'RAO, ASHA',
  });
  expect(alert.score).toMatchObject({ complete: false, min_total: 10, missing: ['on_oxygen', 'acvpu'] });
  const begun = await terminal.until((event) => (event.type === 'explanation' ? event.explanation : null));
  expect(begun.ruleText).toContain('26');
  const complete = await terminal.until((event) =>
    event.type === 'explanation' && event.explanation.status === 'complete' ? event.explanation : null,
  );
  expect(complete.sentences).toHaveLength(complete.planned);
  expect(complete.sentences.map((sentence) => sentence.text).join(' ')).toContain('26/min');
  expect(JSON.stringify(complete)).not.toContain('"raw"');

  const acted = await terminal.command('alert.act', {
    alertId: alert.id,
    expectedVersion: alert.version,
    action: 'reviewed',
    reason: null,
    minutes: null,
  });
  expect(granted(acted)).toMatchObject({
    state: 'acknowledged',
    owner: 'Meera',
    lastAction: { by: 'Meera' },
  });
  granted(
    await terminal.command('rating.save', {
      explanationId: complete.id,
      helpfulness: 4,
      accuracy: 'accurate',
      comment: 'Clear.',
    }),
  );
  sender.end();
  await first.core.close();
  running.length = 0;

  const second = await start();
  const again = second.terminal();
  const snapshot = granted(await again.query('ward.snapshot', {}));
  expect(snapshot.session.person).toBeNull();
  expect(snapshot.beds).toMatchObject([
    {
      bed: 'ICU-1',
      patient: { name: 'RAO, ASHA', identifier: 'MRN-1', sex: 'F' },
      observed: { rr: { value: 26 } },
    },
  ]);
  expect(snapshot.alerts).toMatchObject([{ id: alert.id, state: 'acknowledged', owner: 'Meera' }]);
  granted(await again.command('session.sign-in', { personId: snapshot.people[0]?.id ?? '', pin: '1234' }));
  const kept = granted(await again.query('alert.explanation', { alertId: alert.id }));
  expect(kept.explanation?.sentences).toEqual(complete.sentences);
  expect(kept.rating).toMatchObject({ helpfulness: 4, accuracy: 'accurate', comment: 'Clear.', by: 'Meera' });
});

test('without a model the same alert and rule text come, with the reason', async () => {
  const { engine } = { engine: scriptedEngine({ state: 'missing', detail: null, model: null }) };
  const one = await start({ engine });
  const terminal = one.terminal();
  const sender = await connectSender(one.port);
  sender.write(framed(oruText({ controlId: 'C1' })));
  expect(await sender.answer()).toContain('MSA|AA|C1');
  const explanation = await terminal.until((event) =>
    event.type === 'explanation' ? event.explanation : null,
  );
  expect(explanation).toMatchObject({ status: 'rules-only', reason: 'model-missing', sentences: [] });
  expect(explanation.ruleText).toContain('26');
  expect(engine.asked).toHaveLength(0);
  sender.end();
});
