/** The headless program as a process: how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PARENT_VARIABLE } from '../../app/contract/parent.ts';
import { RECORD_FILE } from '../core/record-files.ts';
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
    // Three in two milliseconds, as one Ctrl-C arrives. Not for ever: in the last moment of a process, after the
    // record is closed, Node has no handler any more and a signal only changes the exit status.
    for await (const line of createInterface({ input: started.stderr }))
      if (line.includes('headless-started'))
        for (const afterMs of [0, 1, 2]) setTimeout(() => started.kill(signal), afterMs);
    expect(await ended).toEqual({ code: 0, by: null });
  },
);

it.skipIf(process.platform === 'win32')(
  'closes the record in peace when what keeps it running is killed',
  async () => {
    const parent = `
    const program = require('child_process').spawn(process.execPath, process.argv.slice(1), {
      stdio: 'inherit', env: { ...process.env, ${PARENT_VARIABLE}: String(process.pid) } });
    program.on('exit', () => process.exit(9));`;
    const words = ['--user-data-dir', folder.path, '--mllp-port', '0', '--safe-mode'];
    const keeper = spawn(process.execPath, ['-e', parent, HEADLESS, ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    program = keeper;
    // The end of the lines is the end of the program: it holds the other end of the pipe.
    for await (const line of createInterface({ input: keeper.stderr }))
      if (line.includes('headless-started')) keeper.kill('SIGKILL');
    // A record that was closed in order has no write-ahead log beside it; one whose program was killed has.
    expect(existsSync(join(folder.path, RECORD_FILE))).toBe(true);
    expect(existsSync(join(folder.path, `${RECORD_FILE}-wal`))).toBe(false);
  },
);
