import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { packedHistorySchema, packHistory } from '../../../app/contract/packed-history.ts';
import { RECORD_FILE } from '../record-files.ts';
import { openReadOnly, type ReadOnlyStore } from '../store/database.ts';
import { testFolder } from '../testing/ports.ts';
import { connectSender, framed, oruText, startCore } from '../testing/running-core.ts';
import { createHistories, type Histories, type HistoryQuestion } from './histories.ts';
import { historyOf } from './serve-histories.ts';

const WORKER = new URL('../storage/record-worker.ts', import.meta.url);

let folder: ReturnType<typeof testFolder>;
let store: ReadOnlyStore;
let question: HistoryQuestion;
const histories: Histories[] = [];
const log = vi.fn();

function open(script: URL): Histories {
  const { path: userDataDir } = folder;
  const made = createHistories({ script, userDataDir, nativeBinding: null, read: store.read, log });
  histories.push(made);
  return made;
}

beforeEach(async () => {
  log.mockClear();
  folder = testFolder();
  const { core, port } = await startCore(folder.path);
  const sender = await connectSender(port);
  for (const controlId of ['c1', 'c2', 'c3']) {
    sender.write(framed(oruText({ controlId })));
    await sender.answer();
  }
  sender.end();
  await core.close();
  const opened = openReadOnly({ file: join(folder.path, RECORD_FILE) });
  if (!opened.ok) throw new Error(opened.failure.kind);
  store = opened.store;
  const [patient] = store.read.all(z.object({ id: z.string() }), 'SELECT id FROM patients');
  question = { patientIds: [patient?.id ?? ''], fromMs: 0, toMs: Date.now() + 60_000 };
});
afterEach(async () => {
  for (const one of histories.splice(0)) await one.close();
  store.close();
  folder.remove();
});

function readHere() {
  return historyOf(store.read, question);
}

test('the thread tells what reading the record tells, several questions at once', async () => {
  const one = open(WORKER);
  expect(packedHistorySchema.parse(readHere())).not.toEqual([]);
  const none = { ...question, patientIds: ['nobody'] };
  expect(await Promise.all([one.of(question), one.of(none), one.of(question)])).toEqual([
    readHere(),
    packHistory([]),
    readHere(),
  ]);
  expect(log).not.toHaveBeenCalled();
});

test('a thread that cannot work is said, and its question is answered all the same', async () => {
  const one = open(new URL('./no-such-thread.ts', import.meta.url));
  expect(await one.of(question)).toEqual(readHere());
  expect(log).toHaveBeenCalledWith('error', 'history-thread-failed', expect.anything());
});

test('closing leaves no question unanswered', async () => {
  const one = open(WORKER);
  const asked = one.of(question);
  await one.close();
  expect(await asked).toEqual(readHere());
  expect(await one.of(question)).toEqual(readHere());
});
