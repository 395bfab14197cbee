/** The headless program as a process: how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testFolder } from '../core/testing/ports.ts';

const HEADLESS = fileURLToPath(new URL('./headless.ts', import.meta.url));

let folder: ReturnType<typeof testFolder>;
let program: ChildProcess;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => {
  program.kill('SIGKILL');
  folder.remove();
});

it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'closes the record in peace, however often %s arrives',
  async (signal) => {
    const words = ['--user-data-dir', folder.path, '--mllp-port', '0', '--safe-mode'];
    const started = spawn(process.execPath, [HEADLESS, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    program = started;
    const ended = new Promise((resolve) => started.once('exit', (code, by) => resolve({ code, by })));
    let again: NodeJS.Timeout | undefined;
    for await (const line of createInterface({ input: started.stderr }))
      if (line.includes('headless-started')) again = setInterval(() => started.kill(signal), 1);
    clearInterval(again);
    expect(await ended).toEqual({ code: 0, by: null });
  },
);
