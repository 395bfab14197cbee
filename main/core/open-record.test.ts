import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createCore } from './core.ts';
import { RECORD_FILE } from './open-record.ts';
import { countingIds, openTestStore, silentLog, testClock, testFolder } from './testing/ports.ts';
import { MODELS, RESOURCES, startCore } from './testing/running-core.ts';
import { scriptedEngine } from './testing/scripted-engine.ts';

const ENTRY = fileURLToPath(new URL('./testing/durable-core.ts', import.meta.url));

let folder: ReturnType<typeof testFolder>;
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  folder.remove();
});

async function secondCore(): Promise<unknown> {
  const created = await createCore({
    userDataDir: folder.path,
    clock: testClock(),
    ids: countingIds(),
    engine: scriptedEngine(),
    keyWrapper: null,
    nativeBinding: null,
    mllp: { host: null, port: 0 },
    resourcesDir: RESOURCES,
    modelsDir: MODELS,
    replay: null,
    program: { version: '0.0.0-test', runtime: 'Node' },
    log: silentLog,
  });
  if (created.ok) await created.core.close();
  return created;
}
const IN_USE = { ok: false, failure: { code: 'storage-unavailable', reason: 'record-in-use' } };

test('a second core on one record is refused, also in one process; readers are not, and the next core is welcome', async () => {
  const first = await startCore(folder.path);
  expect(await secondCore()).toMatchObject(IN_USE);
  const reader = openTestStore(join(folder.path, RECORD_FILE));
  expect(reader.read.one(z.object({ n: z.number() }), 'SELECT count(*) AS n FROM audit')).toEqual({ n: 1 });
  reader.close();
  await first.core.close();
  expect(await secondCore()).toMatchObject({ ok: true });
});

test('a core that was killed leaves no lock behind', { timeout: 30_000 }, async () => {
  const started = spawn(process.execPath, [ENTRY, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  await new Promise((resolve) => started.stdout.once('data', resolve));
  expect(await secondCore()).toMatchObject(IN_USE);
  const gone = new Promise((resolve) => started.once('exit', resolve));
  started.kill('SIGKILL');
  await gone;
  expect(await secondCore()).toMatchObject({ ok: true });
});
