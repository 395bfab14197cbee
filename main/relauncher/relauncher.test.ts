/** The relauncher with real processes: small programs that crash, end or wait. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepRunning } from './relauncher.ts';

let folder: string;
let said: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'medobsmind-relaunch-'));
  said = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that notes its arguments and does, at its Nth start, what `endings[N]` says. */
function program(endings: string[]): Parameters<typeof keepRunning>[0] {
  const notes = join(folder, 'starts');
  const script = join(folder, 'program.mjs');
  writeFileSync(notes, '');
  writeFileSync(
    script,
    `import { appendFileSync, readFileSync } from 'node:fs';
     const start = readFileSync(${JSON.stringify(notes)}, 'utf8').split('\\n').length - 1;
     appendFileSync(${JSON.stringify(notes)}, process.argv.slice(2).join(' ') + '\\n');
     const ending = ${JSON.stringify(endings)}[start] ?? 'quit';
     if (ending === 'kill') process.kill(process.pid, 'SIGKILL');
     else if (ending === 'abort') process.abort();
     else if (ending === 'fail') process.exit(70);
     else if (ending === 'usage') process.exit(2);
     else if (ending === 'in-use') process.exit(3);`,
  );
  return {
    command: process.execPath,
    commandArguments: [script, '--user-data-dir', folder],
    environment: process.env,
    userDataDir: folder,
    say: (text) => said.push(text),
  };
}

const starts = (): string[] => readFileSync(join(folder, 'starts'), 'utf8').split('\n').slice(0, -1);

describe('the relauncher', () => {
  it('starts once and ends with the program', async () => {
    expect(await keepRunning(program(['quit']))).toBe(0);
    expect(starts()).toHaveLength(1);
  });

  it('starts again after a crash, whatever its kind', async () => {
    expect(await keepRunning(program(['kill', 'quit']))).toBe(0);
    expect(starts()).toHaveLength(2);
    expect(starts()[1]).not.toContain('--safe-mode');
  });

  it('starts safe mode after the second crash in a row and says so', async () => {
    expect(await keepRunning(program(['kill', 'fail', 'quit']))).toBe(0);
    expect(starts().map((words) => words.includes('--safe-mode'))).toEqual([false, false, true]);
    expect(said.join()).toContain('safe mode');
  });

  it('remembers crashes across its own end', async () => {
    await keepRunning(program(['kill', 'kill', 'usage']));
    expect(await keepRunning(program(['quit']))).toBe(0);
    expect(starts()).toEqual([expect.stringContaining('--safe-mode')]);
  });

  it('gives up on a crash loop with words that say what to do', async () => {
    expect(await keepRunning(program(Array(20).fill('fail')))).toBe(1);
    expect(starts().length).toBeLessThan(10);
    expect(said.at(-1)).toContain('paper chart');
  });

  it('gives a person who starts it again by hand one try, in safe mode', async () => {
    await keepRunning(program(Array(20).fill('fail')));
    expect(await keepRunning(program(['quit']))).toBe(0);
    expect(starts()).toEqual([expect.stringContaining('--safe-mode')]);
  });

  it('does not count a start that could not be, and does not repeat it', async () => {
    expect(await keepRunning(program(['in-use', 'in-use']))).toBe(3);
    expect(starts()).toHaveLength(1);
    expect(existsSync(join(folder, 'crashes.json'))).toBe(false);
  });

  it('does not repeat wrong usage', async () => {
    expect(await keepRunning(program(['usage', 'usage']))).toBe(2);
    expect(starts()).toHaveLength(1);
  });

  it('takes an unreadable crash record for an empty one and keeps it aside', async () => {
    const settings = program(['quit']);
    writeFileSync(join(folder, 'crashes.json'), '{"crashes": [7]}');
    expect(await keepRunning(settings)).toBe(0);
    expect(readFileSync(join(folder, 'crashes.json.unreadable'), 'utf8')).toContain('7');
  });

  it('goes on where the unreadable record cannot be kept aside', async () => {
    const settings = program(['quit']);
    writeFileSync(join(folder, 'crashes.json'), 'junk');
    mkdirSync(join(folder, 'crashes.json.unreadable', 'in-the-way'), { recursive: true });
    expect(await keepRunning(settings)).toBe(0);
    expect(said.join()).toContain('neither read nor kept aside');
  });

  it('counts crashes that it cannot write down, and says so', async () => {
    const settings = program(['kill', 'kill', 'quit']);
    // A file where the folder should be: nothing can be written below it.
    const userDataDir = join(folder, 'a-file');
    writeFileSync(userDataDir, '');
    expect(await keepRunning({ ...settings, userDataDir })).toBe(0);
    expect(starts().map((words) => words.includes('--safe-mode'))).toEqual([false, false, true]);
    expect(said.join()).toContain('not on disk');
  });
});
