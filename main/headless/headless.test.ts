/** The headless program as a process: how it ends. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
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

it('says in words that its disk takes nothing, when it starts and while it runs', async (context) => {
  const mount = (...words: string[]) => spawnSync('mount', [...words, folder.path]).status;
  if (mount('-t', 'tmpfs', '-o', 'size=6m', 'tmpfs') !== 0)
    return context.skip('no disk in memory can be made here');
  try {
    const words = ['--user-data-dir', folder.path, '--mllp-port', '0', '--safe-mode'];
    const start = () => {
      program = spawn(process.execPath, [HEADLESS, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
      if (program.stderr === null) throw new Error('no standard error');
      return createInterface({ input: program.stderr });
    };
    const full: string[] = [];
    for await (const line of start()) {
      full.push(line);
      // What it writes at the start is written once a second until the disk takes it.
      if (line.includes('headless-started'))
        spawnSync('dd', ['if=/dev/zero', `of=${join(folder.path, 'ballast')}`, 'bs=4096']);
      if (line.startsWith('MedObsMind: ')) program.kill('SIGKILL');
    }
    expect(full).toContainEqual(
      expect.stringMatching(/^MedObsMind: The disk (is full|takes nothing): nothing can be saved\./),
    );
    expect(mount('-o', 'remount,ro')).toBe(0);
    const lines: string[] = [];
    for await (const line of start()) lines.push(line);
    expect(lines.at(-1)).toContain('MedObsMind: The disk with this ward’s record takes nothing');
  } finally {
    program.kill('SIGKILL');
    spawnSync('umount', ['-l', folder.path]);
  }
});
