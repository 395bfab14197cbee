/** What was acknowledged is there after the program is killed at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { verifyAudit } from '../audit/audit.ts';
import { RECORD_FILE } from '../open-record.ts';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { connectSender, framed, oruText } from '../testing/running-core.ts';
import { readCommitted } from '../ward/observations-table.ts';

/** Kills of a whole and of a normal test run. */
const KILLS = process.env.MEDOBSMIND_FULL ? 200 : 10;
const ENTRY = fileURLToPath(new URL('../testing/durable-core.ts', import.meta.url));

let folder: ReturnType<typeof testFolder>;
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  child?.kill('SIGKILL');
  folder.remove();
});

async function startChild(): Promise<number> {
  const started = spawn(process.execPath, [ENTRY, folder.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = started;
  return new Promise((resolve, reject) => {
    started.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
    started.once('exit', (code) => reject(new Error(`the core ended with ${code}`)));
  });
}

async function kill(): Promise<void> {
  const dying = child;
  if (dying === null) return;
  const gone = new Promise((resolve) => dying.once('exit', resolve));
  dying.kill('SIGKILL');
  await gone;
  child = null;
}

test(`kill -9 after an acknowledgement, ${KILLS} times: every acknowledged observation is there, once`, {
  timeout: 60_000 + KILLS * 5_000,
}, async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < KILLS; round++) {
    const sender = await connectSender(await startChild());
    const sent = 1 + (round % 4) * 3;
    const ids = Array.from({ length: sent }, (_, index) => `R${round}-${index}`);
    const now = Date.now();
    for (const [index, controlId] of ids.entries())
      sender.write(framed(oruText({ controlId, at: now - (sent - index) * 1000 })));
    // The last messages are still on their way when the process dies.
    const waitFor = Math.max(1, sent - (round % 3));
    for (let answer = 0; answer < waitFor; answer++) {
      const text = await sender.answer();
      const [, controlId] = /MSA\|AA\|([^|\r]+)/.exec(text) ?? [];
      expect(controlId, text).toBeDefined();
      if (controlId !== undefined) acknowledged.push(controlId);
    }
    await kill();
    sender.end();
  }
  const store = openTestStore(join(folder.path, RECORD_FILE));
  const kept = readCommitted(store.read, 0).map(({ controlId }) => controlId);
  const check = z.object({ integrity_check: z.string() });
  expect(store.read.one(check, 'PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  expect(verifyAudit(store.read)).toMatchObject({ ok: true });
  store.close();
  expect(kept).toEqual(expect.arrayContaining(acknowledged));
  expect(new Set(kept).size).toBe(kept.length);
  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS);
});
