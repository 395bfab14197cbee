/** The door of the npm scripts as a process, on a small stand-in of a checkout. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const BOOTSTRAP = fileURLToPath(new URL('./bootstrap.mjs', import.meta.url));

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'medobsmind-bootstrap-'));
  mkdirSync(join(root, 'scripts', 'tasks'), { recursive: true });
  mkdirSync(join(root, 'node_modules'));
  copyFileSync(BOOTSTRAP, join(root, 'scripts', 'bootstrap.mjs'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(
    join(root, 'node_modules', '.installed-lock'),
    createHash('sha256').update('{}').digest('hex'),
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it.skipIf(process.platform === 'win32')('hands each kind of signal on once', async () => {
  writeFileSync(
    join(root, 'scripts', 'tasks', 'wait.ts'),
    `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal));
     process.on('SIGHUP', () => process.exit(7));
     setInterval(() => undefined, 1000);
     console.log('waits');`,
  );
  const door = spawn(process.execPath, [join(root, 'scripts', 'bootstrap.mjs'), 'wait'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise((resolve) => door.on('exit', resolve));
  const lines: string[] = [];
  for await (const line of createInterface({ input: door.stdout })) {
    lines.push(line);
    // Each answer of the task is the cue for the next signal, so that none of them overtakes another.
    if (lines.length === 1) door.kill('SIGINT');
    else if (line === 'SIGINT') {
      door.kill('SIGINT');
      door.kill('SIGTERM');
    } else if (line === 'SIGTERM') door.kill('SIGHUP');
  }
  expect(await ended).toBe(7);
  expect(lines).toEqual(['waits', 'SIGINT', 'SIGTERM']);
});

it.skipIf(process.platform === 'win32')('ends the task in order when npm is killed', async () => {
  writeFileSync(
    join(root, 'scripts', 'tasks', 'wait.ts'),
    `process.on('SIGTERM', () => { console.log('asked to end'); process.exit(0); });
     setInterval(() => undefined, 1000);
     console.log('waits');`,
  );
  // As npm does it: a shell between itself and the script. The second command keeps the shell from becoming the script.
  const door = `'${process.execPath}' '${join(root, 'scripts', 'bootstrap.mjs')}' wait; true`;
  const npm = spawn(
    process.execPath,
    ['-e', `require('child_process').spawn('sh', ['-c', process.argv[1]], { stdio: 'inherit' })`, door],
    { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, npm_lifecycle_event: 'wait' } },
  );
  const lines: string[] = [];
  for await (const line of createInterface({ input: npm.stdout })) {
    lines.push(line);
    if (line === 'waits') npm.kill('SIGKILL');
  }
  expect(lines).toEqual(['waits', 'asked to end']);
});
