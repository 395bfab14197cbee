/** What comes in about a patient, by every way and in every bad shape, stands in no line of the log. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from './log.ts';
import { openLogFiles } from './log-files.ts';
import { testFolder } from './testing/ports.ts';
import { connectSender, framed, granted, oruText, startCore } from './testing/running-core.ts';

const NAME = 'QUILLFEATHER';
const NUMBER = '7734190056';
const WORDS = 'the nephew from Ballia called';

function messages(): string[] {
  const good = oruText({ controlId: 'L1', patient: NUMBER }).replaceAll('RAO^ASHA', `${NAME}^ZEBEDEE`);
  return [
    good,
    // Nobody's, another one's bed, no such processing, a control id again with other bytes, a text for a number.
    good.replace('L1', 'L2').replace(NUMBER, ''),
    good.replace('L1', 'L3').replace(NUMBER, `${NUMBER}1`),
    good.replace('L1', 'L4').replace('|P|2.6', '|T|2.6'),
    good.replace('182777000', NAME),
    good.replace('L1', 'L5').replaceAll('OBX|1|NM', `OBX|1|ST`),
    good.replace('L1', 'L6').replace(/\|(\d+)\|([^|]+UCUM)/, `|${WORDS}|$2`),
    good.replace('L1', 'L7').replace('ORU^R01^ORU_R01', `ADT^A01`),
    good.replace('L1', 'L8').replace('MON1', NAME),
    `${NAME}|${NUMBER}|${WORDS}`,
    `MSH|^~\\&|${NAME}`,
  ];
}

test('names, numbers and free text of patients come into no line', async () => {
  const folder = testFolder();
  const logs = join(folder.path, 'logs');
  const write = openLogFiles(logs);
  const one = await startCore(join(folder.path), { log: createLog(write) });
  try {
    const admin = one.terminal();
    const setUp = { wardName: NAME, language: 'en', administrator: { name: NAME, pin: '90817263' } } as const;
    granted(await admin.command('ward.set-up', setUp));
    const [person] = granted(await admin.query('ward.snapshot', {})).people;
    await admin.command('session.sign-in', { personId: NAME, pin: '1111' });
    granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '90817263' }));

    for (const text of messages()) {
      const sender = await connectSender(one.port);
      sender.write(framed(text));
      await Promise.race([sender.answer(), new Promise((resolve) => setTimeout(resolve, 300))]);
      sender.end();
    }
    const stray = await connectSender(one.port);
    stray.write(`${NAME} ${NUMBER} ${WORDS}\r\n`);
    stray.end();

    const explanationId = await admin.until((event) =>
      event.type === 'explanation' && event.explanation.status === 'complete' ? event.explanation.id : null,
    );
    const rating = { explanationId, helpfulness: 1, accuracy: 'inaccurate', comment: WORDS } as const;
    granted(await admin.command('rating.save', rating));
    await admin.command('patient.admit', {
      bed: 'Z1',
      name: NAME,
      identifier: NUMBER,
      birthDate: null,
      sex: 'F',
      pregnant: false,
    });
    await admin.command('demonstration.start', { speed: 60, text: `${NAME},${NUMBER}\n${WORDS}` });
    await admin.command('mapping.save', { text: `{"${NAME}": ${WORDS}` });
    await admin.raw({ kind: 'query', id: 'x', name: NAME, params: WORDS }, 'x');
    await admin.query('patients.find', { text: NAME });
  } finally {
    await one.core.close();
  }
  const text = readdirSync(logs)
    .map((name) => readFileSync(join(logs, name), 'utf8'))
    .join('');
  // It was at work: messages and those that somebody has to look into are counted in it.
  expect(text).toContain('"event":"messages"');
  expect(text).toContain('"event":"message"');
  for (const mark of [NAME, NUMBER, WORDS, 'ZEBEDEE', '90817263']) expect(text).not.toContain(mark);
  folder.remove();
});
