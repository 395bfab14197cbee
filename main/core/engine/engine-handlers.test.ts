/** A person's choice of engine: kept over a restart, audited, its key sealed and told to the engine alone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isServerAddress } from '../../../app/contract/engine-choice.ts';
import { testFolder } from '../testing/ports.ts';
import { granted, startCore } from '../testing/running-core.ts';

const SERVER = {
  url: 'https://ward-llm.local:8001',
  model: 'ward-8b',
  promptFormat: 'alpaca',
  languages: ['en'],
  authority: null,
} as const;

test('chosen, told, kept, and the key goes to its own server only', async () => {
  const folder = testFolder();
  let one = await startCore(folder.path);
  expect(one.engine.chosen).toEqual([{ adapter: 'in-process', server: null }]);
  const admin = one.terminal();
  const setUp = { wardName: 'ICU', language: 'en', administrator: { name: 'A', pin: '1234' } } as const;
  granted(await admin.command('ward.set-up', setUp));
  const [person] = granted(await admin.query('ward.snapshot', {})).people;
  granted(await admin.command('session.sign-in', { personId: person?.id ?? '', pin: '1234' }));
  const server = { ...SERVER, languages: ['en'] as ('en' | 'hi')[] };
  const view = granted(
    await admin.command('engine.configure', {
      adapter: 'remote',
      server: { ...server, key: 'the-secret-key' },
    }),
  );
  expect(view).toMatchObject({ adapter: 'remote', server: { hasKey: true } });
  expect(JSON.stringify(view)).not.toContain('the-secret-key');
  expect(one.engine.chosen.at(-1)).toMatchObject({ server: { key: 'the-secret-key' } });
  // Left out: it stays. Another address: it does not go there.
  granted(await admin.command('engine.configure', { adapter: 'isolated', server }));
  expect(one.engine.chosen.at(-1)).toMatchObject({ adapter: 'isolated', server: { key: 'the-secret-key' } });
  const other = { ...server, url: 'https://other.local' };
  granted(await admin.command('engine.configure', { adapter: 'remote', server: other }));
  expect(one.engine.chosen.at(-1)).toMatchObject({ server: { key: null } });
  granted(
    await admin.command('engine.configure', {
      adapter: 'remote',
      server: { ...server, key: 'the-secret-key' },
    }),
  );
  const rows = granted(
    await admin.query('audit.list', {
      filter: { kind: null, actor: null, from: null, to: null },
      before: null,
    }),
  );
  expect(JSON.stringify(rows)).toContain('engine.configure');
  expect(JSON.stringify(rows)).not.toContain('the-secret-key');
  await one.core.close();
  expect(readFileSync(join(folder.path, 'ward.db')).includes('the-secret-key')).toBe(false);
  one = await startCore(folder.path);
  expect(one.engine.chosen.at(-1)).toMatchObject({ adapter: 'remote', server: { key: 'the-secret-key' } });
  await one.core.close();
  folder.remove();
});

test.each([
  ['https://ward-llm.local:8001', true],
  ['http://127.0.0.1:8001', true],
  ['http://[::1]:8001/base', true],
  ['http://ward-llm.local', false],
  ['http://127.0.0.1.evil.example', false],
  ['https://user:word@ward.local', false],
  ['file:///etc/passwd', false],
  ['ward-llm.local', false],
])('readings may go to %s: %s', (address, may) => {
  expect(isServerAddress(address)).toBe(may);
});
