import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog, reasonOf } from './log.ts';
import { openLogFiles } from './log-files.ts';
import { testFolder } from './testing/ports.ts';

let folder: ReturnType<typeof testFolder>;
beforeEach(() => {
  folder = testFolder();
});
afterEach(() => folder.remove());

test('there are never more files or bytes than may be, and what is left is the newest in order', () => {
  const LIMITS = { bytes: 200, files: 3 };
  let run = 0;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 60 }), (lengths) => {
      const place = join(folder.path, `logs-${run++}`);
      // Opened anew in the middle: a restart goes on where it was.
      let write = openLogFiles(place, LIMITS);
      const lines = lengths.map((length, number) => `${number}:${'x'.repeat(length)}\n`);
      for (const [number, line] of lines.entries()) {
        if (number === lines.length >> 1) write = openLogFiles(place, LIMITS);
        write(line);
      }
      const names = ['core.2.log', 'core.1.log', 'core.log'].filter((name) =>
        readdirSync(place).includes(name),
      );
      expect(readdirSync(place)).toHaveLength(names.length);
      for (const name of names) expect(statSync(join(place, name)).size).toBeLessThanOrEqual(LIMITS.bytes);
      const kept = names.map((name) => readFileSync(join(place, name), 'utf8')).join('');
      expect(lines.join('').endsWith(kept)).toBe(true);
      expect(kept.endsWith(lines.at(-1) ?? '')).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('only the program’s own account reads it', () => {
  const place = join(folder.path, 'logs');
  openLogFiles(place)('a\n');
  expect(statSync(place).mode & 0o077).toBe(0);
  expect(statSync(join(place, 'core.log')).mode & 0o077).toBe(0);
});

test('a folder that cannot be had costs the lines alone, and is tried again', () => {
  let now = 0;
  const place = join(folder.path, 'logs');
  writeFileSync(place, 'a file stands where the folder should');
  const write = openLogFiles(place, undefined, () => now);
  write('lost\n');
  chmodSync(place, 0o600);
  folder.remove();
  mkdirSync(folder.path);
  write('left alone\n');
  now = 60_000;
  write('kept\n');
  expect(readFileSync(join(place, 'core.log'), 'utf8')).toBe('kept\n');
});

test('what a parser quotes of its input does not come into a line', () => {
  const lines: string[] = [];
  const log = createLog((line) => void lines.push(line));
  for (const text of ['Asha Verma', '{"name": Asha Verma}', '"Asha', '[1, "Asha Verma"'])
    try {
      JSON.parse(text);
    } catch (error) {
      log('error', 'not-read', {
        reason: reasonOf(error),
        detail: error instanceof Error ? error.message : '',
      });
    }
  expect(lines).toHaveLength(4);
  expect(lines.join('')).not.toContain('Asha');
  expect(lines[0]).toContain('SyntaxError');
});
